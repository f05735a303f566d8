"""All relations of one document: to other decisions, to its subjects, to everything it mentions, and its facts."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Decision, Relation, RelationKind
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.relations.decision_links import decision_relations, name_of_decision
from ingest.extract.relations.named_texts import read_names
from ingest.extract.relations.subjects import about_relations, mention_relations


def extract_relations(
    document: Document, decision: Decision, names: NameIndex, facts: Iterable[Relation] = ()
) -> tuple[Relation, ...]:
    """Return the relations that the document states, each once with all its evidence.

    `facts` were read with the money.
    """
    subject = name_of_decision(document, decision)
    named = read_names(document, decision, names)
    found = [
        *decision_relations(document, decision),
        *about_relations(named, decision, subject),
        *facts,
        *mention_relations(named, decision, subject),
    ]
    return tuple(merged(found))


def merged(relations: Iterable[Relation]) -> list[Relation]:
    """Return each relation once, with all its evidence and with the first detail given."""
    kept: dict[tuple[object, RelationKind, object], Relation] = {}
    for relation in relations:
        key = (relation.subject, relation.kind, relation.object)
        known = kept.get(key)
        if known:
            evidence = tuple(dict.fromkeys(known.evidence + relation.evidence))
            relation = Relation(known.subject, known.kind, known.object, evidence, known.detail or relation.detail)
        kept[key] = relation
    return list(kept.values())
