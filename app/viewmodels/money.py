"""Money by year as stacked bars, and from funder to recipient as bands; figures counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.viewmodels import words
from graph.counting.tally import Tally
from graph.model import EntityKind, FlowKind, FlowStatus, FundingFlow
from graph.stated.flows import StatedFlow

OTHERS = "Others"
JOINT = "Together with other programmes (not in totals)"
MOST_PARTS = 7  #: colours that can be told apart

Label = Callable[[FundingFlow], str]


@dataclass(frozen=True, slots=True)
class Bars:
    """A stacked bar for each year; `amounts[part][year]`."""

    years: tuple[str, ...]  #: labels in order; a span is a bar of its own, for it is never split by guess
    parts: tuple[str, ...]  #: what a bar is made of, largest first
    amounts: tuple[tuple[Decimal, ...], ...]  #: one row a part, one figure a year
    faint: frozenset[str] = frozenset()  #: parts that are not in totals (replaced, proposed)
    summary: str = ""  #: the chart in a sentence, for those who can't see it


@dataclass(frozen=True, slots=True)
class Band:
    """Money from one box to another."""

    source: int  #: index into Bands.labels
    target: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """Boxes and the money between them: funder, fund, commissioner, provider."""

    labels: tuple[str, ...]
    kinds: tuple[EntityKind | None, ...]  #: None for a party that the documents leave open
    bands: tuple[Band, ...]
    summary: str = ""


def by_funder(flow: FundingFlow) -> str:
    """Return the funder's name, for the stacks."""
    return flow.funder.name if flow.funder else words.OPEN_PARTY


def by_recipient(flow: FundingFlow) -> str:
    """Return the recipient's name, for the stacks."""
    return words.recipient(flow)


def bars(known: Sequence[StatedFlow], tally: Tally, label: Label) -> Bars | None:
    """Return money by year, with joint, replaced and proposed sums as faint parts; None without any money.

    Args:
        known: All flows of the subject, for what is not in totals.
        tally: Those that count.
    """
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for stated in tally.flows:
        sums[label(stated.flow)][words.years(stated.flow.years)] += stated.flow.amount
    if not sums and not tally.joint:
        return None
    main = _largest(sums)
    faint: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for stated in tally.joint:
        faint[JOINT][words.years(stated.flow.years)] += stated.flow.amount
    for stated in known:
        if stated.flow.status in (FlowStatus.SUPERSEDED, FlowStatus.PROPOSED) and stated.flow.kind is not FlowKind.BID:
            part = f"{words.STATUS[stated.flow.status]} (not in totals)"
            faint[part][words.years(stated.flow.years)] += stated.flow.amount
    stacks = {**main, **faint}
    years = _ordered({year for parts in stacks.values() for year in parts})
    totals = {year: sum((parts.get(year, Decimal(0)) for parts in main.values()), Decimal(0)) for year in years}
    spoken = "; ".join(f"{year} {words.pounds(amount)}" for year, amount in totals.items())
    return Bars(
        years=tuple(years),
        parts=tuple(stacks),
        amounts=tuple(tuple(parts.get(year, Decimal(0)) for year in years) for parts in stacks.values()),
        faint=frozenset(faint),
        summary=f"Money by financial year: {spoken}.",
    )


def bands(payments: Sequence[StatedFlow], *, most: int = 40) -> Bands | None:
    """Return who pays whom, with the fund in between where it is known; the largest sums where there are many."""
    sums: dict[tuple[_Box, _Box], Decimal] = defaultdict(Decimal)
    for stated in payments:
        for step in _steps(stated.flow):
            sums[step] += stated.flow.amount
    chosen = sorted(_without_circles(sums), key=lambda step: -sums[step])[:most]
    if not chosen:
        return None
    boxes = list(dict.fromkeys(box for step in chosen for box in step))
    index = {box: number for number, box in enumerate(boxes)}
    largest = "; ".join(f"{a[0]} to {b[0]} {words.pounds(sums[a, b])}" for a, b in chosen[:5])
    return Bands(
        labels=tuple(box[0] for box in boxes),
        kinds=tuple(box[1] for box in boxes),
        bands=tuple(Band(index[a], index[b], sums[a, b]) for a, b in chosen),
        summary=f"Largest payments: {largest}.",
    )


_Box = tuple[str, EntityKind | None]


def _steps(flow: FundingFlow) -> list[tuple[_Box, _Box]]:
    if flow.recipient and flow.recipient == flow.funder:
        return []
    funder: _Box = (by_funder(flow), EntityKind.ORGANISATION if flow.funder else None)
    recipient: _Box = (words.recipient(flow), EntityKind.ORGANISATION if flow.recipient else None)
    if recipient[0] == words.OPEN_PARTY and flow.programmes:
        recipient = (" and ".join(programme.name for programme in flow.programmes), EntityKind.PROGRAMME)
    if recipient[0] == funder[0]:
        return []
    if flow.fund:
        fund: _Box = (flow.fund.name, EntityKind.FUND)
        return [(funder, fund), (fund, recipient)]
    return [(funder, recipient)]


def _without_circles(sums: dict[tuple[_Box, _Box], Decimal]) -> list[tuple[_Box, _Box]]:
    """Return the steps, largest first, that close no circle: a flow diagram reads one way."""
    after: dict[_Box, set[_Box]] = defaultdict(set)
    kept = []
    for source, target in sorted(sums, key=lambda step: (-sums[step], step[0][0], step[1][0])):
        if source not in _reach(after, target):
            after[source].add(target)
            kept.append((source, target))
    return kept


def _reach(after: dict[_Box, set[_Box]], start: _Box) -> set[_Box]:
    seen, todo = {start}, [start]
    while todo:
        new = after[todo.pop()] - seen
        seen |= new
        todo += new
    return seen


def _largest(sums: dict[str, dict[str, Decimal]]) -> dict[str, dict[str, Decimal]]:
    ranked = sorted(sums, key=lambda part: (-sum(sums[part].values()), part))
    kept = {part: dict(sums[part]) for part in ranked[:MOST_PARTS]}
    rest: dict[str, Decimal] = defaultdict(Decimal)
    for part in ranked[MOST_PARTS:]:
        for year, amount in sums[part].items():
            rest[year] += amount
    return {**kept, OTHERS: dict(rest)} if rest else kept


def _ordered(years: set[str]) -> list[str]:
    return sorted(years, key=lambda year: (year == words.NO_YEAR, year))
