"""A sum under review as HTML: what was read, the document's words for it, and what to look at."""

from __future__ import annotations

from app.components.html import esc
from app.viewmodels.intake import SumView


def sum_html(view: SumView, *, accepted: bool) -> str:
    """Return the sum; struck through where it is left out."""
    title = f"<strong>{esc(view.title)}</strong>" if accepted else f"<s>{esc(view.title)}</s> Left out"
    doubts = "".join(f'<p class="wf-look">Look at this: {esc(doubt)}</p>' for doubt in view.doubts)
    corrected = f"<p><em>{esc(view.corrected)}</em></p>" if view.corrected else ""
    place = f"<footer>{esc(view.place)}</footer>" if view.place else ""
    quote = f'<blockquote class="wf-quote"><p>“{esc(view.words)}”</p>{place}</blockquote>' if view.words else ""
    about = f'<p class="wf-note">{esc(view.about)}</p>'
    return f'<div class="wf wf-sum"><p>{title}</p>{about}{corrected}{doubts}{quote}</div>'
