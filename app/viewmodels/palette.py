"""The colours of a chart's parts, the same on a page and on paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.viewmodels.money import OTHERS
from app.viewmodels.words import OPEN_PARTY

#: Okabe and Ito's colours without black, in an order that keeps neighbours apart
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A100")
GREY = "#8a8a8a"
_PLAIN = {OPEN_PARTY: "#b8b8b8", OTHERS: "#6f6f6f"}  #: what is no one's


def colours_of(parts: Sequence[str], faint: Collection[str] = ()) -> list[str]:
    """Return the colour of each part; grey for open parties and for parts that are not in totals."""
    named = iter(PALETTE)
    return [_PLAIN.get(part) or (GREY if part in faint else next(named, GREY)) for part in parts]
