"""The lists of packages: every file that pip takes has a hash, nothing is missing, and the lists agree."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.version import Version

from bench.supply import lock
from bench.supply.lock import (
    CONSTRAINTS,
    CORE,
    GRAPHICS,
    LIGHT,
    LOCKED,
    OF_THE_MODEL,
    PROCESSOR,
    PROJECT,
    TORCH,
    UNUSED,
    WEIGHTS,
    Locked,
    normal_name,
    parse,
    read_list,
)

TABLE = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = TABLE["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = TABLE["project"]["optional-dependencies"]
#: what runs the model
HEAVY = {TORCH, "sentence-transformers", "transformers", "scipy", "scikit-learn", "sympy", "safetensors"}
LISTS = sorted(LOCKED.glob("*.txt"))
REMAKE = "run `make lock`"


def versions_here(*lists: str) -> dict[str, str]:
    """The version that each package of the lists has on this machine, by its normal name."""
    return {
        normal_name(package.name): package.version
        for name in lists
        for package in read_list(LOCKED / f"{name}.txt")
        if Requirement(package.pin).marker is None or Requirement(package.pin).marker.evaluate()  # type: ignore[union-attr]
    }


def needed(requirement: str, extra: str = "") -> bool:
    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": extra})


def missing_of(distribution: str, extras: set[str], locked: dict[str, str], seen: set[tuple[str, str]]) -> list[str]:
    """What a distribution needs, directly or not, that has no fitting version in the lists."""
    faults = []
    for text in importlib.metadata.requires(distribution) or []:
        requirement = Requirement(text)
        name = normal_name(requirement.name)
        if not any(needed(text, extra) for extra in extras | {""}):
            continue
        if name != "whofunds" and (name not in locked or not requirement.specifier.contains(Version(locked[name]))):
            faults.append(f"{distribution} needs {requirement}, locked is {locked.get(name, 'nothing')}; {REMAKE}")
            continue
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                faults += missing_of(name, {extra}, locked, seen)
    return faults


def test_there_is_a_list_for_the_core_for_each_kind_of_torch_and_for_each_extra() -> None:
    assert {path.stem for path in LISTS} == {CORE, LIGHT, PROCESSOR, GRAPHICS, *EXTRAS}, REMAKE


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_every_package_of_a_list_is_pinned_and_has_the_hash_of_each_file(path: Path) -> None:
    packages = read_list(path)
    assert all(package.hashes for package in packages)
    assert all(found.startswith("sha256:") and len(found) == 71 for package in packages for found in package.hashes)


def test_the_lists_hold_the_versions_of_the_constraints_and_no_others() -> None:
    pins = {(package.name, package.version) for package in read_list(CONSTRAINTS)}
    locked = {(one.name, one.version) for path in LISTS if path.stem != PROCESSOR for one in read_list(path)}
    assert locked == pins, REMAKE


def test_the_light_list_has_all_that_the_rest_of_the_project_needs() -> None:
    """Left out are the libraries that run the model, what pyvis asks for and nothing uses, and what they alone need."""
    core = read_list(LOCKED / f"{CORE}.txt")
    light = read_list(LOCKED / f"{LIGHT}.txt")
    assert [package for package in core if package in light] == light, REMAKE
    locked, seen = versions_here(LIGHT), set[tuple[str, str]]()
    assert not {*HEAVY, *UNUSED} & set(locked)
    wanted = {normal_name(Requirement(text).name) for text in DEPENDENCIES} - {*OF_THE_MODEL} | {WEIGHTS}
    assert wanted <= set(locked)
    carried = {WEIGHTS, "pyvis"}  # their files alone are used, none of their code
    faults = [fault for name in sorted(wanted - carried) for fault in missing_of(name, {""}, locked, seen)]
    assert faults == []


def test_an_install_has_the_model_and_what_runs_it() -> None:
    plain = {normal_name(Requirement(one).name) for one in DEPENDENCIES}
    assert {TORCH, WEIGHTS, "sentence-transformers", "transformers"} <= plain
    assert {*OF_THE_MODEL, "scikit-learn"} <= set(versions_here(CORE, PROCESSOR))


@pytest.mark.parametrize("name", UNUSED)
def test_what_pyvis_asks_for_is_imported_nowhere(name: str) -> None:
    folders = ("graph", "ingest", "app", "whofunds")
    modules = [path for folder in folders for path in (PROJECT / folder).rglob("*.py")]
    imports = re.compile(rf"^\s*(?:import|from) (?:{name}|pyvis)\b", re.IGNORECASE | re.MULTILINE)
    assert not [path for path in modules if imports.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("extra", ["", *sorted(EXTRAS)])
def test_the_lists_hold_whatever_the_project_needs_here(extra: str) -> None:
    """From what is installed: each requirement is followed, and those of other platforms are left out."""
    locked = versions_here(CORE, PROCESSOR, *({extra} - {""}))
    wanted = [*DEPENDENCIES, *TABLE["build-system"]["requires"]]
    wanted += [one for name in own_extras(extra) for one in EXTRAS[name] if not one.startswith("whofunds")]
    faults, seen = [], set[tuple[str, str]]()
    for text in wanted:
        requirement = Requirement(text)
        name = normal_name(requirement.name)
        if name not in locked or not requirement.specifier.contains(Version(locked[name])):
            faults.append(f"pyproject.toml needs {text}, locked is {locked.get(name, 'nothing')}; {REMAKE}")
        elif is_installed(name):
            faults += missing_of(name, set(requirement.extras), locked, seen)
    assert faults == []


def own_extras(extra: str) -> set[str]:
    """The extra, with those that it is made of."""
    within = {name for one in EXTRAS.get(extra, []) if one.startswith("whofunds") for name in Requirement(one).extras}
    return ({extra} if extra else set()) | {name for each in within for name in own_extras(each)}


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_torch_stands_in_two_lists_of_one_version_with_different_files() -> None:
    """pip prefers a file of the index over one on a disk if both stand in one list: only the index says its hashes."""
    [processor] = read_list(LOCKED / f"{PROCESSOR}.txt")
    graphics = next(package for package in read_list(LOCKED / f"{GRAPHICS}.txt") if package.name == TORCH)
    assert processor.name == TORCH
    assert processor.version.partition("+") == (graphics.version, "+", "cpu")
    assert not set(processor.hashes) & set(graphics.hashes)


def test_what_torch_alone_needs_for_graphics_cards_stands_in_no_other_list() -> None:
    others = [one for path in LISTS if path.stem not in (PROCESSOR, GRAPHICS) for one in read_list(path)]
    assert not [one.name for one in others if one.is_for_graphics or one.name == TORCH]
    assert all(one.is_for_graphics or one.name == TORCH for one in read_list(LOCKED / f"{GRAPHICS}.txt"))


def test_a_version_of_torch_without_a_known_build_for_the_processor_is_not_locked() -> None:
    with pytest.raises(lock.LockFailed, match=r"has no build of torch 9\.9\.9"):
        lock.processor_builds(Locked(TORCH, "9.9.9", "", ()))


def test_pip_refuses_a_file_whose_hash_is_not_in_the_list(tmp_path: Path) -> None:
    """As `make install` calls pip; the file lies here, so that nothing is fetched."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "made_up_thing-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("made_up_thing.py", "")
        wheel.writestr(
            "made_up_thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: made-up-thing\nVersion: 1.0\n"
        )
        wheel.writestr(
            "made_up_thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("made_up_thing-1.0.dist-info/RECORD", "")
    wanted = tmp_path / "list.txt"
    wanted.write_text(Locked("made-up-thing", "1.0", "", ("sha256:" + "0" * 64,)).lines(), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += [
        "--no-index",
        "--find-links",
        str(tmp_path),
        "--target",
        str(tmp_path / "place"),
        "--requirement",
        str(wanted),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode != 0
    assert "HASHES" in done.stderr
    assert not (tmp_path / "place").exists()


def test_the_makefile_installs_by_hash_without_dependencies_and_without_building() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    calls = [line for line in makefile.splitlines() if "pip install" in line or "$(PIP) install" in line]
    assert len(calls) == 2, calls
    assert "--require-hashes --no-deps --only-binary :all:" in calls[0]
    assert "--no-deps --no-index --no-build-isolation --editable ." in calls[1]


NAMES = st.text("abcxyz019-", min_size=1, max_size=12)
PACKAGES = st.builds(
    Locked,
    NAMES,
    st.sampled_from(["1", "2.13.0", "20260107", "3.5.1.20261017", "2.13.0+cpu"]),
    st.sampled_from(["", "sys_platform == 'win32'", "python_full_version < '3.12' and sys_platform == 'linux'"]),
    st.lists(st.binary(min_size=32, max_size=32).map(lambda digest: f"sha256:{digest.hex()}"), max_size=3).map(tuple),
)


@given(st.lists(PACKAGES, max_size=5))
def test_what_is_written_is_read_back(packages: list[Locked]) -> None:
    assert parse("# a head\n" + "".join(package.lines() for package in packages)) == packages


def test_a_requirement_without_an_exact_version_is_refused() -> None:
    with pytest.raises(ValueError, match="'numpy>=2' is not pinned"):
        parse("numpy>=2\n")


def test_a_version_stays_unless_it_is_to_be_upgraded() -> None:
    every = lock.kept_pins([])
    assert len(every) == len(read_list(CONSTRAINTS))
    assert set(every) - set(lock.kept_pins(["NumPy"])) == {pin for pin in every if pin.startswith("numpy==")}
    assert lock.kept_pins([lock.EVERYTHING]) == []
