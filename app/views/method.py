"""Data and method: what is loaded, what is not, how figures are counted, and the graph for other tools."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards, html
from app.viewmodels import words
from app.viewmodels.holdings import COUNTING, SPARQL_EXAMPLE, bodies_table, loaded_sentence
from app.viewmodels.table import Cell, Table
from graph.errors import WhofundsError

EXPORTS = (
    ("Turtle", "turtle", "ttl", "text/turtle"),
    ("JSON-LD", "jsonld", "jsonld", "application/ld+json"),
    ("CSV", "csv", "csv", "text/csv"),
    ("GraphML", "graphml", "graphml", "application/xml"),
    ("360Giving", "360giving", "json", "application/json"),
)
MOST_ROWS = 1000


def main() -> None:
    """Draw the page."""
    cards.title("Data and method")
    heads = resources.heads()
    cards.lead(loaded_sentence(heads.values()))
    build = resources.ground().build
    st.html(
        html.facts_html(
            [
                ("This build", build.id, ""),
                ("Published", build.created, ""),
                ("Sums of money", f"{len(resources.every_flow()):,}", ""),
                ("Named in them", f"{len(resources.things()):,} organisations, programmes, places and funds", ""),
                ("Version", resources.version(), ""),
            ]
        )
    )
    cards.heading("What is loaded")
    cards.table(bodies_table(heads.values()), label="Decision bodies", key="bodies")
    cards.heading("What is not covered")
    cards.card(
        "Only what these documents say",
        "A programme may have had other money that no loaded decision records. "
        "Part 2 papers, which are confidential, and contracts below a decision are not included. "
        "An empty answer means that nothing was found here, not that nothing was paid.",
    )
    cards.heading("How figures are counted")
    st.html(html.facts_html((label, text, "") for label, text in COUNTING))
    _exports()
    _sparql()


def _exports() -> None:
    cards.heading("Take the data away")
    cards.note("The whole graph in the formats that other tools read. Making a file takes a moment.")
    columns = st.columns(len(EXPORTS))
    for column, (label, form, suffix, mime) in zip(columns, EXPORTS, strict=True):
        with column:
            st.download_button(
                label, data=lambda form=form: resources.export(form), file_name=f"whofunds.{suffix}", mime=mime,
                key=f"export-{form}", on_click="ignore", width="stretch",
            )  # fmt: skip


def _sparql() -> None:
    cards.heading("Ask the graph in SPARQL")
    cards.note("For those who know the language. The query can read and cannot change anything.")
    with st.form("sparql", border=False):
        query = st.text_area("Query", value=SPARQL_EXAMPLE, height=220, key="sparql:query")
        pressed = st.form_submit_button("Run")
    if not pressed or not query:
        return
    try:
        columns, rows = resources.sparql(query)
    except WhofundsError as error:
        cards.failed("The query was refused", error)
        return
    cards.note(words.count(len(rows), "row") + (f", the first {MOST_ROWS:,} shown" if len(rows) > MOST_ROWS else ""))
    shown = tuple(tuple(Cell(text) for text in row) for row in rows[:MOST_ROWS])
    cards.table(Table(columns, shown), label="Result", key="sparql-rows", file="whofunds-query.csv")


main()
