"""A document's text as HTML, what was read from it marked in place."""

from __future__ import annotations

from collections.abc import Iterable

from app.components.html import esc
from app.viewmodels.decision import Span, TextBlock


def text_html(blocks: Iterable[TextBlock]) -> str:
    """Return the text with its headings below the page's own."""
    return f'<div class="wf wf-text">{"".join(_block(block) for block in blocks)}</div>'


def _block(block: TextBlock) -> str:
    wanted = ' class="wf-wanted"' if block.wanted else ""
    name = f'id="{esc(block.anchor)}"{wanted}'
    notes = "".join(f"<div>Read as: {esc(note)}</div>" for note in block.notes)
    read = f'<div class="wf-read">{notes}</div>' if notes else ""
    return f"<div {name}>{_body(block)}{read}</div>"


def _body(block: TextBlock) -> str:
    words = "".join(_span(span) for span in block.spans)
    number = f'<span class="wf-number">{esc(block.number)}</span>' if block.number else ""
    if block.kind == "heading":
        level = min(3 + max(block.level - 1, 0), 6)
        return f"<h{level}>{words}</h{level}>"
    if block.kind == "table" and block.rows:
        return _table(block)
    if block.kind == "field" and block.label:
        value = words if block.label not in "".join(span.text for span in block.spans) else ""
        return f"<p><strong>{esc(block.label)}:</strong> {value}</p>" if value else f"<p>{words}</p>"
    indent = f' style="margin-left:{1.5 * block.level:.1f}em"' if block.kind == "item" and block.level else ""
    bullet = '<span class="wf-number">•</span>' if block.kind == "item" and not block.number else ""
    return f"<p{indent}>{number}{bullet}{words}</p>"


def _span(span: Span) -> str:
    return f"<mark>{esc(span.text)}</mark>" if span.marked else esc(span.text)


def _table(block: TextBlock) -> str:
    rows = ""
    for is_header, cells, marked in block.rows:
        kind = "wf-head" if is_header else "wf-marked" if marked else ""
        cells_html = "".join(f"<td>{esc(cell)}</td>" for cell in cells)
        rows += f'<tr class="{kind}">{cells_html}</tr>'
    region = '<div class="wf-scroll" tabindex="0" role="region" aria-label="Table">'
    return f'{region}<table class="wf-table">{rows}</table></div>'
