"""What we conclude about flows and awards of different documents, and its triples; kept apart from what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph.identifiers import award_iri, flow_iri
from graph.model import FlowLink
from graph.rdf.triples import Triple
from graph.vocabulary import FLOW_LINK


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one document's flow or award stands to another's, and why we say so."""

    subject: tuple[str, str]  #: document, id of its flow or award
    link: FlowLink
    object: tuple[str, str]
    reason: str
    of_award: bool = False  #: the subject is an award without a printed sum
    to_award: bool = False  #: the object is one


def judgement_triples(judgements: Iterable[Judgement]) -> list[Triple]:
    """Return the judgements as triples between flows and awards, for a graph of their own."""
    return [
        (_iri(one.subject, one.of_award), FLOW_LINK[one.link], _iri(one.object, one.to_award)) for one in judgements
    ]


def _iri(key: tuple[str, str], is_award: bool) -> URIRef:
    return award_iri(*key) if is_award else flow_iri(*key)
