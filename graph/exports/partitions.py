"""Sums and awards as Parquet files in a folder for each body and year, for DuckDB, Spark, Trino and the like.

The folders are named as Hive names them (`body=mopac/year=2023/`): a query that asks for one body or year reads its
files alone. The columns are those of the CSV of sums; amounts are exact decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from graph.exports.flows import FlatFlow
from graph.exports.frame import flows_frame
from graph.identifiers import year_starts

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "sums"  #: folder of the table in that of the export
MOST = 1_000_000  #: folders; pyarrow stops at a thousand where nothing is said


def write_partitions(rows: Iterable[tuple[str, FlatFlow]], folder: Path) -> list[Path]:
    """Write rows, each with the id of the body that decided it, and return the files.

    `body` is null where no body is known. `year` is the one in which the first financial year of the money begins,
    2023 for 2023/24, and null where no year is known. The same rows give the same files.

    Raises:
        FileExistsError: The folder holds a table already.
        OSError: The folder cannot be written.
    """
    import pyarrow as pa
    from pyarrow import dataset

    target = folder / TABLE
    if target.exists():
        raise FileExistsError(f"{target}: is there already; give another folder")
    target.mkdir(parents=True)
    table = _table(list(rows))
    keys = pa.schema([("body", pa.string()), ("year", pa.int32())])
    dataset.write_dataset(
        table.sort_by([("body", "ascending"), ("year", "ascending")]), target, format="parquet",
        partitioning=dataset.partitioning(keys, flavor="hive"), basename_template="part-{i}.parquet",
        max_partitions=MOST, use_threads=False,
    )  # fmt: skip
    return sorted(target.rglob("*.parquet"))


def _table(rows: list[tuple[str, FlatFlow]]) -> pa.Table:
    import pyarrow as pa

    table = pa.Table.from_pandas(flows_frame(row for _, row in rows), preserve_index=False).replace_schema_metadata()
    bodies = pa.array([body or None for body, _ in rows], pa.string())
    years = pa.array([_first_year(row) for _, row in rows], pa.int32())
    return table.append_column("body", bodies).append_column("year", years)


def _first_year(row: FlatFlow) -> int | None:
    first = row.years.partition("; ")[0]
    return year_starts(first).year if first else None
