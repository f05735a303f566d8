"""Money for a role that was still to be filled when it was decided, and the later award to whoever filled it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason
from graph.counting.likeness import grouped, party_of, programme_ids, total
from graph.model import FlowKind
from graph.stated.flows import StatedFlow

#: how much of a role's money an award must be at least to be the award of that role
_AT_LEAST = Decimal("0.75")
_PAID = {FlowKind.GRANT, FlowKind.ALLOCATION}


@dataclass(frozen=True, slots=True)
class _Role:
    """The flows that one decision holds ready for one role and one programme, over all its years."""

    rows: tuple[StatedFlow, ...]

    @property
    def years(self) -> set[str]:
        """The financial years of the flows."""
        return {year for row in self.rows for year in row.flow.years}

    @property
    def amount(self) -> Decimal:
        """The sum of the flows, in pounds."""
        return total(self.rows)


def filled_roles(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out the flows for "a provider (to be procured)" that a later award takes the place of.

    The award goes to a named organisation, from the same funder, for a shared programme, within the years of the role,
    and comes to most of the role's sum but no more. Nothing is left out if two organisations fit a role, or if one
    award could fill two roles of a decision.
    """
    roles_held = _open_roles(flows, grounds)
    if not roles_held:
        return []
    awards = [stated for stated in flows if _is_award(stated)]
    near = grouped(awards, lambda s: party_of(s.flow.funder))
    fits = [
        (role, award)
        for role in roles_held
        for award in near.get(party_of(role.rows[0].flow.funder), ())
        if _fills(award, role, grounds)
    ]
    payees = {role: {award.flow.recipient for other, award in fits if other == role} for role, _ in fits}
    roles = Counter((grounds.decision_of(role.rows[0]), award.iri) for role, award in fits)
    sure = [
        (role, award)
        for role, award in fits
        if len(payees[role]) == 1 and roles[grounds.decision_of(role.rows[0]), award.iri] == 1
    ]
    awarded = {role: (award.iri, payee.name) for role, award in sure if (payee := award.flow.recipient) is not None}
    return [LeftOut(row, Reason.FILLED, iri, payee) for role, (iri, payee) in awarded.items() for row in role.rows]


def _open_roles(flows: Iterable[StatedFlow], grounds: Grounds) -> list[_Role]:
    """The rows of each role together: a table gives one sum for each year."""
    rows = [s for s in flows if s.flow.awaits_payee and s.flow.recipient is None and s.flow.years]
    same = grouped(
        rows,
        lambda s: (
            grounds.decision_of(s),
            s.flow.recipient_words,
            party_of(s.flow.funder),
            programme_ids(s),
            s.flow.fund,
        ),
    )
    return [_Role(tuple(together)) for together in same.values()]


def _is_award(stated: StatedFlow) -> bool:
    flow = stated.flow
    return bool(flow.recipient and flow.funder and flow.years) and flow.kind in _PAID and flow.recipient != flow.funder


def _fills(award: StatedFlow, role: _Role, grounds: Grounds) -> bool:
    first = role.rows[0]
    return (
        grounds.decision_of(award) != grounds.decision_of(first)
        and bool(programme_ids(award) & programme_ids(first))
        and set(award.flow.years) <= role.years
        and not _is_paid_beside(award, first, grounds)
        and role.amount * _AT_LEAST <= award.flow.amount <= role.amount
    )


def _is_paid_beside(award: StatedFlow, role: StatedFlow, grounds: Grounds) -> bool:
    """Whether the decision that leaves the role open pays the awarded organisation by name: for something else."""
    return any(
        party_of(stated.flow.recipient) == party_of(award.flow.recipient)
        and bool(programme_ids(stated) & programme_ids(role))
        for stated in grounds.flows.get(role.document, ())
    )
