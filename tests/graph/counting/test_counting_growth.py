"""Judging everything takes time in step with the flows, a ministry that pays in each of them among them."""

from __future__ import annotations

from graph.counting.grounds import Grounds
from graph.counting.ledger import Counting
from graph.model import FlowKind, FlowLink
from graph.stated.flows import StatedFlow
from tests.builders import TREASURY, make_flow, organisation, programme
from tests.growth import grows_in_step


def decisions(number: int) -> Counting:
    """Money of one ministry to so many bodies, each with payees, match and a pot of its own in one decision."""
    flows: list[StatedFlow] = []
    for each in range(number):
        body, charity = organisation(f"Body {each}"), organisation(f"Charity {each}")
        document = f"{each}.md"
        own = {"programmes": [programme(f"Programme {each}")], "years": [f"20{10 + each % 15}/{11 + each % 15}"]}
        given = make_flow("in", funder=TREASURY, recipient=body, amount=f"{60_000 + each}.00", **own)
        match = make_flow("match", funder=body, recipient=None, kind=FlowKind.MATCH, amount="500.00", **own)
        pot = make_flow("pot", funder=body, recipient=None, kind=FlowKind.ALLOCATION, amount="30000.00", **own)
        paid = make_flow("out", funder=body, recipient=charity, amount="20000.00", **own)
        iri = f"{document}/"
        flows += [
            StatedFlow(f"{iri}in", document, given),
            StatedFlow(f"{iri}match", document, match),
            StatedFlow(f"{iri}pot", document, pot),
            StatedFlow(f"{iri}out", document, paid, ((FlowLink.PASSES_ON, f"{iri}in"),)),
        ]
    return Counting(flows, Grounds())


def judge_everything(number: int) -> None:
    counting = decisions(number)
    judged = [counting.tally(key, side) for key, side in counting.keys()]  # noqa: SIM118 (no mapping)
    assert len(judged) > 8 * number


def test_judging_everything_grows_with_the_flows() -> None:
    assert grows_in_step(judge_everything, 400)
