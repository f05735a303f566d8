"""The network as it is drawn, written down and exported; names never become markup."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from app.components.network import network_data
from app.viewmodels.network import network_view
from app.viewmodels.network_export import graphml
from app.viewmodels.network_words import COLOUR, SHAPE, node_href
from graph.networks.network import Filter, Picture, build_network
from graph.networks.views import neighbourhood
from tests.app.view_fixtures import HOSTILE, SmallGraph, graph_of, money_passed_on
from tests.builders import make_flow, make_record, organisation

KINDS = frozenset({"organisation", "programme", "place", "fund"})


def picture_of(small: SmallGraph, centre: str = "programme/warm-homes") -> Picture:
    network = build_network(small.flows, small.relations, small.heads, small.grounds)
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
    assert len(view.table.rows) == len(view.edges)
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


def test_names_of_markup_reach_the_drawing_as_text_only() -> None:
    small = graph_of(make_record(make_flow(recipient=organisation(HOSTILE, id="hostile"))))
    picture = picture_of(small)
    data = network_data(network_view(picture, small.heads))
    hostile = next(node for node in data["nodes"] if node[0] == "organisation/hostile")
    assert hostile[1] == HOSTILE
    json.dumps(data)


def test_graphml_is_well_formed_whatever_the_names() -> None:
    small = graph_of(make_record(make_flow(recipient=organisation(f'{HOSTILE} & "both"\x07', id="hostile"))))
    tree = ElementTree.fromstring(graphml(picture_of(small)).encode())
    names = {
        data.text for data in tree.iter("{http://graphml.graphdrawing.org/xmlns}data") if data.get("key") == "name"
    }
    assert f'{HOSTILE} & "both"' in names


def test_a_decision_opens_its_document() -> None:
    assert node_href("decision/a b.md") == "decision?document=a%20b.md"
