"""Flows that lie inside a larger flow of the same decision: awards out of a pot, and parts of a summary's sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason
from graph.counting.likeness import grouped, party_of, programme_ids, total
from graph.model import Basis, FlowKind
from graph.stated.flows import StatedFlow

#: by how much pots may differ from the awards out of them, of the awards: ceilings are rounded up
_POTS_MAY_DIFFER = Decimal("0.03")


def inside_open_sum(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out the awards to named recipients out of a sum which the same decision sets aside for them."""
    whole_of = {part.iri: whole for whole, parts in open_sums(flows, grounds).items() for part in parts}
    return [LeftOut(s, Reason.PART, whole_of[s.iri]) for s in flows if s.iri in whole_of]


def pots_of_awards(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out the pots whose awards the decision also states, if these add up to about as much."""
    if sum(s.flow.recipient is None for s in flows) < 2:
        return []
    near = grouped(flows, lambda s: (grounds.decision_of(s), party_of(s.flow.funder), programme_ids(s)))
    found = []
    for (_, funder, programmes), together in near.items():
        pots = [s for s in together if s.flow.recipient is None and s.flow.kind is FlowKind.ALLOCATION]
        grants = [s for s in together if s.flow.kind is FlowKind.GRANT]
        awards = [s for s in grants if party_of(s.flow.recipient) not in ("", funder)]
        if not (funder and programmes and awards and len(pots) > 1):
            continue
        paid, held = (total(side) for side in (awards, pots))
        if abs(held - paid) <= paid * _POTS_MAY_DIFFER:
            found += [LeftOut(pot, Reason.PAID_FROM, awards[0].iri) for pot in pots]
    return found


def open_sums(flows: Sequence[StatedFlow], grounds: Grounds) -> dict[str, list[StatedFlow]]:
    """Return, by the IRI of each sum set aside for no named payee, the awards of the same decision that it contains.

    Together they are for the years of the sum: an award for one year is not presumed to be out of a sum for three.
    """
    pots = [whole for whole in flows if _is_pot(whole) and not grounds.is_listed(whole)]
    near = grouped(flows, lambda s: (grounds.decision_of(s), party_of(s.flow.funder))) if pots else {}
    found = {}
    for whole in pots:
        flow = whole.flow
        awards = [s for s in near[(grounds.decision_of(whole), party_of(flow.funder))] if _is_award_of(s, whole)]
        for_years = {year for award in awards for year in award.flow.years}
        if awards and total(awards) <= flow.amount and for_years == set(flow.years):
            found[whole.iri] = awards
    return found


def _is_pot(stated: StatedFlow) -> bool:
    flow = stated.flow
    is_open = flow.kind is FlowKind.ALLOCATION or flow.basis is Basis.CEILING
    return flow.recipient is None and flow.funder is not None and flow.kind is not FlowKind.MATCH and is_open


def _is_award_of(award: StatedFlow, whole: StatedFlow) -> bool:
    a, b = award.flow, whole.flow
    return (
        a.recipient is not None
        and party_of(a.recipient) != party_of(b.funder)
        and a.kind in {FlowKind.GRANT, FlowKind.ALLOCATION}
        and bool(a.years) == bool(b.years)
        and set(a.years) <= set(b.years)
        and (a.fund == b.fund or not a.fund or not b.fund)
        and bool((a.fund and b.fund) or b.programmes)
        and (not b.programmes or (bool(a.programmes) and programme_ids(award) <= programme_ids(whole)))
    )


def within_summary(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out the sums in the recommendations that are parts of a larger sum in the summary."""
    wholes = [whole for whole in flows if whole.flow.recipient is None and whole.flow.in_summary]
    near = grouped(flows, grounds.decision_of) if wholes else {}
    found: dict[str, LeftOut] = {}
    for whole in wholes:
        inside = [part for part in near[grounds.decision_of(whole)] if may_lie_inside(part, whole, grounds)]
        if total(inside) < whole.flow.amount:
            found.update({part.iri: LeftOut(part, Reason.PART, whole.iri) for part in inside if part.iri not in found})
    return list(found.values())


def may_be_divided(whole: StatedFlow) -> bool:
    """Return True if recommendations may divide a sum: it is allocated in the summary, to no named payee."""
    flow = whole.flow
    return flow.recipient is None and flow.kind is FlowKind.ALLOCATION and whole.flow.in_summary


def may_lie_inside(part: StatedFlow, whole: StatedFlow, grounds: Grounds) -> bool:
    """Return True if a sum in the recommendations may be part of the sum that the same decision's summary states."""
    a, b = part.flow, whole.flow
    return (
        part.iri != whole.iri
        and a.amount < b.amount
        and may_be_divided(whole)
        and not part.flow.in_summary
        and grounds.decision_of(part) == grounds.decision_of(whole)
        and party_of(a.funder) == party_of(b.funder)
        and a.kind not in {FlowKind.MATCH, FlowKind.CARRY_FORWARD}
        and bool(a.years)
        and set(a.years) <= set(b.years)
        and (not b.programmes or programme_ids(part) <= programme_ids(whole))
    )
