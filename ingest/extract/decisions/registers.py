"""Cut a register page into its decisions: by repeated labels, headings with a reference, or rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Decision
from graph.parse.dates import find_dates, parse_date
from graph.parse.money import find_money, parse_amount
from graph.parse.references import find_references, reference_key
from ingest.document import Block, BlockKind, Document, Row

_REFERENCE = re.compile(r"(?:decision\s+)?(?:ref(?:erence)?|number|no)(?:\s+(?:no|number|code))?\.?", re.IGNORECASE)
_TITLE = re.compile(r"(?:decision\s+)?title(?:\s+of\s+decision)?|issue|subject|decision", re.IGNORECASE)
_DATE = re.compile(r"(?:decision\s+)?date(?:\s+(?:of\s+decision|made|taken|signed|published))?", re.IGNORECASE)
_SUMMARY = re.compile(r"(?:decision\s+)?summary\b|decision\b|approved\s+decision\b|detail", re.IGNORECASE)
#: "14/03/2031 - Lights for the harbour ref: 3261 Recommendations Approved"
_DATED = re.compile(
    r"(?P<date>\d{2}/\d{2}/\d{4})\s+[-–]\s++(?P<title>.+?)\s{1,9}ref:\s*(?P<reference>\d+)\b.*", re.DOTALL
)
_KIND = re.compile(
    r"(?:[A-Z]{2,5}\s+)?(?:formal\s+)?decision(?:\s+(?:notice|record|paper))?\s*+[-–:]?\s*", re.IGNORECASE
)
_LONGEST_TITLE = 200
_SHORTEST_WORDS = 60
_LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class _Entry:
    """The start of a register's entry, with its reference, title and date."""

    start: int  #: index of its first block
    reference: str = ""
    title: str = ""
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    """A label with its value."""

    index: int
    key: str
    value: str


def entries_of(document: Document, decision: Decision) -> list[tuple[Document, Decision]]:
    """Return each decision of a register with a document of its own blocks; one pair for any other document.

    An entry has the reference, title and date that stand in it. Words above the first entry belong to the first.
    """
    blocks, rows = _rows_apart(document.blocks, decision.title)
    entries = rows or _labelled(blocks) or _headed(blocks)
    if len(entries) < 2:
        return [(document, decision)]
    ends = [*(entry.start for entry in entries[1:]), len(blocks)]
    found: list[tuple[Document, Decision]] = []
    for number, (entry, end) in enumerate(zip(entries, ends, strict=True)):
        part = replace(document, blocks=blocks[0 if number == 0 else entry.start : end])
        found.append((part, _own(decision, entry, is_first=number == 0)))
    return found


def _own(decision: Decision, entry: _Entry, *, is_first: bool) -> Decision:
    signed = entry.signed or (decision.signed if is_first else None)
    return replace(decision, title=entry.title, reference=entry.reference or None, aliases=(), signed=signed)


def _labelled(blocks: Sequence[Block]) -> list[_Entry]:
    """Return the entries that all open with the same label."""
    labels = list(_labels(blocks))
    starts = _starts(blocks, labels)
    found: list[_Entry] = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=False):
        said = {
            name: next((one.value for one in labels if start <= one.index < end and pattern.fullmatch(one.key)), "")
            for name, pattern in (("reference", _REFERENCE), ("title", _TITLE), ("date", _DATE))
        }
        found.append(_Entry(start, said["reference"], said["title"], _date(said["date"])))
    return found


def _date(words: str) -> str | None:
    dates = find_dates(words)
    return parse_date(words) or (dates[0].date if dates else None)


def _headed(blocks: Sequence[Block]) -> list[_Entry]:
    """Return the entries that open with a reference and a title; none if a reference repeats.

    Each must have words of its own below: a bare list of related decisions is not a register.
    """
    found = [
        opening
        for index, block in enumerate(blocks)
        if block.kind not in (BlockKind.TABLE, BlockKind.FIELD) and len(block.text) <= _LONGEST_TITLE
        if (opening := _opening(index, block.text)) is not None
    ]
    keys = {reference_key(entry.reference) for entry in found}
    if len(keys) != len(found) or len(keys) < 2:
        return []
    ends = [*(entry.start for entry in found[1:]), len(blocks)]
    longest = [
        max((len(one.text) for one in blocks[entry.start + 1 : end] if one.kind is not BlockKind.HEADING), default=0)
        for entry, end in zip(found, ends, strict=True)
    ]
    many = sum(length > _SHORTEST_WORDS for length in longest) * 2 >= len(found)
    return found if many and min(longest) > _SHORTEST_WORDS / 2 else []


