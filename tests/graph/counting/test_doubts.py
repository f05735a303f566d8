"""What is said of sums that count and yet are not certain."""

from __future__ import annotations

from graph.counting.doubts import may_be_the_same, provisional_doubt, same_money_doubt
from graph.model import FlowKind, FlowStatus
from graph.stated.flows import StatedFlow
from tests.builders import make_flow


def stated(amount: str, document: str = "a.md", **given: object) -> StatedFlow:
    return StatedFlow(amount, document, make_flow(amount=amount, **given))  # type: ignore[arg-type]


def test_how_much_of_a_sum_is_provisional_is_said() -> None:
    firm, open_still = stated("670000"), stated("330000", status=FlowStatus.PROVISIONAL)
    assert provisional_doubt([firm, open_still]).startswith("£330,000 of it is provisional")
    assert "of the sum received is" in provisional_doubt([open_still], of="the sum received")
    assert provisional_doubt([firm]) == ""


def test_a_match_and_a_sum_set_aside_by_one_funder_for_the_same_years_may_be_one() -> None:
    match, aside = stated("300", kind=FlowKind.MATCH), stated("500", "b.md", kind=FlowKind.ALLOCATION)
    [(one, other)] = may_be_the_same([match, aside])
    assert same_money_doubt(one, other).startswith("The match funding of £300 and the £500 set aside")
