"""Who works with whom: partners in one thing, those that deliver together, and answers and networks that agree."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Entity, RelationKind
from graph.networks.layout import layout
from graph.networks.network import Filter, TieKind, build_network
from graph.networks.views import Shown, neighbourhood
from graph.stated.partners import Partner, every_pair, partners_of
from graph.stated.relations import StatedRelation
from graph.stated.things import thing_key
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_evidence, make_flow, make_record, organisation
from tests.graph.test_network import network_of

SHELTER, NEIGHBOURS = organisation("Shelter"), organisation("Neighbours")


def said(subject: Entity, kind: RelationKind, thing: Entity, quote: str) -> StatedRelation:
    return StatedRelation("", "one.md", subject, "", kind, thing, "", "", (make_evidence(quote),))


def names_of(entity: Entity) -> tuple[str, ...]:
    return (entity.name,)


def partners(of: Entity, *relations: StatedRelation) -> list[str]:
    own = [each for each in relations if of in (each.subject, each.object)]
    return [partner.organisation.name for partner in partners_of([of], own, relations, names_of)]


def test_partners_in_one_thing_work_with_each_other() -> None:
    quote = "Warm Homes is a partnership of Shelter and Neighbours."
    both = [said(each, RelationKind.PARTNER_IN, WARM_HOMES, quote) for each in (SHELTER, NEIGHBOURS)]
    assert partners(SHELTER, *both) == ["Neighbours"]
    assert partners(NEIGHBOURS, *both) == ["Shelter"]


def test_each_of_two_partners_has_the_other_whatever_the_words_of_one_leave_out() -> None:
    told = said(SHELTER, RelationKind.PARTNER_IN, WARM_HOMES, "Warm Homes is a partnership that Shelter is in.")
    silent = said(NEIGHBOURS, RelationKind.PARTNER_IN, WARM_HOMES, "Neighbours takes part.")
    assert partners(SHELTER, told, silent) == partners(NEIGHBOURS, told, silent) == []
    named = said(NEIGHBOURS, RelationKind.PARTNER_IN, WARM_HOMES, "Neighbours takes part with Shelter.")
    assert partners(SHELTER, told, named) == ["Neighbours"]
    assert partners(NEIGHBOURS, told, named) == ["Shelter"]


def test_the_words_of_a_partner_name_both_or_it_is_said_what_it_is_inferred_from() -> None:
    silent = said(NEIGHBOURS, RelationKind.PARTNER_IN, WARM_HOMES, "Neighbours is a partner in Warm Homes.")
    alone = said(SHELTER, RelationKind.PARTNER_IN, WARM_HOMES, "Warm Homes is a partnership that Shelter is in.")
    (inferred,) = partners_of([SHELTER], [alone], [alone, silent], names_of)
    assert inferred.inferred == "inferred: each is said to be a partner in Warm Homes, in different sentences"
    assert (inferred.relation, inferred.other) == (silent, alone)
    both = said(SHELTER, RelationKind.PARTNER_IN, WARM_HOMES, "Shelter is a partner in Warm Homes.")
    both = replace(both, evidence=(*both.evidence, make_evidence("Shelter and Neighbours run Warm Homes.")))
    (told,) = partners_of([SHELTER], [alone, both], [alone, both, silent], names_of)
    assert (told.inferred, told.relation.evidence[0].quote) == ("", "Shelter and Neighbours run Warm Homes.")


def test_a_partner_of_an_organisation_is_told_from_both_sides() -> None:
    relation = said(SHELTER, RelationKind.PARTNER_IN, NEIGHBOURS, "Shelter works with Neighbours.")
    assert partners(SHELTER, relation) == ["Neighbours"]
    assert partners(NEIGHBOURS, relation) == ["Shelter"]


def test_who_deliver_one_thing_work_together_only_where_one_sentence_says_so() -> None:
    together = "Warm Homes is delivered by Shelter with Neighbours."
    here = [said(each, RelationKind.DELIVERS, WARM_HOMES, together) for each in (SHELTER, NEIGHBOURS)]
    apart = said(MAYOR, RelationKind.DELIVERS, WARM_HOMES, "In Ashford the Mayor of Ashford delivers it.")
    assert partners(SHELTER, *here, apart) == ["Neighbours"]


def test_each_pair_is_told_once_and_what_every_pair_says_each_party_says() -> None:
    quote = "Warm Homes is a partnership of Shelter, Neighbours and the Mayor of Ashford."
    three = [said(each, RelationKind.PARTNER_IN, WARM_HOMES, quote) for each in (SHELTER, NEIGHBOURS, MAYOR)]
    pairs = {frozenset((one.name, partner.organisation.name)) for one, partner in every_pair(three, names_of)}
    assert pairs == {
        frozenset((each.name, name)) for each in (SHELTER, NEIGHBOURS, MAYOR) for name in partners(each, *three)
    }
    assert len(pairs) == 3


def test_around_an_organisation_stand_those_that_pay_or_work_with_it_below_the_money() -> None:
    quote = "Ashford Council and Shelter deliver Warm Homes together."
    record = make_record(make_flow("a"), make_flow("b", recipient=SHELTER), make_flow("c", recipient=MAYOR))
    network = network_of(record)
    relation = said(SHELTER, RelationKind.DELIVERS, WARM_HOMES, quote)
    far = said(NEIGHBOURS, RelationKind.DELIVERS, WARM_HOMES, quote)
    pairs = [(COUNCIL, Partner(SHELTER, relation)), (COUNCIL, Partner(NEIGHBOURS, far))]
    flows = {tie.flow.iri: tie.flow for tie in network.ties_at(thing_key(TREASURY)) if tie.flow}
    joined = build_network(list(flows.values()), [], {}, network.ledger, pairs=pairs)
    kinds = frozenset({"organisation", "programme"})
    picture = neighbourhood(joined, thing_key(TREASURY), shown=Shown.MONEY, keep=Filter(kinds=kinds))
    together = [(bond.source, bond.target) for bond in picture.bonds if bond.kind == TieKind.WORKS_WITH]
    assert together == [(thing_key(COUNCIL), thing_key(SHELTER))]
    around = neighbourhood(joined, thing_key(COUNCIL), shown=Shown.MONEY, keep=Filter(kinds=kinds))
    assert {node.key for node in around.nodes} == {thing_key(e) for e in (TREASURY, COUNCIL, SHELTER, NEIGHBOURS)}
    at = layout(around)
    assert at[thing_key(TREASURY)][0] < 0 == at[thing_key(TREASURY)][1]
    assert all(at[thing_key(each)][1] > 60 for each in (SHELTER, NEIGHBOURS))
    partners_only = neighbourhood(joined, thing_key(COUNCIL), shown=Shown.PARTNERS, keep=Filter(kinds=kinds))
    assert {node.key for node in partners_only.nodes} == {thing_key(e) for e in (COUNCIL, SHELTER, NEIGHBOURS)}
