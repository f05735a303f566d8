"""What is left out names the flow that counts in its place, gave its money or takes it on."""

from __future__ import annotations

from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.judgement import judged, judged_alone
from graph.counting.left_out import Reason
from graph.counting.rests import settle
from graph.counting.sides import Side
from graph.counting.tally import Tally, tally
from graph.model import Entity, FlowKind, FlowLink, FlowStatus
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, KENT, MAYOR, TREASURY, WARM_HOMES, make_flow


def stated(name: str, *links: tuple[FlowLink, str], **given: object) -> StatedFlow:
    return StatedFlow(name, "pcd-1.md", make_flow(name, **given), tuple(links))  # type: ignore[arg-type]


def others(found: Tally) -> dict[str, tuple[Reason, str]]:
    return {out.flow.iri: (out.reason, out.other) for out in found.left_out}


def seen(flows: list[StatedFlow], side: Side, subject: Entity = WARM_HOMES) -> dict[str, tuple[Reason, str]]:
    return others(judged(subject, flows, side, Grounds()))


def passed_on(**paid: object) -> list[StatedFlow]:
    return [
        stated("in", amount="100.00", funder=TREASURY, recipient=MAYOR),
        stated("out", amount="100.00", funder=MAYOR, recipient=COUNCIL, **paid),
    ]


def test_money_passed_on_names_the_sum_that_it_comes_out_of_without_a_link_between_them() -> None:
    assert seen(passed_on(), Side.SOURCES) == {"out": (Reason.PASSED_ON, "in")}


def test_money_that_goes_on_names_the_payment_that_takes_it() -> None:
    assert seen(passed_on(), Side.DELIVERIES) == {"in": (Reason.GOES_ON, "out")}


def test_what_a_decision_passes_on_names_what_it_takes_in() -> None:
    assert others(judged_alone(passed_on(), Grounds())) == {"out": (Reason.PASSED_ON, "in")}


def test_over_a_whole_area_too_money_passed_on_names_where_it_comes_from() -> None:
    flows = [*passed_on(), stated("more", amount="60.00", funder=MAYOR, recipient=COUNCIL, purpose="Insulation")]
    assert seen(flows, Side.SOURCES, KENT) == {
        "out": (Reason.PASSED_ON, "in"),
        "more": (Reason.PASSED_ON, "in"),
    }


def test_a_payment_out_of_two_sums_names_the_one_that_covers_most_of_it() -> None:
    came = [stated(f"in-{n}", amount=f"{n}0.00", funder=TREASURY, recipient=MAYOR) for n in (3, 9)]
    found = settle(came, [stated("out", amount="110.00", funder=MAYOR, recipient=COUNCIL)], Grounds())
    assert found.taken_from == {"out": "in-9"}
    assert found.taken_by == {"in-3": "out", "in-9": "out"}
    assert not found.beyond
    assert [left.flow.amount for left in found.left] == [Decimal(10)]


def test_match_money_names_the_payment_that_it_goes_into() -> None:
    flows = [
        stated("match", amount="40.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH),
        stated("paid", amount="100.00", funder=MAYOR, recipient=COUNCIL),
    ]
    assert seen(flows, Side.DELIVERIES, MAYOR) == {"match": (Reason.MATCH_IN_PAYMENT, "paid")}


def test_a_replaced_figure_names_the_one_in_its_place() -> None:
    flows = [stated("old", status=FlowStatus.SUPERSEDED), stated("new", (FlowLink.REPLACES, "old"), amount="9.00")]
    assert others(tally(flows, Grounds())) == {"old": (Reason.SUPERSEDED, "new")}


def test_a_carry_forward_names_the_earlier_sum_whatever_that_is_about() -> None:
    carried = stated("carried", (FlowLink.CARRIED_FROM, "earlier"), kind=FlowKind.CARRY_FORWARD, amount="5.00")
    assert others(tally([carried, stated("new")], Grounds())) == {"carried": (Reason.CARRIED, "earlier")}


def test_what_is_carried_forward_is_no_end_of_money_beside_a_sum_that_it_goes_into() -> None:
    carried = stated("carried", amount="40.00", funder=MAYOR, recipient=None, kind=FlowKind.CARRY_FORWARD)
    budget = stated("budget", amount="100.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION)
    found = judged(WARM_HOMES, [carried, budget], Side.DELIVERIES, Grounds())
    assert (found.total, others(found)["carried"][0]) == (Decimal(100), Reason.CARRIED)
    assert judged(WARM_HOMES, [carried], Side.DELIVERIES, Grounds()).total == 40
