"""Two things, or two financial years, side by side: money, its sources and recipients, and the difference in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.links import page_link, thing_link
from app.viewmodels import words
from app.viewmodels.comparison_words import difference
from app.viewmodels.counting_notes import year_placed
from app.viewmodels.money import Heads, Label, by_funder, by_recipient
from app.viewmodels.subject import Headline
from app.viewmodels.table import Cell, Table
from graph.counting.bounds import bounds, slots_of, total_clause
from graph.counting.breakdown import sums_by, unsure_by
from graph.counting.ledger import Ledger
from graph.counting.likeness import total
from graph.counting.placed_years import placed_years
from graph.counting.sides import Side
from graph.counting.unsure import Unsure, unsure_part
from graph.counting.year_totals import year_tally
from graph.model import Entity
from graph.stated.flows import StatedFlow

YEAR = "year/"  #: how a year's key begins, where a thing's begins with its kind
YEARS = "Financial year"  #: the heading of a table by year
NO_PROGRAMME = "No programme named"
REST = "Other programmes"
MOST_PROGRAMMES = 9  #: in the picture of two years; the rest is one bar
ROLES: tuple[tuple[str, Label, Side], ...] = (
    ("Funder", by_funder, Side.SOURCES),
    ("Recipient", by_recipient, Side.DELIVERIES),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of the comparison."""

    name: str
    href: str
    held: Mapping[str, Unsure]  #: money by year, or of a year by programme; counted once
    amount: Decimal
    note: str = ""  #: what is not in the amount
    unsure: str = ""  #: how much of the amount is not sure
    flows: tuple[StatedFlow, ...] = ()  #: those that make the amount
    joint: tuple[StatedFlow, ...] = ()  #: sums for several programmes together, beside the amount

    @property
    def parts(self) -> dict[str, Decimal]:
        """What each part comes to."""
        return {name: part.whole for name, part in self.held.items()}

    @property
    def joint_note(self) -> str:
        """A sentence on money that is not added because no document splits it between programmes.

        "" if there is none.
        """
        if not self.joint:
            return ""
        more = f"{words.pounds(total(self.joint))} more is for {self.name} together with other programmes"
        return f"{more}, which no document splits; it is not added."


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, with tables that compare them row by row."""

    one: Compared
    other: Compared
    parts: tuple[str, ...]  #: years, or programmes
    is_of_years: bool  #: the parts are years
    by_part: Table
    shared: Table  #: funders and recipients that both have; may be empty
    apart: Table  #: the largest that only one has; may be empty
    headlines: tuple[Headline, ...]
    summary: str  #: the difference in sentences


def comparison(one: Entity, other: Entity, ledger: Ledger, heads: Heads) -> Comparison:
    """Return two things side by side.

    An organisation by the money it received, or by the money it gave if it got none.
    """
    first, second = (_compared(thing, ledger, heads) for thing in (one, other))
    years = sorted({*first.parts, *second.parts}, key=words.year_order)
    sums = {
        role: (_by(label, ledger.tally(one, side).flows), _by(label, ledger.tally(other, side).flows))
        for role, label, side in ROLES
    }  # fmt: skip
    return _set_side_by_side(first, second, years, sums, YEARS, "All years")


def year_comparison(one: str, other: str, ledger: Ledger, heads: Heads) -> Comparison:
    """Return two financial years side by side: all money that is recorded for each, by programme, funder, recipient."""
    first, second = (_year(year, ledger, heads) for year in (one, other))
    together = sums_by((*first.flows, *second.flows), _programme)
    order = sorted(together, key=lambda name: (name == NO_PROGRAMME, -together[name], name))
    kept = order[:MOST_PROGRAMMES]
    first, second = (_with_rest(side, kept) for side in (first, second))
    parts = [*kept, *([REST] if len(order) > len(kept) else [])]
    sums = {
        role: (_by(label, year_tally(one, side, ledger, heads).counted),
               _by(label, year_tally(other, side, ledger, heads).counted))
        for role, label, side in ROLES
    }  # fmt: skip
    return _set_side_by_side(first, second, parts, sums, "Programme", "All programmes")


def _compared(subject: Entity, ledger: Ledger, heads: Heads) -> Compared:
    tally = ledger.main_tally(subject)
    known, bounded = tally.flows, bounds(tally, slots_of(subject, ledger.main_side(subject)))
    by_year = unsure_by(known, lambda stated: words.years(placed_years(stated, heads).years))
    return Compared(
        subject.name, thing_link(subject), by_year, total(known),
        _placed(subject.name, known, heads), total_clause(tally, bounded), known, tally.joint,
    )  # fmt: skip


def _placed(name: str, flows: Sequence[StatedFlow], heads: Heads) -> str:
    said = year_placed(flows, heads)
    return f"{name}: {said[:1].lower()}{said[1:]}" if said else ""


def _year(year: str, ledger: Ledger, heads: Heads) -> Compared:
    found = year_tally(year, Side.SOURCES, ledger, heads)
    spanning = total(found.spanning)
    note = (
        f"Not counted for {year}: {words.whole_pounds(spanning)} in {words.count(len(found.spanning), 'sum')} "
        "for several years together."
        if found.spanning
        else ""
    )
    note = " ".join(part for part in (note, _placed(year, found.counted, heads)) if part)
    link = page_link("decisions", year=year)
    unsure = unsure_part(found.counted).clause
    held = unsure_by(found.counted, _programme)
    return Compared(year, link, held, total(found.counted), note, unsure, flows=found.counted)


def _programme(stated: StatedFlow) -> str:
    return " and ".join(programme.name for programme in stated.flow.programmes) or NO_PROGRAMME


def _with_rest(side: Compared, kept: Sequence[str]) -> Compared:
    def part(stated: StatedFlow) -> str:
        name = _programme(stated)
        return name if name in kept else REST

    return replace(side, held=unsure_by(side.flows, part))


def _set_side_by_side(
    one: Compared,
    other: Compared,
    parts: Sequence[str],
    sums: Mapping[str, tuple[Mapping[str, Decimal], Mapping[str, Decimal]]],
    part: str,
    all_parts: str,
) -> Comparison:
    rows = [(Cell(name), _part(one.held.get(name)), _part(other.held.get(name))) for name in parts]
    rows.append((Cell(all_parts), _sum(one.amount), _sum(other.amount)))
    shared, apart = _roles(one.name, other.name, sums)
    return Comparison(
        one=one,
        other=other,
        parts=tuple(parts),
        is_of_years=part == YEARS,
        by_part=Table((part, one.name, other.name), tuple(rows), frozenset({1, 2})),
        shared=shared,
        apart=apart,
        headlines=tuple(_headline(side) for side in (one, other)),
        summary=difference(one.name, one.amount, one.parts, other.name, other.amount, other.parts),
    )


def _headline(side: Compared) -> Headline:
    """Return the amount of a side; in words if there is none, since nothing known does not mean nought."""
    if side.flows:
        return Headline(words.whole_pounds(side.amount), side.name, side.unsure)
    joint = f"{words.pounds(total(side.joint))} together with others, not added" if side.joint else ""
    return Headline(words.NO_SUM, side.name, joint or "nothing that can be added up is recorded")


def _roles(
    one: str, other: str, sums: Mapping[str, tuple[Mapping[str, Decimal], Mapping[str, Decimal]]]
) -> tuple[Table, Table]:
    """Return a table of the parties on both sides, and one of the largest on one side only."""
    shared: list[tuple[Cell, ...]] = []
    apart: list[tuple[Cell, ...]] = []
    for role, (first, second) in sums.items():
        names = {*first, *second} - {words.OPEN_PARTY, one, other}
        for name in sorted(names, key=lambda name: (-first.get(name, 0) - second.get(name, 0), name)):
            row = (Cell(name), Cell(role), _sum(first.get(name)), _sum(second.get(name)))
            (shared if name in first and name in second else apart).append(row)
    columns = ("Name", "Role", one, other)
    return Table(columns, tuple(shared), frozenset({2, 3})), Table(columns, tuple(apart), frozenset({2, 3}))


def _by(label: Label, flows: Sequence[StatedFlow]) -> dict[str, Decimal]:
    return sums_by(flows, lambda stated: label(stated.flow))


def _part(part: Unsure | None) -> Cell:
    return Cell(words.counted(part), plain=f"{part.whole:.2f}") if part is not None else Cell("—", plain="")


def _sum(amount: Decimal | None) -> Cell:
    return Cell(words.pounds(amount), plain=f"{amount:.2f}") if amount else Cell("—", plain="")
