"""The same money said several times is one flow; sums of one list, of one sentence, of two payees are several."""

from __future__ import annotations

from decimal import Decimal

import pytest
from read_sums import LAMPS, MINISTRY, OARS, OFFICE, account, body, flows, kinds, read_sum, row

from graph.model import Basis, FlowKind, FlowStatus
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Said, certain
from ingest.extract.words.sections import Origin

SUMMARY, DECIDED = Origin.SUMMARY, Origin.RECOMMENDATION


def test_a_sum_said_in_summary_recommendation_and_table_is_one_and_rests_on_all_three() -> None:
    sums = [
        read_sum(286500, OFFICE, LAMPS, at=1, origin=SUMMARY),
        read_sum(286500, OFFICE, LAMPS, at=50, origin=DECIDED),
        row(286500, OFFICE, LAMPS, at=90),
    ]
    (flow,) = account(*sums).flows
    assert [evidence.start for evidence in flow.evidence] == [90, 50, 1]


@pytest.mark.parametrize("series", ["list 1", "table"])
def test_entries_of_one_list_and_rows_of_one_table_are_never_one_sum(series: str) -> None:
    sums = [read_sum(286500, OFFICE, LAMPS, at=at, series=series) for at in (1, 50)]
    assert flows(*sums) == ["Office > Lamps: 286500"] * 2


def test_figures_of_one_sentence_are_never_one_sum() -> None:
    sums = [read_sum(286500, OFFICE, LAMPS, at=at, sentence=0) for at in (1, 50)]
    assert len(flows(*sums)) == 2


def test_equal_sums_to_two_payees_are_two() -> None:
    sums = [read_sum(286500, OFFICE, LAMPS, at=1), read_sum(286500, OFFICE, OARS, at=50, origin=DECIDED)]
    assert flows(*sums) == ["Office > Lamps: 286500", "Office > Oars: 286500"]


def test_a_name_and_its_longer_form_are_one_payee() -> None:
    short, long = body("Alby County Council"), body("Alby County Council Youth Service")
    sums = [
        read_sum(286500, OFFICE, short, at=1, origin=SUMMARY),
        read_sum(286500, OFFICE, long, at=50, origin=DECIDED),
    ]
    assert len(flows(*sums)) == 1


def test_an_open_payee_is_filled_by_the_statement_that_names_it() -> None:
    sums = [read_sum(286500, at=1, origin=SUMMARY), read_sum(286500, OFFICE, LAMPS, at=50, origin=DECIDED)]
    assert flows(*sums) == ["Office > Lamps: 286500"]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        pytest.param((OFFICE, None), (OFFICE, None), 2, id="nobody was read: their words keep two awards apart"),
        pytest.param((OFFICE, LAMPS), (OFFICE, None), 2, id="one was read"),
        pytest.param((OFFICE, LAMPS), (OFFICE, LAMPS), 1, id="both agree"),
    ],
)
def test_small_round_sums_of_running_text_are_one_only_where_both_parties_agree(
    first: tuple[None, None], second: tuple[None, None], count: int
) -> None:
    assert len(flows(read_sum(5000, *first, at=1), read_sum(5000, *second, at=50))) == count


def test_later_words_that_point_back_speak_of_the_same_sum() -> None:
    assert len(flows(read_sum(5000, OFFICE, LAMPS, at=1), read_sum(5000, at=50, said=[Said.BACK]))) == 1


def test_another_sum_is_another() -> None:
    assert len(flows(read_sum(200000, at=1), read_sum(200000, at=50, said=[Said.NEW]))) == 2


def test_an_award_to_somebody_yet_to_be_found_is_not_the_award_to_somebody_named() -> None:
    sums = [
        row(150000, OFFICE, None, at=90, recipient_words="Evaluator (to be procured)"),
        read_sum(150000, OFFICE, LAMPS, at=1, origin=DECIDED),
    ]
    assert len(flows(*sums)) == 2


