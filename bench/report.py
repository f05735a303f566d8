"""The table and the JSON file of a benchmark."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "bench" / "results"

Value = str | int | float | None


def table(rows: Sequence[Mapping[str, Value]]) -> str:
    """Return the rows as aligned text; columns in the order of the first row, numbers to the right."""
    if not rows:
        return "(no rows)"
    columns = list(rows[0])
    cells = [[_text(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in [columns, *cells]) for i in range(len(columns))]
    numeric = [all(isinstance(row.get(column), int | float | None) for row in rows) for column in columns]
    lines = [columns, ["-" * width for width in widths], *cells]
    return "\n".join("  ".join(map(_padded, line, widths, numeric)) for line in lines)


def exit_code(faults: Sequence[str]) -> int:
    """Print each fault on standard error; return 1 if there is any, else 0."""
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _padded(cell: str, width: int, right: bool) -> str:
    return cell.rjust(width) if right else cell.ljust(width)


def _text(value: Value) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 1 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value


def write_json(name: str, rows: Sequence[Mapping[str, Value]], *, folder: Path = RESULTS) -> Path:
    """Write the rows with the machine they were measured on; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    content = {"benchmark": name, "measured": machine(), "rows": list(rows)}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def machine() -> dict[str, Value]:
    """When and on what it was measured."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def _commit() -> str | None:
    command = ["git", "rev-parse", "--short", "HEAD"]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def report(name: str, rows: Sequence[Mapping[str, Value]], *, folder: Path = RESULTS) -> None:
    """Print the table and write the JSON file."""
    print(table(rows))
    print(f"\nwritten to {write_json(name, rows, folder=folder)}")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed (nearest rank).

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values to take a percentile of")
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered), -int(-share * len(ordered) // 1)) - 1)]
