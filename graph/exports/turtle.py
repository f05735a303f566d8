"""Turtle, sorted, so that a diff shows the change and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from graph.exports.threshold import Triple
from graph.stores.terms import to_oxigraph
from graph.vocabulary import PREFIXES

_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the triples as Turtle, sorted by the text of subjects, predicates and objects, with types first."""
    text = TermText(prefixes)
    blocks = blocks_of(triples, text)
    return head_of(text) + "\n\n" + "\n\n".join(blocks) + "\n"


def blocks_of(triples: Iterable[Triple], text: TermText) -> list[str]:
    """Return a block of Turtle for each subject, sorted."""
    subjects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples:
        term = "a" if predicate == RDF.type else text.of(predicate)
        subjects[text.of(subject)][term].add(text.of(value))
    return [_block(subject, subjects[subject]) for subject in sorted(subjects)]


def head_of(text: TermText) -> str:
    """Return the declarations of the prefixes that `text` has used."""
    return "\n".join(f"@prefix {name}: <{text.addresses[name]}> ." for name in sorted(text.used))


def _block(subject: str, values: Mapping[str, set[str]]) -> str:
    terms = sorted(values, key=lambda term: (term != "a", term))
    lines = [f"{term} " + ", ".join(sorted(values[term])) for term in terms]
    return f"{subject} " + " ;\n    ".join(lines) + " ."


class TermText:
    """Writes terms in Turtle, each only once, and remembers the prefixes it used."""

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self.addresses = prefixes
        self.prefixes = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self.used: set[str] = set()
        self.known: dict[Node, str] = {}

    def of(self, node: Node) -> str:
        """Return a term as Turtle writes it."""
        found = self.known.get(node)
        if found is None:
            found = self.known[node] = self._text(node)
        return found

    def _text(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return self._iri(str(node))
        full = str(to_oxigraph(node))
        if isinstance(node, Literal) and node.datatype and not node.language and node.datatype != XSD.string:
            quoted = _STRING.match(full)
            if quoted:
                return f"{quoted[0]}^^{self._iri(str(node.datatype))}"
        return full

    def _iri(self, iri: str) -> str:
        for name, base in self.prefixes:
            if iri.startswith(base) and _LOCAL.fullmatch(iri, len(base)):
                self.used.add(name)
                return f"{name}:{iri[len(base):]}"
        return f"<{iri}>"
