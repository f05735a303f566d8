"""Records of labelled lines ("Recipient: X", "Amount: £5"), each read as the row of a table would be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model import Evidence
from graph.parse.money import MoneyMention, find_money
from graph.parse.years import find_years, parse_year
from ingest.columns.values import date_of
from ingest.document import Block, BlockKind
from ingest.extract.scope.document import Scope
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Fallback, Said, Spot, Sum, certain
from ingest.extract.tables.columns import Holds, held_under
from ingest.extract.tables.row_parties import RowParties, cells_parties
from ingest.extract.words.sections import Origin

_LINE = re.compile(r"(?P<key>[A-Z\d][^:£|]{1,44}?)\s*:\s+(?P<value>\S.*)", re.S)
_SUM_KEY = re.compile(
    r"\b(?:amount|allocation|award(?:ed)?|value|grant|funding|sum|contribution|payment|cost)s?\b(?!\s+(?:by|to|of\s+the\s+project))",
    re.I,
)
_NO_SUM_KEY = re.compile(
    r"\b(?:requested|sought|applied|bids?|budget|existing|current|previous|underspend|savings?|implications?|reference|criteria|decision)\b",
    re.I,
)
_DATE_KEY = re.compile(r"(?:date|source|url|link)s?\b", re.I)  #: of the decision and its page
_TOTAL_KEY = re.compile(r"\btotal\b", re.I)
_NO_CELL = re.compile(r"https?://|www\.|^(?:n/?a|none|tbc|not stated)\b", re.I)
_PARTIES = (Holds.RECIPIENT, Holds.FUNDER)
_WAYS = {Holds.END: Holds.RECIPIENT, Holds.START: Holds.FUNDER}  #: "to" and "from" over names, not dates
_READ = (*_PARTIES, Holds.PERIOD, Holds.FUND, Holds.PROGRAMME)
_LONGEST_CELL = 120
_LONGEST_GAP = 4  #: unlabelled paragraphs inside one record: why the money was given, what it does


@dataclass(slots=True)
class _Record:
    """The labelled lines of one award."""

    cells: dict[Holds, str] = field(default_factory=dict)
    sums: list[tuple[Block, str, MoneyMention]] = field(default_factory=list)
    gap: int = 0

    def has_party(self) -> bool:
        return any(holds in self.cells for holds in _PARTIES)


@dataclass(frozen=True, slots=True)
class Records:
    """What labelled lines say, and where those that are sums stand: prose need not read them again."""

    sums: tuple[Sum, ...]
    read: frozenset[int]  #: the starts of blocks


def read_records(scope: Scope) -> Records:
    """Return the sums of a record that names a payee or payer, or that the document's head states."""
    sums: list[Sum] = []
    read: set[int] = set()
    for record in _records(scope.document.blocks):
        stated = [one for one in record.sums if record.has_party() or one[0].kind is BlockKind.FIELD]
        if not stated:
            continue
        parties = cells_parties(scope, [(holds, cell) for holds, cell in record.cells.items()])
        for block, key, money in stated:
            sums.append(_sum_of(scope, parties, block, key, money, alone=len(stated) == 1))
            read.add(block.start)
    return Records(tuple(sums), frozenset(read))


def _records(blocks: tuple[Block, ...]) -> Iterator[_Record]:
    """Go through the lines; a heading, a label said again or a long gap begins another record."""
    current = _Record()
    for block in blocks:
        line = _labelled(block)
        if line is None:
            current.gap += 1
            if block.kind in (BlockKind.HEADING, BlockKind.TABLE) or current.gap > _LONGEST_GAP:
                yield current
                current = _Record()
            continue
        key, value = line
        current.gap = 0
        money = _sum(key, value)
        holds = None if money is not None or _DATE_KEY.match(key) else _held(key, value)
        if holds in _READ and holds in current.cells:
            yield current
            current = _Record()
        if money is not None:
            current.sums.append((block, key, money))
        elif holds in _READ and len(value) <= _LONGEST_CELL and not _NO_CELL.search(value):
            current.cells[holds] = value.strip(" .;")
    yield current


def _held(key: str, value: str) -> Holds | None:
    """Return what a labelled line holds: "For: 2031/32" is a period, and "To: Elm Trust" a payee."""
    if parse_year(value):
        return Holds.PERIOD
    holds = held_under(key)
    if holds in _WAYS and not date_of(value):
        return _WAYS[holds]
    return holds


def _labelled(block: Block) -> tuple[str, str] | None:
    if block.kind is BlockKind.FIELD:
        return block.field_name, block.text
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return None
    match = _LINE.fullmatch(block.text)
    return (match["key"], match["value"]) if match is not None and len(match["key"].split()) <= 6 else None


def _sum(key: str, value: str) -> MoneyMention | None:
    """Return the sum that a line states and nothing else; None where its label is of other money."""
    if not _SUM_KEY.search(key) or _NO_SUM_KEY.search(key):
        return None
    found = [money for money in find_money(value) if money.amount > 0]
    if len(found) != 1 or re.search(r"\w{3}", value[: found[0].start]) or len(value) - found[0].end > _LONGEST_CELL:
        return None
    return found[0]


def _sum_of(scope: Scope, parties: RowParties, block: Block, key: str, money: MoneyMention, *, alone: bool) -> Sum:
    words = f"{key}: {block.text}" if block.kind is BlockKind.FIELD else block.text
    years = tuple(dict.fromkeys(year for found in find_years(words) for year in found.years)) or parties.years
    quote = scope.document.text[block.start : block.end].strip()
    evidence = Evidence(block.locator, quote, block.page, block.start, block.start + len(quote))
    pair = Pair(parties.funder, parties.recipient)
    is_total = bool(_TOTAL_KEY.search(key)) and not alone
    return Sum(
        amount=money.amount,
        spot=Spot(Origin.TABLE, evidence, block.start, block.start, block.start),
        standing=certain(Standing.FLOW),
        parties=certain(pair),
        years=certain(years),
        programmes=certain(parties.programmes),
        fund=certain(parties.fund),
        basis=money.basis,
        said=frozenset({Said.TOTAL}) if is_total else frozenset(),
        recipient_words=parties.recipient_words,
        per_year=money.per_year,
        fallback=Fallback(
            scope.years,
            scope.programmes,
            scope.place,
            parties.fund or scope.fund_of(parties.funder),
        ),
        label=words,
    )
