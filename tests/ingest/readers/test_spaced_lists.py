"""Entries of numbered lists that are set off with spaces are entries, not rows of a table."""

from __future__ import annotations

from graph.settings import Settings
from ingest.document import BlockKind
from ingest.readers import read_bytes


def test_numbers_and_spaces_before_entries_make_no_table() -> None:
    text = "The fund has two parts.\n1.    Lamps for every street, up to £15,000 each.\n2.    Oars for £2,000 in all.\n"
    kinds = [block.kind for block in read_bytes(text.encode(), "list.txt", settings=Settings()).blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
