"""The files of an ingest: found in folders, named, told apart."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import SUFFIXES
from ingest.report import DocumentReport, DocumentStatus

FOLDER_NOTES = {"readme", "licence", "license", "changelog", "contributing", "notice"}  #: speak of a folder


@dataclass(frozen=True, slots=True)
class Source:
    """One file to ingest."""

    path: Path
    name: str  #: its file name, after folders of its path where two files of one run share it
    asked: bool  #: named by the user, not found in a folder


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of an ingest, and what is said of the paths."""

    files: tuple[Source, ...]
    failures: tuple[DocumentReport, ...]
    messages: tuple[str, ...]


def find_sources(paths: Iterable[Path]) -> Sources:
    """Return the readable files of the paths, folders searched to their depth, in the order of their names."""
    files: dict[Path, tuple[Path, bool]] = {}
    failures: list[DocumentReport] = []
    messages: list[str] = []
    for path in paths:
        if path.is_dir():
            found, left = _in_folder(path)
            for file in found:
                files.setdefault(file.resolve(), (file, False))
            messages += _said_of_folder(path, found, left)
            if not found:
                failures.append(_failure(path, f"no documents in this folder; it should hold {_kinds()} files"))
        elif path.exists() and path.suffix.lower() in SUFFIXES:
            files[path.resolve()] = (path, True)
        else:
            failures.append(_failure(path, _fault(path)))
    return Sources(tuple(_named(list(files.values()))), tuple(failures), tuple(messages))


def _in_folder(folder: Path) -> tuple[list[Path], Counter[str]]:
    """Return the documents below a folder, and how many files of which ending are left."""
    found: list[Path] = []
    left: Counter[str] = Counter()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place) / name
            if name.startswith((".", "~$")):
                continue
            if file.suffix.lower() not in SUFFIXES:
                left[file.suffix.lower() or "no ending"] += 1
            elif file.stem.casefold() in FOLDER_NOTES:
                left[name] += 1
            else:
                found.append(file)
    return found, left


def _said_of_folder(folder: Path, found: Sequence[Path], left: Counter[str]) -> Iterator[str]:
    if found and left:
        kinds = ", ".join(f"{count} × {kind}" if count > 1 else kind for kind, count in sorted(left.items()))
        yield f"{folder}: left aside as no decisions: {kinds}"


def _named(files: Sequence[tuple[Path, bool]]) -> Iterator[Source]:
    """Name each file by its file name; files that share one also by the folders that tell them apart."""
    sharing: dict[str, list[Path]] = {}
    for path, _ in files:
        sharing.setdefault(path.name, []).append(path.resolve())
    for path, asked in sorted(files, key=lambda file: (file[0].name, str(file[0]))):
        yield Source(path, _name_among(path.resolve(), sharing[path.name]), asked)


def _name_among(path: Path, others: Sequence[Path]) -> str:
    for depth in range(1, len(path.parts)):
        if sum(other.parts[-depth:] == path.parts[-depth:] for other in others) == 1:
            return "/".join(path.parts[-depth:])
    return path.name


def _failure(path: Path, issue: str) -> DocumentReport:
    return DocumentReport(path.name or str(path), str(path), DocumentStatus.FAILED, issues=(f"{path}: {issue}",))


def _fault(path: Path) -> str:
    if not path.exists():
        return "there is no such file or folder; check the path"
    return f"files of this kind are not read; give {_kinds()}"


def _kinds() -> str:
    return ", ".join(sorted(SUFFIXES))
