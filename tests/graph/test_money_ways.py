"""Ways of money between two things: along the payments, by what hangs together, with no other sums."""

from __future__ import annotations

from decimal import Decimal

from graph.model import FlowKind, FundingFlow
from graph.networks.money_ways import money_ways
from graph.networks.ways import path
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_flow, make_record, organisation, programme
from tests.graph.test_network import network_of

OTHER = programme("Cold Barns")


def stated(flow: FundingFlow, document: str = "one.md") -> StatedFlow:
    return StatedFlow(f"{document}#{flow.id}", document, flow)


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


def test_a_bid_is_no_payment() -> None:
    assert keys_of([make_flow(kind=FlowKind.BID)], TREASURY, COUNCIL) == []


def test_a_programme_stands_on_the_way_where_nobody_is_named_behind_it() -> None:
    flows = [make_flow("in", recipient=None), make_flow("out", funder=None)]
    assert keys_of(flows, COUNCIL, TREASURY) == [(thing_key(TREASURY), thing_key(WARM_HOMES), thing_key(COUNCIL))]


def test_the_picture_of_a_way_draws_its_own_sums_only() -> None:
    aside = make_flow("aside", amount="77.00", funder=MAYOR, recipient=COUNCIL, programmes=(OTHER,))
    record = make_record(*passed_on(second={"amount": "600.00"}), aside)
    picture = path(network_of(record), thing_key(COUNCIL), thing_key(TREASURY))
    assert picture.is_money
    assert picture.ways == ((thing_key(TREASURY), thing_key(MAYOR), thing_key(COUNCIL)),)
    last = next(bond for bond in picture.bonds if bond.target == thing_key(COUNCIL))
    assert last.amount == Decimal(600)
    assert picture.named[last.about[0]] == WARM_HOMES.name


def test_a_payment_between_the_two_is_the_shortest_way() -> None:
    flows = [*passed_on(second={}), make_flow("straight")]
    assert keys_of(flows, TREASURY, COUNCIL) == [(thing_key(TREASURY), thing_key(COUNCIL))]
    assert keys_of(flows, organisation("Nobody"), COUNCIL) == []
