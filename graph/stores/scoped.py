"""Limits a query to one of several builds in a server, by rewriting it to look in that build's graphs alone.

A build has one graph that holds every triple once, which stands for the default graph, and a graph for each document.
Queries are rewritten because the protocol's own means, a dataset, would have to list every document's graph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.errors import RefusedQuery
from graph.identifiers import GRAPH
from graph.stores.binding import OPAQUE
from graph.stores.terms import Row
from graph.vocabulary import BASE

IN_SERVER = "_in_server"  #: ends the variable that holds the name which a graph has in the server
CATALOGUE = f"{BASE}builds"  #: graph that says which builds a server has, and which of their graphs
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_GRAPH = re.compile(r"\bGRAPH\s*(?:<(?P<iri>[^<>]*)>|(?P<variable>[?$]\w+)\s*(?=\{))", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\s*(?:NAMED\s*)?<(?P<iri>[^<>]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs of one build."""

    key: str

    @property
    def iri(self) -> str:
        """The IRI of the build as a dataset."""
        return f"{BASE}build/{self.key}"

    @property
    def whole(self) -> str:
        """The IRI of the graph that holds every triple of the build once."""
        return f"{self.iri}/all"

    @property
    def prefix(self) -> str:
        """The beginning of the IRIs of the build's other graphs."""
        return f"{self.iri}/graph/"

    def inside(self, graph: str) -> str:
        """Return the IRI that a graph has in the server, as one of this build."""
        return f"{self.prefix}{graph.removeprefix(GRAPH)}" if graph.startswith(GRAPH) else graph

    def row(self, row: Row) -> Row:
        """Return a row of this build's answer as the embedded store gives it."""
        return {name: self.outside(node) for name, node in row.items() if not name.endswith(IN_SERVER)}

    def outside(self, node: Node) -> Node:
        """Return a term in which the IRI of one of the build's graphs has become the graph's usual IRI."""
        if isinstance(node, URIRef) and node.startswith(self.prefix):
            return URIRef(f"{GRAPH}{node.removeprefix(self.prefix)}")
        return node

    def query(self, text: str) -> str:
        """Return a query rewritten to ask this build alone.

        Raises:
            RefusedQuery: The query has no group of patterns, such as DESCRIBE with only a name.
        """
        plain = _visible(text)
        if _FROM.search(plain):  # it says itself which graphs it reads
            return self._renamed(self._renamed(text, _FROM), _GRAPH)
        found = _groups(plain)
        if not found:
            raise RefusedQuery("query: has no WHERE with patterns; at a SPARQL server write them, as CONSTRUCT does.")
        *before, (start, end) = found
        head, group = text[:start], self._kept_inside(text[start : end + 1])
        form = _FORM.search(plain)
        if form and form[1].upper() == "CONSTRUCT" and not before:  # CONSTRUCT WHERE: the patterns are the template
            head = f"{text[: form.end()]} {text[start : end + 1]} WHERE "
        return f"{head}{{ GRAPH <{self.whole}> {group} }}{text[end + 1 :]}"

    def _renamed(self, text: str, named: re.Pattern[str]) -> str:
        """Return the text with the graphs after a keyword renamed as they are in the build."""
        parts, done = [], 0
        for match in named.finditer(_visible(text)):
            if match["iri"] is not None:
                start, end = match.span("iri")
                parts += [text[done:start], self.inside(match["iri"])]
                done = end
        return "".join([*parts, text[done:]])

    def _kept_inside(self, text: str) -> str:
        """Return a group whose GRAPH patterns look only in this build's graphs."""
        plain = _visible(text)
        parts, done = [], 0
        for match in _GRAPH.finditer(plain):
            if match["variable"] is None or match.start() < done:
                continue
            end = _end_of(plain, match.end())
            group = self._kept_inside(text[match.end() : end + 1])
            parts += [text[done : match.start()], self._named(match["variable"], group)]
            done = end + 1
        return self._renamed("".join([*parts, text[done:]]), _GRAPH)

    def _named(self, variable: str, group: str) -> str:
        """Return the pattern that a group holds in one of this build's graphs, whose usual name a variable then has."""
        here = f"{variable}{IN_SERVER}"
        name = f'IRI(CONCAT("{GRAPH}", STRAFTER(STR({here}), "{self.prefix}")))'
        says_it = re.search(rf"[?$]{variable[1:]}\b", _visible(group))
        bound = f"FILTER({variable} = {name})" if says_it else f"BIND({name} AS {variable})"
        return f'{{ GRAPH {here} {group} FILTER(STRSTARTS(STR({here}), "{self.prefix}")) {bound} }}'


def _visible(text: str) -> str:
    """Return the text with comments and strings blanked out; its length stays the same."""
    return OPAQUE.sub(lambda found: found[0] if found[0].startswith("<") else " " * len(found[0]), text)


def _groups(plain: str) -> list[tuple[int, int]]:
    """Return the (start, end) of the query's template, if it has one, and of its patterns."""
    form = _FORM.search(plain)
    start = plain.find("{", form.end() if form else 0)
    if start < 0:
        return []
    first = (start, _end_of(plain, start))
    if form is None or form[1].upper() != "CONSTRUCT" or re.search(r"\bWHERE\s*$", plain[form.end() : start], re.I):
        return [first]
    start = plain.find("{", first[1] + 1)
    return [first, (start, _end_of(plain, start))] if start >= 0 else []


def _end_of(plain: str, start: int) -> int:
    """Return the offset of the end of the group that begins at `start`.

    Raises:
        RefusedQuery: The group does not end.
    """
    depth = 0
    for at in range(start, len(plain)):
        depth += {"{": 1, "}": -1}.get(plain[at], 0)
        if depth == 0:
            return at
    raise RefusedQuery("query: cannot be run: a group that opens with { is not closed.")
