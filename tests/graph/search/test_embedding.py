"""Texts are embedded in batches of like length, and their vectors come back in order."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from graph.search.embedding import BATCH_CHARACTERS, Encoder, batches


class Measuring:
    """A model whose vectors hold a text's length, and that keeps the batches it is given."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def get_embedding_dimension(self) -> int:
        return 2

    def encode(self, texts: list[str], **options: Any) -> Any:
        self.batches.append(texts)
        return np.asarray([[len(text), 1.0] for text in texts])


@given(some.lists(some.integers(0, 3 * BATCH_CHARACTERS)))
def test_each_text_is_in_one_batch_and_no_batch_is_larger_than_it_may_be(lengths: list[int]) -> None:
    found = list(batches(lengths))
    assert sorted(at for batch in found for at in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or max(lengths[at] for at in batch) * len(batch) <= BATCH_CHARACTERS for batch in found)
    longest = [max(lengths[at] for at in batch) for batch in found]
    assert all(one <= other for one, other in pairwise(longest))


def test_vectors_come_in_the_order_of_their_texts_with_unit_length() -> None:
    model = Measuring()
    texts = ["x" * length for length in (9, 5000, 2, 700, 0, 40, 3000)]
    vectors = Encoder(model).encode(texts)
    assert len(model.batches) > 1
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[:, 0] / vectors[:, 1], [len(text) for text in texts], rtol=1e-4)


def test_loading_the_model_leaves_nothing_among_the_temporary_files(tmp_path: Path) -> None:
    load = "from graph.search.embedding import load_encoder; from graph.settings import Settings; import os\n"
    load += (
        "load_encoder(Settings(exact_vectors=True)).encode(['a']); assert 'TORCHINDUCTOR_CACHE_DIR' not in os.environ"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    environment.pop("TORCHINDUCTOR_CACHE_DIR", None)
    subprocess.run([sys.executable, "-c", load], env=environment, check=True)
    assert not list(tmp_path.iterdir())


def test_no_texts_have_no_vectors() -> None:
    assert Encoder(Measuring()).encode([]).shape == (0, 2)
