"""Names of programmes by one grammar: known names, and words whose form and place mark them as a programme's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import Entity, EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.programmes import evaluated, is_diverted
from ingest.extract.slots.programme_forms import are_describing, cue_before, end_with_kind, forms_of
from ingest.extract.slots.programme_runs import runs_in
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

FORMS = (  #: what speaks for a name, the strongest first
    "known",
    "fund-kind",
    "prefixed",
    "called",
    "kind",
    "apposed",
    "run-by",
    "kind-behind",
    "quoted",
    "titled",
    "told",
    "coined",
    "kind-far-behind",
    "defined",
)
_STRONG = frozenset(
    ("known", "prefixed", "kind", "called", "apposed", "run-by", "titled", "told", "quoted", "kind-behind")
)
_NAMING = frozenset(("prefixed", "called", "kind", "quoted", "titled", "told"))
_TELLING = frozenset(("prefixed", "called", "apposed", "run-by", "quoted", "kind-behind"))  #: forms of a proper name
_AGAINST = frozenset(("before-money", "before-noun"))
CUES = ("for", "run", "kind", "on")  #: cues that make a name of words whose form says nothing
_QUOTED = re.compile(r"(?<!\w)[‘“'\"](\w[^‘“”\"£\n]{2,60}?)[’”'\"](?=[\s,.;:)]|$)")
_COINED = re.compile(
    r"(?=[^\sa-z]*[a-z][^\sA-Z]*[A-Z])(?=[^\sa-z]*[a-z][^\sa-z]*[a-z])[A-Z]\S+|[A-Z][a-z]+\d\S+|[A-Z]\w+[!@+]\S*"
)
_LONGEST_QUOTED = 8  #: words
_LONGEST_SMALL = 3  #: words in small letters between quotation marks; more are speech
_ROUND = r"(?:\s{1,9}(?:round\s{1,9})?(?:\d{1,2}|one|two|three|four|five|six))?"
_KIND_OF_FUND = re.compile(rf"({_ROUND})\s{{1,9}}([\w-]{{1,80}})", re.I)  #: behind a fund's name: " 4 project"
_PREFIX = re.compile(r"(?:Project|Operation|Op)\s+(?=[A-Z])")
_LONGEST_PREFIXED = 4  #: words
_PLACES_JOINED = re.compile(r",?\s{1,9}(?:and|&)\s{1,9}|,\s{1,9}")
_FOR_WHOM = re.compile(r"\s+(?:for|of|with)\s+[a-z]")
_SERVICE = ("service", "services")
_CAPITAL_BEFORE = re.compile(r"(?<![\w.])[A-Z][\w-]{1,80}\s$")
_COMPASS = re.compile(r"^(?:(?:North|South|East|West|Mid|Central|Greater)[\s-]*)+")
_PLURAL_INITIALS = re.compile(r"[A-Z/&]{2,}s")
_BY_WATER = re.compile(r"-(?:on|upon|under|in)-")
_KINDS = frozenset((EntityKind.ORGANISATION, EntityKind.FUND, EntityKind.PLACE))


@dataclass(frozen=True, slots=True)
class ProgrammeMention:
    """A possible programme where a text names it, with the features of its form and place."""

    entity: Entity
    start: int
    end: int
    forms: tuple[str, ...]  #: of FORMS, and "before-money", "before-noun" against it
    cue: str = "none"  #: what leads up to it: "for", "run", "called", "kind", a preposition

    @property
    def is_strong(self) -> bool:
        """True if its form alone shows that it is a programme's name."""
        return self.cue in ("called", "kind") or not _STRONG.isdisjoint(self.forms)

    @property
    def is_telling(self) -> bool:
        """True if its place alone shows that it is a programme's name; equal names elsewhere then are one too."""
        return self.cue in ("called", "kind") or not _TELLING.isdisjoint(self.forms)

    @property
    def is_of_kind(self) -> bool:
        """True if its last word is a kind of programme."""
        return "kind" in self.forms


