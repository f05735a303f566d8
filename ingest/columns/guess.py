"""Guess the role of each column from its heading, checked against its cells, or from its cells alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import EntityKind
from graph.names.index import NameContext, NameIndex, looks_like_organisation
from graph.parse.dates import parse_date
from graph.parse.years import find_years
from ingest.columns.cells import ColumnCells, cells_of
from ingest.columns.drafting import DraftColumn
from ingest.columns.headings import SUMS, load_headings
from ingest.columns.mapping import ColumnMapping, ListKind, Role
from ingest.columns.row_words import load_row_words
from ingest.columns.sums import settle_sums
from ingest.columns.values import year_of_date
from ingest.document import Block

_ONE_OF_EACH = ("payee", "payer", "year", "date", "start", "end", "status", "kind", "reference", "place", "programme",
                "fund", "payee id", "payer id")  # fmt: skip
_MOST_NAMES = 40  #: different cells that are looked up in the registry
_FEW_PAYERS = 3  #: different names in a column, to be those of payers


@dataclass(frozen=True, slots=True)
class Guess:
    """The inputs of a guess besides the table."""

    names: NameIndex
    titles: str = ""  #: the lines above the table, the sheet's name, the file's name
    chosen: Mapping[int, Role] | None = None  #: roles that a person set, by column index


def guess_mapping(table: Block, guess: Guess) -> ColumnMapping:
    """Return the role of each column of a table; a column whose role is unknown gets the role `ignored`."""
    columns = drafts_of(table)
    standard = load_headings().standard_senses([column.heading for column in columns])
    if standard is not None:
        _take_standard(columns, standard)
        kind: ListKind | None = ListKind.STANDARD
    else:
        _read_headings(columns)
        kind = None
    _take_chosen(columns, guess.chosen or {})
    settle_sums(columns, table.rows)
    _one_of_each(columns)
    if standard is None:
        _read_cells(columns, guess.names)
    kind = kind or _kind_of_list(columns, guess.titles)
    return ColumnMapping(table.locator, kind, tuple(column.used() for column in columns))


def drafts_of(table: Block) -> list[DraftColumn]:
    """Return a draft for each column of a table, with its heading and cells and no sense chosen."""
    width = max((len(row.cells) for row in (*table.header, *table.rows)), default=0)
    return [_draft(table, index) for index in range(width)]


def headings_of(table: Block) -> tuple[str, ...]:
    """Return the heading of each column of a table; a heading that takes two rows is joined."""
    width = max((len(row.cells) for row in (*table.header, *table.rows)), default=0)
    return tuple(_heading(table, index) for index in range(width))


def _heading(table: Block, index: int) -> str:
    texts = [row.cells[index].text for row in table.header if index < len(row.cells)]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _draft(table: Block, index: int) -> DraftColumn:
    heading = _heading(table, index)
    return DraftColumn(index, heading, cells_of(table.rows, index), _years_of_heading(heading))


def _years_of_heading(heading: str) -> tuple[str, ...]:
    """Return the financial years that a heading names, or the year of the month that it names."""
    years = tuple(dict.fromkeys(year for found in find_years(heading) for year in found.years))
    if years:
        return years
    date = parse_date(heading)
    return (year_of_date(date),) if date is not None and len(date) > len("2024") else ()


def _without_years(heading: str) -> str:
    for found in reversed(find_years(heading)):
        heading = f"{heading[: found.start]} {heading[found.end :]}"
    return heading


def _take_standard(columns: Sequence[DraftColumn], senses: Sequence[str]) -> None:
    for column, sense in zip(columns, senses, strict=True):
        column.is_certain = sense != "ignored"
        column.become(sense, 0.99, "a heading of the 360Giving standard")


def _read_headings(columns: Sequence[DraftColumn]) -> None:
    """Choose for each column the most likely sense that its heading suggests and its cells allow."""
    for column in columns:
        senses = load_headings().senses_of(_without_years(column.heading))
        fitting = next((sense for sense in senses if column.allows(sense.sense)), None)
        if column.years and column.allows("amount") and (fitting is None or fitting.sense not in SUMS):
            said = (
                "the heading names financial years" if len(column.years) > 1 else "the heading names a financial year"
            )
            column.become("amount", 0.9, said, f"{column.cells.sums:.0%} of its cells are sums")
        elif fitting is not None:
            column.take(fitting)
            if senses[0] is not fitting:
                column.confidence -= 0.1
        elif senses:
            column.become("ignored", 0.5, senses[0].reason, f"but its cells are not of that kind ({senses[0].sense})")
        else:
            column.become("ignored", 0.4, "nothing tells what it holds")


def _take_chosen(columns: Sequence[DraftColumn], chosen: Mapping[int, Role]) -> None:
    for column in columns:
        role = chosen.get(column.index)
        if role is not None:
            sense = "row total" if role is Role.TOTAL else role.value.replace("-", " ")
            column.is_set = True
            column.become(sense, 1.0, "set by a person")


def _one_of_each(columns: Sequence[DraftColumn]) -> None:
    """Leave one column for each sense that only one may have: that set by a person, else the surest, else the first."""
    for sense in _ONE_OF_EACH:
        rivals = [column for column in columns if column.sense == sense]
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda column: (column.is_set, column.confidence, _spread(column.cells)))
        for column in rivals:
            if column is best or column.is_set:
                continue
            if sense == "payee" and _could_be_payer(column, columns):
                column.become("payer", 0.7, *column.reasons, f"“{best.heading}” is the payee, and this has few names")
            elif sense in ("programme", "kind") or (sense == "fund" and column.cells.is_words):
                column.become("purpose", 0.6, *column.reasons, f"“{best.heading}” is the {sense}")
            else:
                column.leave_out(f"“{best.heading}” is the {sense}")


def _spread(cells: ColumnCells) -> int:
    return len(cells.distinct)


def _could_be_payer(column: DraftColumn, columns: Sequence[DraftColumn]) -> bool:
    has_payer = any(other.sense == "payer" for other in columns)
    return not has_payer and len(column.cells.texts) > _FEW_PAYERS >= len(column.cells.distinct)


def _read_cells(columns: Sequence[DraftColumn], names: NameIndex) -> None:
    """Use the cells to find the payee, sum, date and year columns that no heading announces."""
    open_columns = [column for column in columns if _is_open(column)]
    senses = {column.sense for column in columns}
    if "amount" not in senses and "requested" not in senses:
        _find(open_columns, "amount", _sums_in_pounds, "its cells are sums in pounds")
    if not senses & {"year", "date", "start"} and not any(column.years for column in columns):
        _find(open_columns, "date", lambda cells: cells.dates if cells.sums < 0.3 else 0.0, "its cells are dates")
        _find(open_columns, "year", lambda cells: cells.years, "its cells name financial years")
    if "payee" not in senses:
        _find(open_columns, "payee", lambda cells: _share_of_names(cells, names), "its cells read like organisations")
    if not any(column.sense == "payee" for column in columns):
        places = [column for column in columns if column.sense == "place" and not column.is_set]
        for column in places:
            if _share_of_councils(column.cells, names) >= 0.5:
                column.become(
                    "payee", 0.7, *column.reasons, "its cells are areas with a council, and no column is a payee"
                )


def _is_open(column: DraftColumn) -> bool:
    return column.sense == "ignored" and column.confidence <= 0.5 and not column.is_set and bool(column.cells.texts)


def _find(columns: Sequence[DraftColumn], sense: str, share: Callable[[ColumnCells], float], reason: str) -> None:
    """Give a sense to the undecided column with the highest share of fitting cells, if they are most of its cells."""
    shares = [(share(column.cells), -column.index, column) for column in columns if _is_open(column)]
    best = max(shares, key=lambda each: each[:2], default=None)
    if best is not None and best[0] >= 0.6:
        best[2].become(sense, 0.5 + best[0] * 0.15, "the heading is silent", f"{best[0]:.0%}: {reason}")


def _sums_in_pounds(cells: ColumnCells) -> float:
    return cells.sums if cells.printed_sums >= 0.3 else 0.0


def _share_of_names(cells: ColumnCells, names: NameIndex) -> float:
    if not cells.is_words:
        return 0.0
    looked_at = cells.distinct[:_MOST_NAMES]
    kinds = Counter(_is_organisation(text, names) for text in looked_at)
    return kinds[True] / max(1, len(looked_at))


def _is_organisation(text: str, names: NameIndex) -> bool:
    known = names.resolve(text, kinds={EntityKind.ORGANISATION}, context=NameContext(payee=True))
    return known is not None or (len(text.split()) > 1 and looks_like_organisation(text))


def _share_of_councils(cells: ColumnCells, names: NameIndex) -> float:
    looked_at = cells.distinct[:_MOST_NAMES]
    found = [names.resolve(text, kinds={EntityKind.ORGANISATION}, as_payee=True) for text in looked_at]
    return sum(1 for entity in found if entity is not None) / max(1, len(looked_at))


def _kind_of_list(columns: Sequence[DraftColumn], titles: str) -> ListKind:
    """Return the kind of list: from its headings, else from its title, else a list of awards."""
    votes: Counter[ListKind] = Counter()
    for column in columns:
        if column.list_kind is not None:
            votes[column.list_kind] += 1
    row_words = load_row_words()
    votes[ListKind.SPENDING] += row_words.says("spending title", titles)
    votes[ListKind.AWARDS] += row_words.says("awards title", titles)
    return ListKind.SPENDING if votes[ListKind.SPENDING] > votes[ListKind.AWARDS] else ListKind.AWARDS
