"""Joins ties into lines, one for each kind of tie between two nodes, and sums the money of lines and nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.ledger import Ledger, LineSum
from graph.counting.likeness import total
from graph.counting.lines import DrawnLine, sum_at, sum_of_lines
from graph.counting.sides import Side
from graph.counting.tally import tally
from graph.model import Entity, EntityKind
from graph.networks.network import DECISION, MONEY_TIES, Bond, Money, NetworkNode, Tie, TieKind
from graph.stated.things import thing_key

_TOLD: dict[str, int] = {kind: number for number, kind in enumerate(MONEY_TIES)}
_PROGRAMME = f"{EntityKind.PROGRAMME.value}/"
Concern = frozenset[str]  #: keys that a tie must concern to be in the picture; empty where all ties are


LineCount = Callable[[Sequence[Tie], Concern], LineSum]  #: what the ties of a line come to, and what they concern


def bonds_of(count: LineCount, ties: Iterable[tuple[Tie, Concern]]) -> tuple[Bond, ...]:
    """Return one line for each kind between two nodes, with its money counted once."""
    groups: dict[tuple[str, str, str], list[tuple[Tie, Concern]]] = defaultdict(list)
    for tie, concern in ties:
        groups[(tie.source, tie.target, tie.kind)].append((tie, concern))
    bonds = []
    for (source, target, kind), members in sorted(groups.items()):
        drawn = [tie for tie, _ in members]
        concerns = [concern for _, concern in members]
        about = frozenset[str]().union(*concerns) if all(concerns) else frozenset[str]()
        line = count(drawn, about)
        sums = (line.amount, line.joint, line.passed_on)
        bonds.append(Bond(source, target, kind, tuple(drawn), *sums, tuple(sorted(about)), line.counted))
    return tuple(bonds)


def money_of(ledger: Ledger, nodes: Iterable[NetworkNode], bonds: Iterable[Bond]) -> dict[str, Money]:
    """Return what the lines of each node bring in and take out, by key.

    The same money is often drawn twice: from a funder and from its fund, to a programme and to the recipient. It counts
    once, where it is first seen in the order of _TOLD; at a place or fund by the rules of totals too.
    """
    into: dict[str, list[DrawnLine]] = defaultdict(list)
    out: dict[str, list[DrawnLine]] = defaultdict(list)
    told = [bond for bond in bonds if bond.kind in _TOLD]
    for bond in sorted(told, key=lambda bond: _TOLD[bond.kind]):
        line = DrawnLine([tie.flow for tie in bond.ties if tie.flow], bond.counted)
        into[bond.target].append(line)
        if bond.kind != TieKind.BENEFITS:  # a programme does not lack what it does in a place
            out[bond.source].append(line)
    return {
        node.key: Money(_once(ledger, node, into.get(node.key, [])), _once(ledger, node, out.get(node.key, [])))
        for node in nodes
        if node.key in into or node.key in out
    }


def _once(ledger: Ledger, node: NetworkNode, lines: Sequence[DrawnLine]) -> Decimal:
    if node.kind not in (EntityKind.PLACE, EntityKind.FUND):
        return sum_of_lines(lines)
    subject = entity_of(node)
    return sum_at(ledger, subject, lines) if subject else sum_of_lines(lines)


def entity_of(node: NetworkNode) -> Entity | None:
    """Return the thing that a node is; None for a decision."""
    if node.kind == DECISION:
        return None
    return Entity(node.key.partition("/")[2], node.name, EntityKind(node.kind), node.verified)


def part_of_totals(ledger: Ledger) -> LineCount:
    """Return a count of a line as its part of the total of the programme at one end, or of what its payee received."""

    def count(ties: Sequence[Tie], _: Concern) -> LineSum:
        flows = [tie.flow for tie in ties if tie.flow]
        if not flows:
            return LineSum()
        first = ties[0]
        ends = {thing_key(programme): programme for programme in flows[0].flow.programmes}
        subject = ends.get(first.source) or ends.get(first.target) or flows[0].flow.recipient
        if subject is None:
            return LineSum()
        return ledger.line(subject, Side.DELIVERIES if first.kind == TieKind.PAID_UNDER else Side.SOURCES, flows)

    return count


def own_sums(grounds: Grounds) -> LineCount:
    """Return a count of a line by its own sums alone, whatever else is known of the money at its ends."""

    def count(ties: Sequence[Tie], about: Concern) -> LineSum:
        keys = {key.removeprefix(_PROGRAMME) for key in about if key.startswith(_PROGRAMME)}
        counted = tally([tie.flow for tie in ties if tie.flow], grounds, programmes=frozenset(keys))
        return LineSum(counted.total, total(counted.joint), counted={s.iri: s.flow.amount for s in counted.flows})

    return count
