"""Measure how far two people who labelled the same documents agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.labels.compare import Slot
from ingest.labels.names import NameComparison
from ingest.labels.records import FlowLabel, LabelSet


@dataclass(frozen=True, slots=True)
class Agreement:
    """For one document: how many rows either person requires, and on how many of them both agree."""

    document: str
    required: int  #: rows that one of the two, or both, require
    both: int  #: of those: both state the amount
    years: int  #: of those that both state: a reading of the years in common
    slots: tuple[tuple[Slot, int], ...]  #: of those that both state: a value in common
    whole: int  #: of those that both state: years and every slot in common

    def agreeing(self, slot: Slot) -> int:
        """Return the number of rows for which both people accept a common value of the slot."""
        return dict(self.slots)[slot]


def agreement_of(one: LabelSet, other: LabelSet, names: NameComparison) -> tuple[Agreement, ...]:
    """Return the agreement for each document that both people labelled, in the order of the first set."""
    others = {document.key: document.rows for document in other.documents}
    return tuple(
        _agreement(document.key, document.rows, others[document.key], names)
        for document in one.documents
        if document.key in others
    )


def added_up(parts: Sequence[Agreement]) -> Agreement:
    """Return the agreement over several documents together."""
    return Agreement(
        "all",
        required=sum(part.required for part in parts),
        both=sum(part.both for part in parts),
        years=sum(part.years for part in parts),
        slots=tuple((slot, sum(part.agreeing(slot) for part in parts)) for slot in Slot),
        whole=sum(part.whole for part in parts),
    )


def _agreement(
    document: str, rows: Sequence[FlowLabel], others: Sequence[FlowLabel], names: NameComparison
) -> Agreement:
    left = list(others)
    pairs: list[tuple[FlowLabel, FlowLabel]] = []
    alone = 0
    for row in sorted(rows, key=lambda each: not each.is_required):
        fitting = [other for other in left if other.amount == row.amount]
        best = max(fitting, key=lambda other: (other.is_required, _likeness(row, other, names)), default=None)
        if best is None:
            alone += row.is_required
        elif row.is_required or best.is_required:
            left.remove(best)
            pairs.append((row, best))
    alone += sum(other.is_required for other in left)
    years = [_years_agree(*pair) for pair in pairs]
    slots = {slot: [_slot_agrees(*pair, slot, names) for pair in pairs] for slot in Slot}
    return Agreement(
        document,
        required=len(pairs) + alone,
        both=len(pairs),
        years=sum(years),
        slots=tuple((slot, sum(agreeing)) for slot, agreeing in slots.items()),
        whole=sum(all(each) for each in zip(years, *slots.values(), strict=True)),
    )


def _likeness(row: FlowLabel, other: FlowLabel, names: NameComparison) -> int:
    return _years_agree(row, other) + sum(_slot_agrees(row, other, slot, names) for slot in Slot)


def _years_agree(row: FlowLabel, other: FlowLabel) -> bool:
    return any(years in other.years for years in row.years)


def _slot_agrees(row: FlowLabel, other: FlowLabel, slot: Slot, names: NameComparison) -> bool:
    """Return True if the two rows accept a common value of the slot."""
    one, two = getattr(row, slot), getattr(other, slot)
    return any(names.agrees(option, two) for option in one) or any(names.agrees(option, one) for option in two)
