"""Draw a decision between those before and after it: three boxes with arrows, below each other on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from app.components.html import esc, link
from app.viewmodels.decision import Step


def lineage_html(steps: Sequence[Step], this: str, signed: str) -> str:
    """Return HTML with the earlier decisions, this decision, and the later ones."""
    arrow = '<span aria-hidden="true">→</span>'
    middle = f'<div class="wf-this"><h3>This decision</h3><p>{esc(this)}</p><p class="wf-note">{esc(signed)}</p></div>'
    before = _box("Before", [step for step in steps if not step.is_later], "No earlier decision is named")
    after = _box("After", [step for step in steps if step.is_later], "No loaded decision names this one")
    return f'<div class="wf wf-lineage">{before}{arrow}{middle}{arrow}{after}</div>'


def _box(heading: str, steps: Sequence[Step], nothing: str) -> str:
    items = "".join(
        f"<li>{esc(step.words[:1].upper() + step.words[1:])} {link(step.href, step.name)}"
        f"{f' <span class=wf-note>({esc(step.note)})</span>' if step.note else ''}</li>"
        for step in steps
    )
    body = f'<ul class="wf-list">{items}</ul>' if items else f'<p class="wf-note">{esc(nothing)}</p>'
    return f"<div><h3>{esc(heading)}</h3>{body}</div>"
