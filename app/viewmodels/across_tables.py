"""Commissioners by financial years as tables: the matrix, the police areas, and the decisions of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.links import decision_link, page_link, thing_link
from app.viewmodels import words
from app.viewmodels.across import NO_MONEY, NOTHING, Across, Heads, Holding, Standing
from app.viewmodels.table import Cell, Table
from app.viewmodels.tiles import Tile
from graph.counting.together import parts_by

NO_BODY = "No body named"
ALL = "All"


@dataclass(frozen=True, slots=True)
class Address:
    """The page that shows a matrix, with its URL parameters, for links back to it."""

    page: str  #: "across" or "kind"
    parameters: Mapping[str, str]  #: what it is of

    def link(self, *, body: str = "", year: str = "") -> str:
        """Return the link to the page with a body and a year chosen."""
        return page_link(self.page, **self.parameters, body=body, year=year)


def matrix(view: Across, address: Address, year: str = "") -> Table:
    """Return the matrix as a table: a row per body, a column per year, and the same totals as the thing's page.

    Args:
        view: What the bodies hold.
        address: The page that the cells lead to.
        year: The only column to show, with the bodies that have something in it; "" for all years and bodies.
    """
    parts = (year,) if year else ("", *view.years)
    told = bool(view.sureness)
    columns = ("Decision body", *(part or "In all" for part in parts))
    rows = [
        (
            Cell(entity.name if entity else NO_BODY, thing_link(entity) if entity else ""),
            *(
                replace(_cell(view.at(body, part), address, body, part, told=told), hint=view.range_of(body, part))
                for part in parts
            ),
        )
        for body, entity in view.bodies.items()
        if not year or view.at(body, year).standing is not Standing.NOTHING
    ]
    totals = [
        replace(
            _brief(view.columns.get(part, Holding()) if part else view.whole, told=told), hint=view.range_of(None, part)
        )
        for part in parts
    ]
    return Table(columns, (*rows, (Cell(ALL), *totals)), frozenset(range(1, len(columns))))


def areas_table(tiles: Sequence[Tile]) -> Table:
    """Return a row per police area: its commissioner's money, its years, and how many decisions are loaded."""
    return Table(
        ("Police area", "Commissioner", "Money", "Years", "Decisions about it", "Decisions loaded"),
        tuple(
            (
                Cell(tile.name, tile.href),
                Cell(tile.body.name if tile.body else NO_BODY),
                _figure(tile.holding),
                Cell(words.years_covered(tile.holding.years) if tile.holding.years else "—"),
                Cell(f"{len(tile.holding.documents):,}", plain=str(len(tile.holding.documents))),
                Cell(f"{tile.loaded:,}", plain=str(tile.loaded)),
            )
            for tile in tiles
        ),
        frozenset({2, 4, 5}),
    )


def decisions_behind(holding: Holding, heads: Heads) -> Table:
    """Return the decisions of a cell, latest first, each with its part of the sum."""
    parts = parts_by(holding.money, lambda stated: stated.document)
    rows = []
    for document in holding.documents:
        head = heads.get(document)
        part = Holding(parts.get(document, NO_MONEY), (document,))
        title = words.one_line(head.title) if head and head.reference and head.title else ""
        rows.append(
            (
                Cell(head.caption if head else document, decision_link(document, at=_locator(part)), note=title),
                Cell(words.date(head.signed) if head and head.signed else "Not stated"),
                _figure(part),
            )
        )
    return Table(("Decision", "Signed", "Money here"), tuple(rows), frozenset({2}))


def _cell(holding: Holding, address: Address, body: str, year: str, *, told: bool) -> Cell:
    shown = _brief(holding, told=told)
    if not holding.documents:
        return shown
    href = decision_link(holding.documents[0], at=_locator(holding))
    if (len(holding.documents) > 1 or not year) and body:
        href = address.link(body=body, year=year)
    return replace(shown, href=href)


def _brief(holding: Holding, *, told: bool) -> Cell:
    """Return a cell of the matrix: whole pounds and a few words; the page of its decisions says the rest."""
    shown = _figure(holding)
    if holding.standing is Standing.NOTHING:
        return shown
    is_sum = holding.standing is Standing.SUM
    figure = words.whole_pounds(holding.money.total) if is_sum else shown.text
    besides = holding.unsure.sureness if told and is_sum else ""
    return Cell(figure, note=holding.brief(sureness_told=told), plain=shown.plain, told=besides)


def _figure(holding: Holding) -> Cell:
    """Return the figure of a cell with its note; words in place of a figure are in small letters."""
    if holding.standing is Standing.SUM:
        return Cell(holding.figure, note=holding.note, plain=f"{holding.money.total:.2f}")
    if holding.standing is Standing.NOTHING:
        return Cell("", note=NOTHING, plain=NOTHING)
    return Cell(holding.figure, note=holding.note, plain=holding.figure)


def _locator(holding: Holding) -> str:
    stated = [*holding.money.flows, *holding.money.joint, *(out.flow for out in holding.money.left_out)]
    here = [each for each in stated if each.document == holding.documents[0] and each.flow.evidence]
    return here[0].flow.evidence[0].locator if here else ""
