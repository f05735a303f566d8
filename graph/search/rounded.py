"""The weights of a BERT (Devlin et al. 2019) rounded to 7 and 8 bits, as its structure for onnxruntime asks for them.

Products are of two kinds. Where the inputs have been evened out, a column of weights has one scale and an input of a
text one (`DynamicQuantizeMatMul`); seven bits keep sums of pairs within 16, so that every processor computes the same.
Where they can't be, because few dimensions are a hundred times as large as the rest, blocks of weights and of inputs
have scales of their own (`MatMulNBits`), which takes more time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

BLOCK = 128  #: weights that share a scale
#: the products whose inputs are evened out
EVENED = ("attention.self", "intermediate.dense")
_LARGEST = 63
_LARGEST_OF_BLOCK, _ZERO = 127, 128


def rounded_weights(
    weights: Mapping[str, Numbers], exponents: Mapping[str, NDArray[np.int8]], layers: int
) -> dict[str, NDArray[Any]]:
    """Return what the structure of an encoder asks for, by name.

    Args:
        weights: The weights, by their names in the model's file.
        exponents: For each product that is evened out, the powers of two by which its inputs are divided, by its name.
        layers: The number of layers, from the first.
    """
    found = _as_they_are(weights, "embeddings.LayerNorm")
    for number in range(layers):
        layer = f"encoder.layer.{number}"
        attention = f"{layer}.attention.self"
        found |= _evened(attention, *_joined(weights, attention), exponents[attention])
        for name in (f"{layer}.attention.output.dense", f"{layer}.output.dense"):
            found |= _in_blocks(name, weights[f"{name}.weight"], weights[f"{name}.bias"])
        inner = f"{layer}.intermediate.dense"
        found |= _evened(inner, weights[f"{inner}.weight"], weights[f"{inner}.bias"], exponents[inner])
        found |= _as_they_are(weights, f"{layer}.attention.output.LayerNorm")
        found |= _as_they_are(weights, f"{layer}.output.LayerNorm")
    return found


def places(weights: Mapping[str, Numbers]) -> Numbers:
    """Return what is added to each token's vector for its place, in a text by itself: (longest text, width)."""
    added: Numbers = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    )
    return added


def _joined(weights: Mapping[str, Numbers], name: str) -> tuple[Numbers, Numbers]:
    """Return the weights and the bias of the three products of an attention as those of one."""
    import numpy as np

    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    weight, bias = (np.concatenate([weights[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias"))
    return weight, bias


def _evened(name: str, weight: Numbers, bias: Numbers, exponents: NDArray[np.int8]) -> dict[str, NDArray[Any]]:
    """Return a product's rounded weights (inputs, outputs), a scale for each output, its bias, and what inputs meet."""
    import numpy as np

    factors = np.exp2(exponents.astype(np.float32))
    columns = (weight * factors).T
    scales = _scales(columns, 0, _LARGEST)
    columns /= scales
    values = np.rint(columns, out=columns).astype(np.int8, order="C")
    return {f"{name}.values": values, f"{name}.scales": scales, f"{name}.bias": bias, f"{name}.evened": 1 / factors}


def _in_blocks(name: str, weight: Numbers, bias: Numbers) -> dict[str, NDArray[Any]]:
    """Return a product's rounded weights (outputs, blocks, inputs of a block), a scale for each block, and its bias."""
    import numpy as np

    blocks = weight.reshape(len(weight), -1, BLOCK)
    scales = _scales(blocks, -1, _LARGEST_OF_BLOCK)
    parts = blocks / scales[..., None]
    np.rint(parts, out=parts)
    parts += _ZERO
    values = parts.astype(np.uint8)
    return {f"{name}.values": values, f"{name}.scales": scales.reshape(-1), f"{name}.bias": bias}


def _scales(weights: Numbers, axis: int, largest: int) -> Numbers:
    """Return what the largest weights along an axis are to be divided by to be `largest`, whatever their signs."""
    import numpy as np

    found: Numbers = np.maximum(weights.max(axis=axis), -weights.min(axis=axis)) / np.float32(largest)
    return found


def _as_they_are(weights: Mapping[str, Numbers], name: str) -> dict[str, NDArray[Any]]:
    return {f"{name}.{part}": weights[f"{name}.{part}"] for part in ("weight", "bias")}
