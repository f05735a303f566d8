"""Answers about how two things are connected, and what became of a bid."""

from __future__ import annotations

import re
from collections import deque

from graph.ask.answers.decisions import decisions_found
from graph.ask.citing import checks_on, cite_flows, cite_paragraphs, cite_relations, unique
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.matching import topic_stems
from graph.ask.question import Choice, Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import in_years, listed, pounds, subject
from graph.ask.topics import stems_of_phrase
from graph.ask.words import stems_of
from graph.model import Entity, FlowKind, FlowStatus, RelationKind
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

Edge = tuple[str, StatedFlow | StatedRelation]
_LINKING = {
    RelationKind.PARTNER_IN: "is a partner in",
    RelationKind.LEADS: "leads",
    RelationKind.DEVELOPED: "developed",
    RelationKind.DELIVERS: "delivers",
    RelationKind.EVALUATES: "evaluates",
    RelationKind.DELIVERED_IN: "is delivered in",
    RelationKind.PILOTED_IN: "was piloted in",
}
_LONGEST = 6


def connection(question: Question, facts: Facts) -> Draft | None:
    """The shortest way from one thing to another: money first, then what they do together."""
    ends = _ends(question)
    if len(ends) < 2:
        return None
    one, other = _ids(ends[0]), _ids(ends[1])
    for with_relations in (False, True):
        path = _shortest(one, other, _edges(facts, with_relations=with_relations))
        if path:
            return _told(path, facts)
    return None


def _ends(question: Question) -> list[Choice]:
    named = question.funders + question.recipients + question.parties + question.bodies
    named += question.programmes + question.places + question.funds + question.excluded
    lowered = question.text.lower()
    return sorted(named, key=lambda c: lowered.find(c.words.lower()))


def _ids(choice: Choice) -> set[str]:
    return {entity.id for entity in choice.entities}


def _edges(facts: Facts, *, with_relations: bool) -> dict[str, list[Edge]]:
    graph: dict[str, list[Edge]] = {}

    def add(a: Entity | None, b: Entity | None, why: StatedFlow | StatedRelation) -> None:
        if a is not None and b is not None and a.id != b.id:
            graph.setdefault(a.id, []).append((b.id, why))
            graph.setdefault(b.id, []).append((a.id, why))

    for stated in facts.flows.values():
        flow = stated.flow
        if flow.kind in {FlowKind.ENVELOPE, FlowKind.BID} or flow.status in {
            FlowStatus.CONTEXT,
            FlowStatus.SUPERSEDED,
            FlowStatus.UNSUCCESSFUL,
        }:
            continue
        add(flow.funder, flow.recipient, stated)
        if with_relations:
            for programme in flow.programmes:
                add(flow.funder, programme, stated)
                add(flow.recipient, programme, stated)
                add(programme, flow.place, stated)
            add(flow.fund, flow.funder, stated)
    if with_relations:
        for relation in facts.relations:
            if (
                relation.kind in _LINKING
                and isinstance(relation.subject, Entity)
                and isinstance(relation.object, Entity)
            ):
                add(relation.subject, relation.object, relation)
    return graph


def _shortest(
    start: set[str], goal: set[str], graph: dict[str, list[Edge]]
) -> list[tuple[str, StatedFlow | StatedRelation | None]]:
    before: dict[str, tuple[str, StatedFlow | StatedRelation] | None] = dict.fromkeys(start)
    depth = dict.fromkeys(start, 0)
    waiting = deque(sorted(start))
    while waiting:
        node = waiting.popleft()
        if node in goal:
            path: list[tuple[str, StatedFlow | StatedRelation | None]] = []
            step = before[node]
            path.append((node, step[1] if step else None))
            while step is not None:
                node = step[0]
                step = before[node]
                path.append((node, step[1] if step else None))
            return path[::-1] if len(path) > 1 else []
        if depth[node] >= _LONGEST:
            continue
        for other, why in graph.get(node, ()):
            if other not in before:
                before[other] = (node, why)
                depth[other] = depth[node] + 1
                waiting.append(other)
    return []


