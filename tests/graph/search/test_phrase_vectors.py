"""Vectors that come with the thesaurus: of all its phrases, of one model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.search.phrase_vectors import FILE, read_phrase_vectors, write_phrase_vectors
from graph.search.thesaurus import all_phrases
from graph.settings import Settings

SETTINGS = Settings()


def test_every_phrase_of_the_thesaurus_has_its_vector() -> None:
    missing = set(all_phrases(SETTINGS.data)) - set(read_phrase_vectors(SETTINGS))
    assert not missing, "run: python -m bench.phrase_vectors"


def test_another_model_has_none() -> None:
    assert read_phrase_vectors(replace(SETTINGS, model="another")) == {}


def test_vectors_keep_their_direction(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    rows = np.random.default_rng(1).normal(size=(5, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    write_phrase_vectors(tmp_path / FILE, SETTINGS.model, dict(zip("abcde", rows, strict=True)))
    read = read_phrase_vectors(replace(SETTINGS, data=tmp_path))
    cosines = [float(read[name] @ row) for name, row in zip("abcde", rows, strict=True)]
    assert cosines == pytest.approx([1.0] * 5, abs=1e-3)
