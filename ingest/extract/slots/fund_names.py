"""Names of funds by one grammar: the capitalised words before "Fund", "Grant" or "budget", without their owner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.fund_words import REACH, Words, last_words, preposition_before, starts_of, words_before
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_OPENING_QUOTES = "‘“'\""
_OWNED = re.compile(r"\b(?:his|her|my|our|their|P?F?CC['’]s|Commissioner['’]s)\s+(?:own\s+)?(?:[\d/–-]+\s+)?$")
_CAPITALS = r"[A-Z][\w’'-]{0,80}(?:\s{1,9}(?:(?:of|for|the|and|in|to)\s{1,9})?[A-Z][\w’'-]{0,80}){0,5}"
_APPOSED = re.compile(
    rf"\b({_CAPITALS}),\s{{1,9}}(?:which\s{{1,9}}is\s{{1,9}})?(?:the|his|her|its|their|our|my|a|an)\s{{1,9}}(?:[a-z-]{{1,80}}\s{{1,9}}){{0,3}}"
    r"(?:funds?|pot|grant\s{1,9}scheme|grants\s{1,9}(?:scheme|programme))\b"
    rf"|(?<!\w\s)\b(Funds?\s{{1,9}}for\s{{1,9}}(?:the\s{{1,9}}|a\s{{1,9}})?{_CAPITALS})"
)
_SCHEME = re.compile(r"\s+schemes?\b", re.I)
_NO_FUND = frozenset(("scheme", "schemes", "act"))  #: last words that alone make no fund: "the X scheme"
_END = re.compile(r"[.;:]\s")
_SINCE = re.compile(r"\bsince\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\b", re.I)
_FAR, _FEW = 10, 4  #: words before a fund and behind it that say what part it has
_MOST_PLACES = 20  #: places of a name that are looked at for whose it is


@dataclass(frozen=True, slots=True)
class FundMention:
    """A fund with the place where a text names it."""

    entity: Entity
    start: int
    end: int
    head: str  #: the last word in small letters: "fund", "grant", "funding"; "name" where it is another
    role: str  #: the preposition before it, or "none"


def is_aside(text: str, mention: FundMention) -> bool:
    """Return True for a fund that paid at first or tops up: it is no source for sums in other sentences."""
    before, after = _END.split(text[: mention.start])[-1], _END.split(text[mention.end :])[0]
    groups = load_thing_words()
    near, behind = ([plain_word(word) for word in words] for words in (before.split()[-_FAR:], after.split()[:_FEW]))
    is_at_first = not groups["at-first"].isdisjoint(near) or _SINCE.search(before) is not None
    return is_at_first or not groups["lacking"].isdisjoint((*near, *behind))


@dataclass
class FundNames:
    """Finds the funds named in any text of one document."""

    scope: Scope
    names: DocumentNames
    lexicon: Lexicon
    _seen: dict[str, list[FundMention]] = field(default_factory=dict)
    _owned: dict[str, bool] = field(default_factory=dict)

    def find(self, text: str) -> list[FundMention]:
        """Return the funds that a text names, in order; a longer new name wins over a known one inside it."""
        if text not in self._seen:
            self._seen[text] = self._found(text)
        return self._seen[text]

    def _found(self, text: str) -> list[FundMention]:
        mentions = self.names.find(text)
        found: list[FundMention] = []
        for head in reversed(list(last_words().finditer(text))):
            if not any(one.start < head.end() and head.start() < one.end for one in found):
                several = self._several_ending_in(text, head)
                one = self._ending_in(text, head, mentions) if not several else None
                found += several or ([one] if one is not None else [])
        for apposed in _APPOSED.finditer(text):
            if not any(one.start < apposed.end() and apposed.start() < one.end for one in found):
                found.append(self._apposed(text, apposed))
        for mention in mentions:
            if mention.entity.kind is EntityKind.FUND and mention.entity.verified:
                rivals = [one for one in found if one.start < mention.end and mention.start < one.end]
                if rivals and not rivals[-1].entity.verified and rivals[-1].start < mention.start:
                    continue
                found = [one for one in found if one not in rivals[-1:]] + [self._known(text, mention)]
        return sorted(found, key=lambda one: one.start)

    def _apposed(self, text: str, apposed: re.Match[str]) -> FundMention:
        """Return a fund that only the words beside it call one: "Night Lights, his fund for", "Fund for the Young"."""
        group = 1 if apposed[1] else 2
        name = " ".join(apposed[group].split())
        known = self.scope.names.resolve(name, kinds={EntityKind.FUND}, context=self.scope.context)
        role = preposition_before(text, apposed.start(group), self.lexicon)
        return FundMention(known or new_entity(name, EntityKind.FUND), *apposed.span(group), "fund", role)

    def _known(self, text: str, mention: NameMention) -> FundMention:
        """Return a known fund.

        "his Victims' Fund" is the body's own fund, even if another body has one of that name.
        """
        groups, words = load_thing_words(), [plain_word(word) for word in mention.surface.split()]
        dated = next((word for word in reversed(words) if any(letter.isalpha() for letter in word)), "")
        heads = groups["fund-head"] if dated == words[-1] else groups["fund-head-firm"]
        head = dated if dated in heads else "name"  # "X Fund 2023-25" is a fund like any other
        entity, giver = mention.entity, self.scope.giver_of(mention.entity)
        is_anothers = head != "name" and giver is not None and giver != self.scope.body
        if is_anothers and self._is_owned(mention.surface):
            entity = new_entity(mention.surface, EntityKind.FUND)
        role = preposition_before(text, mention.start, self.lexicon)
        return FundMention(entity, mention.start, mention.end, head, role)

    def _is_owned(self, name: str) -> bool:
        """Return True if the document says anywhere that a fund is the body's own: "from his Victims' Fund"."""
        if name not in self._owned:
            text = self.scope.document.text
            places = [one.start() for one in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
            self._owned[name] = any(_OWNED.search(text[max(0, at - REACH) : at]) for at in places[:_MOST_PLACES])
        return self._owned[name]

    def _ending_in(self, text: str, head: re.Match[str], mentions: Sequence[NameMention]) -> FundMention | None:
        """Return the fund whose name ends in the word at this place; None for money in general."""
        groups, last = load_thing_words(), head[0].lower()
        words = words_before(text, head.start(), self.lexicon)
        if not words or last in _NO_FUND:
            return None
        if last not in groups["fund-head-firm"] and plain_word(words[-1][0]) in groups["fund-head"]:
            return None  # "grant funding": the grant is the name
        starts = starts_of(words, mentions)
        for begin in starts:
            known = self._resolved(words[begin:], head[0], is_cut=begin > 0)
            if known is not None:
                start = words[begin][1] if begin < len(words) else head.start()
                return FundMention(known, start, head.end(), last, preposition_before(text, start, self.lexicon))
        own = words[max(starts) :]
        if are_all_in([word for word, _ in own], groups["bare-fund"] | groups["office"]):
            own = _told_apart(words, max(starts), head[0])
        elif _is_owners(words, max(starts)):
            own = words[max(starts) - 1 :]
        if not any(_is_proper(word) for word, _ in own):
            return None
        scheme = _SCHEME.match(text, head.end()) if last in ("grant", "grants") else None
        end = scheme.end() if scheme is not None else head.end()
        entity = new_entity(_printed(own, text[head.start() : end]), EntityKind.FUND)
        return FundMention(entity, own[0][1], end, last, preposition_before(text, own[0][1], self.lexicon))

    def _several_ending_in(self, text: str, head: re.Match[str]) -> list[FundMention]:
        """Return the known funds that share a last word: "the Core and General Grants".

        [] if one of them is unknown.
        """
        words, last = words_before(text, head.start(), self.lexicon), head[0].removesuffix("s")
        joint = next((index for index, (word, _) in enumerate(words) if word in ("and", "&")), 0)
        if not head[0].endswith("s") or not joint:
            return []
        found = []
        for part, end in ((words[:joint], words[joint][1]), (words[joint + 1 :], head.end())):
            known = self._resolved(part, last, is_cut=False)
            if known is None:
                return []
            role = preposition_before(text, words[0][1], self.lexicon)
            found.append(FundMention(known, part[0][1], end, last.lower(), role))
        return found

    def _resolved(self, words: Words, last: str, *, is_cut: bool) -> Entity | None:
        """Return the known fund of these words; None if the document says that it is the body's own."""
        name = _printed(words, last)
        known = self.scope.names.resolve(name, kinds={EntityKind.FUND}, context=self.scope.context)
        return None if is_cut and known is not None and self._is_owned(name) else known


def _printed(words: Words, last: str) -> str:
    """Return a fund's name without quotation marks, and without an opening apostrophe that is never closed."""
    name = " ".join([*(word.strip('‘“”"') for word, _ in words), *last.split()])
    return name if "' " in name else name.lstrip("'")


def _is_proper(word: str) -> bool:
    """Return True for a word that begins with a capital or a quotation mark; not for "A fund" and "I fund"."""
    is_capital = word[:1].isupper() and plain_word(word) not in load_thing_words()["name-opening"]
    return is_capital or word[:1] in _OPENING_QUOTES


def _is_owners(words: Words, begin: int) -> bool:
    """Return True if a name of general words has its owner before it: "the Commissioner's Community Fund"."""
    if not 0 < begin < len(words):
        return False
    owner, own = words[begin - 1][0], [word for word, _ in words[begin:]]
    is_office = owner[:1].isupper() and plain_word(owner) in load_thing_words()["fund-owner"]
    return is_office and own[0][:1].isupper() and are_all_in(own, load_thing_words()["owned-fund"])


def _told_apart(words: Words, begin: int, last: str) -> Words:
    """Return the words of a general name with its owner, "the Commissioner's Fund"; no words if there is no owner."""
    if 0 < begin < len(words) and last == "Fund" and words[begin][0][:1].isupper():
        return words
    owner = words[begin - 1 : begin] if begin else words[begin : begin + 1]
    if not owner or last not in ("Fund", "Funds"):
        return []
    word = owner[0][0]
    is_office = plain_word(word) in load_thing_words()["office"] and word[:1].isupper()
    return owner if is_office and (word.endswith(("'s", "’s")) or word.isupper()) else []