def test_what_came_in_and_what_went_out_are_two_sides_of_one_sum() -> None:
    sums = [
        read_sum(286500, MINISTRY, OFFICE, at=1, origin=DECIDED),
        read_sum(286500, OFFICE, LAMPS, at=50, origin=DECIDED),
    ]
    assert flows(*sums) == ["Ministry > Office: 286500", "Office > Lamps: 286500"]


def test_equal_sums_of_two_years_are_two() -> None:
    sums = [read_sum(286500, OFFICE, LAMPS, at=at, years=[year]) for at, year in ((1, "2031/32"), (50, "2032/33"))]
    assert flows(*sums) == ["Office > Lamps: 286500 2031/32", "Office > Lamps: 286500 2032/33"]


def test_the_narrower_years_hold() -> None:
    both = ["2031/32", "2032/33"]
    sums = [
        read_sum(286500, OFFICE, LAMPS, at=1, years=both),
        read_sum(286500, OFFICE, LAMPS, at=50, years=both[:1], origin=DECIDED),
    ]
    assert flows(*sums) == ["Office > Lamps: 286500 2031/32"]


def test_an_unclear_reading_follows_the_clear_one() -> None:
    unclear = Choice(((Pair(MINISTRY, OFFICE), 0.55), (Pair(OFFICE, LAMPS), 0.45)))
    sums = [
        read_sum(286500, at=1, origin=SUMMARY, parties=unclear),
        read_sum(286500, OFFICE, LAMPS, at=50, origin=DECIDED, sure=0.95),
    ]
    assert flows(*sums) == ["Office > Lamps: 286500"]


# -- rounded figures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounded", "unit", "said", "exact", "is_one"),
    [
        pytest.param(1200000, 100000, (), 1234000, True, id="£1.2m is £1,234,000"),
        pytest.param(1200000, 100000, (), 1260000, False, id="more than half a step off"),
        pytest.param(286000, 1000, (), 286500, True, id="£286k is £286,500"),
        pytest.param(300000, 1, (), 295000, False, id="within 3 per cent is not rounding"),
        pytest.param(330000, 1000, (Said.MORE,), 336580, True, id="over £330k"),
        pytest.param(330000, 1000, (), 336580, False, id="£330k"),
        pytest.param(60000, 1000, (Said.LESS,), 57624, True, id="nearly £60k"),
        pytest.param(100000, 1, (Said.MORE,), 123871, False, id="over £100,000 is no £123,871"),
    ],
)
def test_a_rounded_figure_is_the_exact_one_that_it_rounds(
    rounded: int, unit: int, said: tuple[Said, ...], exact: int, is_one: bool
) -> None:
    headline = read_sum(
        rounded, OFFICE, LAMPS, at=1, basis=Basis.ROUNDED, unit=Decimal(unit), said=said, origin=SUMMARY
    )
    found = flows(headline, read_sum(exact, OFFICE, LAMPS, at=50))
    assert found == ([f"Office > Lamps: {exact}"] if is_one else sorted(found))
    assert len(found) == (1 if is_one else 2)


def test_two_rounded_figures_are_two_sums() -> None:
    sums = [
        read_sum(amount, OFFICE, LAMPS, at=at, basis=Basis.ROUNDED, unit=Decimal(unit))
        for at, amount, unit in ((1, 7000000, 1000000), (50, 7200000, 100000))
    ]
    assert flows(*sums) == ["Office > Lamps: 7000000", "Office > Lamps: 7200000"]


def test_a_round_figure_that_does_not_say_so_rounds_at_its_third_digit() -> None:
    assert flows(read_sum(551000, at=1, said=[Said.HEADLINE]), read_sum(550780, at=50)) == ["Office > ?: 550780"]


def test_pence_are_no_difference() -> None:
    exact = read_sum("652150.80", at=50, unit=Decimal("0.01"))
    assert [flow.amount for flow in account(read_sum(652151, at=1), exact).flows] == [Decimal("652150.80")]


def test_a_headline_says_again_what_stands_below_whoever_it_names() -> None:
    sums = [
        read_sum(430000, OFFICE, LAMPS, at=1, said=[Said.HEADLINE]),
        read_sum(430000, MINISTRY, OFFICE, at=50, sure=0.97),
    ]
    assert flows(*sums) == ["Ministry > Office: 430000"]


