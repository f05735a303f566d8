"""Money by year as stacked bars, counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.viewmodels import words
from graph.counting.placed_years import placed_years
from graph.counting.tally import Tally
from graph.model import FlowKind, FlowStatus, FundingFlow
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

OTHERS = "Others"
JOINT = "Together with other programmes (not in totals)"
_MOST_YEARS = 15
MOST_PARTS = 7  #: colours that can be told apart

Label = Callable[[FundingFlow], str]
Heads = Mapping[str, DecisionHead]  #: by document


@dataclass(frozen=True, slots=True)
class Bars:
    """A stacked bar for each year; `amounts[part][year]` in pounds."""

    years: tuple[str, ...]  #: labels in order; a span is a bar of its own after them, never split by guess
    parts: tuple[str, ...]  #: what a bar is made of, largest first
    amounts: tuple[tuple[Decimal, ...], ...]  #: one row a part, one figure a year
    faint: frozenset[str] = frozenset()  #: parts that are not in totals (replaced, proposed)
    summary: str = ""  #: the chart in a sentence, for those who can't see it
    totals: tuple[Decimal, ...] = ()  #: what each year comes to; faint parts apart
    documents: tuple[frozenset[str], ...] = ()  #: those that state the sums of each year's total


def by_funder(flow: FundingFlow) -> str:
    """Return the funder's name, as the part of a bar."""
    return flow.funder.name if flow.funder else words.OPEN_PARTY


def by_recipient(flow: FundingFlow) -> str:
    """Return the recipient's name, as the part of a bar; recipients without a name share one part."""
    return flow.recipient.name if flow.recipient else words.OPEN_PARTY


def bars(known: Sequence[StatedFlow], tally: Tally, label: Label, heads: Heads) -> Bars | None:
    """Return money by year; joint, superseded and proposed sums are faint parts. None if there is no money.

    Args:
        known: All flows of the subject, for sums that are not in totals.
        tally: The flows that count.
        label: Returns the part of a bar that a flow belongs to.
        heads: The decisions by document; money without a year is shown in the year of its decision.
    """

    def year(stated: StatedFlow) -> str:
        return words.years(placed_years(stated, heads).years)

    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    documents: dict[str, set[str]] = defaultdict(set)
    for stated in tally.flows:
        sums[label(stated.flow)][year(stated)] += stated.flow.amount
        documents[year(stated)].add(stated.document)
    if not sums and not tally.joint:
        return None
    main = _largest(sums)
    faint: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for stated in tally.joint:
        faint[JOINT][year(stated)] += stated.flow.amount
    for stated in known:
        if stated.flow.status in (FlowStatus.SUPERSEDED, FlowStatus.PROPOSED) and stated.flow.kind is not FlowKind.BID:
            part = f"{words.STATUS[stated.flow.status]} (not in totals)"
            faint[part][year(stated)] += stated.flow.amount
    stacks = {**main, **faint}
    years = years_in_order({name for parts in stacks.values() for name in parts})
    totals = {name: sum((parts.get(name, Decimal(0)) for parts in main.values()), Decimal(0)) for name in years}
    spoken = "; ".join(f"{name} {words.pounds(amount)}" for name, amount in totals.items())
    return Bars(
        years=tuple(years),
        parts=tuple(stacks),
        amounts=tuple(tuple(parts.get(name, Decimal(0)) for name in years) for parts in stacks.values()),
        faint=frozenset(faint),
        summary=f"Money by financial year: {spoken}.",
        totals=tuple(totals.values()),
        documents=tuple(frozenset(documents[name]) for name in years),
    )


def _largest(sums: dict[str, dict[str, Decimal]]) -> dict[str, dict[str, Decimal]]:
    ranked = sorted(sums, key=lambda part: (-sum(sums[part].values()), part))
    kept = {part: dict(sums[part]) for part in ranked[:MOST_PARTS]}
    rest: dict[str, Decimal] = defaultdict(Decimal)
    for part in ranked[MOST_PARTS:]:
        for year, amount in sums[part].items():
            rest[year] += amount
    return {**kept, OTHERS: dict(rest)} if rest else kept


def years_in_order(years: set[str]) -> list[str]:
    """Return all years from first to last, including years without money; spans come after them."""
    single = [int(year[:4]) for year in years if year != words.NO_YEAR and not words.is_span(year)]
    between = {f"{year}/{(year + 1) % 100:02d}" for year in range(min(single), max(single))} if single else set()
    return sorted(years | (between if len(between) <= _MOST_YEARS else set()), key=words.year_order)


def ticks_up_to(largest: Decimal, *, most: int = 6) -> list[Decimal]:
    """Return round figures for an axis from 0 to beyond the largest sum."""
    if largest <= 0:
        return [Decimal(0)]
    step = Decimal(10) ** (largest / most).adjusted()
    step = next(step * each for each in (1, 2, 5, 10, 20) if step * each * (most - 1) >= largest)
    return [step * number for number in range(int(largest / step) + 2)]
