"""The page Data and method: what is loaded and what is not, how figures are counted, and exports of the graph."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import actions, resources
from app.components import cards, html
from app.viewmodels import words
from app.viewmodels.holdings import (
    COUNTING,
    SPARQL_HELP,
    absent_sentence,
    bodies_table,
    build_facts,
)
from app.viewmodels.sending import sending_sentences
from app.viewmodels.sureness import ANCHOR, PROMISES
from app.viewmodels.table import Cell, Table
from graph.errors import WhofundsError
from graph.queries.questions import example_queries, vocabulary_version
from graph.stated.coverage import coverage_of

EXPORTS = (
    ("Excel", "xlsx", "whofunds.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("CSV", "csv", "whofunds.csv", "text/csv"),
    ("CSV of facts", "csv:facts", "whofunds-facts.csv", "text/csv"),
    ("360Giving", "360giving", "whofunds.json", "application/json"),
    ("360Giving, undated", "360giving:rest", "whofunds.rest.json", "application/json"),
    ("GraphML", "graphml", "whofunds.graphml", "application/xml"),
    ("FollowTheMoney", "ftm", "whofunds.ftm.json", "application/x-ndjson"),
    ("Turtle", "turtle", "whofunds.ttl", "text/turtle"),
    ("TriG", "trig", "whofunds.trig", "application/trig"),
    ("JSON-LD", "jsonld", "whofunds.jsonld", "application/ld+json"),
)
IN_A_ROW = 5  #: buttons for exports
MOST_ROWS = 1000


def main() -> None:
    """Draw the page."""
    cards.title("Data and method")
    heads = resources.heads()
    cards.lead(resources.loaded())
    settings, manifest = resources.settings(), resources.ground().build.manifest
    coverage = coverage_of(heads.values(), resources.every_flow(), resources.registry())
    flows, things = len(resources.every_flow()), len(resources.things())
    vocabulary = vocabulary_version(settings.ontologies)
    st.html(html.facts_html(build_facts(manifest, coverage.latest, flows, things, resources.version(), vocabulary)))
    cards.heading("What is loaded")
    cards.table(bodies_table(coverage), label="Decision bodies", key="bodies", file="whofunds-bodies.csv")
    cards.heading("What is not covered")
    cards.card(
        "Only what these documents say",
        "A programme may have had other money that no loaded decision records. "
        "Part 2 papers, which are confidential, and contracts below a decision are not included. "
        "An empty answer means that nothing was found here, not that nothing was paid.\n" + absent_sentence(coverage),
    )
    cards.heading("How figures are counted")
    st.html(html.facts_html((label, text, "") for label, text in COUNTING))
    cards.heading("How sure a figure is", anchor=ANCHOR)
    st.html(html.facts_html((label, text, "") for label, text in PROMISES))
    cards.heading("What leaves this machine")
    cards.note(" ".join(sending_sentences(settings)))
    _exports()
    _sparql(example_queries(settings.ontologies))


def _exports() -> None:
    cards.heading("Take the data away")
    cards.note("The whole graph in the formats that other tools read. Making a file takes a moment.")
    columns = [column for _ in range(0, len(EXPORTS), IN_A_ROW) for column in st.columns(IN_A_ROW)]
    for column, (label, form, file, mime) in zip(columns, EXPORTS, strict=False):
        with column:
            make = actions.noted_export(f"all as {form}", partial(resources.export, form))
            st.download_button(
                label, data=make, file_name=file, mime=mime,
                key=f"export-{form}", on_click="ignore", width="stretch",
            )  # fmt: skip


def _sparql(examples: dict[str, str]) -> None:
    cards.heading("Ask the graph in SPARQL")
    cards.note("For those who know the language. The query can read and cannot change anything.")
    names = list(examples)
    chosen = st.selectbox("Begin with a question", names, key="sparql:example", persist_state="session")
    with st.form("sparql", border=False):
        query = st.text_area("Query", value=examples.get(chosen or "", ""), height=260, key=f"sparql:{chosen}")
        pressed = st.form_submit_button("Run")
    if not pressed or not query:
        return
    try:
        with st.spinner("Asking"):
            columns, rows = resources.sparql(query)
    except WhofundsError as error:
        cards.failed("The query was not run", f"{error}\n{SPARQL_HELP}")
        return
    cards.note(words.count(len(rows), "row") + (f", the first {MOST_ROWS:,} shown" if len(rows) > MOST_ROWS else ""))
    if rows:
        shown = tuple(tuple(Cell(text) for text in row) for row in rows[:MOST_ROWS])
        cards.table(Table(columns, shown), label="Result", key="sparql-rows", file="whofunds-query.csv")


main()
