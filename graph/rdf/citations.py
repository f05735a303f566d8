"""Cited decisions: those that are loaded are linked, and others enter the graph by their reference only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF

from graph.identifiers import ID, entity_iri
from graph.model import Entity
from graph.parse.references import reference_key
from graph.rdf.triples import Triple, text_literal
from graph.stated.decisions import DecisionHead
from graph.stated.relations import StatedRelation
from graph.vocabulary import RELATION, WF


def citation_triples(
    relations: Iterable[StatedRelation], heads: Iterable[DecisionHead], keys: Iterable[tuple[str, str]]
) -> list[Triple]:
    """Return the triples of the graph of citations.

    A decision may be cited under the citing body's name and be loaded under another's, such as a mayor's decision in a
    commissioner's paper. It is linked to the loaded decision if exactly one has the reference and the reference
    contains letters.

    Args:
        relations: The relations that the documents state.
        heads: The loaded decisions.
        keys: Their normalised references, as (reference, IRI).
    """
    known: dict[str, set[str]] = defaultdict(set)
    for key, iri in keys:
        known[key].add(iri)
    held = {head.iri for head in heads}
    triples: dict[Triple, None] = {}
    missing: set[str] = set()
    for cited, words, citing, how in sorted(_citations(relations, held)):
        key = reference_key(words)
        same = known.get(key, set()) if any(letter.isalpha() for letter in key) else set()
        if len(same) == 1:
            one = URIRef(next(iter(same)))
            triples[URIRef(cited), OWL.sameAs, one] = None
            triples[URIRef(citing), URIRef(how), one] = None
        elif cited not in missing:
            missing.add(cited)
            triples.update(dict.fromkeys(_known_by_reference(URIRef(cited), words, key)))
    return list(triples)


def _citations(
    relations: Iterable[StatedRelation], held: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield the citations of decisions that are not loaded: (IRI, citing words, IRI of the citing thing, property)."""
    for relation in relations:
        cited, subject = relation.object, relation.subject
        if isinstance(cited, str) and cited and relation.object_words and cited not in held:
            citing = str(entity_iri(subject)) if isinstance(subject, Entity) else subject
            yield cited, relation.object_words, citing, str(RELATION[relation.kind])


def _known_by_reference(decision: URIRef, words: str, key: str) -> Iterator[Triple]:
    yield decision, RDF.type, WF.Decision
    yield decision, RDF.type, WF.CitedDecision
    yield decision, WF.isKnownByReferenceOnly, Literal(True)
    yield decision, DCTERMS.identifier, text_literal(words)
    yield decision, DCTERMS.title, text_literal(words)
    if key:
        yield decision, WF.referenceKey, Literal(key)
    body = str(decision).removeprefix(f"{ID}decision/").partition("/")[0]
    if body != "unknown-body":
        yield decision, WF.hasDecisionBody, URIRef(f"{ID}organisation/{body}")
