"""Sums that a document keeps back: "price confidential", "tbc". Each is read as a sum, with a mark in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.model import Award, FlowStatus, FundingFlow
from ingest.document import Block, Document, Row
from ingest.extract.words.lexicon import Lexicon

_MARKS = (97, 83, 79, 71, 67, 61)  #: whole pounds of a mark; one that the document does not print
_NO_AWARD = (FlowStatus.CONTEXT, FlowStatus.SUPERSEDED)


def with_marks(document: Document, lexicon: Lexicon) -> tuple[Document, Decimal] | None:
    """Return a document with a sum, as long as the words, in place of each sum that is kept back; None where none is.

    Offsets stay as they are, so that what is read from it can be quoted from the document itself.
    """
    words = _pattern(lexicon)
    mark = next((one for one in _MARKS if f"£{one}" not in document.text), None)
    if mark is None or words.search(document.text) is None:
        return None

    def marked(text: str) -> str:
        return words.sub(lambda match: _kept(match) + f"£{mark}".ljust(len(match[0]) - len(_kept(match))), text)

    def with_cells(row: Row) -> Row:
        return replace(row, cells=tuple(replace(cell, text=marked(cell.text).strip()) for cell in row.cells))

    def with_rows(block: Block) -> Block:
        return replace(block, text=marked(block.text), rows=tuple(map(with_cells, block.rows)))

    text = marked(document.text)
    return replace(document, text=text, blocks=tuple(map(with_rows, document.blocks))), Decimal(mark)


def _kept(match: re.Match[str]) -> str:
    return match["mark"] or ""


def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a sum kept back: "price confidential", or the words alone between marks or in a cell."""
    kept = "|".join(pattern.pattern for cue, pattern in lexicon.cues["award"] if cue == "withheld")
    anywhere = "|".join(pattern.pattern for cue, pattern in lexicon.cues["award"] if cue == "withheld-anywhere")
    return re.compile(
        rf"\b(?:price|value|sum|amount|cost|fee|figure|charge)s?(?:\s+\w+){{0,3}}?\s+(?:{kept})|(?:{anywhere})"
        rf"|(?P<mark>(?:^|[-–—:(|,;\t]|\s\s)\s*)(?:{kept})(?=\s*(?:[).,;|\t]|\s\s|$))",
        re.IGNORECASE | re.MULTILINE,
    )


def awards_of_marks(document: Document, flows: Sequence[FundingFlow], mark: Decimal) -> Iterator[Award]:
    """Yield the awards whose sum is a mark; `document` is the one without marks, which they are quoted from."""
    for flow in flows:
        is_named = (flow.recipient is not None or flow.programmes) and flow.recipient != flow.funder
        if flow.amount != mark or flow.status in _NO_AWARD or not is_named:
            continue
        yield Award(
            id=f"award-{flow.id.removeprefix('flow-')}",
            funder=flow.funder,
            recipient=flow.recipient,
            recipient_words=flow.recipient_words,
            years=flow.years,
            programmes=flow.programmes,
            place=flow.place,
            fund=flow.fund,
            kind=flow.kind,
            status=flow.status,
            evidence=tuple(replace(one, quote=document.text[one.start : one.end]) for one in flow.evidence),
            confidence=flow.confidence,
            purpose=flow.purpose,
            band=flow.band,
            doubts=flow.doubts,
        )


def without_marked(awards: Sequence[Award], marked: Sequence[Award]) -> tuple[Award, ...]:
    """Return all awards, each once: one that is read from its place in the text and from a mark is the marked one."""
    known = {one.recipient or one.programmes for one in marked}
    return (*marked, *(one for one in awards if (one.recipient or one.programmes) not in known))
