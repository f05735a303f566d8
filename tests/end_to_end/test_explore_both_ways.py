"""What Explore draws around a thing is the same whether the network of all samples is made first or read as needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from app.viewmodels.network_state import picture_at
from graph.ask.known.facts import Facts
from graph.columns.rows import Rows
from graph.networks.network import Network, build_network
from graph.networks.on_demand import NetworkOnDemand
from graph.networks.views import Shown, neighbourhood
from graph.stated.flows import StatedFlow
from graph.stated.partners import every_pair
from graph.stated.things import thing_key
from tests.end_to_end.test_one_figure import facts as facts
from tests.samples import share_the_samples

pytestmark = share_the_samples


@pytest.fixture(scope="module")
def whole(facts: Facts) -> Network:
    pairs = every_pair(facts.relations, facts.names_of)
    flows = facts.flows.values()
    return build_network(flows, facts.relations, facts.heads, facts.ledger, grounds=facts.grounds, pairs=pairs)


@pytest.fixture(scope="module")
def keys(facts: Facts) -> list[str]:
    return [thing_key(each.entity) for each in facts.columns.named()]


def on_demand(facts: Facts) -> NetworkOnDemand:
    return NetworkOnDemand(facts.columns, facts.heads, facts.ledger, facts.grounds, facts.names_of)


def around_each(keys: Sequence[str]) -> Iterator[Mapping[str, Sequence[str]]]:
    for number, key in enumerate(keys):
        for show in ("money", "partners", "all"):
            yield {"around": [key], "show": [show]}
        if number % 3 == 0:
            yield {"around": [key], "steps": ["2"]}
            yield {"around": [key], "show": ["partners"], "steps": ["2"]}
            yield {"around": [key], "show": ["all"], "steps": ["2"], "most": ["50"]}
            yield {"around": [key], "show": ["all"], "kind": ["organisation", "decision"], "least": ["10000"]}
        if number % 6 == 0:
            yield {"around": [key], "show": ["all"], "with": [keys[0], keys[3]], "pin": [keys[1]]}


def test_around_each_thing_stands_what_the_whole_network_has_around_it(
    facts: Facts, whole: Network, keys: list[str]
) -> None:
    drawn = 0
    for address in around_each(keys):
        picture = picture_at(on_demand(facts), address)
        assert picture == picture_at(whole, address), address
        drawn += len(picture.bonds)
    assert drawn > len(keys)


def test_between_two_things_lead_the_ways_of_the_whole_network(facts: Facts, whole: Network, keys: list[str]) -> None:
    kinds = set()
    for number, key in enumerate(keys):
        paid = neighbourhood(whole, key, shown=Shown.MONEY, hops=2).nodes
        for end in (keys[(number * 7 + 3) % len(keys)], paid[-1].key if paid else keys[0]):
            address = {"around": [key], "to": [end]}
            if end == key:
                continue
            picture = picture_at(on_demand(facts), address)
            assert picture == picture_at(whole, address), address
            kinds.add((bool(picture.ways), picture.is_money))
    assert kinds >= {(False, False), (True, False), (True, True)}


def test_one_step_around_a_thing_reads_the_flows_that_name_it_and_no_table(
    facts: Facts, whole: Network, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {key: {tie.flow.iri for tie in whole.ties_at(key) if tie.flow} for key in keys}
    read: set[str] = set()
    add = NetworkOnDemand.add_flow

    def add_flow(self: NetworkOnDemand, row: int, stated: StatedFlow, heads: object) -> None:
        read.add(stated.iri)
        add(self, row, stated, facts.heads)

    def refuse(self: Rows[object]) -> Iterator[object]:
        raise AssertionError("the whole table is read")

    for key in keys:  # what the ledger of a graph without a build reads once
        neighbourhood(on_demand(facts), key)
    monkeypatch.setattr(NetworkOnDemand, "add_flow", add_flow)
    monkeypatch.setattr(Rows, "__iter__", refuse)
    for key in keys:
        read.clear()
        neighbourhood(on_demand(facts), key)
        assert named[key] <= read
        kind, _, id = key.partition("/")
        for iri in read:
            flow = facts.flows[iri].flow
            parties = (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes)
            assert any(party and (party.kind.value, party.id) == (kind, id) for party in parties), (key, iri)
