"""Views as HTML. All text that comes from a document is escaped.

Links inside the app have the class that keeps the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from app.viewmodels.table import Cell, Table

_MARKDOWN = frozenset("\\`*_{}[]()<>#+-!~$:|")


def esc(text: str) -> str:
    """Return the words escaped for HTML."""
    return escape(text, quote=True)


def unmarked(text: str) -> str:
    """Return the words escaped for Markdown, so that they are shown as they are."""
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in text)


def link(href: str, text: str) -> str:
    """Return an HTML link; only the words if `href` is "". Addresses outside the app must be http or https."""
    if not href:
        return esc(text)
    if href.startswith("#"):
        return f'<a href="{esc(href)}">{esc(text)}</a>'
    if ":" in href.partition("?")[0]:
        safe = href.startswith(("https://", "http://"))
        return f'<a href="{esc(href)}" rel="noopener noreferrer">{esc(text)}</a>' if safe else esc(text)
    return f'<a class="wf-link" href="{esc(href)}">{esc(text)}</a>'


def table_html(table: Table, *, label: str = "", first: int | None = None) -> str:
    """Return a table as HTML that a phone shows row by row; rows after the first `first` only appear on paper."""
    heads = "".join(
        f'<th scope="col"{_figures(table, number)}>{esc(name)}</th>' for number, name in enumerate(table.columns)
    )
    rows = "".join(
        f"<tr{' class=wf-later' if first is not None and place >= first else ''}>"
        f"{''.join(_cell(table, number, cell) for number, cell in enumerate(row))}</tr>"
        for place, row in enumerate(table.rows)
    )
    caption = f"<caption>{esc(table.caption)}</caption>" if table.caption else ""
    name = esc(label or table.caption or "Table")
    return (
        f'<div class="wf wf-scroll" role="region" aria-label="{name}" tabindex="0"><table class="wf-table">{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def facts_html(pairs: Iterable[tuple[str, str, str]]) -> str:
    """Return (label, value, link) triples as an HTML list."""
    rows = "".join(f"<dt>{esc(label)}</dt><dd>{link(href, value)}</dd>" for label, value, href in pairs)
    return f'<dl class="wf wf-facts">{rows}</dl>'


def list_html(items: Iterable[tuple[str, str, str]]) -> str:
    """Return (text, link, words after it) triples as an HTML list."""
    rows = "".join(
        f"<li>{link(href, text)}{f' <span class=wf-note>{esc(after)}</span>' if after else ''}</li>"
        for text, href, after in items
    )
    return f'<ul class="wf wf-list">{rows}</ul>'


def paragraphs(text: str) -> str:
    """Return the lines of a text as HTML paragraphs."""
    return "".join(f"<p>{esc(line.strip())}</p>" for line in text.split("\n") if line.strip())


def _cell(table: Table, number: int, cell: Cell) -> str:
    note = f'<span class="wf-note wf-under">{esc(cell.note)}</span>' if cell.note else ""
    name = esc(table.columns[number])
    said = esc(cell.hint)
    mark = f' <span class="wf-hint" role="img" aria-label="{said}" title="{said}">±</span>' if said else ""
    return f'<td data-label="{name}"{_figures(table, number)}>{link(cell.href, cell.text)}{mark}{note}</td>'


def _figures(table: Table, number: int) -> str:
    return ' class="wf-figures"' if number in table.numeric else ""
