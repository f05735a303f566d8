"""Find the same money in several decisions: what a later decision restates, pays out of, or takes a part of.

A judgement joins two flows (or awards) of two documents and gives its reason. Judgements have a graph of their own:
they never rewrite what a document says, and they are made again from all records whenever a build changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from graph.columns.next_build import Parts, cited_keys, judgements_of
from graph.lists import is_list
from graph.model import Basis, FlowKind, FlowLink, FlowStatus, Record
from graph.parse.references import reference_key
from graph.rdf.judgements import Judgement, judgement_triples
from graph.rdf.triples import Triple
from ingest.reconcile_awards import Tied, reconcile_awards
from ingest.reconcile_candidates import NEAR, Candidates, Held
from ingest.reconcile_lists import reconcile_lists

_OUT = (FlowKind.GRANT, FlowKind.ALLOCATION)
_ROUNDED = Decimal("0.01")  #: how far the one may be rounded
_ROUND = 100  #: pounds: a sum in whole hundreds may be given twice, another rarely is
_NEW_MONEY = re.compile(r"\b(?:additional|further|extra|uplift|increase|more|on top of)\b", re.I)
_APART = (FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED, FlowStatus.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The judgements on all records together, by the key of what each was concluded from.

    A key names a body ("body/mopac"), a document with awards ("award/notice.md") or two parties ("parties/a/b").
    """

    parts: Parts

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements."""
        return tuple(judgements_of(self.parts))

    @property
    def triples(self) -> list[Triple]:
        """The judgements as triples between flows and awards."""
        return judgement_triples(self.judgements)


def reconcile(records: Sequence[Record]) -> Reconciliation:
    """Return judgements on which flows of different documents are the same money.

    The order of records does not matter.
    """
    ordered = sorted(records, key=lambda record: record.document)
    cited = {record.document: cited_keys(record) for record in ordered}
    parts = {**reconcile_bodies(ordered, cited), **reconcile_awards_of(ordered, cited), **reconcile_lists(ordered)}
    return Reconciliation({key: found for key, found in parts.items() if found})


def reconcile_bodies(records: Sequence[Record], cited: Mapping[str, frozenset[str]]) -> Parts:
    """Return the judgements on the flows of each body that has one of some records.

    Args:
        records: All records of these bodies, in the order of their documents.
        cited: By document, the keys of the decisions that it names.
    """
    by_body: dict[str, list[Held]] = defaultdict(list)
    for record in records:
        if record.decision.body is not None and not is_list(record.decision.record_type):
            about = _key(record), cited[record.document]
            held = (Held(record, flow, *about) for flow in record.flows if flow.status not in _APART)
            by_body[record.decision.body.id].extend(held)
    found: dict[str, Sequence[Judgement]] = {}
    for body, flows in by_body.items():
        judged: dict[tuple[str, str], Judgement] = {}
        _judge(flows, judged)
        found[body_key(body)] = tuple(judged.values())
    return found


def reconcile_awards_of(records: Sequence[Record], cited: Mapping[str, frozenset[str]]) -> Parts:
    """Return the judgements on awards without a sum, by the document that has them.

    Args:
        records: All records, or those of some documents and of all that are tied to them, in order.
        cited: By document, the keys of the decisions that it names.
    """
    found: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in reconcile_awards(records, *_tied(records, cited)):
        found[award_key(judgement.subject[0])].append(judgement)
    return found


def body_key(body: str) -> str:
    """Return the key of what is concluded about the flows of a body, given by its id."""
    return f"body/{body}"


def award_key(document: str) -> str:
    """Return the key of what is concluded about the awards of a document."""
    return f"award/{document}"


def _judge(flows: Sequence[Held], judged: dict[tuple[str, str], Judgement]) -> None:
    """Add, for each flow of a body, the first judgement that joins it with another."""
    candidates = Candidates(flows)
    for one in flows:
        for other in candidates.of(one):
            if one.record is other.record or one.key in judged:
                continue
            found = _judged(one, other)
            if found is not None and not _points_back(found, judged):
                judged[one.key] = found
                break  # the first one stands


def _tied(records: Sequence[Record], cited: Mapping[str, frozenset[str]]) -> tuple[Tied, Tied]:
    """Return two maps from a document to others: those tied by a citation or one decision; those of one decision."""
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if _key(record):
            by_key[_key(record)].append(record)
    tied: dict[str, set[str]] = defaultdict(set)
    same: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for other in by_key[_key(record)] if _key(record) else ():
            if other is not record and _is_one_decision(record, other):
                same[record.document].add(other.document)
                tied[record.document].add(other.document)
        for key in cited[record.document]:
            for other in by_key.get(key, ()):
                if other is not record and other.decision.body == record.decision.body:
                    tied[record.document].add(other.document)
                    tied[other.document].add(record.document)
    return {d: frozenset(o) for d, o in tied.items()}, {d: frozenset(o) for d, o in same.items()}


def _points_back(found: Judgement, judged: dict[tuple[str, str], Judgement]) -> bool:
    """Return True if the other flow is already judged, over any number of steps, to be inside this flow."""
    at: tuple[str, str] | None = found.object
    while at is not None and at in judged:
        at = judged[at].object
        if at == found.subject:
            return True
    return False


def _judged(one: Held, other: Held) -> Judgement | None:
    for link, rule, reason in (
        (FlowLink.RESTATES, _restates, "the same parties, years and amount in a second record"),
        (FlowLink.RESTATES, _is_round_figure, "another record's round figure for a commitment that a decision states"),
        (FlowLink.CONTRADICTS, _is_other_figure, "another record's figure for a commitment that a decision states"),
        (FlowLink.RESTATES, _is_same_grant, "the same grant to the body, from one fund and for the same years"),
        (FlowLink.PART_OF, _is_share_of_income, "part of the sum that the cited decision accepted"),
        (FlowLink.PART_OF, _is_share_of_match, "out of match funding already approved"),
        (
            FlowLink.PART_OF,
            _is_paid_out_of,
            "paid out of a sum that an earlier decision awards to parties it leaves open",
        ),
    ):
        if rule(one, other):
            return Judgement(one.key, link, other.key, reason)
    return None


def _key(record: Record) -> str:
    return _key_of(record.decision.reference or "")


@cache
def _key_of(reference: str) -> str:
    return reference_key(reference)


def _is_one_decision(one: Record, other: Record) -> bool:
    return bool(_key(one)) and _key(one) == _key(other) and one.decision.signed in (None, other.decision.signed)


def _restates(one: Held, other: Held) -> bool:
    """Return True if a record repeats a flow of another record of the same decision, or of a decision that it cites."""
    is_one = _is_one_decision(one.record, other.record)
    if is_one and one.record.document < other.record.document:
        return False  # one of the two records stands for both
    named = other.reference in one.cited or one.reference in other.cited
    if not is_one and not named:
        return False
    if len(one.flow.programmes) == 1 and len(other.flow.programmes) != 1:
        return False  # the statement for one programme stands; the one for several together restates it
    return (
        one.flow.amount == other.flow.amount
        and one.flow.funder == other.flow.funder
        and one.flow.recipient == other.flow.recipient
        and _agree(one.years, other.years)
        and _agree_in_part(one.programmes, other.programmes)
        and (one.flow.kind is FlowKind.CARRY_FORWARD) == (other.flow.kind is FlowKind.CARRY_FORWARD)
    )


def _is_round_figure(one: Held, other: Held) -> bool:
    """Return True if a record repeats a flow with its figure rounded."""
    near = abs(one.flow.amount - other.flow.amount) <= max(one.flow.amount, other.flow.amount) * _ROUNDED
    return (near or one.flow.basis is Basis.ROUNDED) and _is_other_figure(one, other)


def _is_other_figure(one: Held, other: Held) -> bool:
    """Return True if a web page or news item gives a similar figure, with no year, for a decision's money."""
    return (
        one.is_report
        and not other.is_report
        and not one.flow.years
        and one.flow.funder is not None
        and one.flow.funder == other.flow.funder
        and one.flow.recipient == other.flow.recipient
        and len(one.flow.programmes) == 1
        and one.flow.programmes == other.flow.programmes
        and abs(one.flow.amount - other.flow.amount) <= max(one.flow.amount, other.flow.amount) * NEAR
    )


