"""Labelled lines of a document: "Supplier: X", or "Supplier" above "X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.columns.headings import is_heading, load_headings
from ingest.document import Block, BlockKind

_LINE = re.compile(r"(?P<key>[A-Z\d][^:£|]{1,44}?)\s*:\s+(?P<value>\S.*)", re.S)
_ASIDE = re.compile(r"\s{0,9}\([^()]{0,30}\)")  #: "Supplier(s)", "Contract dates (estimated)"
_LOT = re.compile(r"^(?:lot|award|contract)\s\d{1,3}\s+(?=\w)", re.I)  #: "Lot 1 Contract Start"
_LONE = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_VALUES = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
_LONGEST_LABEL, _LONGEST_VALUE = 45, 200
#: what a line of its own may name: single words such as "Group" or "Total" stand over tables and sections as well
_SENSES = frozenset({"payee", "payer", "amount", "start", "end", "year"})


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A label with its value and the block that holds the value."""

    key: str
    value: str
    block: Block
    lone: bool = False  #: the label has a line of its own


def labelled_lines(blocks: Sequence[Block]) -> Iterator[LabelledLine | Block]:
    """Yield the labelled lines of a document in order, and every other block unchanged."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        under = blocks[place + 1] if place + 1 < len(blocks) else None
        if under is not None and _is_over(block, under):
            yield LabelledLine(plain_label(block.text), under.text, under, lone=True)
            place += 2
            continue
        yield _inline(block) or block
        place += 1


def _inline(block: Block) -> LabelledLine | None:
    if block.kind is BlockKind.FIELD:
        return LabelledLine(block.field_name, block.text, block)
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return None
    match = _LINE.fullmatch(block.text)
    if match is None or len(match["key"].split()) > 6:
        return None
    return LabelledLine(match["key"], match["value"], block)


def _is_over(label: Block, value: Block) -> bool:
    """Return True if a block is a label and the block below it is its value, not another label."""
    return (
        label.kind in _LONE
        and value.kind in _VALUES
        and len(value.text) <= _LONGEST_VALUE
        and names_part(label.text)
        and not names_part(value.text)
    )


@lru_cache(maxsize=20_000)
def names_part(line: str) -> bool:
    """Return True if a line only labels a part of a contract: its parties, value or period."""
    if len(line) > _LONGEST_LABEL or not line[:1].isupper():
        return False
    label = plain_label(line)
    senses = load_headings().senses_of(label) if label and is_heading(label) else ()
    return bool(senses) and senses[0].sense in _SENSES


def plain_label(line: str) -> str:
    """Return a label without its colon, its lot number and words in brackets."""
    return _LOT.sub("", _ASIDE.sub("", line).strip(" :")).strip()
