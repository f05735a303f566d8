"""Funding flows out of the graph, whole: parties, years, programmes, evidence and what each is to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef
from rdflib.term import Node

from graph.identifiers import entity_iri, part_id, year_of
from graph.model import Basis, Entity, Evidence, FlowKind, FlowLink, FlowStatus, FundingFlow
from graph.stated.decisions import document_of
from graph.stated.evidence import evidence_of
from graph.stated.things import entities, entity_of, iris_in, select_in_batches, text_of
from graph.stores.store import Store


@dataclass(frozen=True, slots=True)
class StatedFlow:
    """A funding flow with the document that states it and its links to other flows."""

    iri: str
    document: str  #: file name
    flow: FundingFlow
    links: tuple[tuple[FlowLink, str], ...] = ()  #: (how this flow's money stands to, the other flow's IRI)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands in several rows, by flow."""

    entities: Mapping[str, Entity]
    years: Mapping[str, set[str]]
    programmes: Mapping[str, set[str]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    links: Mapping[str, set[tuple[FlowLink, str]]]


def flows_of(store: Store, thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows that touch an entity (a place: or lie within it), or that a decision's IRI makes."""
    iri = entity_iri(thing) if isinstance(thing, Entity) else URIRef(thing)
    found = select_in_batches(store, "app-flows-of", "thing", [iri])
    return _flows(store, {row["flow"] for row in found})


def all_flows(store: Store) -> tuple[StatedFlow, ...]:
    """Return every flow of the graph, by document and place in it."""
    return _flows(store, None)


def _flows(store: Store, wanted: Iterable[Node] | None) -> tuple[StatedFlow, ...]:
    chosen = None if wanted is None else sorted(wanted, key=str)
    rows = select_in_batches(store, "app-flows", "flow", chosen)
    parts = _parts(store, chosen, rows)
    flows = [(int(text_of(row, "position")), _stated(row, parts)) for row in rows]
    return tuple(flow for _, flow in sorted(flows, key=lambda pair: (pair[1].document, pair[0], pair[1].iri)))


def _parts(store: Store, chosen: list[Node] | None, rows: list[dict[str, Node]]) -> _Parts:
    years: dict[str, set[str]] = defaultdict(set)
    programmes: dict[str, set[str]] = defaultdict(set)
    several = select_in_batches(store, "app-flow-years-and-programmes", "flow", chosen)
    for row in several:
        year = year_of(text_of(row, "year"))
        if year:
            years[str(row["flow"])].add(year)
        if row.get("programme") is not None:
            programmes[str(row["flow"])].add(str(row["programme"]))
    links: dict[str, set[tuple[FlowLink, str]]] = defaultdict(set)
    for row in select_in_batches(store, "app-flow-links", "flow", chosen):
        links[str(row["flow"])].add((FlowLink(text_of(row, "link").rpartition("#")[2]), str(row["other"])))
    iris = iris_in(rows, "funder", "recipient", "place", "fund") | iris_in(several, "programme")
    evidence = evidence_of(store, chosen if chosen is not None else [row["flow"] for row in rows])
    return _Parts(entities(store, iris), years, programmes, evidence, links)


def _stated(row: Mapping[str, Node], parts: _Parts) -> StatedFlow:
    iri = str(row["flow"])
    programmes = [parts.entities[name] for name in parts.programmes.get(iri, ()) if name in parts.entities]
    flow = FundingFlow(
        id=part_id(iri),
        funder=entity_of(row, "funder", parts.entities),
        recipient=entity_of(row, "recipient", parts.entities),
        recipient_words=text_of(row, "words"),
        amount=Decimal(text_of(row, "amount")),
        basis=Basis(_concept(row, "basis")),
        years=tuple(sorted(parts.years.get(iri, ()))),
        programmes=tuple(sorted(programmes, key=lambda programme: programme.name)),
        place=entity_of(row, "place", parts.entities),
        fund=entity_of(row, "fund", parts.entities),
        kind=FlowKind(_concept(row, "kind")),
        status=FlowStatus(_concept(row, "status")),
        evidence=parts.evidence.get(iri, ()),
        confidence=float(text_of(row, "confidence")),
        purpose=text_of(row, "purpose"),
        per_year=text_of(row, "perYear") == "true",
        currency=text_of(row, "currency"),
    )
    return StatedFlow(iri, document_of(iri), flow, tuple(sorted(parts.links.get(iri, ()))))


def _concept(row: Mapping[str, Node], name: str) -> str:
    return text_of(row, name).rpartition("/")[2]
