"""Rows of an exported table as a pandas DataFrame: amounts exact, unknown values missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from typing import TYPE_CHECKING

from graph.exports.columns import CellType, columns_of
from graph.exports.flows import FlatFlow

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

PENCE = (18, 2)  #: digits of a sum in all, and after the point
_AMOUNTS = ("amount", "amount_in", "amount_out")


def flows_frame(flows: Iterable[FlatFlow]) -> pd.DataFrame:
    """Return one row per flow or award, with the columns of the CSV of sums.

    Amounts are exact decimals (`decimal128` of Arrow), other numbers are floats, everything else is text; a cell that
    the CSV leaves empty is missing (`pandas.NA`). The index is 0, 1, 2 ... in the order of the documents.
    """
    import pandas as pd
    import pyarrow as pa

    rows = [astuple(flow) for flow in flows]
    types = {
        column.name: pa.decimal128(*PENCE) if column.name in _AMOUNTS else pa.float64()
        for column in columns_of(FlatFlow)
        if column.type is CellType.NUMBER
    }
    return pd.DataFrame(
        {
            column.name: pd.Series(_cells(rows, place, types.get(column.name, pa.string())))
            for place, column in enumerate(columns_of(FlatFlow))
        }
    )


def _cells(rows: list[tuple[str, ...]], place: int, type: pa.DataType) -> pd.arrays.ArrowExtensionArray:
    import pandas as pd
    import pyarrow as pa

    text = pa.array([row[place] or None for row in rows], pa.string())
    return pd.arrays.ArrowExtensionArray(text.cast(type))
