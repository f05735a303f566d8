"""The things that a thing is connected with, grouped by the kind of connection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.links import thing_link
from app.viewmodels import words
from graph.counting.left_out import is_money
from graph.model import Entity, EntityKind, FlowKind, RelationKind
from graph.stated.flows import StatedFlow
from graph.stated.partners import Partner
from graph.stated.relations import StatedRelation


@dataclass(frozen=True, slots=True)
class Tied:
    """A connected thing."""

    name: str
    href: str
    how: str  #: what more is said of it: "leads, developed"; "" for nothing


@dataclass(frozen=True, slots=True)
class TiedGroup:
    """The things with the same kind of connection to this one."""

    heading: str
    things: tuple[Tied, ...]


FUNDS_IT, PAID, FUNDS, PAYS = "Who funds it", "Who is paid", "Gets money from", "Gives money to"
WORKS, WORKS_WITH, OTHERS = "Who works on it", "Who works with it", "Also named"
_WORK = {
    RelationKind.LEADS,
    RelationKind.DEVELOPED,
    RelationKind.DELIVERS,
    RelationKind.EVALUATES,
    RelationKind.PARTNER_IN,
    RelationKind.MEMBER_OF_PANEL,
}
#: what is said of the other of two things, where it does something and where something is done by this one
_HOW = {
    RelationKind.LEADS: ("leads it", "led by it"),
    RelationKind.DEVELOPED: ("developed it", "developed by it"),
    RelationKind.DELIVERS: ("delivers it", "delivered by it"),
    RelationKind.EVALUATES: ("evaluates it", "evaluated by it"),
    RelationKind.PARTNER_IN: ("is a partner in it", "has it as a partner"),
    RelationKind.MEMBER_OF_PANEL: ("is on its panel", "has it on the panel"),
    RelationKind.PILOTED_IN: ("piloted here", "piloted there"),
}
ORDER = (FUNDS_IT, PAID, FUNDS, PAYS, WORKS, WORKS_WITH, "Programmes", "Places", "Funds", OTHERS)


def tied_groups(
    subject: Entity,
    flows: Sequence[StatedFlow],
    relations: Sequence[StatedRelation],
    partners: Sequence[Partner] = (),
) -> tuple[TiedGroup, ...]:
    """Return the things connected with a thing, each in the first group that fits, with its relations in words.

    Args:
        subject: The thing.
        flows: The flows that name it.
        relations: The relations that name it.
        partners: Those that work with an organisation, as answers name them.
    """
    groups: dict[Entity, set[str]] = defaultdict(set)
    hows: dict[Entity, dict[str, None]] = defaultdict(dict)
    for stated in flows:
        for other, group in _of_flow(subject, stated):
            groups[other].add(group)
    for relation in relations:
        if isinstance(relation.subject, Entity) and isinstance(relation.object, Entity):
            other = relation.object if relation.subject == subject else relation.subject
            groups[other].add(_of_relation(relation.kind, subject, other))
            if relation.kind in _HOW:
                hows[other][_HOW[relation.kind][relation.subject == subject]] = None
    for partner in partners:
        groups[partner.organisation].add(WORKS_WITH)
        hows[partner.organisation] |= {partner.inferred: None} if partner.inferred else {}
    groups.pop(subject, None)
    found: dict[str, list[Tied]] = defaultdict(list)
    for other in sorted(groups, key=lambda entity: entity.name.casefold()):
        group = next(name for name in ORDER if name in groups[other])
        found[group].append(Tied(other.name, thing_link(other), words.listed(list(hows[other]), limit=4)))
    return tuple(TiedGroup(name, tuple(found[name])) for name in ORDER if name in found)


def _of_flow(subject: Entity, stated: StatedFlow) -> list[tuple[Entity, str]]:
    flow = stated.flow
    if not is_money(stated):
        return [(party, OTHERS) for party in (flow.funder, flow.recipient, flow.place, flow.fund) if party]
    found: list[tuple[Entity, str]] = []
    if subject.kind is EntityKind.ORGANISATION:
        if flow.funder and flow.recipient == subject:
            found.append((flow.funder, FUNDS))
        if flow.recipient and flow.funder == subject:
            found.append((flow.recipient, PAYS))
    else:
        found += [(flow.funder, FUNDS_IT)] if flow.funder and flow.kind is not FlowKind.SUB_GRANT else []
        found += [(flow.recipient, PAID)] if flow.recipient and flow.recipient != flow.funder else []
    found += [(programme, "Programmes") for programme in flow.programmes]
    found += [(flow.place, "Places")] if flow.place else []
    return found + ([(flow.fund, "Funds")] if flow.fund else [])


def _of_relation(kind: RelationKind, subject: Entity, other: Entity) -> str:
    if other.kind is EntityKind.ORGANISATION:
        works = WORKS_WITH if subject.kind is EntityKind.ORGANISATION else WORKS
        return works if kind in _WORK else OTHERS
    if kind is RelationKind.MENTIONS:
        return OTHERS
    return words.THINGS[other.kind]
