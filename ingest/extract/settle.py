"""Drafts to flows: the same money said twice becomes one flow, sums of flows become totals, what is open is filled."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model import Basis, Entity, FlowKind, FlowLink, FlowRelation, FlowStatus, FundingFlow, StatedTotal
from ingest.extract.drafts import Draft, Origin
from ingest.extract.scope import Scope

_ROUNDING = Decimal("0.03")  #: a rounded figure is no further than this from what it rounds
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
    kept = _merged(sorted(drafts, key=lambda draft: -draft.origin))
    _inherit_from_wholes(kept)
    kept.extend(_taken_in(scope, kept))
    _sum_up_lists(kept)
    totals, flows = _parted(kept)
    for draft in (*flows, *totals):
        _fill_from_scope(scope, draft)
    flows = _merged(flows)
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


def same_amount(one: Draft, other: Draft) -> bool:
    """Return whether two figures say one sum: equal, or one is the other rounded as it is printed."""
    if one.amount == other.amount:
        return True
    low, high = sorted((one, other), key=lambda draft: _precision(draft.amount))
    step = Decimal(10) ** _precision(high.amount)
    if high.basis is not Basis.ROUNDED and abs(one.amount - other.amount) >= 1:
        return False
    if high.basis is not Basis.ROUNDED:
        return abs(low.amount - high.amount) < 1
    return abs(low.amount - high.amount) < min(step, max(low.amount, high.amount) * _ROUNDING)


def _precision(amount: Decimal) -> int:
    """The power of ten of the last digit that is not nought: 3 for 286000, -2 for 10.25."""
    digits = amount.normalize().as_tuple()
    return int(digits.exponent)


def _compatible(one: Draft, other: Draft) -> bool:
    def agree(a: object, b: object) -> bool:
        return a is None or b is None or a == () or b == () or a == b

    if one.whole is other or other.whole is one:
        return False
    years = agree(one.years, other.years) or set(one.years) <= set(other.years) or set(other.years) <= set(one.years)
    if one.years != other.years and one.years and other.years and not one.is_total and not other.is_total:
        years = years and one.origin is not other.origin
    kinds = FlowKind.CARRY_FORWARD not in (one.kind, other.kind) or one.kind is other.kind
    envelope = (
        (one.kind is FlowKind.ENVELOPE) == (other.kind is FlowKind.ENVELOPE)
        or one.funder is None
        or other.funder is None
    )
    return (
        years
        and kinds
        and envelope
        and agree(one.funder, other.funder)
        and (agree(one.recipient, other.recipient) or _are_kin(one, other))
        and not (one.recipient_words and other.recipient)
        and not (other.recipient_words and one.recipient and one.origin is Origin.TABLE)
        and (agree(one.programmes, other.programmes) or bool(set(one.programmes) & set(other.programmes)))
    )


def _are_kin(one: Draft, other: Draft) -> bool:
    """Return whether two payees are one body and its part, by the registry or by name ("X Council Youth Service")."""
    if one.recipient is None or other.recipient is None:
        return False
    names = sorted((one.recipient.name, other.recipient.name), key=len)
    return one.recipient.id in other.kin or names[1].startswith(names[0] + " ")


def _merged(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft for each sum that is said several times; rows of one table are never one sum."""
    kept: list[Draft] = []
    for draft in drafts:
        twins = [other for other in kept if _is_twin(other, draft)]
        twin = next((other for other in twins if _compatible(other, draft)), twins[0] if twins else None)
        if twin is None:
            kept.append(draft)
            continue
        _absorb(twin, draft, [*kept])
    return kept


def _is_twin(kept: Draft, draft: Draft) -> bool:
    if kept.origin is Origin.TABLE and draft.origin is Origin.TABLE and kept.evidence[0] != draft.evidence[0]:
        return False
    if kept.evidence[0] == draft.evidence[0]:
        return False
    if (
        kept.is_total
        and kept.origin is Origin.TABLE
        and draft.recipient is not None
        and kept.recipient is None
        and not draft.is_total
    ):
        return False
    return same_amount(kept, draft) and (draft.is_reference or _compatible(kept, draft))


