"""The column roles of an added spreadsheet as display text: role, reasons and sample cells of each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.viewmodels import words
from ingest.columns.flows import MappedTable
from ingest.columns.kept import Kept, KeptMapping
from ingest.columns.mapping import CALLED, ColumnUse, Role
from ingest.document import Block

#: what a person chooses between, in the words of the page
ROLES: dict[Role, str] = {
    Role.PAYEE: "Who gets the money",
    Role.PAYER: "Who pays it",
    Role.AMOUNT: "The sum",
    Role.REQUESTED: "The sum asked for",
    Role.TOTAL: "The total of its row",
    Role.YEAR: "The financial year",
    Role.DATE: "The date",
    Role.START: "The first day",
    Role.END: "The last day",
    Role.PROGRAMME: "The programme",
    Role.FUND: "The fund",
    Role.PURPOSE: "What it is for",
    Role.STATUS: "Whether it was approved",
    Role.KIND: "What sort of payment it is",
    Role.REFERENCE: "A reference",
    Role.PLACE: "The place",
    Role.PAYEE_ID: "The payee's identifier",
    Role.PAYER_ID: "The payer's identifier",
    Role.IGNORED: "Nothing that is read",
}
_NEEDED = ((Role.PAYEE, "who gets the money"), (Role.AMOUNT, "the sum"))
_SURE = 0.85
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column with its role."""

    index: int
    called: str  #: its heading, or "column 3"
    role: Role
    about: str  #: "For example Victim Support, Remedi. The heading is “supplier”; 97% sure"


@dataclass(frozen=True, slots=True)
class TableView:
    """All tables of a document that have the same headings; their roles are set together."""

    title: str  #: "April, row 4, and 11 more tables: read as a list of payments"
    headings: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    missing: str  #: "No column says who gets the money."; "" where nothing is missing
    is_sure: bool  #: nothing is missing, and every column that is read is sure


def table_views(tables: Sequence[MappedTable]) -> tuple[TableView, ...]:
    """Return the mapped tables of a document in order; tables with the same headings appear once."""
    alike: dict[tuple[str, ...], list[MappedTable]] = {}
    for table in tables:
        alike.setdefault(table.mapping.headings, []).append(table)
    return tuple(_table(headings, same) for headings, same in alike.items())


def with_role(columns: Kept, document: str, table: TableView, column: ColumnView, role: Role) -> Kept:
    """Return the column roles that a person set, with the role of one more column."""
    said = {each.headings: dict(each.columns) for each in columns}
    said.setdefault(table.headings, {})[column.called] = role
    return tuple(KeptMapping(document, headings, tuple(roles.items())) for headings, roles in said.items())


def _table(headings: tuple[str, ...], tables: Sequence[MappedTable]) -> TableView:
    mapping = tables[0].mapping
    more = f", and {words.count(len(tables) - 1, 'more table')}" if len(tables) > 1 else ""
    missing = [said for role, said in _NEEDED if mapping.one(role) is None]
    sure = all(column.confidence >= _SURE for column in mapping.columns if column.role is not Role.IGNORED)
    return TableView(
        title=f"{mapping.table}{more}: read as a {CALLED[mapping.kind]}",
        headings=headings,
        columns=tuple(_column(column, tables[0].setting.block) for column in mapping.columns),
        missing=f"No column says {' and '.join(missing)}." if missing else "",
        is_sure=sure and not missing,
    )


def _column(column: ColumnUse, block: Block) -> ColumnView:
    cells = (row.cells[column.index].text for row in block.rows if column.index < len(row.cells))
    samples = list(dict.fromkeys(cell for cell in cells if cell))[:_SAMPLES]
    why = "; ".join(column.reasons)
    sure = "set by hand" if column.is_set else f"{column.confidence:.0%} sure"
    about = f"For example {'; '.join(samples)}. " if samples else "Every cell is empty. "
    return ColumnView(column.index, column.called, column.role, f"{about}{why[:1].upper()}{why[1:]} ({sure}).")
