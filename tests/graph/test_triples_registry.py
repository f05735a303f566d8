"""The registry as triples."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import ORG, SKOS

from graph.identifiers import ID, entity_iri
from graph.model import EntityKind
from graph.rdf.triples import Triple
from graph.rdf.triples_registry import registry_triples
from graph.registry import Fund, Organisation, Place, Programme, Registry
from graph.vocabulary import WF


@pytest.fixture(scope="module")
def triples() -> set[Triple]:
    places = [
        Place("kent", "Kent", "police-force-area", "E1", (), ("County of Kent",)),
        Place("ashford", "Ashford", "district", "", ("kent",), ()),
        Place("wye", "Wye", "district", "", ("ashford",), ()),
    ]
    registry = Registry(
        organisations={
            "council": Organisation("council", "Council", "local-authority", "GB-LAE-X", "ashford", "", (), ("AC",)),
            "pair": Organisation("pair", "Pair", "partnership", "", "", "council", ("council",), ()),
        },
        programmes={"warm": Programme("warm", "Warm", "other", ("council",), 2016, "Heats homes.", ())},
        places={place.id: place for place in places},
        funds={"pot": Fund("pot", "Pot", "council", "2016-2020 (seen)", ("The Pot",))},
    )
    return set(registry_triples(registry))


def place(id: str) -> URIRef:
    return entity_iri(id, EntityKind.PLACE)


COUNCIL = entity_iri("council", EntityKind.ORGANISATION)


def test_nesting_is_closed_and_holds_the_place_itself(triples: set[Triple]) -> None:
    around = {o for s, p, o in triples if s == place("wye") and p == WF.isWithinTransitively}
    assert around == {place("wye"), place("ashford"), place("kent")}
    assert (place("wye"), WF.isWithin, place("kent")) not in triples


def test_identifiers_stand_by_their_schemes(triples: set[Triple]) -> None:
    assert (COUNCIL, ORG.identifier, Literal("GB-LAE-X")) in triples
    assert (place("kent"), WF.gssCode, Literal("E1")) in triples


def test_other_names_are_kept(triples: set[Triple]) -> None:
    assert (place("kent"), SKOS.altLabel, Literal("County of Kent")) in triples
    assert (entity_iri("pot", EntityKind.FUND), SKOS.altLabel, Literal("The Pot")) in triples


def test_leaders_and_members_are_relations(triples: set[Triple]) -> None:
    assert (COUNCIL, WF.leads, entity_iri("warm", EntityKind.PROGRAMME)) in triples
    assert (entity_iri("pair", EntityKind.ORGANISATION), ORG.hasMember, COUNCIL) in triples


def test_kinds_are_concepts(triples: set[Triple]) -> None:
    own_cost = URIRef(f"{ID}kind/own-cost")
    assert (own_cost, SKOS.notation, Literal("own-cost")) in triples
    assert (own_cost, SKOS.inScheme, URIRef(f"{ID}kind")) in triples
