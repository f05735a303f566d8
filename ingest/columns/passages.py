"""The search passages of a spreadsheet: each row of a short table; for a long table, one passage per payee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.model import Passage
from graph.search.passages import passage_id
from ingest.columns.mapping import ColumnMapping, Role
from ingest.document import Block, BlockKind, Document, Row
from ingest.extract.words.passages import cut_passages

MOST_ROWS = 300  #: of a document, so that each has a passage of its own: a passage takes a thirtieth of a second
_MOST_WORDS = 6  #: different cells of a column that one passage names
_LONGEST = 600  #: characters
_SUMS_AND_NUMBERS = (
    Role.AMOUNT, Role.REQUESTED, Role.TOTAL, Role.DATE, Role.START, Role.END, Role.REFERENCE, Role.PAYEE_ID,
    Role.PAYER_ID, Role.IGNORED,
)  # fmt: skip


def list_passages(document: Document, mappings: Sequence[tuple[Block, ColumnMapping]]) -> tuple[Passage, ...]:
    """Return the passages of a spreadsheet in order, without repeats.

    A list of thousands of payments repeats the same words; all words on one payee make one passage, which has the
    locator of the payee's first row.
    """
    if sum(len(block.rows) for block in document.blocks) <= MOST_ROWS:
        return cut_passages(document)
    passages: dict[str, Passage] = {}
    mapped = {block.start: mapping for block, mapping in mappings}
    for block in document.blocks:
        mapping = mapped.get(block.start) if block.kind is BlockKind.TABLE else None
        found = _of_table(block, mapping) if mapping is not None else cut_passages(replace(document, blocks=(block,)))
        for passage in found:
            passages.setdefault(passage.id, passage)
    return tuple(passages.values())


def _of_table(block: Block, mapping: ColumnMapping) -> Iterator[Passage]:
    """Yield one passage for each payee of a table; for each purpose if the table has no payees."""
    key = mapping.one(Role.PAYEE) or mapping.one(Role.PROGRAMME) or mapping.one(Role.PURPOSE)
    if key is None:
        return
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in block.rows:
        words = row.cells[key.index].text if key.index < len(row.cells) else ""
        if words:
            groups[words.casefold()].append(row)
    for rows in groups.values():
        words = "; ".join(_said(rows, mapping))[:_LONGEST]
        yield Passage(passage_id(words), rows[0].locator, block.section, words)


def _said(rows: Sequence[Row], mapping: ColumnMapping) -> Iterator[str]:
    """Yield the different cells of each column of words, over some rows."""
    for column in mapping.columns:
        if column.role in _SUMS_AND_NUMBERS:
            continue
        cells = (row.cells[column.index].text for row in rows if column.index < len(row.cells))
        different = list(dict.fromkeys(cell for cell in cells if cell))[:_MOST_WORDS]
        if different:
            yield f"{column.called}: {', '.join(different)}"
