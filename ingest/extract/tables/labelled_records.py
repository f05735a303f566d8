"""Awards given as labelled lines ("Recipient: X", "Amount: £5"), each read like a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.model import Evidence, FlowStatus
from graph.parse.money import MoneyMention, find_money
from graph.parse.years import find_years, parse_year
from ingest.columns.headings import load_headings
from ingest.columns.row_words import load_row_words
from ingest.columns.values import date_of
from ingest.document import Block, BlockKind
from ingest.extract.choice import Choice
from ingest.extract.scope.document import Scope
from ingest.extract.scope.labelled_lines import LabelledLine, labelled_lines
from ingest.extract.scope.stated_periods import years_of_days
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import APPROVED, Fallback, Said, Spot, Sum, certain
from ingest.extract.tables.columns import Holds, held_under
from ingest.extract.tables.row_parties import RowParties, read_cell_parties
from ingest.extract.words.sections import Origin

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
_READ = (*_PARTIES, Holds.PERIOD, Holds.FUND, Holds.PROGRAMME, Holds.START, Holds.END, Holds.STATUS)
_LONGEST_CELL = 120
_LONGEST_GAP = 4  #: unlabelled paragraphs inside one record: why the money was given, what it does
_LONGEST_LINE = 60  #: characters of a line that is no paragraph: in a form each is a label or what stands under it
_LINES = 4  #: such lines that count as much as a paragraph
_LONGEST_AFTER = 40  #: characters behind a sum whose label has a line of its own: "excluding VAT"
_GROSS = "gross"  #: the sense of a sum with its tax


@dataclass(slots=True)
class _Record:
    """The labelled lines of one award."""

    cells: dict[Holds, str] = field(default_factory=dict)
    keys: dict[Holds, str] = field(default_factory=dict)  #: the labels of the cells
    sums: list[tuple[Block, str, MoneyMention]] = field(default_factory=list)
    gap: float = 0
    is_form: bool = False  #: labels have lines of their own

    def is_award(self) -> bool:
        """Return True if the record names a party, or is a form with the start and end of a contract."""
        needed = (*_PARTIES, Holds.PERIOD, Holds.START) if self.is_form else _PARTIES
        return any(holds in self.cells for holds in needed)

    def years(self) -> tuple[str, ...]:
        """Return the financial years from the record's start to its end."""
        return years_of_days(self.cells.get(Holds.START, ""), self.cells.get(Holds.END, ""))

    def status(self) -> Choice[FlowStatus]:
        """Return the status: proposed if the record says that a tender is open or planned, else approved."""
        status = load_row_words().status_of(self.cells.get(Holds.STATUS, ""))
        return certain(status) if status is FlowStatus.PROPOSED else APPROVED

    def put(self, holds: Holds, key: str, cell: str) -> None:
        """Store a cell; of two labels for the purpose ("Title", "Description") the first counts."""
        if holds is not Holds.PROGRAMME or self.keys.setdefault(holds, key) == key:
            self.cells[holds], self.keys[holds] = cell, key

    def has_other(self, holds: Holds, key: str, cell: str) -> bool:
        """Return True if the record has another value for the label already: the label begins the next record."""
        if holds is Holds.STATUS:
            return False
        is_same_label = holds is not Holds.PROGRAMME or self.keys.get(holds) == key
        return is_same_label and self.cells.get(holds, cell) != cell


@dataclass(frozen=True, slots=True)
class Records:
    """The sums of labelled lines, and the offsets of blocks that prose reading can skip."""

    sums: tuple[Sum, ...]
    read: frozenset[int]  #: the starts of blocks


def read_records(scope: Scope) -> Records:
    """Return the sums of records that name a payee or payer, or that stand in the document's head."""
    sums: list[Sum] = []
    read: set[int] = set()
    for record in _with_one_payer(list(_records(scope.document.blocks))):
        stated = [one for one in record.sums if record.is_award() or one[0].kind is BlockKind.FIELD]
        if not stated:
            continue
        read.update(block.start for block, _, _ in stated)
        stated = [one for one in stated if not _is_gross(one)] or stated
        parties = read_cell_parties(scope, list(_cells(record, scope).items()))
        parties = replace(parties, years=record.years() or parties.years)
        for block, key, money in stated:
            one = _sum_of(scope, parties, block, key, money, alone=len(stated) == 1)
            sums.append(replace(one, status=record.status()))
    return Records(tuple(sums), frozenset(read))


