"""Ways of money between two things: along the payments, by what hangs together, with no other sums."""

from __future__ import annotations

from decimal import Decimal

from graph.model import FlowKind, FlowLink, FlowRelation, FundingFlow
from graph.networks.money_ways import money_ways
from graph.networks.ways import path
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_flow, make_record, organisation, programme
from tests.graph.test_network import network_of

OTHER = programme("Cold Barns")
HUB = organisation("Hub")


def stated(flow: FundingFlow, document: str = "one.md", links: tuple[tuple[FlowLink, str], ...] = ()) -> StatedFlow:
    return StatedFlow(f"{document}#{flow.id}", document, flow, links)


def told(*flows: StatedFlow) -> list[list[str]]:
    """The payments of each step of the first way from the Treasury to the council, by document and id."""
    ways = money_ways(flows, {thing_key(TREASURY)}, {thing_key(COUNCIL)})
    return [[each.iri for each in step.flows] for step in ways[0].steps] if ways else []


def keys_of(flows: list[FundingFlow], one: object, other: object) -> list[tuple[str, ...]]:
    found = money_ways([stated(flow) for flow in flows], {thing_key(one)}, {thing_key(other)})  # type: ignore[arg-type]
    return [way.keys for way in found]


def passed_on(*, second: dict[str, object]) -> list[FundingFlow]:
    first = make_flow("in", funder=TREASURY, recipient=MAYOR)
    return [first, make_flow("out", funder=MAYOR, recipient=COUNCIL, **second)]  # type: ignore[arg-type]


def test_a_way_runs_with_the_money_whichever_end_is_asked_first() -> None:
    flows = passed_on(second={})
    along = (thing_key(TREASURY), thing_key(MAYOR), thing_key(COUNCIL))
    assert keys_of(flows, COUNCIL, TREASURY) == keys_of(flows, TREASURY, COUNCIL) == [along]


def test_payments_for_different_programmes_are_no_way() -> None:
    assert keys_of(passed_on(second={"programmes": (OTHER,)}), TREASURY, COUNCIL) == []


def test_two_who_are_paid_by_one_are_not_joined_by_money() -> None:
    flows = [make_flow("a", recipient=COUNCIL), make_flow("b", recipient=MAYOR)]
    assert keys_of(flows, COUNCIL, MAYOR) == []


def test_a_step_has_only_the_sums_that_belong_to_the_way() -> None:
    flows = [*passed_on(second={}), make_flow("aside", funder=MAYOR, recipient=COUNCIL, programmes=(OTHER,))]
    (way,) = money_ways([stated(flow) for flow in flows], {thing_key(TREASURY)}, {thing_key(COUNCIL)})
    assert [[each.flow.id for each in step.flows] for step in way.steps] == [["in"], ["out"]]
    assert {key for step in way.steps for key in step.about} == {thing_key(WARM_HOMES)}


def test_money_of_one_year_does_not_pass_on_that_of_another() -> None:
    came, went = passed_on(second={"years": ("2024/25",)})
    assert told(stated(came), stated(went)) == []
    later = make_flow("later", funder=TREASURY, recipient=MAYOR, years=("2024/25", "2025/26"))
    assert told(stated(came), stated(later), stated(went)) == [["one.md#later"], ["one.md#out"]]


def test_all_steps_of_a_way_share_a_year() -> None:
    first = make_flow("first", funder=TREASURY, recipient=MAYOR, years=("2023/24",))
    between = make_flow("between", funder=MAYOR, recipient=HUB, years=("2023/24", "2024/25"))
    last = {each: make_flow(each, funder=HUB, recipient=COUNCIL, years=(each,)) for each in ("2023/24", "2024/25")}
    assert told(stated(first), stated(between), stated(last["2024/25"])) == []
    steps = told(stated(first), stated(between), *map(stated, last.values()))
    assert steps == [["one.md#first"], ["one.md#between"], ["one.md#2023/24"]]


