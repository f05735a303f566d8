"""What a decision moves: its money, counted once, and the years that it is for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graph.counting.ledger import Ledger
from graph.counting.tally import Tally


@dataclass(frozen=True, slots=True)
class DecisionMoney:
    """The money of one decision. Other decisions may speak of the same money, so these are not added up."""

    amount: Decimal | None  #: None if the decision moves no money
    years: tuple[str, ...]  #: financial years that the documents state for it, in order


def money_of_decision(ledger: Ledger, iri: str) -> DecisionMoney:
    """Return what the decision of an IRI moves."""
    counted = ledger.tally_of_decision(iri)
    return DecisionMoney(counted.total if counted.flows else None, years_of(counted))


def years_of(counted: Tally) -> tuple[str, ...]:
    """Return the years of the flows that a tally counts, in order."""
    return tuple(sorted({year for stated in counted.flows for year in stated.flow.years}))
