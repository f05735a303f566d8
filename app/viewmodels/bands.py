"""Money from funder to recipient as boxes and bands: who pays whom, and through which fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise

from app.links import thing_link
from app.viewmodels import words
from graph.counting.breakdown import passing_through, regrouped, sums_by_each
from graph.counting.likeness import grouped
from graph.counting.sides import is_own
from graph.counting.unsure import Unsure, unsure_part
from graph.model import Entity, EntityKind, FlowKind, FundingFlow
from graph.stated.flows import StatedFlow

MOST_IN_COLUMN = 9  #: boxes of one column; smaller ones stand together
OWN_COSTS = "Own costs"


@dataclass(frozen=True, slots=True)
class Box:
    """A party or a fund in the picture."""

    label: str
    kind: EntityKind | None  #: None for what has no page: parties left open, own costs, several together
    href: str = ""
    column: int = 0
    amount: Decimal = Decimal(0)  #: what goes in, or comes out where that is more


@dataclass(frozen=True, slots=True)
class Band:
    """Money from one box to another."""

    source: int  #: index into Bands.boxes
    target: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """The sum that one party pays another over all years."""

    payer: Box
    payee: Box
    fund: Box | None
    unsure: Unsure  #: the sum, and what of it is not sure

    @property
    def amount(self) -> Decimal:
        """The sum in pounds."""
        return self.unsure.whole


@dataclass(frozen=True, slots=True)
class Bands:
    """Boxes and the bands between them, in columns from funder to recipient."""

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    payments: tuple[Payment, ...]  #: largest first
    summary: str = ""

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max(box.column for box in self.boxes) + 1


_Key = tuple[str, str]  #: a kind and an id; "open", "own" and "others" for boxes that are no thing
_Sums = Mapping[tuple[_Key, _Key], Decimal]


def bands(payments: Iterable[StatedFlow]) -> Bands | None:
    """Return who pays whom, through the fund if it is known; None if no flow has two parties.

    Recipients described in words rather than named share one box; the table lists them.
    """
    named: dict[_Key, Entity] = {}
    paid = grouped(payments, lambda stated: _way(stated, named))
    ways = {stated.iri: way for way, flows in paid.items() for stated in flows}
    sums = sums_by_each(chain.from_iterable(paid.values()), lambda stated: pairwise(ways[stated.iri]))
    kept: _Sums = {step: sums[step] for step in _without_circles(sums)}
    if not kept:
        return None
    columns = _columns(kept)
    columns, kept = _small_ones_together(columns, kept)
    amounts = passing_through(kept)
    boxes = [replace(_named(key, named), column=number, amount=amounts[key]) for key, number in columns.items()]
    place = {key: number for number, key in enumerate(columns)}
    drawn = [Band(place[a], place[b], amount) for (a, b), amount in sorted(kept.items(), key=lambda pair: -pair[1])]
    largest = [
        f"{boxes[band.source].label} to {boxes[band.target].label} {words.pounds(band.amount)}" for band in drawn[:5]
    ]
    said = f"Largest payments: {'; '.join(largest)}."
    return Bands(tuple(boxes), tuple(drawn), _payments(paid, named), said)


def _payments(paid: Mapping[tuple[_Key, ...], list[StatedFlow]], named: Mapping[_Key, Entity]) -> tuple[Payment, ...]:
    sums = {way: unsure_part(flows) for way, flows in paid.items()}
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1].whole, pair[0]))
    return tuple(
        Payment(_named(way[0], named), _named(way[-1], named), _named(way[1], named) if len(way) > 2 else None, part)
        for way, part in ranked
    )


def _way(stated: StatedFlow, named: dict[_Key, Entity]) -> tuple[_Key, ...]:
    """Return the boxes that a flow passes through: funder, fund if known, recipient."""
    flow = stated.flow
    ends = [_party(flow.funder, ("open", "from"), named)]
    if flow.fund:
        ends.append(_party(flow.fund, ("open", "fund"), named))
    ends.append(_recipient(stated, flow, named))
    return tuple(ends)


def _recipient(stated: StatedFlow, flow: FundingFlow, named: dict[_Key, Entity]) -> _Key:
    if flow.kind is FlowKind.OWN_COST or is_own(stated):
        return "own", "costs"
    return _party(flow.recipient, ("open", "to"), named)


def _party(entity: Entity | None, otherwise: _Key, named: dict[_Key, Entity]) -> _Key:
    if entity is None:
        return otherwise
    key = (entity.kind.value, entity.id)
    named[key] = entity
    return key


def _without_circles(sums: _Sums) -> list[tuple[_Key, _Key]]:
    """Return the steps, largest first, without those that would close a circle, as the diagram reads one way."""
    after: dict[_Key, set[_Key]] = defaultdict(set)
    kept = []
    for source, target in sorted(sums, key=lambda step: (-sums[step], step)):
        if source not in _reach(after, target):
            after[source].add(target)
            kept.append((source, target))
    return kept


def _reach(after: Mapping[_Key, set[_Key]], start: _Key) -> set[_Key]:
    seen, todo = {start}, [start]
    while todo:
        new = after.get(todo.pop(), set()) - seen
        seen |= new
        todo += new
    return seen


def _columns(sums: _Sums) -> dict[_Key, int]:
    """Return the column of each box: its longest distance from a first payer; final boxes stand in the last column."""
    before: dict[_Key, set[_Key]] = defaultdict(set)
    for source, target in sums:
        before[target].add(source)
    found: dict[_Key, int] = {}

    def column(key: _Key) -> int:
        if key not in found:
            found[key] = max((column(each) + 1 for each in before.get(key, ())), default=0)
        return found[key]

    for step in sums:
        for key in step:
            column(key)
    payers = {source for source, _ in sums}
    last = max(found.values())
    return {key: number if key in payers else last for key, number in found.items()}


def _small_ones_together(columns: dict[_Key, int], sums: _Sums) -> tuple[dict[_Key, int], _Sums]:
    """Return columns and sums in which the small boxes of a column are combined into one."""
    into: dict[_Key, _Key] = {}
    amounts = passing_through(sums)
    for number in set(columns.values()):
        ranked = sorted((key for key in columns if columns[key] == number), key=lambda key: (-amounts[key], key))
        if len(ranked) > MOST_IN_COLUMN:
            small = ranked[MOST_IN_COLUMN - 1 :]
            into.update(dict.fromkeys(small, ("others", f"{number}/{len(small)}")))
    together = regrouped(sums, lambda step: (into.get(step[0], step[0]), into.get(step[1], step[1])))
    return {into.get(key, key): number for key, number in columns.items()}, together


def _named(key: _Key, named: Mapping[_Key, Entity]) -> Box:
    if key in named:
        return Box(named[key].name, named[key].kind, thing_link(named[key]))
    kind, name = key
    number = name.partition("/")[2]
    return Box({"own": OWN_COSTS, "others": f"{number} others"}.get(kind, words.OPEN_PARTY), None)
