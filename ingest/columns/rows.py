"""Read the rows of a mapped table: sums with their row's words; totals, refunds and incomplete rows are kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.model import Basis, FlowStatus
from ingest.columns.mapping import ColumnMapping, ColumnUse, Role
from ingest.columns.phrases import tokens_of
from ingest.columns.row_words import RowWords, load_row_words
from ingest.columns.values import Sum, date_of, is_calendar_year, sum_of, years_between, years_of
from ingest.document import Row

_LONGEST_PURPOSE = 300
_CLOSE = Decimal(1)  #: pounds


@dataclass(frozen=True, slots=True)
class RowSum:
    """One sum of a row with the row's other words; "" or () for what the row does not say."""

    row: Row
    column: ColumnUse
    amount: Decimal
    basis: Basis = Basis.EXACT
    per_year: bool = False
    is_bid: bool = False  #: it was asked for, not given
    payee: str = ""
    payee_id: str = ""
    payer: str = ""
    payer_id: str = ""
    years: tuple[str, ...] = ()
    programme: str = ""
    fund: str = ""
    place: str = ""
    purpose: str = ""
    group: str = ""  #: the row of words above, that heads several rows
    kind: str = ""  #: the words of the column that says what sort of payment it is
    date: str = ""  #: ISO
    reference: str = ""
    status: FlowStatus = FlowStatus.APPROVED


@dataclass(frozen=True, slots=True)
class RowTotal:
    """A total that a row states."""

    row: Row
    column: ColumnUse
    amount: Decimal
    label: str
    parts: tuple[RowSum, ...]  #: the sums that the total covers, as far as known
    added: Decimal  #: the sum of the parts and of the refunds among them
    rows: int  #: how many sums were added
    is_below: bool = True  #: the total stands below its parts; False: beside them, or on another sheet


@dataclass(frozen=True, slots=True)
class TableRows:
    """All that was read from the rows of one table."""

    mapping: ColumnMapping
    sums: tuple[RowSum, ...]
    totals: tuple[RowTotal, ...]
    refunds: tuple[tuple[Row, Decimal], ...]  #: sums below zero
    zeros: tuple[Row, ...]  #: rows whose sum is nothing
    without_payee: tuple[tuple[Row, Decimal], ...]  #: rows with a sum that name nobody and nothing it is for
    without_sum: tuple[Row, ...]  #: rows that name somebody and have no sum that can be read
    calendar_years: int = 0  #: rows whose year is "2024": which financial year that is, it doesn't say


@dataclass(slots=True)
class _Run:
    """The sums of a column since the last sub-total, and since the table's first row."""

    parts: list[RowSum] = field(default_factory=list)
    added: Decimal = Decimal(0)
    rows: int = 0

    def add(self, amount: Decimal, part: RowSum | None) -> None:
        self.added += amount
        self.rows += 1
        if part is not None:
            self.parts.append(part)


def read_rows(mapping: ColumnMapping, rows: Sequence[Row], *, unit: int = 1) -> TableRows:
    """Return the sums and totals of a table's rows.

    Figures are in units of `unit` pounds unless their heading differs.
    """
    reader = _Reader(mapping, unit)
    for row in rows:
        reader.read(row)
    return TableRows(
        mapping, tuple(reader.sums), tuple(reader.totals), tuple(reader.refunds), tuple(reader.zeros),
        tuple(reader.without_payee), tuple(reader.without_sum), reader.calendar_years,
    )  # fmt: skip


