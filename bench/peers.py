"""What a published workspace's parts cost beside the engines under them, alone on the same data, in one run.

    .venv/bin/python -m bench.peers WORKSPACE [WORKSPACE ...] [--passages 2000]

The graph is written by our store and by Oxigraph's bulk loader; passages by our tables and by LanceDB as rows of text
and vector, and searched by both; embedded by ours and by sentence-transformers, in batches of 32; a sum of all money is
read from the ledger and by DuckDB from an export as Parquet. CPU seconds of all threads; exponents of the two largest.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, cast

from bench.embedding import BATCH, by_the_library
from bench.report import Value, report
from bench.scale import exponents
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.counting.sides import Side
from graph.export import ExportFormat, Request, write_parquet
from graph.exports.partitions import TABLE
from graph.exports.source import Source
from graph.search.embedding import Encoder, load_encoder
from graph.search.index import open_index
from graph.search.lance import load_lancedb
from graph.search.passage_table import passages_of, write_table
from graph.settings import Settings
from graph.stores.store import open_disk

QUERIES = ("who helps people followed by an ex", "perpetrator programme for domestic abuse", "knife crime in schools")
REPEATS = 5


def cost(run: Callable[[], object]) -> float:
    """Return the seconds of the processor that something takes."""
    started = time.process_time()
    run()
    return time.process_time() - started


def of_graph(build: Build, folder: Path) -> dict[str, Value]:
    """Return what writing the graph takes, by our store and by the bulk loader, and how many triples it has."""
    import pyoxigraph as ox

    store = build.store()
    graphs = {graph: list(store.triples(graph)) for graph in store.graphs()}
    store.close()
    inner = ox.Store.read_only(str(build.path / "graph"))
    dump = folder / "graph.nq"
    inner.dump(str(dump), ox.RdfFormat.N_QUADS)

    def ours() -> None:
        open_disk(folder / "ours").replace_graphs(graphs)

    def alone() -> None:
        ox.Store(str(folder / "alone")).bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)

    return {"triples": sum(map(len, graphs.values())), "graph, ours": cost(ours), "graph, Oxigraph alone": cost(alone)}


def of_search(build: Build, folder: Path, settings: Settings) -> dict[str, Value]:
    """Return what writing and searching passages takes, by our tables and by LanceDB alone; both are given vectors."""
    import numpy as np
    from lancedb.index import FTS

    records = build.records()
    texts = list({passage.text: None for record in records for passage in passages_of(record)})
    rows = np.random.default_rng(1).standard_normal((len(texts), 384), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    at = {text: number for number, text in enumerate(texts)}
    anything = rows[0]

    def encode(asked: Sequence[str]) -> Any:
        return np.stack([rows[at[text]] if text in at else anything for text in asked])

    ours = cost(lambda: write_table(folder / "search", records, settings=settings, encode=encode))
    index = open_index(folder / "search", settings=settings, model=settings.model)
    index.warm()
    data = [{"text": text, "vector": row} for text, row in zip(texts, rows, strict=True)]
    table: Any = None

    def alone() -> None:
        nonlocal table
        table = load_lancedb().connect(str(folder / "alone-search")).create_table("passages", data)
        table.create_index("text", config=FTS())

    def both(query: str) -> None:
        table.search(anything).limit(100).to_arrow()
        table.search(query, query_type="fts").limit(100).to_arrow()

    written = cost(alone)
    both(QUERIES[0])
    return {
        "passages": len(texts),
        "passages written, ours": ours,
        "passages written, LanceDB alone": written,
        "a search, ours": _each(index.search),
        "a search by vector and one by words, LanceDB alone": _each(both),
    }


def _each(search: Callable[[str], object]) -> float:
    return median(cost(partial(search, query)) for query in QUERIES * REPEATS)


def of_vectors(build: Build, settings: Settings, most: int) -> dict[str, Value]:
    """Return what a passage's vector takes, by ours and by sentence-transformers."""
    texts = list({passage.text: None for record in build.records() for passage in passages_of(record)})[:most]
    if not texts:
        return {}
    exact = cast(Encoder, load_encoder(Settings(data=settings.data, exact_vectors=True)))
    ways = {"ours": load_encoder(settings).encode, "sentence-transformers": by_the_library(exact, BATCH)}
    for encode in ways.values():
        encode(texts[:BATCH])
    taken = {name: cost(partial(encode, texts)) for name, encode in ways.items()}
    return {f"1,000 vectors, {name}": seconds / len(texts) * 1000 for name, seconds in taken.items()}


def of_money(build: Build, folder: Path) -> dict[str, Value]:
    """Return what the sum of all money takes from the ledger and by DuckDB from Parquet; and that they agree."""
    import duckdb

    store = build.store()
    source = Source(store, build.path, build.created)
    write_parquet(source, Request(ExportFormat.PARQUET), folder / "parquet")
    asked = f"SELECT sum(amount_in) FROM read_parquet('{folder / 'parquet' / TABLE}/**/*.parquet')"
    tally = source.ledger.tally(None, Side.SOURCES)
    [(found,)] = duckdb.sql(asked).fetchall()
    row: Mapping[str, Value] = {
        "all money, ledger": median(cost(lambda: source.ledger.tally(None, Side.SOURCES)) for _ in range(REPEATS)),
        "all money, DuckDB": median(cost(lambda: duckdb.sql(asked).fetchall()) for _ in range(REPEATS)),
        "all money, £": float(tally.total),
        "by DuckDB, £": float(found),
    }
    store.close()
    return dict(row)


def main() -> None:
    """Measure, print the table and the exponents, and write bench/results/peers.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspaces", type=Path, nargs="+", help="with a current build each, the smallest first")
    parser.add_argument("--passages", type=int, default=2_000, help="how many are embedded at most (default 2000)")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    rows: list[dict[str, Value]] = []
    for workspace in options.workspaces:
        settings = Settings(workspace=workspace)
        build = Workspace(workspace, settings=settings).current()
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            row: dict[str, Value] = {"documents": len(build.records()), **of_graph(build, folder)}
            row |= of_search(build, folder, settings) | of_vectors(build, settings, options.passages)
            rows.append(row | of_money(build, folder))
        print("\n".join(f"{key}: {value}" for key, value in rows[-1].items()), "\n", flush=True)
    report("peers", [*rows, *([exponents(rows)] if len(rows) > 1 else [])])


if __name__ == "__main__":
    main()
