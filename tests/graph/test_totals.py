"""The same money is counted once, whichever end a total looks from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import FlowKind, FlowLink, FlowStatus
from graph.stated.flows import StatedFlow
from graph.stated.totals import Side, counted, is_money, total
from tests.builders import MAYOR, make_flow


def stated(name: str, *links: tuple[FlowLink, str], **given: object) -> StatedFlow:
    return StatedFlow(name, "pcd-1.md", make_flow(name, **given), tuple(links))  # type: ignore[arg-type]


def names(flows: tuple[StatedFlow, ...]) -> set[str]:
    return {flow.iri for flow in flows}


def test_money_passed_on_counts_once_from_either_side() -> None:
    flows = [stated("in"), stated("out", (FlowLink.PASSES_ON, "in"))]
    assert names(counted(flows, Side.SOURCES)) == {"in"}
    assert names(counted(flows, Side.DELIVERIES)) == {"out"}


@pytest.mark.parametrize("link", [FlowLink.PART_OF, FlowLink.CARRIED_FROM, FlowLink.RESTATES])
def test_a_share_a_carry_forward_and_a_repeat_are_not_added(link: FlowLink) -> None:
    assert names(counted([stated("whole"), stated("again", (link, "whole"))], Side.SOURCES)) == {"whole"}


def test_a_share_of_an_allocation_to_no_one_counts_as_the_delivery() -> None:
    flows = [stated("whole", recipient=None), stated("share", (FlowLink.PART_OF, "whole"))]
    assert names(counted(flows, Side.DELIVERIES)) == {"share"}


def test_what_replaces_counts_and_what_is_replaced_does_not() -> None:
    assert names(counted([stated("old"), stated("new", (FlowLink.REPLACES, "old"))], Side.SOURCES)) == {"new"}


def test_a_link_to_money_that_is_not_there_takes_nothing_away() -> None:
    assert names(counted([stated("out", (FlowLink.PASSES_ON, "elsewhere"))], Side.SOURCES)) == {"out"}


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
