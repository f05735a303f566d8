"""The four registry tables as typed, checked rows; a fault is reported with file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InvalidReference

PLACE_TYPES = frozenset({
    "country", "region", "police-force-area", "basic-command-unit", "sub-region", "county", "district",
    "unitary-authority", "london-borough",
})  # fmt: skip
ORGANISATION_TYPES = frozenset({
    "government-department", "police-and-crime-commissioner", "police-force", "local-authority", "charity", "company",
    "university", "nhs-body", "fund-administrator", "partnership", "other",
})  # fmt: skip
PROGRAMME_KINDS = frozenset({
    "perpetrator-intervention", "victim-service", "stalking", "child-safeguarding", "offender-management",
    "restorative-justice", "evaluation", "violence-reduction", "other",
})  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GSS_CODE = re.compile(r"[EW]\d{8}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `part_of` holds the ids of the places directly around it."""

    id: str
    name: str
    type: str
    gss_code: str  #: ONS code, "" where there is none
    part_of: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that pays, receives, delivers or partners."""

    id: str
    name: str
    type: str
    org_id: str  #: org-id.guide identifier such as "GB-CHC-1234567", "" where none was seen
    place: str  #: id of the place it serves, "" where none
    part_of: str  #: id of the organisation it belongs to, "" where none
    members: tuple[str, ...]  #: ids, for a partnership
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme; `led_by` holds the ids of organisations."""

    id: str
    name: str
    kind: str
    led_by: tuple[str, ...]
    first_year: int | None
    description: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fund:
    """A pot that money comes from; `years` is free text such as "2023/24-2024/25"."""

    id: str
    name: str
    administered_by: str  #: organisation id, "" where not seen
    years: str
    aliases: tuple[str, ...]


Row = Place | Organisation | Programme | Fund


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table before it becomes a row: its cells, and where it stands."""

    file: Path
    number: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the text of a column; "" if it is empty."""
        return (self.values.get(column) or "").strip()

    def ids(self, column: str) -> tuple[str, ...]:
        """Return the ids in a column that holds several, separated by semicolons."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())

    def aliases(self) -> tuple[str, ...]:
        """Return the aliases, which are separated by bars, each once."""
        parts = (part.strip() for part in self.text("aliases").split("|"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def one_of(self, column: str, known: frozenset[str]) -> str:
        """Return the value of a column.

        Raises:
            InvalidReference: The value is not one of `known`.
        """
        value = self.text(column)
        if value not in known:
            raise self.fault(f"{column} {value!r} is not known; use one of: {', '.join(sorted(known))}")
        return value

    def id(self) -> str:
        """Return the id.

        Raises:
            InvalidReference: It is not lower-case words joined by hyphens.
        """
        value = self.text("id")
        if not _ID.fullmatch(value):
            raise self.fault(f"id {value!r} is not of the form 'lower-case-words'; mend it")
        return value

    def name(self) -> str:
        """Return the canonical name.

        Raises:
            InvalidReference: It is empty.
        """
        value = self.text("name")
        if not value:
            raise self.fault(f"{self.text('id')!r} has no name; give it one or remove the line")
        return value

    def fault(self, message: str) -> InvalidReference:
        """Return the error for a fault in this line; its message names file and line."""
        return InvalidReference(f"{self.file}, line {self.number}: {message}.")


def read_lines(folder: Path, table: str, columns: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines of `folder/table.csv`.

    Raises:
        InvalidReference: The file is missing, is not UTF-8, or lacks one of the columns.
    """
    file = folder / f"{table}.csv"
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidReference(f"{file}: this table is missing; restore it from data/{folder.name}.") from None
    except UnicodeDecodeError as error:
        raise InvalidReference(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise InvalidReference(f"{file}, line 1: lacks the column {missing[0]!r}; add it to the header.")
    for values in reader:
        line = Line(file, reader.line_num, values)
        if None in values or None in values.values():
            raise line.fault("has too many or too few columns; put quotation marks around a value with a comma")
        yield line


def place_row(line: Line) -> Place:
    """Return the place of one line."""
    code = line.text("gss_code")
    if code and not _GSS_CODE.fullmatch(code):
        raise line.fault(f"gss_code {code!r} is not E or W and eight digits; mend it or leave it empty")
    return Place(line.id(), line.name(), line.one_of("type", PLACE_TYPES), code, line.ids("part_of"), line.aliases())


def organisation_row(line: Line) -> Organisation:
    """Return the organisation of one line."""
    return Organisation(
        line.id(),
        line.name(),
        line.one_of("type", ORGANISATION_TYPES),
        line.text("org_id"),
        line.text("place"),
        line.text("part_of"),
        line.ids("members"),
        line.aliases(),
    )


def programme_row(line: Line) -> Programme:
    """Return the programme of one line."""
    year = line.text("first_year")
    if year and not re.fullmatch(r"(?:19|20)\d\d", year):
        raise line.fault(f"first_year {year!r} is not a year; mend it or leave it empty")
    return Programme(
        line.id(),
        line.name(),
        line.one_of("kind", PROGRAMME_KINDS),
        line.ids("led_by"),
        int(year) if year else None,
        line.text("description"),
        line.aliases(),
    )


def fund_row(line: Line) -> Fund:
    """Return the fund of one line."""
    return Fund(line.id(), line.name(), line.text("administered_by"), line.text("years"), line.aliases())
