"""What the sample decisions state, copied under other names until there are as many documents as are wanted.

A copy is of other bodies, programmes, funds, decisions, sums and years; ministries and places keep their names. Every
tenth copy keeps the names of everything, so that what is known of a body or a programme grows with the whole. Nothing
is read from text and nothing is embedded, so many documents are made in little time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from graph.columns.everything import Everything
from graph.columns.rows import as_json
from graph.model import EntityKind, Passage
from graph.registry import Registry
from graph.stated.things import NamedThing

T = TypeVar("T")
Passages = list[tuple[str, Passage]]
KEEPS_NAMES = 10  #: every so many copies keeps the names of bodies, programmes and funds
_ENTITY = re.compile(rb'\{"id":"([^"]*)","name":"([^"]*)","kind":"(\w+)","verified":(true|false)\}')
_IRI = re.compile(rb"(/id/(?:document|decision)/)")
_DOCUMENT = re.compile(rb'"document":"')
_REFERENCE = re.compile(rb'("(?:reference|subject_words|object_words)":"[^"]*\d[^"]*)"')
_AMOUNT = re.compile(rb'"amount":"(\d+)')
_YEAR = re.compile(rb'"(signed)":"(20\d\d)')
_PAYER = re.compile(rb'/id/(organisation|programme|fund)/([\w.%-]+)"')


class Copies:
    """The sample decisions, to be copied."""

    def __init__(self, stated: Everything, passages: Passages, registry: Registry) -> None:
        """Keep what the samples state, and which names stay as they are."""
        self._stated = stated
        self._passages = passages
        ministries = (row.id for row in registry.organisations.values() if row.type == "government-department")
        self._kept = {id.encode() for id in ministries}
        named = {each.entity.name: each.entity for each in stated.named if each.entity.kind is not EntityKind.PLACE}
        names = sorted((re.escape(name) for name in named if len(name) > 3), key=len, reverse=True)
        self._names = re.compile("|".join(names) or r"(?!)")

    def copies(self, number: int) -> tuple[Everything, Passages]:
        """Return the samples and so many copies of them, less one, as one graph would state them."""
        parts = [self._copy(each) for each in range(number)]
        stated = [part for part, _ in parts]
        heads = {d: head for part in stated for d, head in part.heads.items()}
        ordered = sorted(heads.values(), key=lambda head: (head.signed, head.caption), reverse=True)
        things: dict[str, NamedThing] = {}
        for named in (each for part in stated for each in part.named):
            key = f"{named.entity.kind}/{named.entity.id}"
            old = things.get(key)
            things[key] = (
                NamedThing(named.entity, old.flows + named.flows, old.awards + named.awards) if old else named
            )
        whole = Everything(
            heads={head.document: head for head in ordered},
            **{
                name: tuple(each for part in stated for each in getattr(part, name))
                for name in ("flows", "awards", "relations", "contradictions", "checks", "totals", "cited", "keys")
            },
            named=tuple(sorted(things.values(), key=lambda each: (each.entity.kind, each.entity.name.casefold()))),
            corrections=self._stated.corrections,
            corrected_names=self._stated.corrected_names,
        )
        return whole, [each for _, passages in parts for each in passages]

    def _copy(self, number: int) -> tuple[Everything, Passages]:
        if not number:
            return self._stated, self._passages
        rename = _Renaming(number, self._kept)
        stated = self._stated
        many: dict[str, Any] = {
            name: tuple(rename.copied(each) for each in getattr(stated, name))
            for name in ("flows", "awards", "relations", "contradictions", "checks", "totals", "cited", "named")
        }
        heads = [rename.copied(head) for head in stated.heads.values()]
        copy = replace(
            stated,
            heads={head.document: head for head in heads},
            keys=tuple((f"{key}/{number}", rename.text(iri)) for key, iri in stated.keys),
            **many,
        )
        return copy, list(self._passages_of(number, rename))

    def _passages_of(self, number: int, rename: _Renaming) -> Iterator[tuple[str, Passage]]:
        keeps = number % KEEPS_NAMES == 0
        for document, passage in self._passages:
            text = passage.text if keeps else self._names.sub(lambda match: f"{match.group()} {number}", passage.text)
            yield f"{number}-{document}", replace(passage, id=f"{passage.id}-{number}", text=text)


class _Renaming:
    """The names of one copy."""

    def __init__(self, number: int, kept: set[bytes]) -> None:
        self._number = str(number).encode()
        self._kept = kept
        self._keeps_names = number % KEEPS_NAMES == 0
        self._years = number % 7

    def copied(self, value: T) -> T:
        """Return a statement with the copy's names, references, sums and days."""
        import msgspec

        text = _ENTITY.sub(self._entity, as_json(value))
        text = _IRI.sub(rb"\g<1>" + self._number + b"-", text)
        text = _DOCUMENT.sub(b'"document":"' + self._number + b"-", text)
        text = _REFERENCE.sub(rb"\g<1>/" + self._number + b'"', text)
        text = _AMOUNT.sub(lambda m: b'"amount":"%d' % (int(m.group(1)) + int(self._number) * 7), text)
        text = _YEAR.sub(lambda m: b'"%s":"%d' % (m.group(1), int(m.group(2)) - self._years), text)
        text = _PAYER.sub(lambda m: b'/id/%s/%s"' % (m.group(1), self._id(m.group(2), m.group(1))), text)
        return msgspec.json.decode(text, type=type(value))

    def text(self, iri: str) -> str:
        """Return an address with the copy's number."""
        return _IRI.sub(rb"\g<1>" + self._number + b"-", iri.encode()).decode()

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