def _told(path: list[tuple[str, StatedFlow | StatedRelation | None]], facts: Facts) -> Draft:
    by_id = {entity.id: entity for entity in facts.entities.values()}
    things = [by_id[id] for id, _ in path if id in by_id]
    steps = [why for _, why in path if why is not None]
    said, flows, relations = [], [], []
    for why in steps:
        if isinstance(why, StatedFlow):
            flows.append(why)
            funder = why.flow.funder.name if why.flow.funder else "someone"
            target = why.flow.recipient.name if why.flow.recipient else listed(p.name for p in why.flow.programmes)
            said.append(f"{funder} pays {target} {pounds(why.flow.amount)}{in_years(why.flow.years)}")
        else:
            relations.append(why)
            subject_name = why.subject.name if isinstance(why.subject, Entity) else why.subject_words
            object_name = why.object.name if isinstance(why.object, Entity) else why.object_words
            said.append(f"{subject_name} {_LINKING[why.kind]} {object_name}")
    text = f"{' → '.join(t.name for t in things)}: {listed(said)}."
    citations = unique([*cite_flows(flows, facts), *cite_relations(relations, facts)])
    return Draft(
        Status.ANSWERED,
        text,
        tuple(entity_item(t) for t in things),
        Value(count=len(steps)),
        citations,
        flows=tuple(flows),
    )


def bid(question: Question, facts: Facts) -> Draft | None:
    """What became of a bid, by the flows that are bids and by the words of the decisions."""
    scope = find_flows(question.but(kinds=(), statuses=()), facts)
    bids = [
        s
        for s in scope.everything
        if s.flow.kind is FlowKind.BID or s.flow.status in {FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED}
    ]
    if question.statuses:
        bids = [s for s in bids if s.flow.status in question.statuses] or bids
    if bids:
        return _bids_told(bids, question, facts, scope.plan.sparql if scope.plan else "")
    documents = {s.document for s in scope.everything} or {
        h.document for h in decisions_found(question.but(money=False), facts)
    }
    names = [stems_of_phrase(c.words) for c in question.programmes + question.funds]
    passages = [
        p
        for d in documents
        for p in facts.paragraphs.get(d, ())
        if "bid" in p.stems and (not names or any(frozenset(n) <= p.stems for n in names))
    ]
    if not passages:
        return None
    wanted = frozenset(topic_stems(question, facts))
    passages = [p for p in passages if wanted <= p.stems]
    if not passages:
        return None
    text = _sentences_on(passages[0].text, wanted | {"bid"})
    return Draft(Status.ANSWERED, text, citations=cite_paragraphs(passages[:4], facts))


def _sentences_on(text: str, wanted: frozenset[str]) -> str:
    """The sentences of a passage that hold the words, or its beginning."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
    chosen = [s for s in sentences if wanted <= stems_of(s)] or [s for s in sentences if "bid" in stems_of(s)]
    return " ".join(chosen[:3]) or text[:400]


def _bids_told(bids: list[StatedFlow], question: Question, facts: Facts, sparql: str) -> Draft:
    said, items = [], []
    for stated in bids:
        flow = stated.flow
        outcome = (
            "was unsuccessful" if flow.status is FlowStatus.UNSUCCESSFUL else f"is recorded as {flow.status.value}"
        )
        source = f" to {flow.funder.name}" if flow.funder else ""
        programme = listed(p.name for p in flow.programmes) or subject(question)
        said.append(f"the bid{source} for {programme} of {pounds(flow.amount)}{in_years(flow.years)} {outcome}")
        items.append(Item(programme, stated.iri, "bid", flow.amount, flow.years, flow.status.value))
    text = f"{listed(said)}."
    amounts = [s.flow.amount for s in bids]
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(items),
        Value(amount=amounts[0] if len(amounts) == 1 else None),
        cite_flows(bids, facts),
        checks_on({s.document for s in bids}, amounts, facts),
        sparql=sparql,
        flows=tuple(bids),
    )
