"""Sums of tables as drafts, for as long as sentences are read by rules as well."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import FlowKind
from ingest.extract.account.sums import Said, Sum
from ingest.extract.drafts import Draft


def drafts_of_tables(sums: Sequence[Sum]) -> list[Draft]:
    """Return a draft for each sum of tables and of labelled lines, in order."""
    drafts: list[Draft] = []
    whole: tuple[str, Draft] | None = None
    for one in sums:
        draft = _draft(one)
        drafts.append(draft)
        if Said.PART in one.said and whole is not None and whole[0] == one.spot.series:
            draft.whole = whole[1]
        elif Said.TOTAL not in one.said and (whole is None or one.spot.sentence != whole[1].evidence[0].start):
            whole = one.spot.series, draft
    return drafts


def _draft(one: Sum) -> Draft:
    pair = one.parties.value
    gets = pair.payee is not None or bool(one.recipient_words)
    return Draft(
        amount=one.amount,
        evidence=[one.spot.evidence],
        origin=one.spot.origin,
        basis=one.basis,
        years=one.years.value,
        years_settled=not one.fallback.years,
        funder=pair.payer,
        recipient=pair.payee,
        recipient_words=one.recipient_words,
        programmes=one.programmes.value,
        programmes_settled=bool(one.programmes.value) or not one.fallback.programmes,
        place=one.place,
        fund=one.fund.value,
        kind=one.kind or (FlowKind.GRANT if gets else FlowKind.ALLOCATION),
        status=one.status.value,
        purpose=one.purpose,
        per_year=one.per_year,
        is_total=Said.TOTAL in one.said,
        label=one.label,
    )
