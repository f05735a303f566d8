"""Draw the map of police areas with an equal tile for each, and a legend."""

from __future__ import annotations

from collections.abc import Sequence

from app.components.html import esc
from app.viewmodels.tiles import CLASSES, LEGEND, Tile


def tile_map_html(shown: Sequence[Tile], *, label: str, after: str) -> str:
    """Return the map as HTML.

    Args:
        shown: The tiles, from north to south.
        label: A description of the map for screen readers.
        after: The anchor of what follows the map, so that keyboard users can skip it.
    """
    items = "".join(_tile(tile) for tile in shown)
    return (
        f'<div class="wf"><p class="wf-skip"><a href="{esc(after)}">Skip the map</a></p>'
        f'<ul class="wf-tiles" aria-label="{esc(label)}">{items}</ul>{_legend()}</div>'
    )


def _tile(tile: Tile) -> str:
    where = f"grid-row:{tile.row};grid-column:{tile.column}"
    seen = (
        f'<span aria-hidden="true" class="wf-tile-name">{esc(tile.name)}</span>'
        f'<span aria-hidden="true" class="wf-tile-code">{esc(tile.code)}</span>'
        f'<span aria-hidden="true" class="wf-tile-figure">{esc(tile.figure)}</span>'
    )
    heard = f'<span class="wf-unseen">{esc(tile.name)}: {esc(tile.said)}</span>'
    look = CLASSES[tile.holding.standing]
    title = esc(f"{tile.name}: {tile.said}")
    link = f'<a class="wf-link {look}" href="{esc(tile.href)}" title="{title}">{seen}{heard}</a>'
    return f'<li style="{where}">{link}</li>'


def _legend() -> str:
    items = "".join(
        f'<li><span class="wf-tile-key {look}" aria-hidden="true">{esc(sign)}</span> {esc(said)}</li>'
        for look, sign, said in LEGEND
    )
    return f'<ul class="wf-legend" aria-label="What the tiles mean">{items}</ul>'
