"""Documents per second for reading, extraction and linking apart, and peak memory.

    .venv/bin/python -m bench.extraction [--repeat N] [FOLDER ...]

Without folders: the 150 digests of data/decisions, and the full texts of ../shared/decisions where they are there.
Linking is the time spent in the index of names while a record is extracted; extraction is the rest of that time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from bench.report import PROJECT, Value, report
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract import extract_record
from ingest.readers import SUFFIXES, read

FOLDERS = (PROJECT / "data" / "decisions", PROJECT.parent / "shared" / "decisions")


@dataclass
class TimedNames:
    """A NameIndex that counts the seconds spent in its methods."""

    names: NameIndex
    seconds: float = field(default=0.0)

    def __getattr__(self, name: str) -> object:
        found = getattr(self.names, name)
        return self._timed(found) if callable(found) else found

    def _timed(self, method: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            started = time.perf_counter()
            try:
                return method(*arguments, **options)
            finally:
                self.seconds += time.perf_counter() - started

        return call


def files_of(folder: Path) -> list[Path]:
    """The documents of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.stem not in {"README", "NOTES"})


def measure(folder: Path, repeat: int) -> dict[str, Value]:
    """Read, extract and link the folder's documents `repeat` times, in this process."""
    settings = Settings.from_environment()
    names = TimedNames(NameIndex(load_registry(settings.data / "registry")))
    index = cast(NameIndex, names)
    files = files_of(folder)
    reading = extraction = 0.0
    flows = 0
    extract_record(read(files[0], settings=settings), index)  # libraries are loaded and tables built before we count
    names.seconds = 0.0
    for _ in range(repeat):
        started = time.perf_counter()
        documents = [read(path, settings=settings) for path in files]
        reading += time.perf_counter() - started
        started = time.perf_counter()
        flows = sum(len(extract_record(document, index).flows) for document in documents)
        extraction += time.perf_counter() - started
    count = len(files) * repeat
    return {
        "documents": folder.relative_to(PROJECT.parent).as_posix(),
        "count": len(files),
        "flows": flows,
        "reading, documents/s": count / reading,
        "extraction, documents/s": count / max(extraction - names.seconds, 1e-9),
        "linking, documents/s": count / max(names.seconds, 1e-9),
        "all, documents/s": count / (reading + extraction),
        "peak memory, MB": round(_peak_megabytes()),
    }


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024


def measure_apart(folder: Path, repeat: int) -> dict[str, Value]:
    """The same in a process of its own, so that the peak is this folder's alone."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, folder, repeat).result()


def main() -> None:
    """Measure each folder; print the table and write bench/results/extraction.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[])
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    folders = [folder.resolve() for folder in given.folders] or [folder for folder in FOLDERS if folder.is_dir()]
    report("extraction", [measure_apart(folder, given.repeat) for folder in folders])


if __name__ == "__main__":
    main()
