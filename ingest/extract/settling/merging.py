"""The same money said several times: which statements are one sum, and what comes of joining them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.model import Basis, FlowKind, FlowStatus
from ingest.extract.drafts import Draft, Origin

_ROUNDING = Decimal("0.03")  #: a rounded figure is no further than this from what it rounds


def same_amount(one: Draft, other: Draft) -> bool:
    """Return whether two figures say one sum: equal, or one is the other rounded as it is printed."""
    if one.amount == other.amount:
        return True
    apart = abs(one.amount - other.amount)
    is_rounded = Basis.ROUNDED in (one.basis, other.basis)
    if apart >= 1 and (not is_rounded or apart >= _ROUNDING * max(one.amount, other.amount)):
        return False  # told at once: a document's sums are compared each with each
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
    if one.list_key is not None and one.list_key == other.list_key:
        return False
    if not _is_distinctive(one.amount) and one.origin is other.origin and (one.recipient is None) != (other.recipient is None):  # noqa: E501
        return False  # a party that was not read is not an unknown party
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


def _is_distinctive(amount: Decimal) -> bool:
    """Return True if two awards are unlikely to have the same sum by chance."""
    return amount >= 100_000 or len(str(int(amount)).rstrip("0")) > 3


def _are_kin(one: Draft, other: Draft) -> bool:
    """Return whether two payees are one body and its part, by the registry or by name ("X Council Youth Service")."""
    if one.recipient is None or other.recipient is None:
        return False
    names = sorted((one.recipient.name, other.recipient.name), key=len)
    return one.recipient.id in other.kin or names[1].startswith(names[0] + " ")


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft for each sum that is said several times; rows of one table are never one sum."""
    kept: list[Draft] = []
    prose: list[Draft] = []  #: those of the kept that a row of a table can say again
    for draft in drafts:
        candidates = prose if draft.origin is Origin.TABLE else kept
        twins = [other for other in candidates if _is_twin(other, draft)]
        twin = next((other for other in twins if _compatible(other, draft)), twins[0] if twins else None)
        if twin is None:
            kept.append(draft)
            if draft.origin is not Origin.TABLE:
                prose.append(draft)
            continue
        _absorb(twin, draft, [*kept])
    return kept


def _is_twin(kept: Draft, draft: Draft) -> bool:
    if not same_amount(kept, draft) or kept.evidence[0] == draft.evidence[0]:
        return False
    if (
        kept.is_total
        and kept.origin is Origin.TABLE
        and draft.recipient is not None
        and kept.recipient is None
        and not draft.is_total
    ):
        return False
    return draft.is_reference or _compatible(kept, draft)


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
