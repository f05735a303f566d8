"""Relations between things, read from the graph: who leads, delivers and partners, where, and what changed what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.identifiers import entity_iri
from graph.model import Entity, Evidence, RelationKind
from graph.stated.decisions import document_of
from graph.stated.evidence import evidence_of
from graph.stated.things import entities, iris_in, select_in_batches, text_of
from graph.stores.store import Store
from graph.vocabulary import RELATION

_KIND = {str(iri): kind for kind, iri in RELATION.items()}


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """A relation with the document that states it.

    A decision stands as its IRI, anything else as its Entity. If the object is only words, such as a date, `object` is
    "".
    """

    iri: str
    document: str  #: file name
    subject: Entity | str
    subject_words: str  #: the reference as printed, where the subject is a decision
    kind: RelationKind
    object: Entity | str
    object_words: str
    detail: str
    evidence: tuple[Evidence, ...]


def relations_of(store: Store, thing: Entity | str) -> tuple[StatedRelation, ...]:
    """Return the relations that name an entity; for a decision, given by its IRI, those that name it or stand in it."""
    iri = entity_iri(thing) if isinstance(thing, Entity) else URIRef(thing)
    found = select_in_batches(store, "app-relations-of", "thing", [iri])
    return _relations(store, {row["relation"] for row in found})


def all_relations(store: Store) -> tuple[StatedRelation, ...]:
    """Return every relation of the graph, ordered by document."""
    return _relations(store, None)


def _relations(store: Store, wanted: Iterable[Node] | None) -> tuple[StatedRelation, ...]:
    rows = select_in_batches(store, "app-relations", "relation", wanted)
    known = entities(store, iris_in(rows, "subject", "object"))
    evidence = evidence_of(store, [row["relation"] for row in rows])
    relations = [
        StatedRelation(
            iri=str(row["relation"]),
            document=document_of(str(row["relation"])),
            subject=known.get(str(row["subject"]), str(row["subject"])),
            subject_words=text_of(row, "subjectWords"),
            kind=_KIND[str(row["kind"])],
            object=known.get(text_of(row, "object"), text_of(row, "object")),
            object_words=text_of(row, "objectWords"),
            detail=text_of(row, "detail"),
            evidence=evidence.get(str(row["relation"]), ()),
        )
        for row in rows
        if str(row["kind"]) in _KIND
    ]
    return tuple(sorted(relations, key=lambda relation: relation.iri))
