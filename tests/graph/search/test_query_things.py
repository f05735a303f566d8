"""What a query speaks of: a word that may mean several things, with and without the vectors that tell which."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from graph.search.document_words import DocumentWords
from graph.search.query_things import Things
from graph.search.ranges import Ranges
from graph.search.stems import stems
from graph.search.thesaurus import Entry

BARS = Entry(("bars", "late at night"), (("bar",), ("lat", "night")), ("night-time economy",))
TEXTS = ["Safety in the night-time economy.", "Repair of a roof."]


def make_things(*, with_vectors: bool = True) -> Things:
    """Return one entry over two decisions; its phrases lie on the first axis."""
    axis = np.asarray([1, 0], dtype=np.float32)
    vectors = {phrase: axis for phrase in BARS.phrases} if with_vectors else {}
    passages = pa.array([" ".join(stems(text)) for text in TEXTS])
    one_each = Ranges(np.arange(len(TEXTS)), np.arange(len(TEXTS) + 1))
    return Things([BARS], DocumentWords(passages, np.ones(len(TEXTS), dtype=np.int64), one_each, len(TEXTS)), vectors)


@pytest.mark.parametrize(
    ("query", "cosine", "sureness"),
    [
        pytest.param("a visa that bars them", 0.1, 0.2, id="a word alone, used otherwise"),
        pytest.param("safe in bars", 0.45, 0.6, id="a word alone, not far"),
        pytest.param("safe in bars", 0.7, 1.0, id="a word alone, near"),
        pytest.param("late at night", 0.1, 1.0, id="a phrase of several words"),
        pytest.param("roof", 0.1, 0.0, id="nothing said"),
    ],
)
def test_a_word_said_alone_counts_by_how_near_the_query_is(query: str, cosine: float, sureness: float) -> None:
    vector = np.asarray([cosine, (1 - cosine**2) ** 0.5], dtype=np.float32)
    assert make_things().said(query, vector).sureness == pytest.approx(sureness, abs=0.01)


def test_without_vectors_every_word_counts_in_full() -> None:
    assert make_things().said("a visa that bars them", None).sureness == 1.0
    assert make_things(with_vectors=False).said("bars", np.zeros(2, dtype=np.float32)).sureness == 1.0
