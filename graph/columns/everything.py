"""The whole content of a graph, read from it once: the ledger and the columns of a build are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib.term import Node

from graph.corrections.notes import CorrectionNote, correction_notes
from graph.queries import query
from graph.stated.awards import StatedAward, all_awards
from graph.stated.checks import StatedCheck, checks_of, contradictions
from graph.stated.cited import CitedDecision, Total, total_of
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.evidence import evidence_of
from graph.stated.flows import StatedFlow, all_flows
from graph.stated.relations import StatedRelation, all_relations
from graph.stated.things import NamedThing, named_things, text_of
from graph.stores.store import Store


@dataclass(frozen=True)
class Everything:
    """The whole content of a graph, each part in the order in which answers and pages show it."""

    heads: Mapping[str, DecisionHead]  #: by document, latest signature first
    flows: tuple[StatedFlow, ...]
    awards: tuple[StatedAward, ...]
    relations: tuple[StatedRelation, ...]
    contradictions: tuple[StatedCheck, ...]  #: figures of two documents for the same money
    checks: tuple[StatedCheck, ...]  #: figures of one document, conflicts first
    totals: tuple[Total, ...]
    cited: tuple[CitedDecision, ...]  #: decisions known by reference only
    keys: tuple[tuple[str, str], ...]  #: (normalised reference, IRI of a decision that has it)
    named: tuple[NamedThing, ...]  #: what has a page
    corrections: Mapping[str, tuple[CorrectionNote, ...]]  #: by the IRI of what they are about
    corrected_names: tuple[tuple[str, str], ...]  #: (IRI of a thing, a name that people gave it)


def read_everything(store: Store) -> Everything:
    """Return the whole content of a graph."""
    heads, flows = decision_heads(store), all_flows(store)
    return Everything(
        heads=heads,
        flows=flows,
        awards=all_awards(store),
        relations=all_relations(store),
        contradictions=contradictions(flows, heads),
        checks=checks_of(store),
        totals=_totals(store),
        cited=_cited(store, heads),
        keys=_pairs(store, "ask-decision-keys", "key", "decision"),
        named=named_things(store),
        corrections=correction_notes(store),
        corrected_names=corrected_names(store),
    )


def corrected_names(store: Store) -> tuple[tuple[str, str], ...]:
    """Return the names that people gave to things: (IRI of the thing, name)."""
    return _pairs(store, "corrected-names", "thing", "name")


def _pairs(store: Store, name: str, one: str, other: str) -> tuple[tuple[str, str], ...]:
    return tuple((text_of(row, one), text_of(row, other)) for row in store.select(query(name), {}))


def _cited(store: Store, heads: Mapping[str, DecisionHead]) -> tuple[CitedDecision, ...]:
    loaded = {head.iri for head in heads.values()}
    found: dict[str, CitedDecision] = {}
    for row in store.select(query("ask-cited"), {}):
        iri = text_of(row, "decision")
        if iri not in loaded:
            found.setdefault(iri, CitedDecision(iri, text_of(row, "words")))
    return tuple(found.values())


def _totals(store: Store) -> tuple[Total, ...]:
    rows = store.select(query("ask-totals"), {})
    evidence = evidence_of(store, [row["total"] for row in rows])
    merged: dict[str, list[Mapping[str, Node]]] = {}
    for row in rows:
        merged.setdefault(text_of(row, "total"), []).append(row)
    return tuple(total_of(iri, parts, evidence.get(iri, ())) for iri, parts in sorted(merged.items()))
