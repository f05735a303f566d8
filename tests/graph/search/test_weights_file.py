"""Weights are read one by one from a file of the format safetensors."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from graph.search.weights_file import WeightsFile


def written(path: Path, kind: str = "F32") -> Path:
    """Write a file with a matrix, a vector and whole numbers, the matrix second."""
    arrays = {"vector": np.arange(3, dtype=np.float32), "matrix": np.arange(6, dtype=np.float32).reshape(2, 3)}
    header, numbers = dict[str, object](__metadata__={"format": "pt"}), b""
    for name, array in arrays.items():
        end = len(numbers) + array.nbytes
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(numbers), end]}
        numbers += array.tobytes()
    header["places"] = {"dtype": "I64", "shape": [1], "data_offsets": [len(numbers), len(numbers) + 8]}
    said = json.dumps(header).encode()
    path.write_bytes(len(said).to_bytes(8, "little") + said + numbers + bytes(8))
    return path


def test_weights_have_their_names_shapes_and_numbers_read_or_mapped(tmp_path: Path) -> None:
    weights = WeightsFile(written(tmp_path / "weights"))
    assert sorted(weights) == ["matrix", "vector"] and len(weights) == 2
    for found in (weights["matrix"], weights.mapped("matrix")):
        assert found.dtype == np.float32 and found.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert weights["vector"].tolist() == [0, 1, 2]


def test_numbers_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="vector is F16, not F32"):
        WeightsFile(written(tmp_path / "weights", "F16"))
