"""Output of commands: text for people in a terminal, JSON and CSV for programs."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

GAP = "  "


def print_json(value: Any, *, lines: bool = False) -> None:
    """Print the value as JSON on standard output; with `lines`, on one line."""
    print(json.dumps(value, ensure_ascii=False, indent=None if lines else 2))


def offer_csv(parser: argparse.ArgumentParser, rows: str) -> None:
    """Add the option --csv to a command that prints rows; `rows` describes a row in the help text."""
    parser.add_argument("--csv", action="store_true", help=f"print a table for other programs: a row for each {rows}")


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV on standard output, in the form of exports; a list in a cell is joined with "; "."""
    from graph.exports.table import csv_text

    print(csv_text(columns, ([_cell(row.get(name)) for name in columns] for row in rows)), end="")


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def say(message: str) -> None:
    """Print one line of information on standard error."""
    print(" ".join(message.split()), file=sys.stderr)


def warn(message: str) -> None:
    """Print one line on standard error that --quiet does not hide: the command succeeded, but something is wrong."""
    print(" ".join(message.split()), file=getattr(sys.stderr, "loud", sys.stderr))


class Hushed(io.StringIO):
    """Standard error under --quiet: output is held back and printed only if the command fails."""

    def __init__(self, loud: TextIO) -> None:
        super().__init__()
        self.loud = loud  #: where warnings go all the same


def terminal_width() -> int:
    """Return the number of columns to use: the terminal's, at most 120."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def wrapped(text: str, *, indent: str = "") -> str:
    """Return the text wrapped to the terminal's width, with each line indented."""
    return textwrap.fill(plain(text), terminal_width(), initial_indent=indent, subsequent_indent=indent)


def plain(text: str) -> str:
    """Return the text on one line without control characters, so that no document can control the terminal."""
    words = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in str(text))
    return " ".join(words.split())


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, right: Sequence[int] = ()) -> str:
    """Return rows as aligned columns under their headings; the widest columns are wrapped until the table fits.

    Args:
        headings: One per column.
        rows: As many cells as headings; None is printed as "".
        right: Indices of columns that are aligned right, such as amounts.
    """
    cells = [[plain("" if cell is None else cell) for cell in row] for row in rows]
    widths = _fitted([max(len(row[i]) for row in [list(headings), *cells]) for i in range(len(headings))])
    lines = [_line(headings, widths, ()), GAP.join("-" * width for width in widths)]
    for row in cells:
        folded = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for part in range(max(map(len, folded))):
            lines.append(_line([cell[part] if part < len(cell) else "" for cell in folded], widths, right))
    return "\n".join(lines)


def _fitted(widths: list[int]) -> list[int]:
    room = max(terminal_width() - len(GAP) * (len(widths) - 1), 8 * len(widths))
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] -= 1
    return [max(width, 1) for width in widths]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    aligned = [
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return GAP.join(aligned).rstrip()


def pounds(amount: str | None) -> str:
    """Return "£1,234.50" for the decimal string "1234.50"; "" for None."""
    if not amount:
        return ""
    from decimal import Decimal

    from graph.parse.money import format_pounds

    return format_pounds(Decimal(amount))
