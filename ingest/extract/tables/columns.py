"""What each column of a document's table holds (payers, payees, sums ...): by its heading, else by its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from graph.model import Entity, EntityKind
from graph.parse.money import parse_amount
from graph.parse.years import parse_year
from ingest.columns.headings import SUMS, HeadingSense, is_heading, load_headings
from ingest.columns.mapping import ListKind
from ingest.document import Block, Row
from ingest.extract.scope.document import Scope


class Holds(StrEnum):
    """The kinds of content that a column can hold."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    PROGRAMME = "programme"
    FUND = "fund"
    PERIOD = "period"
    DATE = "date"
    START = "start"
    END = "end"
    PLACE = "place"
    STATUS = "status"
    LABEL = "label"  #: words of any sort: each row says what it is
    MONEY = "money"
    TOTAL = "total"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """One column with the kind of its content."""

    index: int
    heading: str
    holds: Holds
    years: tuple[str, ...] = ()  #: of a money column whose heading names them
    fund: Entity | None = None  #: of a money column whose heading names it
    party: Entity | None = None  #: of a money column whose heading names who pays
    programmes: tuple[Entity, ...] = ()  #: of a money column whose heading names what for
    is_match: bool = False
    unit: int = 1  #: 1000 where the heading says "£000", a million for "£m"


_TOTAL = re.compile(r"\b(?:totals?|overall|sum|grand)\b", re.I)
_MONEY_HEADING = re.compile(
    r"£|\b(?:amount|allocation|award|cost|value|grant|funding|budget|sum|contribution|price|spend|bid|payment)s?\b",
    re.I,
)
_THOUSANDS = re.compile(r"(?<![\d,.])£?\s{0,9}['’]?000s?\b|£\s{0,9}['’]?k\b|\(k\)|\bthousands?\b", re.I)
_MILLIONS = re.compile(r"£\s*m(?:illions?)?\b|\(£?m\)", re.I)
_UNIT = re.compile(r"\(?(?:£\s*(?:['’]?000s?|k|m)?|['’]?000s?|%)\)?", re.I)
_NOT_NOW = re.compile(
    r"\b(?:requested|sought|applied\s+for|asked\s+for|bids?|existing|current|previous|prior|last\s+year|spent\s+to\s+date)\b",
    re.I,
)
_BARE_SUM = re.compile(r"\(?£?\s*(?:\d{1,3}(?:,\d{3})+|\d{3,})(?:\.\d\d)?\)?")
_OVER_MONEY = re.compile(
    r"\b(?:grants?|awards?|awarded|fund(?:ing|ed|s)?|recipients?|allocations?|payments?|spend\w*)\b|£", re.I
)
_OF_PAYERS = re.compile(r"\b(?:contributions?|match|funding|grants?|costs?)\b", re.I)
_SOURCE = re.compile(r"\bsources?\b", re.I)
_FOR_WHAT = re.compile(
    r"\b(?:project|programme|program|service|scheme|initiative|intervention|work\s?stream|activity|strand|purpose|description)s?\b",
    re.I,
)
_OF_BODIES = re.compile(
    r"\b(?:provider|delivery\s+(?:partner|body|agency|lead)|lead\s+(?:partner|agency|body|provider)|boroughs?|councils?"
    r"|local\s+authorit\w+|districts?|agency|authority|who)\b",
    re.I,
)
#: what the senses of columns.csv are in a table of a document
_HELD = {
    "payee": Holds.RECIPIENT, "payer": Holds.FUNDER, "programme": Holds.PROGRAMME, "fund": Holds.FUND,
    "year": Holds.PERIOD, "date": Holds.DATE, "start": Holds.START, "end": Holds.END, "place": Holds.PLACE,
    "status": Holds.STATUS, "count": Holds.OTHER, "reference": Holds.OTHER, "payee id": Holds.OTHER,
}  # fmt: skip
_NO_AWARD = frozenset({"requested", "vat", "paid", "other sum"})  #: senses of sums that are no award's


def held_under(heading: str) -> Holds | None:
    """Return the content that a heading announces; LABEL if it announces names and purposes at once.

    None if it is silent.
    """
    senses = load_headings().senses_of(heading)
    best = _held(senses[0]) if senses else None
    of_bodies = _OF_BODIES.search(heading) is not None
    if is_heading(heading) and best not in (Holds.OTHER, Holds.PLACE):
        return best
    if _FOR_WHAT.search(heading):
        has_names = of_bodies or {_held(sense) for sense in senses} & {Holds.RECIPIENT, Holds.FUNDER}
        return Holds.LABEL if has_names else Holds.PROGRAMME
    if _SOURCE.search(heading):
        return Holds.FUNDER
    if best is None or (of_bodies and best is Holds.PLACE):
        return Holds.RECIPIENT if of_bodies else None
    return best


