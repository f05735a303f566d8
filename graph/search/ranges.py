"""Lists of numbers of many lengths, kept one after the other in one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranges:
    """The list of number n is `values[starts[n] : starts[n + 1]]`."""

    values: NDArray[Any]
    starts: NDArray[np.int64]  #: one more than there are lists

    def __getitem__(self, number: int) -> NDArray[Any]:
        return self.values[self.starts[number] : self.starts[number + 1]]


def ranges_at(ranges: Ranges, numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the values of some lists, one list after the other, and for each value its list's position in `numbers`.

    Args:
        ranges: The lists.
        numbers: The numbers of those that are wanted.
    """
    import numpy as np

    starts = ranges.starts[numbers]
    lengths = ranges.starts[np.asarray(numbers) + 1] - starts
    owners = np.repeat(np.arange(len(numbers)), lengths)
    before = np.cumsum(lengths) - lengths
    return ranges.values[np.arange(len(owners)) + (starts - before)[owners]], owners
