"""What is said of commissioners side by side: the large figures, how money is counted, of whom nothing is loaded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.viewmodels import words
from app.viewmodels.across import NOTHING_HELD, Across, Standing
from app.viewmodels.subject import Headline, decisions_headline
from app.viewmodels.tiles import Tile

COUNTED_ONCE = (
    "Each sum is counted once, where the money first comes in, under the body whose decision states it. “Amount not "
    "stated” and “nothing loaded” are not the same as no money."
)


def across_headlines(view: Across, commissioners: Collection[str], year: str = "") -> list[Headline]:
    """Return the figures of all years, or of the one that is chosen.

    Args:
        view: What each body has.
        commissioners: Ids of the commissioners.
        year: A column of the view; "" for all.
    """
    whole = view.columns.get(year, NOTHING_HELD) if year else view.whole
    held = [body for body in view.bodies if body in commissioners and view.at(body, year).documents]
    found = []
    if whole.standing is Standing.SUM:
        clause = "; ".join(part for part in (whole.unsure.clause, view.range_of(None, year)) if part)
        found.append(Headline(words.whole_pounds(whole.money.total), year or "in all", clause))
    many = "commissioner" if len(held) == 1 else "commissioners"
    found.append(Headline(f"{len(held)} of {len(commissioners)}", f"{many} with a decision"))
    found.append(decisions_headline(len(whole.documents), len(view.beside.intersection(whole.documents))))
    return found


def not_loaded(shown: Sequence[Tile], view: Across, of: str) -> str:
    """Return of which commissioners nothing is loaded, as they have no row in the matrix; "" where all have one."""
    names = [tile.name for tile in shown if tile.body is not None and tile.body.id not in view.bodies]
    if not names:
        return ""
    areas = f"{words.count(len(names), 'police area')}: {', '.join(names)}"
    return f"No decision{f' about {of}' if of else ''} is loaded for {areas}."
