"""The command line of the faults: which are played through, the table and the JSON file."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.faults import disks, ground, kills, parts
from bench.report import Value, table, write_json

KINDS = ("kills", "disk", "read-only", "writers", "parts")


def main() -> None:
    """Play the faults through and report."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--aimed", type=int, default=50, help="of the kills, those between the renames")
    commands = ",".join(kills.COMMANDS)
    parser.add_argument("--commands", default=commands, help=f"that are killed, of {commands}, each its share of all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(KINDS), help=f"of {', '.join(KINDS)}")
    parser.add_argument("--name", default="faults", help="of the JSON file")
    options = parser.parse_args()
    ground.prepare()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        first = ground.make_workspace(place)
        rows = [row for kind in options.only.split(",") for row in _rows(kind, place, first, options)]
    columns = {name: None for row in rows for name in row if name != "faults"}
    print(table([{name: row.get(name) for name in columns} for row in rows]))
    for row in rows:
        if row["faults"] != "none":
            print(f"\n{row['what']}: {row['faults']}")
    print(f"\nwritten to {write_json(options.name, rows)}")


def _rows(kind: str, place: Path, first: Path, options: argparse.Namespace) -> list[dict[str, Value]]:
    try:
        if kind == "kills":
            return kills.kills(place, first, options.kills, options.aimed, options.seed, options.commands.split(","))
        if kind == "parts":
            return parts.damaged_parts(place, first)
        played = {"disk": disks.full_disks, "read-only": disks.read_only, "writers": disks.two_writers}[kind]
        return played(place, first)
    except PermissionError as error:
        return [{"what": kind, "cases": 0, "faults": f"left out: {error}"}]


main()
