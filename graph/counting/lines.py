"""What the lines at one node of a network come to: a flow that several lines draw counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.ledger import Ledger, part_of
from graph.counting.sides import Side
from graph.model import Entity
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line of money: the flows that it draws, and what each of them adds to the line's amount."""

    flows: Sequence[StatedFlow]
    counted: Mapping[str, Decimal]  #: by the flow's IRI; a flow that counts elsewhere is not in it


def sum_of_lines(lines: Iterable[DrawnLine]) -> Decimal:
    """Return what lines come to, each flow with what it adds to the first line that draws it."""
    seen: set[str] = set()
    whole = Decimal(0)
    for line in lines:
        whole += sum((amount for iri, amount in line.counted.items() if iri not in seen), Decimal(0))
        seen |= {stated.iri for stated in line.flows}
    return whole


def sum_at(ledger: Ledger, subject: Entity, lines: Sequence[DrawnLine]) -> Decimal:
    """Return what the lines at a place or fund come to: no more than their flows have in its own total."""
    if len(lines) < 2:
        return sum_of_lines(lines)
    drawn = [stated for line in lines for stated in line.flows]
    return min(sum_of_lines(lines), part_of(ledger.tally(subject, Side.SOURCES), drawn).total)
