"""Vectors by the packaged model: near those of the library, without the library."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bench import encoder_structure
from graph.errors import ModelUnavailable
from graph.search import embedding
from graph.search.embedding import encode_query, load_encoder, query_vector
from graph.search.model_files import WEIGHTS, model_folder
from graph.search.packaged_encoder import EXPONENTS, STRUCTURE, load_packaged_encoder
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
from graph.search.embedding import load_encoder
from graph.settings import Settings
load_encoder(Settings()).encode(["help for people followed by an ex"] * 9)
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def damaged_folder(folder: Path, name: str) -> Settings:
    """Return settings for a copy of the packaged model in which one file is cut short."""
    copy = copytree(model_folder(Settings()), folder / "model")
    with (copy / name).open("r+b") as file:
        file.truncate(100)
    return Settings(model_folder=str(copy))


@pytest.mark.xdist_group("sentence-transformers")  # which takes long to import
def test_the_vectors_are_near_those_of_the_library() -> None:
    import numpy as np

    expected = load_encoder(Settings(exact_vectors=True)).encode(TEXTS)
    found = load_encoder(Settings()).encode(TEXTS)
    assert (found.shape, found.dtype) == (expected.shape, np.dtype(np.float32))
    likeness = (found * expected).sum(axis=1)
    assert [text[:20] for text, alike in zip(TEXTS, likeness, strict=True) if not alike > 0.99] == []
    assert likeness.mean() > 0.997


def test_a_vector_depends_on_its_text_alone() -> None:
    import numpy as np

    encoder = load_packaged_encoder(Settings())
    together = encoder.encode(TEXTS)
    assert np.array_equal(together, np.concatenate([encoder.encode([text]) for text in TEXTS]))
    assert np.array_equal(together[::-1], encoder.encode(TEXTS[::-1]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert encoder.encode([]).shape == (0, together.shape[1])


def test_a_word_is_the_mean_of_its_tokens_and_what_is_too_long_is_nothing() -> None:
    encoder = load_packaged_encoder(Settings())
    text = "funds " * 300
    words = encoder.encode_words(text, [(0, 5), (6, 11), (len(text) - 6, len(text) - 1)], layers=3)
    assert words[:2].any(axis=1).all() and not words[2].any()
    assert encoder.encode_words("funds", [], layers=1).shape == (0, words.shape[1])


@pytest.mark.xdist_group("sentence-transformers")
def test_the_structure_and_what_is_evened_out_are_what_their_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [path.read_bytes() for path in (STRUCTURE, EXPONENTS)]
    made = [tmp_path / path.name for path in (STRUCTURE, EXPONENTS)]
    monkeypatch.setattr(encoder_structure, "STRUCTURE", made[0])
    monkeypatch.setattr(encoder_structure, "EXPONENTS", made[1])
    assert encoder_structure.main() == 0
    assert [path.read_bytes() for path in made] == held


def test_neither_a_query_nor_passages_load_torch() -> None:
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert run.stdout.strip() == "[]"


def test_a_query_is_computed_in_one_thread_whatever_the_machine_has() -> None:
    code = (
        "from threadpoolctl import threadpool_info\n"
        "from graph.search.embedding import encode_query\n"
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
    settings = damaged_folder(tmp_path, WEIGHTS)
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
