"""What we conclude about flows of different documents, and its triples; kept apart from what the documents say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.identifiers import flow_iri
from graph.model import FlowLink
from graph.rdf.triples import Triple
from graph.vocabulary import FLOW_LINK


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one document's flow stands to another's, and why we say so."""

    subject: tuple[str, str]  #: document, FundingFlow.id
    link: FlowLink
    object: tuple[str, str]
    reason: str


def judgement_triples(judgements: Iterable[Judgement]) -> list[Triple]:
    """Return the judgements as triples between flows, for a graph of their own."""
    return [(flow_iri(*one.subject), FLOW_LINK[one.link], flow_iri(*one.object)) for one in judgements]
