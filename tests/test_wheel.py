"""A wheel: one import name, everything that is read while whofunds works, and commands that run anywhere."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.settings import PROJECT
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
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's packages, as site-packages does; nobody may write in it."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, cwd: Path, *arguments: str, code: int = 0) -> str:
    """What Python prints, run in a folder that has nothing of the project, where only the wheel is on the path."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WHOFUNDS_")}
    done = subprocess.run(
        [sys.executable, "-P", *arguments], cwd=cwd, env={**environment, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr[-2000:]
    return done.stdout


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


def test_three_lines_give_all_three_forms(installed: Path, tmp_path: Path, sample_workspace: Path) -> None:
    said = run(
        installed, tmp_path, "-c",
        "import json, sys, whofunds\n"
        f"build = whofunds.open({str(sample_workspace)!r})\n"
        "forms = [build.flows(), build.graph(), build.network()]\n"
        "kinds = [f'{type(each).__module__}.{type(each).__name__}' for each in forms]\n"
        "print(json.dumps([kinds, [len(each) for each in forms], whofunds.__file__, sorted(sys.modules)]))",
    )  # fmt: skip
    kinds, lengths, where, modules = json.loads(said)
    assert kinds == ["pandas.DataFrame", "rdflib.graph.Graph", "networkx.classes.multidigraph.MultiDiGraph"]
    assert all(length > 100 for length in lengths)
    assert where.startswith(str(installed))
    assert not {"graph", "ingest", "app"} & set(modules)


def test_a_document_is_read(installed: Path, tmp_path: Path) -> None:
    sample = installed / "whofunds" / "data" / "decisions" / "mopac-pcd-1307.md"
    shutil.copy(sample, tmp_path)
    found = json.loads(run(installed, tmp_path, "-m", "whofunds", "extract", sample.name, "--json"))
    assert found["document"]["reference"] == "PCD 1307"
    assert found["flows"]


def test_a_question_is_answered(installed: Path, tmp_path: Path, sample_workspace: Path) -> None:
    where = ("--workspace", str(sample_workspace), "--json")
    answer = json.loads(run(installed, tmp_path, "-m", "whofunds", "ask", "who funds Drive in West Mercia", *where))
    assert answer["status"] == "answered"
    assert answer["citations"]


def test_a_query_is_run(installed: Path, tmp_path: Path, sample_workspace: Path) -> None:
    query = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a wf:FundingFlow }"
    beside = os.path.relpath(sample_workspace, tmp_path)
    assert run(installed, tmp_path, "-m", "whofunds", "sparql", query, "--workspace", beside).split()[-1].isdigit()


def test_a_page_of_the_app_is_drawn(installed: Path, tmp_path: Path, sample_workspace: Path) -> None:
    said = run(
        installed, tmp_path, "-c",
        "import os, sys, whofunds\n"
        f"os.environ['WHOFUNDS_WORKSPACE'] = {str(sample_workspace)!r}\n"
        "from pathlib import Path\n"
        "from streamlit.testing.v1 import AppTest\n"
        "main = Path(whofunds.__file__).parent / 'app' / 'main.py'\n"
        "page = AppTest.from_file(str(main), default_timeout=60).run()\n"
        "print(len(page.exception), 'graph' in sys.modules)\n"
        "print(*[part.body for part in page.get('html')])",
    )  # fmt: skip
    faults, _, shown = said.partition("\n")
    assert faults == "0 False"
    assert "150 decisions of " in shown
