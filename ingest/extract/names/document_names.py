"""Find names in any text of one document, so that the same words mean the same thing everywhere in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph.model import Entity
from graph.names.mentions import NameMention
from ingest.extract.decisions.body_lists import load_office_holders
from ingest.extract.names.proper_names import proper_names
from ingest.extract.scope.document import Scope
from ingest.extract.words.lexicon import Lexicon

_PERSON = r"[A-Z][a-zé’'-]+(?:\s+[A-Z][a-zé’'-]+){1,2}"
_OFFICE = r"(?:Police(?:,? Fire)? (?:and|&) Crime Commissioner|Crime Commissioner|P(?:F)?CC|Commissioner|Mayor)"
_HOLDER = re.compile(
    rf"{_OFFICE}(?: for [A-Z]\w+(?: (?:and )?[A-Z]\w+)?)?,?\s+(?P<before>{_PERSON})"
    rf"|\b(?P<after>{_PERSON}),\s+(?:the\s+)?(?:[A-Z]\w+(?:[’']s)?\s+){{0,3}}{_OFFICE}"
)


@dataclass(frozen=True)
class DocumentNames:
    """Finds the names of one document; results are cached by text."""

    scope: Scope
    lexicon: Lexicon
    labels: dict[str, Entity] = field(default_factory=dict)  #: names that stand alone in a list or a cell
    _seen: dict[str, list[NameMention]] = field(default_factory=dict)

    def find(self, text: str) -> list[NameMention]:
        """Return the names in a text, in order."""
        if text not in self._seen:
            known = self.scope.names.find(text, context=self.scope.context)
            found = proper_names(text, _joined([*known, *self._holder_mentions(text)]), self.lexicon)
            found = [replace(one, entity=self.scope.placed(one.entity)) for one in _with_short_forms(text, found)]
            self._seen[text] = self._with_labels(text, found)
        return self._seen[text]

    def add_label(self, entity: Entity) -> None:
        """Remember a name that stands alone in a list or cell, so that prose with these words is linked to it."""
        self.labels.setdefault(entity.name, entity)

    @cached_property
    def _holders(self) -> tuple[str, ...]:
        """The names of the body's office-holders that the document gives: first and last name."""
        if self.scope.body is None:
            return ()
        listed = {person for person, body in load_office_holders() if body == self.scope.body.id}
        found = {person for person in listed if person in self.scope.document.text} | {
            (match["before"] or match["after"])
            for match in _HOLDER.finditer(self.scope.document.text)
            if (match["before"] or match["after"]).split()[-1].lower() not in self.lexicon.groups["head"]
        }
        return tuple(sorted(found))

    @cached_property
    def _others(self) -> tuple[tuple[str, Entity], ...]:
        """The office-holders of other bodies that the document names, if it mentions their office."""
        text, registry = self.scope.document.text, self.scope.names.registry
        if not re.search(_OFFICE, text):
            return ()
        own = self.scope.body.id if self.scope.body is not None else ""
        named = ((person, body) for person, body in load_office_holders() if body != own and person in text)
        found = ((person, registry.get_entity(body)) for person, body in named)
        return tuple((person, entity) for person, entity in found if entity is not None)

    def _holder_mentions(self, text: str) -> list[NameMention]:
        """Return mentions of the office-holder, which stand for the body: "Mr Example", "Commissioner Example"."""
        body = self.scope.body
        found: list[NameMention] = []
        for person, entity in self._others:
            places = re.finditer(re.escape(person), text)
            found += [NameMention(entity, at.start(), at.end(), at[0], (), 0.9) for at in places]
        for holder in self._holders if body is not None else ():
            last = re.escape(holder.split()[-1])
            pattern = rf"\b(?:{re.escape(holder)}|(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|PCC|Commissioner|Mayor)\.?\s+{last})\b"
            for match in re.finditer(pattern, text):
                assert body is not None
                found.append(NameMention(body, match.start(), match.end(), match[0], (), 0.9))
        return found

    def _with_labels(self, text: str, found: list[NameMention]) -> list[NameMention]:
        more = [
            NameMention(entity, match.start(), match.end(), match[0], (), 0.6)
            for name, entity in self.labels.items()
            if name in text
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]
        more = [one for one in more if not any(one.start < other.end and other.start < one.end for other in found)]
        return sorted([*found, *more], key=lambda one: one.start)


def _joined(mentions: list[NameMention]) -> list[NameMention]:
    """Return mentions in order; of two that overlap the longer is kept."""
    kept: list[NameMention] = []
    for one in sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda mention: mention.start)


def _with_short_forms(text: str, found: list[NameMention]) -> list[NameMention]:
    """Return mentions with initials in brackets linked to the name before them."""
    out: list[NameMention] = []
    for one in found:
        before = out[-1] if out else None
        if before is not None and one.surface.isupper() and text[before.end : one.start].strip() == "(":
            out.append(replace(one, entity=before.entity))
        else:
            out.append(one)
    return out
