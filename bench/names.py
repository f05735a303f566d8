"""Name linking: seconds to load and build, per document and per question.

.venv/bin/python -m bench.names [--repeat N] [FOLDER ...]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench.report import PROJECT, Value, percentile, report
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings

FOLDERS = (PROJECT / "data" / "decisions", PROJECT.parent / "shared" / "decisions")
QUESTIONS = (
    "who funds drive in west mercia",
    "how much did the met get from mopac in 2023/24",
    "who funds drve in west mersia",
    "safe and togther in waltham forrest",
    "which decisions are about restorative justice in the london boroughs",
)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a call took."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def row(what: str, times: Sequence[float]) -> dict[str, Value]:
    """Return one line of the table."""
    return {
        "what": what,
        "count": len(times),
        "median, ms": percentile(times, 0.5),
        "95%, ms": percentile(times, 0.95),
        "longest, ms": max(times),
    }


def main() -> None:
    """Measure; print the table and write bench/results/names.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    folder = Settings.from_environment().data / "registry"
    registry = load_registry(folder)
    index = NameIndex(registry)
    index.find_in_question("drve")
    rows = [
        row("load registry", [milliseconds(partial(load_registry, folder)) for _ in range(given.repeat)]),
        row("build index", [milliseconds(partial(NameIndex, registry)) for _ in range(given.repeat)]),
        row("question", [milliseconds(partial(index.find_in_question, q)) for q in QUESTIONS * given.repeat]),
    ]
    for source in given.folders or [path for path in FOLDERS if path.is_dir()]:
        texts = [
            path.read_text(encoding="utf-8") for path in sorted(source.iterdir()) if path.suffix in {".md", ".txt"}
        ]
        name = f"document of {source.name}, {sum(map(len, texts)) // max(len(texts), 1):,} characters"
        rows.append(row(name, [milliseconds(partial(index.find, text)) for text in texts]))
    report("names", rows)


if __name__ == "__main__":
    main()
