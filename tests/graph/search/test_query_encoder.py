"""Vectors of queries: those that the library computes, without the library."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from graph.errors import ModelUnavailable
from graph.search import embedding
from graph.search.embedding import load_encoder, model_folder
from graph.search.query_encoder import encode_query, load_query_encoder, query_vector
from graph.settings import PROJECT, Settings

TEXTS = (
    "",
    "  ",
    "dogs",
    "PCD 1307",
    "£1,250,000.50",
    "help for people being followed by an ex",
    "Who funds Drive in West Mercia, and how much of it was for 2018/19?",
    "Café «naïve» – Łódź, Ærø and Mšeno",
    "東京の警察 和 北京",
    "👮🏽\u202e \u200b\x00 \ufeff?!",
    "[CLS] [MASK] [SEP]",
    "domestic abuse " * 40,
    " ".join(f"word{number}" for number in range(300)),
)
IMPORTS = """
import sys
from graph.search.query_encoder import encode_query
from graph.settings import Settings
encode_query("help for people followed by an ex", Settings())
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def damaged_folder(folder: Path, name: str) -> Settings:
    """Return settings for a copy of the packaged model in which one file is cut short."""
    copy = copytree(model_folder(Settings()), folder / "model")
    with (copy / name).open("r+b") as file:
        file.truncate(100)
    return Settings(model_folder=str(copy))


@pytest.mark.xdist_group("sentence-transformers")  # which takes long to import
def test_the_vectors_are_those_of_the_library() -> None:
    import numpy as np

    expected = load_encoder(Settings(exact_vectors=True)).encode(TEXTS)
    found = load_query_encoder(Settings()).encode(TEXTS)
    assert (found.shape, found.dtype) == (expected.shape, np.dtype(np.float32))
    gaps = np.abs(found - expected).max(axis=1)
    assert [text[:20] for text, gap in zip(TEXTS, gaps, strict=True) if not gap < 1e-4] == []


def test_encoding_a_query_does_not_load_torch() -> None:
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert run.stdout.strip() == "[]"


def test_a_query_is_computed_in_one_thread_whatever_the_machine_has() -> None:
    code = (
        "from threadpoolctl import threadpool_info\n"
        "from graph.search.query_encoder import encode_query\n"
        "from graph.settings import Settings\n"
        "encode_query('who funds Drive', Settings())\n"
        "print([each['num_threads'] for each in threadpool_info() if each['user_api'] == 'blas'])"
    )
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "[1]", done.stderr


def test_another_model_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(settings: Settings) -> embedding.Encoder:
        raise ModelUnavailable(f"asked for {settings.model}")

    monkeypatch.setattr(embedding, "load_encoder", unavailable)
    with pytest.raises(ModelUnavailable, match="asked for another"):
        encode_query("dogs", Settings(model="another"))
    assert query_vector("dogs", Settings()) is not None


def test_damaged_weights_are_refused_and_the_digest_is_named(tmp_path: Path) -> None:
    settings = damaged_folder(tmp_path, embedding.WEIGHTS)
    with pytest.raises(ModelUnavailable, match=r"SHA-256 is \w+, not the trusted one; install the package"):
        encode_query("dogs", settings)
    assert query_vector("dogs", settings) is None


def test_a_damaged_file_beside_the_weights_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="the model cannot be loaded"):
        encode_query("dogs", damaged_folder(tmp_path, "tokenizer.json"))


def test_missing_weights_are_said(tmp_path: Path) -> None:
    settings = Settings(model_folder=str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"model\.safetensors: cannot be read"):
        encode_query("dogs", settings)
    with pytest.raises(ModelUnavailable, match="no folder of a sentence-transformers model"):
        encode_query("dogs", replace(settings, model_folder=str(tmp_path / "none")))