def test_payments_of_one_decision_or_linked_ones_come_before_those_of_the_same_years() -> None:
    came, went = passed_on(second={})
    larger = make_flow("larger", amount="9000.00", funder=TREASURY, recipient=MAYOR)
    here = [stated(came), stated(went), stated(larger, "two.md")]
    assert told(*here) == [["one.md#in"], ["one.md#out"]]
    assert told(here[0], stated(went, "three.md"), here[2]) == [["two.md#larger", "one.md#in"], ["three.md#out"]]
    linked = stated(went, "three.md", ((FlowLink.PASSES_ON, "one.md#in"),))
    assert told(here[0], linked, here[2]) == [["one.md#in"], ["three.md#out"]]


def test_where_a_payment_states_no_year_only_one_decision_or_a_link_joins_it() -> None:
    came, went = passed_on(second={"years": ()})
    assert told(stated(came), stated(went)) == [["one.md#in"], ["one.md#out"]]
    assert told(stated(came), stated(went, "two.md")) == []
    linked = stated(went, "two.md", ((FlowLink.PART_OF, "one.md#in"),))
    assert told(stated(came), linked) == [["one.md#in"], ["two.md#out"]]


def test_the_first_payments_of_the_steps_belong_together() -> None:
    came, went = passed_on(second={"years": ("2024/25",)})
    other = make_flow("other", amount="20.00", funder=TREASURY, recipient=MAYOR, years=("2024/25",))
    small = make_flow("small", amount="10.00", funder=MAYOR, recipient=COUNCIL)
    steps = told(*map(stated, (came, went, other, small)))
    assert steps == [["one.md#other", "one.md#in"], ["one.md#out", "one.md#small"]]


def test_match_funding_passes_nothing_on() -> None:
    assert keys_of(passed_on(second={"kind": FlowKind.MATCH}), TREASURY, COUNCIL) == []
    assert keys_of([make_flow(kind=FlowKind.MATCH)], TREASURY, COUNCIL) == [(thing_key(TREASURY), thing_key(COUNCIL))]


def test_a_bid_is_no_payment() -> None:
    assert keys_of([make_flow(kind=FlowKind.BID)], TREASURY, COUNCIL) == []


def test_a_programme_stands_on_the_way_where_nobody_is_named_behind_it() -> None:
    flows = [make_flow("in", recipient=None), make_flow("out", funder=None)]
    assert keys_of(flows, COUNCIL, TREASURY) == [(thing_key(TREASURY), thing_key(WARM_HOMES), thing_key(COUNCIL))]


def test_the_picture_of_a_way_tells_its_own_sums_whatever_else_counts_at_its_ends() -> None:
    came, went = passed_on(second={"amount": "600.00"})
    whole = make_flow("whole", amount="9000.00", funder=TREASURY, recipient=MAYOR, programmes=(programme("All"),))
    before = make_flow("before", amount="33.00", funder=TREASURY, recipient=MAYOR, years=("2021/22",))
    aside = make_flow("aside", amount="77.00", funder=MAYOR, recipient=COUNCIL, programmes=(OTHER,))
    part = FlowRelation("in", FlowLink.PART_OF, "whole")
    network = network_of(make_record(came, went, whole, before, aside, flow_relations=[part]))
    picture = path(network, thing_key(COUNCIL), thing_key(TREASURY))
    assert picture.is_money
    assert picture.ways == ((thing_key(TREASURY), thing_key(MAYOR), thing_key(COUNCIL)),)
    assert {bond.target: bond.amount for bond in picture.bonds} == {
        thing_key(MAYOR): Decimal(1000),
        thing_key(COUNCIL): Decimal(600),
    }
    assert {picture.named[key] for bond in picture.bonds for key in bond.about} == {WARM_HOMES.name}


def test_a_payment_between_the_two_is_the_shortest_way() -> None:
    flows = [*passed_on(second={}), make_flow("straight")]
    assert keys_of(flows, TREASURY, COUNCIL) == [(thing_key(TREASURY), thing_key(COUNCIL))]
    assert keys_of(flows, organisation("Nobody"), COUNCIL) == []
