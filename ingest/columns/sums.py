"""Decide between several columns of sums: which is the money that moves, and which repeat it or hold other money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.columns.drafting import DraftColumn
from ingest.columns.values import sum_of
from ingest.document import Row

_LOOKED_AT = 200  #: rows
_MOSTLY = 0.9


def settle_sums(columns: Sequence[DraftColumn], rows: Sequence[Row]) -> None:
    """Choose the sum columns to count: net before gross, awarded before requested or paid, years before their total.

    A column set by a person stays. Of two columns for the same years only one counts, or the money would count twice.
    """
    _settle_vat(columns)
    _settle_yearly(columns)
    _settle_stages(columns)
    _settle_totals(columns, rows)
    _settle_rivals(columns)
    for column in columns:
        if column.sense in ("vat", "other sum"):
            column.leave_out("this is other money than what is paid or awarded" if column.sense == "other sum" else
                             "tax, not part of the sum")  # fmt: skip


def _of(columns: Sequence[DraftColumn], *senses: str) -> list[DraftColumn]:
    return [column for column in columns if column.sense in senses]


def _settle_vat(columns: Sequence[DraftColumn]) -> None:
    """Count the net sum; the gross sum only if there is no net one."""
    net, gross = _of(columns, "net"), _of(columns, "gross")
    plain = [column for column in _of(columns, "amount") if not column.years]
    if net:
        for column in [*gross, *(each for each in plain if not each.is_set)]:
            column.leave_out(f"“{net[0].heading}” is the sum without tax and counts")
    elif plain:
        for column in gross:
            column.leave_out(f"“{plain[0].heading}” counts")
    for column in [*net, *_of(columns, "gross")]:
        column.sense = "amount"


def _settle_yearly(columns: Sequence[DraftColumn]) -> None:
    """Count a contract's sum for all years; without one, count the yearly sum and mark it as yearly."""
    whole = [column for column in _of(columns, "amount") if not column.years]
    for column in _of(columns, "yearly sum"):
        if whole:
            column.leave_out(f"“{whole[0].heading}” is the sum of all years and counts")
        else:
            column.sense, column.per_year = "amount", True
            column.reasons.append("it is the sum of each year")


def _settle_stages(columns: Sequence[DraftColumn]) -> None:
    """Count the awarded sum; without one, the paid or the requested sum."""
    awarded, paid = _of(columns, "amount"), _of(columns, "paid")
    for column in paid:
        if awarded:
            column.leave_out(f"“{awarded[0].heading}” is the sum awarded and counts")
        else:
            column.sense = "amount"


def _settle_totals(columns: Sequence[DraftColumn], rows: Sequence[Row]) -> None:
    """Mark a sum without a year as the total of the sums beside it; leave it out beside a single yearly sum."""
    amounts = _of(columns, "amount")
    of_years = [column for column in amounts if column.years]
    for column in amounts:
        others = [other for other in amounts if other is not column and other.sense == "amount"]
        if column.is_set or column.years:
            continue
        if of_years and not (len(of_years) > 1 or _adds_up(column, of_years, rows)):
            column.leave_out(f"“{of_years[0].heading}” says its year and counts")
        elif of_years or (len(others) > 1 and _adds_up(column, others, rows)):
            column.sense = "row total"
            column.reasons.append("it is the total of the sums beside it")
    if not _of(columns, "amount"):
        for column in _of(columns, "row total"):
            column.sense = "amount"


def _adds_up(total: DraftColumn, parts: Sequence[DraftColumn], rows: Sequence[Row]) -> bool:
    """Return True if a column's figure is the sum of the other columns' figures in nearly every row."""
    looked_at = right = 0
    for row in rows[:_LOOKED_AT]:
        said = _sum(row, total)
        if said:
            looked_at += 1
            right += abs(sum((_sum(row, part) for part in parts), Decimal(0)) - said) < 1
    return looked_at > 1 and right >= looked_at * _MOSTLY


def _sum(row: Row, column: DraftColumn) -> Decimal:
    found = sum_of(row.cells[column.index].text) if column.index < len(row.cells) else None
    return found.amount if found else Decimal(0)


def _settle_rivals(columns: Sequence[DraftColumn]) -> None:
    """Count one of several sums for the same years: the one set by a person, else the surest, else the first."""
    by_years: dict[tuple[str, ...], list[DraftColumn]] = {}
    for column in _of(columns, "amount"):
        by_years.setdefault(column.years, []).append(column)
    for rivals in by_years.values():
        chosen = [column for column in rivals if column.is_set] or [max(rivals, key=lambda each: each.confidence)]
        for column in rivals:
            if column not in chosen:
                column.leave_out(f"“{chosen[0].heading}” is the sum that counts")
                chosen[0].confidence = min(chosen[0].confidence, 1.0 if chosen[0].is_set else 0.75)
