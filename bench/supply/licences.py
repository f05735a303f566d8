"""Which licence each installed package has, and whether it may be used here.

`make licences` prints a line for each package and fails if one has a licence that `licences.csv` does not allow, or
none that can be made out. No licence that would bind our users (AGPL, GPL, SSPL) stands in that list. What torch's
builds for graphics cards bring is left out: it is NVIDIA's, under its own terms, and no part of the project needs it.
"""

from __future__ import annotations

import csv
import importlib.metadata
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.report import exit_code
from bench.supply.lock import CORE, GRAPHICS, LOCKED, TORCH, normal_name, read_list

FOLDER = Path(__file__).resolve().parent
#: a licence that may be used in what everybody installs, and so everywhere
ANYWHERE = "core"
OURSELVES = "whofunds"
REMEDY = "see docs/dependencies.md, Licences"
#: where packages are installed: setuptools puts copies of others on the path when it is imported
INSTALLED_IN = list(dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib")))
LONGEST_STATED = 80  #: characters of a licence field that are compared; some hold the whole text


@dataclass(frozen=True, slots=True)
class Licensed:
    """An installed package with its licence."""

    name: str
    version: str
    stated: str  #: the metadata's own words, the first line
    licence: str  #: SPDX expression; empty if none can be made out
    is_core: bool  #: True if everybody installs it, not only who wants an extra


def installed() -> list[Licensed]:
    """Return the packages of this environment by name, less our own and those for graphics cards."""
    core, left_out = _names(CORE) | {TORCH}, {OURSELVES, *_names(GRAPHICS)} - {TORCH}
    found = {
        name: _licensed(distribution, name in core)
        for distribution in importlib.metadata.distributions(path=INSTALLED_IN)
        if (name := normal_name(distribution.metadata["Name"] or "")) and name not in left_out
    }
    return [found[name] for name in sorted(found)]


def _names(of: str) -> set[str]:
    return {normal_name(package.name) for package in read_list(LOCKED / f"{of}.txt")}


def _licensed(distribution: importlib.metadata.Distribution, is_core: bool) -> Licensed:
    name, metadata = distribution.metadata["Name"], distribution.metadata
    return Licensed(name, distribution.version, stated_licence(metadata), licence_of(name, metadata), is_core)


def stated_licence(metadata: Any) -> str:
    """Return what a package's metadata says of its licence: its expression, its field's first line, its classifiers."""
    said = [metadata.get("License-Expression"), _field(metadata)[:LONGEST_STATED].strip(), *_classes(metadata)]
    return " | ".join(part for part in said if part)


def licence_of(name: str, metadata: Any) -> str:
    """Return the SPDX expression of a package's licence, or "" if none can be made out.

    The package's own expression comes first, then its field, then its classifiers (several are a choice), then what
    `package_licences.csv` says for exactly these words. So a package that changes its licence is not taken for what it
    was.
    """
    expression: str | None = metadata.get("License-Expression")
    if expression:
        return expression
    known, field, classes = _known(), _field(metadata), _classes(metadata)
    if field in known:
        return known[field]
    if field and is_expression(field):
        return field
    if classes and all(each in known for each in classes):
        return " OR ".join(sorted({known[each] for each in classes}))
    return _by_package().get((normal_name(name), stated_licence(metadata)), "")


def _field(metadata: Any) -> str:
    """Return the first line of the licence field, which may hold a name, a whole text, or "UNKNOWN"."""
    lines = (metadata.get("License") or "").strip().splitlines()
    return lines[0].strip() if lines and lines[0] != "UNKNOWN" else ""


def _classes(metadata: Any) -> list[str]:
    """Return the last part of each classifier of a licence, less the bare "OSI Approved"."""
    lines = [line.split(" :: ") for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return [parts[-1] for parts in lines if parts[-1] != "OSI Approved"]


@cache
def _known() -> Mapping[str, str]:
    return {row["stated"]: row["licence"] for row in _rows("stated_licences.csv")}


@cache
def _by_package() -> Mapping[tuple[str, str], str]:
    return {(row["package"], row["stated"]): row["licence"] for row in _rows("package_licences.csv")}


@cache
def allowed() -> Mapping[str, str]:
    """Return where each licence may be used: "core", which is everywhere, or "extras", which not everybody installs."""
    return {row["licence"]: row["where"] for row in _rows("licences.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _spdx() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def is_expression(text: str) -> bool:
    """Return True if the text is an expression of licences that SPDX knows."""
    from license_expression import ExpressionError

    try:
        return _spdx().parse(text, validate=True, strict=True) is not None
    except ExpressionError:
        return False


def is_allowed(licence: str, *, core: bool) -> bool:
    """Return True if a package may be used under the licence: of "A OR B" one is enough, of "A AND B" both are needed.

    Args:
        licence: SPDX expression.
        core: True if everybody installs the package.
    """
    return bool(licence) and _holds(_spdx().parse(licence), core)


def _holds(part: Any, core: bool) -> bool:
    if part.__class__.__name__ in ("AND", "OR"):
        within = [_holds(each, core) for each in part.args]
        return all(within) if part.__class__.__name__ == "AND" else any(within)
    symbol = getattr(part, "license_symbol", part)  # an exception ("WITH") only grants more
    where = allowed().get(symbol.key)
    return where == ANYWHERE or (where is not None and not core)


def faults(packages: Iterable[Licensed]) -> list[str]:
    """Return a line for each package whose licence is not allowed or cannot be made out."""
    found = []
    for package in packages:
        named = f"{package.name} {package.version}"
        if not package.licence:
            found.append(f"{named}: its licence cannot be made out from '{package.stated}'; {REMEDY}")
        elif not is_allowed(package.licence, core=package.is_core):
            place = "the core" if package.is_core else "an extra"
            found.append(f"{named}: the licence '{package.licence}' is not allowed in {place}; {REMEDY}")
    return found


def main() -> int:
    """Print each package's licence; return 1 if one is not allowed."""
    packages = installed()
    for package in packages:
        print(f"{package.name} {package.version}: {package.licence or '?'}")
    return exit_code(faults(packages))


if __name__ == "__main__":
    sys.exit(main())
