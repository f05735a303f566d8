"""What a thing is, where no decision says so in a sentence: the register's words, its money, and what it does."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ask.citing import cite_flows, cite_paragraphs, cite_relations, unique
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.result import Status, Value
from graph.ask.sentences import listed, pounds
from graph.ask.stated import Paragraph
from graph.counting.sides import Side
from graph.model import Entity, EntityKind, RelationKind
from graph.registry import Organisation, Programme
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

#: what an organisation or a programme does, as the other end of a statement tells it
_DOES = {
    RelationKind.DELIVERS: "delivers",
    RelationKind.LEADS: "leads",
    RelationKind.DEVELOPED: "developed",
    RelationKind.EVALUATES: "evaluates",
    RelationKind.PARTNER_IN: "is a partner in",
}
_MOST = 4


def described(entity: Entity, facts: Facts, passages: Sequence[Paragraph]) -> Draft | None:
    """What the register and the graph say of a thing; None where they say nothing."""
    roles = [r for r in facts.relations if r.subject == entity and r.kind in _DOES and isinstance(r.object, Entity)]
    money = _money(entity, facts)
    if not (roles or money or passages):
        return None
    parts = [part for part in (_roles(roles), _sums(entity, money, facts)) if part]
    text = f"{_opening(entity, facts)}{'; '.join(parts)}".rstrip(":;, ")
    citations = unique(
        [*cite_relations(roles, facts), *cite_flows(money[:6], facts), *cite_paragraphs(passages[:3], facts)]
    )
    return Draft(Status.ANSWERED, f"{text}.", (entity_item(entity),), Value(), citations, flows=tuple(money))


def _opening(entity: Entity, facts: Facts) -> str:
    """What a thing is, in the register's words: "Builder, a charity, ", "Warm Homes: a unit that ...; "."""
    row = facts.registry.row(entity.id) if entity.id in facts.registry else None
    if isinstance(row, Organisation) and row.type not in {"", "other"}:
        kind = row.type.replace("-", " ")
        return f"{entity.name}, {'an' if kind[0] in 'aeiou' else 'a'} {kind}, "
    if isinstance(row, Programme) and row.description:
        return f"{entity.name}: {row.description.rstrip('.')}; "
    return f"{entity.name} "


def _roles(relations: Sequence[StatedRelation]) -> str:
    """ "is a partner in and evaluates Drive"."""
    of_things: dict[str, dict[str, None]] = {}
    for relation in relations:
        if isinstance(relation.object, Entity):
            of_things.setdefault(relation.object.name, {})[_DOES[relation.kind]] = None
    of_roles: dict[tuple[str, ...], list[str]] = {}
    for thing, does in of_things.items():
        of_roles.setdefault(tuple(does), []).append(thing)
    return listed(f"{listed(does)} {listed(things, most=_MOST)}" for does, things in of_roles.items())


def _money(entity: Entity, facts: Facts) -> list[StatedFlow]:
    if entity.kind is EntityKind.FUND:
        return [s for s in facts.flows.values() if s.flow.fund == entity]
    sides = (Side.SOURCES, Side.DELIVERIES) if entity.kind is EntityKind.ORGANISATION else (Side.SOURCES,)
    return list(dict.fromkeys(s for side in sides for s in facts.ledger.tally(entity, side).flows))


def _sums(entity: Entity, flows: Sequence[StatedFlow], facts: Facts) -> str:
    if entity.kind is EntityKind.FUND:
        programmes = listed((p.name for s in flows for p in s.flow.programmes), most=_MOST)
        return f"is a fund that pays for {programmes}" if programmes else ""
    got = facts.ledger.tally(entity, Side.SOURCES).total
    if entity.kind is not EntityKind.ORGANISATION:
        return f"{pounds(got)} is on record" if got else ""
    gave = facts.ledger.tally(entity, Side.DELIVERIES).total
    parts = [f"got {pounds(got)}" if got else "", f"gave {pounds(gave)}" if gave else ""]
    return listed(part for part in parts if part)
