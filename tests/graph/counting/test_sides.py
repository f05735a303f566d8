"""The same money is counted once, whichever end a total looks from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.counting.grounds import Grounds
from graph.counting.judgement import judged
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import tally
from graph.model import FlowKind, FlowLink, FlowStatus
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_flow, organisation

BUILDER = organisation("Builder")


def stated(name: str, *links: tuple[FlowLink, str], **given: object) -> StatedFlow:
    return StatedFlow(name, "pcd-1.md", make_flow(name, **given), tuple(links))  # type: ignore[arg-type]


def counted(flows: list[StatedFlow], side: Side) -> set[str]:
    return {flow.iri for flow in judged(WARM_HOMES, flows, side, Grounds()).flows}


def chain() -> list[StatedFlow]:
    return [
        stated("in", funder=TREASURY, recipient=MAYOR),
        stated("on", (FlowLink.PASSES_ON, "in"), funder=MAYOR, recipient=COUNCIL),
        stated("out", (FlowLink.PASSES_ON, "on"), funder=COUNCIL, recipient=BUILDER),
    ]


def test_money_passed_on_counts_once_from_either_side() -> None:
    assert counted(chain(), Side.SOURCES) == {"in"}
    assert counted(chain(), Side.DELIVERIES) == {"out"}


def test_every_step_of_money_passed_on_is_a_payment() -> None:
    assert {flow.iri for flow in judged(WARM_HOMES, chain(), Side.PAYMENTS, Grounds()).flows} == {"in", "on", "out"}


@pytest.mark.parametrize("link", [FlowLink.PART_OF, FlowLink.CARRIED_FROM, FlowLink.RESTATES])
def test_a_share_a_carry_forward_and_a_repeat_are_not_added(link: FlowLink) -> None:
    flows = [stated("whole"), stated("again", (link, "whole"))]
    assert [flow.iri for flow in tally(flows, Grounds()).flows] == ["whole"]


def test_a_share_of_an_allocation_to_no_one_counts_as_the_delivery() -> None:
    flows = [stated("whole", recipient=None), stated("share", (FlowLink.PART_OF, "whole"))]
    assert counted(flows, Side.DELIVERIES) == {"share"}
    assert counted(flows, Side.SOURCES) == {"whole"}


def test_what_replaces_counts_and_what_is_replaced_does_not() -> None:
    flows = [stated("old"), stated("new", (FlowLink.REPLACES, "old"))]
    assert [flow.iri for flow in tally(flows, Grounds()).flows] == ["new"]


def test_a_link_to_money_that_is_not_there_takes_nothing_away() -> None:
    assert counted([stated("out", (FlowLink.PASSES_ON, "elsewhere"))], Side.SOURCES) == {"out"}


def test_what_an_organisation_gets_is_told_from_what_it_gives() -> None:
    assert {flow.iri for flow in judged(MAYOR, chain(), Side.SOURCES, Grounds()).flows} == {"in"}
    assert {flow.iri for flow in judged(MAYOR, chain(), Side.DELIVERIES, Grounds()).flows} == {"on"}


@pytest.mark.parametrize("kind", [FlowKind.BID, FlowKind.ENVELOPE])
def test_bids_and_ceilings_are_no_money(kind: FlowKind) -> None:
    assert not is_money(stated("a", kind=kind))


@pytest.mark.parametrize(
    "status", [FlowStatus.SUPERSEDED, FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED]
)
def test_what_was_not_approved_is_no_money(status: FlowStatus) -> None:
    assert not is_money(stated("a", status=status))


def test_totals_are_exact() -> None:
    flows = [replace(stated(str(n)), flow=make_flow(amount="0.10", funder=MAYOR)) for n in range(3)]
    assert str(total(flows)) == "0.30"


def test_who_adds_match_funding_still_gets_the_award() -> None:
    award = stated("award", amount="900.00", funder=MAYOR, recipient=COUNCIL)
    match = stated("match", amount="100.00", funder=COUNCIL, recipient=None, kind=FlowKind.MATCH)
    found = judged(WARM_HOMES, [award, match], Side.DELIVERIES, Grounds())
    assert {s.iri: s.flow.amount for s in found.flows}["award"] == 900


def test_the_years_of_a_span_count_in_its_place_though_another_decision_splits_it() -> None:
    span = stated("span", amount="900.00", recipient=MAYOR, years=("2023/24", "2024/25"))
    years = [
        replace(
            stated(name, (FlowLink.PART_OF, "span"), amount=amount, recipient=MAYOR, years=(year,)), document="pcd-2.md"
        )
        for name, amount, year in (("first", "400.00", "2023/24"), ("second", "500.00", "2024/25"))
    ]
    assert {s.iri for s in tally([span, *years], Grounds()).flows} == {"first", "second"}
    assert {s.iri for s in tally([span, *years[:1]], Grounds()).flows} == {"span"}
