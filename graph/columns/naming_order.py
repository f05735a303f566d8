"""The numbers and counts of things after a build: things are numbered in the order in which documents name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from graph.arrow import as_numbers
from graph.columns.funding import one_piece
from graph.columns.joining import Moved, Order
from graph.columns.making import Tables
from graph.columns.numbering import NONE, Numbering
from graph.columns.out_of_records import area_of
from graph.model import Entity, EntityKind
from graph.registry import Registry
from graph.stated.things import NamedThing, things_by_name

_PARTS = ("funder", "recipient", "place", "fund")  #: of a flow or award, in the order of naming; then its programmes


class NamedThings:
    """The things of an earlier build and of changed documents, with the numbers that they have together."""

    def __init__(
        self, before: Tables, own: Tables, rows: Mapping[str, Order], documents: Order, registry: Registry
    ) -> None:
        """Number the things.

        Args:
            before: The tables of the build before.
            own: The tables of the changed documents.
            rows: The order of the rows of flows, awards and relations of both.
            documents: The order of the documents of both.
            registry: Knows the areas of bodies.
        """
        self._sides, self._rows, self._documents, self._registry = (before, own), rows, documents, registry
        self._entities = list(_entities(before))
        self._named_before = len(self._entities)
        codes = {(each.kind, each.id): code for code, each in enumerate(self._entities)}
        self._codes_of_own = []
        for each in _entities(own):
            code = codes.setdefault((each.kind, each.id), len(self._entities))
            if code == len(self._entities):
                self._entities.append(each)
            else:
                self._entities[code] = each
            self._codes_of_own.append(code)
        self._codes = codes
        self._order = self._named_first()

    @cached_property
    def moved(self) -> Moved:
        """The number of each thing of the earlier build, and of the changed documents, or -1 if none names it now."""
        import numpy

        numbers = numpy.full(len(self._entities), NONE, numpy.int32)
        numbers[self._order] = numpy.arange(len(self._order), dtype=numpy.int32)
        return numbers[: self._named_before], numbers[self._codes_of_own]

    def numbering(self, documents: list[str]) -> Numbering:
        """Return the numbers of documents and things, for the tables of things."""
        numbers = Numbering({name: number for number, name in enumerate(documents)})
        for code in self._order.tolist():
            numbers.thing(self._entities[code])
        return numbers

    def with_pages(self, tables: Tables) -> tuple[NamedThing, ...]:
        """Return everything that flows and awards name, and the areas of bodies, with the number of each."""
        import numpy

        entities = [self._entities[code] for code in self._order.tolist()]
        numbers = {(each.kind, each.id): number for number, each in enumerate(entities)}
        areas: dict[str, int] = {}
        for body in set(tables["documents"]["body"].to_pylist()) - {""}:
            area = area_of(body, self._registry)
            if area is not None:
                areas[body] = numbers.setdefault((area.kind, area.id), len(entities))
                entities += [area] if areas[body] == len(entities) else []
        of_document = [areas.get(body, NONE) for body in tables["documents"]["body"].to_pylist()]
        of_flow = numpy.array([*of_document, NONE], numpy.int64)[as_numbers(one_piece(tables["flows"], "document"))]
        placeless = numpy.where(as_numbers(one_piece(tables["flows"], "place")) < 0, of_flow, NONE)
        flows = _counted(tables["flows"], len(entities), placeless)
        awards = _counted(tables["awards"], len(entities), None)
        return things_by_name(
            NamedThing(each, int(flows[number]), int(awards[number]))
            for number, each in enumerate(entities)
            if flows[number] or awards[number]
        )

    def _named_first(self) -> Any:
        """Return the codes of all things that are named, in the order of their first naming."""
        import numpy

        names = [*self._naming("flows"), *self._naming("awards"), self._of_relations(), self._of_heads()]
        every = numpy.concatenate(names)
        codes, first = numpy.unique(every[every >= 0], return_index=True)
        return codes[numpy.argsort(first)]

    def _naming(self, table: str) -> Iterator[Any]:
        """Yield the codes of what each flow or award names, in order."""
        import numpy

        lists = [one_piece(side[table], "programmes") for side in self._sides]
        counts = numpy.concatenate([numpy.diff(as_numbers(each.offsets)) if len(each) else [] for each in lists])
        rows = self._rows[table].rows
        parts = [self._coded(table, name) for name in _PARTS]
        programmes = self._with_codes([as_numbers(each.values) for each in lists])
        starts = numpy.concatenate(([0], numpy.cumsum(counts))).astype(numpy.int64)
        width = len(parts) + int(counts.max(initial=0))
        table_of = numpy.full((len(rows), width), NONE, numpy.int64)
        for place, part in enumerate(parts):
            table_of[:, place] = part[rows]
        for place in range(width - len(parts)):
            has = counts[rows] > place
            table_of[has, len(parts) + place] = programmes[starts[rows[has]] + place]
        yield table_of.reshape(-1)

    def _of_relations(self) -> Any:
        import numpy

        rows = self._rows["relations"].rows
        ends = [self._coded("relations", name)[rows] for name in ("subject", "object")]
        return numpy.stack(ends, axis=1).reshape(-1)

    def _of_heads(self) -> Any:
        import numpy

        bodies = [body for side in self._sides for body in side["documents"]["body"].to_pylist()]
        codes = [self._codes[EntityKind.ORGANISATION, body] if body else NONE for body in bodies]
        return numpy.array(codes, numpy.int64)[self._documents.rows]

    def _coded(self, table: str, column: str) -> Any:
        return self._with_codes([as_numbers(one_piece(side[table], column)) for side in self._sides])

    def _with_codes(self, columns: list[Any]) -> Any:
        import numpy

        codes = numpy.array([*self._codes_of_own, NONE], numpy.int64)
        return numpy.concatenate([columns[0].astype(numpy.int64), codes[columns[1]]])


def _entities(tables: Tables) -> Iterator[Entity]:
    """Yield the things that the documents of some tables name, by number."""
    things = tables["things"].filter(tables["things"]["is_named"])
    columns = (things[name].to_pylist() for name in ("id", "name", "kind", "is_verified"))
    for id, name, kind, verified in zip(*columns, strict=True):
        yield Entity(id, name, EntityKind(kind), verified)


def _counted(table: Any, things: int, more: Any) -> Any:
    """Return, for each thing, the number of rows that name it; `more` is one more thing of each row."""
    import numpy

    rows = numpy.arange(table.num_rows)
    lists = one_piece(table, "programmes")
    pairs = [(rows, as_numbers(one_piece(table, name))) for name in _PARTS]
    if table.num_rows:
        pairs.append((numpy.repeat(rows, numpy.diff(as_numbers(lists.offsets))), as_numbers(lists.values)))
    pairs += [(rows, more)] if more is not None else []
    row, thing = (numpy.concatenate(each).astype(numpy.int64) for each in zip(*pairs, strict=True))
    named = numpy.unique((row * things + thing)[thing >= 0])
    return numpy.bincount(named % max(things, 1), minlength=things)
