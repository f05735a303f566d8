"""Blocks to sentences, each with its place in the document's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Evidence
from ingest.document import Block, BlockKind, Document

_END = re.compile(r"[.!?](?:[\"”’')\]]|\*\*)*\s+(?=[\"“‘(\[*]*[A-Z£\d])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|no|ref|para|st|ltd|inc|etc|vs|dr|mr|mrs|ms|fig|cf)|\b[A-Z]|^\W*\d[\d.]*)\.$", re.I
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in Document.text[start:end]."""

    text: str
    start: int
    end: int
    block: Block

    def evidence(self, start: int | None = None, end: int | None = None) -> Evidence:
        """Return the sentence, or the part of it between two offsets, as evidence."""
        begin, stop = start or 0, len(self.text) if end is None else end
        while begin < stop and self.text[begin].isspace():
            begin += 1
        while stop > begin and self.text[stop - 1].isspace():
            stop -= 1
        return Evidence(
            locator=self.block.locator,
            quote=self.text[begin:stop],
            page=self.block.page,
            start=self.start + begin,
            end=self.start + stop,
        )


def sentences_of(document: Document, block: Block) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph or list item in order; tables and headings have none."""
    if block.kind in (BlockKind.TABLE, BlockKind.HEADING):
        return
    text = document.text[block.start : block.end]
    begin = 0
    for match in _END.finditer(text):
        head = text[begin : match.start() + 1]
        if _ABBREVIATION.search(head):
            continue
        yield Sentence(text[begin : match.end()], block.start + begin, block.start + match.end(), block)
        begin = match.end()
    if text[begin:].strip():
        yield Sentence(text[begin:], block.start + begin, block.end, block)
