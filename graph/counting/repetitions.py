"""Flows that state the same figure again: in one decision, in one that cites it, without the payer, or with a slip."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason
from graph.counting.likeness import (
    grouped,
    is_large,
    is_near,
    may_be_near,
    parties,
    party_of,
    programme_ids,
)
from graph.model import Basis, FlowKind, FlowLink
from graph.stated.flows import StatedFlow

_AGAIN = {FlowLink.RESTATES: Reason.AGAIN, FlowLink.CONTRADICTS: Reason.CONTRADICTS}


def said_by_successor(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow that repeats a flow of another decision, where one decision cites the other.

    Both have the same parties and years, and nearly the same amount.
    """
    out: list[LeftOut] = []
    if not grounds.is_part and len({grounds.decision_of(s) for s in flows}) < 2:
        return out
    whole = [s for s in flows if s.flow.years and s.flow.funder is not None and s.flow.recipient is not None]
    for group in grouped(whole, lambda s: (parties(s), s.flow.years)).values():
        for one, other in combinations(_tied_to_another(_near_another(group), grounds), 2):
            named = bool(one.flow.programmes and other.flow.programmes)
            if (
                one.document != other.document
                and not (named and programme_ids(one) != programme_ids(other))
                and is_near(one, other)
                and grounds.are_tied(one, other)
            ):
                less, more = sorted((one, other), key=_detail)
                out.append(LeftOut(less, Reason.AGAIN, more.iri))
    return out


def _near_another(flows: Sequence[StatedFlow]) -> Sequence[StatedFlow]:
    """Return the flows whose amount may be near that of another, in their order; see `is_near`."""
    if len(flows) < 2:
        return ()
    amounts = sorted(stated.flow.amount for stated in flows)
    near = {amount for pair in pairwise(amounts) if may_be_near(*pair) for amount in pair}
    return [stated for stated in flows if stated.flow.amount in near]


def _tied_to_another(flows: Sequence[StatedFlow], grounds: Grounds) -> Sequence[StatedFlow]:
    """Return the flows whose decision cites that of one of the flows, or is cited by it."""
    if len(flows) < 2:
        return ()
    here = {grounds.decision_of(stated) for stated in flows}
    return [s for s in flows if not here.isdisjoint(grounds.tied_to(grounds.decision_of(s)))]


