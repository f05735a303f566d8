"""Money counted once: what is added, what is left out, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.ask.known.facts import Facts
from graph.ask.running.shares import spread
from graph.counting.left_out import Reason
from graph.counting.sides import sources
from graph.counting.tally import Tally, tally
from graph.model import FlowKind, FlowLink, FlowRelation, FlowStatus, FundingFlow
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    programme,
)
from tests.graph.ask.record_graph import facts_of_records, names


def facts(*flows: FundingFlow, links: tuple[FlowRelation, ...] = ()) -> Facts:
    record = replace(make_record(), decision=make_decision(), flows=flows, flow_relations=links, totals=(), checks=())
    return facts_of_records([record], names())


def counted(source: Facts, **more: frozenset[str]) -> Tally:
    return tally(list(source.flows.values()), source.grounds, **more)


def flow(id: str, amount: str, quote: str = "", **more: object) -> FundingFlow:
    words = make_evidence(quote or f"{id} is £{amount}", locator=f"table 1, row {id}")
    return make_flow(id, amount=amount, evidence=[words], in_table=True, **more)  # type: ignore[arg-type]


def test_two_awards_add_up() -> None:
    assert counted(facts(flow("1", "100.50"), flow("2", "200", recipient=MAYOR))).total == Decimal("300.50")


def test_a_replaced_award_is_left_out_with_its_reason() -> None:
    result = counted(facts(flow("1", "100"), flow("2", "40", recipient=MAYOR, status=FlowStatus.SUPERSEDED)))
    assert result.total == 100
    assert result.left_out[0].reason is Reason.SUPERSEDED


def test_bids_ceilings_and_context_are_no_money() -> None:
    source = facts(
        flow("1", "100"),
        flow("2", "900", kind=FlowKind.BID),
        flow("3", "800", kind=FlowKind.ENVELOPE),
        flow("4", "700", status=FlowStatus.CONTEXT),
        flow("5", "600", status=FlowStatus.UNSUCCESSFUL),
    )
    assert counted(source).total == 100


def test_a_part_and_a_restatement_are_not_added() -> None:
    source = facts(
        flow("1", "100"),
        flow("2", "30", recipient=MAYOR),
        flow("3", "99.90"),
        links=(FlowRelation("2", FlowLink.PART_OF, "1"), FlowRelation("3", FlowLink.RESTATES, "1")),
    )
    assert counted(source).total == 100


def test_a_carry_forward_is_no_new_money() -> None:
    assert counted(facts(flow("1", "100"), flow("2", "25", kind=FlowKind.CARRY_FORWARD, recipient=None))).total == 100


def test_a_carry_forward_alone_is_shown() -> None:
    assert counted(facts(flow("1", "25", kind=FlowKind.CARRY_FORWARD))).total == 25


def test_a_span_is_not_added_to_its_years() -> None:
    source = facts(
        flow("1", "100", years=("2022/23",)),
        flow("2", "150", years=("2023/24",)),
        flow("3", "250", years=("2022/23", "2023/24")),
    )
    assert counted(source).total == 250


def test_a_total_without_recipient_is_not_added_to_its_parts() -> None:
    source = facts(flow("1", "100"), flow("2", "150", recipient=MAYOR), flow("3", "250", recipient=None))
    assert counted(source).total == 250


def test_a_sum_for_several_programmes_is_joint() -> None:
    other = programme("Cool Homes")
    source = facts(flow("1", "100"), flow("2", "500", programmes=(WARM_HOMES, other)))
    result = counted(source, programmes=frozenset({WARM_HOMES.id}))
    assert result.total == 100
    assert [s.flow.amount for s in result.joint] == [Decimal(500)]
    both = counted(source, programmes=frozenset({WARM_HOMES.id, other.id}))
    assert both.total == 600


def test_money_accepted_and_awarded_on_has_one_source() -> None:
    source = facts(
        flow("1", "100", funder=TREASURY, recipient=MAYOR),
        flow("2", "20", funder=MAYOR, recipient=None, kind=FlowKind.MATCH),
        flow("3", "120", funder=MAYOR, recipient=COUNCIL),
    )
    flows = list(source.flows.values())
    amounts = [stated.flow.amount for stated in sources(flows, flows, source.grounds)]
    assert sum(amounts) == 120
    assert Decimal(120) not in amounts


def test_a_body_that_is_given_nothing_pays_its_own_money() -> None:
    source = facts(flow("1", "100", funder=MAYOR, recipient=COUNCIL))
    flows = list(source.flows.values())
    assert sources(flows, flows, source.grounds) == flows


def test_a_programmes_part_of_a_joint_sum_counts_for_it_and_the_whole_counts_for_everything() -> None:
    other = programme("Cool Homes")
    source = facts(
        flow("1", "500", programmes=(WARM_HOMES, other)),
        flow("2", "300"),
        links=(FlowRelation("2", FlowLink.PART_OF, "1"),),
    )
    alone = counted(source, programmes=frozenset({WARM_HOMES.id}))
    assert alone.total == 300
    assert not alone.joint
    assert alone.left_out[0].reason is Reason.HOLDS
    assert counted(source).total == 500


def test_a_joint_sum_stands_where_all_that_is_known_of_it_was_carried_forward() -> None:
    source = facts(
        flow("1", "500", programmes=(WARM_HOMES, programme("Cool Homes"))),
        flow("2", "300", kind=FlowKind.CARRY_FORWARD),
        links=(FlowRelation("2", FlowLink.PART_OF, "1"),),
    )
    assert [stated.flow.amount for stated in counted(source, programmes=frozenset({WARM_HOMES.id})).joint] == [500]


def test_a_recommendations_sum_lies_inside_the_sum_of_the_summary() -> None:
    whole = make_flow(
        "1", amount="1000", recipient=None, kind=FlowKind.ALLOCATION, programmes=(),
        evidence=[make_evidence("uses £1,000", locator="Executive summary, paragraph 1")], in_summary=True,
    )  # fmt: skip
    source = facts(whole, flow("2", "350", recipient=None, kind=FlowKind.ALLOCATION, programmes=()))
    assert counted(source).total == 1000


def said_twice(amount: str, *, in_summary: bool) -> Facts:
    """Return one sum with two years: where it is said first, perhaps in the summary, and in a recommendation."""
    return facts(
        make_flow("0", amount=amount, years=("2023/24",), recipient=None, in_summary=in_summary),
        make_flow("1", amount=amount, years=("2024/25",), recipient=None),
    )


def test_a_summary_that_gives_another_year_to_the_very_sum_says_it_again() -> None:
    result = counted(said_twice("74321", in_summary=True))
    assert [stated.flow.years for stated in result.flows] == [("2024/25",)]


def test_equal_sums_of_two_years_add_up() -> None:
    assert counted(said_twice("74321", in_summary=False)).total == 148642
    assert counted(said_twice("75000", in_summary=True)).total == 150000


def pots_and_awards(*pots: str) -> Facts:
    awards = [flow("1", "286500"), flow("2", "250000", years=("2024/25",))]
    open_sums = [
        flow(f"pot {number}", amount, recipient=None, kind=FlowKind.ALLOCATION) for number, amount in enumerate(pots)
    ]
    return facts(*awards, *open_sums)


def test_pots_that_make_up_the_awards_are_where_these_are_paid_from() -> None:
    result = counted(pots_and_awards("300000", "250000"))
    assert result.total == 536500
    assert [left.reason for left in result.left_out] == [Reason.PAID_FROM, Reason.PAID_FROM]


def test_pots_far_from_the_awards_are_money_of_their_own() -> None:
    assert Reason.PAID_FROM not in [left.reason for left in counted(pots_and_awards("90000", "120000")).left_out]


def test_a_sum_beside_the_rows_that_make_it_is_not_added() -> None:
    source = facts(flow("1", "100.40"), flow("2", "50"), flow("3", "150"))
    assert counted(source).total == Decimal("150.40")


def test_a_sum_with_and_without_a_year_says_which_is_which() -> None:
    source = facts(flow("1", "200"), flow("2", "170", years=(), recipient=MAYOR))
    flows = list(source.flows.values())
    assert spread(flows, {}) == "£370: £200 in 2023/24, £170 without a year"
    assert spread(flows, source.heads).endswith(", £170 without a year, from a decision of 2023/24")
    assert spread(flows[1:], source.heads) == "£170 without a year, from a decision of 2023/24"
