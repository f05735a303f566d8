"""Awards without a printed sum, read from the graph. They are listed beside money and never added to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.identifiers import entity_iri, part_id
from graph.model import Award, Band, Entity, FlowKind, FlowStatus
from graph.stated.decisions import document_of
from graph.stated.parts import Parts, concept_of, parts_of
from graph.stated.things import entity_of, select_in_batches, text_of
from graph.stores.store import Store


@dataclass(frozen=True, slots=True)
class StatedAward:
    """An award with the document that states it."""

    iri: str
    document: str  #: file name
    award: Award
    stated_again: tuple[str, ...] = ()  #: IRIs of flows or awards of other documents that say the same


def awards_of(store: Store, thing: Entity | str) -> tuple[StatedAward, ...]:
    """Return the awards that touch an entity, or that a decision, given by its IRI, makes.

    For a place these include the awards for places within it.
    """
    iri = entity_iri(thing) if isinstance(thing, Entity) else URIRef(thing)
    found = select_in_batches(store, "app-awards-of", "thing", [iri])
    return _awards(store, {row["award"] for row in found})


def all_awards(store: Store) -> tuple[StatedAward, ...]:
    """Return every award of the graph, ordered by document and place in it."""
    return _awards(store, None)


def _awards(store: Store, wanted: Iterable[Node] | None) -> tuple[StatedAward, ...]:
    chosen = None if wanted is None else sorted(wanted, key=str)
    rows = select_in_batches(store, "app-awards", "award", chosen)
    if not rows:
        return ()
    parts = parts_of(store, chosen, rows, "award")
    again: dict[str, list[str]] = defaultdict(list)
    for row in select_in_batches(store, "app-award-links", "award", chosen):
        again[str(row["award"])].append(str(row["other"]))
    awards = [(int(text_of(row, "position")), _stated(row, parts, again)) for row in rows]
    return tuple(award for _, award in sorted(awards, key=lambda pair: (pair[1].document, pair[0], pair[1].iri)))


def _stated(row: Mapping[str, Node], parts: Parts, again: Mapping[str, list[str]]) -> StatedAward:
    iri = str(row["award"])
    award = Award(
        id=part_id(iri),
        funder=entity_of(row, "funder", parts.entities),
        recipient=entity_of(row, "recipient", parts.entities),
        recipient_words=text_of(row, "words"),
        years=parts.years.get(iri, ()),
        programmes=parts.programmes.get(iri, ()),
        place=entity_of(row, "place", parts.entities),
        fund=entity_of(row, "fund", parts.entities),
        kind=FlowKind(concept_of(row, "kind")),
        status=FlowStatus(concept_of(row, "status")),
        evidence=parts.evidence.get(iri, ()),
        confidence=float(text_of(row, "confidence")),
        purpose=text_of(row, "purpose"),
        band=Band(concept_of(row, "band")),
        doubts=parts.doubts.get(iri, ()),
    )
    return StatedAward(iri, document_of(iri), award, tuple(sorted(again.get(iri, ()))))
