"""The network as it is drawn, written down and exported; names never become markup."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from app.components.network import network_data
from app.viewmodels import words
from app.viewmodels.network import network_view
from app.viewmodels.network_evidence import line_words, way_steps
from app.viewmodels.network_words import COLOUR, SHAPE, node_href, scope, sentence
from graph.model import FlowStatus, Relation, RelationKind
from graph.networks.network import Bond, Filter, Money, Picture, TieKind, build_network
from graph.networks.views import Shown, neighbourhood
from graph.networks.ways import path
from graph.stated.partners import every_pair
from graph.stated.things import thing_key
from tests.app.view_fixtures import HOSTILE, SmallGraph, graph_of, money_passed_on
from tests.builders import COUNCIL, TREASURY, WARM_HOMES, make_evidence, make_flow, make_record, organisation

EVIDENCE = make_evidence()
KINDS = frozenset({"organisation", "programme", "place", "fund"})


def picture_of(small: SmallGraph, centre: str = "programme/warm-homes") -> Picture:
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    return neighbourhood(network, centre, keep=Filter(kinds=KINDS))


def test_every_mark_has_a_page_a_card_and_a_colour_of_its_kind() -> None:
    small = money_passed_on()
    picture = picture_of(small)
    view = network_view(picture, small.heads, centre="programme/warm-homes")
    nodes = {node.key: node for node in view.nodes}
    assert node_href("programme/warm-homes") == "programme?id=warm-homes"
    assert nodes["organisation/treasury-office"].money == ("£900 out",)
    assert {kind for kind, *_ in view.legend} == {node.kind for node in view.nodes}
    assert len(set(COLOUR.values())) == len(set(SHAPE.values())) == 5


def test_the_table_says_all_that_the_picture_shows() -> None:
    small = money_passed_on()
    picture = picture_of(small)
    view = network_view(picture, small.heads, centre="programme/warm-homes")
    assert len(view.table.rows) == sum(len(edge.roles) for edge in view.edges)
    assert view.table.rows[0][3].text == "£900"
    assert view.table.rows[0][6].href == "decision?document=pcd-2.md&at=3.1"
    assert view.summary.startswith("Around Warm Homes: ")


def test_the_largest_sum_has_the_largest_mark() -> None:
    small = money_passed_on()
    picture = picture_of(small)
    view = network_view(picture, small.heads, centre="programme/warm-homes")
    sizes = {node.key: node.size for node in view.nodes}
    assert sizes["programme/warm-homes"] == max(sizes.values())
    assert sizes["organisation/ashford-council"] < sizes["organisation/treasury-office"]


def test_one_line_between_two_marks_says_all_that_joins_them() -> None:
    flows = [
        make_flow("down", amount="900.00"),
        make_flow("up", amount="100.00", funder=COUNCIL, recipient=TREASURY, programmes=()),
    ]
    small = graph_of(make_record(*flows, relations=[Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, (EVIDENCE,))]))
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    picture = neighbourhood(network, "organisation/ashford-council", shown=Shown.EVERYTHING, keep=Filter(kinds=KINDS))
    view = network_view(picture, small.heads, centre="organisation/ashford-council")
    pairs = [frozenset((edge.source, edge.target)) for edge in view.edges]
    assert len(pairs) == len(set(pairs))
    to_payer = next(edge for edge in view.edges if "organisation/treasury-office" in (edge.source, edge.target)
                    and "organisation/ashford-council" in (edge.source, edge.target))  # fmt: skip
    assert to_payer.label == "£900, £100 back"
    assert [(role.verb, role.back, role.sums[0]) for role in to_payer.roles] == [
        ("pays", False, "£900"), ("pays", True, "£100"),
    ]  # fmt: skip
    assert to_payer.arrows == (True, True)
    to_programme = next(edge for edge in view.edges if "programme/warm-homes" in (edge.source, edge.target)
                        and "organisation/ashford-council" in (edge.source, edge.target))  # fmt: skip
    assert [role.verb for role in to_programme.roles] == ["pays for work by", words.RELATION[RelationKind.LEADS][0]]


def test_names_of_markup_reach_the_drawing_as_text_only() -> None:
    small = graph_of(make_record(make_flow(recipient=organisation(HOSTILE, id="hostile"))))
    picture = picture_of(small)
    data = network_data(network_view(picture, small.heads))
    hostile = next(node for node in data["nodes"] if node[0] == "organisation/hostile")
    assert hostile[1] == HOSTILE
    json.dumps(data)


def test_a_decision_opens_its_document() -> None:
    assert node_href("decision/a b.md") == "decision?document=a%20b.md"


def test_the_words_behind_a_line_come_once_with_all_their_sums() -> None:
    evidence = (make_evidence("Treasury Office gives £500 in each of two years."),)
    flows = [make_flow(year, amount="500.00", years=(year,), evidence=evidence) for year in ("2022/23", "2023/24")]
    small = graph_of(make_record(*flows))
    picture = picture_of(small)
    bond = next(bond for bond in picture.bonds if bond.kind == TieKind.FUNDS)
    told = line_words(bond, {node.key: node.name for node in picture.nodes}, small.heads)
    assert told.sentence == "Treasury Office funds Warm Homes"
    assert told.sums == ("£1,000",)
    assert [said.heading for said in told.said] == ["£500, 2022/23, approved; £500, 2023/24, approved"]


def test_that_two_work_together_is_said_to_be_inferred_where_no_sentence_names_both() -> None:
    quotes = ("Ashford Council is a partner in Warm Homes.", "Shelter is a partner in Warm Homes.")
    shelter = organisation("Shelter")
    relations = [
        Relation(party, RelationKind.PARTNER_IN, WARM_HOMES, (make_evidence(quote),))
        for party, quote in zip((COUNCIL, shelter), quotes, strict=True)
    ]
    small = graph_of(make_record(make_flow("a", recipient=COUNCIL), relations=relations))
    pairs = every_pair(small.relations, lambda entity: [entity.name])
    network = build_network(small.flows, [], small.heads, small.ledger, pairs=pairs)
    picture = neighbourhood(network, thing_key(COUNCIL), keep=Filter(kinds=KINDS))
    bond = next(bond for bond in picture.bonds if bond.kind == TieKind.WORKS_WITH)
    told = line_words(bond, {node.key: node.name for node in picture.nodes}, small.heads)
    assert told.sentence in {
        "Ashford Council is inferred to work with Shelter", "Shelter is inferred to work with Ashford Council",
    }  # fmt: skip
    headings = {said.heading for said in told.said}
    assert headings == {"Inferred: each is said to be a partner in Warm Homes, in different sentences"}
    assert {said.quote.words for said in told.said} == set(quotes)
    table = network_view(picture, small.heads, centre=thing_key(COUNCIL)).table
    assert "is inferred to work with" in {row[1].text for row in table.rows}


def test_what_a_line_counts_comes_first_and_the_rest_is_said_to_be_apart() -> None:
    flows = [
        make_flow("own", amount="500.00", evidence=(make_evidence("Treasury Office gives £500."),)),
        make_flow(
            "held", amount="9000.00", status=FlowStatus.SUPERSEDED, evidence=(make_evidence("It was £9,000 before."),)
        ),
    ]
    small = graph_of(make_record(*flows))
    picture = picture_of(small)
    bond = next(bond for bond in picture.bonds if bond.kind == TieKind.FUNDS)
    told = line_words(bond, {node.key: node.name for node in picture.nodes}, small.heads)
    assert told.sums == ("£500",)
    assert [said.heading for said in told.said] == [
        "£500, 2023/24, approved", "£9,000, 2023/24, replaced later (not in the £500)",
    ]  # fmt: skip


def test_a_way_is_told_step_by_step_with_its_words() -> None:
    small = money_passed_on()
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    picture = path(network, "organisation/treasury-office", "organisation/ashford-council")
    names = {node.key: node.name for node in picture.nodes}
    steps = way_steps(picture.ways[0], picture, names, small.heads)
    assert len(steps) == len(picture.ways[0]) - 1
    assert all(step.lines and step.lines[0].said for step in steps)


def test_money_is_for_a_place() -> None:
    names = {"programme/a": "Drive", "organisation/b": "B", "place/c": "Kent"}
    said = [sentence(Bond(one, "place/c", TieKind.BENEFITS, (), Decimal(5)), names) for one in list(names)[:2]]
    assert said == ["Drive is for Kent", "B gets money for Kent"]


def test_a_line_says_what_its_sum_is_of() -> None:
    names = {"a": "A", "b": "B", "c": "Drive"}
    assert scope(Bond("a", "b", TieKind.PAYS, (), Decimal(5), about=("c",)), names) == "Only what concerns Drive"
    assert scope(Bond("a", "b", TieKind.PAYS, (), Decimal(5)), names) == "Everything between the two"


def test_expanding_leaves_every_mark_where_it_stood() -> None:
    small = money_passed_on()
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    views = [
        network_view(neighbourhood(network, "place/ashford", expanded=expanded), small.heads, centre="place/ashford")
        for expanded in ([], ["programme/warm-homes"], ["programme/warm-homes", "organisation/treasury-office"])
    ]
    places = [{node.key: (node.x, node.y) for node in view.nodes} for view in views]
    assert len(places[0]) < len(places[1])
    assert places[0].items() <= places[1].items() <= places[2].items()


def test_hidden_marks_leave_the_others_where_they_stand() -> None:
    small = money_passed_on()
    picture = picture_of(small)
    whole = network_view(picture, small.heads, centre="programme/warm-homes")
    rest = network_view(picture, small.heads, centre="programme/warm-homes", hidden=["place/ashford"])
    places = {node.key: (node.x, node.y) for node in whole.nodes}
    assert {node.key for node in rest.nodes} == places.keys() - {"place/ashford"}
    assert all(places[node.key] == (node.x, node.y) for node in rest.nodes)
    assert all(row[2].text != "Ashford" for row in rest.table.rows)


def test_the_money_of_marks_that_are_left_out_is_said() -> None:
    small = money_passed_on()
    picture = replace(picture_of(small), left_out=1200, money_left_out=Money(out=Decimal(900)))
    view = network_view(picture, small.heads, centre="place/ashford")
    assert "1,200 more are in reach" in view.note
    assert view.note.endswith("Left out with them at Ashford: £900 out.")
