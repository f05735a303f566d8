"""The fields in the head of a decision, under one name for all bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Block, BlockKind, Document

_NAMES = {
    "reference": r"(?:decision|report|form)?\s{0,9}(?:ref(?:erence)?|number|no|id)\.?"
    r"(?:\s{0,9}(?:number|no|code|id))?\.?|reference code|unique reference(?: number)?",
    "title": r"(?:decision|report)?\s{0,9}title(?: of (?:decision|report|proposal))?|subject|name of decision|issue"
    r"|project title",
    "body": r"decision(?:[\s-]making)? body|body|organisation making (?:the )?decision",
    "decided_by": r"decided by|decision by|decision[\s-](?:maker|taker)|decision (?:made|taken) by"
    r"|authori[sz]ation name|authori[sz]ed by|approved by|name of decision[\s-]maker",
    "signed": r"date (?:signed|of decision|decision (?:made|taken)|approved|of approval|decision)|decision date|signed"
    r"|date of (?:the )?decision|date decided|signed on|approved on",
    "date": r"dated?",
    "record_type": r"record type|type of (?:record|decision)",
    "source": r"source|url|link|web address",
    "published": r"date published|publication date|published|date of publication",
    "effective": r"effective (?:date|from)|date effective|implementation date",
    "report": r"report date|date of report|date submitted",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}
_SILENT = re.compile(
    r"(?:not (?:stated|known|given|available|applicable)|none|n/?a|tbc|unknown|-+|–|—|\[.*\])?\.?", re.IGNORECASE
)
_OF_DECISION = re.compile(r"date (?:of (?:the )?decision|decision (?:made|taken)|decided)", re.IGNORECASE)
#: headings with which the text of a decision begins
BODY_OF_TEXT = re.compile(
    r"executive summary|summary|introduction|background|recommendation|purpose|decision summary|proposal|part\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the head; its value is None if the document says that it is not stated."""

    value: str | None
    block: Block


def head_blocks(document: Document) -> list[Block]:
    """Return the blocks before the first section of text: letterhead, title, reference, fields."""
    head: list[Block] = []
    for block in document.blocks[:40]:
        if BODY_OF_TEXT.match(block.text if block.kind is BlockKind.HEADING else block.section):
            break
        if block.kind is BlockKind.PARAGRAPH and (len(block.text) > 300 or "." in block.number):
            break
        head.append(block)
    return head


def read_fields(document: Document) -> dict[str, Field]:
    """Return the fields of the head by whofunds' own names for them; the first field of a name counts."""
    fields: dict[str, Field] = {}
    for key, value, block in _pairs(document):
        name = next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(key.strip())), None)
        if name is not None:
            fields.setdefault(name, Field(None if _SILENT.fullmatch(value.strip()) else value.strip(), block))
    return fields


def _pairs(document: Document) -> Iterator[tuple[str, str, Block]]:
    head = head_blocks(document)
    for block in document.blocks:
        if block.kind is BlockKind.FIELD and (
            block in head
            or not block.field_name.lower().startswith(("date", "signed"))
            or _OF_DECISION.fullmatch(block.field_name)
        ):
            yield block.field_name, block.text, block
    for index, block in enumerate(head):
        if block.kind is BlockKind.TABLE and _is_form(block):
            for row in [*block.header, *block.rows]:
                texts = [text for text in row.texts if text]
                for key, value in zip(texts[0::2], texts[1::2], strict=False):
                    yield key.rstrip(":"), value, block
        elif block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and index + 1 < len(head) and len(block.text) < 40:
            following = head[index + 1]
            if following.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and not is_label(following.text):
                yield block.text.rstrip(":"), following.text, following


def _is_form(block: Block) -> bool:
    """Return True if a table's rows are labels beside values, rather than a list."""
    rows = [row.texts for row in (*block.header, *block.rows)]
    return len(rows[0]) == 2 or sum(is_label(texts[0]) for texts in rows) * 2 >= len(rows)


def is_label(words: str) -> bool:
    """Return True if a line is the name of a field, which means that the field before it is empty."""
    return any(pattern.fullmatch(words.rstrip(":").strip()) for pattern in _PATTERNS.values())
