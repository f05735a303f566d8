"""Text made to be slow is read in time that grows with its length."""

from __future__ import annotations

import contextlib

import pytest

from graph.errors import UnreadableDocument
from ingest.readers import read_bytes
from tests.growth import cpu_seconds, grows_in_step

HOSTILE = {
    "bars": "|\n", "pounds": "£\n", "names and sums": "Name of it\n£5,000\n", "dashes": "-\n", "columns": "a  b  c\n",
    "one word": "x", "dots": ".", "stars": "*a ", "brackets": "[", "broken words": "word-\n", "a way": "Home > ",
    "a menu": "News\n", "short lines": "Some words\n", "tabs": "a\tb\t£5\n", "raised": "¹", "entities": "&amp;",
    "quotes": "> ", "parts": "a | ", "keys": "Title: a\n", "formulae": "$ a \\b ", "spaces": "a" + " " * 40,
}  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_four_times_the_text_takes_about_four_times_the_time(words: str) -> None:
    def read(count: int) -> None:
        with contextlib.suppress(UnreadableDocument):
            read_bytes((words * count).encode(), "a.txt")

    assert grows_in_step(read, 8_000 // len(words))


def test_a_long_run_of_spaces_takes_no_time() -> None:
    data = (" " * 200_000 + "words " * 10).encode()
    assert cpu_seconds(lambda: read_bytes(data, "a.txt")) < 3
