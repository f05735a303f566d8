"""Repeated money in one workbook: a summary by payee, or a sheet of all months beside a sheet for each month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.columns.mapping import Role
from ingest.columns.phrases import Tokens, tokens_of
from ingest.columns.rows import RowSum, RowTotal, TableRows

_MOSTLY = Decimal("0.9")  #: share of a summary's rows that must be the totals of other sheets
_CLOSE = Decimal(1)  #: pounds


def without_summaries(tables: Sequence[TableRows]) -> list[TableRows]:
    """Return the tables; the sums of a table that only adds up another table by payee are turned into totals.

    A table of single payments or awards has dates or references; a summary has neither.
    """
    again = {id(one) for one, _ in said_again(tables)}
    by_payee: dict[Tokens, list[RowSum]] = defaultdict(list)
    for table in tables:
        for one in table.sums if _is_detail(table) else ():
            if id(one) not in again:
                by_payee[tokens_of(one.payee)].append(one)
    return [_as_summary(table, by_payee) if _is_summary(table, by_payee) else table for table in tables]


def said_again(tables: Sequence[TableRows]) -> list[tuple[RowSum, RowSum]]:
    """Return pairs of rows: a row that repeats a row of an earlier table, and that earlier row.

    Two rows repeat each other if payee, sum, date, reference and purpose are equal.
    """
    seen: dict[tuple[object, ...], dict[int, list[RowSum]]] = defaultdict(lambda: defaultdict(list))
    for number, table in enumerate(tables):
        for one in table.sums:
            if one.date:
                seen[tokens_of(one.payee), one.amount, one.date, one.reference, one.purpose][number].append(one)
    pairs: list[tuple[RowSum, RowSum]] = []
    for by_table in seen.values():
        first, *others = by_table.values()
        pairs += [(again, one) for other in others for one, again in zip(first, other, strict=False)]
    return pairs


def _is_detail(table: TableRows) -> bool:
    return bool(table.mapping.of(Role.DATE, Role.REFERENCE, Role.START))


def _is_summary(table: TableRows, by_payee: dict[Tokens, list[RowSum]]) -> bool:
    if _is_detail(table) or len(table.sums) < 2:
        return False
    right = sum(1 for one in table.sums if _parts_of(one, by_payee))
    return right >= len(table.sums) * _MOSTLY


def _parts_of(whole: RowSum, by_payee: dict[Tokens, list[RowSum]]) -> tuple[RowSum, ...]:
    """Return the sums of other tables that a row adds up; none if they add up to another sum."""
    parts = by_payee.get(tokens_of(whole.payee), [])
    of_years = [one for one in parts if whole.years and set(one.years) <= set(whole.years)]
    for chosen in (parts, of_years):
        if chosen and abs(sum((one.amount for one in chosen), Decimal(0)) - whole.amount) < _CLOSE:
            return tuple(chosen)
    return ()


def _as_summary(table: TableRows, by_payee: dict[Tokens, list[RowSum]]) -> TableRows:
    totals = []
    for one in table.sums:
        parts = _parts_of(one, by_payee)
        added = sum((part.amount for part in parts), Decimal(0))
        totals.append(RowTotal(one.row, one.column, one.amount, one.payee, parts, added, len(parts), is_below=False))
    return replace(table, sums=(), totals=(*totals, *table.totals))
