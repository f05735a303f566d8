"""The tally of everything in a build, kept once counted, and what each line between two things comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import Context, Side
from graph.counting.tally import Tally, tally, tally_of
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class LineSum:
    """What a line between two things comes to; the three are never added to each other."""

    amount: Decimal = Decimal(0)  #: its part of the total of the thing it leads to or comes from
    joint: Decimal = Decimal(0)  #: in sums for several programmes together, which no document splits
    passed_on: Decimal = Decimal(0)  #: money that the funder had been given for it, counted at its source
    counted: frozenset[str] = frozenset()  #: IRIs of the flows that make the amount


class Ledger:
    """The flows of one build by what they name, with the tally of each thing."""

    def __init__(self, flows: Iterable[StatedFlow], grounds: Grounds) -> None:
        self.grounds = grounds
        self._flows: dict[Entity, list[StatedFlow]] = defaultdict(list)
        for stated in flows:
            flow = stated.flow
            named = (flow.funder, flow.recipient, *flow.programmes)
            for entity in dict.fromkeys(entity for entity in named if entity is not None):
                self._flows[entity].append(stated)
        self._tallies: dict[tuple[Entity, Side], Tally] = {}
        self._contexts: dict[Entity, Context] = {}

    def tally(self, subject: Entity, side: Side) -> Tally:
        """Return what counts of the money of a programme or organisation, seen from one side."""
        if (subject, side) not in self._tallies:
            self._tallies[subject, side] = tally_of(subject, self._flows[subject], side, self.grounds)
        return self._tallies[subject, side]

    def line(self, subject: Entity, side: Side, flows: Sequence[StatedFlow]) -> LineSum:
        """Return what some of a thing's flows come to: their part of its tally.

        The lines of one side of a thing add up to its total, but for money whose other end is not known.
        """
        here = {stated.iri for stated in flows}
        counted = self.tally(subject, side)
        own = [stated for stated in counted.flows if stated.iri in here]
        return LineSum(
            amount=total(own),
            joint=total(stated for stated in counted.joint if stated.iri in here),
            passed_on=self._passed_on(subject, flows) if side is Side.SOURCES else Decimal(0),
            counted=frozenset(stated.iri for stated in own),
        )

    def _passed_on(self, subject: Entity, flows: Sequence[StatedFlow]) -> Decimal:
        if subject.kind is not EntityKind.PROGRAMME:
            return Decimal(0)
        if subject not in self._contexts:
            self._contexts[subject] = Context(self._flows[subject], self.grounds)
        context = self._contexts[subject]
        onward = [stated for stated in flows if is_money(stated) and not context.is_source(stated)]
        return tally(onward, self.grounds, programmes=frozenset({subject.id})).total
