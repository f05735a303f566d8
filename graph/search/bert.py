"""The layers of BERT (Devlin et al. 2019), computed with numpy for one short text at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

#: of erf, by formula 7.1.26 of Abramowitz and Stegun (1964); the error is below 1.5e-7
ERF_SCALE = 0.3275911
ERF_TERMS = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


class Bert:
    """A stack of BERT's layers with its weights, which have the names they have in the model's files."""

    def __init__(self, weights: Mapping[str, Numbers], heads: int, epsilon: float) -> None:
        self.weights = weights
        self.heads = heads
        self.epsilon = epsilon

    def embedded(self, tokens: Sequence[int]) -> Numbers:
        """Return the states of tokens before the first layer: (n, width)."""
        words = self.weights["embeddings.word_embeddings.weight"][list(tokens)]
        places = self.weights["embeddings.position_embeddings.weight"][: len(tokens)]
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        return self._normal(words + places + kind, "embeddings.LayerNorm")

    def through(self, states: Numbers, layers: Iterable[int]) -> Numbers:
        """Return the states of tokens after some layers, which are counted from 0: (n, width)."""
        for layer in layers:
            states = self._layer(states, f"encoder.layer.{layer}")
        return states

    def _layer(self, states: Numbers, name: str) -> Numbers:
        attended = self._linear(self._attended(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._normal(states + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._normal(states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attended(self, states: Numbers, name: str) -> Numbers:
        """Return for each token the sum of all tokens' values, weighted by the attention of each head: (n, width)."""
        import numpy as np

        count, width = states.shape
        query, key, value = (
            np.ascontiguousarray(self._linear(states, f"{name}.{part}").reshape(count, self.heads, -1).swapaxes(0, 1))
            for part in ("query", "key", "value")
        )
        query *= np.float32((self.heads / width) ** 0.5)
        shares = query @ np.ascontiguousarray(key.swapaxes(1, 2))
        shares -= shares.max(axis=-1, keepdims=True)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=-1, keepdims=True)
        result: Numbers = (shares @ value).swapaxes(0, 1).reshape(count, width)
        return result

    def _linear(self, states: Numbers, name: str) -> Numbers:
        result: Numbers = states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _normal(self, states: Numbers, name: str) -> Numbers:
        import numpy as np

        centred = states - states.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(self.epsilon))
        result: Numbers = centred / deviation * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def _gelu(values: Numbers) -> Numbers:
    """Return x times the share of the normal distribution below x (Hendrycks and Gimpel 2016)."""
    import numpy as np

    scaled = np.abs(values)
    scaled *= np.float32(0.5**0.5)
    near = scaled * np.float32(ERF_SCALE)
    near += 1
    np.reciprocal(near, out=near)
    terms = near * np.float32(ERF_TERMS[0])
    for factor in ERF_TERMS[1:]:
        terms += np.float32(factor)
        terms *= near
    np.multiply(scaled, scaled, out=scaled)
    np.negative(scaled, out=scaled)
    terms *= np.exp(scaled, out=scaled)
    np.subtract(1, terms, out=terms)
    result: Numbers = np.copysign(terms, values, out=terms)
    result += 1
    result *= values
    result *= np.float32(0.5)
    return result
