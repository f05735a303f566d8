"""A document's text as HTML, with everything that was read from it marked and listed beside it, linked both ways."""

from __future__ import annotations

from collections.abc import Iterable

from app.components.html import esc, link
from app.viewmodels.marked_text import MarkedText, Row, Span, TextBlock, TextFact


def beside_html(text: MarkedText) -> str:
    """Return the text with its facts beside it, or below it in a narrow window."""
    facts = "".join(_fact(fact) for fact in text.facts)
    if not facts:
        return text_html(text)
    return (
        f'<div class="wf wf-beside">{text_html(text)}'
        f'<section class="wf-facts-beside" tabindex="0" aria-label="What was read from the text">'
        f"<h3>What was read</h3>{facts}</section></div>"
    )


def text_html(text: MarkedText) -> str:
    """Return the text, its headings one level below those of the page."""
    titles = {fact.number: fact.title for fact in text.facts}
    return f'<div class="wf wf-text">{"".join(_block(block, titles) for block in text.blocks)}</div>'


def _fact(fact: TextFact) -> str:
    place = f"Its words: {fact.place}" if fact.place else "Its words"
    back = f'<a href="#{esc(fact.anchor)}">{esc(place)}</a>' if fact.anchor else esc(fact.place)
    mend = f" · {link(fact.href, 'Set it right')}" if fact.href else ""
    about = f'<p class="wf-note">{esc(fact.about)}</p>' if fact.about else ""
    corrected = f"<p><em>{esc(fact.corrected)}</em></p>" if fact.corrected else ""
    return (
        f'<div class="wf-fact" id="fact-{fact.number}"><p><strong>{fact.number}. {esc(fact.title)}</strong></p>'
        f'{about}{corrected}<p class="wf-note">{back}{mend}</p></div>'
    )


def _block(block: TextBlock, titles: dict[int, str]) -> str:
    wanted = ' class="wf-wanted"' if block.wanted else ""
    return f'<div id="{esc(block.anchor)}"{wanted}>{_body(block, titles)}</div>'


def _body(block: TextBlock, titles: dict[int, str]) -> str:
    words = _words(block.spans, titles)
    number = f'<span class="wf-number">{esc(block.number)}</span>' if block.number else ""
    if block.kind == "heading":
        level = min(3 + max(block.level - 1, 0), 6)
        return f"<h{level}>{words}</h{level}>"
    if block.kind == "table" and block.rows:
        return _table(block.rows, titles)
    if block.kind == "field" and block.label:
        value = words if block.label not in "".join(span.text for span in block.spans) else ""
        return f"<p><strong>{esc(block.label)}:</strong> {value}</p>" if value else f"<p>{words}</p>"
    indent = f' style="margin-left:{1.5 * block.level:.1f}em"' if block.kind == "item" and block.level else ""
    bullet = '<span class="wf-number">•</span>' if block.kind == "item" and not block.number else ""
    return f"<p{indent}>{number}{bullet}{words}</p>"


def _words(spans: Iterable[Span], titles: dict[int, str]) -> str:
    """Return spans of text as HTML; the number of a fact follows the last span of its words."""
    known = list(spans)
    shown = []
    for place, span in enumerate(known):
        if not span.facts:
            shown.append(esc(span.text))
            continue
        after = set(known[place + 1].facts) if place + 1 < len(known) else set()
        # the numbers can be reached by keyboard; the words lead to the same place for those who click
        inner = f'<a href="#fact-{span.facts[0]}" tabindex="-1">{esc(span.text)}</a>'
        ended = [number for number in span.facts if number not in after]
        shown.append(f'<mark id="{esc(span.anchor)}">{inner}</mark>{_numbers(ended, titles)}')
    return "".join(shown)


def _numbers(facts: Iterable[int], titles: dict[int, str]) -> str:
    return "".join(_number(number, esc(titles.get(number, ""))) for number in facts)


def _number(number: int, title: str) -> str:
    said = f'aria-label="Fact {number}: {title}" title="{title}"'
    return f'<a class="wf-ref" href="#fact-{number}" {said}>{number}</a>'


def _table(rows: Iterable[Row], titles: dict[int, str]) -> str:
    shown = ""
    for row in rows:
        kind = "wf-head" if row.is_header else "wf-marked" if row.facts else ""
        cells = [f"<td>{esc(cell)}</td>" for cell in row.cells]
        if row.facts and cells:
            cells[-1] = f"<td>{esc(row.cells[-1])}{_numbers(row.facts, titles)}</td>"
        name = f' id="{esc(row.anchor)}"' if row.anchor else ""
        shown += f'<tr{name} class="{kind}">{"".join(cells)}</tr>'
    region = '<div class="wf-scroll" tabindex="0" role="region" aria-label="Table">'
    return f'{region}<table class="wf-table">{shown}</table></div>'
