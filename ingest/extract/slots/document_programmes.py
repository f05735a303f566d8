"""The programmes of a whole document: where each is named, which are the document's own, which names are payees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity
from ingest.document import Block, BlockKind
from ingest.extract.scope.document import Scope
from ingest.extract.slots.programme_names import ProgrammeMention, ProgrammeNames
from ingest.extract.slots.programme_titles import titled_things
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.statements.statement import Statement
from ingest.extract.words.sections import Origin, origin_of

_MOST_TEXT = 2000  #: characters of a block in which programmes are looked for
_MOST = 4  #: programmes of a document that every sum of it may be for
_EARLY = 600  #: characters of prose at the start of a document, where it says what it is about
_LONGEST_HEADING = 8  #: words of a heading that may be a programme's name
_NEAR = 700  #: characters before a statement in which a programme that "the scheme" means is named
_CLOSE, _BESIDE = 400, 1200  #: characters between a sum and a programme that is close, or that is not far
_AROUND = 100  #: characters around a name behind "to" in which a sum makes a payee of it
_LONGEST_LINE = 12  #: words of a line above a sum
_SHORT_FORM = re.compile(r"\s{0,9}\(([A-Z][A-Za-z&]{1,9})\)")
_LINE_PARTS = re.compile(r",\s{1,9}|\s[–—-]\s|\s{0,9}[()]\s{0,9}")
_PRONOUNS = frozenset(("it", "its", "this", "they", "their", "he", "she"))
_BRIEF = 12  #: characters behind a label in which its sum begins
_LONGEST_REFERENCE = 40  #: characters that stand beside the title in its own line
_IN_TITLE = 3  #: how often a programme of the title counts
_NAMED = frozenset(("known", "prefixed", "called", "titled", "quoted", "apposed"))  #: forms of a proper name
_KINDS = frozenset(("kind", "kind-behind", "fund-kind"))  #: forms of what is called a project, a scheme or the like
_KIND_BEHIND = 60  #: characters behind a programme's name in which its kind is said
_BEFORE_SUM = re.compile(r"\s*+(?:\([^()]*\)\s*+)?[-–—:(,]?\s*+£")


@dataclass(frozen=True, slots=True)
class ProgrammePlace:
    """A place where a document names a possible programme."""

    mention: ProgrammeMention
    start: int  #: offset in Document.text; -1 for the title
    where: str  #: "title", "heading", "early" or "late"


class DocumentProgrammes:
    """The possible programmes that one document names."""

    def __init__(self, scope: Scope, names: ProgrammeNames) -> None:
        self.scope = scope
        self.names = names
        things = titled_things(scope.decision.title, names)
        names.titled = [one.entity for one in things if not one.entity.verified and " " in one.entity.name]
        names.tell(name for place in self._places() if place.mention.is_telling for name in self._names_of(place))

    @cached_property
    def places(self) -> Sequence[ProgrammePlace]:
        """Every place where the document may name a programme, the title first."""
        return self._places()

    def _names_of(self, place: ProgrammePlace) -> Sequence[str]:
        """Return a programme's name and the short form in brackets after it: "Night Lights (NL)"."""
        text = self.scope.decision.title if place.start < 0 else self.scope.document.text
        end = max(place.start, 0) + place.mention.end - (place.mention.start if place.start >= 0 else 0)
        short = _SHORT_FORM.match(text, end)
        return (place.mention.entity.name, *([short[1]] if short is not None else []))

    def _places(self) -> Sequence[ProgrammePlace]:
        title, prose = self.scope.decision.title, 0
        found = [ProgrammePlace(one, -1, "title") for one in self._of_title(title)]
        for block in self.scope.document.blocks:
            is_title = bool(title) and title in block.text and len(block.text) < len(title) + _LONGEST_REFERENCE
            where = _where(block, prose) if not is_title else ""
            prose += len(block.text) if where in ("early", "late") else 0
            text = self.scope.document.text[block.start : min(block.end, block.start + _MOST_TEXT)]
            if where:
                found += [ProgrammePlace(one, block.start + one.start, where) for one in self.names.find(text)]
        return found

    def _of_title(self, title: str) -> list[ProgrammeMention]:
        """Return the title's programmes: a part rather than its known whole; for new ones, the longest words."""
        things = titled_things(title, self.names)
        about = self.scope.programmes
        longer = [thing for thing in things if self.names.says_for_whom(thing.entity.name)]
        return [
            *(
                one
                for one in self.names.find(title)
                if (one.entity in about or not about)
                if not any(_is_within(one, thing) for thing in (longer if one.entity.verified else things))
            ),
            *(
                thing
                for thing in things
                if thing in longer or thing.entity in about or not any(one.verified for one in about)
            ),
        ]

    @cached_property
    def payees(self) -> frozenset[Entity]:
        """The names that stand in a payee's position: after "to", or directly before a sum."""
        text, found = self.scope.document.text, set()
        for place in self.places:
            end = place.start + place.mention.end - place.mention.start
            near = text[max(0, place.start - _AROUND) : end + _AROUND] if place.start >= 0 else ""
            is_called_kind = not _KINDS.isdisjoint(place.mention.forms)
            is_behind_to = place.mention.cue == "to" and "£" in near and not is_called_kind
            is_label = place.start >= 0 and not place.mention.is_of_kind and is_before_sum(text[end : end + _BRIEF])
            if is_behind_to or is_label:
                found.add(place.mention.entity)
        return frozenset(found)

    @cached_property
    def features(self) -> Mapping[Entity, Sequence[str]]:
        """The most frequently named programmes with their features; a mention in the title counts most."""
        counted: Counter[Entity] = Counter()
        signs: dict[Entity, set[str]] = {}
        for place in self.places:
            mention = place.mention
            counted[mention.entity] += _IN_TITLE if place.where == "title" else int(mention.is_strong)
            proper = "proper" if mention.is_telling or "known" in mention.forms else "other"
            signs.setdefault(mention.entity, set()).update((place.where, proper))
        ranked = [(entity, count) for entity, count in counted.most_common(_MOST) if count]
        proper_ones = [entity for entity, _ in ranked if "proper" in signs[entity]]
        found: dict[Entity, Sequence[str]] = {}
        for entity, _ in ranked:
            where = next(where for where in ("title", "heading", "early", "late") if where in signs[entity])
            words = [where, *(["proper", f"{where}|proper"] if entity in proper_ones else [])]
            words += ["only"] if proper_ones == [entity] else []
            titled = self._in_title(entity, signs[entity]) if where == "title" else []
            found[entity] = ["G:document", *(f"G:document|{word}" for word in words), *titled]
        return found

    def near(self, statement: Statement, entity: Entity) -> list[str]:
        """Return features: how far a programme's name is from a sum, and whether it is the last one before the sum."""
        before = [place for place in self.places if 0 <= place.start < statement.place]
        own = [place.start for place in self.places if place.start >= 0 and place.mention.entity == entity]
        found = [f"G:near|{_distance(statement, own)}"]
        found += ["G:near|last"] if before and before[-1].mention.entity == entity else []
        strong = [place.mention.entity for place in before if place.mention.is_strong]
        return [*found, *(["G:near|last-strong"] if strong[-1:] == [entity] else [])]

    def meant(self, statement: Statement, kind: str) -> tuple[Entity, bool] | None:
        """Return the programme that "the scheme" means, and whether its own name says that it is a scheme.

        None if unknown. It is the programme of the whole document; else the last one before the statement that is
        called a scheme; else the one in its heading; else the last one nearby with a proper name; else any nearby or in
        the title.
        """
        floor = statement.start - _NEAR
        before = [place for place in self.places if place.start < statement.start and place.mention.is_strong]
        of_kind = [place for place in before if kind in self._kind_words(place)]
        if len(self.scope.programmes) == 1 and any(place.mention.entity in self.scope.programmes for place in before):
            return self.scope.programmes[0], True
        heading = self.heading(statement)
        if of_kind and (heading is None or of_kind[-1].start >= statement.block.start):
            return of_kind[-1].mention.entity, True
        if heading is not None:
            return heading, True
        behind = {place.mention.entity for place in self.places if place.mention.is_strong} if not before else set()
        if len(behind) == 1:
            return behind.pop(), False
        near = [place for place in before if place.start >= floor or place.start < 0]
        named = [place for place in near if not _NAMED.isdisjoint(place.mention.forms)]
        return ((named or near)[-1].mention.entity, False) if near else None

    def _kind_words(self, place: ProgrammePlace) -> frozenset[str]:
        """Return the words of a programme's name and those directly after it, in the singular."""
        text = self.scope.decision.title if place.start < 0 else self.scope.document.text
        start = place.mention.start if place.start < 0 else place.start
        end = start + place.mention.end - place.mention.start
        behind = re.split(r"[.;:,\n]", text[end : end + _KIND_BEHIND])[0].split()[:2]
        return frozenset(plain_word(word).removesuffix("s") for word in (*text[start:end].split(), *behind))

    def heading(self, statement: Statement) -> Entity | None:
        """Return the programme that a statement's heading may name: a few words, not all of them general; else None."""
        section, words = statement.block.section, statement.block.section.split()
        if statement.origin is not Origin.BODY or section == self.scope.decision.title:
            return None
        if not {"£", ":"}.isdisjoint(section) or not load_thing_words()["not-describing"].isdisjoint(words):
            return None
        groups = load_thing_words()
        general = groups["generic"] | groups["admin"] | groups["section"] | self.names.lexicon.groups["not-a-name"]
        if not 0 < len(words) <= _LONGEST_HEADING or not words[0][:1].isupper() or are_all_in(words, general):
            return None
        capitals = sum(word[:1].isupper() or len(word) < 4 for word in words)
        return self.names.entity(section) if 2 * capitals > len(words) else None

    def is_in_title(self, name: str) -> bool:
        """Return True if the name is part of a new programme of the title, as X is of "X and Y"."""
        return any(name.lower() in titled.name.lower() and name != titled.name for titled in self.names.titled)

    def above(self, statement: Statement) -> Entity | None:
        """Return the programme that a short line above a sum names with a party: "Night Lights (Harbour Trust)".

        Else None. The line stands directly above the sum, or above a line in between that describes the work.
        """
        own = self.scope.document.text[statement.block.start : statement.start].rstrip(" ")
        if own and "\n" not in own:
            return None
        before = self.scope.document.text[max(0, statement.start - _NEAR) : statement.start]
        lines = [bare for line in before.split("\n") if (bare := line.strip(" *#•|-–"))][-2:]
        line = lines[0] if lines and lines[-1].endswith(".") else lines[-1] if lines else ""
        first, *others = [part.strip() for part in _LINE_PARTS.split(line) if part.strip()] or [""]
        is_with_party = _may_name(line) and any(self.names.is_party(part) for part in others)
        return self.names.entity(first) if is_with_party else None

    def says_again(self, entity: Entity) -> bool:
        """Return True if the first words of a name occur more than once in the document."""
        return self._plain_text.count(" ".join(entity.name.lower().replace("’", "'").split()[:4])) > 1

    def _in_title(self, entity: Entity, signs: set[str]) -> list[str]:
        """Return features: whether the text repeats what the title names, and whether the title is a notice's."""
        again = "again" if entity.verified or self.says_again(entity) else "once"
        page = "notice" if self.scope.decision.reference else "page"
        proper = "proper" if "proper" in signs else "other"
        titled = {place.mention.entity for place in self.places if place.where == "title"}
        found = [f"G:title|{again}", f"G:title|{page}", f"G:title|{proper}|{page}"]
        return [*found, *(["G:title|one-of-several"] if len(titled) > 1 else [])]

    @cached_property
    def _plain_text(self) -> str:
        return " ".join(self.scope.document.text.lower().replace("’", "'").split())


