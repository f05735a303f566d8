"""A total says what it is without and with the money in doubt, and which sums these are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.counting.bounds import Sign, bounds, bounds_json, slots_of, total_clause
from graph.counting.left_out import LeftOut, Reason
from graph.counting.rests import with_amount
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Band, Doubt, FlowKind, FlowStatus
from graph.stated.flows import StatedFlow
from tests.builders import ASHFORD, COUNCIL, KENT, MAYOR, WARM_HOMES, fund, make_doubt, make_flow, programme

BACKGROUND = make_doubt("status", "approved", 0.6, ("context", 0.3))
AWARD = make_doubt("status", "context", 0.6, ("approved", 0.3))
ELSEWHERE = make_doubt("programme", "Warm Homes", 0.4, ("Night Lights", 0.3))
NOWHERE = make_doubt("programme", "Warm Homes", 0.4, ("", 0.3))
UNREAD = make_doubt("programme", "Warm Homes", 0.4)
LIGHTS = programme("Night Lights")
WEAK_FUND = make_doubt("fund", "Oak Fund", 0.3)
OPEN = {"band": Band.CHECK}


def stated(id: str, amount: str, document: str = "pcd-1.md", **known: object) -> StatedFlow:
    return StatedFlow(id, document, make_flow(id, amount=amount, **known))  # type: ignore[arg-type]


def signs(*flows: StatedFlow, slots: tuple[str, ...] = ("programme",)) -> dict[str, Sign]:
    return {each.stated.iri: each.sign for each in bounds(Tally(flows), slots).sums}


@pytest.mark.parametrize(
    ("known", "sign"),
    [
        pytest.param({}, None, id="read well"),
        pytest.param({"doubts": [BACKGROUND]}, Sign.STANDING, id="may be background"),
        pytest.param({"doubts": [make_doubt("status", "approved", 0.6, ("provisional", 0.4))]}, None, id="firm or not"),
        pytest.param({"doubts": [make_doubt("status", "approved", 0.8, ("context", 0.2))]}, None, id="seldom"),
        pytest.param({"doubts": [ELSEWHERE]}, Sign.BELONGS, id="another's"),
        pytest.param({"doubts": [make_doubt("programme", "Warm Homes", 0.5)]}, None, id="even"),
        pytest.param({"doubts": [make_doubt("fund", "Oak Fund", 0.4)]}, None, id="a part that is not asked about"),
        pytest.param({"doubts": [WEAK_FUND], **OPEN}, Sign.READING, id="another part is likely misread"),
        pytest.param({"doubts": [make_doubt("fund", "Oak Fund", 0.4)], **OPEN}, None, id="another part may be misread"),
        pytest.param({"doubts": [WEAK_FUND], "band": Band.SURE}, None, id="another part, set right by a person"),
        pytest.param({"confidence": 0.4, "band": Band.CHECK}, Sign.READING, id="misread in some part"),
        pytest.param({"confidence": 0.5, "band": Band.CHECK}, None, id="even chance"),
        pytest.param({"confidence": 0.4, "band": Band.SURE}, None, id="set right by a person"),
    ],
)
def test_what_makes_a_counted_sum_doubtful(known: dict[str, object], sign: Sign | None) -> None:
    assert signs(stated("a", "100.00", **known)) == ({"a": sign} if sign else {})


@pytest.mark.parametrize(
    ("known", "is_part"),
    [
        pytest.param({}, True, id="between the same parties, for the same"),
        pytest.param({"years": ()}, True, id="without a year"),
        pytest.param({"years": ("2024/25",)}, False, id="for another year"),
        pytest.param({"recipient": MAYOR}, False, id="to another"),
        pytest.param({"funder": MAYOR}, False, id="from another"),
        pytest.param({"programmes": (LIGHTS,)}, False, id="for another programme"),
        pytest.param(
            {"programmes": (LIGHTS,), "doubts": [make_doubt("programme", "Night Lights", 0.4)]}, True,
            id="for another programme, which is as likely as not misread",
        ),
        pytest.param({"fund": fund("Oak Fund")}, False, id="out of another fund"),
        pytest.param({"kind": FlowKind.MATCH}, False, id="match beside the grant"),
        pytest.param({"in_table": True}, False, id="two rows of tables"),
        pytest.param({"document": "pcd-2.md"}, False, id="another decision"),
        pytest.param({"amount": "900.00"}, False, id="as large"),
    ],
)  # fmt: skip
def test_a_smaller_sum_of_a_decision_may_be_a_part_of_a_larger(known: dict[str, object], is_part: bool) -> None:
    whole = stated("whole", "900.00", fund=fund("Pine Fund"), in_table=True)
    part = stated("part", **{"amount": "300.00", **known})  # type: ignore[arg-type]
    found = bounds(Tally((whole, part)))
    assert [each.stated.iri for each in found.sums if each.sign is Sign.PART] == (["part"] if is_part else [])
    assert found.least == found.whole - (part.flow.amount if is_part else 0)
    if is_part:
        assert found.sums[0].said == "may be a part of the £900 that the same decision states"


def test_a_sum_for_nobody_by_name_may_hold_one_that_is_for_somebody_and_not_the_other_way_round() -> None:
    to_all, to_one = stated("all", "900.00", recipient=None), stated("one", "300.00")
    assert signs(to_all, to_one) == {"one": Sign.PART}
    assert signs(stated("one", "900.00"), stated("all", "300.00", recipient=None)) == {}


def test_a_part_of_what_may_not_count_stands_by_itself_where_that_does_not() -> None:
    whole, part = stated("whole", "900.00", doubts=[BACKGROUND]), stated("part", "300.00")
    found = bounds(Tally((whole, part)))
    assert (found.least, found.most) == (Decimal(300), Decimal(1200))
    assert {each.stated.iri for each in found.sums} == {"whole", "part"}


def test_what_is_left_out_in_doubt_makes_the_most() -> None:
    counted = stated("a", "100.00")
    left = (
        LeftOut(stated("b", "20.00", status=FlowStatus.CONTEXT, doubts=[AWARD]), Reason.CONTEXT),
        LeftOut(stated("c", "5000.00", status=FlowStatus.CONTEXT), Reason.CONTEXT),
        LeftOut(stated("d", "3.00"), Reason.AGAIN),
    )
    joint = stated("e", "40.00", programmes=(WARM_HOMES, LIGHTS))
    found = bounds(Tally((counted,), (joint,), left))
    assert (found.least, found.whole, found.most) == (Decimal(100), Decimal(100), Decimal(160))
    assert [(each.stated.iri, each.sign, each.is_added) for each in found.sums] == [
        ("e", Sign.JOINT, False), ("b", Sign.BACKGROUND, False),
    ]  # fmt: skip
    assert bounds_json(found) == {"least": "100.00", "most": "160.00"}


def test_of_a_sum_that_counts_in_part_that_part_is_in_doubt() -> None:
    found = bounds(Tally((with_amount(stated("a", "100.00", doubts=[BACKGROUND]), Decimal(70)),)))
    assert (found.least, found.most, found.sums[0].amount) == (Decimal(0), Decimal(70), Decimal(70))


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        (ELSEWHERE, "may be for Night Lights"),
        (NOWHERE, "may be for another programme, or none by name"),
        (UNREAD, "may be for another programme, or none by name"),
        (make_doubt("fund", "Oak Fund", 0.4, ("Pine Fund", 0.3)), "may be from Pine Fund"),
        (make_doubt("recipient", "Oak", 0.4), "may go to somebody else"),
        (make_doubt("funder", "Oak", 0.4, ("Pine", 0.3)), "may come from Pine"),
        (make_doubt("year", "2023/24", 0.4, ("2023/24-2024/25", 0.3)), "may be for 2023/24 to 2024/25"),
    ],
)
def test_the_reason_names_what_else_it_may_be(doubt: Doubt, said: str) -> None:
    found = bounds(Tally((stated("a", "100.00", doubts=[doubt]),)), (doubt.slot,))
    assert found.sums[0].said == said
    assert found.notes == {"a": f"In doubt: {said}"}


def test_the_largest_are_named_with_their_decisions_and_the_others_counted() -> None:
    flows = [stated(str(number), f"{number}00.00", f"pcd-{number}.md", doubts=[BACKGROUND]) for number in range(1, 6)]
    found = bounds(Tally(tuple(flows)))
    told = found.sentence(lambda document: document.removesuffix(".md").upper())
    assert told.startswith("It is at most £1,500, as all of its sums are in doubt: £500 (PCD-5) may be background")
    assert told.count("(PCD-") == 3
    assert told.endswith("; and 2 more.")
    other = found.sentence(str, {"4", "5"})
    assert other.startswith("It is at most £1,500, as all of its sums are in doubt: besides those above, £300 (")
    assert other.count("(pcd-") == 3
    assert found.sentence(str, found.notes) == "It is at most £1,500, as all of its sums are in doubt."
    sure = bounds(Tally((stated("a", "100.00"),)))
    assert (sure.clause, sure.sentence(str), sure.least, sure.most) == ("", "", Decimal(100), Decimal(100))


def test_a_total_says_how_sure_it_is_and_its_bounds() -> None:
    flows = (stated("a", "100.00", doubts=[BACKGROUND], **OPEN), stated("b", "50.00", "pcd-2.md"))
    assert total_clause(Tally(flows), bounds(Tally(flows))) == (
        "of which £100 is to be checked; between £50 and £150, as sums are in doubt"
    )  # fmt: skip
    assert total_clause(Tally(flows[1:]), bounds(Tally(flows[1:]))) == ""


def test_a_sum_belongs_to_a_thing_by_the_part_of_its_reading_that_names_it() -> None:
    assert slots_of(WARM_HOMES, Side.SOURCES) == ("programme",)
    assert slots_of(fund("Oak Fund"), Side.DELIVERIES) == ("fund",)
    assert (slots_of(COUNCIL, Side.SOURCES), slots_of(COUNCIL, Side.DELIVERIES)) == (("recipient",), ("funder",))
    assert slots_of(KENT, Side.SOURCES) == slots_of(ASHFORD, Side.DELIVERIES) == slots_of(None, Side.SOURCES) == ()


FLOWS = st.builds(
    lambda id, pounds, document, doubt, confidence: stated(
        id, f"{pounds}.00", document, doubts=doubt, confidence=confidence, band=Band.CHECK
    ),
    st.uuids().map(str),
    st.integers(1, 9),
    st.sampled_from(["pcd-1.md", "pcd-2.md"]),
    st.sampled_from([[], [BACKGROUND], [AWARD], [ELSEWHERE]]),
    st.sampled_from([0.3, 0.9]),
)


@given(st.lists(FLOWS, max_size=8), st.lists(FLOWS, max_size=4), st.randoms())
def test_the_bounds_hold_the_total_and_do_not_go_by_order(added: list[StatedFlow], left: list[StatedFlow], mix) -> None:  # type: ignore[no-untyped-def]
    out = [LeftOut(each, Reason.CONTEXT) for each in left]
    found = bounds(Tally(tuple(added), (), tuple(out)), ("programme",))
    assert 0 <= found.least <= found.whole <= found.most
    assert found.most - found.whole == sum(each.amount for each in found.sums if not each.is_added)
    assert found.whole - found.least <= sum(each.amount for each in found.sums if each.is_added)
    mix.shuffle(added)
    mix.shuffle(out)
    assert bounds(Tally(tuple(added), (), tuple(out)), ("programme",)) == found