def _opening(index: int, words: str) -> _Entry | None:
    dated = _DATED.fullmatch(words)
    if dated is not None:
        return _Entry(index, dated["reference"], dated["title"], _date(dated["date"]))
    head = words[:_LONGEST_REFERENCE]
    first = next(iter(find_references(head)), None) if re.search(r"\d", head) else None
    kind = _KIND.match(words)
    latest = max(2, kind.end() if kind is not None else 0)
    if first is None or first.start > latest or words.rstrip().endswith((".", ";", ":")):
        return None
    title = words[first.end :].strip(" -–—:|·")
    is_title = len(title.split()) > (0 if kind is not None else 1) and title[:1].isupper()
    return _Entry(index, first.reference, title) if is_title else None


def _labels(blocks: Sequence[Block]) -> Iterator[_Label]:
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.FIELD:
            yield _Label(index, block.field_name.strip(), block.text)
        elif len(block.text) < 40 and (block.text.endswith(":") or block.kind is BlockKind.HEADING):
            value = blocks[index + 1].text if index + 1 < len(blocks) else ""
            yield _Label(index, block.text.rstrip(": "), value)


def _starts(blocks: Sequence[Block], labels: Sequence[_Label]) -> list[int]:
    """Return where entries begin: at each new reference; else at each title that a summary follows."""
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


def _is_summed_up(blocks: Sequence[Block], index: int) -> bool:
    following = blocks[index + 1 : index + 4]
    return any(_SUMMARY.match(block.field_name or block.text) for block in following)


def _rows_apart(blocks: tuple[Block, ...], title: str) -> tuple[tuple[Block, ...], list[_Entry]]:
    """Return the blocks with each cell of a register's tables as its own block, and the entry of each row."""
    made: list[Block] = []
    entries: list[_Entry] = []
    for block in blocks:
        columns = _columns(block, title) if block.kind is BlockKind.TABLE else {}
        if not columns:
            made.append(block)
            continue
        for row in block.rows:
            cells = {name: row.cells[column].text for name, column in columns.items() if column < len(row.cells)}
            titled = cells.get("title", "") if len(cells.get("title", "")) <= _LONGEST_TITLE else ""
            entries.append(_Entry(len(made), cells.get("reference", ""), titled, _date(cells.get("date", ""))))
            made.extend(_cells_apart(block, row))
    return (tuple(made), entries) if len(entries) > 1 else (blocks, [])


def _columns(block: Block, title: str) -> Mapping[str, int]:
    """Return the columns of a table that hold the reference, the title and the date, by index."""
    names = block.header[-1].texts if block.header else ()
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        for kind, pattern in (("reference", _REFERENCE), ("title", _TITLE), ("date", _DATE)):
            if pattern.fullmatch(name.strip(" :")):
                columns.setdefault(kind, index)
    words = [index for index, name in enumerate(names) if _SUMMARY.match(name) or index == columns.get("title")]
    of_decisions = re.search(r"decision", " ".join([*names, block.section, title]), re.IGNORECASE) is not None
    has_sums = any(parse_amount(text) is not None and find_money(text) for row in block.rows for text in row.texts)
    named = [row.texts[columns["reference"]] for row in block.rows] if "reference" in columns else []
    told_apart = len(set(named)) == len(named) and ("reference" in columns or "date" in columns)
    return columns if of_decisions and words and told_apart and not has_sums and len(block.rows) > 1 else {}


def _cells_apart(block: Block, row: Row) -> Iterator[Block]:
    names = block.header[-1].texts
    for name, cell in zip(names, row.cells, strict=False):
        if not cell.text:
            continue
        is_text = len(cell.text) > _SHORTEST_WORDS or bool(find_money(cell.text))
        kind = BlockKind.PARAGRAPH if is_text else BlockKind.FIELD
        field = "" if is_text else name
        yield Block(kind, cell.text, row.locator, block.section, cell.start, cell.end, page=row.page, field_name=field)
