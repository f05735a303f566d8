"""CSV of funding flows and of facts, safe to open in a spreadsheet, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import astuple, fields

from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
COLUMNS = tuple(each.name for each in fields(FlatFlow))
FACT_COLUMNS = tuple(each.name for each in fields(FlatFact))


def flows_csv(flows: Iterable[FlatFlow]) -> str:
    """Return one line per flow or award. A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    return _csv(COLUMNS, (astuple(flow) for flow in flows))


def facts_csv(facts: Iterable[FlatFact]) -> str:
    """Return one line per statement beside money."""
    return _csv(FACT_COLUMNS, (astuple(fact) for fact in facts))


def _csv(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def read_flows_csv(text: str) -> list[FlatFlow]:
    """Return the flows that `flows_csv` wrote."""
    lines = csv.reader(io.StringIO(text, newline=""))
    next(lines)
    return [FlatFlow(*(plain(cell) for cell in line)) for line in lines]


def neutral(cell: str) -> str:
    """Return the cell as text that no spreadsheet takes for a formula; a number, negative too, stays as it is."""
    if _NUMBER.fullmatch(cell):
        return cell
    # a cell of its own apostrophe gets one more, so that reading back is exact; csv cannot carry NUL everywhere
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """Return the cell that `neutral` was given."""
    return cell[1:] if cell.startswith("'") else cell
