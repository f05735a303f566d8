"""Find the files of an ingest in folders and give each a unique name; never leave the folders that the user named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.files import kind_of, shown
from ingest.origin import ENDING
from ingest.readers import SUFFIXES
from ingest.report import DocumentReport, DocumentStatus

FOLDER_NOTES = {"readme", "licence", "license", "changelog", "contributing", "notice"}  #: speak of a folder


@dataclass(frozen=True, slots=True)
class Source:
    """One file to ingest, with the name that it gets in the build."""

    path: Path
    name: str  #: its file name, after folders of its path where two files of one run share it
    asked: bool  #: named by the user, not found in a folder

    @property
    def said(self) -> str:
        """The file's path, safe to print and store."""
        return shown(str(self.path))


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of an ingest, reports on files that cannot be read, and messages about the paths."""

    files: tuple[Source, ...]
    failures: tuple[DocumentReport, ...]
    messages: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """The files below a folder, sorted into those to read and those left out."""

    files: list[Path] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)  #: how many files of which ending are no documents
    faults: list[DocumentReport] = field(default_factory=list)
    linked: list[Path] = field(default_factory=list)  #: folders that are links


def find_sources(paths: Iterable[Path]) -> Sources:
    """Return the readable files of the paths in the order of their names.

    Folders are searched with all their subfolders. Only regular files are read. A link inside a folder is followed if
    it leads to a file of that folder; a link that the user names is followed wherever it leads.
    """
    files: dict[str, tuple[Path, bool]] = {}
    failures: list[DocumentReport] = []
    messages: list[str] = []
    for path in paths:
        if path.is_dir():
            found = _in_folder(path)
            for file in found.files:
                files.setdefault(os.path.realpath(file), (file, False))
            messages += _said_of_folder(path, found)
            failures += found.faults
            if not (found.files or found.faults):
                failures.append(_failure(path, f"no documents in this folder; it should hold {_kinds()} files"))
        elif fault := _fault(path):
            failures.append(_failure(path, fault))
        else:
            files[os.path.realpath(path)] = (path, True)
    return Sources(tuple(_named(list(files.values()))), tuple(failures), tuple(messages))


def _in_folder(folder: Path) -> _Found:
    """Return the documents below a folder, and the other files there."""
    found = _Found()
    root = Path(os.path.realpath(folder))

    def not_listed(error: OSError) -> None:
        place = Path(error.filename)
        found.faults.append(_failure(place, f"cannot be listed ({_why(error)}); check the permissions of this folder"))

    for place, folders, names in os.walk(folder, onerror=not_listed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.linked += [Path(place) / name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted(names):
            file = Path(place) / name
            if name.endswith(ENDING):  # says where the file beside it was published
                continue
            if name.startswith((".", "~$")):
                if file.suffix.lower() in SUFFIXES and not name.startswith("~$"):
                    found.left[f"hidden {file.suffix.lower()}"] += 1
                continue
            if file.suffix.lower() not in SUFFIXES:
                found.left[shown(file.suffix.lower()) or "no ending"] += 1
            elif file.stem.casefold() in FOLDER_NOTES:
                found.left[name] += 1
            elif fault := _fault_within(file, root):
                found.faults.append(_failure(file, fault))
            else:
                found.files.append(file)
    return found


def _fault_within(file: Path, root: Path) -> str:
    """Return the reason why a file of a folder is not read; "" if it is read."""
    if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(root):
        return "a link that leads out of the folder; put the file itself there, or name the link to have it read"
    return _fault_of_file(file)


def _fault_of_file(path: Path) -> str:
    try:
        kind = kind_of(path.stat().st_mode)
    except FileNotFoundError:
        return "a link to a file that is not there; mend it or take it away"
    except OSError as error:
        return f"cannot be opened ({_why(error)}); check the path and the permissions"
    return f"{kind}, and only files are read; take it out of the folder" if kind else ""


def _said_of_folder(folder: Path, found: _Found) -> Iterator[str]:
    if found.files and found.left:
        kinds = ", ".join(f"{count} × {kind}" if count > 1 else kind for kind, count in sorted(found.left.items()))
        yield f"{folder}: left aside as no decisions: {kinds}"
    for linked in found.linked:
        yield f"{shown(str(linked))}: a link to a folder is not followed; name that folder to have it read"


def _named(files: Sequence[tuple[Path, bool]]) -> Iterator[Source]:
    """Yield each file under its file name; files of the same name also get the folders that distinguish them."""
    sharing: dict[str, list[Path]] = {}
    for path, _ in files:
        sharing.setdefault(path.name, []).append(_in_full(path))
    for path, asked in sorted(files, key=lambda file: (file[0].name, str(file[0]))):
        yield Source(path, shown(_name_among(_in_full(path), sharing[path.name])), asked)


def _in_full(path: Path) -> Path:
    """Return a path with its folders resolved from the root.

    The file's own name stays as it is, even if it is a link.
    """
    return Path(os.path.realpath(path.parent)) / path.name


def _name_among(path: Path, others: Sequence[Path]) -> str:
    for depth in range(1, len(path.parts)):
        if sum(other.parts[-depth:] == path.parts[-depth:] for other in others) == 1:
            return "/".join(path.parts[-depth:])
    return path.name


def _failure(path: Path, issue: str) -> DocumentReport:
    said = shown(str(path))
    return DocumentReport(shown(path.name) or said, said, DocumentStatus.FAILED, issues=(f"{said}: {issue}",))


def _fault(path: Path) -> str:
    """Return the reason why a file that the user named is not read; "" if it is read."""
    if not os.path.lexists(path):
        return "there is no such file or folder; check the path"
    if fault := _fault_of_file(path):
        return fault
    return "" if path.suffix.lower() in SUFFIXES else f"files of this kind are not read; give {_kinds()}"


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _kinds() -> str:
    return ", ".join(sorted(SUFFIXES))
