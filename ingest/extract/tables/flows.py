"""Turn the rows of tables into sums with the parties, programme, years and fund that row and column give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model import Basis, Entity, Evidence, FlowKind, FlowStatus
from graph.parse.money import find_money, parse_amount
from graph.parse.years import parse_year
from ingest.document import Block, Row
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import joined_years, usable_years
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Fallback, Said, Spot, Sum, certain, is_distinctive
from ingest.extract.tables.columns import Column, Holds, captions, columns_of
from ingest.extract.tables.row_parties import RowParties, read_row_parties
from ingest.extract.words.lexicon import load_lexicon
from ingest.extract.words.sections import Origin, origin_of

_TOTAL_ROW = re.compile(
    r"^\W*(?:(?:sub|grand)[\s-]*)?totals?\b|^\W*overall\b|^\W*all\s+\w+$|^\W*sum\b|\btotals?\W*$|\(total\b", re.I
)
_TOTAL_NAME = re.compile(r"Total(?P<rest>(?:\s+[A-Z][a-z’'&]+){2,})")
_PART_ROW = re.compile(r"^\W*(?:of\s+which|including|incl\.)\b", re.I)
_YEARLY = re.compile(r"\b(?:annually|per\s+(?:annum|year)|p\.?a\.?|a\s+year)\b", re.I)
_PROVISIONAL = re.compile(r"\b(?:provisional|subject to|in principle)\b", re.I)
_UNSUCCESSFUL = re.compile(r"\b(?:unsuccessful|declined|not\s+awarded|rejected)\b", re.I)


@dataclass(slots=True)
class _Running:
    """Running totals of each column since the last sub-total and since the top, by which total rows are recognised."""

    since_subtotal: dict[int, Decimal]
    since_top: dict[int, Decimal]
    rows: int = 0
    rows_since: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """The values that hold for all rows of a table."""

    scope: Scope
    block: Block
    columns: tuple[Column, ...]
    years: tuple[str, ...]  #: that a paragraph beside the table gives for it
    caption: str
    names_programmes: bool  #: a row names one: the others are not for the document's
    names_years: bool

    @property
    def sums(self) -> list[Column]:
        return [column for column in self.columns if column.holds is Holds.MONEY]


def read_tables(scope: Scope) -> list[Sum]:
    """Return the sums of the document's money tables, in order; totals have the mark TOTAL."""
    found: list[Sum] = []
    blocks = scope.document.blocks
    for position, block in enumerate(blocks):
        if block.rows and origin_of(block) is Origin.TABLE:
            around = " ".join(
                near.text
                for near in (*blocks[max(0, position - 1) : position], *blocks[position + 1 : position + 2])
                if not near.rows
            )
            table = _table(scope, block, around)
            if table.sums:
                found.extend(_sums_of(table))
    return found


def _table(scope: Scope, block: Block, around: str) -> _Table:
    columns = columns_of(scope, block)
    years = _years_around(around) if not any(column.years for column in columns if column.holds is Holds.MONEY) else ()
    caption = captions(block)
    read = [read_row_parties(scope, columns, row, None, caption) for row in block.rows]
    named, dated = any(one.programmes for one in read), any(one.years for one in read)
    return _Table(scope, block, tuple(columns), years, caption, named, dated)


def _sums_of(table: _Table) -> list[Sum]:
    running = _Running({}, {})
    found: list[Sum] = []
    above: Row | None = None
    last: Sum | None = None
    for row in table.block.rows:
        parties = read_row_parties(table.scope, table.columns, row, above, table.caption)
        amounts = {
            column.index: amount
            for column in table.columns
            if column.holds in (Holds.MONEY, Holds.TOTAL) and (amount := _amount(row, column)) is not None
        }
        adds_up = _adds_up(amounts, running)
        says_total = running.rows > 0 and _says_total(row, table.columns, adds_up=adds_up)
        is_total = says_total or (adds_up and (_names_nobody(parties) or _is_no_chance(amounts, parties)))
        if is_total:
            parties = RowParties(words=parties.words, funder=table.scope.body, programmes=parties.programmes)
        own = [
            _sum(table, row, column, amounts[column.index], parties, is_total)
            for column in table.sums
            if amounts.get(column.index, Decimal(0)) > 0
        ]
        own += _row_totals(table, row, amounts, parties)
        if _PART_ROW.search(parties.words) and last is not None:
            own = [_part_of(one, last, parties, table.scope.body) for one in own]
        elif own and not is_total:
            last = own[0]
        _count(amounts, running, is_total)
        found.extend(own)
        if not is_total:
            above = row
    return found


