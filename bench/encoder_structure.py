"""Write what onnxruntime computes of the packaged model: its structure, and by what inputs are evened out.

    .venv/bin/python -m bench.encoder_structure

The structure holds no weights: these are read from the model's package and rounded when it is loaded
(`graph.search.rounded`). Of the inputs of some products few dimensions are ten times as large as the rest; each is
divided by a power of two, after what passages of the sample decisions have of it, and the weights that meet it are
multiplied by the same (after SmoothQuant, Xiao et al. 2023). Both files are the same bytes each time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bench.samples import read_samples
from graph.search.embedding import load_encoder
from graph.search.model_files import WEIGHTS, model_folder
from graph.search.packaged_encoder import EXPONENTS, STATES, STRUCTURE, UNIT
from graph.search.passage_table import passages_of
from graph.search.rounded import BLOCK, EVENED, rounded_weights
from graph.search.weights_file import WeightsFile
from graph.settings import Settings

FUSED = "com.microsoft"  #: the domain of onnxruntime's own operators
OPERATORS = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
VERSION_OF_FORMAT = 9
PASSAGES = 200  #: of the samples, evenly spread, whose inputs are looked at
_TYPES = {"float32": TensorProto.FLOAT, "int8": TensorProto.INT8, "uint8": TensorProto.UINT8}


class Structure:
    """The nodes of a BERT over the vectors of one text's tokens, whose weights are wanted by name."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], heads: int, epsilon: float) -> None:
        self._heads, self._epsilon = heads, epsilon
        self._nodes: list[Any] = []
        self._width = int(weights["embeddings.LayerNorm.weight"].shape[0])
        self._weights = weights
        self._held = [_outside(name, array) for name, array in weights.items()]

    def node(self, operator: str, inputs: Sequence[str], *results: str, domain: str = "", **options: Any) -> str:
        """Add a node and return the name of its first result."""
        self._nodes.append(helper.make_node(operator, inputs, results, domain=domain, **options))
        return results[0]

    def whole(self, name: str, *values: int) -> str:
        """Add a constant of whole numbers and return its name."""
        self._held.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def embedded(self) -> str:
        """Add the states of tokens before the first layer and return their name."""
        weights = [f"embeddings.LayerNorm.{part}" for part in ("weight", "bias")]
        return self.node("LayerNormalization", ["embedded", *weights], "states", axis=-1, epsilon=self._epsilon)

    def layer(self, number: int, states: str) -> str:
        """Add a layer over states and return the name of what it makes of them."""
        name = f"encoder.layer.{number}"
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.node("Split", [self._product(states, f"{name}.attention.self")], *parts, axis=-1, num_outputs=len(parts))
        attended = self.node("MultiHeadAttention", parts, f"{name}.attended", domain=FUSED, num_heads=self._heads)
        attended = self._product(attended, f"{name}.attention.output.dense")
        states = self._normal(attended, states, f"{name}.attention.output.LayerNorm")
        inner = self.node("Gelu", [self._product(states, f"{name}.intermediate.dense")], f"{name}.inner", domain=FUSED)
        return self._normal(self._product(inner, f"{name}.output.dense"), states, f"{name}.output.LayerNorm")

    def write(self, path: Path, results: Mapping[str, Sequence[int | str]]) -> None:
        """Write the model, which gives results of these sizes by their names."""
        given = helper.make_tensor_value_info("embedded", TensorProto.FLOAT, [1, "n", self._width])
        outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in results.items()]
        graph = helper.make_graph(self._nodes, "encoder", [given], outputs, self._held)
        model = helper.make_model(
            graph, opset_imports=OPERATORS, ir_version=VERSION_OF_FORMAT, producer_name="whofunds"
        )
        path.write_bytes(model.SerializeToString(deterministic=True))

    def _product(self, states: str, name: str) -> str:
        values, scales, bias = (f"{name}.{part}" for part in ("values", "scales", "bias"))
        if name.endswith(EVENED):
            even = self.node("Mul", [states, f"{name}.evened"], f"{name}.even")
            return self.node("DynamicQuantizeMatMul", [even, values, scales, "", bias], f"{name}.product", domain=FUSED)
        outputs, blocks, _ = self._weights[values].shape
        size = {"N": outputs, "K": blocks * BLOCK, "block_size": BLOCK, "bits": 8, "accuracy_level": 4}
        return self.node("MatMulNBits", [states, values, scales, "", "", bias], f"{name}.product", domain=FUSED, **size)

    def _normal(self, added: str, states: str, name: str) -> str:
        inputs = [added, states, f"{name}.weight", f"{name}.bias"]
        return self.node("SkipLayerNormalization", inputs, f"{name}.result", domain=FUSED, epsilon=self._epsilon)


