"""Asks DuckDB for the money of an export as Parquet, and compares it with the build's ledger.

Run it from the project: python -m bench.parquet_read FOLDER [--workspace DIR], where FOLDER is as `whofunds export
--format parquet` wrote it. DuckDB comes with what the tests need.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from bench.report import exit_code
from graph.builds.workspace import Workspace
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.exports.flows import years_of
from graph.exports.partitions import TABLE
from graph.exports.source import Source
from graph.settings import Settings

SIDES = {"amount_in": Side.SOURCES, "amount_out": Side.DELIVERIES}


def differences(folder: Path, source: Source) -> list[str]:
    """Return a line for each count or sum that DuckDB finds and the build does not say."""
    import duckdb

    table = f"read_parquet('{folder / TABLE}/**/*.parquet', hive_partitioning = true)"
    faults: list[str] = []

    def same(what: str, found: object, wanted: object) -> None:
        if found != wanted:
            faults.append(f"{what}: DuckDB finds {found}, the build says {wanted}")

    counts = dict(duckdb.sql(f"SELECT entry, count(*) FROM {table} GROUP BY entry").fetchall())
    same("rows", counts, {"sum": len(source.flows), "award without a sum": len(source.awards)})
    for column, side in SIDES.items():
        [(found,)] = duckdb.sql(f"SELECT sum({column}) FROM {table}").fetchall()
        tally = source.ledger.tally(None, side)
        same(column, Decimal(found), tally.total + total(tally.joint))
    bodies = Counter(
        head.body.id if (head := source.heads[stated.document]).body else None
        for stated in (*source.flows, *source.awards)
    )
    same("bodies", dict(duckdb.sql(f"SELECT body, count(*) FROM {table} GROUP BY body").fetchall()), dict(bodies))
    years = Counter[int | None]()
    for stated in source.flows:
        placed = years_of(stated.flow, source.heads.get(stated.document)).years
        years[int(placed[0][:4]) if placed else None] += stated.flow.amount  # type: ignore[assignment]
    asked = f"SELECT year, sum(amount) FROM {table} WHERE entry = 'sum' GROUP BY year"
    same("years", dict(duckdb.sql(asked).fetchall()), dict(years))
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences and return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m bench.parquet_read", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="as `whofunds export --format parquet` writes it")
    parser.add_argument("--workspace", type=Path, default=Settings().workspace, help="that it was exported from")
    options = parser.parse_args(arguments)
    build = Workspace(options.workspace, settings=Settings(workspace=options.workspace)).current()
    store = build.store()
    try:
        faults = differences(options.folder, Source(store, build.path, build.created))
    finally:
        store.close()
    print(f"{len(faults)} differences")
    return exit_code(faults)


if __name__ == "__main__":
    raise SystemExit(main())
