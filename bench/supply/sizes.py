"""How much an install takes on the disk, fresh and once used: `make install` and `make light`, each in a new copy.

    .venv/bin/python -m bench.supply.sizes [light] [install]

Copies the checkout, lets `make` install into an environment of the copy, and measures it; then reads some decisions,
searches, asks, and draws a page of the app, by which Python compiles what is imported, and measures again. Needs the
network, and some minutes for each. The sizes are those of the kind of torch that pip finds here, which the table names.
Exit code 1: a fresh install takes more than its bar.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.report import PROJECT, Value, exit_code, report

MIB = 1 << 20
BARS = {"install": 1.8, "light": 0.92}  #: GB of a fresh install, with torch's build for the processor alone
LEFT_BEHIND = (".venv", ".git", "workspace", "results", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache")
READ = ("mopac-pcd-1307.md", "mopac-pcd-1460.md")  #: of the samples, what is read
QUESTION, TEXT = "who funds Drive in West Mercia", "help for people followed by an ex"
#: draws the first page, as a browser would have it drawn
PAGE = (
    "from streamlit.testing.v1 import AppTest\n"
    "page = AppTest.from_file('app/main.py', default_timeout=120).run()\n"
    "assert not page.exception, page.exception\n"
)


def measure(kind: str, folder: Path) -> dict[str, Value]:
    """Install one kind into a copy of the checkout, use it, and return its line.

    Args:
        kind: the target of make, "install" or "light".
        folder: a new one, where the copy is made.
    """
    copy = folder / kind
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    left_out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "WHOFUNDS_WORKSPACE")  # Python compiles as it does for people
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    _run(["make", kind], copy, environment)
    venv = copy / ".venv"
    fresh = megabytes(venv)
    python = str(venv / "bin" / "python")
    samples = [f"data/decisions/{name}" for name in READ]
    for arguments in (["ingest", *samples], ["ask", QUESTION], ["search", TEXT]):
        _run([str(venv / "bin" / "whofunds"), *arguments, "--workspace", "workspace"], copy, environment)
    _run([python, "-c", PAGE], copy, {**environment, "WHOFUNDS_WORKSPACE": str(copy / "workspace"), "PYTHONPATH": "."})
    return {
        "install": f"make {kind}",
        "fresh MiB": fresh,
        "once used MiB": megabytes(venv),
        "fresh GB": round(fresh * MIB / 1e9, 2),
        "bar GB": BARS[kind],
        "torch": _torch(venv),
        "python": _run([python, "-V"], copy, environment).strip(),
    }


def megabytes(folder: Path) -> int:
    """Return what a folder's files take on the disk in MiB, rounded up; a file with two names counts once."""
    seen, total = set[tuple[int, int]](), 0
    for path in folder.rglob("*"):
        status = path.lstat()
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            total += status.st_blocks * 512
    return -(-total // MIB)


def _torch(venv: Path) -> str:
    """Return the version of torch that is installed, by which "2.13.0+cpu" is told from that for graphics cards."""
    found = next(venv.glob("lib/python3*/site-packages/torch-*.dist-info"), None)
    return found.name.removeprefix("torch-").removesuffix(".dist-info") if found else "none"


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    return done.stdout


def over(rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Return a line for each fresh install that takes more than its bar."""
    return [
        f"{row['install']}: {row['fresh GB']} GB, more than {row['bar GB']}"
        for row in rows
        if float(row["fresh GB"] or 0) > float(row["bar GB"] or 0)
    ]


def main() -> int:
    """Install and measure; print a table, and write bench/results/sizes.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.supply.sizes", description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="light, install; default: both")
    kinds = parser.parse_args().kinds or list(BARS)
    if unknown := set(kinds) - BARS.keys():
        parser.error(f"{', '.join(sorted(unknown))}: is none of {', '.join(BARS)}")
    rows = []
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(kind, Path(folder)))
    report("sizes", rows)
    return exit_code(over(rows))


if __name__ == "__main__":
    sys.exit(main())
