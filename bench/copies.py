"""What the sample decisions state, copied under other names until there are as many documents as are wanted.

A copy is of other bodies, programmes, funds, decisions, sums and years; ministries and places keep their names. Every
tenth copy keeps the names of everything, so that what is known of a body or a programme grows with the whole. Nothing
is read from text and nothing is embedded, so many documents are made in little time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from graph.columns.everything import Everything
from graph.columns.rows import Rows, as_json
from graph.model import EntityKind, Passage
from graph.registry import Registry
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.cited import CitedDecision, Total
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import NamedThing

T = TypeVar("T")
Passages = Iterable[tuple[str, Passage]]
KEEPS_NAMES = 10  #: every so many copies keeps the names of bodies, programmes and funds
_ENTITY = re.compile(rb'\{"id":"([^"]*)","name":"([^"]*)","kind":"(\w+)","verified":(true|false)\}')
_IRI = re.compile(rb"(/id/(?:document|decision)/)")
_DOCUMENT = re.compile(rb'"document":"')
_REFERENCE = re.compile(rb'("(?:reference|subject_words|object_words)":"[^"]*\d[^"]*)"')
_AMOUNT = re.compile(rb'"amount":"(\d+)')
_YEAR = re.compile(rb'"(signed)":"(20\d\d)')
_PAYER = re.compile(rb'/id/(organisation|programme|fund)/([\w.%-]+)"')


#: what is stated many times: each part of `Everything` with the class of its statements
_MANY: Mapping[str, type] = {
    "flows": StatedFlow, "awards": StatedAward, "relations": StatedRelation, "contradictions": StatedCheck,
    "checks": StatedCheck, "totals": Total, "cited": CitedDecision,
}  # fmt: skip


class Copies:
    """The sample decisions, to be copied."""

    def __init__(self, stated: Everything, passages: Passages, registry: Registry) -> None:
        """Keep what the samples state, and which names stay as they are."""
        self._stated = stated
        self._passages = list(passages)
        ministries = (row.id for row in registry.organisations.values() if row.type == "government-department")
        self._kept = {id.encode() for id in ministries}
        named = {each.entity.name: each.entity for each in stated.named if each.entity.kind is not EntityKind.PLACE}
        names = sorted((re.escape(name) for name in named if len(name) > 3), key=len, reverse=True)
        self._names = re.compile("|".join(names) or r"(?!)")

    def copies(self, number: int) -> tuple[Everything, Passages]:
        """Return the samples and so many copies of them, less one, as one graph would state them.

        Statements are kept as JSON and decoded when they are looked at, as a hundred thousand documents state more than
        memory holds.
        """
        renamings = [_Renaming(each, self._kept) for each in range(number)]
        heads = [rename.copied(head) for rename in renamings for head in self._stated.heads.values()]
        heads.sort(key=lambda head: (head.signed, head.caption), reverse=True)
        things: dict[str, NamedThing] = {}
        for named in (rename.copied(each) for rename in renamings for each in self._stated.named):
            key = f"{named.entity.kind}/{named.entity.id}"
            old = things.get(key)
            things[key] = NamedThing(named.entity, old.flows + named.flows, old.awards + named.awards) if old else named
        many: dict[str, Any] = {name: self._many(name, kind, renamings) for name, kind in _MANY.items()}
        whole = Everything(
            heads={head.document: head for head in heads},
            keys=tuple((rename.key(key), rename.text(iri)) for rename in renamings for key, iri in self._stated.keys),
            named=tuple(sorted(things.values(), key=lambda each: (each.entity.kind, each.entity.name.casefold()))),
            corrections=self._stated.corrections,
            corrected_names=self._stated.corrected_names,
            **many,
        )
        return whole, (each for rename in renamings for each in self._passages_of(rename))

    def _many(self, name: str, kind: type[T], renamings: Iterable[_Renaming]) -> Rows[T]:
        import pyarrow

        values = [as_json(each) for each in getattr(self._stated, name)]
        parts = [
            pyarrow.array([rename.renamed(each) for each in values], pyarrow.large_binary()) for rename in renamings
        ]
        return Rows(pyarrow.concat_arrays(parts), kind, kept=0)

    def _passages_of(self, rename: _Renaming) -> Iterator[tuple[str, Passage]]:
        number = rename.number
        for document, passage in self._passages:
            if not number:
                yield document, passage
                continue
            text = passage.text
            if number % KEEPS_NAMES:
                text = self._names.sub(lambda match: f"{match.group()} {number}", text)
            yield f"{number}-{document}", replace(passage, id=f"{passage.id}-{number}", text=text)


class _Renaming:
    """The names of one copy; of the copy with number 0, the samples' own."""

    def __init__(self, number: int, kept: set[bytes]) -> None:
        self.number = number
        self._number = str(number).encode()
        self._kept = kept
        self._keeps_names = number % KEEPS_NAMES == 0
        self._years = number % 7

    def copied(self, value: T) -> T:
        """Return a statement with the copy's names, references, sums and days."""
        import msgspec

        return msgspec.json.decode(self.renamed(as_json(value)), type=type(value))

    def renamed(self, stated: bytes) -> bytes:
        """Return a statement, as JSON, with the copy's names, references, sums and days."""
        if not self.number:
            return stated
        text = _ENTITY.sub(self._entity, stated)
        text = _IRI.sub(rb"\g<1>" + self._number + b"-", text)
        text = _DOCUMENT.sub(b'"document":"' + self._number + b"-", text)
        text = _REFERENCE.sub(rb"\g<1>/" + self._number + b'"', text)
        text = _AMOUNT.sub(lambda m: b'"amount":"%d' % (int(m.group(1)) + self.number * 7), text)
        text = _YEAR.sub(lambda m: b'"%s":"%d' % (m.group(1), int(m.group(2)) - self._years), text)
        return _PAYER.sub(lambda m: b'/id/%s/%s"' % (m.group(1), self._id(m.group(2), m.group(1))), text)

    def key(self, reference: str) -> str:
        """Return a normalised reference with the copy's number."""
        return f"{reference}/{self.number}" if self.number else reference

    def text(self, iri: str) -> str:
        """Return an address with the copy's number."""
        return _IRI.sub(rb"\g<1>" + self._number + b"-", iri.encode()).decode() if self.number else iri

    def _entity(self, match: re.Match[bytes]) -> bytes:
        id, name, kind, _ = match.groups()
        new = self._id(id, kind)
        if new == id:
            return match.group()
        return b'{"id":"%s","name":"%s %s","kind":"%s","verified":false}' % (new, name, self._number, kind)

    def _id(self, id: bytes, kind: bytes) -> bytes:
        stays = id in self._kept or kind == b"place" or self._keeps_names
        return id if stays else b"%s-%s" % (id, self._number)


def areas_of(stated: Everything, areas: Mapping[str, str]) -> dict[str, str]:
    """Return the area of the body that decided, for each document and its copies, out of those of the samples."""
    return {document: area for document in stated.heads if (area := areas.get(re.sub(r"^\d+-", "", document)))}
