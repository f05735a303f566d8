"""The one place where money is added up: every flow of a build, judged for each thing that it touches.

Pages, answers, rankings, charts, network lines and exports read their sums from here. The judgements are made once,
when a build is published (`ledger_file.py`); for a graph without a build they are made on demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from graph.counting.all_money import AllMoney, all_money_of
from graph.counting.grounds import Grounds
from graph.counting.judgement import Judging, judged_alone
from graph.counting.left_out import Reason
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

EVERYTHING = ""  #: key of all money together
DECISION = "decision/"  #: begins the key of a decision; its IRI follows


@dataclass(frozen=True, slots=True)
class LineSum:
    """The money of a line between two things: three amounts in pounds, which are never added to each other."""

    amount: Decimal = Decimal(0)  #: its part of the total of the thing it leads to or comes from
    joint: Decimal = Decimal(0)  #: in sums for several programmes together, which no document splits
    passed_on: Decimal = Decimal(0)  #: money that the funder had been given for it, counted at its source
    counted: Mapping[str, Decimal] = field(default_factory=dict)  #: what each flow adds to the amount, by its IRI


@dataclass(frozen=True, slots=True)
class Places:
    """The places that money is for: the place that a document states, else the area of the body that decided."""

    around: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: the places that a place lies in, by key
    areas: Mapping[str, str] = field(default_factory=dict)  #: document -> key of the area of its decision's body

    def of(self, stated: StatedFlow) -> tuple[str, ...]:
        """Return the keys of the places that a flow is for, including the wider places around them."""
        place = stated.flow.place
        key = thing_key(place) if place is not None else self.areas.get(stated.document, "")
        return tuple(sorted({key, *self.around.get(key, ())} - {""}))


class Adding(NamedTuple):
    """What one flow adds to the tally of a thing."""

    flow: str  #: IRI
    amount: Decimal
    is_joint: bool = False  #: in a sum for several programmes together, which adds to no total
    is_open: bool = False  #: as money whose payee no document says


class Judgements(Protocol):
    """A source of judgements: made from the flows (`Counting`), or read from a build (`KeptJudgements`)."""

    def tally(self, key: str, side: Side, flows: Collection[str] | None = None) -> Tally:
        """Return the tally of everything that touches the thing of a key, or the part of it that some flows make.

        It is empty if nothing touches the thing.
        """

    def adding(self, key: str, side: Side) -> list[Adding]:
        """Return what each flow adds to the tally of a thing, joint ones last; no flow is made for it."""

    def totals(
        self, kind: str, side: Side, flows: Collection[str] | None = None, *, with_joint: bool = False
    ) -> Mapping[str, Decimal]:
        """Return the total of every thing of a kind, by key, or the part of it that the given flows make."""


class Ledger:
    """The tally of each thing of a build, and the money of each line between two things."""

    def __init__(self, judgements: Judgements) -> None:
        self._judgements = judgements
        self._tallies: dict[tuple[str, Side], Tally] = {}

    def tally(self, subject: Entity | None, side: Side) -> Tally:
        """Return the tally of a thing, seen from one side; for None, that of all money together."""
        return self._tally(EVERYTHING if subject is None else thing_key(subject), side)

    def part(self, subject: Entity | None, side: Side, flows: Iterable[StatedFlow]) -> Tally:
        """Return the part that some flows have in the tally of a thing, as `part_of` does; only this part is read."""
        key = EVERYTHING if subject is None else thing_key(subject)
        if (key, side) in self._tallies:
            return part_of(self._tallies[key, side], flows)
        return self._judgements.tally(key, side, {stated.iri for stated in flows})

    def adding(self, subject: Entity, side: Side) -> Sequence[Adding]:
        """Return what each flow adds to the tally of a thing, joint ones last, without making the flows."""
        key = thing_key(subject), side
        return _adding(self._tallies[key]) if key in self._tallies else self._judgements.adding(*key)

    def grants(self, subject: Entity | None = None) -> Tally:
        """Return the judgement on the grants among themselves: each payment is a grant, its repetitions are none.

        A grant that is passed on is a grant of its own to the next, so their sum is more than the money that came in.
        Those of a thing are judged among its own, so that its part of a wider sum is a grant of its own. Of an
        organisation, whose decisions state grants of others as well, all grants are judged.
        """
        is_judged = subject is None or subject.kind is not EntityKind.ORGANISATION
        return self.tally(subject if is_judged else None, Side.GRANTS)

    def main_tally(self, subject: Entity) -> Tally:
        """Return a thing's main tally: the money that comes in; for a body that gets none, the money that it gives."""
        return self.tally(subject, self.main_side(subject))

    def main_side(self, subject: Entity) -> Side:
        """Return the side from which a thing's main tally is seen."""
        is_other = subject.kind is not EntityKind.ORGANISATION
        return Side.SOURCES if is_other or self.tally(subject, Side.SOURCES).flows else Side.DELIVERIES

    def tally_of_decision(self, iri: str) -> Tally:
        """Return the totals of one decision, which counts only the money that this decision brings in."""
        return self._tally(f"{DECISION}{iri}", Side.SOURCES)

    def payments(self, subject: Entity) -> tuple[StatedFlow, ...]:
        """Return each step of a thing's money, from funder to payee, once. It is for pictures.

        Steps are not added up.
        """
        return self.tally(subject, Side.PAYMENTS).flows

    def totals(
        self, kind: str, side: Side, flows: Iterable[StatedFlow] | None = None, *, with_joint: bool = False
    ) -> Mapping[str, Decimal]:
        """Return the total of every thing of a kind that has one, by the thing's key; rankings are made of these.

        Args:
            kind: An `EntityKind`, or "decision".
            side: The end of the money that is looked at.
            flows: The flows that each total is narrowed to; None for all.
            with_joint: Include sums for several programmes together, for counting things rather than money.
        """
        here = None if flows is None else {stated.iri for stated in flows}
        return self._judgements.totals(kind, side, here, with_joint=with_joint)

    def line(self, subject: Entity, side: Side, flows: Sequence[StatedFlow]) -> LineSum:
        """Return the money of a line: the part that some flows have in a thing's tally.

        The lines on one side of a thing add up to its total, except for money whose other end is not known.
        """
        part = self.part(subject, side, flows)
        is_onward = side is Side.SOURCES and subject.kind is EntityKind.PROGRAMME
        onward = [out.flow for out in part.left_out if out.reason is Reason.PASSED_ON] if is_onward else []
        counted = {stated.iri: stated.flow.amount for stated in part.flows}
        return LineSum(part.total, total(part.joint), total(onward), counted)

    def _tally(self, key: str, side: Side) -> Tally:
        if (key, side) not in self._tallies:
            self._tallies[key, side] = self._judgements.tally(key, side)
        return self._tallies[key, side]


