"""Ties drawn together into lines, all of one kind between two nodes, and what lines and nodes come to in money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.counting.ledger import Ledger, LineSum
from graph.counting.sides import Side
from graph.counting.tally import tally_of
from graph.model import Entity, EntityKind
from graph.networks.network import DECISION, Bond, Money, NetworkNode, Tie, TieKind
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

Concern = frozenset[str]  #: keys that a tie must concern to be in the picture; empty where all ties are


def bonds_of(ledger: Ledger, ties: Iterable[tuple[Tie, Concern]]) -> tuple[Bond, ...]:
    """Return one line for each kind between two nodes, with its money counted once."""
    groups: dict[tuple[str, str, str], list[tuple[Tie, Concern]]] = defaultdict(list)
    for tie, concern in ties:
        groups[(tie.source, tie.target, tie.kind)].append((tie, concern))
    bonds = []
    for (source, target, kind), members in sorted(groups.items()):
        drawn = [tie for tie, _ in members]
        line = _line_sum(ledger, drawn)
        concerns = [concern for _, concern in members]
        about = tuple(sorted(frozenset().union(*concerns))) if all(concerns) else ()
        bonds.append(Bond(source, target, kind, tuple(drawn), line.amount, line.joint, line.passed_on, about))
    return tuple(bonds)


def money_of(ledger: Ledger, nodes: Iterable[NetworkNode], bonds: Iterable[Bond]) -> dict[str, Money]:
    """Return what the lines of each node bring in and take out, by key: each sum once, by the rules of totals."""
    flows: dict[str, dict[str, StatedFlow]] = defaultdict(dict)
    for bond in bonds:
        for tie in bond.ties:
            if tie.flow:
                flows[bond.source][tie.flow.iri] = flows[bond.target][tie.flow.iri] = tie.flow
    return {
        node.key: _money(ledger, node, list(flows[node.key].values())) for node in nodes if flows.get(node.key)
    }


def _money(ledger: Ledger, node: NetworkNode, flows: Sequence[StatedFlow]) -> Money:
    if node.kind == DECISION:
        return Money()
    subject = Entity(node.key.partition("/")[2], node.name, EntityKind(node.kind), node.verified)
    if subject.kind in (EntityKind.ORGANISATION, EntityKind.PROGRAMME):
        into, out = (ledger.line(subject, side, flows).amount for side in (Side.SOURCES, Side.DELIVERIES))
        return Money(into, out)
    amount = tally_of(subject, flows, Side.SOURCES, ledger.grounds).total
    return Money(into=amount) if subject.kind is EntityKind.PLACE else Money(out=amount)


def _line_sum(ledger: Ledger, ties: Sequence[Tie]) -> LineSum:
    """Return a line's part of the total of the programme at one end, or of what the recipient received."""
    flows = [tie.flow for tie in ties if tie.flow]
    if not flows:
        return LineSum()
    first = ties[0]
    ends = {thing_key(programme): programme for programme in flows[0].flow.programmes}
    subject = ends.get(first.source) or ends.get(first.target) or flows[0].flow.recipient
    if subject is None:
        return LineSum()
    return ledger.line(subject, Side.DELIVERIES if first.kind == TieKind.PAID_UNDER else Side.SOURCES, flows)
