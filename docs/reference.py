"""Make docs/commands.md, docs/settings.md, docs/ontology.md and docs/vocabulary.html from the code."""

from __future__ import annotations

import argparse
import importlib
import logging
import re
from dataclasses import fields
from pathlib import Path

from graph import settings as settings_module
from graph.settings import PROJECT, Settings

DOCS = PROJECT / "docs"
NOTE = "This page is made from the code by `docs/reference.py`; change the code, not the page."

COMMANDS_INTRO = f"""# Commands

{NOTE}

Results go to standard output, progress and messages to standard error.
Progress is a bar in a terminal, and in a log a line every few seconds; `--quiet` silences it.
With `--json` a command prints for programs; without it, for people.

| Exit code | Meaning |
| --- | --- |
| 0 | all was done |
| 1 | some or all of the work could not be done; a line for each fault says what, where and what to do |
| 2 | wrong usage |
"""

SETTINGS_INTRO = f"""# Settings

{NOTE}

Every setting is an environment variable, read once when a command or the app starts.
An option of a command wins over the variable.
None is needed: each has a default.

| Variable | Default | Meaning |
| --- | --- | --- |
"""

SETTINGS_END = """
Two more variables help to find a fault:

| Variable | Meaning |
| --- | --- |
| `WHOFUNDS_LOG` | how much a command says of its work on standard error: `error` (the default), `warning`, `info` or `debug` |
| `WHOFUNDS_DEBUG` | `1` shows where in the code an unexpected fault arose |
"""

ONTOLOGY_INTRO = f"""# Ontology

{NOTE}

The terms below are our own; `ontologies/whofunds.ttl` has them, [vocabulary.html](vocabulary.html) shows them with their examples and how they hang together, and `ontologies/shapes.ttl` says what data must hold.
Everything else is reused: W3C ORG for organisations, SKOS for names and kinds, PROV-O for where a statement came from, DCTERMS for documents, schema.org `MonetaryGrant` for grants and `Grant` for awards without a sum, the years of reference.data.gov.uk.
The prefix `wf:` stands for `https://w3id.org/whofunds/ontology#`.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    built: argparse.ArgumentParser = importlib.import_module("app.cli").command_parser()
    return built


def subcommands(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands by name, in the order of the help."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def commands_page() -> str:
    """docs/commands.md."""
    top = parser()
    parts = [COMMANDS_INTRO]
    for name, command in subcommands(top).items():
        parts.append(
            f"## whofunds {name}\n\n{_sentences(command.description)}\n{_example(command)}\n{_options(command)}"
        )
    return "\n".join(parts)


def _sentences(text: str | None) -> str:
    """One sentence a line."""
    return re.sub(r"(?<=[a-z)][.;]) (?=[A-Z])", "\n", " ".join((text or "").split())) + "\n"


def _example(command: argparse.ArgumentParser) -> str:
    example = (command.epilog or "").strip().removeprefix("example:").strip()
    return f"    {example}\n" if example else ""


def _options(command: argparse.ArgumentParser) -> str:
    lines = ["| Argument | Meaning |", "| --- | --- |"]
    for action in command._actions:
        if isinstance(action, argparse._HelpAction) or action.help == argparse.SUPPRESS:
            continue
        lines.append(f"| `{_written(action)}` | {_cell(_help(command, action))} |")
    return "\n".join(lines) + "\n"


def _written(action: argparse.Action) -> str:
    if action.choices is not None:
        value = "\\|".join(map(str, action.choices))
    else:
        value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return f"{value}{'...' if action.nargs in ('*', '+') else ''}"
    return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {value}")


def _help(command: argparse.ArgumentParser, action: argparse.Action) -> str:
    values = {**vars(action), "prog": command.prog}
    return (action.help or "") % values


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def setting_meanings() -> dict[str, str]:
    """The comment beside each field of Settings."""
    source = Path(settings_module.__file__).read_text(encoding="utf-8")
    return dict(re.findall(r"^    (\w+): [^#\n]*#: (.+)$", source, flags=re.MULTILINE))


def settings_page() -> str:
    """docs/settings.md."""
    meanings, defaults = setting_meanings(), Settings()
    rows = [
        f"| `WHOFUNDS_{field.name.upper()}` | {_default(getattr(defaults, field.name))} | {_cell(meanings[field.name])} |"
        for field in fields(Settings)
    ]
    return SETTINGS_INTRO + "\n".join(rows) + "\n" + SETTINGS_END


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, Path):
        value = value.relative_to(PROJECT) if value.is_absolute() else value
    return f"`{value}`" if str(value) else "none"


def ontology_page() -> str:
    """docs/ontology.md."""
    from rdflib import OWL, RDF, Graph

    ontology = Graph().parse(PROJECT / "ontologies" / "whofunds.ttl", format="turtle")
    parts = [ONTOLOGY_INTRO]
    for title, kind in (
        ("Classes", OWL.Class),
        ("Relations", OWL.ObjectProperty),
        ("Values", OWL.DatatypeProperty),
    ):
        terms = sorted(map(str, ontology.subjects(RDF.type, kind)))
        rows = [row for term in terms if (row := _term_row(ontology, term))]
        parts.append(f"## {title}\n\n| Term | Name | Definition |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _term_row(ontology: object, iri: str) -> str:
    from rdflib import RDFS, SKOS, Graph, URIRef

    assert isinstance(ontology, Graph)
    if not iri.startswith("https://w3id.org/whofunds/ontology#"):
        return ""
    term = URIRef(iri)
    label = ontology.value(term, RDFS.label) or ""
    definition = ontology.value(term, SKOS.definition) or ontology.value(term, RDFS.comment) or ""
    return f"| `wf:{iri.partition('#')[2]}` | {_cell(str(label))} | {_cell(str(definition))} |"


def vocabulary_page() -> str:
    """docs/vocabulary.html: every term with its definition, example, domain, range and kin, written by pyLODE."""
    page = _by_pylode(_terms_for_people())
    page = re.sub(r'\s*<a [^>]*id="version">[^<]*</a>', "", page)  # of pyLODE; the terms do not change with it
    return re.sub(r"\n\s+", "\n", page) + "\n"


def _terms_for_people() -> object:
    """Return the ontology in the form that pyLODE shows best."""
    from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal

    terms = Graph().parse(PROJECT / "ontologies" / "whofunds.ttl", format="turtle")
    for scheme in list(terms.subjects(RDF.type, SKOS.ConceptScheme)):
        terms.remove((scheme, None, None))  # a second title of the page
    for concept in list(terms.subjects(RDF.type, SKOS.Concept)):
        terms.remove((concept, SKOS.inScheme, None))
        terms.remove((concept, RDF.type, SKOS.Concept))
        terms.add((concept, RDF.type, OWL.NamedIndividual))
    for term in list(terms.subjects(RDFS.comment)):
        # the comment and the definition would be two descriptions, in the order of the alphabet
        said = [str(terms.value(term, SKOS.definition)), *sorted(map(str, terms.objects(term, RDFS.comment)))]
        terms.remove((term, RDFS.comment, None))
        terms.set((term, SKOS.definition, Literal(" ".join(said), lang="en")))
    return terms


def _by_pylode(terms: object) -> str:
    """Return the page that pyLODE makes; what it does to logging, which is for a whole program, is undone."""
    root = logging.getLogger()
    handlers, level, below = list(root.handlers), root.level, root.manager.disable
    logging.disable(logging.INFO)
    try:
        from pylode import OntPub

        return str(OntPub(terms).make_html())
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.disable(below)


PAGES = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "ontology.md": ontology_page,
    "vocabulary.html": vocabulary_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
