"""The registry, and the closed sets of kinds, as triples; each in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, SKOS, XSD

from graph.identifiers import ID, concept_iri, entity_iri
from graph.model import Band, Basis, EntityKind, FlowKind, FlowStatus, Verdict
from graph.rdf.triples import Triple, entity_triples, text_literal
from graph.registry import Fund, Organisation, Place, Programme, Registry
from graph.vocabulary import SCHEMA, WF

GSS = "http://statistics.data.gov.uk/id/statistical-geography/"

_SCHEMES: dict[str, tuple[str, type[FlowKind | FlowStatus | Basis | Verdict | Band]]] = {
    "kind": ("kinds of funding flow", FlowKind),
    "status": ("how far the money got", FlowStatus),
    "basis": ("how firm the figure is", Basis),
    "verdict": ("what a comparison of figures showed", Verdict),
    "band": ("how sure the reading is", Band),
}
#: what the registry's own classifications are called
_CLASSIFICATION = {
    "place-type": "types of place",
    "organisation-type": "types of organisation",
    "programme-kind": "kinds of programme",
}
#: what a concept is called, where its notation does not say it
_CALLED = {Band.LIKELY: "likely right", Band.CHECK: "to be checked"}


def registry_triples(registry: Registry) -> list[Triple]:
    """Return the registry's names, identifiers and hierarchy, and the concept schemes, for `REGISTRY_GRAPH`."""
    triples: dict[Triple, None] = {}
    for entity in registry.entities():
        triples.update(dict.fromkeys(entity_triples(entity)))
    for triple in _rows(registry):
        triples[triple] = None
    triples.update(dict.fromkeys(concept_triples()))
    return list(triples)


def concept_triples() -> Iterator[Triple]:
    """Yield the kinds, statuses, bases, verdicts and bands as SKOS concepts."""
    for name, (label, members) in _SCHEMES.items():
        scheme = URIRef(f"{ID}{name}")
        yield scheme, RDF.type, SKOS.ConceptScheme
        yield scheme, SKOS.prefLabel, Literal(label, lang="en")
        for member in members:
            concept = concept_iri(member)
            yield concept, RDF.type, SKOS.Concept
            yield concept, SKOS.inScheme, scheme
            yield concept, SKOS.notation, Literal(member.value)
            yield concept, SKOS.prefLabel, Literal(_called(member), lang="en")


def _called(member: FlowKind | FlowStatus | Basis | Verdict | Band) -> str:
    named = _CALLED.get(member) if isinstance(member, Band) else None
    return named or member.value.replace("-", " ")


def _rows(registry: Registry) -> Iterator[Triple]:
    for place in registry.places.values():
        yield from _place(place, registry)
    for organisation in registry.organisations.values():
        yield from _organisation(organisation, registry.place_of_body(organisation.id))
    for programme in registry.programmes.values():
        yield from _programme(programme)
    for fund in registry.funds.values():
        yield from _fund(fund)


def _place(place: Place, registry: Registry) -> Iterator[Triple]:
    iri = entity_iri(place.id, EntityKind.PLACE)
    yield from _aliases(iri, place.aliases)
    yield from _classified(iri, "place-type", place.type, DCTERMS.type)
    yield from _pointers(iri, WF.isWithin, place.part_of, EntityKind.PLACE)
    # nesting is stored closed, so that a query needs no path: "in West Mercia" is one join
    yield from _pointers(iri, WF.isWithinTransitively, sorted(registry.places_around(place.id)), EntityKind.PLACE)
    if place.gss_code:
        yield iri, WF.gssCode, Literal(place.gss_code)
        # not skos:exactMatch, which is between concepts and would make a place one
        yield iri, SCHEMA.sameAs, URIRef(f"{GSS}{place.gss_code}")


def _organisation(organisation: Organisation, area: str | None) -> Iterator[Triple]:
    iri = entity_iri(organisation.id, EntityKind.ORGANISATION)
    yield from _aliases(iri, organisation.aliases)
    yield from _classified(iri, "organisation-type", organisation.type, ORG.classification)
    if organisation.org_id:
        yield iri, ORG.identifier, Literal(organisation.org_id)
    if area:  # its parent's where it has none of its own: what it decides is for that area
        yield iri, DCTERMS.spatial, entity_iri(area, EntityKind.PLACE)
    if organisation.part_of:
        yield iri, ORG.subOrganizationOf, entity_iri(organisation.part_of, EntityKind.ORGANISATION)
    yield from _pointers(iri, ORG.hasMember, organisation.members, EntityKind.ORGANISATION)


def _programme(programme: Programme) -> Iterator[Triple]:
    iri = entity_iri(programme.id, EntityKind.PROGRAMME)
    yield from _aliases(iri, programme.aliases)
    yield from _classified(iri, "programme-kind", programme.kind, DCTERMS.type)
    for leader in programme.led_by:
        yield entity_iri(leader, EntityKind.ORGANISATION), WF.leads, iri
    if programme.first_year:
        yield iri, WF.firstYear, Literal(str(programme.first_year), datatype=XSD.gYear)
    if programme.description:
        yield iri, DCTERMS.description, text_literal(programme.description)


def _fund(fund: Fund) -> Iterator[Triple]:
    iri = entity_iri(fund.id, EntityKind.FUND)
    yield from _aliases(iri, fund.aliases)
    if fund.administered_by:
        yield iri, WF.isAdministeredBy, entity_iri(fund.administered_by, EntityKind.ORGANISATION)
    if fund.years:
        yield iri, WF.yearsSeen, text_literal(fund.years)


def _aliases(iri: URIRef, aliases: Iterable[str]) -> Iterator[Triple]:
    for alias in aliases:
        yield iri, SKOS.altLabel, text_literal(alias)


def _pointers(iri: URIRef, term: URIRef, ids: Iterable[str], kind: EntityKind) -> Iterator[Triple]:
    for id in ids:
        yield iri, term, entity_iri(id, kind)


def _classified(iri: URIRef, scheme: str, name: str, term: URIRef) -> Iterator[Triple]:
    if not name:
        return
    concept, of = URIRef(f"{ID}{scheme}/{name}"), URIRef(f"{ID}{scheme}")
    yield iri, term, concept
    yield concept, RDF.type, SKOS.Concept
    yield concept, SKOS.prefLabel, Literal(name.replace("-", " "), lang="en")
    yield concept, SKOS.inScheme, of
    yield of, RDF.type, SKOS.ConceptScheme
    yield of, SKOS.prefLabel, Literal(_CLASSIFICATION[scheme], lang="en")
