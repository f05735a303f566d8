"""Figures that were compared, out of the graph, with what the comparison showed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from graph.model import Check, Verdict
from graph.stated.decisions import document_of
from graph.stated.evidence import evidence_of
from graph.stated.things import select_in_batches, text_of
from graph.stores.store import Store

_WORST_FIRST = {Verdict.CONFLICT: 0, Verdict.ROUNDING: 1, Verdict.CONSISTENT: 2}


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A check with the document whose figures it compares."""

    iri: str
    document: str  #: file name
    check: Check


def checks_of(store: Store, decision: str | None = None) -> tuple[StatedCheck, ...]:
    """Return the checks of one decision, by its IRI, or of all; conflicts first."""
    rows = select_in_batches(store, "app-checks", "decision", None if decision is None else [URIRef(decision)])
    evidence = evidence_of(store, [row["check"] for row in rows])
    checks = [
        StatedCheck(
            iri=str(row["check"]),
            document=document_of(str(row["check"])),
            check=Check(
                verdict=Verdict(text_of(row, "verdict").rpartition("/")[2]),
                figures=tuple(Decimal(figure) for figure in text_of(row, "figures").split()),
                message=text_of(row, "message"),
                evidence=evidence.get(str(row["check"]), ()),
                kind=text_of(row, "checkKind") or "sum",
            ),
        )
        for row in rows
    ]
    return tuple(sorted(checks, key=lambda stated: (_WORST_FIRST[stated.check.verdict], stated.iri)))