def _absorb(twin: Draft, draft: Draft, kept: Sequence[Draft]) -> None:
    if draft.is_reference and not _compatible(twin, draft):
        return
    if twin.basis is Basis.ROUNDED and draft.basis is not Basis.ROUNDED:
        twin.amount, twin.basis = draft.amount, draft.basis
    narrower = draft.years and twin.years and set(draft.years) < set(twin.years)
    twin.fill(draft)
    if narrower and draft.origin > Origin.BODY:
        twin.years = draft.years
    twin.is_total = twin.is_total and (draft.is_total or twin.origin is Origin.TABLE)
    twin.is_said_total = twin.is_said_total or draft.is_said_total
    if twin.kind is FlowKind.ALLOCATION and draft.kind is not FlowKind.ENVELOPE:
        twin.kind = draft.kind
    if draft.kind is FlowKind.MATCH and twin.kind is not FlowKind.CARRY_FORWARD and twin.recipient is None:
        twin.kind = FlowKind.MATCH
    if (
        twin.status is FlowStatus.APPROVED
        and draft.status is FlowStatus.PROVISIONAL
        and (twin.origin is not Origin.TABLE or draft.years == twin.years)
    ):
        twin.status = draft.status
    if twin.whole is None and draft.whole is not None and draft.whole is not twin:
        twin.whole = draft.whole
    for other in kept:
        if other.whole is draft:
            other.whole = twin if other is not twin else None


def _inherit_from_wholes(drafts: Sequence[Draft]) -> None:
    """Parts that add up to another sum of the document have its parties and programme, where theirs are open."""
    for draft in drafts:
        if draft.whole is not None:
            root = _root(draft.whole, drafts)
            draft.whole = root if root is not draft else None
    for siblings in _siblings(drafts):
        total = sum((draft.amount for draft in siblings), Decimal(0))
        whole = next(
            (
                draft
                for draft in drafts
                if draft not in siblings and abs(draft.amount - total) < 1 and _may_be_whole(draft, siblings)
            ),
            None,
        )
        if whole is None:
            continue
        for draft in siblings:
            draft.whole = whole
    for draft in drafts:
        if draft.whole is not None:
            whole = draft.whole
            whole.parts.append(draft)
            draft.recipient = draft.recipient or (whole.recipient if not draft.recipient_words else None)
            if draft.funder is None:
                draft.funder = whole.funder
            draft.fund = draft.fund or whole.fund
            draft.years = draft.years or whole.years
            if not draft.programmes and not draft.programmes_settled:
                draft.programmes, draft.programmes_settled = whole.programmes, whole.programmes_settled
            if draft.kind is FlowKind.ALLOCATION and draft.recipient is not None:
                draft.kind = FlowKind.GRANT


def _sum_up_lists(drafts: Sequence[Draft]) -> None:
    """A sum that neighbouring recommendations add up to is their total; they keep their own parties and years."""
    listed = sorted(
        (draft for draft in drafts if draft.origin is Origin.RECOMMENDATION), key=lambda draft: draft.evidence[0].start
    )
    for low, high in itertools.combinations(range(len(listed) + 1), 2):
        run = listed[low:high]
        if len(run) < 2 or len({draft.evidence[0].locator for draft in run}) < len(run):
            continue
        total = sum((draft.amount for draft in run), Decimal(0))
        for whole in drafts:
            if whole not in run and abs(whole.amount - total) < 1 and not whole.parts and _may_be_whole(whole, run):
                whole.parts.extend(run)


