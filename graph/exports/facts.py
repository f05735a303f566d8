"""Statements beside money as flat rows of text: who does what where, what is part of what, when it starts and ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.identifiers import entity_iri
from graph.model import Entity, RelationKind
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.relations import StatedRelation, all_relations
from graph.stores.store import Store


@dataclass(frozen=True, slots=True)
class FlatFact:
    """One statement; "" where nothing is known. The fields are the columns of the CSV."""

    id: str  #: IRI
    subject: str
    subject_kind: str  #: organisation | programme | place | fund | decision
    relation: str  #: as `extract --json` names it
    object: str  #: a name, a reference, an ISO date, a number or a share as printed
    object_kind: str  #: as of the subject; words where it names no thing
    detail: str
    decision: str  #: reference, or title
    document: str
    locator: str
    quote: str
    subject_id: str  #: IRI
    object_id: str  #: IRI; "" for words


def flat_facts(store: Store) -> list[FlatFact]:
    """Return every statement of the store but bare mentions, sorted by document and place in it."""
    heads = decision_heads(store)
    by_iri = {head.iri: head for head in heads.values()}
    told = (stated for stated in all_relations(store) if stated.kind is not RelationKind.MENTIONS)
    facts = [_flat(stated, heads.get(stated.document), by_iri) for stated in told]
    return sorted(facts, key=lambda fact: (fact.document, fact.id))


def _flat(stated: StatedRelation, head: DecisionHead | None, by_iri: Mapping[str, DecisionHead]) -> FlatFact:
    words = stated.evidence[0] if stated.evidence else None
    subject, subject_kind, subject_id = _end(stated.subject, stated.subject_words, by_iri)
    thing, object_kind, object_id = _end(stated.object, stated.object_words, by_iri)
    return FlatFact(
        id=stated.iri,
        subject=subject,
        subject_kind=subject_kind,
        relation=stated.kind.value,
        object=thing,
        object_kind=object_kind,
        detail=stated.detail,
        decision=head.caption if head else "",
        document=stated.document,
        locator=words.locator if words else "",
        quote=words.quote if words else "",
        subject_id=subject_id,
        object_id=object_id,
    )


def _end(end: Entity | str, words: str, by_iri: Mapping[str, DecisionHead]) -> tuple[str, str, str]:
    """Return the name of an end of a statement, its kind and its IRI."""
    if isinstance(end, Entity):
        return end.name, end.kind.value, str(entity_iri(end))
    if not end:
        return words, "words", ""
    return words or (by_iri[end].caption if end in by_iri else end), "decision", end
