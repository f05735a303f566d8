"""As much goes out as comes in, as far as it is known: what is left of a sum, and what is paid beyond it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from graph.counting.grounds import Grounds
from graph.counting.judgement import judged
from graph.counting.likeness import total
from graph.counting.rests import settle
from graph.counting.sides import Side
from graph.model import FlowLink
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_flow

pounds = st.integers(min_value=1, max_value=100_000).map(lambda tens: Decimal(10 * tens))


def given_to_mayor(amount: Decimal, number: int = 0) -> StatedFlow:
    return StatedFlow(f"in-{number}", "pcd-1.md", make_flow(f"in-{number}", amount=f"{amount:.2f}", recipient=MAYOR))


def paid(amount: Decimal, number: int = 0, links: tuple[tuple[FlowLink, str], ...] = ()) -> StatedFlow:
    flow = make_flow(f"out-{number}", amount=f"{amount:.2f}", funder=MAYOR, recipient=COUNCIL)
    return StatedFlow(f"out-{number}", "pcd-1.md", flow, links)


@given(st.lists(pounds, min_size=1, max_size=6), st.lists(pounds, max_size=6))
def test_no_pound_is_lost_or_made(held: list[Decimal], spent: list[Decimal]) -> None:
    came = [given_to_mayor(amount, number) for number, amount in enumerate(held)]
    went = [paid(amount, number) for number, amount in enumerate(spent)]
    found = settle(came, went, Grounds())
    assert total(came) - total(went) == total(found.left) - total(found.beyond)
    assert not (found.left and found.beyond), "payments of one year take from all that was given for it"


def test_a_payment_takes_first_from_the_sum_that_it_is_said_to_pass_on() -> None:
    came = [given_to_mayor(Decimal(100), 1), given_to_mayor(Decimal(100), 2)]
    found = settle(came, [paid(Decimal(70), 1, ((FlowLink.PASSES_ON, "in-2"),))], Grounds())
    assert {stated.iri: stated.flow.amount for stated in found.left} == {"in-1": 100, "in-2": 30}


def test_what_is_paid_beyond_what_was_given_is_the_payers_own() -> None:
    flows = [given_to_mayor(Decimal(100)), paid(Decimal(70), 1), paid(Decimal(50), 2)]
    sources = judged(WARM_HOMES, flows, Side.SOURCES, Grounds())
    assert {(s.flow.funder, s.flow.amount) for s in sources.flows} == {(TREASURY, 100), (MAYOR, 20)}
    assert sources.total == judged(WARM_HOMES, flows, Side.DELIVERIES, Grounds()).total == 120