def _is_same_grant(one: Held, other: Held) -> bool:
    """Return True if two decisions name one grant to the body: equal to the penny, of one fund and the same years.

    Each may go on to say what it is used for, so programmes tell nothing. A round sum may be granted twice.
    """
    return (
        one.is_received
        and other.is_received
        and one.flow.amount == other.flow.amount
        and one.flow.amount % _ROUND != 0
        and one.flow.funder == other.flow.funder
        and one.flow.fund is not None
        and one.flow.fund == other.flow.fund
        and bool(one.years)
        and one.years == other.years
        and other.record.document < one.record.document
    )


def _is_share_of_income(one: Held, other: Held) -> bool:
    """Return True if a flow from a giver to the body lies inside a larger sum that the cited decision accepted."""
    return (
        other.reference in one.cited
        and one.is_income
        and other.is_income
        and one.flow.funder == other.flow.funder
        and one.flow.amount < other.flow.amount
        and _within(one.years, other.years)
        and any(programme.verified for programme in one.flow.programmes)
        and _covers(other, one)
        and not any(_NEW_MONEY.search(evidence.quote) for evidence in one.flow.evidence)
    )


def _is_share_of_match(one: Held, other: Held) -> bool:
    """Return True for a smaller match for the same programme and years: the larger one was approved for the whole."""
    return (
        one.flow.kind is FlowKind.MATCH is other.flow.kind
        and one.flow.funder is not None
        and one.flow.funder == other.flow.funder
        and one.flow.amount < other.flow.amount
        and bool(one.flow.years)
        and _within(one.years, other.years)
        and len(one.flow.years) <= len(other.flow.years)
        and bool(one.flow.programmes)
        and _covers(other, one)
        and bool(other.flow.programmes)
    )


