"""A sum under review as HTML: its values, its quotation and its doubts."""

from __future__ import annotations

from app.components.html import esc
from app.viewmodels.intake import SlotView, SumView


def sum_html(view: SumView, *, accepted: bool) -> str:
    """Return the sum as HTML; struck through if it is left out."""
    title = f"<strong>{esc(view.title)}</strong>" if accepted else f"<s>{esc(view.title)}</s> Left out"
    band = f'<span class="wf-band">{esc(view.band)}</span>'
    doubts = "".join(f'<p class="wf-look">Look at this: {esc(doubt)}</p>' for doubt in view.doubts)
    corrected = f"<p><em>{esc(view.corrected)}</em></p>" if view.corrected else ""
    place = f"<footer>{esc(view.place)}</footer>" if view.place else ""
    quote = f'<blockquote class="wf-quote"><p>“{esc(view.words)}”</p>{place}</blockquote>' if view.words else ""
    about = f'<p class="wf-note">{esc(view.about)}</p>'
    return f'<div class="wf wf-sum"><p>{title} {band}</p>{about}{corrected}{doubts}{quote}</div>'


def slot_html(view: SlotView) -> str:
    """Return a doubtful slot as HTML: its value with its probability, and the alternatives."""
    if view.chosen:
        return f'<p class="wf wf-look">You chose: {esc(view.chosen)}. <s>{esc(view.said)}</s></p>'
    others = ", ".join(other.said for other in view.others if other.said)
    may = f" It may also be: {esc(others)}." if others else ""
    return f'<p class="wf wf-look">{esc(view.said)}.{may}</p>'