@dataclass
class ProgrammeNames:
    """Finds possible programmes in any text of one document."""

    scope: Scope
    names: DocumentNames
    lexicon: Lexicon
    titled: Sequence[Entity] = ()  #: new programmes that the document's title names
    told: Sequence[str] = ()  #: names that the document calls a programme's somewhere
    _seen: dict[str, list[ProgrammeMention]] = field(default_factory=dict)

    def find(self, text: str) -> list[ProgrammeMention]:
        """Return the possible programmes in a text, in order, without overlaps."""
        if text not in self._seen:
            self._seen[text] = sorted(self._found(text), key=lambda one: one.start)
        return self._seen[text]

    def tell(self, names: Iterable[str]) -> None:
        """Add names that the document calls a programme somewhere; they are found from now on, the longest first."""
        body = load_thing_words()["bodies"] | self.lexicon.groups["strong-head"]
        told = {name for name in names if name[:1].isupper() and plain_word(name.split()[-1]) not in body}
        self.told = sorted(told, key=lambda name: (-len(name), name))
        self._seen.clear()

    def entity(self, words: str) -> Entity | None:
        """Return the programme that words name; None if they name no thing, or a known body, fund or place."""
        common, groups, context = self.lexicon.groups["not-a-name"], load_thing_words(), self.scope.context
        plain = [plain_word(word) for word in words.split()]
        if all(word in common or word.isdigit() for word in plain) or not re.search(r"[A-Za-z]{2}", words):
            return None
        known = self.scope.names.resolve(words, kinds={EntityKind.PROGRAMME}, context=context)
        if known is not None and not self.says_for_whom(words):
            return known
        if set(plain) <= groups["office"] or (
            plain[-1] in _SERVICE and not groups["public-service"].isdisjoint(plain[-2:-1])
        ):
            return None  # an office, or a body: "Probation Service"
        no_last = groups["no-programme"] | (
            groups["bodies"] - (groups["served"] if "for" in plain[1:] else frozenset())
        )
        if len(words) < 3 or "fund" in plain or plain[-1] in no_last:
            return None  # "Youth Offending Teams" are parties; "Tagging for Persistent Offenders" says for whom it is
        parts = [_COMPASS.sub("", part) for part in _PLACES_JOINED.split(words)]
        if self._is_other(words) or all(not part or self._is_other(part) for part in parts):
            return None
        if _PLURAL_INITIALS.fullmatch(words):
            return None  # posts and bodies: "IDVAs", "CSPs"
        return new_entity(words, EntityKind.PROGRAMME)

    def says_for_whom(self, words: str) -> bool:
        """Return True if words extend a known programme's name: "Night Lights for young drivers"."""
        found = [one for one in self.names.find(words) if one.entity.kind is EntityKind.PROGRAMME]
        return any(one.entity.verified and _FOR_WHOM.match(words, one.end) for one in found)

    def is_party(self, words: str) -> bool:
        """Return True for words that name a body other than the deciding one, or that end like a body's name."""
        bodies = load_thing_words()["bodies"] | self.lexicon.groups["strong-head"]
        known = self.scope.names.resolve(words, kinds={EntityKind.ORGANISATION}, context=self.scope.context)
        is_new = known is None and plain_word(words.split()[-1]) in bodies and "Commissioner" not in words
        return is_new or known not in (None, self.scope.body)

    def _is_other(self, words: str) -> bool:
        """Return True for words that name a known body, fund or place, or a place that is part of a known name."""
        if words in self._parts_of_places:
            return True
        return self.scope.names.resolve(words, kinds=_KINDS, context=self.scope.context) is not None

    @cached_property
    def _titled_words(self) -> list[str]:
        """The new programmes of the title in the forms that a text may use: whole, or without their first words."""
        found = []
        for entity in self.titled:
            words = entity.name.split()
            starts = [index for index in range(len(words) - 2) if index == 0 or words[index][:1].isupper()]
            found += [" ".join(words[index:]) for index in starts or [0]]
        return sorted(dict.fromkeys(found), key=len, reverse=True)

    @cached_property
    def _parts_of_places(self) -> frozenset[str]:
        """Places that are part of other names: "Redcar" of "Redcar and Cleveland", "Stockton" of Stockton-on-Tees."""
        names = [place.name for place in self.scope.names.registry.entities(EntityKind.PLACE)]
        joined = (part for name in names for part in _PLACES_JOINED.split(name))
        return frozenset((*joined, *(_BY_WATER.split(name)[0] for name in names)))

    def _found(self, text: str) -> list[ProgrammeMention]:
        mentions = self.names.find(text)
        found = list(self._titled_in(text))
        for one in mentions:
            if any(other.start <= one.start and one.end <= other.end for other in found):
                continue  # the title has a longer name
            if one.entity.kind is EntityKind.PROGRAMME and one.entity.verified and not self._is_diverted(text, one):
                forms = ("known", *forms_of(text, one.start, one.end, self.lexicon))
                cue = cue_before(text, one.start, self.lexicon)
                entity = evaluated(one.entity, self.scope.names)
                found.append(ProgrammeMention(entity, one.start, one.end, forms, cue))
            if one.entity.kind is EntityKind.FUND and (of_fund := self._of_fund(text, one)) is not None:
                found.append(of_fund)
        runs = ((start, end, ()) for start, end in runs_in(text, mentions, self.lexicon))
        for start, end, forms in (*self._quoted(text), *self._told_in(text), *runs):
            if not any(one.start < end and start < one.end for one in found):
                mention = self._mention(text, start, end, forms)
                found += [mention] if mention is not None else []
        return found

    def _of_fund(self, text: str, one: NameMention) -> ProgrammeMention | None:
        """Return the programme that a known fund of its name pays for, "the Safer Streets 4 project".

        None otherwise.
        """
        behind = _KIND_OF_FUND.match(text, one.end)
        heads = load_thing_words()["fund-head-firm"] | {"funding"}
        if behind is None or plain_word(behind[2]) not in load_thing_words()["one-kind"]:
            return None
        if plain_word(one.surface.split()[-1]) in heads:
            return None
        words = " ".join(text[one.start : behind.end(1)].split())
        forms = ("fund-kind", *forms_of(text, one.start, behind.end(1), self.lexicon))
        entity = new_entity(words, EntityKind.PROGRAMME)
        return ProgrammeMention(entity, one.start, behind.end(1), forms, cue_before(text, one.start, self.lexicon))

    def _titled_in(self, text: str) -> Iterator[ProgrammeMention]:
        """Yield the title's programmes where a text repeats them: whole, or without their first words."""
        end = 0
        for words in self._titled_words:
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.I):
                titled = self.entity(words)
                if titled is not None and match.start() >= end:
                    forms = ("titled", *forms_of(text, *match.span(), self.lexicon))
                    yield ProgrammeMention(titled, *match.span(), forms, cue_before(text, match.start(), self.lexicon))
                    end = match.end()

    def _told_in(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the names that the document calls a programme elsewhere, unless part of a longer name."""
        for words in self.told:
            for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-]|\s+[A-Z])", text):
                if _CAPITAL_BEFORE.search(text, 0, match.start()) is None:
                    yield *match.span(), ("told",)

    def _is_diverted(self, text: str, one: NameMention) -> bool:
        """Return True for "Drive Fund", which is not a programme; False for "Drive Programme funding"."""
        is_kind = plain_word(one.surface.split()[-1]) in load_thing_words()["kind"]
        return not is_kind and is_diverted(text, one.end)

    def _quoted(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for match in _QUOTED.finditer(text):
            words = match[1].split()
            is_small = words[0].islower() and (len(words) > _LONGEST_SMALL or not are_describing(words, self.lexicon))
            if len(words) <= _LONGEST_QUOTED and not is_small and not words[-1].endswith((",", ".", "?")):
                yield match.start(1), match.end(1), ("quoted",)

    def _mention(self, text: str, start: int, end: int, forms: tuple[str, ...]) -> ProgrammeMention | None:
        end = end_with_kind(text, end, self.lexicon)
        words = re.sub(r"['’]s?$", "", " ".join(text[start:end].split()).strip(" .,;:"))
        cue = cue_before(text, start, self.lexicon)
        found = [*forms, *forms_of(text, start, end, self.lexicon)]
        if _PREFIX.match(words) and len(words.split()) <= _LONGEST_PREFIXED:
            found.append("prefixed")
        if cue == "called":
            found.append("called")
        if _COINED.fullmatch(words):
            found.append("coined")
        if not set(found) - _AGAINST and cue not in CUES:
            return None
        is_titled = any(words in titled.name for titled in self.titled)
        is_general = are_all_in(words.split(), load_thing_words()["generic"]) and not is_titled
        if is_general and _NAMING.isdisjoint((cue, *found)):
            return None  # what it is about, without a name: "domestic abuse", "the victim services project"
        capitals = {plain_word(word) for word in words.split() if word[:1].isupper()}
        if capitals and capitals <= load_thing_words()["office"]:
            return None  # "the Commissioner improves services"
        entity = self.entity(words)
        return ProgrammeMention(entity, start, end, tuple(dict.fromkeys(found)), cue) if entity is not None else None
