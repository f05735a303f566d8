"""Compare the flows read from a document with its labels: found, right, missing, extra and overstated.

A sum is found if its amount and years agree with a required row. It is right if payer, payee, programme, status and, if
the label names one, fund agree too. A row that is not required may be reported or not. Money labelled as context is
overstated if it is reported as approved, provisional or proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ingest.labels.names import NameComparison
from ingest.labels.records import Accepted, FlowLabel, Years
from ingest.labels.years import years_between

Flow = Mapping[str, Any]  #: one flow in the shape of `extract --json`
_CLAIMS = ("approved", "provisional", "proposed")
_PENNY = Decimal("0.01")


class Slot(StrEnum):
    """A field of a flow that is compared with labels."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    PROGRAMME = "programme"
    STATUS = "status"
    FUND = "fund"


@dataclass(frozen=True, slots=True)
class Pair:
    """A reported flow with the required row that it matches."""

    flow: Flow
    row: FlowLabel
    wrong: tuple[Slot, ...]  #: the slots in which they differ

    @property
    def is_right(self) -> bool:
        """True if every slot agrees."""
        return not self.wrong


@dataclass(frozen=True, slots=True)
class FlowComparison:
    """The result of comparing the flows of one document with its labels."""

    found: tuple[Pair, ...]
    extra: tuple[Flow, ...]  #: reported flows that match no row
    overstated: tuple[tuple[Flow, FlowLabel], ...]  #: context that was reported as a flow
    missing: tuple[FlowLabel, ...]  #: required rows that were not reported
    allowed: tuple[tuple[Flow, FlowLabel], ...]  #: matched rows that are not required
    required: int

    @property
    def reported(self) -> int:
        """The number of reported flows that count, found, extra or overstated."""
        return len(self.found) + len(self.extra) + len(self.overstated)

    @property
    def is_right(self) -> bool:
        """True if the document was read without an error."""
        return not (self.missing or self.extra or self.overstated) and all(pair.is_right for pair in self.found)


def compare_flows(flows: Iterable[Flow], rows: Sequence[FlowLabel], names: NameComparison) -> FlowComparison:
    """Return the comparison of reported flows with the label rows of their document.

    Flows without an amount are ignored. Each flow in turn takes the best row: context for context, required rows first,
    then the row with most equal parties.
    """
    left = list(rows)
    found: list[Pair] = []
    extra: list[Flow] = []
    overstated: list[tuple[Flow, FlowLabel]] = []
    allowed: list[tuple[Flow, FlowLabel]] = []
    for flow in flows:
        if flow.get("amount") in (None, ""):
            continue
        row = _best_row(flow, left, names)
        if row is None:
            extra.append(flow)
            continue
        left.remove(row)
        if row.is_required:
            found.append(Pair(flow, row, _wrong_slots(flow, row, names)))
        elif _is_overstated(flow, row):
            overstated.append((flow, row))
        else:
            allowed.append((flow, row))
    return FlowComparison(
        found=tuple(found),
        extra=tuple(extra),
        overstated=tuple(overstated),
        missing=tuple(row for row in left if row.is_required),
        allowed=tuple(allowed),
        required=sum(row.is_required for row in rows),
    )


def years_of(flow: Flow) -> Years:
    """Return the financial years that a reported flow covers."""
    said = flow.get("year") or flow.get("years") or ""
    return tuple(said) if isinstance(said, list) else years_between(said)


def slot_agrees(flow: Flow, row: FlowLabel, slot: Slot, names: NameComparison) -> bool:
    """Return True if the row accepts the flow's value of the slot."""
    accepted: Accepted = getattr(row, slot)
    return names.agrees(flow.get(slot), accepted)


def _best_row(flow: Flow, rows: Sequence[FlowLabel], names: NameComparison) -> FlowLabel | None:
    amount, years = Decimal(str(flow["amount"])), set(years_of(flow))
    fitting = [
        row
        for row in rows
        if abs(row.amount - amount) < _PENNY and (not row.is_required or any(years == set(own) for own in row.years))
    ]

    def distance(row: FlowLabel) -> tuple[bool, bool, int]:
        parties = (Slot.FUNDER, Slot.RECIPIENT, Slot.PROGRAMME, Slot.STATUS)
        agreeing = sum(slot_agrees(flow, row, slot, names) for slot in parties)
        return (flow.get("status") == "context") != ("context" in row.status), not row.is_required, -agreeing

    return min(fitting, key=distance, default=None)


def _wrong_slots(flow: Flow, row: FlowLabel, names: NameComparison) -> tuple[Slot, ...]:
    return tuple(
        slot
        for slot in Slot
        if not (slot is Slot.FUND and row.fund == ("",)) and not slot_agrees(flow, row, slot, names)
    )


def _is_overstated(flow: Flow, row: FlowLabel) -> bool:
    status = flow.get("status")
    return "context" in row.status and status in _CLAIMS and status not in row.status
