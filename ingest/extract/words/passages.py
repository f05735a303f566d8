"""Cut a document into passages for search and quotation: paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Passage
from graph.search.passages import passage_id
from ingest.document import Block, BlockKind, Document, Row

LONGEST_WORDS = 160  #: the embedding model reads about 200 words; longer paragraphs are cut between sentences
SHORTEST_WORDS = 4  #: fewer say nothing that could be looked for ("Signature", "Approved")
FIELDS_TO_SEARCH = {"summary", "purpose", "issue", "decision", "description"}

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z£(•\d])")


def cut_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of the document in order; repeated words are returned once, at their first place."""
    passages: dict[str, Passage] = {}
    for block in document.blocks:
        for passage in _passages_of(block):
            passages.setdefault(passage.id, passage)
    return tuple(passages.values())


def _passages_of(block: Block) -> Iterator[Passage]:
    if block.kind is BlockKind.TABLE:
        for row in block.rows:
            yield from _made(_row_text(row, block.header), row.locator, block.section, row.page)
    elif block.kind is BlockKind.FIELD:
        if block.field_name.casefold() in FIELDS_TO_SEARCH:
            yield from _made(block.text, block.locator or block.field_name, block.section, block.page, shortest=1)
    elif block.kind is not BlockKind.HEADING:
        for part in cut_text(block.text):
            yield from _made(part, block.locator, block.section, block.page)


def _made(
    text: str, locator: str, section: str, page: int | None, *, shortest: int = SHORTEST_WORDS
) -> Iterator[Passage]:
    words = " ".join(text.split())
    if len(words.split()) >= shortest and any(sign.isalpha() for sign in words):
        yield Passage(passage_id(words), locator, section, words, page)


def _row_text(row: Row, header: tuple[Row, ...]) -> str:
    """Return a row's cells in one text, each after its column's heading if that helps."""
    names = header[-1].texts if header else ()
    parts = []
    for column, text in enumerate(row.texts):
        name = names[column] if column < len(names) else ""
        if text:
            parts.append(f"{name}: {text}" if name else text)
    return "; ".join(parts)


def cut_text(text: str) -> Iterator[str]:
    """Yield the parts of a long text, cut between sentences, each of about `LONGEST_WORDS` words at most."""
    if len(text.split()) <= LONGEST_WORDS:
        yield text
        return
    part: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if part and len(part) + len(words) > LONGEST_WORDS:
            yield " ".join(part)
            part = []
        part += words
    if part:
        yield " ".join(part)