def _says_total(row: Row, columns: Sequence[Column], *, adds_up: bool) -> bool:
    """Return True for a total's label, "Total funding".

    For a name such as "Total Insight Theatre" only if it adds up.
    """
    return any(_TOTAL_ROW.search(cell) and (adds_up or not _is_name(cell)) for cell in _own_words(row, columns))


def _is_name(cell: str) -> bool:
    named = _TOTAL_NAME.fullmatch(cell.strip())
    groups = load_lexicon().groups
    return named is not None and not (groups["money-noun"] | groups["total-noun"]) & set(named["rest"].lower().split())


def _is_no_chance(amounts: dict[int, Decimal], parties: RowParties) -> bool:
    """Return True if a row's sums are two or more distinctive amounts without a known payee, so no chance matches."""
    is_known = parties.recipient is not None and parties.recipient.verified
    return len(amounts) > 1 and not is_known and all(map(is_distinctive, amounts.values()))


def _names_nobody(parties: RowParties) -> bool:
    return parties.recipient is None and not parties.recipient_words


def _part_of(one: Sum, whole: Sum, parties: RowParties, body: Entity | None) -> Sum:
    """Return the sum of a row that begins with "of which", with the parties of the row before it."""
    pair = whole.parties.value
    if parties.recipient is not None and pair.payer == body:
        return replace(one, said=one.said | {Said.PART})
    own = Pair(pair.payer, parties.recipient or pair.payee)
    return replace(one, said=one.said | {Said.PART}, parties=certain(own), kind=whole.kind)


def _own_words(row: Row, columns: Sequence[Column]) -> list[str]:
    return [
        row.cells[column.index].text
        for column in columns
        if column.holds not in (Holds.MONEY, Holds.TOTAL) and column.index < len(row.cells)
    ]


def _amount(row: Row, column: Column) -> Decimal | None:
    if column.index >= len(row.cells):
        return None
    cell = re.sub(_YEARLY, "", row.cells[column.index].text).strip()
    if not cell or parse_year(cell):
        return None
    amount = parse_amount(cell, unit=column.unit)
    if amount is None and (found := find_money(cell)) and len(found) == 1:
        return found[0].amount
    return amount


def _adds_up(amounts: dict[int, Decimal], running: _Running) -> bool:
    """Return True if every sum of a row is the sum of at least two rows above it."""
    for seen, rows in ((running.since_subtotal, running.rows_since), (running.since_top, running.rows)):
        if (
            rows > 1
            and amounts
            and all(abs(seen.get(index, Decimal(0)) - amount) < 1 for index, amount in amounts.items())
        ):
            return True
    return False


def _count(amounts: dict[int, Decimal], running: _Running, is_total: bool) -> None:
    if is_total:
        running.since_subtotal.clear()
        running.rows_since = 0
        return
    running.rows += 1
    running.rows_since += 1
    for index, amount in amounts.items():
        running.since_subtotal[index] = running.since_subtotal.get(index, Decimal(0)) + amount
        running.since_top[index] = running.since_top.get(index, Decimal(0)) + amount


def _years_around(around: str) -> tuple[str, ...]:
    """Return the years that the paragraph before or after the table gives for it, if it gives them once."""
    runs = {years for _, years in joined_years(around, usable_years(around))}
    return next(iter(runs)) if len(runs) == 1 else ()


