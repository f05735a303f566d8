"""Checks of tables: columns against their sub-totals and totals, rows against their total column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Check, Evidence, Verdict
from graph.parse.money import find_money, parse_amount
from graph.parse.years import parse_year
from ingest.document import Block, Document, Row
from ingest.extract.checks.figures import compare, place, sum_message

_TOTAL = re.compile(r"\btotals?\b|^all\s+\w+$|^sum$", re.IGNORECASE)
_PLAIN_TOTAL = re.compile(r"^\W*(?:the\s+)?(?:grand\s+|overall\s+|project\s+)?totals?\b", re.IGNORECASE)
_SUB_TOTAL = re.compile(r"\bsub[\s-]*totals?\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"^\W*(?:of which|including|comprising|made up of)\b", re.IGNORECASE)
_MONEY_HEADING = re.compile(
    r"£|\b(?:amount|cost|total|budget|funding|grant|allocation|award|value|spend|sum)", re.IGNORECASE
)
_NO_MONEY_HEADING = re.compile(r"%|\b(?:number|no\.|cases|people|fte|months|posts|referrals|date|ref)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with a sum: its amount, its row, and the words beside it."""

    amount: Decimal
    row: Row
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column of sums."""

    index: int
    heading: str
    years: tuple[str, ...]
    entries: tuple[Entry, ...]  #: body rows with an amount, in order

    @property
    def is_total(self) -> bool:
        """True if the column adds up the others."""
        return bool(_TOTAL.search(self.heading))


def money_columns(table: Block) -> list[Column]:
    """Return the columns that hold sums, in pounds; figures under "£000" are multiplied."""
    width = max((len(row.cells) for row in (*table.header, *table.rows)), default=0)
    headings = [" ".join(row.cells[i].text for row in table.header if i < len(row.cells)).strip() for i in range(width)]
    grids = {i: [_amount(row, i, headings[i], _unit(headings[i])) for row in table.rows] for i in range(width)}
    money = [i for i, grid in grids.items() if any(amount is not None for amount in grid)]
    columns = []
    for i in money:
        entries = tuple(
            Entry(amount, row, _label(row, money))
            for row, amount in zip(table.rows, grids[i], strict=True)
            if amount is not None
        )
        columns.append(Column(i, headings[i], parse_year(headings[i]), entries))
    return columns


def table_checks(document: Document, table: Block, *, partial: bool) -> list[Check]:
    """Return the checks of one table's totals."""
    columns = money_columns(table)
    checks = [check for column in columns for check in _column_checks(document, table, column, partial)]
    return checks + _row_checks(document, table, columns)


def grand_totals(columns: Sequence[Column]) -> list[Entry]:
    """Return the last plain total of each column that has one."""
    found = []
    for column in columns:
        totals = [entry for entry in column.entries if _is_total(entry) and not _SUB_TOTAL.search(entry.label)]
        found.extend(totals[-1:])
    return found


def details(column: Column) -> list[Entry]:
    """Return the entries that are neither totals nor parts of the row above."""
    return [entry for entry in column.entries if not _is_total(entry) and not _OF_WHICH.match(entry.label)]


def row_evidence(document: Document, row: Row) -> Evidence:
    """Return a table's row as evidence."""
    return Evidence(row.locator, document.text[row.start : row.end], row.page, row.start, row.end)


def _column_checks(document: Document, table: Block, column: Column, partial: bool) -> list[Check]:
    checks: list[Check] = []
    loose: list[Entry] = []
    subtotals: list[Entry] = []
    for entry in column.entries:
        if _OF_WHICH.match(entry.label):
            continue
        if not _is_total(entry):
            loose.append(entry)
            continue
        sub = bool(_SUB_TOTAL.search(entry.label))
        runs = [loose] if sub else [subtotals + loose, loose]
        check = _best(
            document, column, entry, runs, plain=_is_plain(entry), partial=partial or _has_open_cells(table, column)
        )
        checks += [check] if check else []
        if sub:
            subtotals.append(entry)
            loose = []
        elif _is_plain(entry):
            loose, subtotals = [], []
    return checks + _implicit_total(document, column, loose) + _parts_of_rows(document, column)


def _best(
    document: Document, column: Column, total: Entry, runs: Sequence[list[Entry]], *, plain: bool, partial: bool
) -> Check | None:
    """Return the best check of a total against the runs of rows above it; a conflict only for a row called a total."""
    tails = [run[start:] for run in runs[-1:] for start in range(1, len(run) - 1)]
    ranked = []
    for run in [*runs, *([] if plain else tails)]:
        if len(run) > 1:
            added = sum((entry.amount for entry in run), Decimal(0))
            ranked.append((abs(added - total.amount), added, run))
    if not ranked:
        return None
    _, added, run = min(ranked, key=lambda one: one[0])
    verdict = compare(total.amount, added)
    if verdict is Verdict.CONFLICT:
        if not plain or (partial and added < total.amount):
            return None
        added, run = ranked[0][1], ranked[0][2]
    return _sum_check(document, column, total, run, added, verdict)