def _held(sense: HeadingSense) -> Holds | None:
    if sense.sense == "purpose":
        return Holds.OTHER if sense.list_kind is ListKind.SPENDING else Holds.PROGRAMME
    return _HELD.get(sense.sense)


def _sum_sense(heading: str) -> str:
    """Return the kind of sum that a heading announces; "" if it announces none."""
    senses = (sense.sense for sense in load_headings().senses_of(heading))
    return next((sense for sense in senses if sense in SUMS), "")


def columns_of(scope: Scope, table: Block) -> list[Column]:
    """Return the columns of a table, left to right; a table without sums has no MONEY column."""
    width = max((len(row.cells) for row in (*table.header, *table.rows)), default=0)
    columns = [_column(scope, table, index) for index in range(width)]
    return _with_names(table, _with_money(table, _with_bare_sums(scope, table, columns)))


def _with_bare_sums(scope: Scope, table: Block, columns: list[Column]) -> list[Column]:
    """Read the last column of plain figures as sums, if no heading or pound sign marks a column of sums.

    The words above the table must speak of money.
    """
    if len(columns) < 2 or any(column.holds in (Holds.MONEY, Holds.TOTAL) for column in columns):
        return columns
    last = columns[-1]
    cells = cells_of(table.rows, last.index)
    figures = [cell for cell in cells if _BARE_SUM.fullmatch(cell)]
    over = " ".join((last.heading, table.section, scope.decision.title, captions(table)))
    if last.heading and not _MONEY_HEADING.search(last.heading):
        return columns
    if len(figures) < 2 or len(figures) * 3 < len(cells) * 2 or not _OVER_MONEY.search(over):
        return columns
    return [*columns[:-1], _as(last, Holds.MONEY)]


def _with_names(table: Block, columns: list[Column]) -> list[Column]:
    """Read the first column of names as payees and a second column of words as purposes, if no heading says so."""
    words = [column for column in columns if column.holds in (Holds.LABEL, Holds.OTHER)]
    has_money = any(column.holds is Holds.MONEY for column in columns)
    settled = {Holds.RECIPIENT, Holds.PROGRAMME, Holds.FUND, Holds.FUNDER}
    if not has_money or not words or table.header or any(column.holds in settled for column in columns):
        return columns
    first = words[0]
    said = [cell for cell in cells_of(table.rows, first.index) if not _TOTAL.search(cell)]
    names = [cell for cell in said if _looks_like_name(cell)]
    if len(names) < 2 or len(names) * 4 < len(said) * 3 or any(_OF_PAYERS.search(name) for name in names):
        return columns
    roles = {first.index: Holds.RECIPIENT} | {column.index: Holds.PROGRAMME for column in words[1:2]}
    return [_as(column, roles[column.index]) if column.index in roles else column for column in columns]


def _looks_like_name(cell: str) -> bool:
    words = re.findall(r"[^\W\d_][\w’'&.-]*", re.sub(r"\([^()]*\)", "", cell))
    capital = [word for word in words if word[0].isupper()]
    return 0 < len(words) <= 10 and len(capital) * 2 >= len(words) and not _TOTAL.search(cell)


def _heading(table: Block, index: int) -> str:
    rows = [row for row in table.header if not _is_caption(row)] + [row for row in table.rows[:1] if _has_units(row)]
    texts = [row.cells[index].text.strip() for row in rows if index < len(row.cells)]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _has_units(row: Row) -> bool:
    """Return True for a first row that holds only units and no figure: "Area", "£000", "%"."""
    filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    units = [text for text in filled if _UNIT.fullmatch(text)]
    return bool(units) and not any(re.search(r"\d", text) for text in filled if text not in units)


def _is_caption(row: Row) -> bool:
    return (
        len(row.cells) > 1
        and sum(bool(cell.text.strip()) for cell in row.cells) == 1
        and bool(row.cells[0].text.strip())
    )


def captions(table: Block) -> str:
    """Return the words of header rows that span the whole table."""
    return " ".join(row.cells[0].text for row in table.header if _is_caption(row))


def cells_of(rows: Sequence[Row], index: int) -> list[str]:
    """Return the non-empty cells of a column."""
    return [row.cells[index].text.strip() for row in rows if index < len(row.cells) and row.cells[index].text.strip()]


def _column(scope: Scope, table: Block, index: int) -> Column:
    heading = _heading(table, index)
    cells = cells_of(table.rows, index)
    amounts = [cell for cell in cells if _is_sum(cell)]
    years = parse_year(heading)
    has_money = (
        bool(cells)
        and len(amounts) * 2 >= len(cells)
        and (years or _sum_sense(heading) or "£" in heading or any("£" in cell for cell in amounts))
    )
    if has_money:
        return _money_column(scope, index, heading, years)
    holds = held_under(heading)
    if holds is not None:
        return Column(index, heading, holds)
    if cells and sum(bool(parse_year(cell)) for cell in cells) * 2 > len(cells):
        return Column(index, heading, Holds.PERIOD)
    return Column(index, heading, _by_cells(scope, cells) if cells else Holds.OTHER)


