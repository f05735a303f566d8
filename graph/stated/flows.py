"""Funding flows, read whole from the graph: parties, years, programmes, evidence and links to other flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef
from rdflib.term import Node

from graph.identifiers import entity_iri, part_id
from graph.model import Band, Basis, Entity, FlowKind, FlowLink, FlowStatus, FundingFlow
from graph.stated.decisions import document_of
from graph.stated.parts import Parts, concept_of, parts_of
from graph.stated.things import entity_of, select_in_batches, text_of
from graph.stores.store import Store

Links = dict[str, set[tuple[FlowLink, str]]]  #: by flow


@dataclass(frozen=True, slots=True)
class StatedFlow:
    """A funding flow with the document that states it and its links to other flows."""

    iri: str
    document: str  #: file name
    flow: FundingFlow
    links: tuple[tuple[FlowLink, str], ...] = ()  #: (how this flow's money stands to, the other flow's IRI)

    def __hash__(self) -> int:
        """Return the hash of the IRI, which no two flows share.

        Flows are put into sets all the time, so this must be quick.
        """
        return hash(self.iri)


def flows_of(store: Store, thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows that touch an entity, or that a decision, given by its IRI, states.

    For a place these include the flows for places within it.
    """
    iri = entity_iri(thing) if isinstance(thing, Entity) else URIRef(thing)
    found = select_in_batches(store, "app-flows-of", "thing", [iri])
    return _flows(store, {row["flow"] for row in found})


def all_flows(store: Store) -> tuple[StatedFlow, ...]:
    """Return every flow of the graph, ordered by document and place in it."""
    return _flows(store, None)


def _flows(store: Store, wanted: Iterable[Node] | None) -> tuple[StatedFlow, ...]:
    chosen = None if wanted is None else sorted(wanted, key=str)
    rows = select_in_batches(store, "app-flows", "flow", chosen)
    parts = parts_of(store, chosen, rows, "flow")
    links: Links = defaultdict(set)
    for row in select_in_batches(store, "app-flow-links", "flow", chosen):
        links[str(row["flow"])].add((FlowLink(text_of(row, "link").rpartition("#")[2]), str(row["other"])))
    flows = [(int(text_of(row, "position")), _stated(row, parts, links)) for row in rows]
    return tuple(flow for _, flow in sorted(flows, key=lambda pair: (pair[1].document, pair[0], pair[1].iri)))


def _stated(row: Mapping[str, Node], parts: Parts, links: Links) -> StatedFlow:
    iri = str(row["flow"])
    flow = FundingFlow(
        id=part_id(iri),
        funder=entity_of(row, "funder", parts.entities),
        recipient=entity_of(row, "recipient", parts.entities),
        recipient_words=text_of(row, "words"),
        amount=Decimal(text_of(row, "amount")),
        basis=Basis(concept_of(row, "basis")),
        years=parts.years.get(iri, ()),
        programmes=parts.programmes.get(iri, ()),
        place=entity_of(row, "place", parts.entities),
        fund=entity_of(row, "fund", parts.entities),
        kind=FlowKind(concept_of(row, "kind")),
        status=FlowStatus(concept_of(row, "status")),
        evidence=parts.evidence.get(iri, ()),
        confidence=float(text_of(row, "confidence")),
        purpose=text_of(row, "purpose"),
        per_year=text_of(row, "perYear") == "true",
        currency=text_of(row, "currency"),
        band=Band(concept_of(row, "band") or Band.CHECK),
        doubts=parts.doubts.get(iri, ()),
        awaits_payee=text_of(row, "awaitsPayee") == "true",
        in_summary=text_of(row, "inSummary") == "true",
        in_table=text_of(row, "inTable") == "true",
    )
    return StatedFlow(iri, document_of(iri), flow, tuple(sorted(links.get(iri, ()))))
