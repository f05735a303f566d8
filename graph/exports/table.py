"""CSV of flows, facts and published records, safe to open in a spreadsheet; and reading it back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import astuple, fields

from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow
from graph.exports.published import FlatPublished

BYTE_ORDER_MARK = "\ufeff"  #: by it a spreadsheet knows that a file is UTF-8
#: with what a cell begins that a spreadsheet may run; in some languages also the wide signs
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
COLUMNS = tuple(each.name for each in fields(FlatFlow))
FACT_COLUMNS = tuple(each.name for each in fields(FlatFact))
PUBLISHED_COLUMNS = tuple(each.name for each in fields(FlatPublished))


def flows_csv(flows: Iterable[FlatFlow]) -> str:
    """Return CSV with one line for each flow or award.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    return csv_text(COLUMNS, (astuple(flow) for flow in flows))


def facts_csv(facts: Iterable[FlatFact]) -> str:
    """Return CSV with one line for each relation."""
    return csv_text(FACT_COLUMNS, (astuple(fact) for fact in facts))


def published_csv(published: Iterable[FlatPublished]) -> str:
    """Return CSV with one line for each published record that stands beside a sum."""
    return csv_text(PUBLISHED_COLUMNS, (astuple(each) for each in published))


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a heading and rows as CSV, with cells that no spreadsheet takes for formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def read_flows_csv(text: str) -> list[FlatFlow]:
    """Return the rows that `flows_csv` wrote, from the text of a file or of standard output."""
    lines = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    next(lines)
    return [FlatFlow(*(plain(cell) for cell in line)) for line in lines]


def neutral(cell: str) -> str:
    """Return a cell as text that no spreadsheet takes for a formula; numbers, negative too, stay as they are."""
    if _NUMBER.fullmatch(cell):
        return cell
    # a cell of its own apostrophe gets one more, so that reading back is exact; csv cannot carry NUL everywhere
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def plain_if_written(cell: str) -> str:
    """Return the cell that `neutral` was given, from a file that people write too: their own apostrophes stay."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """Return the cell that `neutral` was given."""
    return cell[1:] if cell.startswith("'") else cell