def _is_paid_out_of(one: Held, other: Held) -> bool:
    """Return True if an award to a named payee lies inside an award of the same body and programme without payees."""
    return (
        one.flow.kind in _OUT
        and other.flow.kind is FlowKind.GRANT
        and one.flow.recipient is not None
        and other.flow.recipient is None
        and one.flow.funder is not None
        and one.flow.funder == other.flow.funder == one.record.decision.body
        and one.flow.amount <= other.flow.amount
        and bool(one.flow.years)
        and _within(one.years, other.years)
        and bool(one.flow.programmes)
        and bool(other.flow.programmes)
        and _covers(other, one)
        and (other.reference in one.cited or _is_later(one.record, other.record))
    )


def _is_later(one: Record, other: Record) -> bool:
    """Return True if a decision follows another: by signature date, else by the number at the end of one series."""
    if one.decision.signed and other.decision.signed:
        return one.decision.signed >= other.decision.signed
    numbers = [_series(record) for record in (one, other)]
    return (
        numbers[0] is not None
        and numbers[1] is not None
        and numbers[0][0] == numbers[1][0]
        and numbers[0][1] > numbers[1][1]
    )


def _series(record: Record) -> tuple[str, int] | None:
    prefix, _, number = _key(record).rpartition(" ")
    return (prefix, int(number)) if number.isdigit() else None


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or not one or not other


def _agree_in_part(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or not one or not other


def _within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    return inner <= outer if outer else not inner


def _covers(wide: Held, narrow: Held) -> bool:
    """Return True if a flow's purpose includes that of another.

    A flow without a named programme covers any programme.
    """
    return not wide.programmes or narrow.programmes <= wide.programmes
