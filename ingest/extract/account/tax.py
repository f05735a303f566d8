"""A sum that a document states with and without value added tax is one award; the amount without tax counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ingest.extract.sums.sums import Said, Sum, rounding_step

#: what value added tax made of a sum in the years that decisions are published of: 20 and 17.5 %, and 5 % where reduced
_RATES = (Decimal("1.2"), Decimal("1.175"), Decimal("1.05"))

Order = tuple[int, int]  #: of a sum in its document


def without_tax(sums: Sequence[Sum]) -> dict[Order, Sum]:
    """Return the sum without tax that a sum states once more with it, by the order of the sum with tax.

    The words say that the one holds tax ("£72,000 including VAT") or the other none ("£60,000 plus VAT"), both stand in
    one paragraph, and the figures differ by a rate of the tax.
    """
    near: dict[tuple[int, str], list[Sum]] = defaultdict(list)
    for one in sums:
        near[one.spot.block, one.spot.series].append(one)
    found: dict[Order, Sum] = {}
    for together in near.values():
        if any(other.said & {Said.TAXED, Said.UNTAXED} for other in together):
            for one in sorted(together, key=lambda each: (each.amount, each.order)):
                net = next((other for other in together if _is_taxed(one, other) and other.order not in found), None)
                if net is not None:
                    found[one.order] = net
    return found


def taxed_by_net(sums: Sequence[Sum], net_of: Mapping[Order, Sum]) -> Mapping[Order, list[Sum]]:
    """Return the sums that state another with its tax, by the order of the sum without tax."""
    found: dict[Order, list[Sum]] = defaultdict(list)
    for one in sums if net_of else ():
        if one.order in net_of:
            found[net_of[one.order].order].append(one)
    return found


def _is_taxed(gross: Sum, net: Sum) -> bool:
    """Return True if `gross` is `net` with tax added, up to rounding; entries of one list are never the same sum."""
    if Said.TAXED not in gross.said and Said.UNTAXED not in net.said:
        return False
    if gross.spot.series and gross.spot.sentence != net.spot.sentence:
        return False
    room = max(rounding_step(gross), rounding_step(net)) / 2
    return any(abs(net.amount * rate - gross.amount) <= min(room, gross.amount / 100) for rate in _RATES)
