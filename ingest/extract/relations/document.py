"""Relations of one document: between decisions, what it is about, what it mentions, and the facts beside money."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Decision, Relation
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.relations.decision_links import decision_relations, name_of_decision
from ingest.extract.relations.named_texts import read_names
from ingest.extract.relations.places import place_relations
from ingest.extract.relations.subjects import about_relations, mention_relations
from ingest.extract.relations.things import merged, thing_relations


def extract_relations(
    document: Document, decision: Decision, names: NameIndex, facts: Iterable[Relation] = ()
) -> tuple[Relation, ...]:
    """Return the relations that the document states, each once with all its evidence; `facts` come with the money."""
    subject = name_of_decision(document, decision)
    named = read_names(document, decision, names)
    found = [
        *decision_relations(document, decision),
        *about_relations(named, decision, subject),
        *thing_relations(named, subject),
        *place_relations(named),
        *facts,
        *mention_relations(named, decision, subject),
    ]
    return tuple(merged(found))
