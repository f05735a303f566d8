"""Checks (comparisons of figures with their result), read from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from graph.model import Check, FlowLink, Verdict
from graph.parse.money import format_pounds
from graph.stated.decisions import DecisionHead, document_of
from graph.stated.evidence import evidence_of
from graph.stated.flows import StatedFlow
from graph.stated.things import select_in_batches, text_of
from graph.stores.store import Store

BETWEEN_DECISIONS = "two-decisions"  #: kind of a check that sets figures of two documents against each other
CONTRADICTS = "/contradicts"  #: ends the IRI of such a check, which begins with that of its first figure
WORST_FIRST = {Verdict.CONFLICT: 0, Verdict.ROUNDING: 1, Verdict.CONSISTENT: 2}


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A check with the document whose figures it compares."""

    iri: str
    document: str  #: file name
    check: Check


def contradictions(flows: Iterable[StatedFlow], heads: Mapping[str, DecisionHead]) -> tuple[StatedCheck, ...]:
    """Return a conflict for each flow that contradicts another document's figure for the same money.

    Args:
        flows: Every flow of the graph.
        heads: The decisions, by document.
    """
    known = {stated.iri: stated for stated in flows}
    return tuple(
        _contradiction(stated, known[iri], heads)
        for stated in known.values()
        for link, iri in stated.links
        if link is FlowLink.CONTRADICTS and iri in known
    )


def _contradiction(one: StatedFlow, other: StatedFlow, heads: Mapping[str, DecisionHead]) -> StatedCheck:
    head = heads.get(other.document)
    there = head.caption if head is not None else other.document
    figures = (one.flow.amount, other.flow.amount)
    message = (
        f"{format_pounds(figures[0])} here, and {format_pounds(figures[1])} in {there}, for what seems to be the same "
        "money; the decision's figure is counted."
    )
    check = Check(Verdict.CONFLICT, figures, message, one.flow.evidence[:1], BETWEEN_DECISIONS)
    return StatedCheck(f"{one.iri}{CONTRADICTS}", one.document, check)


def checks_of(store: Store, decision: str | None = None) -> tuple[StatedCheck, ...]:
    """Return the checks of one decision, given by its IRI, or of all decisions; conflicts first."""
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
    return tuple(sorted(checks, key=lambda stated: (WORST_FIRST[stated.check.verdict], stated.iri)))