class _Reader:
    """Reads the rows of one table in order."""

    def __init__(self, mapping: ColumnMapping, unit: int) -> None:
        self.mapping, self.unit = mapping, unit
        self.words: RowWords = load_row_words()
        self.amounts = mapping.of(Role.AMOUNT)
        self.has_payee = mapping.one(Role.PAYEE) is not None
        self.sums: list[RowSum] = []
        self.totals: list[RowTotal] = []
        self.refunds: list[tuple[Row, Decimal]] = []
        self.zeros: list[Row] = []
        self.without_payee: list[tuple[Row, Decimal]] = []
        self.without_sum: list[Row] = []
        self.calendar_years = 0
        self.group = ""
        self.since_subtotal: dict[int, _Run] = {}
        self.since_top: dict[int, _Run] = {}

    def read(self, row: Row) -> None:
        """Read one row."""
        filled = [cell.text for cell in row.cells if cell.text]
        found = {column.index: (column, said) for column in self.amounts if (said := self._sum(row, column))}
        if len(filled) == 1 and not found:
            self.group = filled[0]
        elif found and self._is_total(row, found):
            self._add_totals(row, found)
        else:
            self._add_sums(row, found)

    def _sum(self, row: Row, column: ColumnUse) -> Sum | None:
        return sum_of(_text(row, column), column.unit if column.unit != 1 else self.unit)

    def _add_sums(self, row: Row, found: dict[int, tuple[ColumnUse, Sum]]) -> None:
        made: list[RowSum] = []
        named = self._is_named(row)
        for index, (column, said) in found.items():
            part = None
            if said.amount < 0:
                self.refunds.append((row, said.amount))
            elif said.amount > 0 and not named:
                self.without_payee.append((row, said.amount))
            elif said.amount > 0:
                part = self._row_sum(row, column, said)
                made.append(part)
            self._count(index, said.amount, part)
        self.sums += made
        if made:
            self._add_row_total(row, made)
        elif not any(said.amount for _, said in found.values()):
            self._add_unpaid(row, named, is_zero=bool(found))

    def _add_unpaid(self, row: Row, named: bool, *, is_zero: bool) -> None:
        """Add a row without an awarded sum: as a bid, by the total beside empty years, or as a row without a sum."""
        total, asked = self.mapping.one(Role.TOTAL), self.mapping.one(Role.REQUESTED)
        for column, is_bid in ((total, False), (asked, True)):
            said = self._sum(row, column) if column is not None else None
            if named and column is not None and said is not None and said.amount > 0:
                self.sums.append(self._row_sum(row, column, said, is_bid=is_bid))
                return
        if is_zero:
            self.zeros.append(row)
        elif named:
            self.without_sum.append(row)

    def _add_row_total(self, row: Row, made: Sequence[RowSum]) -> None:
        column = self.mapping.one(Role.TOTAL)
        said = self._sum(row, column) if column is not None else None
        if column is not None and said is not None and said.amount > 0 and len(made) > 1:
            label = " ".join(part for part in (self._said(row, Role.PAYEE), column.heading) if part)
            added = sum((part.amount for part in made), Decimal(0))
            self.totals.append(RowTotal(row, column, said.amount, label, tuple(made), added, len(made), is_below=False))

    def _count(self, index: int, amount: Decimal, part: RowSum | None) -> None:
        for runs in (self.since_subtotal, self.since_top):
            runs.setdefault(index, _Run()).add(amount, part)

    def _is_total(self, row: Row, found: dict[int, tuple[ColumnUse, Sum]]) -> bool:
        """Return True if a row adds up rows above it: it says "total", or it names no payee and its sums add up."""
        labels = self._words_of(row)
        if any(self._is_label_of_total(text) for text in labels):
            return True
        adds_up = self._adds_up(found)
        if any(self.words.says("total", text) for text in labels):
            return len(labels) == 1 and (adds_up or self.words.longest("total", labels[0]) > 1)
        return adds_up and not self._is_named(row)

    def _is_label_of_total(self, text: str) -> bool:
        """Return True if a cell is only the word for a total, perhaps with a year or a number of rows."""
        plain = " ".join(token for token in tokens_of(text) if not token.isdigit())
        return self.words.says("total", plain) and self.words.longest("total", plain) == len(tokens_of(plain))

    def _adds_up(self, found: dict[int, tuple[ColumnUse, Sum]]) -> bool:
        for runs in (self.since_subtotal, self.since_top):
            rows = [runs.get(index, _Run()) for index in found]
            if all(
                run.rows > 1 and abs(run.added - said.amount) < _CLOSE
                for run, (_, said) in zip(rows, found.values(), strict=True)
            ):
                return True
        return False

    def _add_totals(self, row: Row, found: dict[int, tuple[ColumnUse, Sum]]) -> None:
        label = " ".join(self._words_of(row))
        for index, (column, said) in found.items():
            runs = [runs.get(index, _Run()) for runs in (self.since_subtotal, self.since_top)]
            run = min(runs, key=lambda each: abs(each.added - said.amount))
            if said.amount > 0:
                self.totals.append(RowTotal(row, column, said.amount, label, tuple(run.parts), run.added, run.rows))
            elif said.amount < 0:  # more was paid back than paid: no total of awards, and said like other refunds
                self.refunds.append((row, said.amount))
        self.since_subtotal.clear()

    def _row_sum(self, row: Row, column: ColumnUse, said: Sum, *, is_bid: bool = False) -> RowSum:
        status = self._status(row)
        return RowSum(
            row=row,
            column=column,
            amount=said.amount,
            basis=said.basis,
            per_year=said.per_year or column.per_year,
            is_bid=is_bid or status is FlowStatus.UNSUCCESSFUL,
            payee=self._said(row, Role.PAYEE),
            payee_id=self._said(row, Role.PAYEE_ID),
            payer=self._said(row, Role.PAYER),
            payer_id=self._said(row, Role.PAYER_ID),
            years=column.years or self._years(row),
            programme=self._said(row, Role.PROGRAMME),
            fund=self._said(row, Role.FUND),
            place=self._said(row, Role.PLACE),
            purpose=self._purpose(row),
            group=self.group,
            kind=self._said(row, Role.KIND),
            date=date_of(self._said(row, Role.DATE)) or "",
            reference=self._said(row, Role.REFERENCE),
            status=self._status_of_bid(status) if is_bid else status,
        )

    def _said(self, row: Row, role: Role) -> str:
        """Return the words of the first non-empty column of a role; "" if the row has none."""
        return next((text for column in self.mapping.of(role) if (text := _text(row, column))), "")

    def _purpose(self, row: Row) -> str:
        texts = [_text(row, column) for column in self.mapping.of(Role.PURPOSE)]
        return "; ".join(dict.fromkeys(text for text in texts if text))[:_LONGEST_PURPOSE].rstrip()

    def _is_named(self, row: Row) -> bool:
        """Return True if a row names its payee; in a table without payee columns, its purpose."""
        roles = (Role.PAYEE,) if self.has_payee else (Role.PROGRAMME, Role.PURPOSE, Role.FUND, Role.PLACE)
        return any(any(sign.isalnum() for sign in self._said(row, role)) for role in roles)

    def _words_of(self, row: Row) -> list[str]:
        """Return the non-empty cells of a row that hold no sum."""
        sums = {column.index for column in self.mapping.of(Role.AMOUNT, Role.TOTAL, Role.REQUESTED)}
        return [
            cell.text
            for index, cell in enumerate(row.cells)
            if cell.text and index not in sums and sum_of(cell.text) is None
        ]

    def _years(self, row: Row) -> tuple[str, ...]:
        year = self._said(row, Role.YEAR)
        if year and is_calendar_year(year):
            self.calendar_years += 1
        start, end = date_of(self._said(row, Role.START)), date_of(self._said(row, Role.END))
        return years_of(year) or years_between(start, end) or years_of(self._said(row, Role.DATE))

    def _status(self, row: Row) -> FlowStatus:
        return self.words.status_of(self._said(row, Role.STATUS))

    def _status_of_bid(self, status: FlowStatus) -> FlowStatus:
        """Return the status of a requested sum: refused if the table has an award column that this row leaves empty."""
        if status is FlowStatus.APPROVED and self.mapping.one(Role.STATUS) is None:
            return FlowStatus.UNSUCCESSFUL if self.amounts else FlowStatus.PROPOSED
        return status


def _text(row: Row, column: ColumnUse) -> str:
    return row.cells[column.index].text if column.index < len(row.cells) else ""
