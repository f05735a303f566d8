"""From a Question to the queries that find its flows. Values are bound; no word of the question enters a query."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.ask.facts import Facts
from graph.ask.question import Choice, Question
from graph.identifiers import entity_iri
from graph.model import EntityKind
from graph.queries import query
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """What was run, and the flows it found before the finer conditions are held against them."""

    query: str
    bound: tuple[str, ...]  #: IRIs bound to ?thing
    flows: tuple[StatedFlow, ...]

    @property
    def sparql(self) -> str:
        """The query with its values, as it can be run elsewhere."""
        if not self.bound:
            return self.query
        values = " ".join(f"<{iri}>" for iri in self.bound)
        return self.query.replace("WHERE {", f"WHERE {{\n  VALUES ?thing {{ {values} }}", 1)


def plan_flows(question: Question, facts: Facts) -> FlowPlan:
    """Find the flows that touch what the question names, by the narrowest kind of thing it names."""
    decisions = [iri for key in question.references for iri in facts.by_key.get(key, ())]
    if question.references:
        return _run("ask-flows", [URIRef(iri) for iri in decisions], facts)
    parties = question.funders + question.recipients + question.parties + question.bodies
    for choices in (question.programmes, question.funds):
        if choices:
            return _run("ask-flows", _iris(choices), facts)
    if parties and not any(e.kind is EntityKind.PLACE for c in parties for e in c.entities):
        return _run("ask-flows", _iris(parties), facts)
    text = query("ask-all-flows")
    facts.store.select(text, {})
    return FlowPlan(text, (), tuple(facts.flows.values()))


def _run(name: str, things: list[Node], facts: Facts) -> FlowPlan:
    text = query(name)
    if not things:
        return FlowPlan(text, (), ())
    rows = facts.store.select(text, {"thing": things})
    found = {str(row["flow"]) for row in rows}
    flows = tuple(flow for iri, flow in facts.flows.items() if iri in found)
    return FlowPlan(text, tuple(str(thing) for thing in things), flows)


def _iris(choices: tuple[Choice, ...]) -> list[Node]:
    return list(dict.fromkeys(entity_iri(entity) for choice in choices for entity in choice.entities))
