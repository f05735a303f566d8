"""Money for a provider who was still to be found, and the award to whoever it was: the same money."""

from __future__ import annotations

from graph.counting.grounds import Grounds
from graph.counting.tally import tally
from graph.model import FlowKind
from graph.names.new_names import is_to_be_chosen
from graph.stated.flows import StatedFlow
from tests.builders import MAYOR, TREASURY, make_flow, organisation, programme

BUILDER, MASON = organisation("Builder"), organisation("Mason")
BOTH = ("2023/24", "2024/25")


def role(amount: str, year: str, words: str = "Heating provider (to be procured)") -> StatedFlow:
    return StatedFlow(
        f"{words} {year}",
        "plan.md",
        make_flow(
            amount=amount,
            funder=MAYOR,
            recipient=None,
            recipient_words=words,
            years=(year,),
            awaits_payee=is_to_be_chosen(words),
        ),
    )


def award(amount: str = "900.00", document: str = "award.md", **given: object) -> StatedFlow:
    given = {"funder": MAYOR, "recipient": BUILDER, "years": BOTH, **given}
    flow = make_flow(amount=amount, **given)  # type: ignore[arg-type]
    return StatedFlow(f"award of {amount} to {flow.recipient}", document, flow)


OPEN = [role("400.00", "2023/24"), role("600.00", "2024/25")]


def counted(*flows: StatedFlow, grounds: Grounds | None = None) -> int:
    return int(tally(flows, grounds or Grounds()).total)


def test_the_award_counts_in_place_of_the_open_role_of_all_its_years() -> None:
    found = tally([*OPEN, award()], Grounds())
    assert found.total == 900
    assert {left.said for left in found.left_out} == {"awarded since to Builder"}


def test_an_award_of_more_than_the_role_or_of_much_less_is_other_money() -> None:
    assert counted(*OPEN, award("1001.00")) == 2001
    assert counted(*OPEN, award("749.00")) == 1749
    assert counted(*OPEN, award("1000.00")) == 1000
    assert counted(*OPEN, award("750.00")) == 750


def test_an_award_by_another_for_another_programme_or_year_is_other_money() -> None:
    assert counted(*OPEN, award(funder=TREASURY)) == 1900
    assert counted(*OPEN, award(programmes=(programme("Street Light"),))) == 1900
    assert counted(*OPEN, award(programmes=())) == 1900
    assert counted(*OPEN, award(years=("2024/25", "2025/26"))) == 1900
    assert counted(*OPEN, award(kind=FlowKind.MATCH)) == 1900


def test_an_open_recipient_of_whom_nothing_is_to_be_procured_is_no_open_role() -> None:
    partners = [role("400.00", "2023/24", "local partners"), role("600.00", "2024/25", "local partners")]
    assert counted(*partners, award()) == 1900


def test_an_award_of_the_decision_that_leaves_the_role_open_is_other_money() -> None:
    assert counted(*OPEN, award(document="plan.md")) == 1900


def test_who_is_paid_by_name_beside_the_role_does_not_fill_it() -> None:
    beside = award("50.00", document="plan.md")
    grounds = Grounds(flows={"plan.md": (*OPEN, beside)})
    assert counted(*OPEN, beside, award(), grounds=grounds) == 1950


def test_two_organisations_that_might_fill_a_role_leave_it_open() -> None:
    assert counted(*OPEN, award(), award("950.00", recipient=MASON)) == 2850


def test_one_award_does_not_fill_two_roles() -> None:
    words = "Adviser (to be appointed)"
    other = [role("420.00", "2023/24", words), role("590.00", "2024/25", words)]
    assert counted(*OPEN, *other, award()) == 2910
