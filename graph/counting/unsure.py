"""How much of a sum is unsure, and how much of it is a ceiling, for every place where a total is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.likeness import total
from graph.model import Band, Basis
from graph.parse.money import format_pounds
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Unsure:
    """A sum, the part of it that is not sure, and the part that is granted as "up to"; in pounds."""

    whole: Decimal = Decimal(0)  #: the sum itself
    likely: Decimal = Decimal(0)  #: of flows that are likely right
    check: Decimal = Decimal(0)  #: of flows that are to be checked
    ceiling: Decimal = Decimal(0)  #: of flows that decisions grant as "up to" a sum

    @property
    def amount(self) -> Decimal:
        """The part of the sum that is not sure."""
        return self.likely + self.check

    @property
    def clause(self) -> str:
        """Words to follow the sum after a comma: how much is not sure, and how much "up to"; "" if neither."""
        return "; ".join(each for each in (self.sureness, self.ceiling_clause) if each)

    @property
    def ceiling_clause(self) -> str:
        """How much of the sum is a ceiling: "all of it “up to”"; "" where none of it is."""
        part = "all of it" if self.ceiling == self.whole else f"{format_pounds(self.ceiling)} of it"
        return f"{part} “up to”" if self.ceiling else ""

    @property
    def sureness(self) -> str:
        """How much of the sum is not sure: "of which £300,000 is to be checked"; "" if all of it is sure."""
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
        """The same as sentences of their own: "Of this money, £300,000 is to be checked."; "" where nothing is."""
        return " ".join(each for each in (self.sureness_said, self._ceiling_said) if each)

    @property
    def _ceiling_said(self) -> str:
        if not self.ceiling:
            return ""
        part = "All of it" if self.ceiling == self.whole else f"{format_pounds(self.ceiling)} of it"
        return f"{part} is granted as “up to”: it may be less."

    @property
    def sureness_said(self) -> str:
        """How much of the sum is not sure, as a sentence of its own; "" where all of it is."""
        if not self.sureness:
            return ""
        if self.amount != self.whole:
            return f"Of this money, {self.sureness.removeprefix('of which ')}."
        if self.likely and self.check:
            return f"None of it is sure; {format_pounds(self.check)} of it is to be checked."
        return "All of it is to be checked." if self.check else "All of it is likely right, not sure."


def sum_said(whole: Decimal, ceiling: Decimal, said: str = "", figure: Callable[[Decimal], str] = format_pounds) -> str:
    """Return a sum in words: "£1,200", "up to £1,200", "£1,200 in 2020/21, £500 of it “up to”".

    Args:
        whole: The sum.
        ceiling: How much of it is granted as "up to".
        said: What follows the sum, such as its years.
        figure: How an amount is written.
    """
    if not ceiling or ceiling == whole:
        return f"{'up to ' if ceiling else ''}{figure(whole)}{said}"
    return f"{figure(whole)}{said}, {figure(ceiling)} of it “up to”"


def unsure_json(part: Unsure) -> dict[str, str]:
    """Return how much of a sum is not sure, as JSON of decimal strings.

    The parts are: in all, likely right, to be checked; and how much is "up to".
    """
    parts = {"amount": part.amount, "likely": part.likely, "check": part.check, "ceiling": part.ceiling}
    return {name: f"{amount:.2f}" for name, amount in parts.items()}


def ceiling_in(flows: Iterable[StatedFlow]) -> Decimal:
    """Return how much of the sum of some flows decisions grant as "up to"."""
    return total(stated for stated in flows if stated.flow.basis is Basis.CEILING)


def unsure_part(flows: Iterable[StatedFlow]) -> Unsure:
    """Return how much of the sum of some flows is not sure.

    Args:
        flows: The flows that add up: `Tally.flows`, or a part of them.
    """
    added = list(flows)
    return Unsure(
        whole=total(added),
        likely=total(stated for stated in added if stated.flow.band is Band.LIKELY),
        check=total(stated for stated in added if stated.flow.band is Band.CHECK),
        ceiling=ceiling_in(added),
    )
