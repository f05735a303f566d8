"""Bars for two amounts per name on one scale, in HTML, so that long names stay readable and the bars print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.components.html import esc
from app.viewmodels.words import counted, whole_pounds
from graph.counting.unsure import Unsure

SHARE = 0.6  #: of the width for the longest bar; the amount stands behind it
COLOURS = ("#0072B2", "#E69F00")  #: Okabe and Ito's blue and orange


def pair_bars_html(parts: Sequence[str], sides: Sequence[tuple[str, Mapping[str, Unsure]]]) -> str:
    """Return a row for each part with a bar for each side; a legend says which colour is which."""
    most = max((held[part].whole for _, held in sides for part in parts if part in held), default=Decimal(0))
    legend = "".join(
        f'<li><span class="wf-key" style="background:{colour}"></span>{esc(name)}</li>'
        for colour, (name, _) in zip(COLOURS, sides, strict=False)
    )
    rows = "".join(f"<dt>{esc(part)}</dt><dd>{_bars(part, sides, most)}</dd>" for part in parts)
    return f'<div class="wf"><ul class="wf-legend">{legend}</ul><dl class="wf-pairs">{rows}</dl></div>'


def _bars(part: str, sides: Sequence[tuple[str, Mapping[str, Unsure]]], most: Decimal) -> str:
    shown = ""
    for colour, (name, held) in zip(COLOURS, sides, strict=False):
        money = held.get(part, Unsure())
        share = float(money.whole / most * 100) if most > 0 and money.whole > 0 else 0.0
        said = counted(money, whole_pounds) if part in held else "—"
        shown += (
            f'<div class="wf-pair"><span style="width:{share * SHARE:.1f}%;background:{colour}"></span>'
            f'<b title="{esc(name)}">{esc(said)}</b></div>'
        )
    return shown
