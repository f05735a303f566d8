"""Tables to drafts: each sum of a row with the parties, programme, year and fund that its row and column say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Basis, Entity, EntityKind, Evidence, FlowKind, FlowStatus
from graph.parse.money import find_money, parse_amount
from graph.parse.years import parse_year
from ingest.document import Block, Row
from ingest.extract.drafts import Draft, Origin
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import joined_years, usable_years
from ingest.extract.sections import origin_of
from ingest.extract.tables.columns import Column, Holds, captions, columns_of
from ingest.extract.tables.row_parties import RowParties, row_parties

_TOTAL_ROW = re.compile(
    r"^\W*(?:(?:sub|grand)[\s-]*)?totals?\b|^\W*overall\b|^\W*all\s+\w+$|^\W*sum\b|\btotals?\W*$|\(total\b", re.I
)
_PART_ROW = re.compile(r"^\W*(?:of\s+which|including|incl\.)\b", re.I)
_YEARLY = re.compile(r"\b(?:annually|per\s+(?:annum|year)|p\.?a\.?|a\s+year)\b", re.I)
_CARRY = re.compile(r"\bcarr(?:y|ied)[\s-]+forward\b|\bc/f\b", re.I)
_PROVISIONAL = re.compile(r"\b(?:provisional|subject to|in principle)\b", re.I)
_UNSUCCESSFUL = re.compile(r"\b(?:unsuccessful|declined|not\s+awarded|rejected)\b", re.I)


@dataclass(slots=True)
class _Running:
    """The sums of each column since the last sub-total and since the top, to know a total by its figures."""

    since_subtotal: dict[int, Decimal]
    since_top: dict[int, Decimal]
    rows: int = 0
    rows_since: int = 0


def read_tables(scope: Scope) -> list[Draft]:
    """Return a draft for each sum in the document's tables of money, in order; totals are marked as such."""
    drafts: list[Draft] = []
    blocks = scope.document.blocks
    for position, block in enumerate(blocks):
        if block.rows and origin_of(block) is Origin.TABLE:
            before = blocks[position - 1].text if position and not blocks[position - 1].rows else ""
            around = " ".join(
                near.text
                for near in (*blocks[max(0, position - 1) : position], *blocks[position + 1 : position + 2])
                if not near.rows
            )
            drafts.extend(_read_table(scope, block, around, before))
    return drafts


def _read_table(scope: Scope, table: Block, around: str, before: str) -> list[Draft]:
    columns = columns_of(scope, table)
    sums = [column for column in columns if column.holds is Holds.MONEY]
    if not sums:
        return []
    years = _years_around(around) if not any(column.years for column in sums) else ()
    caption = captions(table)
    if not caption and not any(column.holds in (Holds.FUND, Holds.FUNDER) for column in columns):
        caption = _introduction(scope, before)
    running = _Running({}, {})
    drafts: list[Draft] = []
    above: Row | None = None
    read = [row_parties(scope, columns, row, None, caption) for row in table.rows]
    named, dated = any(one.programmes for one in read), any(one.years for one in read)
    last: Draft | None = None
    for row in table.rows:
        parties = row_parties(scope, columns, row, above, caption)
        amounts = {
            column.index: amount
            for column in columns
            if column.holds in (Holds.MONEY, Holds.TOTAL) and (amount := _amount(row, column)) is not None
        }
        is_total = any(_TOTAL_ROW.search(cell) for cell in _own_words(row, columns)) or _adds_up(amounts, running)
        if is_total:
            parties = RowParties(words=parties.words, funder=scope.body, programmes=parties.programmes)
        found = [
            draft
            for column in sums
            if amounts.get(column.index, Decimal(0)) > 0
            for draft in [_draft(scope, row, column, amounts[column.index], parties, years, named, dated, is_total)]
        ]
        found += _row_totals(row, columns, amounts, parties)
        if _PART_ROW.search(parties.words) and last is not None:
            for draft in found:
                draft.whole = last
                if parties.recipient is None or last.funder != scope.body:
                    draft.funder, draft.recipient, draft.kind = (
                        last.funder,
                        parties.recipient or last.recipient,
                        last.kind,
                    )
        elif found and not is_total:
            last = found[0]
        _count(amounts, running, is_total)
        drafts.extend(found)
        if not is_total:
            above = row
    return drafts


