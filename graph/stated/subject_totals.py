"""The money of one programme, organisation, place or fund, counted by the same rules as in answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.ask.facts import Facts
from graph.ask.money import counted_once, is_delivery, is_source
from graph.ask.result import Answer
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow
from graph.stated.totals import Side, counted, total


@dataclass(frozen=True, slots=True)
class Tally:
    """What may be added up, and the sums for several programmes together, which are never split."""

    flows: tuple[StatedFlow, ...]
    joint: tuple[StatedFlow, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The sum, joint sums apart."""
        return total(self.flows)


def tally(subject: Entity, flows: Sequence[StatedFlow], side: Side, facts: Facts) -> Tally:
    """Return what counts of a thing's flows, seen from one side.

    For an organisation the flows are those that it gets, or those that it gives, and all of them count.
    """
    programmes = frozenset({subject.id}) if subject.kind is EntityKind.PROGRAMME else frozenset[str]()
    chosen = list(flows)
    if subject.kind is not EntityKind.ORGANISATION:
        wanted = is_source if side is Side.SOURCES else is_delivery
        chosen = [stated for stated in flows if wanted(stated, flows)] or chosen
    found = counted_once(chosen, facts, programmes=programmes)
    return Tally(found.flows, found.joint)


def answered_tally(answer: Answer) -> Tally:
    """Return the sums behind an answer; where a programme was asked about, those for several programmes apart."""
    if not answer.interpretation.get("programme"):
        return Tally(answer.flows)
    joint = tuple(stated for stated in answer.flows if len(stated.flow.programmes) > 1)
    return Tally(tuple(stated for stated in answer.flows if stated not in joint), joint)


def plain_tally(subject: Entity, flows: Sequence[StatedFlow], side: Side) -> Tally:
    """Return what counts by the links between flows alone, without what other decisions say."""
    found = counted(flows, side)
    if subject.kind is not EntityKind.PROGRAMME:
        return Tally(found)
    joint = tuple(stated for stated in found if any(other != subject for other in stated.flow.programmes))
    return Tally(tuple(stated for stated in found if stated not in joint), joint)
