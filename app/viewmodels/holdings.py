"""What is loaded, from where and until when, and how figures are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.stated.decisions import DecisionHead

COUNTING = (
    (
        "Money is counted once",
        "A sum that a body takes in and awards on is one sum in two steps. Where a total asks where money comes from, "
        "the first step counts; where it asks who was paid, the last.",
    ),
    ("Carried forward is not new", "Money moved to a later year is the same money. It is shown, and not added again."),
    (
        "Replaced awards stay visible",
        "An award that a later decision replaced is shown as replaced and left out of totals.",
    ),
    (
        "Ceilings and bids are not money",
        "A limit, an overall total, a bid or a figure given as background is never added up.",
    ),
    (
        "One sum, several years or programmes",
        "Where a document gives one sum for several years or programmes together, it is kept together and never split "
        "by guess.",
    ),
    (
        "Every figure has its words",
        "Each figure leads to the paragraph or table row that it was read from. Nothing is inferred that no document "
        "says.",
    ),
    (
        "Names",
        "Organisations, places, programmes and funds are matched to a register of names. A name that the register "
        "lacks is kept and marked as new until someone has checked it.",
    ),
)


def loaded_sentence(heads: Iterable[DecisionHead]) -> str:
    """Return "155 decisions of 21 bodies, signed between 2013 and 2025, read into answers you can check."."""
    known = list(heads)
    bodies = {head.body for head in known if head.body}
    years = sorted(head.signed[:4] for head in known if head.signed[:4].isdigit())
    span = f", signed between {years[0]} and {years[-1]}" if years and years[0] != years[-1] else ""
    return (
        f"{words.count(len(known), 'decision')} of {words.count(len(bodies), 'public body', 'public bodies')}{span}. "
        "Every figure comes with the words it was read from."
    )


def bodies_table(heads: Iterable[DecisionHead]) -> Table:
    """Return the decision bodies with how many of their decisions are loaded and over which years."""
    known = list(heads)
    counts = Counter(head.body.name if head.body else "Not stated" for head in known)
    rows = []
    for name, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        signed = sorted(head.signed[:4] for head in known if (head.body.name if head.body else "Not stated") == name)
        dated = [year for year in signed if year.isdigit()]
        span = "—" if not dated else dated[0] if dated[0] == dated[-1] else f"{dated[0]} to {dated[-1]}"
        undated = len(signed) - len(dated)
        note = f"{undated:,} without a date" if undated else ""
        rows.append((Cell(name), Cell(f"{number:,}", plain=str(number)), Cell(span, note=note)))
    return Table(("Decision body", "Decisions", "Signed"), tuple(rows), frozenset({1}))


SPARQL_EXAMPLE = """# Which funders give most, by the sums that were approved?
SELECT ?funder (COUNT(?flow) AS ?sums) (SUM(?amount) AS ?pounds) WHERE {
  ?flow a wf:FundingFlow ; wf:hasFunder ?party ; wf:amount ?amount ;
        wf:hasStatus <https://w3id.org/whofunds/id/status/approved> .
  ?party skos:prefLabel ?funder .
} GROUP BY ?funder ORDER BY DESC(?pounds) LIMIT 20
"""
