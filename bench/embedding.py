"""Embedding in full precision and rounded, side by side: passages a core-second, recall, and what search finds.

Run it from the project: python -m bench.embedding [--passages 300]. Each way embeds the passages of the samples in one
thread; recall is of a passage's ten nearest in full precision, and, where all passages are embedded, of queries'
documents by the query sets of bench/search.py.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, cast

from bench.report import Value, report
from bench.samples import read_samples
from bench.search import measure, query_sets
from graph.model import Record
from graph.search.embedding import Encoder, load_encoder
from graph.search.index import open_index
from graph.search.passage_table import passages_of, write_table
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Made = Callable[[Sequence[str]], NDArray[np.float32]]

NEAREST = 10
BATCH = 32  #: texts in a batch of the library's own
WAYS = {"both": "both, with thesaurus", "meaning": "meaning alone"}


def by_the_library(encoder: Encoder, size: int) -> Made:
    """Return what embeds as the library does by itself: batches of so many texts in their order."""

    def made(texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        parts = [texts[start : start + size] for start in range(0, len(texts), size)]
        model: Any = encoder.model
        options = {"batch_size": size, "show_progress_bar": False, "normalize_embeddings": True}
        return np.concatenate([np.asarray(model.encode(list(part), **options), np.float32) for part in parts])

    return made


def recall(made: NDArray[np.float32], exact: NDArray[np.float32]) -> float:
    """Return the share of each row's ten nearest in the exact vectors that are among its ten nearest."""
    import numpy as np

    near = [np.argsort(-(rows @ rows.T), axis=1)[:, 1 : NEAREST + 1] for rows in (made, exact)]
    return fmean(len(set(a) & set(b)) / NEAREST for a, b in zip(*(each.tolist() for each in near), strict=True))


def found_with(encode: Made, records: Sequence[Record], settings: Settings) -> dict[str, Value]:
    """Return what the query sets find among records whose passages this embeds."""
    row: dict[str, Value] = {}
    with tempfile.TemporaryDirectory() as scratch:
        place, used = Path(scratch) / "search", replace(settings, workspace=Path(scratch))
        write_table(place, records, settings=used, encode=encode)
        index = open_index(place, settings=used, model=used.model)
        for set_name, queries in query_sets([]).items():
            for by, said in WAYS.items():
                found = measure(index, queries, by, 1)
                row |= {f"{set_name}, {said}, {figure}": found[figure] for figure in ("nDCG@10", "recall@10")}
    return row


def main() -> None:
    """Measure, print the table, and write bench/results/embedding.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=0, help="only so many, evenly spread; 0 is all (default)")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import torch

    torch.set_num_threads(1)
    settings, whole = Settings(), Settings(exact_vectors=True)
    store, records, _ = read_samples(settings.data)
    store.close()
    texts = list({passage.id: passage.text for record in records for passage in passages_of(record)}.values())
    if options.passages:
        texts = texts[:: -(-len(texts) // options.passages)]
    exact = cast(Encoder, load_encoder(whole))
    ways: dict[str, Made] = {
        "float32, one by one": by_the_library(exact, 1),
        f"float32, batches of {BATCH}": by_the_library(exact, BATCH),
        "float32, batches of like length": exact.encode,
        "as shipped: rounded to 7 and 8 bits, by onnxruntime": load_encoder(settings).encode,
    }
    rows: list[dict[str, Value]] = []
    first: NDArray[np.float32] | None = None
    for name, encode in ways.items():
        encode(texts[:BATCH])
        started = time.process_time()
        vectors = encode(texts)
        cost = time.process_time() - started
        first = vectors if first is None else first
        row: dict[str, Value] = {"way": name, "passages": len(texts), "passages a core-second": len(texts) / cost,
                                 "recall@10 of the nearest": recall(vectors, first)}  # fmt: skip
        if not options.passages:
            row |= found_with(encode, records, settings)
        rows.append(row)
        print("\n".join(f"{key}: {value}" for key, value in row.items()), "\n", flush=True)
    report("embedding", rows)


if __name__ == "__main__":
    main()
