"""Readings to drafts of flows, for the account to settle."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import EntityKind, Evidence, FlowKind, FlowStatus
from ingest.extract.drafts import Draft
from ingest.extract.scope.document import Scope
from ingest.extract.slots.standing import Standing, cues_of
from ingest.extract.statements.readings import Reading, payees_of
from ingest.extract.words.lexicon import Lexicon


def drafts_of(readings: Sequence[Reading], scope: Scope, lexicon: Lexicon) -> list[Draft]:
    """Return a draft for each sum that is money of the decision or context of it."""
    found: list[Draft] = []
    for reading in readings:
        if reading.standing.value is Standing.NONE:
            continue
        found.extend(_drafts(reading, scope, lexicon))
    return found


def _drafts(reading: Reading, scope: Scope, lexicon: Lexicon) -> list[Draft]:
    statement, pair = reading.statement, reading.parties.value
    kind, status = _kind_and_status(reading, scope, lexicon)
    years = reading.years.value
    spans = [(year,) for year in years] if statement.money.per_year and len(years) > 1 else [years]
    payees = payees_of(reading)
    drafts: list[Draft] = []
    for payee in payees:
        for span in spans:
            drafts.append(
                Draft(
                    amount=statement.money.amount,
                    evidence=[_evidence(reading)],
                    origin=statement.origin,
                    basis=statement.money.basis,
                    years=span,
                    funder=pair.payer,
                    recipient=payee,
                    recipient_words="",
                    programmes=reading.programme.value,
                    programmes_settled=True,
                    fund=reading.fund.value,
                    kind=kind,
                    status=status,
                    per_year=statement.money.per_year,
                    years_settled=True,
                    label=statement.text,
                    list_key=statement.list_key,
                    confidence=reading.confidence,
                )
            )
    return drafts


def _evidence(reading: Reading) -> Evidence:
    return reading.statement.evidence


def _kind_and_status(reading: Reading, scope: Scope, lexicon: Lexicon) -> tuple[FlowKind, FlowStatus]:
    statement, pair = reading.statement, reading.parties.value
    cues = set(cues_of(statement, lexicon))
    if reading.standing.value is Standing.CONTEXT:
        return FlowKind.ENVELOPE, FlowStatus.CONTEXT
    is_ask = statement.governor is not None and statement.governor.verb_class == "ask"
    status = FlowStatus.APPROVED
    if "unsuccessful@sentence" in cues and (is_ask or "bid@before" in cues):
        return FlowKind.BID, FlowStatus.UNSUCCESSFUL
    if (is_ask or "bid@before" in cues) and "success@sentence" not in cues:
        return FlowKind.BID, FlowStatus.PROPOSED
    if "provisional@sentence" in cues:
        status = FlowStatus.PROVISIONAL
    if "match@before-near" in cues or "match@after-near" in cues:
        if pair.payee is None or pair.payee == scope.body:
            return FlowKind.MATCH, status
    if "own-cost@after-near" in cues and pair.payee is None:
        return FlowKind.OWN_COST, status
    if "carry@before" in cues or "carry@after" in cues:
        return FlowKind.CARRY_FORWARD, status
    paid = pair.payee is not None and pair.payee.kind is not EntityKind.FUND
    return (FlowKind.GRANT if paid else FlowKind.ALLOCATION), status
