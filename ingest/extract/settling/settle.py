"""Drafts to flows: the same money said twice becomes one flow, sums of flows become totals, what is open is filled."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Entity, FlowKind, FlowLink, FlowRelation, FlowStatus, FundingFlow, StatedTotal
from ingest.extract.drafts import Draft, Origin
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import years_that_fit
from ingest.extract.settling.lone_costs import fill_lone_award, priced_flows
from ingest.extract.settling.merging import merged
from ingest.extract.settling.wholes import inherit_from_wholes, parted, sum_up_lists, taken_in

_NO_NEW_MONEY = (FlowKind.CARRY_FORWARD, FlowKind.ENVELOPE)  #: listed last
_UNCOUNTED = (FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a document's figures come to."""

    flows: tuple[FundingFlow, ...]
    relations: tuple[FlowRelation, ...]
    totals: tuple[StatedTotal, ...]


def settle(scope: Scope, drafts: Sequence[Draft]) -> Settled:
    """Return flows, their relations and the stated totals; every figure of the drafts is in one of them."""
    for draft in drafts:
        draft.kin = scope.kin_of(draft.recipient)
    kept = merged(sorted(drafts, key=lambda draft: -draft.origin))
    inherit_from_wholes(kept)
    kept.extend(taken_in(scope, kept))
    sum_up_lists(kept)
    totals, flows = parted(kept)
    priced = priced_flows(scope, totals, flows)
    totals, flows = [total for total in totals if total not in priced], [*flows, *priced]
    for draft in (*flows, *totals):
        _fill_from_scope(scope, draft)
    flows = merged(flows)
    fill_lone_award(scope, flows)
    _mark_replaced(flows)
    flows.sort(key=lambda draft: draft.kind in _NO_NEW_MONEY)
    made: dict[int, FundingFlow] = {}
    used: set[str] = set()
    for draft in flows:
        made[id(draft)] = _flow(scope, draft, used)
    return Settled(
        flows=tuple(made.values()),
        relations=tuple(_relations(flows, made)),
        totals=tuple(_total(scope, draft, made, used) for draft in totals),
    )


def _fill_from_scope(scope: Scope, draft: Draft) -> None:
    if draft.fund is None and draft.funder is not None and draft.funder != scope.body:
        draft.fund = scope.fund_of_giver(draft.funder, draft.programmes)
    if (
        not draft.years
        and draft.fund is not None
        and draft.funder == scope.giver_of(draft.fund)
        and draft.funder != scope.body
    ):
        draft.years = scope.years_of_fund(draft.fund)
    if not draft.years and draft.status is not FlowStatus.CONTEXT and not draft.years_settled:
        own_words = draft.label if draft.origin is not Origin.TABLE else ""
        draft.years = years_that_fit(scope.years, own_words)
    is_paid = draft.recipient not in (None, scope.body) and draft.kind in (FlowKind.GRANT, FlowKind.ALLOCATION)
    if draft.funder is None and (is_paid or _is_of_the_body(draft)):
        draft.funder = scope.body
        draft.kind = FlowKind.GRANT if is_paid else draft.kind
    if not draft.programmes and not draft.programmes_settled and draft.status is not FlowStatus.CONTEXT:
        draft.programmes = scope.programmes
    draft.place = draft.place or scope.place
    is_own = scope.fund is None or scope.giver_of(scope.fund) in (None, scope.body)
    if (
        draft.fund is None
        and draft.funder == scope.body
        and (is_own or draft.kind in (FlowKind.GRANT, FlowKind.ALLOCATION))
    ):
        draft.fund = scope.fund
    if (
        draft.fund is None
        and draft.funder is not None
        and scope.fund is not None
        and scope.giver_of(scope.fund) == draft.funder
    ):
        draft.fund = scope.fund


def _is_of_the_body(draft: Draft) -> bool:
    """Return whether money that goes to nobody named, and comes from nobody spoken of, is what the body sets aside."""
    return (
        draft.names_nobody
        and draft.recipient is None
        and draft.kind in (FlowKind.ALLOCATION, FlowKind.GRANT)
        and draft.status is FlowStatus.APPROVED
        and draft.origin is not Origin.TABLE
    )


def _mark_replaced(flows: Sequence[Draft]) -> None:
    """In a decision that changes another, a recited row whose sum now goes to someone else is superseded."""
    new = [draft for draft in flows if draft.origin is Origin.RECOMMENDATION and draft.recipient is not None]
    for draft in flows:
        if draft.origin is not Origin.TABLE:
            continue
        for award in new:
            if (
                award.amount == draft.amount
                and award.funder == draft.funder
                and award.recipient != draft.recipient
                and _may_be_one_year(award, draft)
            ):
                draft.status = FlowStatus.SUPERSEDED
                award.years = award.years if set(award.years) <= set(draft.years) and award.years else draft.years
                for passed in flows:
                    if (
                        passed.kind is FlowKind.SUB_GRANT
                        and passed.funder == award.recipient
                        and passed.amount == award.amount
                    ):
                        passed.years = award.years
                break


def _may_be_one_year(one: Draft, other: Draft) -> bool:
    return not one.years or not other.years or bool(set(one.years) & set(other.years))