def is_before_sum(words: str) -> bool:
    """Return True for words that lead directly to a sum, as those after a label do: " (Harbour) - £500"."""
    return _BEFORE_SUM.match(words) is not None


def opens_with_pronoun(sentence: str) -> bool:
    """Return True for a sentence about what the sentence before named: "It cost ...", "Their X Project ..."."""
    return any(plain_word(word) in _PRONOUNS for word in sentence.split()[:1])


def _distance(statement: Statement, places: Sequence[int]) -> str:
    """Return the distance to the last place before a sum, else to the first one after it.

    "title" if there is neither.
    """
    before = [place for place in places if place < statement.place]
    behind = places[len(before) :]
    if before and before[-1] >= statement.block.start:
        return "block"
    if before:
        far = statement.place - before[-1]
        return "close" if far < _CLOSE else "beside" if far < _BESIDE else "far"
    if behind:
        return "behind-close" if behind[0] - statement.place < _CLOSE else "behind"
    return "title"


def _may_name(line: str) -> bool:
    """Return True for a short line that names something: not a sentence, a sum or a label with a colon."""
    is_short = 0 < len(line.split()) <= _LONGEST_LINE
    return is_short and line[:1].isupper() and {"£", ":"}.isdisjoint(line) and line[-1] not in ".;?!,"


def _is_within(one: ProgrammeMention, other: ProgrammeMention) -> bool:
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


def _where(block: Block, prose: int) -> str:
    """Return the part of the document that a block is; "" for tables, fields and parts that never state its money."""
    if block.kind is BlockKind.HEADING:
        return "heading"
    if block.kind in (BlockKind.TABLE, BlockKind.FIELD) or origin_of(block) is None:
        return ""
    return "early" if prose < _EARLY else "late"
