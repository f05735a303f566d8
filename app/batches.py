"""Read questions and queries that are given one per line, from a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.errors import WhofundsError


class UnreadableBatch(WhofundsError):
    """The file of questions cannot be read."""


def read_lines(source: str) -> list[str]:
    """Return the lines of a file, or of standard input for "-"; empty lines are kept, so that the order is too.

    Raises:
        UnreadableBatch: The file does not exist, or is not text.
    """
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UnreadableBatch(f"{source}: cannot be read ({error.strerror}); give a text file") from error
    lines = data.decode("utf-8-sig", errors="replace").split("\n")
    if lines and not lines[-1].strip():
        lines.pop()
    return [line.rstrip("\r") for line in lines]


def one_argument(text: str) -> str:
    """Return the text; all of standard input if the text is "-"."""
    return sys.stdin.buffer.read().decode("utf-8", errors="replace") if text == "-" else text
