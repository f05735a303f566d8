"""Hostile files as one batch: what is reported of them, how long each takes, how much memory, what else is touched.

The bar of 20 s holds for each file's computing. Its time by the clock stands beside that with the machine's load, since
a busy machine takes longer; where the load is no more than its processors, that time is held to the bar as well.

.venv/bin/python -m bench.hostile [--files N] [--workers N] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.memory import most_memory_of_family
from bench.report import PROJECT, Value, percentile, report
from tests.hostile_files import SECRET, Case, cases, make

MOST_SECONDS = 20
MOST_MEGABYTES = 1_000  #: of a process that reads
READER = "ingest.apart"  #: what such a process runs
#: by which ingest sees how long a reading process has computed, and whether it has others
WATCHED = re.compile(r"/proc/\d+/(?:schedstat|task/\d+/children)")
WATCH = PROJECT / "tests" / "watch_files"  #: has Python note the files that it opens


def main() -> None:
    """Make the files, ingest them, look at what came of it; print the table and write bench/results/hostile.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        row, faults = measured(given.folder or Path(made), given.files, given.workers)
    report("hostile", [row])
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


def measured(folder: Path, count: int, workers: int) -> tuple[dict[str, Value], list[str]]:
    """Return the line of the table, and what is not as it should be."""
    inside, outside, workspace = folder / "inside", folder / "outside", folder / "workspace"
    outside.mkdir(parents=True)
    (outside / "secret.md").write_text(SECRET, encoding="utf-8")
    chosen = cases(outside, count)
    make(inside, chosen)
    opened = folder / "opened.txt"
    command = [sys.executable, "-m", "app.cli", "ingest", str(inside), "--workers", str(workers), "--json"]
    paths = os.pathsep.join([str(WATCH), str(PROJECT)])
    temporary = folder / "temporary"
    temporary.mkdir()
    before = listing(folder, workspace)
    watched = {"PYTHONPATH": paths, "WATCH_FILES_OPENED": str(opened), "WHOFUNDS_WORKSPACE": str(workspace)}
    watched["TMPDIR"] = str(temporary)  # in which nothing may be left
    started = time.monotonic()
    with most_memory_of_family(running=READER) as memory:
        done = subprocess.run(command, capture_output=True, cwd=PROJECT, env={**os.environ, **watched})
    seconds = time.monotonic() - started
    most = max(memory.values(), default=0) / 1e6
    faults = [] if done.stdout else [done.stderr.decode(errors="replace")[-2_000:]]
    said = json.loads(done.stdout) if done.stdout else {"documents": [], "messages": []}
    documents = said["documents"]
    faults += unreported(chosen, documents, "\n".join(said["messages"])) + touched(folder, workspace, before, opened)
    load = os.getloadavg()[1]  # of the last five minutes
    held = ("seconds", "computing_seconds") if load <= (os.cpu_count() or 1) else ("computing_seconds",)
    slow = [f"{each['name']}: {each[key]} {key}" for key in held for each in documents if each[key] >= MOST_SECONDS]
    computed = sorted(each["computing_seconds"] for each in documents) or [0.0]
    longest = max((each["seconds"] for each in documents), default=0.0)
    statuses = [each["status"] for each in documents]
    row: dict[str, Value] = {
        "files": len(chosen), "reported": len(documents), "good": sum(case.is_good for case in chosen),
        "in": statuses.count("loaded") + statuses.count("partly"), "refused": statuses.count("failed"),
        "95%, CPU s": percentile(computed, 0.95), "most, CPU s": computed[-1], "longest, s": longest, "load": load,
        "most memory, MB": most, "whole, s": seconds,
    }  # fmt: skip
    large = [f"{most:.0f} MB of memory"] if most > MOST_MEGABYTES else []
    return row, faults + slow + large


def unreported(chosen: list[Case], documents: list[dict[str, object]], messages: str) -> list[str]:
    """Return what is not reported, is reported without a reason, or is good and did not go in.

    Files whose names begin with a dot are hidden: they are counted in a message, and none is read.
    """
    from ingest.files import shown

    known = {Path(str(each["path"])).name: each for each in documents}
    faults: list[str] = []
    for case in chosen:
        if case.name.startswith("."):
            faults += [] if "hidden" in messages else [f"{shown(case.name)}: left aside without a word"]
            continue
        found = known.get(Path(shown(case.name)).name)
        if found is None:
            faults += (
                [f"{shown(case.name)}: not reported"] if not case.name.startswith(("directory", "folder.")) else []
            )
        elif case.is_good and found["status"] not in ("loaded", "partly"):
            faults.append(f"{shown(case.name)}: good, but {found['status']}: {found['issues']}")
        elif found["status"] == "failed" and not (found["issues"] and all("\n" not in str(i) for i in found["issues"])):  # type: ignore[attr-defined]
            faults.append(f"{shown(case.name)}: no line says why")
    return faults


def listing(folder: Path, workspace: Path) -> dict[str, tuple[int, int]]:
    """Return all files outside of the workspace with their sizes and times of change."""
    paths = [path for path in folder.rglob("*") if not path.is_relative_to(workspace)]
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in paths}


def touched(folder: Path, workspace: Path, before: dict[str, tuple[int, int]], opened: Path) -> list[str]:
    """Return what was written outside of the workspace, and what of the secret outside came into it."""
    after = listing(folder, workspace)
    temporary = folder / "temporary"
    for own in (opened, temporary, folder):
        after.pop(str(own), None)
    faults = [f"{path}: made or changed" for path, state in after.items() if before.get(path) != state]
    for path in workspace.rglob("*"):
        if path.is_file() and (b"Warden of Nowhere" in path.read_bytes()):
            faults.append(f"{path}: holds the secret")
    writable = (str(workspace), str(temporary), "/dev/null")
    places = (folder / "inside", temporary, workspace, PROJECT, sys.prefix, sys.base_prefix)
    known = [str(one) for one in places]
    known += [os.path.realpath(one) for one in known] + ["/usr/", "/lib", "/proc/self/", "/dev/null", "/etc/mime.types",
              "/etc/localtime", "/sys/fs/cgroup", "/sys/devices/system/cpu", "/etc/ld.so", "/proc/cpuinfo",
              "/proc/mounts", "/proc/stat", "/proc/sys/kernel/random/boot_id"]  # fmt: skip
    for line in set(opened.read_text(encoding="utf-8", errors="replace").splitlines()) if opened.exists() else ():
        mode, _, path = line.partition("\t")
        if mode == "r" and WATCHED.fullmatch(path):
            continue
        if not path.startswith(tuple(known)) or (mode == "w" and not path.startswith(writable)):
            faults.append(f"{path}: opened ({mode})")
    return faults


if __name__ == "__main__":
    main()
