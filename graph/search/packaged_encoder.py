"""Vectors of texts by the packaged model, computed by onnxruntime, so that no library of machine learning is loaded.

The vector is the mean of the tokens' states after the model's layers. Each text is computed by itself, so that its
vector depends on nothing else. The structure of what is computed comes with the project (`bench/encoder_structure.py`),
the weights with the model's package; they are rounded when they are loaded (`graph.search.rounded`). Other models are
left to `graph.search.embedding`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.progress import counted
from graph.search import model_files
from graph.search.rounded import places, rounded_weights
from graph.search.weights_file import WeightsFile
from graph.settings import PROJECT, Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

STRUCTURE = PROJECT / "data/search/encoder.onnx"
EXPONENTS = PROJECT / "data/search/encoder.npz"  #: by what inputs of products are divided
UNIT, STATES = "unit", "encoder.layer.{}.output.LayerNorm.result"  #: results of the structure
FEW = 4  #: texts; so many are a query, not an ingest, and more threads cost it more than they save


class PackagedEncoder:
    """Turns texts into unit vectors. `load_packaged_encoder` makes one."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        layers = int(_read_json(folder / "config.json")["num_hidden_layers"])
        weights = WeightsFile(folder / model_files.WEIGHTS)
        self._words = weights.mapped("embeddings.word_embeddings.weight")
        self._places = places(weights)
        self._session = _session(rounded_weights(weights, _read_exponents(), layers))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(_read_json(folder / "sentence_bert_config.json")["max_seq_length"]))

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Numbers:
        """Return one unit vector for each text, in order: (n, width) float32. `progress` shows a bar."""
        import numpy as np

        vectors = np.empty((len(texts), self._session.get_outputs()[-1].shape[-1]), np.float32)
        if len(texts) <= FEW:
            for at, text in enumerate(texts):
                vectors[at] = self._vector(text)
            return vectors
        with (
            ThreadPoolExecutor(_processors()) as pool,
            counted(len(texts), "Embedding", "passage", shown=progress) as bar,
        ):
            for at, vector in enumerate(pool.map(self._vector, texts)):
                vectors[at] = vector
                bar.update(1)
        return vectors

    def encode_words(self, text: str, spans: Sequence[tuple[int, int]], *, layers: int) -> Numbers:
        """Return the meaning of each word in its text, as the mean of its tokens' states: (n, width) float32.

        Args:
            text: The text. What exceeds the model's length is not read, and its words get zeros.
            spans: The (start, end) offsets of each word.
            layers: The number of the model's layers to compute, from 1.
        """
        import numpy as np

        encoded = self._tokenizer.encode(text)
        states = self._computed(STATES.format(layers - 1), encoded.ids)
        out = np.zeros((len(spans), states.shape[1]), np.float32)
        for number, (start, end) in enumerate(spans):
            within = [at for at, (s, e) in enumerate(encoded.offsets) if start <= s < e <= end]
            if within:
                out[number] = states[within].mean(axis=0)
        return out

    def _vector(self, text: str) -> Numbers:
        return self._computed(UNIT, self._tokenizer.encode(text).ids)

    def _computed(self, result: str, tokens: Sequence[int]) -> Numbers:
        """Return a result of the structure for one text; what the result does not need is not computed."""
        import onnxruntime

        options = onnxruntime.RunOptions()
        options.only_execute_path_to_fetches = True
        embedded = self._words[list(tokens)] + self._places[: len(tokens)]
        found: Numbers = self._session.run([result], {"embedded": embedded[None]}, options)[0][0]
        return found


def _session(weights: Mapping[str, NDArray[Any]]) -> Any:
    """Return a session of the structure with its weights, by name; it computes in the thread that calls it."""
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a text is too short to share
    held = [onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(each)) for each in weights.values()]
    options.add_external_initializers(list(weights), held)
    return onnxruntime.InferenceSession(str(STRUCTURE), options, providers=["CPUExecutionProvider"])


def _read_exponents() -> dict[str, NDArray[np.int8]]:
    """Return the powers of two by which the inputs of products are divided, by the products' names."""
    import numpy as np

    with np.load(EXPONENTS, allow_pickle=False) as file:
        return dict(file)


def load_packaged_encoder(settings: Settings) -> PackagedEncoder:
    """Return the encoder of the packaged model, whichever the settings name for searches; a process loads it once.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    own = settings.model == model_files.PACKAGED_MODEL
    return _loaded(settings if own else replace(settings, model=model_files.PACKAGED_MODEL, model_folder=""))


@cache
def _loaded(settings: Settings) -> PackagedEncoder:
    folder = model_files.model_folder(settings)
    _use_one_thread()
    with model_files.loading_from(folder):
        return PackagedEncoder(folder)


def _use_one_thread() -> None:
    """Have numpy multiply matrices in one thread from now on.

    The matrices of a query are too small to share: threads that wait for each other only keep processors busy.
    """
    import numpy as np  # noqa: F401 - only libraries that are loaded have threads to be limited
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_json(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values
