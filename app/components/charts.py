"""Charts of money by plotly, served locally: stacked bars by year, and bars of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html import esc
from app.viewmodels.money import Bars, star_notes, starred, ticks_up_to
from app.viewmodels.palette import GREY, PALETTE, colours_of
from app.viewmodels.words import NO_YEAR, counted, is_span, pounds, short_pounds
from graph.counting.unsure import Unsure

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PLAIN = {"displayModeBar": False, "showTips": False}


def year_bars(view: Bars, *, key: str) -> None:
    """Draw money by year as stacked bars; sums that are not in totals are hatched."""
    st.html(_legend(view))
    st.plotly_chart(_year_figure(view, _ink()), key=key, config=PLAIN, alt=view.summary)


def item_bars(labels: Sequence[str], amounts: Sequence[Decimal], *, key: str) -> None:
    """Draw one bar per item, in the order given."""
    from plotly.graph_objects import Bar, Figure

    figure = Figure(
        Bar(
            x=[float(amount) for amount in amounts], y=[_plain(label, 36) for label in labels], orientation="h",
            marker_color=PALETTE[0], text=[short_pounds(amount) for amount in amounts], textposition="auto",
            hovertext=[f"{_plain(label)}: {pounds(amount)}" for label, amount in zip(labels, amounts, strict=True)],
            hoverinfo="text",
        )
    )  # fmt: skip
    figure.update_layout(height=70 + 38 * len(labels), margin={"l": 8, "r": 8, "t": 8, "b": 8}, dragmode=False)
    letters = {"color": _ink(), "size": 14}
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ", fixedrange=True, tickfont=letters)
    ticks = ticks_up_to(max(amounts, default=Decimal(0)), most=5)
    texts = [short_pounds(tick) for tick in ticks]
    figure.update_xaxes(tickvals=[float(tick) for tick in ticks], ticktext=texts, fixedrange=True, tickfont=letters)
    said = "; ".join(f"{label} {pounds(amount)}" for label, amount in zip(labels, amounts, strict=True))
    st.plotly_chart(figure, key=key, config=PLAIN, alt=f"Amounts: {said}")


def grouped_bars(
    years: Sequence[str], sides: Sequence[tuple[str, Mapping[str, Unsure]]], *, key: str, alt: str
) -> None:
    """Draw bars year by year, with one bar for each side."""
    from plotly.graph_objects import Bar, Figure

    figure = Figure([
        Bar(
            name=_plain(name, 40), x=[_year(year) for year in years], marker_color=PALETTE[number],
            y=[float(held[year].whole) if year in held else 0.0 for year in years], hoverinfo="text",
            hovertext=[f"{_plain(name)}, {year}: {_held(held.get(year))}" for year in years],
        )
        for number, (name, held) in enumerate(sides)
    ])  # fmt: skip
    most = max((part.whole for _, held in sides for part in held.values()), default=Decimal(0))
    _finish(figure, "group", most, _ink())
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
        legend_font={"color": _ink(), "size": 14},
    )
    st.plotly_chart(figure, key=key, config=PLAIN, alt=alt)


@lru_cache(maxsize=200)  # plotly takes longer to make one than all else takes that an answer draws
def _year_figure(view: Bars, ink: str) -> Figure:
    """Return the chart; it is shared by all sessions and must not be changed."""
    from plotly.graph_objects import Figure

    figure = Figure()
    years = [_year(year) for year in starred(view)]
    figure.add_traces([  # as plain values: objects of plotly's take five times as long
        {
            "type": "bar", "name": _plain(part), "x": years,
            "y": [float(amount) if said else None for amount, said in zip(amounts, spoken, strict=True)],
            "marker": {"color": colour, "pattern": {"shape": "/" if part in view.faint else ""}}, "hoverinfo": "text",
            "hovertext": [
                f"{_plain(part)}, {year}: {said}" if said else None
                for year, said in zip(view.years, spoken, strict=True)
            ],
        }
        for part, amounts, spoken, colour in zip(
            view.parts, view.amounts, view.says, colours_of(view.parts, view.faint), strict=True
        )
    ])  # fmt: skip
    most = max((sum(each) for each in zip(*view.amounts, strict=True)), default=Decimal(0))
    _finish(figure, "stack", most, ink)
    first = _first_span(view.years)
    if first:
        line = {"color": GREY, "width": 1, "dash": "dot"}
        at = {"type": "line", "x0": first - 0.5, "x1": first - 0.5, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        figure.update_layout(shapes=[{**at, "line": line}])
    return figure


def _legend(view: Bars) -> str:
    """Return HTML for the parts with their colours; names are never shortened."""
    marks = [
        f'<li><span class="wf-mark{" wf-hatched" if part in view.faint else ""}" style="background-color:{colour}">'
        f"</span>{esc(part)}</li>"
        for part, colour in zip(view.parts, colours_of(view.parts, view.faint), strict=True)
    ]
    apart = [
        *(["sums for several years that no document splits"] if any(map(is_span, view.years)) else []),
        *(["sums without a year"] if NO_YEAR in view.years else []),
    ]
    if apart and _first_span(view.years):
        marks.append(f"<li>Right of the dotted line: {' and '.join(apart)}</li>")
    marks += [f"<li>{esc(note)}</li>" for note in star_notes(view)]
    return f'<ul class="wf wf-legend">{"".join(marks)}</ul>'


def _first_span(years: Sequence[str]) -> int:
    """Return the index at which spans of several years begin; 0 if there are none, or only spans."""
    return next((place for place, year in enumerate(years) if is_span(year) or year == NO_YEAR), 0)


def _year(label: str) -> str:
    return _plain(label).replace(" to ", "<br>to ").replace("Year not", "Year not<br>")


def _finish(figure: Figure, mode: str, most: Decimal, ink: str) -> None:
    letters = {"color": ink, "size": 14}
    ticks = ticks_up_to(most)
    figure.update_layout(
        barmode=mode, height=340, margin={"l": 8, "r": 8, "t": 8, "b": 8}, bargap=0.35, dragmode=False,
        showlegend=False,
        yaxis={
            "tickvals": [float(tick) for tick in ticks], "ticktext": [short_pounds(tick) for tick in ticks],
            "fixedrange": True, "tickfont": letters,
        },
        xaxis={"type": "category", "fixedrange": True, "tickfont": {**letters, "size": 12}, "automargin": True},
    )  # fmt: skip


def _ink() -> str:
    """Return the theme's text colour; plotly's own grey is too faint to read."""
    return "#f3f2f1" if st.context.theme.type == "dark" else "#0b0c0c"


def _held(part: Unsure | None) -> str:
    return counted(part) if part is not None else "no sum"


def _plain(text: str, most: int = 200) -> str:
    """Return a label escaped for plotly, which interprets simple HTML."""
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
