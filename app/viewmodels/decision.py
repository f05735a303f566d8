"""A decision's page as display text: its head, earlier and later decisions, and things that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.links import decision_link, thing_link
from app.viewmodels import words
from app.viewmodels.facts import FACTS
from graph.counting.bounds import bounds, total_clause
from graph.counting.ledger import Ledger
from graph.model import Entity, RelationKind, Unread
from graph.stated.decisions import DecisionHead
from graph.stated.relations import StatedRelation
from graph.unread import example_said

LINEAGE = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES, RelationKind.REFERS_TO)


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and value of a page's head; the value may be a link."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision before or after this one, or one thing that it names."""

    words: str  #: "changes", "changed by", "delivered by"
    name: str
    href: str = ""
    note: str = ""  #: "Not loaded"; the detail of a relation
    is_later: bool = False  #: of a decision: it came after this one


def head_facts(head: DecisionHead, aliases: Sequence[str] = (), dates: Sequence[tuple[str, str]] = ()) -> list[Fact]:
    """Return the facts for the top of the page."""
    facts = []
    if head.reference:
        facts.append(Fact("Reference", head.reference))
    others = [alias for alias in aliases if alias != head.reference]
    if others:
        facts.append(Fact("Also printed as", words.listed(others, limit=8)))
    if head.body:
        facts.append(Fact("Decision body", head.body.name, thing_link(head.body)))
    facts.append(Fact("Decided by", head.decided_by or "Not stated"))
    facts.append(Fact("Signed", words.date(head.signed) if head.signed else "Not stated"))
    facts += [Fact(what.capitalize(), words.date(when)) for what, when in dates]
    facts.append(Fact("Kind of record", head.record_type.capitalize() or "Not stated"))
    if head.source.startswith(("https://", "http://")):
        facts.append(Fact("Published at", head.source, head.source))
    facts.append(Fact("File", head.document))
    return facts


def decision_sums(head: DecisionHead, ledger: Ledger) -> str:
    """Return the money that a decision moves, counted once, with how much is not sure and its bounds; "" for none."""
    found = ledger.tally_of_decision(head.iri)
    if not found.total:
        return ""
    unsure = total_clause(found, bounds(found))
    return f"It moves {words.pounds(found.total)}{f', {unsure}' if unsure else ''}. Each sum is counted once."


def unread_lines(unread: Unread) -> list[str]:
    """Return lines on figures that were not read: their number, and the first of them with their places."""
    if not unread.figures:
        return []
    count = f"{words.count(unread.figures, 'sum', 'sums')} of money in this document led to nothing that is shown here"
    more = unread.figures - len(unread.examples)
    rest = [f"and {more:,} more"] if unread.examples and more > 0 else []
    return [f"{count}.", *(example_said(each) for each in unread.examples), *rest]


def steps(
    relations: Iterable[StatedRelation], head: DecisionHead, loaded: Mapping[str, DecisionHead]
) -> tuple[list[Step], list[Step]]:
    """Return (decisions before and after, other things named), each once, closest kinds first, without facts.

    Args:
        relations: Relations that name this decision, or that it states.
        head: This decision.
        loaded: The decisions that have a page, by IRI.
    """
    lineage: dict[tuple[str, str], Step] = {}
    named: dict[Step, Step] = {}
    for relation in sorted(relations, key=lambda relation: relation.kind not in LINEAGE[:3]):
        forward = relation.subject == head.iri
        if relation.kind in FACTS:
            continue
        if isinstance(relation.subject, str) and isinstance(relation.object, str):
            if head.iri in (relation.subject, relation.object):
                step = _decision_step(relation, forward, loaded)
                lineage.setdefault((step.words, step.name), step)
        elif relation.document == head.document and relation.kind is not RelationKind.MENTIONS:
            step = _thing_step(relation)
            named.setdefault(step, step)
    return list(lineage.values()), list(named.values())


def _decision_step(relation: StatedRelation, forward: bool, loaded: Mapping[str, DecisionHead]) -> Step:
    other = relation.object if forward else relation.subject
    printed = relation.object_words if forward else relation.subject_words
    head = loaded.get(other) if isinstance(other, str) else None
    label = words.RELATION[relation.kind][0 if forward else 1]
    if head is None:
        note = "Known by its reference only; not loaded"
        return Step(label, printed or "another decision", note=note, is_later=not forward)
    note = " · ".join(part for part in (words.date(head.signed) if head.signed else "", relation.detail) if part)
    return Step(label, head.caption, decision_link(head.document), note or head.title, is_later=not forward)


def _thing_step(relation: StatedRelation) -> Step:
    subject, thing = relation.subject, relation.object
    if isinstance(subject, Entity) and isinstance(thing, Entity):
        note = ", ".join(part for part in (f"{words.SAID[relation.kind]} {thing.name}", relation.detail) if part)
        return Step("", subject.name, thing_link(subject), note)
    entity = thing if isinstance(thing, Entity) else subject
    label = words.RELATION[relation.kind][0 if entity is thing else 1]
    if isinstance(entity, Entity):
        return Step(label, entity.name, thing_link(entity), relation.detail)
    return Step(label, relation.object_words, note=relation.detail)
