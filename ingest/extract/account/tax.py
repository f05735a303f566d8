"""A sum that a document states with and without value added tax is one award; the amount without tax counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from ingest.extract.sums.sums import Said, Sum, rounding_step

#: what value added tax made of a sum in the years that decisions are published of: 20 and 17.5 %, and 5 % where reduced
_RATES = (Decimal("1.2"), Decimal("1.175"), Decimal("1.05"))


def without_tax_added(sums: Sequence[Sum]) -> list[Sum]:
    """Return the sums without those that repeat another sum of their paragraph with tax added.

    The words must say that one sum includes tax ("£72,000 including VAT") or that the other does not ("£60,000 plus
    VAT"), and the amounts must differ by a rate of value added tax. The evidence of the sum without tax covers the
    words of both: they share a sentence or a paragraph.
    """
    near: dict[tuple[int, str], list[Sum]] = defaultdict(list)
    for one in sums:
        near[one.spot.block, one.spot.series].append(one)
    gross = {
        one.order
        for together in near.values()
        if any(other.said & {Said.TAXED, Said.UNTAXED} for other in together)
        for one in together
        if any(_is_taxed(one, other) for other in together)
    }
    return [one for one in sums if one.order not in gross]


def _is_taxed(gross: Sum, net: Sum) -> bool:
    """Return True if `gross` is `net` with tax added, up to rounding; entries of one list are never the same sum."""
    if Said.TAXED not in gross.said and Said.UNTAXED not in net.said:
        return False
    if gross.spot.series and gross.spot.sentence != net.spot.sentence:
        return False
    room = max(rounding_step(gross), rounding_step(net)) / 2
    return any(abs(net.amount * rate - gross.amount) <= min(room, gross.amount / 100) for rate in _RATES)
