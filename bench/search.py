"""Search measured in one run: by both, by words alone, by meaning alone; and how long a warm search takes.

    .venv/bin/python -m bench.search [--queries FILE] [--documents DIR] [--workspace DIR] [--repeat N]

Queries come with the documents that answer them (a YAML list of `q` and `relevant`). Without a workspace, one is built
from the documents alone. nDCG@10 takes the listed documents as equally relevant; recall@10 is out of at most ten.
"Words alone" and "meaning alone" are the query as it stands, without thesaurus.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from pathlib import Path
from statistics import fmean

import yaml

from bench.report import PROJECT, Value, percentile, report
from graph.builds import Workspace
from graph.search import PassageIndex
from graph.settings import Settings
from ingest.pipeline import ingest

SHARED = PROJECT.parent / "shared"
WAYS = {"both, with thesaurus": "both", "words alone": "words", "meaning alone": "meaning"}
LIMIT = 50


def gain_and_recall(ranked: list[str], relevant: set[str]) -> tuple[float, float]:
    """Return nDCG@10 and recall@10 of a ranking."""
    most = min(10, len(relevant))
    ideal = sum(1 / math.log2(place + 2) for place in range(most))
    gain = sum(1 / math.log2(place + 2) for place, name in enumerate(ranked[:10]) if name in relevant)
    return gain / ideal, len(relevant & set(ranked[:10])) / most


def measure(index: PassageIndex, queries: list[dict[str, object]], by: str, repeat: int) -> dict[str, Value]:
    """Return means of gain and recall, and latencies in milliseconds, for one way of searching."""
    index.warm()
    scores: list[tuple[float, float]] = []
    seconds: list[float] = []
    for query in queries:
        for turn in range(repeat):
            started = time.perf_counter()
            hits = index.search(str(query["q"]), LIMIT, by=by)
            seconds.append(time.perf_counter() - started)
            if turn == 0:
                ranked = list(dict.fromkeys(hit.document for hit in hits))
                relevant = query["relevant"]
                assert isinstance(relevant, list)
                scores.append(gain_and_recall(ranked, set(relevant)))
    return {
        "nDCG@10": round(fmean(gain for gain, _ in scores), 3),
        "recall@10": round(fmean(recall for _, recall in scores), 3),
        "p50 ms": round(percentile(seconds, 0.5) * 1000, 1),
        "p95 ms": round(percentile(seconds, 0.95) * 1000, 1),
    }


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=SHARED / "eval" / "search_digests.yaml")
    parser.add_argument("--documents", type=Path, default=SHARED / "digests" / "decisions")
    parser.add_argument("--workspace", type=Path, help="use this workspace as it is, building none")
    parser.add_argument("--repeat", type=int, default=5, help="searches per query (default 5)")
    options = parser.parse_args()
    if not options.queries.is_file():
        print(f"{options.queries}: no such file; give --queries", file=sys.stderr)
        return 1
    queries = yaml.safe_load(options.queries.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(workspace=options.workspace or Path(folder) / "workspace")
        if options.workspace is None:
            ingest([options.documents], settings)
        index = Workspace(settings.workspace, settings=settings).current().search()
        rows: list[dict[str, Value]] = [
            {"way": way, **measure(index, queries, by, options.repeat)} for way, by in WAYS.items()
        ]
    report("search", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
