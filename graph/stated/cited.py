"""Decisions that are known by reference only, and stated totals, read from the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib.term import Node

from graph.identifiers import year_of
from graph.model import Evidence
from graph.stated.decisions import document_of
from graph.stated.things import text_of


@dataclass(frozen=True, slots=True)
class CitedDecision:
    """A decision that loaded decisions cite and that is not loaded itself."""

    iri: str
    reference: str


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that a document states over several flows; `StatedTotal` is its form in a record."""

    iri: str
    document: str
    amount: Decimal
    label: str
    payer: str  #: IRI, or ""
    years: tuple[str, ...]
    programmes: tuple[str, ...]  #: IRIs
    evidence: tuple[Evidence, ...]


def total_of(iri: str, rows: Sequence[Mapping[str, Node]], evidence: tuple[Evidence, ...]) -> Total:
    """Return the total of an IRI, out of its rows in a query's result and its evidence."""
    years = {year_of(text_of(row, "year")) for row in rows if row.get("year") is not None}
    return Total(
        iri=iri,
        document=document_of(iri),
        amount=Decimal(text_of(rows[0], "amount")),
        label=text_of(rows[0], "label"),
        payer=text_of(rows[0], "payer"),
        years=tuple(sorted(year for year in years if year)),
        programmes=tuple(sorted({text_of(row, "programme") for row in rows if row.get("programme") is not None})),
        evidence=evidence,
    )
