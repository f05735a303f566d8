"""Charts of money by plotly, served locally: stacked bars by year, bars of items, bands from funder to recipient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from app.viewmodels.money import OTHERS, Bands, Bars
from app.viewmodels.network import COLOUR
from app.viewmodels.words import OPEN_PARTY, pounds, short_pounds

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

#: Okabe and Ito's colours without black, in an order that keeps neighbours apart
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A100")
GREY = "#8a8a8a"
PLAIN = {"displayModeBar": False, "showTips": False}


def year_bars(view: Bars, *, key: str) -> None:
    """Draw money by year, stacked; sums that are not in totals are hatched."""
    st.plotly_chart(_year_figure(view), key=key, config=PLAIN, alt=view.summary)


def item_bars(labels: Sequence[str], amounts: Sequence[Decimal], *, key: str) -> None:
    """Draw one bar an item, largest first as given."""
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
    figure.update_xaxes(tickprefix="£", fixedrange=True, nticks=5, tickfont=letters)
    said = "; ".join(f"{label} {pounds(amount)}" for label, amount in zip(labels, amounts, strict=True))
    st.plotly_chart(figure, key=key, config=PLAIN, alt=f"Amounts: {said}")


def grouped_bars(
    years: Sequence[str], sides: Sequence[tuple[str, Mapping[str, Decimal]]], *, key: str, alt: str
) -> None:
    """Draw a bar for each side beside each other, year by year."""
    from plotly.graph_objects import Bar, Figure

    figure = Figure([
        Bar(
            name=_plain(name, 40), x=[_year(year) for year in years], marker_color=PALETTE[number],
            y=[float(amounts.get(year, 0)) for year in years], hoverinfo="text",
            hovertext=[f"{_plain(name)}, {year}: {pounds(amounts.get(year, Decimal(0)))}" for year in years],
        )
        for number, (name, amounts) in enumerate(sides)
    ])  # fmt: skip
    _finish(figure, "group")
    st.plotly_chart(figure, key=key, config=PLAIN, alt=alt)


def money_bands(view: Bands, *, key: str) -> None:
    """Draw who pays whom as bands."""
    from plotly.graph_objects import Figure, Sankey

    figure = Figure(
        Sankey(
            node={
                "label": [_plain(label, 40) for label in view.labels],
                "color": [COLOUR[kind.value] if kind else GREY for kind in view.kinds],
                "pad": 18, "thickness": 16,
                "hovertemplate": "%{label}: £%{value:,.0f}<extra></extra>",
            },
            link={
                "source": [band.source for band in view.bands],
                "target": [band.target for band in view.bands],
                "value": [float(band.amount) for band in view.bands],
                "color": "rgba(120,130,140,0.35)",
                "customdata": [
                    f"{_plain(view.labels[band.source])} to {_plain(view.labels[band.target])}: {pounds(band.amount)}"
                    for band in view.bands
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )  # fmt: skip
    figure.update_layout(height=max(320, 34 * len(view.labels)), margin={"l": 8, "r": 8, "t": 16, "b": 16})
    figure.update_traces(textfont={"color": _ink(), "size": 14, "shadow": "none"})
    st.plotly_chart(figure, key=key, config=PLAIN, alt=view.summary)


def _year_figure(view: Bars) -> Figure:
    from plotly.graph_objects import Bar, Figure

    figure = Figure()
    for number, (part, amounts) in enumerate(zip(view.parts, view.amounts, strict=True)):
        said = [f"{_plain(part)}, {year}: {pounds(amount)}" for year, amount in zip(view.years, amounts, strict=True)]
        faint = part in view.faint
        grey = faint or part in (OTHERS, OPEN_PARTY)
        figure.add_trace(
            Bar(
                name=_plain(part, 40), x=[_year(year) for year in view.years], y=[float(amount) for amount in amounts],
                marker_color=GREY if grey else PALETTE[number % len(PALETTE)],
                marker_pattern_shape="/" if faint else "",
                hovertext=said, hoverinfo="text",
            )
        )  # fmt: skip
    _finish(figure, "stack")
    figure.update_layout(showlegend=len(view.parts) > 1)
    return figure


def _year(label: str) -> str:
    return _plain(label).replace(" to ", "<br>to ").replace("Year not", "Year not<br>")


def _finish(figure: Figure, mode: str) -> None:
    figure.update_layout(
        barmode=mode, height=380, margin={"l": 8, "r": 8, "t": 8, "b": 8}, bargap=0.35, dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
        legend_font={"color": _ink(), "size": 14},
    )  # fmt: skip
    letters = {"color": _ink(), "size": 14}
    figure.update_yaxes(tickprefix="£", nticks=6, fixedrange=True, tickfont=letters)
    small = {**letters, "size": 12}
    figure.update_xaxes(type="category", fixedrange=True, tickfont=small, automargin=True)


def _ink() -> str:
    """Return the theme's colour for letters; plotly's own grey is too faint to read."""
    return "#f3f2f1" if st.context.theme.type == "dark" else "#0b0c0c"


def _plain(text: str, most: int = 200) -> str:
    """Return a label that plotly, which reads simple HTML, shows as it is."""
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
