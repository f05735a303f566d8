"""Cut blocks into sentences, each with its offsets in the document's text."""

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
_LONGEST = 3000  #: characters; what runs on for longer is no sentence, and readers of sentences compare all its words
_LONGEST_ABBREVIATION = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence exactly as it stands in Document.text[start:end]."""

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
    """Yield the sentences of a paragraph or list item in order; none for tables and headings.

    Text without sentence ends, such as a list on one line, is cut between words.
    """
    if block.kind in (BlockKind.TABLE, BlockKind.HEADING):
        return
    text = document.text[block.start : block.end]
    begin = 0
    for match in _END.finditer(text):
        head = text[max(begin, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
        if _ABBREVIATION.search(head):
            continue
        yield from _cut(text, begin, match.end(), block)
        begin = match.end()
    if text[begin:].strip():
        yield from _cut(text, begin, len(text), block)


def _cut(text: str, begin: int, end: int, block: Block) -> Iterator[Sentence]:
    while begin < end:
        stop = end
        if end - begin > _LONGEST:
            space = text.rfind(" ", begin + 1, begin + _LONGEST)
            stop = space + 1 if space > 0 else begin + _LONGEST
        yield Sentence(text[begin:stop], block.start + begin, block.start + stop, block)
        begin = stop