def restated(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow that a link says restates another, or is another figure for the same money."""
    here = {stated.iri for stated in flows}
    again = [(s, [(link, iri) for link, iri in s.links if link in _AGAIN and iri in here]) for s in flows]
    return [LeftOut(stated, _AGAIN[said[0][0]], said[0][1]) for stated, said in again if said]


def payer_unknown(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow without a funder if a flow with one states the same money.

    That flow stands in the same decision, or in another decision for the same recipient.
    """
    if all(s.flow.funder is not None for s in flows):
        return []
    paid = [s for s in flows if s.flow.funder is not None]
    decided = grouped(paid, lambda s: (grounds.decision_of(s), s.flow.amount))
    received = grouped((s for s in paid if s.flow.recipient is not None), _sum_received)
    out = []
    for stated in flows:
        if stated.flow.funder is None:
            here = decided.get((grounds.decision_of(stated), stated.flow.amount), ())
            elsewhere = received.get(_sum_received(stated), ()) if is_large(stated) else ()
            known = [s for s in here if _may_share_payee(stated, s)] or [s for s in elsewhere if _may_be_one(stated, s)]
            out += [LeftOut(stated, Reason.AGAIN, known[0].iri)] if known else []
    return out


def _may_share_payee(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether two sums may be one: where both name who gets them it is the same name, and nothing else is apart."""
    payees = {party_of(one.flow.recipient), party_of(other.flow.recipient)}
    return ("" in payees or len(payees) == 1) and _may_be_one(one, other)


def _sum_received(stated: StatedFlow) -> tuple[str, Decimal]:
    return party_of(stated.flow.recipient), stated.flow.amount


def _may_be_one(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether neither the years nor the programmes of two equal sums tell them apart."""
    a, b = one.flow, other.flow
    return (not a.years or not b.years or a.years == b.years) and (
        not a.programmes or not b.programmes or bool(programme_ids(one) & programme_ids(other))
    )


def repeated(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow that its decision states twice, or in two documents, with equal parties and years."""
    out: list[LeftOut] = []
    for group in grouped(flows, lambda s: (grounds.decision_of(s), party_of(s.flow.funder))).values():
        if len(group) < 2:
            continue
        ordered = sorted(group, key=_detail, reverse=True)
        gone: set[str] = set()
        for one, other in combinations(ordered, 2):
            if one.iri not in gone and other.iri not in gone and is_near(one, other) and _says_again(other, one):
                gone.add(other.iri)
                out.append(LeftOut(other, Reason.AGAIN, one.iri))
    return out


def contradicted(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out the second of two figures of one decision for the same money that a check finds at odds."""
    out: list[LeftOut] = []
    for group in grouped(flows, lambda s: (s.document, parties(s), frozenset(s.flow.years))).values():
        if len({stated.flow.amount for stated in group}) < 2 or group[0].document not in grounds.conflicts:
            continue
        for one, other in combinations(group, 2):
            differ = one.flow.amount != other.flow.amount
            if differ and programme_ids(one) == programme_ids(other) and _conflict(one, other, grounds):
                out.append(LeftOut(other, Reason.CONTRADICTS, one.iri))
    return out


def _conflict(one: StatedFlow, other: StatedFlow, grounds: Grounds) -> bool:
    pair = {one.flow.amount, other.flow.amount}
    return any(pair <= set(check.figures) for check in grounds.conflicts.get(one.document, ()))


def _detail(stated: StatedFlow) -> tuple[int, ...]:
    """How much is said of a flow; of two that are one, the one with more counts."""
    flow = stated.flow
    return (
        flow.basis is not Basis.ROUNDED,
        flow.recipient is not None,
        len(flow.programmes) > 0,
        flow.kind in {FlowKind.MATCH, FlowKind.GRANT},
        flow.fund is not None,
        not flow.in_summary,
    )


def _says_again(other: StatedFlow, one: StatedFlow) -> bool:
    """Whether nothing that is said of two near sums tells them apart."""
    a, b = other.flow, one.flow
    if a.years and b.years and set(a.years) != set(b.years) and not _sums_up(other, one):
        return False
    if a.recipient is not None and b.recipient is not None and a.recipient.id != b.recipient.id:
        return False
    if (
        a.programmes
        and b.programmes
        and not (programme_ids(other) & programme_ids(one))
        and not (_in_prose(other) and _in_prose(one))
    ):
        return False
    if a.recipient is None and b.recipient is not None and a.recipient_words and a.recipient_words != b.recipient_words:
        return False
    if a.place is not None and b.place is not None and a.place.id != b.place.id and a.recipient is not b.recipient:
        return False
    if _in_prose(other) or _in_prose(one):
        return True  # sentences say one purpose in many words
    return not (a.purpose and b.purpose and a.purpose != b.purpose and other.document == one.document)


def _sums_up(other: StatedFlow, one: StatedFlow) -> bool:
    """Whether a summary gives another year to the very sum, for no one by name, that its document decides on."""
    a, b = other.flow, one.flow
    return (
        other.document == one.document
        and a.amount == b.amount
        and is_large(one)
        and a.amount % 1_000 != 0
        and a.recipient is None
        and b.recipient is None
        and other.flow.in_summary != one.flow.in_summary
    )


def _in_prose(stated: StatedFlow) -> bool:
    """Whether a large sum stands in sentences alone, where two names of one thing are likelier than two equal sums."""
    flow = stated.flow
    return is_large(stated) and flow.kind is not FlowKind.OWN_COST and not flow.in_table