# -- kind, status, standing ----------------------------------------------------------------------------------------


def test_what_was_asked_for_and_is_awarded_is_no_bid_any_more() -> None:
    asked = read_sum(286500, OFFICE, LAMPS, at=1, kind=FlowKind.BID, status=certain(FlowStatus.PROPOSED))
    assert kinds(asked) == ["286500 bid proposed"]
    assert kinds(asked, read_sum(286500, OFFICE, LAMPS, at=50)) == ["286500 grant approved"]


def test_a_condition_that_one_statement_names_holds() -> None:
    sums = [
        read_sum(286500, OFFICE, LAMPS, at=1, status=certain(FlowStatus.PROVISIONAL)),
        read_sum(286500, OFFICE, LAMPS, at=50, origin=DECIDED),
    ]
    assert kinds(*sums) == ["286500 grant provisional"]


def test_a_sum_that_the_decision_moves_may_be_mentioned_in_passing_too() -> None:
    moved = read_sum(286500, OFFICE, LAMPS, at=1, origin=DECIDED)
    assert kinds(moved, read_sum(286500, OFFICE, LAMPS, at=50, standing=Standing.CONTEXT)) == ["286500 grant approved"]


def test_context_is_an_envelope_and_what_is_no_award_is_left_out() -> None:
    made = account(read_sum(36000000, at=1, standing=Standing.CONTEXT), read_sum(500, at=50, standing=Standing.NONE))
    assert [(flow.kind, flow.status) for flow in made.flows] == [(FlowKind.ENVELOPE, FlowStatus.CONTEXT)]
    assert [words.start for words in made.left_out] == [50]


# -- how sure it is ------------------------------------------------------------------------------------------------


def test_what_two_statements_agree_on_is_surer_than_what_one_says() -> None:
    one = read_sum(286500, OFFICE, LAMPS, at=1, sure=0.7)
    both = account(one, read_sum(286500, OFFICE, LAMPS, at=50, sure=0.7, origin=DECIDED)).flows[0]
    alone = account(one).flows[0]
    assert alone.confidence == pytest.approx(0.7 * 0.9)
    assert both.confidence > alone.confidence


def test_a_slot_in_doubt_is_named_with_what_else_it_may_be() -> None:
    (flow,) = account(read_sum(286500, OFFICE, LAMPS, at=1, sure=0.7)).flows
    (doubt,) = flow.doubts
    assert (doubt.slot, doubt.value, doubt.probability) == ("recipient", "Lamps Trust", pytest.approx(0.7))
    assert [(other.value, other.probability) for other in doubt.alternatives] == [("", pytest.approx(0.3))]


def test_a_headline_says_a_round_sum_again_too() -> None:
    sums = [
        read_sum(5000, None, None, at=1, said=[Said.HEADLINE]),
        read_sum(5000, OFFICE, LAMPS, at=50),
    ]
    assert flows(*sums) == ["Office > Lamps: 5000"]


def test_text_that_says_a_sum_to_its_last_digit_means_the_same_payment() -> None:
    summary = read_sum("59729.71", OFFICE, OARS, at=1, origin=SUMMARY)
    assert len(flows(summary, read_sum("59729.71", OFFICE, LAMPS, at=50, origin=DECIDED))) == 1
    assert len(flows(summary, read_sum("59729.71", MINISTRY, LAMPS, at=50, origin=DECIDED))) == 2


def test_a_recommendation_and_a_row_that_surely_name_two_payees_are_two_sums() -> None:
    award = read_sum(48144, OFFICE, LAMPS, at=50, origin=DECIDED)
    assert len(flows(row(48144, OFFICE, OARS, at=1), award)) == 2


def test_words_that_round_a_sum_say_little_of_its_years() -> None:
    sums = [
        read_sum(600000, OFFICE, LAMPS, at=1, basis=Basis.ROUNDED, said=[Said.MORE], years=["2031/32", "2032/33"]),
        read_sum(629093, OFFICE, LAMPS, at=50, years=["2031/32"]),
    ]
    assert flows(*sums) == ["Office > Lamps: 629093 2031/32"]
