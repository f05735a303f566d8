"""Invented decisions for tests of extraction: a few words in, who pays whom out."""

from __future__ import annotations

from functools import cache

from graph.model import Record
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract import extract_record
from ingest.extract.scope.document import Scope, read_scope
from ingest.readers import read_bytes

_PAPER = """# Police and Crime Commissioner for {area}

Decision 12/2023

Title: {title}

## Executive summary

{summary}

## Recommendation

{recommendation}

## Financial comments

{words}
"""


@cache
def names() -> NameIndex:
    """Return the index of the registry that the project ships."""
    return NameIndex(load_registry(Settings().data / "registry"))


def paper(
    words: str,
    *,
    title: str = "Community safety grants",
    summary: str = "The Commissioner is asked to fund services in 2023/24.",
    recommendation: str = "To note this paper.",
    area: str = "Norfolk",
) -> bytes:
    """Return a decision whose financial comments are the words."""
    text = _PAPER.format(words=words, title=title, summary=summary, recommendation=recommendation, area=area)
    return text.encode()


def told(words: str, **parts: str) -> Record:
    """Return what is read from a decision of the Commissioner for Norfolk with these financial comments."""
    return extract_record(read_bytes(paper(words, **parts), "told.md"), names())


def scope_of(words: str, **parts: str) -> Scope:
    """Return the ground for reading the figures of such a decision."""
    from ingest.extract.decisions.decision import read_decision

    document = read_bytes(paper(words, **parts), "told.md")
    return read_scope(document, read_decision(document, names()), names())


def flows(words: str, **parts: str) -> list[str]:
    """Return "payer > payee: amount years" for each flow, in order; the body is "PCC", an open party "?"."""
    return sorted(
        f"{_said(flow.funder and flow.funder.name)} > {_said(flow.recipient and flow.recipient.name)}: "
        f"{flow.amount:.0f} {'+'.join(flow.years)}".strip()
        for flow in told(words, **parts).flows
    )


def standings(words: str, **parts: str) -> list[str]:
    """Return "amount kind status" for each flow, in order."""
    return sorted(f"{flow.amount:.0f} {flow.kind} {flow.status}" for flow in told(words, **parts).flows)


def _said(name: str | None) -> str:
    return (name or "?").replace("Police and Crime Commissioner for Norfolk", "PCC")
