"""A small graph in memory for tests of views, and what the pages read from it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.counting.graph_ledger import open_ledger
from graph.counting.ledger import Ledger
from graph.identifiers import graph_iri
from graph.model import FlowKind, FlowLink, FlowRelation, FlowStatus, Record, Relation, RelationKind
from graph.rdf.triples import record_triples
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.flows import StatedFlow, all_flows
from graph.stated.relations import StatedRelation, all_relations
from graph.stores.store import Store, open_memory
from tests.builders import (
    ASHFORD,
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_check,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    programme,
)

HOSTILE = '<img src=x onerror="alert(1)">'
BUILDER = organisation("Builders & Sons")
LIGHT = programme("Street Light")


@dataclass(frozen=True)
class SmallGraph:
    """A store and what the pages read from it."""

    store: Store
    flows: tuple[StatedFlow, ...]
    relations: tuple[StatedRelation, ...]
    heads: dict[str, DecisionHead]
    ledger: Ledger


def graph_of(*records: Record) -> SmallGraph:
    """Return the graph that holds these records."""
    store = open_memory()
    for record in records:
        store.replace_graph(graph_iri(record.document), record_triples(record))
    flows, relations, heads = all_flows(store), all_relations(store), decision_heads(store)
    return SmallGraph(store, flows, relations, heads, open_ledger(store, None))


def money_passed_on() -> SmallGraph:
    """Return £900 from the Treasury to the Mayor, passed on to the council and the builder; £50 replaced; a ceiling."""
    flows = (
        make_flow("in", amount="900.00", recipient=MAYOR, evidence=[make_evidence("The Treasury gives £900.")]),
        make_flow("out-1", amount="600.00", funder=MAYOR, recipient=COUNCIL),
        make_flow("out-2", amount="300.00", funder=MAYOR, recipient=BUILDER, years=("2023/24", "2024/25")),
        make_flow("old", amount="50.00", funder=MAYOR, recipient=COUNCIL, status=FlowStatus.SUPERSEDED),
        make_flow("pot", amount="9000.00", recipient=None, kind=FlowKind.ENVELOPE, status=FlowStatus.CONTEXT),
    )
    links = (
        FlowRelation("out-1", FlowLink.PASSES_ON, "in"),
        FlowRelation("out-2", FlowLink.PASSES_ON, "in"),
    )
    said = (make_evidence("Builders & Sons delivers Warm Homes in Ashford."),)
    relations = (
        Relation(BUILDER, RelationKind.DELIVERS, WARM_HOMES, said),
        Relation(WARM_HOMES, RelationKind.DELIVERED_IN, ASHFORD, said),
        Relation("PCD 2", RelationKind.MODIFIES, "PCD 1", said),
    )
    second = make_record(
        *flows,
        document="pcd-2.md",
        decision=make_decision("PCD 2", title="Warm Homes awards", signed="2024-01-09"),
        flow_relations=links,
        relations=relations,
        checks=(make_check("900", "950"),),
    )
    first = make_record(
        make_flow("pay", amount="10.00", funder=TREASURY, recipient=COUNCIL, programmes=(LIGHT,), years=()),
        document="pcd-1.md",
    )
    return graph_of(first, second)
