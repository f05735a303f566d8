"""Names of programmes by one grammar: known ones, and capitalised or quoted words whose place says that they name one."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.programmes import is_diverted
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_CAPITAL = r"(?:[A-Z][\w’'@&.+-]*[\w@’+]|[A-Z])(?:/[A-Z]\w*)?!?"
_SMALL = r"(?:of|and|for|the|in|to|on|with|about|into|a|at|by|from|your|our|my|against|&|@|\+)"
_RUN = re.compile(rf"(?<![\w£.’'@-]){_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}(?:{_CAPITAL}|\d+(?![\d,/]))){{0,9}}")
_QUOTED = re.compile(r"[‘“'\"]([A-Z][^‘“”\"£\n]{2,60}?)[’”'\"](?=[\s,.;:)]|$)")
_HARD_BREAK = re.compile(r"\n\s*\n|\t|\s{3,}|[|•]|(?:^|(?<=\n))[^\n]{0,45}(\n)")
_PREFIX = re.compile(r"(?:Project|Operation|Op)\s+(?=[A-Z])")
_BEHIND = 60  #: characters behind a name in which words say what it is
_BEFORE = 40  #: characters before a name in which words say what it is


@dataclass(frozen=True, slots=True)
class ProgrammeMention:
    """What may be a programme where a text names it, and what in its form and place speaks for that."""

    entity: Entity
    start: int
    end: int
    forms: tuple[
        str, ...
    ]  #: "known", "prefixed", "quoted", "kind", "kind-behind", "called", "apposed", "defined", "titled"
    cue: str = "none"  #: what leads up to it: "for", "run", "called", "kind", a preposition

    @property
    def is_strong(self) -> bool:
        """Return True if its form alone says that it is a programme's name."""
        return self.cue in ("called", "kind") or bool(
            set(self.forms) & {"known", "prefixed", "kind", "called", "apposed", "titled", "quoted", "kind-behind"}
        )


