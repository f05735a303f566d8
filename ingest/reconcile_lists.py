"""Match rows of published lists with the same money in other documents.

A row that stands in two lists is one payment. A row of a list of awards that has the parties, sum and years of a
decision's award is that award. Payments by a body to a recipient of its award for the same year are counted as paid out
of the award, up to its amount, so that a decision and the payments that carry it out are counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.columns.next_build import Parts
from graph.lists import AWARDS, PAYMENTS, is_list
from graph.model import Entity, FlowKind, FlowLink, FlowStatus, FundingFlow, Record
from graph.parse.dates import find_dates
from graph.rdf.judgements import Judgement

_APART = (FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED, FlowStatus.SUPERSEDED)
_PAID = (FlowKind.GRANT, FlowKind.SUB_GRANT)
ROW_AGAIN = "the same row in another list"
AWARD_AGAIN = "the parties, sum and years of an award that another document states"
PAYMENT_OF_AWARD = "a payment to the payee of an award that another document states for the same year"


@dataclass(frozen=True, slots=True)
class _Held:
    """A flow to a named recipient, with its record."""

    record: Record
    flow: FundingFlow

    @property
    def key(self) -> tuple[str, str]:
        return self.record.document, self.flow.id

    @property
    def parties(self) -> tuple[str, str]:
        funder, recipient = self.flow.funder, self.flow.recipient
        return funder.id if funder else "", recipient.id if recipient else ""


def reconcile_lists(records: Sequence[Record]) -> Parts:
    """Return a judgement for each list row whose money another document states too; each row is judged at most once.

    Args:
        records: All records of a build, in order; the statement of an earlier record is kept.

    Returns:
        The judgements by the key of the two parties.
    """
    by_parties: dict[tuple[str, str], list[_Held]] = defaultdict(list)
    for record in records:
        for flow in record.flows:
            if is_given(flow):
                one = _Held(record, flow)
                by_parties[one.parties].append(one)
    found = {}
    for parties, held in by_parties.items():
        rows = [one for one in held if is_list(one.record.decision.record_type)]
        if rows:
            found[parties_key(*parties)] = tuple(_judged(held, rows))
    return found


def parties_key(funder: str, recipient: str) -> str:
    """Return the key of what is concluded about the rows of lists that one organisation paid to another."""
    return f"parties/{funder}/{recipient}"


def _judged(held: Sequence[_Held], rows: Sequence[_Held]) -> Iterator[Judgement]:
    told: set[tuple[str, str]] = set()
    for judgements in (_rows_again(rows), _awards_again(held, told), _payments(held, told)):
        for judgement in judgements:
            told.add(judgement.subject)
            yield judgement


def is_given(flow: FundingFlow) -> bool:
    """Return True if money goes from one named organisation to another."""
    return flow.status not in _APART and flow.kind in _PAID and flow.funder is not None and flow.recipient is not None


def _rows_again(rows: Sequence[_Held]) -> Iterator[Judgement]:
    """Yield rows that repeat a row of an earlier list word by word; payments only if they have a date."""
    found: dict[tuple[object, ...], dict[str, list[_Held]]] = defaultdict(lambda: defaultdict(list))
    for one in rows:
        words = " ".join(one.flow.evidence[0].quote.split())
        if one.record.decision.record_type == AWARDS or find_dates(words):
            found[words, one.flow.amount, frozenset(one.flow.years)][one.record.document].append(one)
    for by_document in found.values():
        first, *others = by_document.values()
        for other in others:
            for one, again in zip(first, other, strict=False):
                yield Judgement(again.key, FlowLink.RESTATES, one.key, ROW_AGAIN)


def _awards_again(held: Sequence[_Held], told: set[tuple[str, str]]) -> Iterator[Judgement]:
    """Yield rows of award lists that state an award of a decision or of an earlier list."""
    stated: dict[tuple[object, ...], list[_Held]] = defaultdict(list)
    for one in held:
        if one.record.decision.record_type not in (AWARDS, PAYMENTS):
            stated[one.parties, one.flow.amount].append(one)
    taken: set[tuple[tuple[str, str], str]] = set()  # an award, and the list of which a row states it
    for row in held:
        if row.record.decision.record_type != AWARDS or row.key in told:
            continue
        same = stated[row.parties, row.flow.amount]
        for award in same:
            document = row.record.document
            if award.record.document != document and (award.key, document) not in taken and _may_be_one(row, award):
                taken.add((award.key, document))
                yield Judgement(row.key, FlowLink.RESTATES, award.key, AWARD_AGAIN)
                break
        else:
            same.append(row)


def _may_be_one(row: _Held, award: _Held) -> bool:
    """Return True if neither years, programme, fund nor purpose distinguish two equal awards."""
    one, other = row.flow, award.flow
    both_lists = award.record.decision.record_type == AWARDS
    if both_lists and (not one.years or one.purpose.casefold() != other.purpose.casefold()):
        return False
    agree = one.years == other.years or not one.years or not other.years
    return agree and _share(one, other)


def _payments(held: Sequence[_Held], told: set[tuple[str, str]]) -> Iterator[Judgement]:
    """Yield payments that are paid out of an award, up to the award's amount; payments of the exact sum come first."""
    awards: dict[tuple[str, str], list[_Held]] = defaultdict(list)
    payments: dict[tuple[str, str], list[_Held]] = defaultdict(list)
    for one in held:
        if one.key not in told and one.flow.years:
            side = payments if one.record.decision.record_type == PAYMENTS else awards
            side[one.parties].append(one)
    for parties, paid in payments.items():
        known = sorted(awards[parties], key=lambda award: (len(award.flow.years), -award.flow.amount))
        left = {award.key: award.flow.amount for award in known}
        for payment in sorted(paid, key=lambda one: one.flow.amount not in left.values()):
            award = _award_of(payment, known, left)
            if award is not None:
                left[award.key] -= payment.flow.amount
                yield Judgement(payment.key, FlowLink.PART_OF, award.key, PAYMENT_OF_AWARD)


def _award_of(payment: _Held, awards: Sequence[_Held], left: dict[tuple[str, str], Decimal]) -> _Held | None:
    """Return the award that a payment is paid out of: one of the same sum, else the first with enough money left."""
    fitting = [
        award
        for award in awards
        if set(payment.flow.years) <= set(award.flow.years)
        and left[award.key] >= payment.flow.amount
        and _share(payment.flow, award.flow)
    ]
    equal = [award for award in fitting if left[award.key] == payment.flow.amount]
    return next(iter([*equal, *fitting]), None)


def _share(one: FundingFlow, other: FundingFlow) -> bool:
    """Return True if two flows may be for the same thing: where both name a programme or fund, it is the same."""
    programmes = _ids(one.programmes) & _ids(other.programmes) or not one.programmes or not other.programmes
    funds = one.fund is None or other.fund is None or one.fund.id == other.fund.id
    return bool(programmes) and funds


def _ids(programmes: Sequence[Entity]) -> set[str]:
    return {programme.id for programme in programmes}
