"""Draw the money from funders to recipients as bands between names, which link to their pages; a list on a phone."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st

from app.components.html import esc, link
from app.viewmodels import words
from app.viewmodels.band_layout import THICK, WIDE, Layout, Placed, layout
from app.viewmodels.bands import Bands, Box
from app.viewmodels.network_words import COLOUR

GREY = "#767676"
LONGEST = 48  #: letters of a name
MOST = 12  #: payments in the list of a narrow screen


def money_bands(view: Bands) -> None:
    """Draw who pays whom; on a narrow screen, as a list of the largest payments."""
    st.html(f'<div class="wf">{_picture(view)}{_list(view)}</div>')


def _picture(view: Bands) -> str:
    found = layout(view)
    labels = "".join(_label(box, place) for box, place in zip(view.boxes, found.boxes, strict=True))
    return (
        f'<div class="wf-bands" style="height:{found.height:.0f}px">'
        f'<img alt="{esc(view.summary)}" src="data:image/svg+xml;base64,{_svg(view, found)}">{labels}</div>'
    )


def _svg(view: Bands, found: Layout) -> str:
    ribbons = "".join(
        f'<path d="{ribbon.path}" fill="{_colour(view.boxes[ribbon.band.source])}" fill-opacity="0.28"/>'
        for ribbon in found.ribbons
    )
    boxes = "".join(
        f'<rect x="{place.x:.1f}" y="{place.top:.1f}" width="{THICK:.0f}" height="{place.height:.1f}" '
        f'fill="{_colour(box)}"/>'
        for box, place in zip(view.boxes, found.boxes, strict=True)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {found.height:.0f}" '
        f'preserveAspectRatio="none">{ribbons}{boxes}</svg>'
    )
    return b64encode(svg.encode()).decode()


def _colour(box: Box) -> str:
    return COLOUR[box.kind.value] if box.kind else GREY


def _label(box: Box, place: Placed) -> str:
    name = link(box.href, _shortened(box.label))
    return (
        f'<div class="wf-box wf-{place.side}" title="{esc(box.label)}" style="left:{place.label_x / WIDE:.2%};'
        f'top:{place.label_top:.0f}px;width:{place.label_width / WIDE:.2%}">'
        f"<span>{name} {esc(words.short_pounds(box.amount))}</span></div>"
    )


def _shortened(label: str) -> str:
    """Return a long name shortened at a word."""
    return label if len(label) <= LONGEST else f"{label[:LONGEST].rpartition(' ')[0].rstrip(',')}…"


def _list(view: Bands) -> str:
    shown = view.payments[:MOST]
    most = float(max(payment.amount for payment in shown))
    rows = "".join(
        f"<li>{link(payment.payer.href, payment.payer.label)} to {link(payment.payee.href, payment.payee.label)}"
        f"{f', from the {link(payment.fund.href, payment.fund.label)}' if payment.fund else ''}: "
        f"<strong>{esc(words.whole_pounds(payment.amount))}</strong>"
        f"{f' <span class=wf-note>{esc(payment.unsure.clause)}</span>' if payment.unsure.clause else ''}"
        f'<div class="wf-bar" style="width:{float(payment.amount) / most:.1%};'
        f'background:{_colour(payment.payer)}"></div></li>'
        for payment in shown
    )
    more = len(view.payments) - len(shown)
    after = f'<p class="wf-note">And {words.count(more, "smaller payment")}.</p>' if more else ""
    return f'<div class="wf-payments"><p>The largest payments:</p><ul>{rows}</ul>{after}</div>'