@dataclass
class ProgrammeNames:
    """Finds what may be programmes in any stretch of one document."""

    scope: Scope
    names: DocumentNames
    lexicon: Lexicon
    _seen: dict[str, list[ProgrammeMention]] = field(default_factory=dict)

    def find(self, text: str) -> list[ProgrammeMention]:
        """Return the programmes that a text may name, in order, without overlaps."""
        if text not in self._seen:
            self._seen[text] = sorted(self._found(text), key=lambda one: one.start)
        return self._seen[text]

    def of_title(self, title: str) -> list[ProgrammeMention]:
        """Return the things that a notice's title names once its words of procedure, its payer and its fund are off."""
        if "£" in title or not self._is_nominal(title):
            return []
        found = []
        bare = re.sub(r"\s*\([^()]*\)", lambda match: " " * len(match[0]), title)
        funds = [one for one in self.names.find(bare) if one.entity.kind is EntityKind.FUND]
        for part in re.finditer(r"(?:(?!\s[–—-]+\s|[:;]\s).)+", bare):
            for begin, end in self._without_money(bare, part.start(), part.end()):
                span = self._without_procedure(bare, begin, end)
                if span is None or any(one.start < span[1] and span[0] < one.end for one in funds):
                    continue
                entity = self.entity(bare[span[0] : span[1]])
                if entity is not None:
                    found.append(ProgrammeMention(entity, span[0], span[1], ("titled",), "title"))
                    break
        return found

    def _without_money(self, title: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a title's part before and behind its word for money: "X funding for Y" is X, else Y."""  # noqa: E501
        heads = load_thing_words()["fund-head"] - {"scheme", "schemes", "act"}
        words = [one for one in re.finditer(r"\S+", title[:end]) if one.start() >= start]
        at = next((one for one in words if plain_word(one[0]) in heads), None)
        if at is None:
            yield start, end
            return
        if plain_word(at[0]) not in load_thing_words()["fund-head-firm"] or not title[start : at.start()].strip():
            yield start, at.start()
        yield at.end(), end

    # -- text ----------------------------------------------------------------------------------------------------

    def _found(self, text: str) -> list[ProgrammeMention]:
        mentions = self.names.find(text)
        found = [
            ProgrammeMention(
                one.entity,
                one.start,
                one.end,
                ("known", *self._forms(text, one.start, one.end)),
                self._cue(text, one.start),
            )
            for one in mentions
            if one.entity.kind is EntityKind.PROGRAMME and one.entity.verified and not is_diverted(text, one.end)
        ]
        for start, end, forms in (*self._quoted(text), *self._runs(text, mentions)):
            if any(one.start < end and start < one.end for one in found):
                continue
            mention = self._mention(text, start, end, forms)
            if mention is not None:
                found.append(mention)
        return found

    def _quoted(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for match in _QUOTED.finditer(text):
            words = match[1].split()
            if len(words) <= 8 and not match[1].rstrip().endswith((",", ".", "?")):
                yield match.start(1), match.end(1), ("quoted",)

    def _runs(self, text: str, mentions: Sequence[NameMention]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        begin = 0
        breaks = [one.span(1) if one[1] else one.span() for one in _HARD_BREAK.finditer(text)]
        for end, after in [*breaks, (len(text), len(text))]:
            for match in _RUN.finditer(text, begin, end):
                for start, last in self._cut(text, match.start(), match.end(), mentions):
                    yield start, last, ()
            begin = after

    def _cut(self, text: str, start: int, end: int, mentions: Sequence[NameMention]) -> Iterator[tuple[int, int]]:
        """Yield the names that a run of capitalised words holds, without whose they are and what they are for."""
        groups = load_thing_words()
        for mention in mentions:
            is_party = mention.entity.kind in (EntityKind.ORGANISATION, EntityKind.FUND) and mention.entity.verified
            if is_party and start <= mention.start < end:
                if mention.start - start > 3:
                    yield from self._cut(text, start, mention.start, ())
                start = max(start, mention.end)
        split = self._purpose(text, start, end, mentions)
        if split is not None:
            yield from self._cut(text, start, split[0], ())
            yield from self._cut(text, split[1], end, ())
            return
        words = [(one[0], one.start(), one.end()) for one in re.finditer(r"\S+", text[:end]) if one.start() >= start]
        first = 0
        while first < len(words) and self._is_leading(text, words[first][0], words[first][1]):
            first += 1
        for index in range(first, len(words)):
            plain = plain_word(words[index][0])
            follows = plain_word(words[index + 1][0]) if index + 1 < len(words) else ""
            if (
                plain in groups["kind"]
                and index > first
                and follows in ("for", "in", "to", "at", "on", "with", "and", "&", "across", "by", "from")
            ):
                yield words[first][1], words[index][2]
                first = index + 2
                break
        if first < len(words):
            last = len(words) - 1
            while last > first and (
                re.fullmatch(_SMALL, words[last][0])
                or (re.fullmatch(r"[\d/–-]+", words[last][0]) and len(words[last][0]) > 3)
            ):
                last -= 1
            yield words[first][1], words[last][2]

    def _purpose(self, text: str, start: int, end: int, mentions: Sequence[NameMention]) -> tuple[int, int] | None:
        """Return where "for" parts a body from what it gets money for: "Harbour for the Lights Project"; None where nowhere."""  # noqa: E501
        for joint in re.finditer(r"\s+for\s+(?:(the|an?|its|their)\s+)?", text[start:end]):
            at = start + joint.start()
            if joint[1] or any(one.end == at and one.entity.kind is EntityKind.ORGANISATION for one in mentions):
                return at, start + joint.end()
        return None

    def _is_leading(self, text: str, word: str, start: int) -> bool:
        """Return True for a word at the front of a run that is no part of a name: "The", "Approve", "PCC's"."""
        plain, groups = plain_word(word), self.lexicon.groups
        before = text[:start].rstrip()
        opens = not before or before[-1:] in ".!?:;•-–—"
        if (
            not word[:1].isalnum()
            or re.fullmatch(rf"{_SMALL}|[12]\d{{3}}\S*", word)
            or (plain.endswith("'s") and plain in load_thing_words()["office"])
        ):
            return True
        if opens and (plain in groups["opening"] or plain in self.lexicon.verbs):
            return True
        return plain in groups["not-a-name"] - {"project", "programme", "a"} and (
            opens or plain not in load_thing_words()["owner-in-name"]
        )

    def _mention(self, text: str, start: int, end: int, forms: tuple[str, ...]) -> ProgrammeMention | None:
        end = self._with_kind(text, end)
        words = " ".join(text[start:end].split()).strip(" .,;:")
        words = re.sub(r"['’]s$|['’]$", "", words)
        own = (*forms, *self._forms(text, start, end))
        cue = self._cue(text, start)
        if _PREFIX.match(words) and len(words.split()) <= 4:
            own = (*own, "prefixed")
        if cue == "called":
            own = (*own, "called")
        if not set(own) - {"before-money"} and cue not in ("for", "run", "kind", "on"):
            return None
        entity = self.entity(words)
        return ProgrammeMention(entity, start, end, tuple(dict.fromkeys(own)), cue) if entity is not None else None

    def _with_kind(self, text: str, end: int) -> int:
        """Return the end of a name with the words that describe its kind: "Harbour mentoring scheme", "Harbour scheme"."""  # noqa: E501
        words = list(re.finditer(r"\s+([a-z][\w’'-]*)", text[end : end + _BEHIND]))
        place = 0
        for index, word in enumerate(words[:3]):
            if word.start() != place:
                break
            place = word.end()
            if plain_word(word[1]) in load_thing_words()["kind"]:
                return end + place if index else end
            if not self._are_describing([word[1]]):
                break
        return end

    def _forms(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """Return what the last word of a name and the words behind it say that it is."""
        groups, found = load_thing_words(), []
        name, behind = text[start:end].split(), text[end : end + _BEHIND]
        if len(name) > 1 and plain_word(name[-1]) in groups["kind"]:
            found.append("kind" if name[-1][:1].isupper() else "kind-behind")
        following = [plain_word(word) for word in behind.split()[:5]]
        if behind[:1].isspace():
            for index, word in enumerate(following[:4]):
                if word in groups["kind"] and (index == 0 or self._are_describing(behind.split()[:index])):
                    found.append("kind-behind" if index < 2 else "kind-far-behind")
                    break
                if word in self.lexicon.groups["preposition"] | self.lexicon.groups["not-a-name"]:
                    break
        apposed = re.match(
            r"\s*[’”'\"]?\s*[,–(-]\s*(?:an?|its|their|his|her|the|our|which is|that is)\s+((?:[\w’'-]+\s+){0,5}[\w-]+)",
            behind,
        )
        if apposed and any(
            plain_word(word) in groups["kind"] | groups["kind-of-work"] for word in apposed[1].split()[:6]
        ):
            found.append("apposed")
        if following and following[0] in groups["fund-head"] - {"scheme", "schemes", "act"}:
            found.append("before-money")
        if re.match(r"\s*\([A-Z][A-Za-z&]{1,9}s?\)", behind):
            found.append("defined")
        return tuple(found)

    def _are_describing(self, words: Sequence[str]) -> bool:
        others = (
            self.lexicon.groups["preposition"]
            | self.lexicon.groups["not-a-name"]
            | load_thing_words()["not-describing"]
        )
        return all(
            word[:1].isalpha() and not word.endswith((",", ".", ";", ":")) and plain_word(word) not in others
            for word in words
        )

    def _cue(self, text: str, start: int) -> str:
        """Return what leads up to a name: "called", "kind" ("its scheme X"), "for", "run", another preposition, "none"."""  # noqa: E501
        groups, lexicon = load_thing_words(), self.lexicon.groups
        raw = text[max(0, start - _BEFORE) : start].rstrip("‘“'\" ").split()[-4:]
        for distance, word in enumerate(reversed(raw)):
            plain = plain_word(word)
            if (word[-1:] in ".;:!?" and distance > 0) or word[-1:] in ".;!?":
                return "none"
            if plain in groups["call"]:
                return "called"
            if distance == 0 and plain in groups["kind"] | groups["kind-of-work"] | {"framework"}:
                return "kind"
            if plain in groups["for"]:
                return "for"
            if plain in groups["run"]:
                return "run"
            if plain in lexicon["preposition"]:
                return plain
            if plain in self.lexicon.verbs:
                return f"verb-{self.lexicon.verbs[plain].verb_class}"
        return "none"

    def entity(self, words: str) -> Entity | None:
        """Return the programme of some words; None for words that name no thing or a known body, fund or place."""
        plain = [
            word
            for word in words.split()
            if plain_word(word) not in self.lexicon.groups["not-a-name"] and not word.isdigit()
        ]
        if not plain or len(words) < 3 or not re.search(r"[A-Za-z]{2}", words):
            return None
        context = self.scope.context
        known = self.scope.names.resolve(words, kinds={EntityKind.PROGRAMME}, context=context)
        if known is not None:
            return known
        if plain_word(words.split()[-1]) in load_thing_words()["fund-head-firm"] | {
            "budget",
            "funding",
            "act",
            "plan",
            "strategy",
            "panel",
        }:
            return None
        if plain_word(words.split()[-1]) in load_thing_words()["bodies"]:
            return None
        if self.scope.names.resolve(
            words, kinds={EntityKind.ORGANISATION, EntityKind.FUND, EntityKind.PLACE}, context=context
        ):
            return None
        return new_entity(words, EntityKind.PROGRAMME)

    # -- titles --------------------------------------------------------------------------------------------------

    def _is_nominal(self, title: str) -> bool:
        """Return True for a title that is no sentence: no verb in small letters but those of procedure."""
        admin = load_thing_words()["admin"]
        words = re.findall(r"[\w’'-]+", title)
        return not any(
            word.islower()
            and (word in self.lexicon.verbs or word in load_thing_words()["not-describing"])
            and word not in admin
            for word in words
        )

    def _without_procedure(self, title: str, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of a title's part without words of procedure at both ends; None where nothing is left."""
        admin = load_thing_words()["admin"]
        words = [(one[0], one.start(), one.end()) for one in re.finditer(r"\S+", title[:end]) if one.start() >= start]

        def is_procedure(word: str) -> bool:
            plain = plain_word(word)
            return (
                plain in admin
                or not re.search(r"[A-Za-z]{2}", word)
                or re.fullmatch(r"fys?|q\d|\d\w*", plain) is not None
            )

        givers = [
            one for one in self.names.find(title) if one.entity.kind is EntityKind.ORGANISATION and one.entity.verified
        ]
        while words and (is_procedure(words[0][0]) or any(one.start <= words[0][1] < one.end for one in givers)):
            words = words[1:]
        while words and is_procedure(words[-1][0]):
            words = words[:-1]
        words = [(word.rstrip(","), begin, end - len(word) + len(word.rstrip(","))) for word, begin, end in words]
        if not self._may_be_titled([word for word, _, _ in words]) or are_all_in([word for word, _, _ in words], admin):
            return None
        return words[0][1], words[-1][2]

    def _may_be_titled(self, words: Sequence[str]) -> bool:
        """Return True for two to nine words of which not all are general, or that end in a kind of programme."""
        groups = load_thing_words()
        if not 1 < len(words) < 10 and not (len(words) == 1 and words[0].isupper()):
            return False
        is_kind = plain_word(words[-1]) in groups["kind"] and len(words) > 2
        if len(words) < 3 and words[0][:1].islower():
            return False
        general = groups["generic"] | groups["section"] | self.lexicon.groups["not-a-name"]
        at_ends = {plain_word(words[0]), plain_word(words[-1])} & groups["section"]
        return not at_ends and (is_kind or not are_all_in(list(words), general))
