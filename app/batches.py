"""Questions and queries given one a line, in a file or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.errors import WhofundsError


class UnreadableBatch(WhofundsError):
    """The file of questions cannot be read."""


def read_lines(source: str) -> list[str]:
    """Return the lines of a file, or of standard input for "-"; an empty line stays one, so that order holds.

    Raises:
        UnreadableBatch: There is no such file, or it is not text.
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
    """Return the text, or all of standard input where it is "-"."""
    return sys.stdin.buffer.read().decode("utf-8", errors="replace") if text == "-" else text
