"""Opens the ledger of a graph: the one its build keeps, or one made from the graph where there is no build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from rdflib import URIRef

from graph.counting.grounds import grounds_of
from graph.counting.kept_judgements import FlowsOf, KeptJudgements
from graph.counting.ledger import DECISION, EVERYTHING, Counting, Ledger, Places
from graph.counting.ledger_file import FILE, holds_ledger, write_ledger
from graph.identifiers import entity_id
from graph.model import Entity, EntityKind
from graph.queries import query
from graph.stated.checks import checks_of
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.flows import StatedFlow, all_flows, flows_of
from graph.stated.relations import all_relations
from graph.stated.things import thing_key
from graph.stores.store import Store

Flows = tuple[StatedFlow, ...]


def counting_of(store: Store, flows: Flows | None = None) -> Counting:
    """Return a `Counting` that judges all flows of a graph.

    Args:
        store: The graph.
        flows: All of its flows, if they are read already.
    """
    known = all_flows(store) if flows is None else flows
    heads = decision_heads(store)
    grounds = grounds_of(known, heads, all_relations(store), checks_of(store))
    return Counting(known, grounds, places_of(store, heads))


def keep_ledger(folder: Path, store: Store) -> int:
    """Judge all flows of a graph, write the judgements into its build's folder, and return their number."""
    return write_ledger(folder, counting_of(store))


def open_ledger(store: Store | Callable[[], Store], folder: Path | None, flows: FlowsOf | None = None) -> Ledger:
    """Return the ledger of a graph.

    Args:
        store: The graph, or a function that opens it, which is called only if the judgements have to be made.
        folder: The build's folder. Without one, or for a build older than the ledger, judgements are made anew.
        flows: Returns flows of some IRIs, by IRI; all of them touch the thing of a key.
    """
    if folder is None or not holds_ledger(folder):
        return Ledger(counting_of(_opened(store)))
    return Ledger(KeptJudgements(folder / FILE, flows or (lambda key, _: _flows_touching(_opened(store), key))))


def _opened(store: Store | Callable[[], Store]) -> Store:
    return store() if callable(store) else store


def _flows_touching(store: Store, key: str) -> Mapping[str, StatedFlow]:
    thing = thing_of(key)
    found = all_flows(store) if thing is None else flows_of(store, thing)
    return {stated.iri: stated for stated in found}


def thing_of(key: str) -> Entity | str | None:
    """Return what a ledger's key stands for: a thing, the IRI of a decision, or None for all flows."""
    if key == EVERYTHING:
        return None
    if key.startswith(DECISION):
        return key.removeprefix(DECISION)
    kind, _, name = key.partition("/")
    return Entity(name, name, EntityKind(kind))


def places_of(store: Store, heads: Mapping[str, DecisionHead]) -> Places:
    """Return which places lie within which, and for each document the area of the body that decided."""
    around: dict[str, set[str]] = defaultdict(set)
    for row in store.select(query("places-within"), {}):
        around[_key(row["place"])].add(_key(row["around"]))
    areas = {_key(row["body"]): _key(row["area"]) for row in store.select(query("areas-of-bodies"), {})}
    bodies = {document: thing_key(head.body) for document, head in heads.items() if head.body is not None}
    return Places(
        {key: frozenset(wider) for key, wider in around.items()},
        {document: areas[body] for document, body in bodies.items() if body in areas},
    )


def _key(iri: object) -> str:
    known = entity_id(str(iri)) if isinstance(iri, URIRef) else None
    return f"{known[1].value}/{known[0]}" if known else str(iri)