def _introduction(scope: Scope, before: str) -> str:
    """The sentence that leads up to a table, where it names one fund: it then says where the table's money is from."""
    last = re.split(r"(?<=[.;])\s+", before)[-1]
    funds = {one.entity for one in scope.names.find(last, context=scope.context, kinds={EntityKind.FUND})}
    return last if last.rstrip().endswith((":", ";")) and len(funds) == 1 else ""


def _own_words(row: Row, columns: list[Column]) -> list[str]:
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
    """Return whether a row's every sum is that of the rows above it, two rows at least."""
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
    """The years that the paragraph before or after says the table is for, where it says so once."""
    runs = {years for _, years in joined_years(around, usable_years(around))}
    return next(iter(runs)) if len(runs) == 1 else ()


def _draft(
    scope: Scope,
    row: Row,
    column: Column,
    amount: Decimal,
    parties: RowParties,
    years: tuple[str, ...],
    named: bool,
    dated: bool,
    is_total: bool,
) -> Draft:
    payer = column.party if column.party is not None and column.party != parties.recipient else parties.funder
    recipient = parties.recipient
    if column.party is not None and scope.gives(column.party) and recipient is None:
        recipient = scope.body
    is_match = column.is_match or parties.is_match
    if is_match and column.is_match and column.party is None:
        payer, recipient = None, None
    programmes = parties.programmes or column.programmes
    return Draft(
        amount=amount,
        evidence=[_evidence(row)],
        origin=Origin.TABLE,
        basis=_basis(row.cells[column.index].text),
        years=column.years or parties.years or years,
        years_settled=dated,
        funder=payer,
        recipient=recipient,
        recipient_words=parties.recipient_words,
        programmes=programmes,
        programmes_settled=bool(programmes) or named,
        place=parties.place,
        fund=parties.fund,
        kind=_kind(parties, payer, recipient, is_match=is_match),
        status=_status(parties.words),
        purpose=parties.purpose,
        per_year=bool(_YEARLY.search(row.cells[column.index].text)),
        is_total=is_total,
        label=parties.words,
    )


def _row_totals(row: Row, columns: list[Column], amounts: dict[int, Decimal], parties: RowParties) -> list[Draft]:
    """The sums of a "total" column: said, never added."""
    spans = tuple(year for column in columns for year in column.years)
    return [
        Draft(
            amount=amounts[column.index],
            evidence=[_evidence(row)],
            origin=Origin.TABLE,
            years=tuple(sorted(set(spans))),
            funder=None
            if column.holds is Holds.TOTAL and column.heading and "contribution" in column.heading.lower()
            else parties.funder,
            recipient=parties.recipient,
            programmes=parties.programmes,
            programmes_settled=bool(parties.programmes),
            is_total=True,
            label=" ".join(filter(None, (parties.words, column.heading))),
        )
        for column in columns
        if column.holds is Holds.TOTAL and amounts.get(column.index, Decimal(0)) > 0
    ]


def _evidence(row: Row) -> Evidence:
    return Evidence(locator=row.locator, quote="", page=row.page, start=row.start, end=row.end)


def _basis(cell: str) -> Basis:
    found = find_money(cell)
    return found[0].basis if found else Basis.EXACT


def _kind(parties: RowParties, payer: Entity | None, recipient: Entity | None, *, is_match: bool) -> FlowKind:
    if _CARRY.search(parties.words):
        return FlowKind.CARRY_FORWARD
    if parties.own_cost or (payer is not None and payer == recipient):
        return FlowKind.OWN_COST
    if is_match:
        return FlowKind.MATCH
    return FlowKind.GRANT if recipient is not None or parties.recipient_words else FlowKind.ALLOCATION


def _status(words: str) -> FlowStatus:
    if _UNSUCCESSFUL.search(words):
        return FlowStatus.UNSUCCESSFUL
    return FlowStatus.PROVISIONAL if _PROVISIONAL.search(words) else FlowStatus.APPROVED
