"""Corrections as triples in a named graph of their own: the new value, the document's value, who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from graph.corrections.corrected import Outcome, State, apply_corrections
from graph.corrections.correction import Action, Change, Correction, CorrectionSet, Field
from graph.corrections.flows import candidates
from graph.corrections.values import read_change
from graph.identifiers import ID, award_iri, entity_iri, flow_iri, graph_iri, slug
from graph.model import Funding, Record
from graph.rdf.triples import Triple, date_literal, evidence_triples, text_literal
from graph.vocabulary import WF

PROPERTY: dict[Field, URIRef] = {
    Field.FUNDER: WF.hasFunder,
    Field.RECIPIENT: WF.hasRecipient,
    Field.AMOUNT: WF.amount,
    Field.BASIS: WF.hasBasis,
    Field.YEARS: WF.inFinancialYear,
    Field.PROGRAMMES: WF.isFundedUnder,
    Field.PLACE: WF.hasBeneficiaryPlace,
    Field.FUND: WF.hasFund,
    Field.KIND: WF.hasKind,
    Field.STATUS: WF.hasStatus,
}


def correction_iri(id: str) -> URIRef:
    """Return the IRI of a correction."""
    return URIRef(f"{ID}correction/{slug(id) or 'correction'}")


def correction_triples(
    records: Sequence[Record], corrections: CorrectionSet, outcomes: Iterable[Outcome] | None = None
) -> list[Triple]:
    """Return the triples of corrections, for `CORRECTIONS_GRAPH`.

    Args:
        records: The records as they were read, without corrections; at least those of the documents that are corrected.
        corrections: All corrections, undone ones included.
        outcomes: What each did; None to apply them to the records.
    """
    done = apply_corrections(records, corrections).outcomes if outcomes is None else outcomes
    by_id = {outcome.id: outcome for outcome in done}
    by_name = {record.document: record for record in records}
    triples: dict[Triple, None] = {}
    for correction in corrections.corrections:
        triples.update(dict.fromkeys(_of(correction, by_id[correction.id], by_name, corrections)))
    return list(triples)


def _of(
    correction: Correction, outcome: Outcome, records: Mapping[str, Record], corrections: CorrectionSet
) -> Iterator[Triple]:
    iri = correction_iri(correction.id)
    person = URIRef(f"{ID}person/{quote(correction.who, safe='', errors='replace')}")
    yield iri, RDF.type, WF.Correction
    yield iri, DCTERMS.identifier, text_literal(correction.id)
    yield iri, WF.action, Literal(correction.action.value)
    yield iri, PROV.wasAssociatedWith, person
    yield person, RDF.type, PROV.Person
    yield person, RDFS.label, text_literal(correction.who)
    yield from _when(iri, correction.when)
    yield iri, RDFS.comment, text_literal(correction.why)
    if correction.action is Action.UNDO:
        yield iri, WF.corrects, correction_iri(correction.undoes)
    if outcome.state is State.UNDONE:
        undo = next(each for each in reversed(corrections.corrections) if each.undoes == correction.id)
        yield iri, WF.isUndoneBy, correction_iri(undo.id)
    if outcome.state is not State.APPLIED:
        return
    record = records.get(correction.flow.document) if correction.flow else None
    if record is not None:
        yield from _of_flow(iri, correction, outcome, record)
    elif correction.action in (Action.MERGE, Action.NAME):
        yield from _of_name(iri, correction, corrections)


def _of_flow(iri: URIRef, correction: Correction, outcome: Outcome, record: Record) -> Iterator[Triple]:
    assert correction.flow is not None
    listed = candidates(record, correction.flow)
    flow = next((each for each in listed if each.id == outcome.flow), None)
    if flow is None:
        yield iri, WF.corrects, graph_iri(record.document)
        return
    part_of_record = award_iri if correction.flow.is_award else flow_iri
    about = part_of_record(record.document, flow.id)
    yield iri, WF.corrects, about
    if correction.action is not Action.WITHDRAW:
        yield about, PROV.wasInfluencedBy, iri
    changes = correction.changes
    if correction.action is Action.WITHDRAW:
        changes = tuple(Change(field, ()) for field in Field if read_change(flow, field).values)
    for change in changes:
        yield from _change(iri, change, flow)
    for evidence in flow.evidence[:1]:
        words = URIRef(f"{iri}/evidence/1")
        yield iri, PROV.used, words
        yield from evidence_triples(words, evidence, record.document, 1)


def _change(iri: URIRef, change: Change, flow: Funding) -> Iterator[Triple]:
    node = URIRef(f"{iri}/{change.field.value}")
    yield iri, WF.hasChange, node
    yield node, RDF.type, WF.Change
    yield node, WF.changedProperty, PROPERTY[change.field]
    for text in read_change(flow, change.field).values:
        yield node, WF.originalValue, text_literal(text)
    for text in change.values:
        yield node, WF.correctedValue, text_literal(text)


def _of_name(iri: URIRef, correction: Correction, corrections: CorrectionSet) -> Iterator[Triple]:
    one = corrections.entity(correction.name, correction.kind)
    other = corrections.entity(correction.into, correction.kind) if correction.action is Action.MERGE else one
    if one is None or other is None:
        return
    yield iri, WF.corrects, entity_iri(one)
    if one.id != other.id:
        # not owl:sameAs: one thing would then have two preferred names, and one name as preferred and as alternative
        yield entity_iri(one), DCTERMS.isReplacedBy, entity_iri(other)
    if correction.into:
        yield entity_iri(other), SKOS.altLabel, text_literal(one.name)


def _when(iri: URIRef, text: str) -> Iterator[Triple]:
    """Yield the time of a correction as precisely as it was stated; PROV only has times with seconds."""
    if "T" not in text and " " not in text:
        yield iri, DCTERMS.date, date_literal(text)
        return
    time = Literal(datetime.fromisoformat(text).isoformat(), datatype=XSD.dateTime)
    yield iri, DCTERMS.date, time
    yield iri, PROV.endedAtTime, time