def _outside(name: str, array: NDArray[Any]) -> Any:
    """Return a tensor of which the file has name, type and size alone."""
    held = TensorProto(
        name=name, data_type=_TYPES[array.dtype.name], dims=array.shape, data_location=TensorProto.EXTERNAL
    )
    held.external_data.add(key="location", value="weights")
    return held


def write_structure(path: Path, weights: Mapping[str, NDArray[Any]], config: Mapping[str, Any]) -> None:
    """Write the structure that gives the states after each layer, and the unit vector of the last ones' mean."""
    made = Structure(weights, int(config["num_attention_heads"]), float(config["layer_norm_eps"]))
    states, results = made.embedded(), dict[str, list[int | str]]()
    width = int(config["hidden_size"])
    for number in range(int(config["num_hidden_layers"])):
        states = made.layer(number, states)
        assert states == STATES.format(number)
        results[states] = [1, "n", width]
    mean = made.node("ReduceMean", [states, made.whole("tokens of a text", 1)], "mean", keepdims=0)
    results[made.node("LpNormalization", [mean], UNIT, axis=-1, p=2)] = [1, width]
    made.write(path, results)


def exponents(model: Any, texts: Sequence[str]) -> dict[str, NDArray[np.int8]]:
    """Return for each product that is evened out the power of two by which each dimension of its inputs is divided.

    Args:
        model: The model, by sentence-transformers.
        texts: What its inputs are looked at for.
    """
    most: dict[str, NDArray[np.float32]] = {}
    products = dict(_evened_products(model[0].auto_model))

    def look(name: str) -> Any:
        def seen(module: Any, inputs: Any) -> None:
            largest = inputs[0].abs().flatten(0, -2).amax(0).numpy()
            most[name] = np.maximum(most.get(name, largest), largest)

        return seen

    hooks = [parts[0].register_forward_pre_hook(look(name)) for name, parts in products.items()]
    model.encode(list(texts), batch_size=1, show_progress_bar=False)
    for hook in hooks:
        hook.remove()
    weights = {
        name: np.concatenate([part.weight.detach().numpy() for part in parts]) for name, parts in products.items()
    }
    met = {name: most[name] / np.abs(weight).max(axis=0) for name, weight in weights.items()}
    return {name: np.rint(np.log2(each) / 2).astype(np.int8) for name, each in met.items()}


def _evened_products(network: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the name of each product that is evened out, and the layers of the network that it is made of."""
    for number, layer in enumerate(network.encoder.layer):
        attention = layer.attention.self
        yield f"encoder.layer.{number}.{EVENED[0]}", [attention.query, attention.key, attention.value]
        yield f"encoder.layer.{number}.{EVENED[1]}", [layer.intermediate.dense]


def main() -> int:
    """Write both files."""
    settings = Settings(exact_vectors=True)
    store, records, _ = read_samples(settings.data)
    store.close()
    texts = sorted({passage.text for record in records for passage in passages_of(record)})
    model: Any = load_encoder(settings).model
    found = exponents(model, texts[:: max(len(texts) // PASSAGES, 1)])
    np.savez_compressed(EXPONENTS, **found)
    weights = WeightsFile(model_folder(settings) / WEIGHTS)
    config = model[0].auto_model.config.to_dict()
    write_structure(STRUCTURE, rounded_weights(weights, found, int(config["num_hidden_layers"])), config)
    print(f"{STRUCTURE}: {STRUCTURE.stat().st_size} bytes; {EXPONENTS}: {EXPONENTS.stat().st_size}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
