"""Answers about who works with whom, and on what."""

from __future__ import annotations

import re

from graph.ask.answers.relations import each_once, people_said, relations_about, subjects_of
from graph.ask.citing import cite_relations
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.question import Choice, Question
from graph.ask.result import Status, Value
from graph.ask.sentences import listed
from graph.ask.whom import party_ids
from graph.model import Entity, EntityKind, RelationKind
from graph.stated.relations import StatedRelation


def partners(question: Question, facts: Facts) -> Draft | None:
    """Who works with whom."""
    question = _partnership_read(question, facts)
    wanted = subjects_of(question, facts)
    parties = party_ids(question.parties + question.funders + question.recipients, facts)
    found = relations_about(facts, (RelationKind.PARTNER_IN,), wanted | parties, question)
    if parties:
        joined = {
            r.object.id
            for r in found
            if isinstance(r.subject, Entity) and r.subject.id in parties and isinstance(r.object, Entity)
        }
        beside = [
            r
            for r in facts.relations
            if r.kind is RelationKind.PARTNER_IN and isinstance(r.object, Entity) and r.object.id in joined
        ]
        if wanted:
            beside = [r for r in beside if isinstance(r.object, Entity) and r.object.id in wanted]
            found = [r for r in found if isinstance(r.object, Entity) and r.object.id in wanted]
        found = [r for r in each_once([*beside, *found]) if _names_both(r, parties, facts)]
        if found and not wanted:
            return _working_with(found, question, facts, parties)
    if found:
        return people_said(found, question, facts, "is a partner in", "are partners in", without=parties)
    found = relations_about(facts, (RelationKind.DELIVERS, RelationKind.LEADS), wanted, question)
    draft = people_said(found, question, facts, "delivers or leads", "deliver or lead", without=parties)
    return draft and draft.but(text=f"No document read names partners as such. {draft.text}")


def _names_both(relation: StatedRelation, parties: frozenset[str], facts: Facts) -> bool:
    """Whether the words behind a partner name the party asked about as well, or what both take part in."""
    if isinstance(relation.subject, Entity) and relation.subject.id in parties:
        return True
    words = " ".join(evidence.quote for evidence in relation.evidence).lower()
    named = [relation.object, *(facts.registry.get_entity(id) for id in parties)]
    return any(name in words for e in named if isinstance(e, Entity) for name in _spellings(e, facts))


def _spellings(entity: Entity, facts: Facts) -> list[str]:
    row = facts.registry.row(entity.id) if entity.id in facts.registry else None
    return [name.lower() for name in (entity.name, *(row.aliases if row is not None else ()))]


def _working_with(
    found: list[StatedRelation], question: Question, facts: Facts, parties: frozenset[str]
) -> Draft | None:
    """Who works with an organisation, and on what."""
    on: dict[Entity, dict[str, None]] = {}
    for relation in found:
        if isinstance(relation.subject, Entity) and relation.subject.id not in parties:
            other = relation.object
            thing = other.name if isinstance(other, Entity) else relation.object_words or facts.caption(other)
            on.setdefault(relation.subject, {})[f"{thing} ({facts.caption_of(relation.document)})"] = None
    if not on:
        return None
    who = listed(c.label for c in (*question.parties, *question.funders, *question.recipients))
    verb = "works" if len(on) == 1 else "work"
    return Draft(
        Status.ANSWERED,
        f"{listed(e.name for e in on)} {verb} with {who}.",
        tuple(entity_item(e, note=f"partner in {listed(things, most=3)}") for e, things in on.items()),
        Value(count=len(on)),
        cite_relations(found, facts),
    )


def _partnership_read(question: Question, facts: Facts) -> Question:
    """ "the Drive London partnership" is, where nothing is known of it by that name, who works on Drive in London."""
    out = question
    for choice in question.parties:
        known = any(
            isinstance(t, Entity) and t.id == choice.entities[0].id
            for r in facts.relations
            for t in (r.subject, r.object)
        )
        if "partnership" not in f"{choice.words} {choice.label}".lower() or known:
            continue
        found = facts.names.find_in_question(re.sub(r"(?i)\bpartnership\b", "", choice.words))
        programmes = tuple(Choice(m.surface, (m.entity,)) for m in found if m.entity.kind is EntityKind.PROGRAMME)
        if programmes:
            rest = tuple(c for c in question.parties if c is not choice)
            out = out.but(parties=rest, programmes=(*out.programmes, *programmes))
    return out
