"""Two things side by side: money by year, funders, recipients, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.links import thing_link
from app.viewmodels import words
from app.viewmodels.money import Label, by_funder, by_recipient
from app.viewmodels.subject import Headline
from app.viewmodels.table import Cell, Table
from graph.counting.grounds import Grounds
from graph.counting.sides import Side
from graph.counting.tally import tally_of, total
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Compared:
    """One side."""

    name: str
    href: str
    years: dict[str, Decimal]  #: money by year, counted once
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, and a table whose rows set them against each other."""

    one: Compared
    other: Compared
    by_year: Table
    shared: Table  #: funders and recipients that both have; may be empty
    headlines: tuple[Headline, ...]
    years: tuple[str, ...]
    summary: str


def comparison(
    one: Entity,
    flows_of_one: Sequence[StatedFlow],
    other: Entity,
    flows_of_other: Sequence[StatedFlow],
    grounds: Grounds,
) -> Comparison:
    """Return two things side by side. An organisation is compared by what it received, or gave where it got nothing."""
    first, second = _compared(one, flows_of_one, grounds), _compared(other, flows_of_other, grounds)
    years = sorted({*first.years, *second.years}, key=lambda year: (year == words.NO_YEAR, year))
    rows = [(Cell(year), _sum(first.years.get(year)), _sum(second.years.get(year))) for year in years]
    rows.append((Cell("All years"), _sum(first.amount), _sum(second.amount)))
    return Comparison(
        one=first,
        other=second,
        by_year=Table(("Financial year", one.name, other.name), tuple(rows), frozenset({1, 2})),
        shared=_shared((one, flows_of_one), (other, flows_of_other), grounds),
        headlines=tuple(Headline(words.whole_pounds(side.amount), side.name) for side in (first, second)),
        years=tuple(years),
        summary=f"{one.name}: {words.pounds(first.amount)}. {other.name}: {words.pounds(second.amount)}.",
    )


def money_of(
    subject: Entity, flows: Sequence[StatedFlow], grounds: Grounds, side: Side = Side.SOURCES
) -> tuple[StatedFlow, ...]:
    """Return the flows whose amounts make the figure that a thing is compared by, seen from one side."""
    if subject.kind is not EntityKind.ORGANISATION:
        return tally_of(subject, flows, side, grounds).flows
    return (
        tally_of(subject, flows, Side.SOURCES, grounds).flows
        or tally_of(subject, flows, Side.DELIVERIES, grounds).flows
    )


def _compared(subject: Entity, flows: Sequence[StatedFlow], grounds: Grounds) -> Compared:
    known = money_of(subject, flows, grounds)
    years: dict[str, Decimal] = defaultdict(Decimal)
    for stated in known:
        years[words.years(stated.flow.years)] += stated.flow.amount
    return Compared(subject.name, thing_link(subject), dict(years), total(known))


def _shared(
    one: tuple[Entity, Sequence[StatedFlow]], other: tuple[Entity, Sequence[StatedFlow]], grounds: Grounds
) -> Table:
    rows = []
    names = (one[0].name, other[0].name)
    for role, label, side in (("Funder", by_funder, Side.SOURCES), ("Recipient", by_recipient, Side.DELIVERIES)):
        sums = [_by(label, money_of(*each, grounds, side)) for each in (one, other)]
        both = (set(sums[0]) & set(sums[1])) - {words.OPEN_PARTY, *names}
        for name in sorted(both, key=lambda name: -sums[0][name] - sums[1][name]):
            rows.append((Cell(name), Cell(role), _sum(sums[0][name]), _sum(sums[1][name])))
    return Table(("Name", "Role", *names), tuple(rows), frozenset({2, 3}))


def _by(label: Label, flows: Sequence[StatedFlow]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for stated in flows:
        sums[label(stated.flow)] += stated.flow.amount
    return sums


def _sum(amount: Decimal | None) -> Cell:
    return Cell(words.pounds(amount), plain=f"{amount:.2f}") if amount else Cell("—", plain="")
