"""A briefing as text to paste: plain for an e-mail or note, or HTML with links for a word processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from app.briefings.content import Briefing, Source, SumLine
from app.briefings.money import cited
from app.briefings.sums import is_address


def plain_text(text: Briefing, *, longest: int = 0) -> str:
    """Return the briefing as plain text: opening, items, uncertainties and numbered sources.

    Args:
        text: The briefing.
        longest: The most sources to list; 0 for all.
    """
    blocks = [
        [_numbered(point.words, point.sources) for point in text.opening],
        [f"{each.figure} {each.words}{f', {each.note}' if each.note else ''}" for each in text.headlines],
        [_numbered(f"- {point.words}", point.sources) for point in text.lines],
        [f"Note: {remark}" for remark in text.uncertain],
        [f"Corrected: {remark}" for remark in text.corrections],
    ]
    if text.sources:
        shown = text.sources[:longest] if longest else text.sources
        blocks.append(["Sources", *(f"[{each.number}] {_source(each)} {each.address}".rstrip() for each in shown)])
    blocks.append(list(filter(None, text.closing)))
    return "\n\n".join("\n".join(block) for block in blocks if block)


def rich_text(text: Briefing) -> str:
    """Return the briefing as HTML for a word processor: a list, raised source numbers, and a numbered list of links."""
    opening = "".join(f"<p>{escape(point.words)}{_raised(point.sources)}</p>" for point in text.opening)
    items = "".join(f"<li>{escape(point.words)}{_raised(point.sources)}</li>" for point in text.lines)
    remarks = "".join(f"<p><em>Note: {escape(remark)}</em></p>" for remark in text.uncertain)
    notes = "".join(f"<li>{escape(_source(each))}{_link(each.address)}</li>" for each in text.sources)
    sources = f"<p><strong>Sources</strong></p><ol>{notes}</ol>" if notes else ""
    lines = f"<ul>{items}</ul>" if items else ""
    closing = escape(" ".join(filter(None, text.closing)))
    return f"{opening}{lines}{remarks}{sources}<p>{closing}</p>"


def _source(source: Source) -> str:
    return f"{source.words} ({source.corrected})" if source.corrected else source.words


def _numbered(words: str, numbers: Sequence[int]) -> str:
    return f"{words} {cited(numbers)}".rstrip()


def _raised(numbers: Sequence[int]) -> str:
    return f"<sup>{', '.join(str(number) for number in numbers)}</sup>" if numbers else ""


def _link(address: str) -> str:
    return f' <a href="{escape(address)}">{escape(address)}</a>' if is_address(address) else ""


def json_of(text: Briefing) -> dict[str, Any]:
    """Return the whole briefing as JSON values; amounts are decimal strings."""
    return {
        "title": text.title,
        "kind": text.kind,
        "opening": [asdict(point) for point in text.opening],
        "headlines": [asdict(each) for each in text.headlines],
        "lines": [asdict(point) for point in text.lines],
        "uncertain": list(text.uncertain),
        "corrections": list(text.corrections),
        "sums": [_sum(line) for line in (*text.sums, *text.awards)],
        "sources": [asdict(source) for source in text.sources],
        "closing": [said for said in text.closing if said],
    }


def _sum(line: SumLine) -> dict[str, Any]:
    return {**asdict(line), "amount": None if line.amount is None else f"{line.amount:.2f}"}
