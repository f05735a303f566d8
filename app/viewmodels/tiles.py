"""Police areas as tiles of a map: each commissioner's money as a sign, a figure and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.viewmodels import words
from app.viewmodels.across import Across, Holding, Standing
from graph.model import Entity
from graph.police_areas import AreaTile

NO_SUM = "no sum"
NO_DECISION = "–"
#: what a tile's look means, with the class of the style sheet
LEGEND = (
    ("wf-tile-sum", "£", "a sum is known"),
    ("wf-tile-said", NO_SUM, "a decision, and no sum that adds to the total"),
    ("wf-tile-none", NO_DECISION, "nothing loaded: not the same as no money"),
)
CLASSES = {
    Standing.SUM: "wf-tile-sum",
    Standing.NOT_ADDED: "wf-tile-said",
    Standing.NOT_STATED: "wf-tile-said",
    Standing.NOTHING: "wf-tile-none",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One police area on the map."""

    name: str
    code: str
    row: int
    column: int
    body: Entity | None  #: its commissioner
    holding: Holding
    loaded: int  #: decisions of the commissioner that are loaded, whatever they are about
    href: str
    year: str = ""  #: that is chosen; "" for all

    @property
    def figure(self) -> str:
        """The figure on the tile, below its name."""
        if self.holding.standing is Standing.SUM:
            return words.short_pounds(self.holding.money.total)
        return NO_DECISION if self.holding.standing is Standing.NOTHING else NO_SUM

    @property
    def said(self) -> str:
        """The tile in words, after its name."""
        holding = self.holding
        if holding.standing is Standing.NOTHING:
            others = f"about other things{' or years' if self.year else ''}"
            loaded = f"; {words.count(self.loaded, 'decision')} {others}" if self.loaded else ""
            return f"nothing loaded{loaded}"
        covered = words.years_covered(holding.years) if holding.years else ""
        figure = holding.figure if holding.standing is Standing.SUM else holding.figure.lower()
        parts = (figure, holding.unsure.clause, words.count(len(holding.documents), "decision"), covered)
        return ", ".join(part for part in parts if part)


def tiles(
    view: Across,
    layout: Sequence[AreaTile],
    bodies: Mapping[str, Entity],
    year: str,
    link: Callable[[str], str],
) -> tuple[Tile, ...]:
    """Return the tile of each police area.

    Args:
        view: The matrix of bodies by year.
        layout: The positions of the tiles.
        bodies: The commissioner of each area, by the area's id.
        year: A column of the matrix; "" for all.
        link: Returns the link of a tile, from the commissioner's id.
    """
    return tuple(
        Tile(
            each.name,
            each.code,
            each.row,
            each.column,
            bodies.get(each.area),
            view.at(bodies[each.area].id, year) if each.area in bodies else Holding(),
            view.loaded.get(bodies[each.area].id, 0) if each.area in bodies else 0,
            link(bodies[each.area].id) if each.area in bodies else "",
            year,
        )
        for each in layout
    )
