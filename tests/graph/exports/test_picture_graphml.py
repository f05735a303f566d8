"""The GraphML of a picture holds every mark and line of it, whatever the names."""

from __future__ import annotations

import networkx as nx

from graph.exports.graphml import picture_graphml
from graph.networks.network import build_network
from graph.networks.views import neighbourhood
from tests.app.view_fixtures import HOSTILE, graph_of
from tests.builders import make_flow, make_record, organisation


def test_marks_and_lines_come_back_whatever_the_names() -> None:
    hostile = organisation(f'{HOSTILE} & "both"\x07', id="hostile")
    small = graph_of(make_record(make_flow(amount="12.50", recipient=hostile)))
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    picture = neighbourhood(network, "organisation/hostile")
    read = nx.parse_graphml(picture_graphml(picture))
    assert set(read) == {node.key for node in picture.nodes}
    assert read.nodes["organisation/hostile"]["name"] == f'{HOSTILE} & "both"\ufffd'
    assert read.nodes["organisation/hostile"]["checked"] is True
    lines = [values for _, _, values in read.edges(data=True)]
    assert len(lines) == len(picture.bonds) > 0
    assert 12.5 in {line["amount"] for line in lines}
    assert all(line["documents"] for line in lines)
