"""The networks made from the graph: what is around a thing, money, partnerships, ways between, and where nodes go."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal

from graph.counting.graph_ledger import open_ledger
from graph.identifiers import graph_iri
from graph.model import FlowStatus, Record, Relation, RelationKind
from graph.networks.layout import layout
from graph.networks.network import DECISION, Filter, Money, Network, TieKind, build_network
from graph.networks.room import Room
from graph.networks.views import Shown, neighbourhood
from graph.networks.ways import path
from graph.rdf.triples import record_triples
from graph.stated.decisions import decision_heads
from graph.stated.flows import all_flows
from graph.stated.relations import all_relations
from graph.stated.things import thing_key
from graph.stores.store import open_memory
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    programme,
)

THINGS = frozenset({"organisation", "programme", "place", "fund"})


def network_of(*records: Record) -> Network:
    store = open_memory()
    for record in records:
        store.replace_graph(graph_iri(record.document), record_triples(record))
    flows, relations, heads = all_flows(store), all_relations(store), decision_heads(store)
    return build_network(flows, relations, heads, open_ledger(store, None))


def keys(*entities: object) -> set[str]:
    return {thing_key(entity) for entity in entities}  # type: ignore[arg-type]


def test_around_a_programme_are_its_funder_recipient_and_place() -> None:
    picture = neighbourhood(network_of(make_record()), "programme/warm-homes", keep=Filter(kinds=THINGS))
    assert {node.key for node in picture.nodes} == keys(WARM_HOMES, TREASURY, COUNCIL) | {"place/ashford"}
    assert picture.distance["programme/warm-homes"] == 0


def test_payments_through_a_programme_are_drawn_in_two_halves() -> None:
    picture = neighbourhood(network_of(make_record()), "programme/warm-homes", keep=Filter(kinds=THINGS))
    assert TieKind.PAYS not in {bond.kind for bond in picture.bonds}


def test_a_payer_sees_whom_it_pays_directly() -> None:
    picture = neighbourhood(network_of(make_record()), thing_key(TREASURY), keep=Filter(kinds=THINGS))
    pays = [bond for bond in picture.bonds if bond.kind == TieKind.PAYS]
    assert [(bond.source, bond.target) for bond in pays] == [(thing_key(TREASURY), thing_key(COUNCIL))]


def test_own_costs_make_no_circle() -> None:
    network = network_of(make_record(make_flow(funder=MAYOR, recipient=MAYOR)))
    ties = network.ties_at(thing_key(MAYOR))
    assert ties and all(tie.source != tie.target for tie in ties)


def test_money_leaves_programmes_aside() -> None:
    picture = neighbourhood(network_of(make_record()), thing_key(TREASURY), shown=Shown.MONEY, hops=2)
    assert {node.kind for node in picture.nodes} == {"organisation"}


def test_money_that_names_one_end_only_is_shown_at_its_programme() -> None:
    record = make_record(make_flow("a"), make_flow("b", recipient=None, amount="50.00"))
    picture = neighbourhood(network_of(record), thing_key(TREASURY), shown=Shown.MONEY)
    assert {(bond.kind, bond.target) for bond in picture.bonds} == {
        (TieKind.PAYS, thing_key(COUNCIL)), (TieKind.FUNDS, thing_key(WARM_HOMES)),
    }  # fmt: skip


def test_payers_stand_left_and_who_is_paid_right_and_no_two_names_meet() -> None:
    payers = [make_flow(f"p{n}", funder=organisation(f"Payer {n:02d}"), recipient=None) for n in range(13)]
    payees = [make_flow(f"r{n}", funder=None, recipient=organisation(f"Payee {n:02d}")) for n in range(29)]
    picture = neighbourhood(network_of(make_record(*payers, *payees)), "programme/warm-homes", shown=Shown.MONEY)
    rooms = {node.key: Room(130, 70) for node in picture.nodes}
    places = layout(picture, rooms)
    assert places["programme/warm-homes"] == (0.0, 0.0)
    assert all(places[f"organisation/payer-{n:02d}"][0] < 0 for n in range(13))
    assert all(places[f"organisation/payee-{n:02d}"][0] > 0 for n in range(29))
    for one, other in itertools.combinations(places.values(), 2):
        assert abs(one[0] - other[0]) >= 130 or abs(one[1] - other[1]) >= 70


def test_a_place_shows_what_its_money_is_for() -> None:
    picture = neighbourhood(network_of(make_record()), "place/ashford", shown=Shown.MONEY, keep=Filter(kinds=THINGS))
    assert thing_key(WARM_HOMES) in {node.key for node in picture.nodes}


def test_partnerships_leave_money_aside() -> None:
    partner = organisation("Neighbours")
    relation = Relation(partner, RelationKind.PARTNER_IN, WARM_HOMES, (make_evidence(),))
    network = network_of(make_record(relations=[relation]))
    picture = neighbourhood(network, "programme/warm-homes", shown=Shown.PARTNERS, hops=2)
    assert {node.key for node in picture.nodes} == keys(WARM_HOMES, partner)


def test_filters_take_flows_by_year_amount_and_standing() -> None:
    network = network_of(
        make_record(
            make_flow("a", years=("2022/23",), recipient=MAYOR),
            make_flow("b", amount="5.00", recipient=organisation("Small")),
            make_flow("c", status=FlowStatus.PROPOSED, recipient=organisation("Hopeful")),
            make_flow("d"),
        )
    )
    keep = Filter(
        kinds=THINGS,
        years=frozenset({"2023/24"}),
        least=Decimal(100),
        statuses=frozenset({FlowStatus.APPROVED}),
    )
    picture = neighbourhood(network, "programme/warm-homes", keep=keep)
    assert {node.key for node in picture.nodes if node.kind == "organisation"} == keys(TREASURY, COUNCIL)


def test_past_the_limit_the_best_funded_stay_and_the_rest_are_counted() -> None:
    flows = [make_flow(f"f{n}", amount=f"{n + 1}00.00", recipient=organisation(f"Payee {n:02d}")) for n in range(20)]
    keep = Filter(kinds=THINGS, limit=6)
    picture = neighbourhood(network_of(make_record(*flows)), "programme/warm-homes", keep=keep)
    assert len(picture.nodes) == 6
    assert picture.left_out == 17
    assert "organisation/payee-19" in {node.key for node in picture.nodes}


def test_the_money_of_those_left_out_is_told() -> None:
    flows = [make_flow(f"f{n}", amount=f"{n + 1}00.00", recipient=organisation(f"Payee {n:02d}")) for n in range(20)]
    network = network_of(make_record(*flows))
    few = neighbourhood(network, thing_key(TREASURY), shown=Shown.MONEY, keep=Filter(kinds=THINGS, limit=6))
    assert (few.left_out, few.money_left_out) == (15, Money(out=Decimal(sum(range(100, 1600, 100)))))
    every = neighbourhood(network, thing_key(TREASURY), shown=Shown.MONEY, keep=Filter(kinds=THINGS))
    assert (every.left_out, every.money_left_out) == (0, Money())


def test_of_several_shortest_ways_those_by_the_fewest_organisations_come_first() -> None:
    shared = [programme(f"Shared {n:03d}") for n in range(120)]
    payers = [organisation(f"Payer {n:03d}") for n in range(120)]
    flows = [
        *(make_flow(f"p{n}", funder=each, recipient=None, programmes=(of,), place=None, fund=None)
          for n, of in enumerate(shared) for each in (COUNCIL, MAYOR)),
        *(make_flow(f"o{n}", funder=each, recipient=to, programmes=(), place=None, fund=None)
          for n, each in enumerate(payers) for to in (COUNCIL, MAYOR)),
    ]  # fmt: skip
    unique = [dataclasses.replace(flow, id=f"{number}") for number, flow in enumerate(flows)]
    picture = path(network_of(make_record(*unique)), thing_key(COUNCIL), thing_key(MAYOR))
    assert [way[1] for way in picture.ways] == [thing_key(each) for each in shared[:3]]


def test_a_way_is_found_through_what_both_share_and_not_through_a_decision() -> None:
    other = organisation("Far Funder")
    record = make_record(make_flow("a", funder=TREASURY, recipient=None), make_flow("b", funder=other, recipient=None))
    picture = path(network_of(record), thing_key(TREASURY), thing_key(other))
    assert picture.distance[thing_key(other)] == 2
    assert all(node.kind != DECISION for node in picture.nodes)


def test_no_way_is_an_empty_picture() -> None:
    network = network_of(make_record())
    assert path(network, thing_key(TREASURY), "organisation/unknown").nodes == ()
    assert neighbourhood(network, "organisation/unknown").nodes == ()


def test_every_node_has_a_place_and_the_same_each_time() -> None:
    picture = neighbourhood(network_of(make_record()), "programme/warm-homes", hops=2)
    places = layout(picture)
    assert set(places) == {node.key for node in picture.nodes}
    assert len(set(places.values())) == len(places)
    assert layout(picture) == places


def test_a_way_is_laid_from_left_to_right() -> None:
    picture = path(network_of(make_record()), thing_key(TREASURY), thing_key(COUNCIL))
    places = layout(picture, across=True)
    assert places[thing_key(TREASURY)][0] < places[thing_key(COUNCIL)][0]
