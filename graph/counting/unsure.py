"""How much of a sum rests on readings that are not sure, for every place where a total is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.likeness import total
from graph.model import Band
from graph.parse.money import format_pounds
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Unsure:
    """A sum, and what of it is not sure."""

    whole: Decimal = Decimal(0)  #: the sum itself
    likely: Decimal = Decimal(0)  #: of flows that are likely right
    check: Decimal = Decimal(0)  #: of flows that are to be checked

    @property
    def amount(self) -> Decimal:
        """All that is not sure."""
        return self.likely + self.check

    @property
    def clause(self) -> str:
        """What follows the sum after a comma: "of which £300,000 is to be checked"; "" where all of it is sure."""
        if not self.amount:
            return ""
        if self.amount == self.whole:
            if not self.check:
                return "all of it likely right, not sure"
            if not self.likely:
                return "all of it to be checked"
            return f"none of it sure, {format_pounds(self.check)} of it to be checked"
        if not self.likely:
            return f"of which {format_pounds(self.check)} is to be checked"
        if not self.check:
            return f"of which {format_pounds(self.likely)} is likely right, not sure"
        return f"of which {format_pounds(self.amount)} is not sure, {format_pounds(self.check)} of it to be checked"

    @property
    def sentence(self) -> str:
        """The same as a sentence of its own: "Of this money, £300,000 is to be checked."; "" where all is sure."""
        if not self.clause:
            return ""
        if self.amount != self.whole:
            return f"Of this money, {self.clause.removeprefix('of which ')}."
        if self.likely and self.check:
            return f"None of it is sure; {format_pounds(self.check)} of it is to be checked."
        return "All of it is to be checked." if self.check else "All of it is likely right, not sure."


def unsure_json(part: Unsure) -> dict[str, str]:
    """Return how much of a sum is not sure, for programs: in all, likely right, to be checked."""
    return {"amount": f"{part.amount:.2f}", "likely": f"{part.likely:.2f}", "check": f"{part.check:.2f}"}


def unsure_part(flows: Iterable[StatedFlow]) -> Unsure:
    """Return what of the sum of flows is not sure.

    Args:
        flows: Those that add up: `Tally.flows`, or a part of them.
    """
    added = list(flows)
    return Unsure(
        whole=total(added),
        likely=total(stated for stated in added if stated.flow.band is Band.LIKELY),
        check=total(stated for stated in added if stated.flow.band is Band.CHECK),
    )
