"""The program of a process that runs one query over a store on disk: query on stdin, result on stdout."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pyoxigraph as ox

MOST_SIGNS = 10_000_000  #: of all values of an answer together


def main(path: str, limit: int) -> None:
    """Write the rows as `{"variables": [...], "rows": [[...]]}`, at most one more than the limit.

    Without a path the store is empty: the query is only parsed and planned.
    """
    store = ox.Store.read_only(path) if path else ox.Store()
    found = store.query(sys.stdin.buffer.read().decode())
    if isinstance(found, ox.QuerySolutions):
        variables = [variable.value for variable in found.variables]
        rows = list(_rows(islice(found, limit + 1)))
    elif isinstance(found, ox.QueryTriples):
        variables = ["subject", "predicate", "object"]
        rows = list(_rows((t.subject, t.predicate, t.object) for t in islice(found, limit + 1)))
    else:
        variables, rows = ["answer"], [[str(bool(found)).lower()]]
    json.dump({"variables": variables, "rows": rows}, sys.stdout)


def write(path: str, most_bytes: int, format: str) -> None:
    """Write the whole result in a format of Oxigraph, such as CSV or TURTLE.

    Raises:
        ValueError: The result is longer than `most_bytes`, or the format cannot hold it.
    """
    found = ox.Store.read_only(path).query(sys.stdin.buffer.read().decode())
    room = _Room(most_bytes)
    if isinstance(found, ox.QueryTriples):
        found.serialize(room, format=getattr(ox.RdfFormat, format))  # type: ignore[arg-type]
    else:
        found.serialize(room, format=getattr(ox.QueryResultsFormat, format))  # type: ignore[arg-type]
    sys.stdout.buffer.write(b"".join(room.parts))


class _Room:
    """A file on stdout that accepts at most so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.parts: list[bytes] = []
        self._left = self._most = most_bytes

    def write(self, part: bytes) -> int:
        """Write bytes and return their number.

        Raises:
            ValueError: The limit is exceeded.
        """
        self._left -= len(part)
        if self._left < 0:
            raise ValueError(f"its answer has more than {self._most // 1_000_000} MB; ask for less, or add a LIMIT")
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: no bytes are held back."""


def _rows(found: Iterable[Iterable[Any]]) -> Iterator[list[str | None]]:
    left = MOST_SIGNS
    for terms in found:
        row = [_text(term) for term in terms]
        left -= sum(len(text) for text in row if text)
        if left < 0:
            raise ValueError(f"its answer has more than {MOST_SIGNS:,} characters; ask for less")
        yield row


def limit_memory(megabytes: int) -> None:
    """Let the process take no more memory than so many megabytes; if it would, it ends without a core file."""
    for kind, most in ((resource.RLIMIT_DATA, megabytes * 1_000_000), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system that lacks the limit, or has a lower one
            resource.setrlimit(kind, (most, most))


def _text(term: Any) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


if __name__ == "__main__":
    try:
        limit_memory(int(sys.argv[3]))
        if sys.argv[4]:
            write(sys.argv[1], int(sys.argv[2]), sys.argv[4])
        else:
            main(sys.argv[1], int(sys.argv[2]))
    except MemoryError:
        sys.exit("it needs more memory than a query may take; ask for less")
    except Exception as error:
        sys.exit(" ".join(str(error).split())[:300])
