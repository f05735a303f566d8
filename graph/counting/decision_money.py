"""The money that one decision moves, counted once, and the years it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graph.counting.ledger import Ledger
from graph.counting.tally import Tally
from graph.search.hits import Hit, by_decision
from graph.stated.decisions import DecisionHead


@dataclass(frozen=True, slots=True)
class DecisionMoney:
    """The money of one decision.

    The amounts of several decisions are not added up, as they may speak of the same money.
    """

    amount: Decimal | None  #: None if the decision moves no money
    years: tuple[str, ...]  #: financial years that the documents state for it, in order


def money_of_decision(ledger: Ledger, iri: str) -> DecisionMoney:
    """Return the money that a decision moves; the decision is given by its IRI."""
    counted = ledger.tally_of_decision(iri)
    return DecisionMoney(counted.total if counted.flows else None, years_of(counted))


def years_of(counted: Tally) -> tuple[str, ...]:
    """Return the financial years of the flows that a tally counts, in order."""
    return tuple(sorted({year for stated in counted.flows for year in stated.flow.years}))


def found_decisions(hits: Sequence[Hit], heads: Mapping[str, DecisionHead], ledger: Ledger) -> list[dict[str, Any]]:
    """Return one JSON object for each decision among the hits of a search, best first.

    Args:
        hits: The hits, best first.
        heads: The decisions, by document.
        ledger: The ledger, for the decisions' money.

    Returns:
        Each with decision, document, title, amount (decimal string or None), years, and the positions of its hits.
    """
    found = []
    for document, own in by_decision(hits).items():
        head = heads.get(document)
        money = money_of_decision(ledger, head.iri) if head else DecisionMoney(None, ())
        found.append(
            {
                "decision": own[0].decision,
                "document": document,
                "title": own[0].title,
                "amount": None if money.amount is None else f"{money.amount:.2f}",
                "years": list(money.years),
                "hits": [hits.index(hit) for hit in own],
            }
        )
    return found