def _is_sum(cell: str) -> bool:
    return (
        bool(re.search(r"\d", cell))
        and parse_amount(re.sub(r"\s{0,9}(?:annually|p\.?a\.?|per (?:annum|year))\s*$", "", cell)) is not None
        and not parse_year(cell)
    )


def _money_column(scope: Scope, index: int, heading: str, years: tuple[str, ...]) -> Column:
    mentions = scope.names.find(heading, context=scope.context)
    party = next((found.entity for found in mentions if found.entity.kind is EntityKind.ORGANISATION), None)
    is_total = bool(_TOTAL.search(heading)) and not years
    return Column(
        index=index,
        heading=heading,
        holds=Holds.TOTAL if is_total else Holds.MONEY,
        years=years,
        party=party,
        programmes=_programmes_of_heading(scope, heading),
        is_match=bool(re.search(r"\bmatch|contribution", heading, re.I)),
        unit=1000 if _THOUSANDS.search(heading) else 1_000_000 if _MILLIONS.search(heading) else 1,
    )


def _programmes_of_heading(scope: Scope, heading: str) -> tuple[Entity, ...]:
    """Return the programmes that a heading names, by name or by words shared with a programme of the document."""
    named = [found.entity for found in scope.names.find(heading, context=scope.context, kinds={EntityKind.PROGRAMME})]
    own = [programme for programme in scope.programmes if programme in named]
    if own:
        return (own[0],)
    words = set(re.findall(r"[a-z]{4,}", heading.lower()))
    shared = [
        (len(words & set(re.findall(r"[a-z]{4,}", programme.name.lower()))), programme)
        for programme in scope.programmes
    ]
    best = max((count for count, _ in shared), default=0)
    close = [programme for count, programme in shared if count == best and best * 2 > len(words) - 1 and best > 0]
    return (close[0],) if len(close) == 1 else tuple(named[:1])


def _by_cells(scope: Scope, cells: Sequence[str]) -> Holds:
    """Return what a column without a telling heading holds, by the kind of most names in its cells."""
    kinds = Counter(
        entity.kind
        for cell in cells
        if (entity := scope.names.resolve(cell, kinds=set(EntityKind), context=scope.context)) is not None
    )
    if not kinds or kinds.most_common(1)[0][1] * 2 < len(cells):
        return Holds.LABEL
    common = kinds.most_common(1)[0][0]
    return {EntityKind.PROGRAMME: Holds.PROGRAMME, EntityKind.FUND: Holds.FUND}.get(common, Holds.LABEL)


def _with_money(table: Block, columns: list[Column]) -> list[Column]:
    """Return the columns with sums and totals told apart.

    A lone sum column headed "total" holds the sums; a column that adds up the others holds their total.
    """
    sums = [column for column in columns if column.holds in (Holds.MONEY, Holds.TOTAL)]
    if sums and all(column.holds is Holds.TOTAL for column in sums):
        return [_as(column, Holds.MONEY) if column is sums[-1] else column for column in columns]
    money = [column for column in sums if column.holds is Holds.MONEY and not column.is_match]
    senses = {column.index: _sum_sense(column.heading) for column in money}
    no_award = _NO_AWARD | {"gross"} if "net" in senses.values() else _NO_AWARD
    apart = [column for column in money if senses[column.index] in no_award or _NOT_NOW.search(column.heading)]
    if apart and len(apart) < len(money):  # what was asked for, or given before, beside what is given now
        return [_as(column, Holds.OTHER) if column in apart else column for column in columns]
    if len(money) > 2 and (total := next((column for column in money if _sums_up(table, column, money)), None)):
        return [_as(column, Holds.TOTAL) if column is total else column for column in columns]
    return columns


def _sums_up(table: Block, total: Column, columns: Sequence[Column]) -> bool:
    """Return True if each row's figure in one column is the sum of its other figures."""
    if total.years:
        return False
    rows = 0
    for row in table.rows:
        figures = {
            column.index: parse_amount(row.cells[column.index].text) or Decimal(0)
            for column in columns
            if column.index < len(row.cells)
        }
        said = figures.pop(total.index, Decimal(0))
        if abs(sum(figures.values(), Decimal(0)) - said) >= 1:
            return False
        rows += said > 0
    return rows > 1


def _as(column: Column, holds: Holds) -> Column:
    return replace(column, holds=holds)
