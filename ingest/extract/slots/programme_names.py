"""Names of programmes by one grammar: known ones, and words whose form and place say that they name one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.programmes import is_diverted
from ingest.extract.slots.programme_forms import cue_before, end_with_kind, forms_of
from ingest.extract.slots.programme_runs import runs_in
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

FORMS = (  #: what speaks for a name, the strongest first
    "known",
    "prefixed",
    "called",
    "kind",
    "apposed",
    "kind-behind",
    "quoted",
    "titled",
    "kind-far-behind",
    "defined",
)
_STRONG = frozenset(("known", "prefixed", "kind", "called", "apposed", "titled", "quoted", "kind-behind"))
_AGAINST = frozenset(("before-money", "before-noun"))
_CUES = ("for", "run", "kind", "on")  #: cues that make a name of words whose form says nothing
_QUOTED = re.compile(r"[‘“'\"]([A-Z][^‘“”\"£\n]{2,60}?)[’”'\"](?=[\s,.;:)]|$)")
_LONGEST_QUOTED = 8  #: words
_PREFIX = re.compile(r"(?:Project|Operation|Op)\s+(?=[A-Z])")
_LONGEST_PREFIXED = 4  #: words
_KINDS = frozenset((EntityKind.ORGANISATION, EntityKind.FUND, EntityKind.PLACE))


@dataclass(frozen=True, slots=True)
class ProgrammeMention:
    """What may be a programme where a text names it, and what in its form and place speaks for that."""

    entity: Entity
    start: int
    end: int
    forms: tuple[str, ...]  #: of FORMS, and "before-money", "before-noun" against it
    cue: str = "none"  #: what leads up to it: "for", "run", "called", "kind", a preposition

    @property
    def is_strong(self) -> bool:
        """Return True if its form alone says that it is a programme's name."""
        return self.cue in ("called", "kind") or not _STRONG.isdisjoint(self.forms)


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

    def entity(self, words: str) -> Entity | None:
        """Return the programme of some words; None for words that name no thing or a known body, fund or place."""
        common, groups, context = self.lexicon.groups["not-a-name"], load_thing_words(), self.scope.context
        plain = [plain_word(word) for word in words.split()]
        if all(word in common or word.isdigit() for word in plain) or not re.search(r"[A-Za-z]{2}", words):
            return None
        known = self.scope.names.resolve(words, kinds={EntityKind.PROGRAMME}, context=context)
        if known is not None:
            return known
        if len(words) < 3 or "fund" in plain or plain[-1] in groups["no-programme"] | groups["bodies"]:
            return None
        is_other = self.scope.names.resolve(words, kinds=_KINDS, context=context) is not None
        return None if is_other else new_entity(words, EntityKind.PROGRAMME)

    def _found(self, text: str) -> list[ProgrammeMention]:
        mentions = self.names.find(text)
        found = []
        for one in mentions:
            if one.entity.kind is EntityKind.PROGRAMME and one.entity.verified and not is_diverted(text, one.end):
                forms = ("known", *forms_of(text, one.start, one.end, self.lexicon))
                cue = cue_before(text, one.start, self.lexicon)
                found.append(ProgrammeMention(one.entity, one.start, one.end, forms, cue))
        runs = ((start, end, ()) for start, end in runs_in(text, mentions, self.lexicon))
        for start, end, forms in (*self._quoted(text), *runs):
            if not any(one.start < end and start < one.end for one in found):
                mention = self._mention(text, start, end, forms)
                found += [mention] if mention is not None else []
        return found

    def _quoted(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for match in _QUOTED.finditer(text):
            if len(match[1].split()) <= _LONGEST_QUOTED and not match[1].rstrip().endswith((",", ".", "?")):
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
        if not set(found) - _AGAINST and cue not in _CUES:
            return None
        entity = self.entity(words)
        return ProgrammeMention(entity, start, end, tuple(dict.fromkeys(found)), cue) if entity is not None else None
