"""Parts and totals: a total is stated and never added; what came in stays beside what is paid out of it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from read_sums import LAMPS, MINISTRY, OARS, OFFICE, account, flows, links, read_sum, row, totals

from graph.model import FlowKind, FlowLink, FlowStatus
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.sums.sums import Fallback, Said, Sum
from ingest.extract.words.sections import Origin

DECIDED = Origin.RECOMMENDATION


def test_a_sum_over_the_sums_of_its_sentence_is_a_total_and_they_take_what_it_says() -> None:
    sums = [
        read_sum(90000, MINISTRY, OFFICE, at=1, sentence=0, years=["2031/32"]),
        read_sum(40000, MINISTRY, None, at=20, sentence=0),
        read_sum(50000, MINISTRY, None, at=40, sentence=0),
    ]
    assert totals(*sums) == ["90000: 40000 50000"]
    assert flows(*sums) == ["Ministry > Office: 40000 2031/32", "Ministry > Office: 50000 2031/32"]


def test_a_sum_over_the_entries_of_a_list_is_a_total() -> None:
    sums = [
        read_sum(90000, at=1),
        read_sum(40000, OFFICE, LAMPS, at=20, series="list 1"),
        read_sum(50000, OFFICE, OARS, at=40, series="list 1"),
    ]
    assert totals(*sums) == ["90000: 40000 50000"]


def test_a_sum_over_recommendations_that_follow_each_other_is_a_total() -> None:
    sums = [
        read_sum(90000, at=1, origin=Origin.SUMMARY),
        read_sum(40000, OFFICE, LAMPS, at=20, origin=DECIDED),
        read_sum(50000, OFFICE, OARS, at=40, origin=DECIDED),
    ]
    assert totals(*sums) == ["90000: 40000 50000"]


def test_an_award_that_equals_others_by_chance_is_no_total_of_them() -> None:
    sums = [
        read_sum(1500, OFFICE, payee, at=at, sentence=0)
        if payee is LAMPS
        else read_sum(750, OFFICE, payee, at=at, sentence=0)
        for at, payee in ((1, LAMPS), (20, OARS), (40, OARS))
    ]
    assert totals(*sums) == []
    assert len(flows(*sums)) == 3


def test_what_came_in_is_no_total_of_what_is_paid_out_and_gives_it_its_years() -> None:
    sums = [
        read_sum(90000, MINISTRY, OFFICE, at=1, years=["2031/32"]),
        read_sum(40000, OFFICE, LAMPS, at=20, sentence=20),
        read_sum(50000, OFFICE, OARS, at=40, sentence=20),
    ]
    assert totals(*sums) == []
    assert flows(*sums) == [
        "Ministry > Office: 90000 2031/32",
        "Office > Lamps: 40000 2031/32",
        "Office > Oars: 50000 2031/32",
    ]
    assert links(*sums) == ["Lamps 40000 passesOn Office 90000", "Oars 50000 passesOn Office 90000"]


def test_a_sum_said_to_lie_in_another_is_part_of_it() -> None:
    sums = [
        read_sum(90000, OFFICE, LAMPS, at=1, sentence=0, years=["2031/32"]),
        read_sum(20000, OFFICE, None, at=20, sentence=0, said=[Said.PART]),
    ]
    assert flows(*sums) == ["Office > Lamps: 20000 2031/32", "Office > Lamps: 90000 2031/32"]
    assert links(*sums) == ["Lamps 20000 partOf Lamps 90000"]


@pytest.mark.parametrize(("said", "order"), [(Said.INCREASE, (90000, 20000)), (Said.OUT_OF, (20000, 90000))])
def test_an_increase_and_a_sum_out_of_the_next_are_parts(said: Said, order: tuple[int, int]) -> None:
    sums = [
        read_sum(amount, OFFICE, LAMPS, at=at, sentence=0, said=[said] if amount == 20000 else [])
        for at, amount in enumerate(order)
    ]
    assert links(*sums) == ["Lamps 20000 partOf Lamps 90000"]


def paragraphs(*, at: int = 100, said: Iterable[Said] = (Said.PART, Said.OF_IT), **more: object) -> list[Sum]:
    """Return £90,000 to Lamps and, in a paragraph of its own that begins at `at`, £20,000 that nobody is named for."""
    part = read_sum(20000, at=at, said=said, **more)  # type: ignore[arg-type]
    return [read_sum(90000, OFFICE, LAMPS, at=1, years=["2031/32"]), part]


def test_a_paragraph_that_begins_with_of_this_has_a_part_of_the_sum_above_it() -> None:
    assert links(*paragraphs()) == ["? 20000 partOf Lamps 90000"]
    assert flows(*paragraphs()) == ["Office > ?: 20000", "Office > Lamps: 90000 2031/32"]  # it says nothing of these


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"said": (Said.PART,)}, id="including, in another paragraph"),
        pytest.param({"said": (Said.PART, Said.OF_IT, Said.BACK)}, id="of that £20,000"),
        pytest.param({"at": 900}, id="far below"),
        pytest.param({"series": "list 1"}, id="an entry of a list"),
    ],
)
def test_what_is_said_otherwise_of_another_paragraph_is_no_part(known: dict[str, object]) -> None:
    assert links(*paragraphs(**known)) == []  # type: ignore[arg-type]


def test_of_this_means_the_nearest_larger_sum_of_the_paragraph_right_above() -> None:
    above = [read_sum(90000, OFFICE, LAMPS, at=1), read_sum(30000, OFFICE, OARS, at=50)]
    of_this = read_sum(20000, at=100, said=[Said.PART, Said.OF_IT])
    assert links(*above, of_this) == ["? 20000 partOf Oars 30000"]
    smaller = read_sum(10000, OFFICE, OARS, at=50)
    assert links(above[0], smaller, of_this) == []
    second = read_sum(5000, at=100, sentence=90, said=[Said.PART, Said.OF_IT])
    first = read_sum(7000, OFFICE, OARS, at=90, sentence=90)
    assert links(above[0], first, second) == ["Oars 5000 partOf Oars 7000"]  # the sum beside it comes first


def test_a_total_that_nothing_adds_up_to_is_the_money_itself() -> None:
    assert flows(read_sum(90000, OFFICE, LAMPS, at=1, said=[Said.TOTAL])) == ["Office > Lamps: 90000"]


# -- tables --------------------------------------------------------------------------------------------------------

ROWS = [row(40000, OFFICE, LAMPS, at=100), row(50000, OFFICE, OARS, at=110)]
TOTAL = row(90000, OFFICE, None, at=120, said=[Said.TOTAL])


def test_a_total_row_is_a_total_and_so_is_the_sum_in_prose_that_says_it_again() -> None:
    sums = [read_sum(90000, at=1), *ROWS, TOTAL]
    assert flows(*sums) == ["Office > Lamps: 40000", "Office > Oars: 50000"]
    assert totals(*sums) == ["90000: 40000 50000"]


def test_what_one_payee_gets_is_no_total_of_a_table() -> None:
    sums = [read_sum(90000, OFFICE, LAMPS, at=1), *ROWS, TOTAL]
    assert "Office > Lamps: 90000" in flows(*sums)


def test_prose_that_a_table_says_row_by_row_adds_nothing() -> None:
    sums = [read_sum(40000, OFFICE, LAMPS, at=1), read_sum(50000, OFFICE, OARS, at=20), *ROWS]
    assert flows(*sums) == ["Office > Lamps: 40000", "Office > Oars: 50000"]


def test_what_the_document_says_of_all_rows_fills_what_is_open() -> None:
    fallback = Fallback(years=("2031/32",))
    sums = [row(40000, OFFICE, LAMPS, at=1, fallback=fallback), row(50000, at=9, years=["2030/31"], fallback=fallback)]
    assert flows(*sums) == ["Office > ?: 50000 2030/31", "Office > Lamps: 40000 2031/32"]


# -- passed on, carried forward, replaced --------------------------------------------------------------------------


def test_an_award_out_of_a_grant_and_of_match_funding_passes_both_on() -> None:
    sums = [
        read_sum(70000, MINISTRY, OFFICE, at=1),
        read_sum(20000, at=20, kind=FlowKind.MATCH),
        read_sum(90000, OFFICE, LAMPS, at=40),
    ]
    assert links(*sums) == ["Lamps 90000 passesOn ? 20000", "Lamps 90000 passesOn Office 70000"]


def test_money_carried_forward_is_no_new_money() -> None:
    sums = [
        read_sum(90000, OFFICE, LAMPS, at=1, years=["2031/32"]),
        read_sum(20000, at=20, kind=FlowKind.CARRY_FORWARD, years=["2031/32"]),
    ]
    assert links(*sums) == ["? 20000 carriedFrom Lamps 90000"]


def test_a_row_whose_sum_the_decision_gives_to_another_is_superseded() -> None:
    sums = [row(48000, OFFICE, OARS, at=90, years=["2031/32"]), read_sum(48000, OFFICE, LAMPS, at=1, origin=DECIDED)]
    made = account(*sums)
    assert {flow.recipient: flow.status for flow in made.flows} == {
        OARS: FlowStatus.SUPERSEDED,
        LAMPS: FlowStatus.APPROVED,
    }
    assert links(*sums) == ["Lamps 48000 replaces Oars 48000"]
    assert flows(*sums) == ["Office > Lamps: 48000 2031/32", "Office > Oars: 48000 2031/32"]


def test_what_came_in_has_no_total_that_goes_out() -> None:
    sums = [
        read_sum(90000, OFFICE, None, at=1, origin=Origin.SUMMARY),
        read_sum(40000, MINISTRY, OFFICE, at=20, sentence=20),
        read_sum(50000, OFFICE, OARS, at=40, sentence=20),
    ]
    assert totals(*sums) == []
    assert "Office > ?: 90000" in flows(*sums)


def test_the_total_of_a_table_of_sources_that_the_text_gives_away_is_the_award() -> None:
    sums = [
        row(40000, MINISTRY, OFFICE, at=1),
        row(50000, OFFICE, None, at=2),
        row(90000, OFFICE, None, at=3, said=[Said.TOTAL]),
        read_sum(90000, OFFICE, None, at=50, origin=Origin.SUMMARY),
    ]
    assert totals(*sums) == []
    assert "Office > ?: 90000" in flows(*sums)


def test_parts_that_a_sentence_states_like_their_whole_have_the_parties_that_it_has_elsewhere() -> None:
    either = Choice(((Pair(MINISTRY, OFFICE), 0.51), (Pair(OFFICE, LAMPS), 0.3), (Pair(OFFICE, None), 0.19)))
    sums = [
        read_sum(90000, OFFICE, LAMPS, at=100, origin=DECIDED),
        *(read_sum(amount, at=at, sentence=0, parties=either) for amount, at in ((90000, 1), (40000, 20), (50000, 40))),
    ]
    assert totals(*sums) == ["90000: 40000 50000"]
    assert flows(*sums) == ["Office > Lamps: 40000", "Office > Lamps: 50000"]


def test_parts_whose_words_leave_their_parties_open_have_those_of_a_clear_whole_beside_them() -> None:
    whole = read_sum(90000, OFFICE, LAMPS, at=1, sentence=0)
    unclear = [
        read_sum(amount, MINISTRY, OFFICE, at=at, sentence=0, sure=0.3) for amount, at in ((40000, 20), (50000, 40))
    ]
    assert flows(whole, *unclear) == ["Office > Lamps: 40000", "Office > Lamps: 50000"]
    clear = [read_sum(amount, MINISTRY, OFFICE, at=at, sentence=0) for amount, at in ((40000, 20), (50000, 40))]
    assert totals(whole, *clear) == []


def test_a_sum_of_which_two_groups_of_parts_are_stated_counts_and_neither_group_beside_it() -> None:
    whole = read_sum(90_000, at=0)
    comes_from = [read_sum(40_000, at=10, sentence=10), read_sum(50_000, at=20, sentence=10)]
    is_spent_on = [read_sum(70_000, at=30, sentence=30), read_sum(20_000, at=40, sentence=30)]
    found = account(whole, *comes_from, *is_spent_on)
    of_whole = next(flow.id for flow in found.flows if flow.amount == 90_000)
    parts = {one.subject for one in found.relations if one.link is FlowLink.PART_OF and one.object == of_whole}
    assert parts == {flow.id for flow in found.flows if flow.amount < 90_000}
    assert not found.totals
