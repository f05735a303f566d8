"""A register page cut into its decisions: each opens with the same label, or with its reference and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.model import Decision
from graph.parse.references import find_references, reference_key
from ingest.document import Block, BlockKind, Document

_REFERENCE = re.compile(r"(?:decision\s+)?ref(?:erence)?(?:\s+(?:no|number|code))?\.?", re.IGNORECASE)
_TITLE = re.compile(r"(?:decision\s+)?title|issue|subject", re.IGNORECASE)
#: "14/03/2031 - Lights for the harbour ref: 3261 Recommendations Approved"
_DATED = re.compile(r"\d{2}/\d{2}/\d{4}\s+[-–]\s+(?P<title>.+?)\s+ref:\s*(?P<reference>\d+)\b.*", re.DOTALL)
_LONGEST_TITLE = 200
_SHORTEST_WORDS = 60
_LONGEST_REFERENCE = 40
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
    headed = _headed(document.blocks) if len(starts) < 2 else {}
    starts = starts if len(starts) > 1 else sorted(headed)
    if len(starts) < 2:
        return [(document, decision)]
    bounds = [*starts, len(document.blocks)]
    entries: list[tuple[Document, Decision]] = []
    for number, start in enumerate(starts):
        end = bounds[number + 1]
        inside = [one for one in labels if start <= one.index < end]
        title = next((one.value for one in inside if _TITLE.fullmatch(one.key)), "")
        reference = next((one.value for one in inside if _REFERENCE.fullmatch(one.key)), "")
        if start in headed:
            reference, title = headed[start]
        blocks = document.blocks[0 if number == 0 else start : end]
        keeps_head = number == 0 and start not in headed
        own = decision if keeps_head else replace(decision, title=title, reference=reference or None, aliases=())
        entries.append((replace(document, blocks=blocks), own))
    return entries


def _headed(blocks: tuple[Block, ...]) -> dict[int, tuple[str, str]]:
    """Return where entries open with reference and title, as lists of decisions do; none where one is said twice.

    Each has words of its own below it: a bare list of related decisions is no register.
    """
    found: dict[int, tuple[str, str]] = {}
    for index, block in enumerate(blocks):
        if block.kind in (BlockKind.TABLE, BlockKind.FIELD) or len(block.text) > _LONGEST_TITLE:
            continue
        if (opening := _opening(block.text)) is not None:
            found[index] = opening
    keys = {reference_key(reference) for reference, _ in found.values()}
    if len(keys) != len(found) or len(keys) < 2:
        return {}
    ends = [*list(found)[1:], len(blocks)]
    have_words = all(
        any(
            len(block.text) > _SHORTEST_WORDS and block.kind is not BlockKind.HEADING
            for block in blocks[start + 1 : end]
        )
        for start, end in zip(found, ends, strict=True)
    )
    return found if have_words else {}


def _opening(words: str) -> tuple[str, str] | None:
    dated = _DATED.fullmatch(words)
    if dated is not None:
        return dated["reference"], dated["title"]
    head = words[:_LONGEST_REFERENCE]
    first = next(iter(find_references(head)), None) if re.search(r"\d", head) else None
    if first is None or first.start > 2 or words.rstrip().endswith((".", ";", ":")):
        return None
    title = words[first.end :].strip(" -–—:|·")
    return (first.reference, title) if len(title.split()) > 1 and title[0].isupper() else None


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
