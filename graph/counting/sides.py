"""The two sides that money is seen from: where it first comes from, and with whom it ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import chain

from graph.counting.connected import is_spent
from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, is_money
from graph.counting.likeness import (
    CLOSE,
    grouped,
    grouped_by_each,
    is_part_of,
    overlap,
    parties,
    party_of,
    programme_ids,
    total,
)
from graph.counting.near_years import NearYears
from graph.counting.parts import open_sums
from graph.counting.repetitions import payer_unknown, restated
from graph.model import Entity, FlowKind, FlowLink
from graph.stated.flows import StatedFlow


class Side(StrEnum):
    """Which end of money that is passed on a total looks at; and the two views of its steps, which have no total."""

    SOURCES = "sources"  #: where it first comes from: "how much did the programme get"
    DELIVERIES = "deliveries"  #: where it ends: "who was paid", own costs and what is left open included
    PAYMENTS = "payments"  #: each step from funder to payee once, for pictures of who pays whom; not added up
    GRANTS = "grants"  #: the awarded grants between two named organisations, each once at each step: files of grants


ENDS = (Side.SOURCES, Side.DELIVERIES)  #: the two sides that have totals

_NOTHING = NearYears((), Grounds())
_STAYS = frozenset({FlowKind.OWN_COST, FlowKind.CARRY_FORWARD})
_NO_END = frozenset({FlowKind.MATCH, FlowKind.CARRY_FORWARD})


class Context:
    """All flows that a total is about, whoever pays or gets them; they tell which money is passed on."""

    def __init__(self, flows: Iterable[StatedFlow], grounds: Grounds) -> None:
        self._flows = tuple(flows)
        self._grounds = grounds
        between = [s for s in self._flows if party_of(s.flow.funder) != party_of(s.flow.recipient)]
        money = [s for s in between if s.flow.recipient is not None and is_money(s)]
        self._to = _near(money, lambda s: party_of(s.flow.recipient), grounds)
        self._from = _near(filter(is_spent, self._flows), lambda s: party_of(s.flow.funder), grounds)
        self._sources: dict[str, bool] = {}
        self._deliveries: dict[str, bool] = {}

    def seen_from(self, side: Side, flows: Sequence[StatedFlow] | None = None) -> list[StatedFlow]:
        """Return the flows that lie at one end: of all, or of those that are given.

        What says another of the flows again, or is a part of it that names no payer, lies where that one lies.
        """
        wanted = self.is_source if side is Side.SOURCES else self.is_end
        again = self.no_sums_of_their_own if flows is None else self._again(flows)
        known = self._flows if flows is None else flows
        return [stated for stated in known if stated.iri not in again and wanted(stated)]

    @cached_property
    def no_sums_of_their_own(self) -> Mapping[str, LeftOut]:
        """The flows that say another flow again or are a part of it, on whichever side the other lies, by IRI."""
        return self._again(self._flows)

    def _again(self, flows: Iterable[StatedFlow]) -> Mapping[str, LeftOut]:
        money = [stated for stated in flows if is_money(stated)]
        unlisted = [stated for stated in money if not self._grounds.is_listed(stated)]
        found = restated(money, self._grounds) + payer_unknown(unlisted, self._grounds)
        return {out.flow.iri: out for out in found}

    def is_source(self, stated: StatedFlow) -> bool:
        """Return True if a flow brings money in, rather than passing on what its funder was given for these years."""
        if stated.iri not in self._sources:
            self._sources[stated.iri] = self._brings_money(stated)
        return self._sources[stated.iri]

    def _brings_money(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        if flow.kind is FlowKind.MATCH:
            return True
        linked = self._passed_by_link(stated)
        passed = sum(link is FlowLink.PASSES_ON for link, _ in stated.links)
        if passed == 1 and any(flow.amount < other.flow.amount for other in linked):
            return False  # it is set aside out of one sum that was given, and of no other
        is_given = next(self._given_for(stated), None) is not None
        return not is_given or (flow.recipient is None and self._makes_up(stated))

    def _makes_up(self, stated: StatedFlow) -> bool:
        """Whether what a body sets aside and what it was given add up to a larger sum that the same decision spends."""
        given = {other.iri: other for other in self._given_for(stated)}
        wholes = total(other for other in given.values() if not is_part_of(other, given))
        more = stated.flow.amount + wholes
        return any(abs(other.flow.amount - more) <= CLOSE for other in self._larger_than(stated))

    def taken_from(self, stated: StatedFlow) -> str:
        """Return the IRI of the sum that the funder of a flow was given for it; "" where none is known."""
        return next((other.iri for other in self._given_for(stated) if other.iri != stated.iri), "")

    def goes_on_to(self, stated: StatedFlow) -> str:
        """Return the IRI of the flow that spends a sum further on or is a part of it; "" where none is known."""
        flow = stated.flow
        by_link = self._out_of.get(stated.iri, ())
        if flow.recipient is None:
            near = self._paid_by.get(party_of(flow.funder), _NOTHING).paying_for(stated)
            onward = _iris(chain(near, self._larger_than(stated)))
        else:
            paid = self._from.get(flow.recipient.id, _NOTHING)
            onward = chain(_iris(paid.paying_for(stated)), self._spent(stated, flow.recipient))
        return next((iri for iri in chain(_iris(by_link), onward) if iri != stated.iri), "")

    def _spent(self, stated: StatedFlow, payee: Entity) -> Iterator[str]:
        """Yield the IRIs of the flows that its payee spends in a flow's years, or that are of the same large amount.

        Of what is judged apart from this money, only the first flow of each year is known.
        """
        apart, paid = self._grounds.onward or {}, self._from.get(payee.id, _NOTHING)
        yield from (apart[payee.id, year] for year in stated.flow.years if (payee.id, year) in apart)
        yield from _iris(chain(paid.overlapping(stated), paid.equal(stated)))

    def _given_for(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield the sums that a flow's funder was given and may pass on with it; those that documents link first."""
        known = self._to.get(party_of(stated.flow.funder), _NOTHING)
        return chain(self._passed_by_link(stated), known.paying_for(stated), known.equal(stated))

    def _passed_by_link(self, stated: StatedFlow) -> list[StatedFlow]:
        passed = [iri for link, iri in stated.links if link is FlowLink.PASSES_ON]
        if not passed:
            return []
        known = self._to.get(party_of(stated.flow.funder), _NOTHING).by_iri
        return [known[iri] for iri in passed if iri in known]

    def is_delivery(self, stated: StatedFlow) -> bool:
        """Whether a flow ends with someone who does the work, and is not taken in to be passed on."""
        if stated.iri not in self._deliveries:
            self._deliveries[stated.iri] = self._is_delivered(stated)
        return self._deliveries[stated.iri]

    def _is_delivered(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        if flow.recipient is None or is_own(stated):
            return False
        if flow.kind in _STAYS:
            return False
        return next(self._spent(stated, flow.recipient), None) is None

    def is_end(self, stated: StatedFlow) -> bool:
        """Return True if money ends with a flow: it pays those who do the work, or own costs, or its payee is open."""
        flow = stated.flow
        if self.is_delivery(stated):
            return not self._is_sub_granted(stated)
        if flow.kind in _NO_END:
            return False
        if flow.recipient is not None:
            return flow.kind is FlowKind.OWN_COST or is_own(stated)
        if stated.iri in self._wholes:
            return False
        if flow.recipient_words:
            return True
        paid = self._paid_by.get(party_of(flow.funder), _NOTHING).paying_for(stated)
        return next(paid, None) is None and not self._feeds_another(stated)

    def _feeds_another(self, stated: StatedFlow) -> bool:
        """Whether a body's own money goes into a larger sum that the same decision spends."""
        return self.is_source(stated) and next(self._larger_than(stated), None) is not None

    def _larger_than(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield the larger sums that the same decision spends out of money that its body was given."""
        decision = self._grounds.decision_of(stated)
        for other in self._from.get(party_of(stated.flow.funder), _NOTHING).paying_for(stated):
            is_larger = other.flow.amount > stated.flow.amount
            if is_larger and self._grounds.decision_of(other) == decision and not self.is_source(other):
                yield other

    def _is_sub_granted(self, stated: StatedFlow) -> bool:
        """Whether a sum goes on whole to others, or is a part of one that does not and is counted there."""
        onward = self._onward.get(stated.iri, ())
        if onward:
            return total(onward) >= stated.flow.amount - CLOSE
        return stated.flow.kind is FlowKind.SUB_GRANT and any(
            link is FlowLink.PASSES_ON and iri in self._ends and not self._is_sub_granted(self._ends[iri])
            for link, iri in stated.links
        )

    @cached_property
    def _ends(self) -> dict[str, StatedFlow]:
        return {s.iri: s for s in self._flows if self.is_delivery(s)}

    @cached_property
    def _onward(self) -> dict[str, list[StatedFlow]]:
        """The sub-grants that pass on each sum."""
        found: dict[str, list[StatedFlow]] = {}
        for stated in self._flows:
            if stated.flow.kind is FlowKind.SUB_GRANT:
                for link, iri in stated.links:
                    if link is FlowLink.PASSES_ON:
                        found.setdefault(iri, []).append(stated)
        return found

    @cached_property
    def _out_of(self) -> dict[str, list[StatedFlow]]:
        """The payments that documents call a part of a sum, or say that they pass it on; and awards out of a pot."""
        found: dict[str, list[StatedFlow]] = defaultdict(list)
        for stated in self._flows:
            for link, iri in stated.links:
                if link in {FlowLink.PASSES_ON, FlowLink.PART_OF} and is_money(stated):
                    found[iri].append(stated)
        for iri, awards in self._pots.items():
            found[iri] += awards
        return found

    @cached_property
    def _pots(self) -> dict[str, list[StatedFlow]]:
        """The sums that decisions set aside, with the awards out of them, by the sum's IRI."""
        return open_sums([s for s in self._flows if is_money(s)], self._grounds)

    @cached_property
    def _wholes(self) -> frozenset[str]:
        """Sums of which a part is known to be paid to someone."""
        paid = [s for s in self._flows if s.flow.recipient is not None]
        linked = {iri for s in paid for link, iri in s.links if link is FlowLink.PART_OF}
        return frozenset(linked | set(self._pots))

    @cached_property
    def _paid_by(self) -> dict[str, NearYears]:
        """What reaches those who do the work, by who pays it."""
        return _near(self._ends.values(), lambda s: party_of(s.flow.funder), self._grounds)


def _iris(flows: Iterable[StatedFlow]) -> Iterator[str]:
    return (stated.iri for stated in flows)


def _near(flows: Iterable[StatedFlow], party: Callable[[StatedFlow], str], grounds: Grounds) -> dict[str, NearYears]:
    return {key: NearYears(found, grounds) for key, found in grouped(flows, party).items()}


def sources(flows: Sequence[StatedFlow], context: Iterable[StatedFlow], grounds: Grounds) -> list[StatedFlow]:
    """Return those of the flows that bring money in; `context` holds all flows on the subject."""
    return Context(context, grounds).seen_from(Side.SOURCES, flows)


def deliveries(flows: Sequence[StatedFlow], context: Iterable[StatedFlow], grounds: Grounds) -> list[StatedFlow]:
    """Return those of the flows that end with those who do the work; `context` holds all flows on the subject."""
    known = Context(context, grounds)
    return [stated for stated in flows if known.is_delivery(stated)]


def is_own(stated: StatedFlow) -> bool:
    """Return True if a body keeps the money: funder and recipient are the same."""
    return stated.flow.recipient is not None and parties(stated)[0] == parties(stated)[1]


def spent(flows: Sequence[StatedFlow], grounds: Grounds) -> list[StatedFlow]:
    """Return what a body pays; its match funding only where no payment that this goes into is stated."""
    inside = payments_of_match(flows, grounds)
    return [stated for stated in flows if stated.iri not in inside]


def payments_of_match(flows: Sequence[StatedFlow], grounds: Grounds) -> Mapping[str, str]:
    """Return the IRI of the payment that each match funding of a body goes into, by its own; none where none is."""
    matches = [stated for stated in flows if stated.flow.kind is FlowKind.MATCH]
    if not matches:
        return {}
    paid = [s for s in flows if s.flow.kind is not FlowKind.MATCH and (s.flow.recipient or s.flow.recipient_words)]
    near = grouped_by_each(paid, lambda stated: _ties(stated, grounds))
    found: dict[str, str] = {}
    for stated in matches:
        others = (other for key in _ties(stated, grounds) for other in near.get(key, ()))
        payment = next((other for other in others if _goes_into(stated, other)), None)
        found |= {stated.iri: payment.iri} if payment is not None else {}
    return found


def _ties(stated: StatedFlow, grounds: Grounds) -> list[tuple[str, str, str]]:
    """A payer's decision, and each of its programmes in each year: payments that share one of them are near."""
    payer = party_of(stated.flow.funder)
    years = stated.flow.years or ("",)
    return [
        (payer, grounds.decision_of(stated), ""),
        *((payer, programme, year) for programme in programme_ids(stated) for year in years),
    ]


def _goes_into(match: StatedFlow, paid: StatedFlow) -> bool:
    return overlap(match, paid) and paid.flow.amount >= match.flow.amount
