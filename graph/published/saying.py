"""One sentence on what is published of an approved sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from graph.parse.money import format_pounds
from graph.published.matching import Match, total
from graph.published.record import PublishedKind

_VERBS = {
    PublishedKind.GRANT: ("published as granted", "grants"),
    PublishedKind.CONTRACT: ("published as a contract", "contracts"),
    PublishedKind.PAYMENT: ("published as paid", "payments"),
}


def beside(approved: Decimal, matches: Sequence[Match], currency: str = "GBP") -> str:
    """Return one sentence: "approved £286,500; published as paid £280,000 in 4 payments, £6,500 less".

    Args:
        approved: The approved amount.
        matches: The published records that speak of it.
        currency: The ISO 4217 code of the approved amount.
    """
    return "; ".join([f"approved {_money(approved, currency)}", *_kinds(approved, matches, currency)])


def _kinds(approved: Decimal, matches: Sequence[Match], currency: str) -> Iterator[str]:
    for kind, (verb, plural) in _VERBS.items():
        own = [match for match in matches if match.record.kind is kind]
        if own:
            amount = total(own, kind)
            count = f" in {len(own)} {plural}" if len(own) > 1 else ""
            yield f"{verb} {_money(amount, currency)}{count}{_registers(own)}{_difference(amount - approved, currency)}"


def _registers(matches: Sequence[Match]) -> str:
    """Return " (in 2 registers)" for a contract that several registers publish; it counts once."""
    several = [len(match.record.statements) for match in matches if match.record.statements]
    if not several:
        return ""
    which = "" if len(matches) == 1 else f"{len(several)} of them "
    return f" ({which}in {max(several)} registers)"


def _difference(more: Decimal, currency: str) -> str:
    if not more:
        return ", the same sum"
    return f", {_money(abs(more), currency)} {'more' if more > 0 else 'less'}"


def _money(amount: Decimal, currency: str) -> str:
    return format_pounds(amount) if currency == "GBP" else f"{currency} {amount:,.2f}"
