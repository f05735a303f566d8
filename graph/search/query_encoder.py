"""The vector of a query from the packaged model, computed with numpy: no library of machine learning is loaded.

The model is BERT as Devlin et al. (2019) describe it, with the mean of its tokens as the sentence's vector. Other
models are left to `graph.search.embedding`.
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
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

#: of erf, by formula 7.1.26 of Abramowitz and Stegun (1964); the error is below 1.5e-7
ERF_SCALE = 0.3275911
ERF_TERMS = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


class QueryEncoder:
    """Turns a few short texts into unit vectors. Made by `load_query_encoder`."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        config = _read_json(folder / "config.json")
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._weights: dict[str, Numbers] = _mapped(folder / embedding.WEIGHTS)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(_read_json(folder / "sentence_bert_config.json")["max_seq_length"]))

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Return one unit vector per text, (n, width) float32; each is computed alone, so none is padded."""
        import numpy as np

        return np.stack([self._vector(self._tokenizer.encode(text).ids) for text in texts])

    def encode_words(self, text: str, spans: Sequence[tuple[int, int]], *, layers: int) -> Numbers:
        """Return what each word of a text means there: the mean of its tokens' states, (n, width) float32.

        Args:
            text: What is beyond the model's length is not read; its words get zeros.
            spans: Where each word begins and ends.
            layers: How many of the model's layers are gone through.
        """
        import numpy as np

        encoded = self._tokenizer.encode(text)
        states = self._states(encoded.ids, layers)
        out = np.zeros((len(spans), states.shape[1]), np.float32)
        for number, (start, end) in enumerate(spans):
            within = [at for at, (s, e) in enumerate(encoded.offsets) if start <= s < e <= end]
            if within:
                out[number] = states[within].mean(axis=0)
        return out

    def _vector(self, tokens: Sequence[int]) -> Numbers:
        import numpy as np

        mean: Numbers = self._states(tokens, self._layers).mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _states(self, tokens: Sequence[int], layers: int) -> Numbers:
        """Return the states of tokens after so many layers, (n, width)."""
        words = self._weights["embeddings.word_embeddings.weight"][list(tokens)]
        places = self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        states = self._normal(words + places + kind, "embeddings.LayerNorm")
        for layer in range(layers):
            states = self._layer(states, f"encoder.layer.{layer}")
        return states

    def _layer(self, states: Numbers, name: str) -> Numbers:
        attended = self._linear(self._attended(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._normal(states + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._normal(states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attended(self, states: Numbers, name: str) -> Numbers:
        """Return, for each token, the values of all tokens, weighted by how much each head looks at them."""
        import numpy as np

        count, width = states.shape
        query, key, value = (
            self._linear(states, f"{name}.{part}").reshape(count, self._heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / np.float32((width // self._heads) ** 0.5)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        result: Numbers = (shares @ value).swapaxes(0, 1).reshape(count, width)
        return result

    def _linear(self, states: Numbers, name: str) -> Numbers:
        result: Numbers = states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _normal(self, states: Numbers, name: str) -> Numbers:
        import numpy as np

        centred = states - states.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(self._epsilon))
        result: Numbers = centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


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
    """Return the unit vector of a text, or None if the settings' model cannot be loaded."""
    try:
        return encode_query(text, settings)
    except ModelUnavailable:
        return None


def load_packaged_encoder(settings: Settings) -> QueryEncoder:
    """Return the encoder of the packaged model, whatever model the settings have searches made with.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    own = settings.model == embedding.PACKAGED_MODEL
    return load_query_encoder(settings if own else replace(settings, model=embedding.PACKAGED_MODEL, model_folder=""))


@cache
def load_query_encoder(settings: Settings) -> QueryEncoder:
    """Return the encoder of the packaged model, loaded once in a process.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    folder = embedding.model_folder(settings)
    _use_one_thread()
    with embedding.loading_from(folder):
        return QueryEncoder(folder)


def _use_one_thread() -> None:
    """Have numpy multiply matrices in one thread from now on.

    A query's are too small to share: threads that wait for each other compute nothing and keep a processor busy. Where
    other programs run as well, a query took 430 ms of two processors instead of 18 ms of one.
    """
    import numpy as np  # noqa: F401 - only libraries that are loaded have threads to be limited
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _mapped(path: Path) -> dict[str, Numbers]:
    """Return the weights in a file, mapped into memory: a query looks at half of them, so half are never read.

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


def _gelu(values: Numbers) -> Numbers:
    """Return x times the share of the normal distribution below x (Hendrycks and Gimpel 2016)."""
    import numpy as np

    scaled = np.abs(values) / np.float32(2**0.5)
    near = 1 / (1 + np.float32(ERF_SCALE) * scaled)
    terms = np.zeros_like(near)
    for factor in ERF_TERMS:
        terms = (terms + np.float32(factor)) * near
    erf = np.copysign(1 - terms * np.exp(-scaled * scaled), values)
    result: Numbers = values / 2 * (1 + erf)
    return result


def _read_json(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values
