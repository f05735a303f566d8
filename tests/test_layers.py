"""Who may import whom, and how the code is laid out; read from the source with ast."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
LAYERS = ("graph", "ingest", "app", "whofunds")
FILES = sorted(path for layer in LAYERS for path in (PROJECT / layer).rglob("*.py"))
LONGEST_FILE = 400

#: layer -> layers that it must not import
FORBIDDEN = {
    "graph": {"ingest", "app", "whofunds"},
    "ingest": {"app", "whofunds"},
    "app": {"whofunds"},
    "whofunds": {"ingest"},  # the public face: what is in graph, and the command line
}

#: folder -> its parts in the order of the way through it; each imports only those before it
ORDER = {
    "graph/ask": ("known", "language", "result", "reading", "running", "saying", "asking", "rereading", "answerable"),
    "ingest/extract": (
        *("weights", "choice", "words", "decisions", "scope", "names", "relations", "statements", "slots", "sums"),
        *("tables", "account", "second_reader", "awards", "facts", "checks", "flows"),
    ),
}

#: library -> files or folders that may import it
HOMES = {
    "bs4": ("ingest/readers/", "ingest/fetch/links.py"),
    "dask": ("ingest/executor.py",),
    "distributed": ("ingest/executor.py",),
    "docx": ("ingest/readers/", "app/briefings/"),
    "httpcore2": ("ingest/fetch/connections.py",),
    "httpx2": ("ingest/fetch/",),
    "lancedb": ("graph/search/",),
    "networkx": ("graph/networks/", "graph/exports/", "graph/opened.py"),
    "openpyxl": ("ingest/readers/", "graph/exports/workbook.py", "app/briefings/excel.py"),
    "PIL": ("ingest/readers/", "app/briefings/picture.py"),
    "oxrdflib": ("graph/stores/",),
    "pdfplumber": ("ingest/readers/",),
    "plotly": ("app/",),
    "protego": ("ingest/fetch/asking.py",),
    "pypdf": ("ingest/readers/",),
    "pypdfium2": ("ingest/readers/",),
    "pyoxigraph": ("graph/stores/", "graph/rdf/"),
    "pyshacl": ("graph/rdf/validation.py",),
    "pytesseract": ("ingest/readers/",),
    "pyvis": ("app/",),
    "rdflib": ("graph/",),
    "sentence_transformers": ("graph/search/",),
    "streamlit": ("app/",),
    "torch": ("graph/search/",),
}

#: slow to import, or optional: only inside the function that needs them
NEVER_AT_TOP = {
    "dask",
    "distributed",
    "docx",
    "lancedb",
    "openpyxl",
    "PIL",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pypdf",
    "pypdfium2",
    "pyshacl",
    "pytesseract",
    "sentence_transformers",
    "torch",
    "transformers",
}
#: the pages of the app are loaded by Streamlit alone, so what is slow for a command is not for them
ALLOWED_AT_TOP_OF_PAGES = {"pandas"}


def name_of(path: Path) -> str:
    """The path as the messages say it."""
    return path.relative_to(PROJECT).as_posix()


def imports_of(tree: ast.AST, *, top_level: bool = False) -> Iterator[str]:
    """The first part of every imported name; with top_level, only of imports that run when the module is loaded."""
    for node in _loaded(tree) if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _loaded(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_for_types_only(node):
            continue
        yield node
        yield from _loaded(node)


def _is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


@cache
def parsed(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def modules() -> dict[str, Path]:
    """Our modules by their dotted names."""
    return {name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in FILES}


@cache
def our_imports(module: str) -> frozenset[str]:
    """The modules of ours that a module imports anywhere, for types alone too."""
    found: set[str] = set()
    for node in ast.walk(parsed(modules()[module])):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & modules().keys()
            found |= inside or {node.module}
    return frozenset(found & modules().keys() - {module})


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter({module: our_imports(module) for module in modules()}).prepare()
    except CycleError as error:
        pytest.fail(" is imported by ".join(error.args[1]))


@pytest.mark.parametrize("folder", ORDER)
def test_the_parts_of_a_folder_import_only_those_before_them(folder: str) -> None:
    order, inside = ORDER[folder], f"{folder.replace('/', '.')}."
    assert {path.stem for path in (PROJECT / folder).iterdir() if path.stem[0] != "_"} == set(order)
    part = {module: module.removeprefix(inside).split(".")[0] for module in modules() if module.startswith(inside)}
    faults = [
        f"{module} imports {other}"
        for module, own in part.items()
        for other in our_imports(module) & part.keys()
        if order.index(part[other]) > order.index(own)
    ]
    assert not faults, faults


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_says_the_order_of_its_parts(folder: str) -> None:
    said = ast.get_docstring(parsed(PROJECT / folder / "__init__.py")) or ""
    places = [said.find(f"`{part}`") for part in ORDER[folder]]
    assert -1 not in places and places == sorted(places)


def test_the_layers_have_files() -> None:
    assert {path.relative_to(PROJECT).parts[0] for path in FILES} == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    faults = [
        f"{name_of(path)} imports {name}"
        for path in FILES
        if path.relative_to(PROJECT).parts[0] == layer
        for name in imports_of(parsed(path))
        if name in FORBIDDEN[layer]
    ]
    assert not faults, faults


def test_each_heavy_library_is_imported_at_home_only() -> None:
    faults = [
        f"{name_of(path)} imports {name}, which belongs in {' or '.join(HOMES[name])}"
        for path in FILES
        for name in imports_of(parsed(path))
        if name in HOMES and not name_of(path).startswith(HOMES[name])
    ]
    assert not faults, faults


def test_slow_and_optional_libraries_are_imported_where_they_are_needed() -> None:
    faults = [
        f"{name_of(path)} imports {name} when it is loaded"
        for path in FILES
        for name in imports_of(parsed(path), top_level=True)
        if name in NEVER_AT_TOP and not (_is_page(path) and name in ALLOWED_AT_TOP_OF_PAGES)
    ]
    assert not faults, faults


def _is_page(path: Path) -> bool:
    return path.relative_to(PROJECT).parts[0] == "app" and path.name != "cli.py"


def test_the_command_line_starts_without_streamlit() -> None:
    tree = parsed(PROJECT / "app" / "cli.py")
    assert "streamlit" not in set(imports_of(tree, top_level=True))


def test_no_module_hides_its_subject() -> None:
    nameless = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [name_of(path) for path in FILES if nameless & {path.stem, *path.relative_to(PROJECT).parts}]


def test_no_module_of_the_app_hides_a_package() -> None:
    assert not {path.stem for path in (PROJECT / "app").glob("*.py")} & set(LAYERS)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_every_module_opens_with_a_line_that_says_what_it_holds() -> None:
    silent = [name_of(path) for path in FILES if not (ast.get_docstring(parsed(path)) or "").split("\n")[0].strip()]
    assert not silent, silent


def test_no_module_reaches_outside_the_repository() -> None:
    outside = [name_of(path) for path in FILES if "../shared" in path.read_text(encoding="utf-8")]
    assert not outside, outside


def test_the_import_reader_sees_what_runs_and_what_waits() -> None:
    tree = ast.parse(
        "from typing import TYPE_CHECKING\n"
        "import a.b\n"
        "if TYPE_CHECKING:\n    import c\n"
        "try:\n    from d import e\nexcept ImportError:\n    pass\n"
        "def f():\n    import g\n"
    )
    assert set(imports_of(tree, top_level=True)) == {"typing", "a", "d"}
    assert set(imports_of(tree)) == {"typing", "a", "c", "d", "g"}