def _sum(table: _Table, row: Row, column: Column, amount: Decimal, parties: RowParties, is_total: bool) -> Sum:
    scope, cell = table.scope, row.cells[column.index].text
    pair = _parties_of(scope, column, parties)
    is_match = column.is_match or parties.is_match
    programmes = parties.programmes or column.programmes
    found = find_money(cell)
    return Sum(
        amount=amount,
        spot=_spot(table, row),
        standing=certain(Standing.FLOW),
        parties=certain(pair),
        years=certain(column.years or parties.years or table.years),
        programmes=certain(programmes),
        fund=certain(parties.fund or column.fund),
        basis=found[0].basis if found else Basis.EXACT,
        kind=_kind(pair, is_match=is_match),
        status=certain(_status(parties.words)),
        said=frozenset(_marks(table, programmes, is_total=is_total)),
        recipient_words=parties.recipient_words,
        place=parties.place,
        purpose=parties.purpose,
        per_year=bool(_YEARLY.search(cell)),
        copy=column.index,
        fallback=_fallback(table, pair, parties.fund or column.fund, programmes),
        label=parties.words,
    )


def _marks(table: _Table, programmes: tuple[Entity, ...], *, is_total: bool) -> Iterator[Said]:
    if is_total:
        yield Said.TOTAL
    if table.names_programmes and not programmes:
        yield Said.UNNAMED


def _parties_of(scope: Scope, column: Column, parties: RowParties) -> Pair:
    """Return payer and payee of a sum; the column's heading may name the payer."""
    if column.is_match and column.party is None:
        return Pair(None, None)
    payer = column.party if column.party is not None and column.party != parties.recipient else parties.funder
    payee = parties.recipient
    if column.party is not None and scope.gives(column.party) and payee is None:
        payee = scope.body
    return Pair(payer, payee)


def _fallback(table: _Table, pair: Pair, fund: Entity | None, programmes: tuple[Entity, ...]) -> Fallback:
    """Return the values that the document gives for rows that do not state their own."""
    scope = table.scope
    giver = fund if fund is not None else scope.fund_of(pair.payer)
    years = (
        scope.years_of_fund(giver) if giver is not None and pair.payer == scope.giver_of(giver) != scope.body else ()
    )
    return Fallback(
        years=years or (() if table.names_years else scope.years),
        programmes=() if programmes or table.names_programmes else scope.programmes,
        place=scope.place,
        fund=giver,
    )


def _row_totals(table: _Table, row: Row, amounts: dict[int, Decimal], parties: RowParties) -> list[Sum]:
    """Return the sums of a "total" column, marked as totals. A row's only figure is not a total."""
    figures = [amounts[column.index] for column in table.sums if amounts.get(column.index, Decimal(0)) > 0]
    totals = [column for column in table.columns if column.holds is Holds.TOTAL]
    return [
        _row_total(table, row, column, amounts[column.index], parties)
        for column in totals
        if amounts.get(column.index, Decimal(0)) > 0 and [amounts[column.index]] != figures
    ]


def _row_total(table: _Table, row: Row, column: Column, amount: Decimal, parties: RowParties) -> Sum:
    spans = tuple(sorted({year for other in table.columns for year in other.years}))
    pair = Pair(None if "contribution" in column.heading.lower() else parties.funder, parties.recipient)
    return Sum(
        amount=amount,
        spot=_spot(table, row),
        standing=certain(Standing.FLOW),
        parties=certain(pair),
        years=certain(spans),
        programmes=certain(parties.programmes),
        fund=certain(None),
        said=frozenset({Said.TOTAL}),
        copy=column.index,
        fallback=_fallback(table, pair, None, parties.programmes),
        label=" ".join(filter(None, (parties.words, column.heading))),
    )


def _spot(table: _Table, row: Row) -> Spot:
    quote = table.scope.document.text[row.start : row.end]
    evidence = Evidence(row.locator, quote, row.page, row.start, row.end)
    return Spot(Origin.TABLE, evidence, row.start, row.start, table.block.start, f"table {table.block.start}")


def _kind(pair: Pair, *, is_match: bool) -> FlowKind | None:
    if pair.payer is not None and pair.payer == pair.payee:
        return FlowKind.OWN_COST
    return FlowKind.MATCH if is_match else None


def _status(words: str) -> FlowStatus:
    if _UNSUCCESSFUL.search(words):
        return FlowStatus.UNSUCCESSFUL
    return FlowStatus.PROVISIONAL if _PROVISIONAL.search(words) else FlowStatus.APPROVED
