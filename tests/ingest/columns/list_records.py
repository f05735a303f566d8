"""Reads small lists of the tests' own making."""

from __future__ import annotations

from functools import cache

from graph.model import FundingFlow, Record
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.columns.flows import mapped_tables
from ingest.columns.kept import Kept, mappings_of_choice, parse_choice
from ingest.columns.mapping import ColumnMapping, Role
from ingest.columns.record import spreadsheet_record
from ingest.document import Document
from ingest.readers import read_bytes
from tests.made_sheets import Rows, make_csv, make_xlsx

BODY = "Norfolk Police and Crime Commissioner"
NORFOLK = "Police and Crime Commissioner for Norfolk"


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def csv_of(*rows: object, name: str = "list.csv") -> Document:
    return read_bytes(make_csv([row if isinstance(row, tuple | list) else (row,) for row in rows]), name)  # type: ignore[list-item]


def xlsx_of(sheets: dict[str, Rows], name: str = "list.xlsx") -> Document:
    return read_bytes(make_xlsx(sheets), name)


def chosen(document: Document, columns: str) -> Kept:
    return mappings_of_choice([document], parse_choice(columns)) if columns else ()


def record_of(document: Document, columns: str = "") -> Record:
    return spreadsheet_record(document, names(), chosen(document, columns))


def mapping_of(document: Document, columns: str = "") -> ColumnMapping:
    return mapped_tables(document, names(), chosen(document, columns))[0].mapping


def roles_of(document: Document, columns: str = "") -> list[str]:
    return [column.role.value for column in mapping_of(document, columns).columns]


def said(flow: FundingFlow) -> tuple[str, str, str]:
    """Who gets it, how much, and when."""
    recipient = flow.recipient.name if flow.recipient else flow.recipient_words
    return recipient, f"{flow.amount:.2f}", "-".join(flow.years)


def roles(*names_of_roles: str) -> list[str]:
    return [Role(name).value for name in names_of_roles]
