"""TriG, sorted: each named graph with its triples, which shows which document states what."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from graph.exports.threshold import Triple
from graph.exports.turtle import TermText, blocks_of, head_of


def trig(graphs: Iterable[tuple[URIRef, Iterable[Triple]]]) -> str:
    """Return named graphs as TriG, in the order of their names; empty graphs are left out."""
    text = TermText()
    parts = []
    for name, triples in sorted(graphs, key=lambda each: str(each[0])):
        blocks = blocks_of(triples, text)
        if blocks:
            inner = "\n\n".join(blocks)
            parts.append(f"{text.of(name)} {{\n{inner}\n}}")
    return head_of(text) + "\n\n" + "\n\n".join(parts) + "\n"
