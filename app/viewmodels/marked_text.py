"""A document's text in which the words behind each fact are marked, and the list of facts.

Facts are numbered. A mark names the facts that rest on its words; a fact links to its first mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from app.viewmodels.quotes import place_words
from graph.model import Evidence


@dataclass(frozen=True, slots=True)
class TextFact:
    """One fact that was read from the text."""

    title: str  #: "£150,000 to Ashford Council", "Ashford Council delivers Warm Homes"
    about: str = ""  #: the rest in one line
    corrected: str = ""  #: in a sentence, where a person set it right
    href: str = ""  #: where it can be set right; "" where it cannot
    evidence: tuple[Evidence, ...] = ()
    number: int = 0
    anchor: str = ""  #: id of the mark where its words begin; "" where they are not found

    @property
    def place(self) -> str:
        """The locator of its words."""
        return place_words(self.evidence[0].locator, self.evidence[0].page) if self.evidence else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; it is marked if facts rest on it."""

    text: str
    facts: tuple[int, ...] = ()  #: their numbers
    anchor: str = ""  #: id of the mark


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[str, ...]
    is_header: bool = False
    facts: tuple[int, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, item or table of the document."""

    anchor: str  #: id in the page
    kind: str  #: heading | paragraph | item | field | table
    spans: tuple[Span, ...] = ()
    rows: tuple[Row, ...] = ()
    level: int = 0
    number: str = ""
    label: str = ""  #: of a field
    wanted: bool = False  #: the paragraph that the link asked for


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The text with its facts."""

    blocks: tuple[TextBlock, ...]
    facts: tuple[TextFact, ...]  #: in the order of their words


@dataclass
class _Marks:
    """Assigns ids to marks, and remembers the first mark of each fact."""

    first: dict[int, str] = field(default_factory=dict)
    given: int = 0

    def next(self, facts: tuple[int, ...]) -> str:
        if not facts:
            return ""
        self.given += 1
        anchor = f"words-{self.given}"
        for number in facts:
            self.first.setdefault(number, anchor)
        return anchor


def marked_text(document: Mapping[str, Any], facts: Iterable[TextFact], *, at: str = "") -> MarkedText:
    """Return the document's text with the words behind the facts marked.

    Args:
        document: The document in the form that a build stores: blocks with offsets.
        facts: The facts read from it; they are numbered here by the position of their words.
        at: The locator to show; its block or table is marked `wanted`.
    """
    ordered = sorted(facts, key=lambda fact: fact.evidence[0].start if fact.evidence else -1)
    numbered = [replace(fact, number=number) for number, fact in enumerate(ordered, 1)]
    marks = _Marks()
    blocks = [_block(number, block, numbered, at, marks) for number, block in enumerate(document.get("blocks", ()))]
    return MarkedText(
        blocks=tuple(block for block in blocks if block.spans or block.rows),
        facts=tuple(replace(fact, anchor=marks.first.get(fact.number, "")) for fact in numbered),
    )


def _block(number: int, block: Mapping[str, Any], facts: Sequence[TextFact], at: str, marks: _Marks) -> TextBlock:
    here = _resting(facts, int(block["start"]), int(block["end"]))
    rows = _rows(block, facts, marks)
    locators = {str(block.get("locator", "")), *(str(row.get("locator", "")) for row in block.get("rows", ()))}
    return TextBlock(
        anchor=f"text-{number}",
        kind=str(block["kind"]),
        spans=() if rows else _spans(str(block["text"]), here, marks),
        rows=rows,
        level=int(block.get("level") or 0),
        number=str(block.get("number") or ""),
        label=str(block.get("field_name") or ""),
        wanted=bool(at) and at in locators,
    )


def _resting(facts: Iterable[TextFact], start: int, end: int) -> list[tuple[int, str]]:
    """Return (number, quotation) of the facts whose words overlap a range of the document."""
    return [
        (fact.number, words.quote)
        for fact in facts
        for words in fact.evidence
        if words.start < end and words.end > start
    ]


def _rows(block: Mapping[str, Any], facts: Sequence[TextFact], marks: _Marks) -> tuple[Row, ...]:
    rows = []
    for is_header, row in [(True, row) for row in block.get("header") or ()] + [
        (False, row) for row in block.get("rows") or ()
    ]:
        here = tuple(dict.fromkeys(number for number, _ in _resting(facts, int(row["start"]), int(row["end"]))))
        rows.append(Row(tuple(str(cell["text"]) for cell in row["cells"]), is_header, here, marks.next(here)))
    return tuple(rows)


def _spans(text: str, quotes: Sequence[tuple[int, str]], marks: _Marks) -> tuple[Span, ...]:
    """Return the text with the quotations marked; wholly marked if a quotation covers it or differs in spaces."""
    stretches = []
    for number, quote in quotes:
        place = text.find(quote) if quote else -1
        stretches.append((number, place, place + len(quote)) if place >= 0 else (number, 0, len(text)))
    edges = sorted({0, len(text), *(edge for _, start, end in stretches for edge in (start, end))})
    spans = []
    for start, end in pairwise(edges):
        numbers = (number for number, first, last in stretches if first < end and last > start)
        facts = tuple(dict.fromkeys(numbers))
        spans.append(Span(text[start:end], facts, marks.next(facts)))
    return tuple(spans)
