"""A process that runs one query over a store on disk: query in on stdin, rows out on stdout as JSON."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import Any

import pyoxigraph as ox


def main(path: str, limit: int) -> None:
    """Write `{"variables": [...], "rows": [[...]]}` with at most one row more than the limit.

    Without a path the store is empty: only the parser and the planner are tried.
    """
    store = ox.Store.read_only(path) if path else ox.Store()
    found = store.query(sys.stdin.buffer.read().decode())
    if isinstance(found, ox.QuerySolutions):
        variables = [variable.value for variable in found.variables]
        rows = [[_text(term) for term in solution] for solution in islice(found, limit + 1)]
    elif isinstance(found, ox.QueryTriples):
        variables = ["subject", "predicate", "object"]
        rows = [[_text(term) for term in (t.subject, t.predicate, t.object)] for t in islice(found, limit + 1)]
    else:
        variables, rows = ["answer"], [[str(bool(found)).lower()]]
    json.dump({"variables": variables, "rows": rows}, sys.stdout)


def _text(term: Any) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except Exception as error:
        sys.exit(" ".join(str(error).split())[:300])
