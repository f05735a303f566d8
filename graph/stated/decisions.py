"""The loaded decisions, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.identifiers import document_name
from graph.model import Entity
from graph.queries import query
from graph.stated.things import entities, entity_of, iris_in, text_of
from graph.stores.store import Store

PART_OF_DOCUMENT = "/id/document/"


@dataclass(frozen=True, slots=True)
class DecisionHead:
    """The decision that a document records, in short."""

    iri: str
    document: str  #: file name
    reference: str | None
    title: str
    body: Entity | None
    decided_by: str
    signed: str  #: ISO date with the precision of the source; "" if not stated
    record_type: str
    source: str
    summary: str = ""
    titled: str = ""  #: what its title dates it by: an ISO date or month, else a financial year

    @property
    def caption(self) -> str:
        """The label to show for the decision: its reference, else its title, else the file name."""
        return self.reference or self.title or self.document


def caption_of(document: str, heads: Mapping[str, DecisionHead]) -> str:
    """Return the label to show for the decision of a document; the document's name if it has no decision."""
    head = heads.get(document)
    return head.caption if head is not None else document


def decision_heads(store: Store) -> dict[str, DecisionHead]:
    """Return the decision that each loaded document records, by file name, latest signature first."""
    rows = store.select(query("app-decisions"), {})
    known = entities(store, iris_in(rows, "body"))
    heads: dict[str, DecisionHead] = {}
    for row in rows:
        if document_name(text_of(row, "graph")) != text_of(row, "document"):
            continue  # another graph speaks of this decision
        heads.setdefault(
            text_of(row, "document"),
            DecisionHead(
                iri=text_of(row, "decision"),
                document=text_of(row, "document"),
                reference=text_of(row, "reference") or None,
                title=text_of(row, "title"),
                body=entity_of(row, "body", known),
                decided_by=text_of(row, "decidedBy"),
                signed=text_of(row, "signed"),
                record_type=text_of(row, "recordType"),
                source=text_of(row, "source"),
                summary=text_of(row, "abstract"),
                titled=text_of(row, "titled"),
            ),
        )
    return latest_first(heads.values())


def latest_first(heads: Iterable[DecisionHead]) -> dict[str, DecisionHead]:
    """Return decisions by document, the latest signature first; unsigned ones come last."""
    ordered = sorted(heads, key=lambda head: (head.signed, head.caption), reverse=True)
    return {head.document: head for head in ordered}


def document_of(iri: str) -> str:
    """Return the file name of the document in the IRI of a flow, check or relation; "" for any other IRI."""
    from urllib.parse import unquote

    _, found, rest = iri.partition(PART_OF_DOCUMENT)
    return unquote(rest.partition("/")[0]) if found else ""
