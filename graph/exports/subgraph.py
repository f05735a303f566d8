"""The triples about what an export's filters keep, and about nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.exports.threshold import Triple, whole_of
from graph.identifiers import ID, document_name, entity_id
from graph.stated.decisions import document_of
from graph.vocabulary import WF

#: what a total or a correction is about: it is left if any of that is
_ABOUT = frozenset({WF.totals, WF.corrects, WF.hasName})
_MONEY = ("/flow/", "/award/")
_DECISION = f"{ID}decision/"
_RELATION = "/relation/"


@dataclass(frozen=True, slots=True)
class Left:
    """What the filters keep: documents by name, everything else by IRI."""

    money: Collection[str]  #: flows and awards
    things: Collection[str]  #: organisations, programmes, places, funds
    decisions: Collection[str]
    documents: Collection[str]  #: file names
    relations: Collection[str]  #: statements between things


def subgraph(triples: Iterable[Triple], left: Left) -> Iterator[Triple]:
    """Yield the triples about what is kept, and about the concepts and years that it names.

    A triple that points to something left out is left out with it, so that no address leads nowhere.
    """
    chosen = _Chosen(left)
    waiting: dict[Node, list[Triple]] = defaultdict(list)
    about: dict[Node, list[Triple]] = defaultdict(list)
    reached: list[Triple] = []
    for triple in triples:
        subject, predicate, value = triple
        holds = chosen.holds(subject)
        if holds is False or chosen.holds(value) is False:
            continue
        if holds:
            reached.append(triple)
        else:
            waiting[subject].append(triple)
        if predicate in _ABOUT:
            about[subject].append(triple)
    reached += [triple for subject in about if subject in waiting for triple in waiting.pop(subject)]
    while reached:
        yield from reached
        named = {value for _, _, value in reached if value in waiting}
        reached = [triple for value in named for triple in waiting.pop(value)]


class _Chosen:
    """Tells whether an address is kept; each address is worked out once."""

    def __init__(self, left: Left) -> None:
        self._left = left
        self._known: dict[Node, bool | None] = {}

    def holds(self, node: Node) -> bool | None:
        """Return whether what an address names is kept; None if the address alone does not tell."""
        if not isinstance(node, URIRef):
            return None
        if node not in self._known:
            self._known[node] = self._judged(whole_of(str(node)))
        return self._known[node]

    def _judged(self, iri: str) -> bool | None:
        left = self._left
        if entity_id(iri):
            return iri in left.things
        if iri.startswith(_DECISION):
            return iri in left.decisions
        if (name := document_name(iri)) is not None:
            return name in left.documents
        document = document_of(iri)
        if not document:
            return None
        part = iri.removeprefix(f"{ID}document/").partition("/")[2]
        if f"/{part}".startswith(_MONEY):
            return iri in left.money
        if f"/{part}".startswith(_RELATION):
            return iri in left.relations
        if f"/{part}".startswith(("/total/", "/new-name/")):
            return None if document in left.documents else False
        return document in left.documents
