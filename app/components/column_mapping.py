"""Draw the columns of an added spreadsheet, each with a box that changes its role and reads the file again."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from app import actions
from app.components import cards
from app.components.html import unmarked
from app.viewmodels.column_mapping import ROLES, ColumnView, TableView, table_views, with_role
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.batch import Batch
from ingest.columns.flows import mapped_tables
from ingest.columns.mapping import FORMATS
from ingest.intake import Pending
from ingest.work import columns_of, name_index

MOST_TABLES = 6  #: of different headings that one document shows


def draw_columns(pending: Pending, batch: Batch, settings: Settings) -> None:
    """Draw the columns of a spreadsheet under review; nothing for any other document."""
    reading = pending.outcome.reading
    if reading is None or reading.document.format not in FORMATS:
        return
    names = name_index(settings.data / "registry")
    kept = (*columns_of(reading.document, settings), *pending.columns)
    views = table_views(mapped_tables(reading.document, names, kept))
    for number, view in enumerate(views[:MOST_TABLES]):
        with st.expander(f"Columns of {unmarked(view.title)}", expanded=not view.is_sure):
            if view.missing:
                cards.note(f"{view.missing} Set the column that does, if there is one.")
            for column in view.columns:
                _draw(column, view, f"add:column:{_key(pending, view)}:{number}:{column.index}", pending, batch)
    if len(views) > MOST_TABLES:
        cards.note(f"{len(views) - MOST_TABLES} tables with other headings are not shown; set them with --columns.")


def _draw(column: ColumnView, table: TableView, key: str, pending: Pending, batch: Batch) -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    roles = list(ROLES)
    role = left.selectbox(
        f"{unmarked(column.called)} is", roles, roles.index(column.role), format_func=ROLES.__getitem__, key=key
    )
    with right:
        cards.note(column.about)
    if role is None or role is column.role:
        return
    try:
        with st.spinner("Reading it again"):
            actions.read_again(batch, pending.name, with_role(pending.columns, pending.name, table, column, role))
    except WhofundsError as error:
        cards.failed("This could not be set", error)
        return
    st.rerun()


def _key(pending: Pending, table: TableView) -> str:
    """Return a key that changes with the mapping, so that each box starts with the current role."""
    held = f"{pending.name}|{[(column.called, column.role) for column in table.columns]}"
    return sha256(held.encode()).hexdigest()[:12]
