"""Conclusions about flows and awards of different documents, as triples; kept apart from what the documents say."""

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
    """A conclusion on how one document's flow or award relates to another's, with the reason."""

    subject: tuple[str, str]  #: document, id of its flow or award
    link: FlowLink
    object: tuple[str, str]
    reason: str
    of_award: bool = False  #: the subject is an award without a printed sum
    to_award: bool = False  #: the object is one

    @property
    def subject_iri(self) -> URIRef:
        """The IRI of the flow or award that the conclusion is about."""
        return award_iri(*self.subject) if self.of_award else flow_iri(*self.subject)

    @property
    def object_iri(self) -> URIRef:
        """The IRI of the flow or award that it is compared with."""
        return award_iri(*self.object) if self.to_award else flow_iri(*self.object)


def judgement_triples(judgements: Iterable[Judgement]) -> list[Triple]:
    """Return the conclusions as triples between flows and awards, for a named graph of their own."""
    return [(one.subject_iri, FLOW_LINK[one.link], one.object_iri) for one in judgements]