def _may_be_whole(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Return whether no part names other parties than the sum does: what is paid out is no part of what came in."""
    return all(
        (part.funder is None or whole.funder is None or part.funder == whole.funder)
        and (part.recipient is None or whole.recipient is None or part.recipient == whole.recipient)
        and not (part.recipient is not None and whole.recipient is None and whole.origin is Origin.TABLE)
        for part in parts
    )


def _taken_in(scope: Scope, drafts: Sequence[Draft]) -> list[Draft]:
    """Money that is only said to be passed on came in first: parts of a sum taken in, or the only word of it."""
    passed = [draft for draft in drafts if draft.source_of_money is not None and draft.recipient != scope.body]
    made: list[Draft] = []
    for giver in dict.fromkeys(draft.source_of_money for draft in passed):
        own = [
            draft
            for draft in passed
            if draft.source_of_money == giver and not (draft.parts and any(part in passed for part in draft.parts))
        ]
        taken = [draft for draft in drafts if draft.funder == giver and draft.recipient == scope.body]
        whole = next(
            (draft for draft in taken if abs(draft.amount - sum((one.amount for one in own), Decimal(0))) < 1), None
        )
        if (taken and whole is None) or (whole is not None and len(own) < 2):
            continue
        for draft in own:
            part = replace(
                draft,
                funder=giver,
                recipient=scope.body,
                recipient_words="",
                kind=FlowKind.GRANT,
                source_of_money=None,
                evidence=list(draft.evidence),
                parts=[],
                whole=whole,
                is_total=False,
            )
            if whole is not None:
                part.years = part.years or whole.years
                draft.years = draft.years or whole.years
                whole.parts.append(part)
            made.append(part)
    return made


def _root(whole: Draft, drafts: Sequence[Draft]) -> Draft:
    return next((draft for draft in drafts if draft is whole), None) or next(
        (draft for draft in drafts if draft.amount == whole.amount), whole
    )


def _siblings(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Groups of two or more sums that stand in one sentence."""
    prose = [draft for draft in drafts if draft.origin is not Origin.TABLE]
    groups = [
        [draft for draft in group if draft.status is not FlowStatus.CONTEXT]
        for _, group in itertools.groupby(
            sorted(prose, key=lambda draft: draft.evidence[0].start), key=lambda draft: draft.evidence[0].start
        )
    ]
    return [group for group in groups if len(group) > 1]


def _parted(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Totals and flows apart: a sum whose parts make it up is a total, and so is one that the text only costs."""
    totals: list[Draft] = []
    flows: list[Draft] = []
    has_rows = sum(draft.origin is Origin.TABLE and not draft.is_total for draft in drafts) > 1
    for draft in drafts:
        parts = [part for part in draft.parts if part in drafts]
        made_up = len(parts) > 1 and abs(sum((part.amount for part in parts), Decimal(0)) - draft.amount) < 1
        summed_up = draft.is_said_total and has_rows
        (totals if draft.is_total or made_up or summed_up else flows).append(draft)
    return totals, flows


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
        draft.years = scope.years
    if draft.funder is None and draft.recipient not in (None, scope.body) and draft.kind is FlowKind.GRANT:
        draft.funder = scope.body
    if not draft.programmes and not draft.programmes_settled and draft.status is not FlowStatus.CONTEXT:
        draft.programmes = scope.programmes
    draft.place = draft.place or scope.place
    is_own = scope.fund is None or scope.giver_of(scope.fund) in (None, scope.body)
    if draft.fund is None and draft.funder == scope.body and (is_own or draft.kind in (FlowKind.GRANT, FlowKind.ALLOCATION)):
        draft.fund = scope.fund
    if (
        draft.fund is None
        and draft.funder is not None
        and scope.fund is not None
        and scope.giver_of(scope.fund) == draft.funder
    ):
        draft.fund = scope.fund


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
    for draft in flows:
        own = made[id(draft)]
        whole = draft.whole
        if whole is not None and id(whole) in made and whole is not draft:
            yield FlowRelation(own.id, FlowLink.PART_OF, made[id(whole)].id)
        for other in flows:
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
    """Return whether the body pays on what it takes in: its award out of a sum that came to it."""
    body: Entity | None = paid.funder
    return (
        body is not None
        and taken.recipient == body
        and taken.funder not in (None, body)
        and paid.kind in (FlowKind.GRANT, FlowKind.ALLOCATION, FlowKind.OWN_COST)
        and paid.status not in _UNCOUNTED
        and taken.status not in _UNCOUNTED
        and (not paid.years or not taken.years or bool(set(paid.years) & set(taken.years)))
        and (not paid.programmes or not taken.programmes or bool(set(paid.programmes) & set(taken.programmes)))
        and taken.kind is not FlowKind.BID
    )
