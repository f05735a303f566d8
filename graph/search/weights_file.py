"""The weights of a model in a file of the format safetensors, read one by one as they are asked for.

The file is the length of a header in eight bytes, the header as JSON, and the numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

_NUMBERS, _OTHERS = "F32", {"I64"}


class WeightsFile(Mapping[str, "Numbers"]):
    """The weights of a file, by name: float32 in the shape that they have there.

    Raises:
        ValueError: The file is damaged, or some of it are numbers of another kind.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: dict[str, Any] = json.loads(file.read(length))
        header.pop("__metadata__", None)
        odd = next((name for name, about in header.items() if about["dtype"] not in {_NUMBERS, *_OTHERS}), None)
        if odd is not None:
            raise ValueError(f"{odd} is {header[odd]['dtype']}, not {_NUMBERS}")
        self._start = 8 + length
        self._about = {name: about for name, about in header.items() if about["dtype"] == _NUMBERS}

    def __getitem__(self, name: str) -> Numbers:
        """Return weights, read from the file."""
        import numpy as np

        shape, start = self._place(name)
        found: Numbers = np.fromfile(self._path, np.float32, math.prod(shape), offset=start).reshape(shape)
        return found

    def mapped(self, name: str) -> Numbers:
        """Return weights mapped into memory, so that rows that nobody looks at are never read."""
        import numpy as np

        shape, start = self._place(name)
        return np.memmap(self._path, np.float32, "r", start, shape)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all weights."""
        return iter(self._about)

    def __len__(self) -> int:
        """Return how many weights there are."""
        return len(self._about)

    def _place(self, name: str) -> tuple[tuple[int, ...], int]:
        about = self._about[name]
        return tuple(about["shape"]), self._start + int(about["data_offsets"][0])
