"""The competency questions as example queries, and the version of the vocabulary that they use."""

from __future__ import annotations

import re
from pathlib import Path

_VERSION = re.compile(r'owl:versionInfo\s+"([^"]+)"')


def example_queries(ontologies: Path) -> dict[str, str]:
    """Return each competency question -> its SPARQL query; without bound values a query is about everything."""
    found: dict[str, str] = {}
    for path in sorted((ontologies / "questions").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[text.partition("\n")[0].lstrip("# ").strip()] = text
    return found


def vocabulary_version(ontologies: Path) -> str:
    """Return the version that the ontology file states."""
    found = _VERSION.search((ontologies / "whofunds.ttl").read_text(encoding="utf-8"))
    return found[1] if found else "not stated"
