"""The vector of a query by the packaged model, computed with numpy, so that no library of machine learning is loaded.

The vector is the mean of the tokens' states after the model's layers (`graph.search.bert`). Other models are left to
`graph.search.embedding`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ModelUnavailable
from graph.search import embedding
from graph.search.bert import Bert
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]


class QueryEncoder:
    """Turns a few short texts into unit vectors. `load_query_encoder` makes one."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        config = _read_json(folder / "config.json")
        self._layers = int(config["num_hidden_layers"])
        weights = _mapped(folder / embedding.WEIGHTS)
        self.bert = Bert(weights, int(config["num_attention_heads"]), float(config["layer_norm_eps"]))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(_read_json(folder / "sentence_bert_config.json")["max_seq_length"]))

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Return one unit vector for each text: (n, width) float32. Each is computed by itself, without padding."""
        import numpy as np

        return np.stack([self._vector(self._tokenizer.encode(text).ids) for text in texts])

    def encode_words(self, text: str, spans: Sequence[tuple[int, int]], *, layers: int) -> Numbers:
        """Return the meaning of each word in its text, as the mean of its tokens' states: (n, width) float32.

        Args:
            text: The text. What exceeds the model's length is not read, and its words get zeros.
            spans: The (start, end) offsets of each word.
            layers: The number of the model's layers to compute.
        """
        import numpy as np

        encoded = self._tokenizer.encode(text)
        states = self.bert.through(self.bert.embedded(encoded.ids), range(layers))
        out = np.zeros((len(spans), states.shape[1]), np.float32)
        for number, (start, end) in enumerate(spans):
            within = [at for at, (s, e) in enumerate(encoded.offsets) if start <= s < e <= end]
            if within:
                out[number] = states[within].mean(axis=0)
        return out

    def _vector(self, tokens: Sequence[int]) -> Numbers:
        import numpy as np

        mean: Numbers = self.bert.through(self.bert.embedded(tokens), range(self._layers)).mean(axis=0)
        return mean / np.linalg.norm(mean)


def encode_query(text: str, settings: Settings) -> Numbers:
    """Return the unit vector of a text by the settings' model.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    packaged = settings.model == embedding.PACKAGED_MODEL
    load: Callable[[Settings], Any] = load_query_encoder if packaged else embedding.load_encoder
    vector: Numbers = load(settings).encode([text])[0]
    return vector


def query_vector(text: str, settings: Settings) -> Numbers | None:
    """Return the unit vector of a text; None if the settings' model cannot be loaded."""
    try:
        return encode_query(text, settings)
    except ModelUnavailable:
        return None


def load_packaged_encoder(settings: Settings) -> QueryEncoder:
    """Return the encoder of the packaged model, whichever model the settings name for searches.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    own = settings.model == embedding.PACKAGED_MODEL
    return load_query_encoder(settings if own else replace(settings, model=embedding.PACKAGED_MODEL, model_folder=""))


@cache
def load_query_encoder(settings: Settings) -> QueryEncoder:
    """Return the encoder of the packaged model, which is loaded once in a process.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    folder = embedding.model_folder(settings)
    _use_one_thread()
    with embedding.loading_from(folder):
        return QueryEncoder(folder)


def _use_one_thread() -> None:
    """Have numpy multiply matrices in one thread from now on.

    The matrices of a query are too small to share: threads that wait for each other only keep processors busy. Beside
    other programs a query took 430 ms on two processors instead of 18 ms on one.
    """
    import numpy as np  # noqa: F401 - only libraries that are loaded have threads to be limited
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _mapped(path: Path) -> dict[str, Numbers]:
    """Return the weights in a file, mapped into memory; a query uses half of them, so half are never read.

    The format is safetensors: the length of a header in eight bytes, the header as JSON, the numbers.
    """
    import numpy as np

    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(length))
    numbers = np.memmap(path, np.uint8, "r")[8 + length :]
    header.pop("__metadata__", None)
    odd = next((name for name, about in header.items() if about["dtype"] not in {"F32", "I64"}), None)
    if odd is not None:
        raise ValueError(f"{odd} is {header[odd]['dtype']}, not F32")
    return {
        name: numbers[slice(*about["data_offsets"])].view(np.float32).reshape(about["shape"])
        for name, about in header.items()
        if about["dtype"] == "F32"
    }


def _read_json(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values
