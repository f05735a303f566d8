"""A register page cut into its decisions: each entry opens with the same label, and has its own title and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.model import Decision
from ingest.document import Block, BlockKind, Document

_REFERENCE = re.compile(r"(?:decision\s+)?ref(?:erence)?(?:\s+(?:no|number|code))?\.?", re.IGNORECASE)
_TITLE = re.compile(r"(?:decision\s+)?title|issue|subject", re.IGNORECASE)
_DATE = re.compile(r"date(?:\s+of\s+decision)?", re.IGNORECASE)
_SUMMARY = re.compile(r"(?:decision\s+)?summary\b|decision\b|approved\s+decision\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label and what it says."""

    index: int
    key: str
    value: str


def entries_of(document: Document, decision: Decision) -> list[tuple[Document, Decision]]:
    """Return the decisions of a register, each as a document of its own blocks; one for any other document."""
    labels = list(_labels(document.blocks))
    starts = _starts(document.blocks, labels)
    if len(starts) < 2:
        return [(document, decision)]
    bounds = [*starts, len(document.blocks)]
    entries: list[tuple[Document, Decision]] = []
    for number, start in enumerate(starts):
        end = bounds[number + 1]
        inside = [one for one in labels if start <= one.index < end]
        title = next((one.value for one in inside if _TITLE.fullmatch(one.key)), "")
        reference = next((one.value for one in inside if _REFERENCE.fullmatch(one.key)), "")
        blocks = document.blocks[0 if number == 0 else start : end]
        own = decision if number == 0 else replace(decision, title=title, reference=reference or None, aliases=())
        entries.append((replace(document, blocks=blocks), own))
    return entries


def _labels(blocks: tuple[Block, ...]) -> list[_Label]:
    found: list[_Label] = []
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.FIELD:
            found.append(_Label(index, block.field_name.strip(), block.text))
        elif len(block.text) < 40 and (block.text.endswith(":") or block.kind is BlockKind.HEADING):
            value = blocks[index + 1].text if index + 1 < len(blocks) else ""
            found.append(_Label(index, block.text.rstrip(": "), value))
    return found


def _starts(blocks: tuple[Block, ...], labels: list[_Label]) -> list[int]:
    """Where entries begin: at each reference with a number of its own, else at each title that a summary follows."""
    references = [one for one in labels if _REFERENCE.fullmatch(one.key) and re.search(r"\d", one.value)]
    if len({one.value for one in references}) == len(references) > 1:
        return [one.index for one in references]
    titles = [
        one
        for one in labels
        if _TITLE.fullmatch(one.key) and len(one.value.split()) > 2 and _is_summed_up(blocks, one.index)
    ]
    if len(titles) < 2:
        return []
    dates = {one.index for one in labels if _DATE.fullmatch(one.key)}
    return [one.index - 1 if one.index - 1 in dates else one.index for one in titles]


def _is_summed_up(blocks: tuple[Block, ...], index: int) -> bool:
    following = blocks[index + 1 : index + 4]
    return any(_SUMMARY.match(block.field_name or block.text) for block in following)