def _adding(tally: Tally) -> list[Adding]:
    added = [Adding(s.iri, s.flow.amount, is_open=s.iri in tally.open) for s in tally.flows]
    return added + [Adding(s.iri, s.flow.amount, True, s.iri in tally.open) for s in tally.joint]


def added_by(parts: Iterable[tuple[str, Adding]]) -> Mapping[str, Decimal]:
    """Return what flows add by a label that is given with each; joint ones add nothing."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for label, each in parts:
        found[label] += Decimal(0) if each.is_joint else each.amount
    return found


def part_of(tally: Tally, flows: Iterable[StatedFlow]) -> Tally:
    """Return the part of a tally that some of its flows make: nothing is counted anew."""
    return _part(tally, {stated.iri for stated in flows})


def _part(tally: Tally, flows: Collection[str]) -> Tally:
    return Tally(
        tuple(stated for stated in tally.flows if stated.iri in flows),
        tuple(stated for stated in tally.joint if stated.iri in flows),
        tuple(out for out in tally.left_out if out.flow.iri in flows),
    )


class Counting:
    """Judgements that are made from the flows on demand."""

    def __init__(
        self,
        flows: Iterable[StatedFlow],
        grounds: Grounds,
        places: Places | None = None,
        all_money: AllMoney | None = None,
    ) -> None:
        """Keep what counting needs.

        Args:
            flows: Every flow of the graph, or all that touch the things which are asked for.
            grounds: What counting needs besides the flows.
            places: Which places lie within which, and the area of each document.
            all_money: The judgement on all money together; None makes it out of the flows.
        """
        self._all = tuple(flows)
        self._grounds = grounds
        self._places = places or Places()
        self._given = all_money
        self._last = "none", Judging(None, (), grounds)

    def tally(self, key: str, side: Side, flows: Collection[str] | None = None) -> Tally:
        """Return the judgement on everything that touches a thing, or the part of it that some flows make."""
        whole = self._tally(key, side)
        return whole if flows is None else _part(whole, flows)

    def adding(self, key: str, side: Side) -> list[Adding]:
        """Return what each flow adds to the tally of a thing, joint ones last."""
        return _adding(self._tally(key, side))

    def _tally(self, key: str, side: Side) -> Tally:
        if key.startswith(DECISION):
            if side is not Side.SOURCES:
                return Tally(())
            return judged_alone(self._of_decisions.get(key.removeprefix(DECISION), ()), self._grounds)
        if key == EVERYTHING:
            return self._all_money.seen_from(side)
        if key not in self._subjects:
            return Tally(())
        if key != self._last[0]:  # the sides of a thing are asked for one after the other, and share much
            self._last = key, Judging(self._subjects[key], self._touching[key], self._grounds)
        return self._last[1].seen_from(side)

    @cached_property
    def _all_money(self) -> AllMoney:
        return self._given or all_money_of(self._all, self._grounds)

    def totals(
        self, kind: str, side: Side, flows: Collection[str] | None = None, *, with_joint: bool = False
    ) -> Mapping[str, Decimal]:
        """Return the total of every thing of a kind, or the part of it that some flows make, by the thing's key."""
        sums = {}
        for key in self._keys_of(kind):
            found = self.tally(key, side)
            added = (*found.flows, *found.joint) if with_joint else found.flows
            sums[key] = total(stated for stated in added if flows is None or stated.iri in flows)
        return {key: amount for key, amount in sums.items() if amount}

    def _keys_of(self, kind: str) -> list[str]:
        if kind == DECISION.rstrip("/"):
            return [f"{DECISION}{iri}" for iri in self._of_decisions]
        return [key for key, thing in self._subjects.items() if thing.kind == kind]

    def keys(self) -> Iterator[tuple[str, Side]]:
        """Yield everything that there is a judgement on: things, then decisions, and all money together."""
        for key, thing in sorted(self._subjects.items()):
            has_grants = thing.kind is not EntityKind.ORGANISATION
            yield from ((key, side) for side in Side if has_grants or side is not Side.GRANTS)
        yield from ((f"{DECISION}{iri}", Side.SOURCES) for iri in sorted(self._of_decisions))
        yield from ((EVERYTHING, side) for side in (Side.SOURCES, Side.DELIVERIES, Side.GRANTS))

    @cached_property
    def _touching(self) -> Mapping[str, list[StatedFlow]]:
        """The flows that touch each thing; a place also those that lie within it."""
        found: dict[str, list[StatedFlow]] = defaultdict(list)
        for stated in self._all:
            flow = stated.flow
            things = (flow.funder, flow.recipient, flow.fund, flow.place, *flow.programmes)
            keys = [thing_key(thing) for thing in things if thing is not None]
            for key in dict.fromkeys((*keys, *self._places.of(stated))):
                found[key].append(stated)
        return found

    @cached_property
    def _subjects(self) -> Mapping[str, Entity]:
        """What has a page: all that flows name, and the areas of the bodies that decide; no wider areas."""
        known: dict[str, Entity] = {}
        for stated in self._all:
            flow = stated.flow
            for thing in (flow.funder, flow.recipient, flow.fund, flow.place, *flow.programmes):
                if thing is not None:
                    known[thing_key(thing)] = thing
        for key in {*self._places.areas.values()} - known.keys():
            name = key.partition("/")[2]
            known[key] = Entity(name, name, EntityKind.PLACE)
        return known

    @cached_property
    def _of_decisions(self) -> Mapping[str, list[StatedFlow]]:
        found: dict[str, list[StatedFlow]] = defaultdict(list)
        for stated in self._all:
            found[self._grounds.decision_of(stated)].append(stated)
        return found
