"""The tables of a label folder as lines that know their file and number; errors are collected, not raised."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InvalidReference
from graph.exports.table import neutral, plain_if_written
from graph.registry_tables import Line

#: table -> its columns, in the order in which they are written
COLUMNS = {
    "flows": (
        "document", "row", "funder", "recipient", "amount", "year", "years", "programme", "place", "fund", "kind",
        "status", "required", "where",
    ),
    "decisions": ("document", "reference", "title", "body", "signed", "decided_by", "key"),
    "years": ("document", "row", "alternatives"),
    "awards": ("document", "funder", "recipient", "programme", "years", "kind", "status", "where"),
    "facts": ("document", "subject", "relation", "object", "where"),
    "sources": ("document", "url", "body", "form"),
    "SPLITS": ("document", "body", "form", "group"),
    "agreement": ("document", "required", "both", "year", "funder", "recipient", "programme", "fund", "status"),
}  # fmt: skip
NEEDED = ("flows", "decisions")


@dataclass
class Faults:
    """The errors in a folder of labels, in the order found."""

    found: list[InvalidReference] = field(default_factory=list)

    def add(self, fault: InvalidReference) -> None:
        """Add an error."""
        self.found.append(fault)

    def at(self, line: Line, message: str) -> None:
        """Add an error about a line."""
        self.add(line.fault(message))

    def raise_first(self) -> None:
        """Raise the first error, with the number of further ones; do nothing if there is none.

        Raises:
            InvalidReference: There is an error.
        """
        if self.found:
            more = len(self.found) - 1
            raise InvalidReference(f"{self.found[0]}" + (f" And {more} more." if more else ""))


def read_table(folder: Path, table: str, faults: Faults, *, optional_columns: Sequence[str] = ()) -> list[Line]:
    """Return the lines of a table; none if an optional table is absent."""
    file = folder / f"{table}.csv"
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if table in NEEDED:
            faults.add(InvalidReference(f"{file}: labels need this table; add it with the columns of data/labels."))
        return []
    except UnicodeDecodeError as error:
        faults.add(InvalidReference(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8."))
        return []
    return list(_lines(file, text, [c for c in COLUMNS[table] if c not in optional_columns], faults))


def _lines(file: Path, text: str, columns: Sequence[str], faults: Faults) -> Iterator[Line]:
    reader = csv.DictReader(text.splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        faults.add(InvalidReference(f"{file}, line 1: lacks the column {missing[0]!r}; add it to the header."))
        return
    for values in reader:
        line = Line(file, reader.line_num, values)
        if None in values or None in values.values():
            faults.at(line, "has too many or too few columns; put quotation marks around a value with a comma")
        else:
            yield Line(file, line.number, {name: plain_if_written(value) for name, value in values.items()})


def write_table(folder: Path, table: str, rows: Sequence[dict[str, str]]) -> Path:
    """Write a table with its header and return its file; cells that look like formulas are escaped."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{table}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS[table], lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: neutral(value) for name, value in row.items()} for row in rows)
    return file