def _sum_check(
    document: Document, column: Column, total: Entry, run: Sequence[Entry], added: Decimal, verdict: Verdict
) -> Check:
    sums = all(_is_total(entry) for entry in run)
    heading = f" of “{column.heading}”" if column.heading else ""
    what = f"The {len(run)} {'sub-totals' if sums else 'rows'}{heading}"
    figures = tuple(entry.amount for entry in run) + ((added,) if added != total.amount else ()) + (total.amount,)
    evidence = (row_evidence(document, total.row), *(row_evidence(document, entry.row) for entry in run))
    return Check(verdict, figures, sum_message(what, added, total.amount, place(total.row.locator)), evidence, "sum")


def _implicit_total(document: Document, column: Column, loose: Sequence[Entry]) -> list[Check]:
    """Return a check for a last row that equals the sum of all rows above it, whatever its label."""
    if len(loose) < 4:
        return []
    *run, last = loose
    added = sum((entry.amount for entry in run), Decimal(0))
    return [_sum_check(document, column, last, run, added, Verdict.CONSISTENT)] if added == last.amount else []


def _parts_of_rows(document: Document, column: Column) -> list[Check]:
    """Return checks of rows that begin "of which" against the row above them."""
    checks: list[Check] = []
    parent: Entry | None = None
    parts: list[Entry] = []
    for entry in (*column.entries, None):
        if entry and _OF_WHICH.match(entry.label):
            parts.append(entry)
            continue
        if parent and len(parts) > 1:
            added = sum((part.amount for part in parts), Decimal(0))
            verdict = compare(parent.amount, added)
            if verdict is not Verdict.CONFLICT or added > parent.amount:
                checks.append(_sum_check(document, column, parent, parts, added, verdict))
        parent, parts = entry, []
    return checks


def _row_checks(document: Document, table: Block, columns: Sequence[Column]) -> list[Check]:
    """Return checks of each row's last total against the columns before it: one per conflict, one for all others."""
    totals = [column for column in columns if column.is_total]
    if not totals or len(columns) < 3:
        return []
    last = totals[-1]
    left = [column for column in columns if column.index < last.index]
    faults: list[Check] = []
    right: list[Entry] = []
    for entry in last.entries:
        cells = [(column, one.amount) for column in left for one in column.entries if one.row is entry.row]
        plain = [amount for column, amount in cells if not column.is_total]
        every = [amount for _, amount in cells]
        runs = [run for run in (plain, every) if len(run) > 1]
        if not runs:
            continue
        run = min(runs, key=lambda amounts: abs(sum(amounts, Decimal(0)) - entry.amount))
        added = sum(run, Decimal(0))
        verdict = compare(entry.amount, added)
        if verdict is Verdict.CONSISTENT:
            right.append(entry)
        elif verdict is Verdict.ROUNDING or (len(totals) == 1 and all(column.years for column in left)):
            message = sum_message(
                f"The figures of the row “{entry.label}”", added, entry.amount, place(entry.row.locator)
            )
            figures = (*run, added, entry.amount)
            faults.append(Check(verdict, figures, message, (row_evidence(document, entry.row),), "sum"))
    if right:
        figures = tuple(entry.amount for entry in right)
        evidence = tuple(row_evidence(document, entry.row) for entry in right)
        message = f"{len(right)} rows of {place(table.locator)} add up to the figures in “{last.heading}”."
        faults.append(Check(Verdict.CONSISTENT, figures, message, evidence, "sum"))
    return faults


def _has_open_cells(table: Block, column: Column) -> bool:
    """Return True if some row leaves its amount open ("TBC", "extended")."""
    cells = [row.cells[column.index].text for row in table.rows if column.index < len(row.cells)]
    return any(re.search(r"[A-Za-z]{2}", cell) and not re.search(r"\d", cell) for cell in cells)


def _is_total(entry: Entry) -> bool:
    return bool(_TOTAL.search(entry.label))


def _is_plain(entry: Entry) -> bool:
    return bool(_PLAIN_TOTAL.match(entry.label) or _SUB_TOTAL.search(entry.label))


def _label(row: Row, money: Sequence[int]) -> str:
    return " ".join(cell.text for i, cell in enumerate(row.cells) if i not in money and cell.text).strip()


def _unit(heading: str) -> int:
    if re.search(r"£\s?['’]?0?00s?\b|£k\b|\(000s?\)|thousands", heading, re.IGNORECASE):
        return 1000
    return 10**6 if re.search(r"£\s?m\b|millions", heading, re.IGNORECASE) else 1


def _amount(row: Row, index: int, heading: str, unit: int) -> Decimal | None:
    if index >= len(row.cells):
        return None
    cell = row.cells[index].text
    if "£" in cell:
        mentions = find_money(cell)
        alone = len(mentions) == 1 and not mentions[0].per_year and len(cell) - len(mentions[0].text) < 12
        return parse_amount(cell, unit=unit) or (mentions[0].amount if alone else None)
    if _NO_MONEY_HEADING.search(heading) or not (_MONEY_HEADING.search(heading) or parse_year(heading)):
        return None
    return parse_amount(cell, unit=unit) if not re.fullmatch(r"(?:19|20)\d\d", cell.strip()) else None
