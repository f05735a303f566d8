"""Kinds of programme as tables: all kinds, and the programmes of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from app.links import page_link, thing_link
from app.viewmodels import words
from app.viewmodels.across import Across
from app.viewmodels.subject import decisions_headline
from app.viewmodels.table import Cell, Table
from graph.model import Entity
from graph.programme_kinds import ProgrammeKind
from graph.registry import Registry
from graph.stated.things import NamedThing, thing_key


def kinds_table(rows: Iterable[tuple[ProgrammeKind, int, Across]], commissioners: Collection[str]) -> Table:
    """Return a row per kind: its number of programmes, its commissioners, and its money, counted once.

    Args:
        rows: Each kind with its number of named programmes and its matrix of bodies by year.
        commissioners: Ids of the commissioners.
    """
    return Table(
        ("Kind", "Programmes", "Commissioners", "Decisions", "Money"),
        tuple(
            (
                Cell(kind.name, page_link("kind", id=kind.id), note=kind.description),
                Cell(f"{number:,}", plain=str(number)),
                Cell(str(sum(body in commissioners for body in view.bodies))),
                _decisions(view),
                Cell(view.whole.figure, note=view.whole.unsure.clause),
            )
            for kind, number, view in rows
        ),
        frozenset({1, 2, 3, 4}),
    )


def _decisions(view: Across) -> Cell:
    """How many decisions are on a kind, as its own page counts them."""
    figure = decisions_headline(len(view.whole.documents), len(view.beside.intersection(view.whole.documents))).figure
    return Cell(figure, plain=figure.replace(",", ""))


def programmes_table(
    programmes: Iterable[Entity],
    totals: Mapping[str, Decimal],
    named: Mapping[str, NamedThing],
    registry: Registry,
) -> Table:
    """Return the programmes of a kind, those with most money first.

    Args:
        programmes: The programmes.
        totals: The total on each programme's page, by key.
        named: How many sums and awards name each programme, by key.
        registry: The registry of names.
    """
    order = sorted(programmes, key=lambda each: (-totals.get(thing_key(each), Decimal(0)), each.name.casefold()))
    return Table(
        ("Programme", "Money", "Sums that name it", "Awards without a sum"),
        tuple(_row(each, totals.get(thing_key(each)), named[thing_key(each)], registry) for each in order),
        frozenset({1, 2, 3}),
    )


def _row(programme: Entity, money: Decimal | None, named: NamedThing, registry: Registry) -> tuple[Cell, ...]:
    by_name = "" if programme.id in registry.programmes else "New name, of this kind by its words"
    return (
        Cell(programme.name, thing_link(programme), note=by_name),
        Cell(words.pounds(money), plain=f"{money:.2f}") if money is not None else Cell("", note="No sum of its own"),
        Cell(f"{named.flows:,}", plain=str(named.flows)),
        Cell(f"{named.awards:,}", plain=str(named.awards)),
    )
