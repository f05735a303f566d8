"""Sentences on how two amounts of money differ."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.viewmodels import words

TWICE = 2  #: from here on a difference is said as "3.2 times"


def difference(
    one: str,
    amount: Decimal,
    parts: Mapping[str, Decimal],
    other: str,
    other_amount: Decimal,
    other_parts: Mapping[str, Decimal],
) -> str:
    """Return sentences on how two sides differ: in total, and in the part where they differ most.

    Args:
        one: The first side's name.
        amount: The first side's total in pounds.
        parts: The first side's money by part (years or programmes).
        other: The second side's name.
        other_amount: The second side's total in pounds.
        other_parts: The second side's money by part.
    """
    said = [_over_all(one, amount, other, other_amount)]
    both = [name for name in parts if parts[name] and other_parts.get(name)]
    none = Decimal(0)
    gaps = {name: abs(parts.get(name, none) - other_parts.get(name, none)) for name in {*parts, *other_parts}}
    widest = max(sorted(gaps), key=lambda name: gaps[name], default="")
    if amount and other_amount and len(gaps) > 1 and gaps[widest]:
        here, there = parts.get(widest, none), other_parts.get(widest, none)
        said.append(
            f"They are furthest apart at {_lower(widest)}: {words.whole_pounds(here)} against "
            f"{words.whole_pounds(there)}."
        )
    if amount and other_amount and not both:
        said.append("They have no year or programme in common.")
    return " ".join(said)


def _over_all(one: str, amount: Decimal, other: str, other_amount: Decimal) -> str:
    if not amount and not other_amount:
        return f"No money that can be added up is recorded for {one} or for {other}."
    if amount == other_amount:
        return f"{one} and {other} have the same amount: {words.whole_pounds(amount)}."
    if amount < other_amount:
        one, amount, other, other_amount = other, other_amount, one, amount
    if not other_amount:
        return f"{one} has {words.whole_pounds(amount)}; nothing that can be added up is recorded for {other}."
    more, ratio = words.whole_pounds(amount - other_amount), amount / other_amount
    by = f"{ratio:.1f} times as much" if ratio >= TWICE else f"{(ratio - 1) * 100:.0f}% more"
    return f"{one} has {more} more than {other}: {by}."


def _lower(name: str) -> str:
    return "sums without a year" if name == words.NO_YEAR else name
