"""Finds the approved sum that each published record speaks of: by reference, by equal sum, or by parties and years.

A record goes to one sum at most. If several sums fit, it goes to none, and is listed as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial

from graph.lists import is_list
from graph.model import FlowKind, FlowStatus
from graph.parse.references import find_references, reference_key
from graph.published.record import PublishedKind, PublishedRecord
from graph.published.registers import once_in_registers
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

_NEAR = Decimal("0.9")  #: of an approved sum
_GIVEN = (FlowKind.GRANT, FlowKind.SUB_GRANT)


class Ground(StrEnum):
    """The reason why a record was set beside a sum; the values are shown to people."""

    REFERENCE = "it names the decision"
    SUM = "the same parties and sum"
    YEARS = "the same parties and years"


@dataclass(frozen=True, slots=True)
class Match:
    """A published record that speaks of an approved sum, and how that is known."""

    record: PublishedRecord
    ground: Ground


@dataclass(frozen=True, slots=True)
class Matches:
    """All published records, each beside the approved sum it speaks of, or by itself."""

    by_flow: Mapping[str, tuple[Match, ...]]  #: by the flow's IRI, earliest first
    open: tuple[PublishedRecord, ...]  #: several sums would do
    alone: tuple[PublishedRecord, ...]  #: no approved sum fits
    again: int = 0  #: how many records state again what another one states, in its own or in another register


def match_published(
    records: Iterable[PublishedRecord], flows: Iterable[StatedFlow], heads: Mapping[str, DecisionHead]
) -> Matches:
    """Set published records beside the approved sums of decisions.

    Args:
        records: In any order; a record that is stated twice, or a contract that two registers publish, is taken once.
        flows: All flows of a build.
        heads: The decisions, by file name; rows of lists are no decisions.
    """
    stated = sorted(records, key=_order)
    unique = once_in_registers({record.key: record for record in stated}.values())
    approved = _Approved(flow for flow in flows if _is_approved(flow, heads))
    keys = {name: _keys_of(head) for name, head in heads.items()}
    found: dict[str, list[Match]] = defaultdict(list)
    waiting = list(unique)
    rules: dict[Ground, Callable[[PublishedRecord], list[StatedFlow]]] = {
        Ground.REFERENCE: partial(approved.by_reference, keys=keys),
        Ground.SUM: approved.by_sum,
        Ground.YEARS: approved.by_years,
    }
    for ground, fits in rules.items():
        rest = []
        for record in waiting:
            flow = _the_one(fits(record), taken=found if ground is Ground.SUM else {}, kind=record.kind)
            if flow is None:
                rest.append(record)
            else:
                found[flow.iri].append(Match(record, ground))
        waiting = rest
    opened = [record for record in waiting if approved.by_sum(record) or approved.by_years(record)]
    by_flow = {iri: tuple(sorted(each, key=lambda match: _order(match.record))) for iri, each in found.items()}
    alone = tuple(record for record in waiting if record not in opened)
    return Matches(by_flow, tuple(opened), alone, again=len(stated) - len(unique))


def _order(record: PublishedRecord) -> tuple[str, ...]:
    return record.date, record.kind, record.id, record.document, record.locator


def _is_approved(stated: StatedFlow, heads: Mapping[str, DecisionHead]) -> bool:
    head, flow = heads.get(stated.document), stated.flow
    is_given = flow.status is FlowStatus.APPROVED and flow.kind in _GIVEN and flow.recipient is not None
    return is_given and head is not None and not is_list(head.record_type)


def _keys_of(head: DecisionHead) -> str:
    return reference_key(head.reference) if head.reference else ""


def _the_one(
    flows: Sequence[StatedFlow], *, taken: Mapping[str, Sequence[Match]], kind: PublishedKind
) -> StatedFlow | None:
    """Return the only fitting flow among those without a record of this kind yet; None if none or several fit."""
    free = [flow for flow in flows if all(match.record.kind is not kind for match in taken.get(flow.iri, ()))]
    return free[0] if len(free) == 1 else None


class _Approved:
    """Approved sums, looked up by payee."""

    def __init__(self, flows: Iterable[StatedFlow]) -> None:
        self._by_payee: dict[str, list[StatedFlow]] = defaultdict(list)
        for stated in flows:
            if stated.flow.recipient is not None:
                self._by_payee[stated.flow.recipient.id].append(stated)

    def by_reference(self, record: PublishedRecord, keys: Mapping[str, str]) -> list[StatedFlow]:
        """Return the sums to the record's payee in the decision that the record names.

        Of several such sums, those with the record's amount or years are returned.
        """
        named = {mention.key for mention in find_references(f"{record.id} {record.title} {record.words}")}
        found = [flow for flow in self._to(record) if keys.get(flow.document) in named - {""}]
        return _narrowed(found, (lambda flow: flow.flow.amount == record.amount, lambda flow: _share(flow, record)))

    def by_sum(self, record: PublishedRecord) -> list[StatedFlow]:
        """Return the sums that have the record's parties and amount, and no other years."""
        return [
            flow for flow in self._between(record)
            if flow.flow.amount == record.amount and (_share(flow, record) or not flow.flow.years or not record.years)
        ]  # fmt: skip

    def by_years(self, record: PublishedRecord) -> list[StatedFlow]:
        """Return the sums that have the record's parties and years.

        For a payment, which may be an instalment, these are sums that are not less; a grant or contract must have
        nearly the same amount.
        """
        least = Decimal() if record.kind is PublishedKind.PAYMENT else _NEAR
        return [
            flow for flow in self._between(record)
            if _share(flow, record) and flow.flow.amount * least <= record.amount <= flow.flow.amount
        ]  # fmt: skip

    def _to(self, record: PublishedRecord) -> list[StatedFlow]:
        same = [flow for flow in self._by_payee[record.payee_id] if flow.flow.currency == record.currency]
        return same if record.payee_id else []

    def _between(self, record: PublishedRecord) -> list[StatedFlow]:
        return [
            flow for flow in self._to(record)
            if record.payer_id and flow.flow.funder is not None and flow.flow.funder.id == record.payer_id
        ]  # fmt: skip


def _narrowed(flows: list[StatedFlow], conditions: Iterable[Callable[[StatedFlow], bool]]) -> list[StatedFlow]:
    for condition in conditions:
        if len(flows) > 1:
            flows = [flow for flow in flows if condition(flow)] or flows
    return flows


def _share(stated: StatedFlow, record: PublishedRecord) -> bool:
    """Return True if a record's years lie within those of a sum."""
    return bool(record.years) and set(record.years) <= set(stated.flow.years)


def total(matches: Iterable[Match], kind: PublishedKind) -> Decimal:
    """Return the total of the records of one kind; it is only shown beside a sum, never added to one."""
    return sum((match.record.amount for match in matches if match.record.kind is kind), Decimal())
