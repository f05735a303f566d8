"""All money together, judged in parts that have no bearing on each other, so that a change touches few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.counting.connected import Onward, in_parts, spent_first
from graph.counting.grounds import Grounds
from graph.counting.judgement import Judging
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.stated.flows import StatedFlow


class AllMoney:
    """The judgement on all money, or on some parts of it."""

    def __init__(self, parts: Sequence[Sequence[StatedFlow]], grounds: Grounds, onward: Onward | None) -> None:
        """Keep the parts.

        Args:
            parts: The flows of each part, which `in_parts` gives.
            grounds: What counting needs besides the flows.
            onward: What each body spends first in a year, in all parts; None where there is no other part.
        """
        known = grounds if onward is None else replace(grounds, onward=onward)
        self._parts = [Judging(None, part, known) for part in parts]
        self._order: Mapping[str, tuple[str, int]] = {
            stated.iri: (stated.document, place) for part in parts for place, stated in enumerate(part)
        }

    def seen_from(self, side: Side) -> Tally:
        """Return the judgement seen from one side: flows, joint ones and those left out by document and place in it."""
        found = [part.seen_from(side) for part in self._parts]

        def place(stated: StatedFlow) -> tuple[str, int]:
            return self._order[stated.iri]

        return Tally(
            tuple(sorted((stated for each in found for stated in each.flows), key=place)),
            tuple(sorted((stated for each in found for stated in each.joint), key=place)),
            tuple(sorted((out for each in found for out in each.left_out), key=lambda out: place(out.flow))),
            frozenset().union(*(each.open for each in found)),
        )


def all_money_of(flows: Sequence[StatedFlow], grounds: Grounds) -> AllMoney:
    """Return the judgement on some flows as all money that there is."""
    parts = in_parts(flows, grounds.decisions, grounds.refers_to)
    return AllMoney(parts, grounds, spent_first(flows) if len(parts) > 1 else None)
