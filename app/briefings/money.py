"""Money by year, from a page's view, as table, chart and sheet of a briefing; nothing is added up here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.briefings.content import Chart, Part, Section
from app.viewmodels import words
from app.viewmodels.money import Bars, starred
from app.viewmodels.subject import MoneyView
from app.viewmodels.table import Cell, Table
from app.viewmodels.words import NO_YEAR, is_span

ALL_YEARS = "All years"


def cited(numbers: Sequence[int]) -> str:
    """Return source numbers in the form "[1] [3]"."""
    return " ".join(f"[{number}]" for number in numbers)


def money_section(money: MoneyView, numbers: Mapping[str, int], *, with_chart: bool = True) -> Section:
    """Return one direction of money as a section: a row per year with its parts and sources, and a chart.

    `numbers` are the source numbers by document.
    """
    view = money.bars
    rows = [
        (
            Cell(year),
            Cell(words.pounds(amount) if amount else "—", plain=f"{amount:.2f}" if amount else ""),
            Cell("; ".join(part for part in (_made_of(view, place), dict(view.placed).get(year, "")) if part)),
            Cell(cited(sorted(numbers[name] for name in documents if name in numbers))),
        )
        for place, (year, amount, documents) in enumerate(zip(view.years, view.totals, view.documents, strict=True))
        if amount or any(amounts[place] for amounts in view.amounts)
    ]  # fmt: skip
    rows.append((Cell(ALL_YEARS), Cell(money.total), Cell(""), Cell("")))
    table = Table(("Financial year", "Amount", "Made of", "Sources"), tuple(rows), frozenset({1}))
    return Section(f"{money.heading}: {money.total}", money.unsure, table, year_chart(view) if with_chart else None)


def _made_of(view: Bars, place: int) -> str:
    parts = [
        f"{part} {words.pounds(amounts[place])}"
        for part, amounts in zip(view.parts, view.amounts, strict=True)
        if amounts[place]
    ]
    return "; ".join(parts)


def year_chart(view: Bars) -> Chart:
    """Return the page's bars as a chart."""
    span = next((place for place, year in enumerate(view.years) if is_span(year) or year == NO_YEAR), 0)
    parts = (Part(name, amounts, name in view.faint) for name, amounts in zip(view.parts, view.amounts, strict=True))
    return Chart(starred(view), tuple(parts), view.summary, first_span=span)


def totals_sheet(heading: str, view: Bars, total: str) -> Section:
    """Return a section with every year's parts as figures, and the page's total in its heading."""
    placed = dict(view.placed)
    columns = ("Financial year", "In the total", *view.parts, *(["Without a stated year"] if placed else []))
    rows = [
        (
            Cell(year),
            _figure(amount),
            *(_figure(amounts[place]) for amounts in view.amounts),
            *([Cell(placed.get(year, ""))] if placed else []),
        )
        for place, (year, amount) in enumerate(zip(view.years, view.totals, strict=True))
    ]
    numeric = frozenset(range(1, 2 + len(view.parts)))
    return Section(f"{heading}: {total}", table=Table(columns, tuple(rows), numeric))


def _figure(amount: Decimal | None) -> Cell:
    return Cell(words.pounds(amount) if amount else "", plain=f"{amount:.2f}" if amount else "")