def _cells(record: _Record, scope: Scope) -> dict[Holds, str]:
    """Return the cells of a record; an untitled notice takes its purpose from the document's title."""
    title = scope.decision.title
    if not record.is_form or scope.programmes or not title or len(title) > _LONGEST_CELL:
        return record.cells
    return {Holds.PROGRAMME: title} | record.cells


def _with_one_payer(records: list[_Record]) -> list[_Record]:
    """Return the records; if the document names one payer, all records get it, as a notice names its buyer once."""
    payers = {record.cells[Holds.FUNDER] for record in records if Holds.FUNDER in record.cells}
    if len(payers) == 1:
        payer = payers.pop()
        for record in records:
            record.cells.setdefault(Holds.FUNDER, payer)
    return records


def _is_gross(stated: tuple[Block, str, MoneyMention]) -> bool:
    """Return True for a sum with tax, which repeats the sum without tax."""
    block, key, money = stated
    rest = f"{block.text[: money.start]} {block.text[money.end :]}" if key else ""
    return _says_gross(key) or _says_gross(rest)


def _says_gross(words: str) -> bool:
    return any(sense.sense == _GROSS for sense in load_headings().senses_of(words))


def _records(blocks: tuple[Block, ...]) -> Iterator[_Record]:
    """Yield the records; a heading, a repeated label or a long gap begins a new one."""
    current = _Record()
    for line in labelled_lines(blocks):
        if not isinstance(line, LabelledLine):
            if _adds_tax(current, line):
                continue
            if _ends(current, line):
                yield current
                current = _Record()
            continue
        current.gap = 0
        current.is_form = current.is_form or line.lone
        money = _sum(line)
        holds = None if money is not None or _DATE_KEY.match(line.key) else _held(line.key, line.value)
        cell = line.value.strip(" .;")
        if holds in _READ and current.has_other(holds, line.key, cell):
            yield current
            current = _Record(is_form=line.lone)
        if money is not None:
            current.sums.append((line.block, line.key, money))
        elif holds in _READ and len(cell) <= _LONGEST_CELL and not _NO_CELL.search(cell):
            current.put(holds, line.key, cell)
    yield current


def _ends(record: _Record, block: Block) -> bool:
    """Count a block without a label; return True if the record ends there."""
    if record.is_form and len(block.text) <= _LONGEST_LINE and block.kind is not BlockKind.TABLE:
        record.gap += 1 / _LINES
    else:
        record.gap += 1
    is_apart = block.kind is BlockKind.TABLE or (block.kind is BlockKind.HEADING and not record.is_form)
    return is_apart or record.gap > _LONGEST_GAP


def _adds_tax(record: _Record, block: Block) -> bool:
    """Add a line that repeats the sum above with tax ("£630,000 including VAT"); return False for any other line."""
    if not record.sums or record.gap or len(block.text) > _LONGEST_LINE:
        return False
    found = find_money(block.text)
    if len(found) != 1 or not _is_gross((block, record.sums[-1][1] or "sum", found[0])):
        return False
    record.sums.append((block, record.sums[-1][1], found[0]))
    return True


def _held(key: str, value: str) -> Holds | None:
    """Return what a labelled line holds: "For: 2031/32" a period, "To: Elm Trust" a payee; None if unknown."""
    if parse_year(value):
        return Holds.PERIOD
    holds = held_under(key)
    if holds in _WAYS and not date_of(value):
        return _WAYS[holds]
    return holds


def _sum(line: LabelledLine) -> MoneyMention | None:
    """Return the sum of a line that holds only a sum; None if the label is for other money."""
    if not (_SUM_KEY.search(line.key) or _says_gross(line.key)) or _NO_SUM_KEY.search(line.key):
        return None
    value = line.value
    most = _LONGEST_AFTER if line.lone else _LONGEST_CELL
    found = [money for money in find_money(value) if money.amount > 0]
    if len(found) != 1 or re.search(r"\w{3}", value[: found[0].start]) or len(value) - found[0].end > most:
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
