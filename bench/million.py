"""Search over up to a million passages, by the code that ships: latency, memory, recall of the index against exact.

Run it from the project: python -m bench.million --folder DIR [--seconds 1500] [--passages 1000000]. Passages of the
samples are rewritten (bench/many_passages.py) and embedded for some seconds of the processor; DIR keeps their vectors,
so that another run goes on. These are measured alone, then with further ones up to the number, whose vectors no model
made: each is a mixture of two neighbours of the real ones, with noise (bench/many_vectors.py). Queries are questions of
data/questions; each is asked as shipped, by words, meaning and the thesaurus, in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.many_passages import ManyPassages
from bench.many_vectors import embed_for, made_vectors, more_vectors
from bench.question_sets import load_questions
from bench.report import PROJECT, Value, percentile, report
from graph.memory import most_taken_bytes
from graph.model import Passage, Record
from graph.search.embedding import load_encoder
from graph.search.index import open_index
from graph.search.passage_table import passages_of, write_table
from graph.search.passages import passage_id
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUERIES = 200
NEAREST = 10
AT_ONCE = 50_000  #: vectors that the queries are compared with at a time


class Million:
    """Records with any number of passages, and a vector for each."""

    def __init__(self, folder: Path, many: ManyPassages) -> None:
        """Take the records whose passages were all embedded, in order."""
        ids, self.rows = made_vectors(folder)
        self.row_of = {id: row for row, id in enumerate(ids)}
        self.real: list[Record] = []
        for record in chain.from_iterable(many.copies()):
            if not all(passage.id in self.row_of for passage in passages_of(record)):
                break
            self.real.append(record)
        self.shared = _in_many(self.real)

    def records(self, passages: int) -> tuple[list[Record], dict[str, int]]:
        """Return records with so many passages or a few more, and the row that each made passage comes of, by id."""
        known = {passage.id for record in self.real for passage in passages_of(record)}
        found, made = list(self.real), dict[str, int]()
        for number in count(1):
            for record in self.real:
                if len(known) + len(made) >= passages:
                    return found, made
                found.append(self._made(record, number, made))
        raise AssertionError

    def _made(self, record: Record, number: int, made: dict[str, int]) -> Record:
        title = record.decision.title
        named = f"{record.decision.reference or ''} {title}".strip()
        passages = []
        for passage in record.passages:
            if passage.id in self.shared:
                passages.append(passage)
                continue
            text = f"{passage.text} {number}"
            passages.append(Passage(passage_id(text), passage.locator, passage.section, text))
            made[passages[-1].id] = self.row_of[passage.id]
        decision = replace(record.decision, title=f"{title} {number}")
        if title:
            made[passage_id(" ".join(f"{named} {number}".split()))] = self.row_of[passage_id(" ".join(named.split()))]
        return replace(record, document=f"m{number}-{record.document}", decision=decision, passages=tuple(passages))


def _in_many(records: Sequence[Record]) -> frozenset[str]:
    """Return the ids of passages in more than one record: what decisions repeat."""
    seen: set[str] = set()
    return frozenset(p.id for record in records for p in record.passages if p.id in seen or seen.add(p.id))  # type: ignore[func-returns-value]


def write(million: Million, passages: int, folder: Path, queries: NDArray[np.float32]) -> dict[str, Value]:
    """Write the tables of so many passages and the exact answers; return what is in them and what they cost."""
    import numpy as np

    records, made = million.records(passages)
    row_of = {p.id: million.row_of[p.id] for record in million.real for p in passages_of(record)}
    made = {id: row for id, row in made.items() if id not in row_of}
    ids = [*row_of, *made]
    vectors = million.rows[list(row_of.values())]
    if made:
        further = more_vectors(million.rows, np.fromiter(made.values(), np.int64), seed=1)
        vectors = np.concatenate([vectors, further])
    at = {id: row for row, id in enumerate(ids)}
    texts = {passage.text: passage.id for record in records for passage in passages_of(record)}
    shutil.rmtree(folder, ignore_errors=True)
    started, computed = time.monotonic(), time.process_time()
    write_table(folder, records, settings=Settings(), encode=lambda asked: vectors[[at[texts[text]] for text in asked]])
    cost = {"written, s": time.monotonic() - started, "written, CPU s": time.process_time() - computed}
    nearest = [[ids[row] for row in exact] for exact in _exact(vectors, queries)]
    (folder / "exact.json").write_text(json.dumps(nearest), encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"passages": len(ids), "of these embedded": len(row_of), "documents": len(records), **cost,
            "on disk, MB": size / 1e6}  # fmt: skip


def _exact(vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> list[list[int]]:
    """Return the numbers of the rows nearest to each query, best first."""
    import numpy as np

    best, cosines = np.zeros((len(queries), 0), np.int64), np.zeros((len(queries), 0), np.float32)
    for start in range(0, len(vectors), AT_ONCE):
        found = queries @ vectors[start : start + AT_ONCE].T
        top = np.argpartition(-found, min(NEAREST, found.shape[1]) - 1, axis=1)[:, :NEAREST]
        best = np.concatenate([best, top + start], axis=1)
        cosines = np.concatenate([cosines, np.take_along_axis(found, top, axis=1)], axis=1)
    order = np.argsort(-cosines, axis=1)[:, :NEAREST]
    rows: list[list[int]] = np.take_along_axis(best, order, axis=1).tolist()
    return rows


def questions() -> list[str]:
    """Return questions of all sets, by the digest of their ids."""
    found = load_questions(PROJECT / "data" / "questions")
    found = sorted(found, key=lambda each: hashlib.sha256(each.id.encode()).hexdigest())  # type: ignore[assignment]
    return [question.text for question in found[:QUERIES]]


def measured(folder: Path) -> dict[str, Any]:
    """Return what searching costs, in this process."""
    from graph.search.embedding import encode_query

    settings = Settings()
    index = open_index(folder, settings=settings, model=settings.model)
    started, computed = time.monotonic(), time.process_time()
    index.warm()
    opened = {"opened, s": time.monotonic() - started, "opened, CPU s": time.process_time() - computed}
    asked = questions()
    index.search(asked[0])
    seconds, computing = [], []
    for text in asked:
        started, computed = time.monotonic(), time.process_time()
        index.search(text)
        seconds.append(time.monotonic() - started)
        computing.append(time.process_time() - computed)
    memory = most_taken_bytes() / 1e6
    exact = json.loads((folder / "exact.json").read_text(encoding="utf-8"))
    shares, meaning = [], []
    for text, nearest in zip(asked, exact, strict=True):
        vector = encode_query(text, settings)
        computed = time.process_time()
        rows = index._by_meaning(vector, None).rows[:NEAREST]
        meaning.append(time.process_time() - computed)
        found = index._held.ids(rows)
        shares.append(len(set(found) & set(nearest)) / NEAREST)
    return {
        **opened,
        "p50, ms": median(seconds) * 1000, "p95, ms": percentile(seconds, 0.95) * 1000,
        "p50, CPU ms": median(computing) * 1000, "p95, CPU ms": percentile(computing, 0.95) * 1000,
        "index alone, p95, CPU ms": percentile(meaning, 0.95) * 1000,
        "recall@10": sum(shares) / len(shares), "memory, MB": memory,
    }  # fmt: skip


def main() -> int:
    """Embed, write, measure, print the table, and write bench/results/million.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where vectors and tables are made and left")
    parser.add_argument("--seconds", type=float, default=1_500, help="of the processor, for embedding (default 1500)")
    parser.add_argument("--passages", type=int, nargs="+", default=[0, 1_000_000], help="0 is what was embedded alone")
    parser.add_argument("--measured", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measured:
        print(json.dumps(measured(options.measured)))
        return 0
    settings, rows = Settings(), list[dict[str, Value]]()
    many = ManyPassages(settings.data)
    print(embed_for(options.folder / "vectors", many, settings, seconds=options.seconds), flush=True)
    million = Million(options.folder / "vectors", many)
    queries = load_encoder(settings).encode(questions())
    for passages in options.passages:
        tables = options.folder / f"tables-{passages}"
        row = write(million, passages, tables, queries)
        print(row, flush=True)
        command = [sys.executable, "-m", "bench.million", "--folder", str(options.folder), "--measured", str(tables)]
        found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        rows.append({**row, **json.loads(found.stdout)})
        print("\n".join(f"{name}: {value}" for name, value in rows[-1].items()), "\n", flush=True)
    report("million", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
