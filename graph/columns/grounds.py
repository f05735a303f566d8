"""What counting needs besides the flows (citations, figures at odds, lists), looked up in a build's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from graph.columns.columns import Columns
from graph.columns.lookups import LookedUp
from graph.counting.grounds import BETWEEN_DECISIONS, Grounds, two_at_odds
from graph.lists import is_list
from graph.model import Check

if TYPE_CHECKING:
    from graph.stated.flows import StatedFlow


def grounds_of_columns(columns: Columns, flows_of: Callable[[str], Iterable[StatedFlow]]) -> Grounds:
    """Return what counting needs besides the flows of a build.

    Args:
        columns: The build's tables.
        flows_of: Returns the flows of a document, given by name.
    """

    def documents() -> Iterable[str]:
        return columns.documents

    def decision(document: str) -> str | None:
        number = columns.numbers_of_documents.get(document)
        return columns.heads[number].iri if number is not None and number < columns.held else None

    def refers_to(iri: str) -> frozenset[str]:
        rows = columns.relations.at(columns.postings("relation_subjects").rows(iri))
        return frozenset(r.object for r in rows if r.kind in BETWEEN_DECISIONS and isinstance(r.object, str))

    def cited_by(iri: str) -> frozenset[str]:
        rows = columns.relations.at(columns.postings("relation_objects").rows(iri))
        return frozenset(str(r.subject) for r in rows if r.kind in BETWEEN_DECISIONS)

    def conflicts(document: str) -> tuple[Check, ...]:
        number = columns.numbers_of_documents.get(document)
        rows = columns.checks.at(columns.rows_in("checks", [number])) if number is not None else ()
        return tuple(each.check for each in rows if two_at_odds(each.check))

    types = columns.words("documents", "record_type")
    listed = {kind for kind in set(types) if is_list(kind)}
    return Grounds(
        decisions=LookedUp(decision, documents),
        refers_to=LookedUp(refers_to, lambda: columns.words("decisions", "word")),
        cited_by=LookedUp(cited_by, lambda: columns.words("relation_objects", "word")),
        flows=LookedUp(lambda document: tuple(flows_of(document)), documents),
        conflicts=LookedUp(conflicts, documents),
        lists=frozenset(name for name, kind in zip(columns.documents, types, strict=True) if kind in listed),
    )