def _identity(draft: Draft, used: set[str]) -> str:
    first = draft.evidence[0]
    parties = (
        draft.funder.id if draft.funder else "",
        draft.recipient.id if draft.recipient else draft.recipient_words,
    )
    words = "|".join([first.locator, str(first.start), str(draft.amount), "/".join(draft.years), draft.kind, *parties])
    for turn in itertools.count():
        found = hashlib.sha256(f"{words}|{turn or ''}".encode()).hexdigest()[:12]
        if found not in used:
            used.add(found)
            return found
    raise AssertionError("unreachable")


def _flow(scope: Scope, draft: Draft, used: set[str]) -> FundingFlow:
    evidence = tuple(
        one
        if one.quote
        else type(one)(one.locator, scope.document.text[one.start : one.end], one.page, one.start, one.end)
        for one in draft.evidence
    )
    return FundingFlow(
        id=_identity(draft, used),
        funder=draft.funder,
        recipient=draft.recipient,
        recipient_words=draft.recipient_words,
        amount=draft.amount.quantize(Decimal("0.01")),
        basis=draft.basis,
        years=draft.years,
        programmes=draft.programmes,
        place=draft.place,
        fund=draft.fund,
        kind=draft.kind,
        status=draft.status,
        evidence=evidence,
        confidence=_confidence(draft),
        purpose=draft.purpose,
        per_year=draft.per_year,
    )


def _confidence(draft: Draft) -> float:
    score = {Origin.TABLE: 0.95, Origin.RECOMMENDATION: 0.95, Origin.SUMMARY: 0.85, Origin.BODY: 0.8}[draft.origin]
    score += 0.03 if len(draft.evidence) > 1 else 0.0
    score -= 0.1 if draft.funder is None else 0.0
    score -= 0.1 if draft.recipient is None and draft.kind is FlowKind.GRANT else 0.0
    score -= 0.1 if not draft.years else 0.0
    score -= 0.05 if not draft.programmes else 0.0
    return round(max(0.1, min(0.99, score)), 2)


def _total(scope: Scope, draft: Draft, made: dict[int, FundingFlow], used: set[str]) -> StatedTotal:
    flow = _flow(scope, draft, used)
    return StatedTotal(
        id=flow.id,
        amount=flow.amount,
        years=flow.years,
        programmes=flow.programmes,
        payer=flow.funder,
        label=draft.label[:300],
        parts=tuple(made[id(part)].id for part in draft.parts if id(part) in made),
        evidence=flow.evidence,
    )


def _relations(flows: Sequence[Draft], made: dict[int, FundingFlow]) -> Iterable[FlowRelation]:
    payers = {draft.funder for draft in flows if draft.funder is not None}
    targets = [
        draft
        for draft in flows
        if draft.recipient in payers or draft.kind is FlowKind.MATCH or draft.status is FlowStatus.SUPERSEDED
    ]
    for draft in flows:
        own = made[id(draft)]
        whole = draft.whole
        if whole is not None and id(whole) in made and whole is not draft:
            yield FlowRelation(own.id, FlowLink.PART_OF, made[id(whole)].id)
        for other in flows if draft.kind is FlowKind.CARRY_FORWARD else targets:
            if other is draft:
                continue
            theirs = made[id(other)]
            if (
                draft.kind is FlowKind.SUB_GRANT and other.recipient == draft.funder and other.amount == draft.amount
            ) or _passes_on(draft, other):
                yield FlowRelation(own.id, FlowLink.PASSES_ON, theirs.id)
            elif (
                other.status is FlowStatus.SUPERSEDED
                and draft.amount == other.amount
                and draft.status is FlowStatus.APPROVED
                and draft.funder == other.funder
                and draft.recipient != other.recipient
            ):
                yield FlowRelation(own.id, FlowLink.REPLACES, theirs.id)
            elif (
                draft.kind is FlowKind.CARRY_FORWARD
                and other.kind is not FlowKind.CARRY_FORWARD
                and other.status not in _UNCOUNTED
                and other.funder == draft.funder
                and set(draft.years) <= set(other.years)
                and other.amount >= draft.amount
                and other.recipient != draft.funder
            ):
                yield FlowRelation(own.id, FlowLink.CARRIED_FROM, theirs.id)


def _passes_on(paid: Draft, taken: Draft) -> bool:
    """Return whether the body pays on what it takes in, and what it puts beside it: an award out of award and match."""
    body: Entity | None = paid.funder
    is_income = taken.recipient == body and taken.funder not in (None, body)
    is_match = taken.kind is FlowKind.MATCH and taken.funder == body and taken.recipient is None
    return (
        body is not None
        and (is_income or is_match)
        and paid.kind in (FlowKind.GRANT, FlowKind.ALLOCATION, FlowKind.OWN_COST)
        and paid.status not in _UNCOUNTED
        and taken.status not in _UNCOUNTED
        and (not paid.years or not taken.years or bool(set(paid.years) & set(taken.years)))
        and (not paid.programmes or not taken.programmes or bool(set(paid.programmes) & set(taken.programmes)))
        and taken.kind is not FlowKind.BID
    )
