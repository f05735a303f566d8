"""Each part of a build deleted or flipped in turn: noticed by `builds --verify` and by ingest, and repaired."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.faults.ground import copied, run, state
from bench.report import Value
from graph.builds.workspace import Workspace

CASES = 40
#: parts of a build, in the order in which they are taken: patterns, and how many files of each
PARTS = (
    ("manifest.json", 1), ("digests.sha256", 1), ("copies/manifest.json", 1), ("corrections.json.gz", 1),
    ("ledger.parquet", 1), ("records/*", 3), ("documents/*", 3), ("graph/CURRENT", 1), ("graph/MANIFEST-*", 1),
    ("graph/*.sst", 2), ("columns/*.arrow", 1), ("search/*/data/*", 1), ("search/*/_versions/*", 1),
    ("kept/corrections.yaml", 1), ("kept/added/*", 1),
)  # fmt: skip


def damaged_parts(place: Path, first: Path) -> list[dict[str, Value]]:
    """Damage a part of the current build, 40 times; return a row for ingest and one for repair."""
    wanted = state(first)
    rows = []
    for command in ("ingest", "repair"):
        noticed = repaired = 0
        faults = list[str]()
        cases = list(_cases(first))
        for path, how in cases:
            workspace = copied(first, place / "parts")
            damage(Workspace(workspace).current().path / path, how)
            verified = run("builds", "--verify", "--json", "--workspace", str(workspace))
            given = (str(place / "documents"),) if command == "ingest" else ()
            ran = run(command, *given, "--workspace", str(workspace))
            was_noticed = _is_named(verified.out, path) and "is damaged" in ran.err
            again = run("builds", "--verify", "--json", "--workspace", str(workspace))
            newest = json.loads(again.out)["builds"][0]
            is_right = ran.code == 0 and newest["current"] and newest["state"] == "whole" and state(workspace) == wanted
            noticed += was_noticed
            repaired += is_right
            faults += [] if was_noticed and is_right else [f"{how} {path}: {ran.err[-300:]}"]
        rows.append({
            "what": f"part of a build damaged, {command}", "cases": len(cases), "noticed": noticed, "right": repaired,
            "faults": "; ".join(faults) or "none",
        })  # fmt: skip
    return rows


def damage(file: Path, how: str) -> None:
    """Delete a file, or flip a bit in its middle, where nothing shares it."""
    data = bytearray(file.read_bytes())
    file.unlink()
    if how == "flipped":
        data[len(data) // 2] ^= 1
        file.write_bytes(bytes(data))


def _cases(workspace: Path) -> Iterator[tuple[str, str]]:
    build = Workspace(workspace).current().path
    for pattern, count in PARTS:
        files = [path for path in sorted(build.glob(pattern)) if path.is_file()]
        if len(files) < count:
            raise RuntimeError(f"{build}: {len(files)} files {pattern}, not {count}")
        for path in files[:count]:
            for how in ("deleted", "flipped"):
                yield path.relative_to(build).as_posix(), how


def _is_named(out: str, path: str) -> bool:
    """Return whether the current build is said to be damaged, with the file's name."""
    current = next(build for build in json.loads(out)["builds"] if build["current"])
    return current["state"] == "damaged" and path in [fault["file"] for fault in current["faults"]]
