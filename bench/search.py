"""Search measured in one run: each way of looking beside the others, on each set of queries; and how long it takes.

    .venv/bin/python -m bench.search [--queries FILE...] [--documents DIR] [--workspace DIR] [--repeat N]

Queries come with the documents that answer them (a YAML list of `q` and `relevant`): those of any files given, or
those of ../shared and our own of bench/data, where every second of `search_queries.yaml` is held out. Without a
workspace, one is built from the documents alone. nDCG@10 takes the listed documents as equally relevant; recall@10 is
out of at most ten. "Words alone" and "meaning alone" are the query as it stands, without thesaurus.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from bench.report import PROJECT, Value, percentile, report
from graph.builds.workspace import Workspace
from graph.search.index import PassageIndex
from graph.settings import Settings
from ingest.pipeline import ingest

SHARED = PROJECT.parent / "shared"
OWN = PROJECT / "bench" / "data" / "search_queries.yaml"
FORTY = PROJECT / "bench" / "data" / "search_forty_queries.yaml"
WAYS = {
    "both, with thesaurus": "both",
    "both, without thesaurus": "words and meaning",
    "words alone": "words",
    "words, with thesaurus": "words and things",
    "meaning alone": "meaning",
}
LIMIT = 50

Queries = list[dict[str, Any]]


def gain_and_recall(ranked: list[str], relevant: set[str]) -> tuple[float, float]:
    """Return nDCG@10 and recall@10 of a ranking."""
    most = min(10, len(relevant))
    ideal = sum(1 / math.log2(place + 2) for place in range(most))
    gain = sum(1 / math.log2(place + 2) for place, name in enumerate(ranked[:10]) if name in relevant)
    return gain / ideal, len(relevant & set(ranked[:10])) / most


def measure(index: PassageIndex, queries: Queries, by: str, repeat: int) -> dict[str, Value]:
    """Return means of gain and recall, and latencies in milliseconds, for one way of searching."""
    scores: list[tuple[float, float]] = []
    seconds: list[float] = []
    for query in queries:
        for turn in range(repeat):
            started = time.perf_counter()
            hits = index.search(query["q"], LIMIT, by=by)
            seconds.append(time.perf_counter() - started)
            if turn == 0:
                ranked = list(dict.fromkeys(Path(hit.document).stem for hit in hits))
                scores.append(gain_and_recall(ranked, {Path(name).stem for name in query["relevant"]}))
    return {
        "nDCG@10": round(fmean(gain for gain, _ in scores), 3),
        "recall@10": round(fmean(recall for _, recall in scores), 3),
        "p50 ms": round(percentile(seconds, 0.5) * 1000, 1),
        "p95 ms": round(percentile(seconds, 0.95) * 1000, 1),
    }


def query_sets(given: Sequence[Path]) -> dict[str, Queries]:
    """Return the queries to measure by the name of their set: those of the files given, or all that we have."""
    if given:
        return {path.stem: _queries(path) for path in given}
    own = _queries(OWN)
    sets = {"develop": own[0::2], "held out": own[1::2], "forty": _queries(FORTY)}
    shared = SHARED / "eval" / "search_digests.yaml"
    return {"shared": _queries(shared), **sets} if shared.is_file() else sets


def _queries(path: Path) -> Queries:
    queries: Queries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return queries


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, nargs="+", default=[], help="only these, instead of all that we have")
    parser.add_argument("--documents", type=Path, default=PROJECT / "data" / "decisions")
    parser.add_argument("--workspace", type=Path, help="use this workspace as it is, building none")
    parser.add_argument("--repeat", type=int, default=5, help="searches per query (default 5)")
    options = parser.parse_args()
    if missing := [path for path in options.queries if not path.is_file()]:
        print(f"{missing[0]}: no such file; give --queries", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(workspace=options.workspace or Path(folder) / "workspace")
        if options.workspace is None:
            ingest([options.documents], settings)
        index = Workspace(settings.workspace, settings=settings).current().search()
        index.warm()
        rows: list[dict[str, Value]] = [
            {"queries": name, "count": len(queries), "way": way, **measure(index, queries, by, options.repeat)}
            for name, queries in query_sets(options.queries).items()
            for way, by in WAYS.items()
        ]
    report("search", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
