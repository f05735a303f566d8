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

    @property
    def subject_iri(self) -> URIRef:
        """The IRI of the flow or award that is judged."""
        return award_iri(*self.subject) if self.of_award else flow_iri(*self.subject)

    @property
    def object_iri(self) -> URIRef:
        """The IRI of the flow or award that it is set against."""
        return award_iri(*self.object) if self.to_award else flow_iri(*self.object)


def judgement_triples(judgements: Iterable[Judgement]) -> list[Triple]:
    """Return the judgements as triples between flows and awards, for a graph of their own."""
    return [(one.subject_iri, FLOW_LINK[one.link], one.object_iri) for one in judgements]
