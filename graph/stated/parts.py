"""Parts of flows and awards that take several rows of a query's result: years, programmes, evidence, doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib.term import Node

from graph.identifiers import year_of
from graph.model import Alternative, Doubt, Entity, Evidence
from graph.stated.evidence import evidence_of
from graph.stated.things import entities, iris_in, select_in_batches, text_of
from graph.stores.store import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of flows or awards, by IRI."""

    entities: Mapping[str, Entity]  #: by the entity's IRI
    years: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, tuple[Entity, ...]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    doubts: Mapping[str, tuple[Doubt, ...]]


def parts_of(store: Store, chosen: list[Node] | None, rows: list[dict[str, Node]], name: str) -> Parts:
    """Return the parts of the flows or awards in some rows.

    Args:
        store: The graph.
        chosen: The IRIs of the flows or awards; None for all.
        rows: One row for each, with the columns funder, recipient, place and fund.
        name: The name of the column with the IRI.
    """
    years: dict[str, set[str]] = defaultdict(set)
    programmes: dict[str, set[str]] = defaultdict(set)
    several = select_in_batches(store, "app-flow-years-and-programmes", "flow", chosen)
    for row in several:
        year = year_of(text_of(row, "year"))
        if year:
            years[str(row["flow"])].add(year)
        if row.get("programme") is not None:
            programmes[str(row["flow"])].add(str(row["programme"]))
    named = entities(store, iris_in(rows, "funder", "recipient", "place", "fund") | iris_in(several, "programme"))
    return Parts(
        entities=named,
        years={iri: tuple(sorted(found)) for iri, found in years.items()},
        programmes={iri: _by_name(found, named) for iri, found in programmes.items()},
        evidence=evidence_of(store, chosen if chosen is not None else [row[name] for row in rows]),
        doubts=_doubts(store, chosen),
    )


def _by_name(iris: Iterable[str], named: Mapping[str, Entity]) -> tuple[Entity, ...]:
    return tuple(sorted((named[iri] for iri in iris if iri in named), key=lambda programme: programme.name))


def _doubts(store: Store, chosen: list[Node] | None) -> dict[str, tuple[Doubt, ...]]:
    """Return the doubts of each flow or award, the most doubtful first, each with its alternatives."""
    first: dict[str, dict[int, Mapping[str, Node]]] = defaultdict(dict)
    others: dict[tuple[str, int], dict[int, Alternative]] = defaultdict(dict)
    for row in select_in_batches(store, "app-doubts", "flow", chosen):
        iri, place = str(row["flow"]), int(text_of(row, "place"))
        first[iri][place] = row
        if row.get("otherPlace") is not None:
            chance = float(text_of(row, "otherProbability"))
            other = Alternative(text_of(row, "other"), chance, text_of(row, "otherReader"))
            others[iri, place][int(text_of(row, "otherPlace"))] = other
    return {
        iri: tuple(
            Doubt(
                slot=text_of(row, "slot"),
                value=text_of(row, "read"),
                probability=float(text_of(row, "probability")),
                alternatives=tuple(other for _, other in sorted(others[iri, place].items())),
            )
            for place, row in sorted(by_place.items())
        )
        for iri, by_place in first.items()
    }


def concept_of(row: Mapping[str, Node], name: str) -> str:
    """Return the last part of a concept's IRI in a cell: "grant" of .../kind/grant."""
    return text_of(row, name).rpartition("/")[2]
