"""Names of funds by one grammar: the capitalised words before "Fund", "Grant" or "budget", without whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_REACH = 140  #: characters before its last word in which a fund's name begins
_SHORT_LINE = 60  #: a line shorter than this is broken by its writer, not by the width of a page
_JOINTS = frozenset(("of", "and", "for", "in", "against", "to", "&", "+"))
_STOP = re.compile(r"[,;:.?!|•–—]$|^[-–—|•(]")
_SMALL_WORDS = 2  #: words in small letters that may stand before "fund": "the CURV serious violence fund"
_OPENING_QUOTES, _CLOSING_QUOTES = "‘“'\"", "’”'\""
_PRONOUN = re.compile(r"\b(?:his|her|my|our|their|P?F?CC['’]s|Commissioner['’]s)\s+(?:own\s+)?(?:[\d/–-]+\s+)?$")


@dataclass(frozen=True, slots=True)
class FundMention:
    """A fund where a text names it."""

    entity: Entity
    start: int
    end: int
    head: str  #: the last word in small letters: "fund", "grant", "funding"
    role: str  #: the preposition before it, or "none"


@dataclass
class FundNames:
    """Finds the funds in any stretch of one document."""

    scope: Scope
    names: DocumentNames
    lexicon: Lexicon
    _seen: dict[str, list[FundMention]] = field(default_factory=dict)

    def find(self, text: str) -> list[FundMention]:
        """Return the funds that a text names, in order; a longer new name wins over a known one inside it."""
        if text not in self._seen:
            self._seen[text] = self._found(text)
        return self._seen[text]

    def _found(self, text: str) -> list[FundMention]:
        mentions = self.names.find(text)
        new: list[FundMention] = []
        for head in reversed(list(_heads().finditer(text))):
            if any(one.start < head.end() and head.start() < one.end for one in new):
                continue
            one = self._around(text, head, mentions)
            if one is not None:
                new.append(one)
        known = [one for one in mentions if one.entity.kind is EntityKind.FUND and one.entity.verified]
        kept: list[FundMention] = []
        for mention in known:
            rival = next((one for one in new if one.start < mention.end and mention.start < one.end), None)
            if rival is not None and not rival.entity.verified and rival.start < mention.start:
                continue
            new = [one for one in new if one is not rival]
            kept.append(self._known(text, mention))
        return sorted([*new, *kept], key=lambda one: one.start)

    def _known(self, text: str, mention: NameMention) -> FundMention:
        """Return a known fund; "his Victims' Fund" is the body's own, whoever has another of that name."""
        last = plain_word(mention.surface.split()[-1])
        head = last if last in load_thing_words()["fund-head"] else "name"
        entity, giver = mention.entity, self.scope.giver_of(mention.entity)
        is_own = _PRONOUN.search(text[: mention.start]) is not None and head != "name"
        if is_own and giver is not None and giver != self.scope.body and not mention.surface.isupper():
            entity = new_entity(mention.surface, EntityKind.FUND)
        return FundMention(entity, mention.start, mention.end, head, self._role(text, mention.start))

    def _around(self, text: str, head: re.Match[str], mentions: Sequence[NameMention]) -> FundMention | None:
        groups = load_thing_words()
        word = head[0].lower()
        spans = list(self._words_before(text, head))
        if not spans:
            return None
        if word not in groups["fund-head-firm"] and plain_word(spans[-1][0]) in groups["fund-head"]:
            return None  # "grant funding": the grant is the name
        if word in ("scheme", "schemes", "act"):
            return None
        spans = self._trimmed(text, spans)
        for begin in self._starts(spans, mentions):
            own = spans[begin:]
            name = " ".join([*(one[0].strip('‘“”"') for one in own), head[0]])
            start = own[0][1] if own else head.start()
            known = self.scope.names.resolve(name, kinds={EntityKind.FUND}, context=self.scope.context)
            if known is not None:
                return FundMention(known, start, head.end(), word, self._role(text, start))
        begin = max(self._starts(spans, mentions))
        own = spans[begin:]
        if are_all_in([one[0] for one in own], groups["bare-fund"] | groups["office"]):
            own = self._bare(spans, begin, head[0])
        if not own or not any(one[0][:1].isupper() or one[0][:1] in _OPENING_QUOTES for one in own):
            return None
        name = " ".join([*(one[0].strip('‘“”"') for one in own), head[0]])
        return FundMention(new_entity(name, EntityKind.FUND), own[0][1], head.end(), word, self._role(text, own[0][1]))

    def _bare(self, spans: list[tuple[str, int]], begin: int, head: str) -> list[tuple[str, int]]:
        """Return the owner's word where it is all that names a fund: "the Commissioner's Fund"."""
        if 0 < begin < len(spans) and head == "Fund" and spans[begin][0][:1].isupper():
            return spans  # "the MOPAC Small Grants Fund"
        owner = spans[begin - 1 : begin] if begin else spans[begin : begin + 1]
        is_office = owner and plain_word(owner[0][0]) in load_thing_words()["office"] and head[:1].isupper()
        is_told_apart = (
            is_office and owner[0][0][:1].isupper() and (owner[0][0].endswith(("'s", "’s")) or owner[0][0].isupper())
        )
        return owner if is_told_apart and head.lower() in ("fund", "funds") else []

    def _words_before(self, text: str, head: re.Match[str]) -> Iterator[tuple[str, int]]:
        """Return the words of a name before its last word, each with its place; none where no capital stands there."""
        found: list[tuple[str, int]] = []
        groups = load_thing_words()
        floor = max(0, head.start() - _REACH)
        tokens = [
            (one[0], one.start(), one.end())
            for one in re.finditer(r"\([^()\n]{1,60}\)|[^\s()]+", text[floor : head.start()])
        ]
        after, small = head.start(), 0
        for word, begin, end in reversed(tokens):
            start = floor + begin
            gap = text[floor + end : after]
            if self._is_line_end(text, floor + end, gap):
                break
            if word.startswith("("):
                after = start
                continue
            if _STOP.search(word):
                break
            plain = plain_word(word)
            if found and plain in groups["fund-head-firm"] and found[-1][0].lower() not in groups["fund-head"]:
                while found and plain_word(found[-1][0]) in _JOINTS:
                    found.pop()  # "the X Fund and Y Fund" are two
                break
            is_capital = word[:1].isupper() or (word[:1] in _OPENING_QUOTES and word[1:2].isalnum())
            if (is_capital and not re.fullmatch(r"[\d/–-]+|\w+\d+-\d+", word)) or (plain in _JOINTS and found):
                found.append((word, start))
            elif small < _SMALL_WORDS and len(found) == small and self._is_describing(plain):
                small += 1
                found.append((word, start))
            else:
                break
            after = start
            if word[:1] in _OPENING_QUOTES:
                break
        yield from reversed(found)

    def _is_line_end(self, text: str, end: int, gap: str) -> bool:
        if "\n\n" in gap or "\t" in gap or "   " in gap:
            return True
        if "\n" not in gap:
            return False
        return end - (text.rfind("\n", 0, end) + 1) < _SHORT_LINE

    def _is_describing(self, plain: str) -> bool:
        groups = self.lexicon.groups
        others = groups["preposition"] | groups["not-a-name"] | load_thing_words()["not-describing"] | _JOINTS
        return plain.isalpha() and plain not in others and plain not in self.lexicon.verbs

    def _trimmed(self, text: str, spans: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Return the words without those at the front that are no part of a name."""
        while spans:
            word, start = spans[0]
            plain = plain_word(word)
            opens = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?:;•-–—"
            is_opening = opens and (plain in self.lexicon.groups["opening"] or plain in self.lexicon.verbs)
            is_said = word[:1].isupper() and not opens and plain in load_thing_words()["owner-in-name"]
            is_small = plain in _JOINTS or plain in self.lexicon.groups["not-a-name"] or word[:1].islower()
            if is_opening or (is_small and not is_said):
                spans = spans[1:]
            else:
                break
        return spans

    def _starts(self, spans: list[tuple[str, int]], mentions: Sequence[NameMention]) -> list[int]:
        """Return where a name may begin: at its first word, behind whose it is, behind the organisation that gives it."""  # noqa: E501
        groups = load_thing_words()
        found = [0]
        for index, (word, _) in enumerate(spans):
            plain = plain_word(word)
            is_owner = plain.endswith("'s") and plain not in groups["owner-of-many"]
            if is_owner or (plain.endswith("s'") and plain in groups["office"]):
                found.append(index + 1)
        first = found[-1]
        for mention in mentions:
            if mention.entity.kind is EntityKind.ORGANISATION and mention.entity.verified and first < len(spans):
                behind = sum(start < mention.end for _, start in spans)
                if mention.start <= spans[first][1] < mention.end:
                    found.append(behind)
        while found[-1] < len(spans) and plain_word(spans[found[-1]][0]) in {*_JOINTS, "government"}:
            found[-1] += 1
        return found

    def _role(self, text: str, start: int) -> str:
        for word in reversed(text[max(0, start - 60) : start].split()[-4:]):
            plain = plain_word(word)
            if plain in self.lexicon.groups["preposition"]:
                return plain
            if plain in self.lexicon.verbs or _STOP.search(word):
                return "none"
        return "none"


def _heads() -> re.Pattern[str]:
    global _HEADS
    if _HEADS is None:
        words = "|".join(sorted(load_thing_words()["fund-head"], key=len, reverse=True))
        _HEADS = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I)
    return _HEADS


_HEADS: re.Pattern[str] | None = None
