"""Answers about who does what, where: deliverers, developers, leaders, evaluators, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.ask.citing import cite_flows, cite_relations
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.matching import topic_stems
from graph.ask.measure import delivered
from graph.ask.question import Question
from graph.ask.result import Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import listed, subject
from graph.ask.topics import stems_of_phrase
from graph.ask.whom import ids, places_within
from graph.counting.left_out import is_money
from graph.model import Entity, EntityKind, RelationKind
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation


def deliverers(question: Question, facts: Facts) -> Draft | None:
    """Who delivers."""
    wanted = subjects_of(question, facts)
    found = relations_about(facts, (RelationKind.DELIVERS,), wanted, question)
    draft = people_said(found, question, facts, "delivers", "deliver")
    if draft is not None:
        return draft
    scope = find_flows(question, facts)
    flows = delivered(tuple(s for s in scope.everything if is_money(s)), scope.everything, facts)
    entities = list(dict.fromkeys(s.flow.recipient for s in flows if s.flow.recipient is not None))
    if entities:
        text = (
            f"No document read says in words who delivers {subject(question)}. Going by the money, "
            f"{listed(e.name for e in entities)} {'is' if len(entities) == 1 else 'are'} paid for it."
        )
        sparql = scope.plan.sparql if scope.plan else ""
        return Draft(
            Status.ANSWERED,
            text,
            tuple(entity_item(e) for e in entities),
            citations=cite_flows(flows, facts),
            sparql=sparql,
            flows=flows,
        )
    found = relations_about(facts, (RelationKind.PARTNER_IN, RelationKind.LEADS), wanted, question)
    return people_said(found, question, facts, "is a partner in", "are partners in")


def developers(question: Question, facts: Facts) -> Draft | None:
    """Who developed the model."""
    found = relations_about(facts, (RelationKind.DEVELOPED,), subjects_of(question, facts), question)
    return people_said(found, question, facts, "developed", "developed")


def leaders(question: Question, facts: Facts) -> Draft | None:
    """Who leads."""
    found = relations_about(facts, (RelationKind.LEADS,), subjects_of(question, facts), question)
    return people_said(found, question, facts, "leads", "lead")


def evaluators(question: Question, facts: Facts) -> Draft | None:
    """Who evaluates; where no document says so, who is paid for an evaluation."""
    found = relations_about(facts, (RelationKind.EVALUATES,), subjects_of(question, facts), question)
    draft = people_said(found, question, facts, "evaluates", "evaluate")
    if draft is not None:
        return draft
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s) and s.flow.recipient and "evaluat" in _flow_text(s)]
    if not flows:
        return None
    entities = list(dict.fromkeys(s.flow.recipient for s in flows if s.flow.recipient))
    text = (
        f"{listed(e.name for e in entities)} {'is' if len(entities) == 1 else 'are'} paid for an evaluation in "
        f"{subject(question)}."
    )
    return Draft(
        Status.ANSWERED,
        text,
        tuple(entity_item(e) for e in entities),
        citations=cite_flows(flows, facts),
        flows=tuple(flows),
    )


def _flow_text(stated: StatedFlow) -> str:
    return " ".join(
        [stated.flow.purpose, stated.flow.recipient_words, *(e.quote for e in stated.flow.evidence)]
    ).lower()


def places(question: Question, facts: Facts) -> Draft | None:
    """Where something is delivered, or where a pilot was."""
    return (
        _places(question, facts, (RelationKind.DELIVERED_IN,))
        or _places(question, facts, (RelationKind.PILOTED_IN,))
        or _places_of_flows(question, facts)
    )


def pilots(question: Question, facts: Facts) -> Draft | None:
    """Where something was piloted."""
    return _places(question, facts, (RelationKind.PILOTED_IN,)) or places(question, facts)


def _places(question: Question, facts: Facts, kinds: Sequence[RelationKind]) -> Draft | None:
    found = relations_about(facts, kinds, subjects_of(question, facts), question.but(places=()), side="subject")
    within = places_within(question.places, facts)
    if within:
        found = [r for r in found if isinstance(r.object, Entity) and r.object.id in within]
        named = {e.id for c in question.places for e in c.entities}
        found = [r for r in found if not (isinstance(r.object, Entity) and r.object.id in named)] or found
    things = list(dict.fromkeys(r.object for r in found if isinstance(r.object, Entity)))
    if not things:
        return None
    verb = "was piloted in" if kinds[0] is RelationKind.PILOTED_IN else "is delivered in"
    about = question.but(places=())
    text = f"{subject(about)} {verb} {listed(t.name for t in things)}."
    return Draft(
        Status.ANSWERED,
        text,
        tuple(entity_item(t) for t in things),
        Value(count=len(things)),
        cite_relations(found, facts),
    )


def _places_of_flows(question: Question, facts: Facts) -> Draft | None:
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s) and s.flow.place is not None]
    if not flows:
        return None
    things = list(dict.fromkeys(s.flow.place for s in flows if s.flow.place is not None))
    text = f"{subject(question)} is funded in {listed(t.name for t in things)}."
    sparql = scope.plan.sparql if scope.plan else ""
    return Draft(
        Status.ANSWERED,
        text,
        tuple(entity_item(t) for t in things),
        Value(count=len(things)),
        cite_flows(flows, facts),
        sparql=sparql,
        flows=tuple(flows),
    )


def subjects_of(question: Question, facts: Facts) -> frozenset[str]:
    """Ids of what the relation is about: programmes, what they are part of, and partnerships that bear their name."""
    wanted = ids(question.programmes)
    names = [c.words.lower() for c in question.programmes] + [c.label.lower() for c in question.programmes]
    if not wanted and question.topic:
        stems = frozenset(topic_stems(question, facts))
        return frozenset(e.id for e in facts.entities.values() if stems <= frozenset(stems_of_phrase(e.name)))
    same = {
        e.id
        for e in facts.entities.values()
        if e.kind in {EntityKind.PROGRAMME, EntityKind.ORGANISATION}
        and any(e.name.lower().startswith(f"{name} ") and "partnership" in e.name.lower() for name in names)
    }
    return wanted | same


def relations_about(
    facts: Facts, kinds: Sequence[RelationKind], wanted: Iterable[str], question: Question, *, side: str = "object"
) -> list[StatedRelation]:
    """Relations of these kinds about the things wanted, in the decisions and places asked."""
    ids_wanted = set(wanted)
    keys = {iri for key in question.references for iri in facts.by_key.get(key, ())}
    documents = {d for iri in keys for d in facts.documents_of.get(iri, ())}
    found = []
    for relation in facts.relations:
        thing = relation.object if side == "object" else relation.subject
        other = relation.subject if side == "object" else relation.object
        if relation.kind not in kinds:
            continue
        ends = (
            {e.id for e in (thing, other) if isinstance(e, Entity)}
            if kinds[0] is RelationKind.PARTNER_IN
            else {thing.id}
            if isinstance(thing, Entity)
            else set()
        )
        if ends & ids_wanted and (not keys or relation.document in documents):
            found.append(relation)
    if question.places and found:
        here = _in_places(found, question, facts)
        return here
    return each_once(found)


def _in_places(found: list[StatedRelation], question: Question, facts: Facts) -> list[StatedRelation]:
    """Those stated by a body of the place, or in a decision whose money is for it."""
    within = places_within(question.places, facts)
    documents = {s.document for s in facts.flows.values() if s.flow.place is not None and s.flow.place.id in within}
    documents |= {
        h.document
        for h in facts.heads.values()
        if h.body is not None and facts.registry.place_of_body(h.body.id) in within
    }
    return each_once(r for r in found if r.document in documents)


def each_once(relations: Iterable[StatedRelation]) -> list[StatedRelation]:
    seen: dict[tuple[str, str, str, str], StatedRelation] = {}
    for r in relations:
        seen.setdefault((str(r.subject), r.kind, str(r.object or r.object_words), r.document), r)
    return list(seen.values())


def people_said(
    found: list[StatedRelation],
    question: Question,
    facts: Facts,
    verb: str,
    of_many: str,
    *,
    without: frozenset[str] = frozenset(),
) -> Draft | None:
    people = list(
        dict.fromkeys(r.subject for r in found if isinstance(r.subject, Entity) and r.subject.id not in without)
    )
    if not people:
        return None
    documents = listed(
        dict.fromkeys(facts.heads[r.document].caption for r in found if r.document in facts.heads), most=4
    )
    says = verb if len(people) == 1 else of_many
    text = f"{listed(p.name for p in people)} {says} {subject(question)} (from {documents})."
    return Draft(
        Status.ANSWERED,
        text,
        tuple(entity_item(p) for p in people),
        Value(count=len(people)),
        cite_relations(found, facts),
    )
