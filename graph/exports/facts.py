"""Relations as flat rows of text: who does what where, what is part of what, when something starts and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.exports.columns import CellType, about
from graph.exports.source import Source
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind, RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.relations import StatedRelation

_KINDS = (*map(str, EntityKind), "decision")


@dataclass(frozen=True, slots=True)
class FlatFact:
    """One relation as a row; "" for what is not known. The fields are the columns of the CSV."""

    id: str = field(metadata=about("address of the statement", CellType.IRI))
    subject: str = field(metadata=about("what it is about: a name, or the reference of a decision"))
    subject_kind: str = field(metadata=about("what that is", values=_KINDS))
    relation: str = field(metadata=about("how the two stand to each other", values=tuple(map(str, RelationKind))))
    object: str = field(metadata=about("a name, a reference, an ISO date, a number or a share as printed"))
    object_kind: str = field(metadata=about("what that is; words where it names no thing", values=(*_KINDS, "words")))
    detail: str = field(metadata=about("more of it, such as the years of a pilot"))
    decision: str = field(metadata=about("reference of the decision that states it, else its title"))
    document: str = field(metadata=about("file that was read"))
    locator: str = field(metadata=about("where in the document the words stand"))
    quote: str = field(metadata=about("the words"))
    subject_id: str = field(metadata=about("address of what it is about", CellType.IRI))
    object_id: str = field(metadata=about("address of the other; empty for words", CellType.IRI))


def flat_facts(source: Source, relations: Iterable[StatedRelation]) -> list[FlatFact]:
    """Return the relations as rows, without bare mentions, sorted by document and place in it."""
    by_iri = {head.iri: head for head in source.heads.values()}
    told = (stated for stated in relations if stated.kind is not RelationKind.MENTIONS)
    facts = [_flat(stated, source.heads.get(stated.document), by_iri) for stated in told]
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
