"""How a question was read as links that change it; sums behind an answer; what can be asked next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.links import Asked, Asking, ask_link, asking_of
from app.viewmodels.answer_sums import answer_sums
from app.viewmodels.proofs import proofs_of
from app.viewmodels.reading import AS_READ, chips_of, choosers, follow_ups
from app.viewmodels.suggestions import answered_alone, instead, question_of, related
from app.viewmodels.visit import visited
from graph.ask import Answer, Status
from graph.ask.answerable import Answerable
from graph.ask.language.terms import (
    Choice,
    Compare,
    Condition,
    During,
    Form,
    Kind,
    List,
    Named,
    OfKind,
    Order,
    Period,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Sized,
    Total,
    What,
)
from graph.ask.rereading import form_text
from graph.ask.result import Item
from graph.counting.tally import Tally
from graph.model import EntityKind
from tests.app.view_fixtures import money_passed_on
from tests.builders import ASHFORD, WARM_HOMES

DRIVE = Named(Role.PROGRAMME, (Choice("Warm Homes", (WARM_HOMES,)),))
THERE = Named(Role.PLACE, (Choice("Ashford", (ASHFORD,)),))
KEY = f"programme/{WARM_HOMES.id}"


def asked(*where: Condition, what: What = What.FUNDER) -> List:
    return List(Scan(Rows.AWARDS, where), what)


def answer_of(form: Form, status: Status = Status.ANSWERED, text: str = "Yes. No.") -> Answer:
    return Answer("q", status, text, form=form)


def answerable(form: Form) -> Answerable:
    return Answerable(form, has_sums=True, has_years=True)


def test_an_asking_comes_back_from_its_url() -> None:
    first = Asking("who funds X").changed("place", "place/kent")
    asking = first.then("and in 2024/25?").changed("place").changed("programme", "programme/x")
    held = asking.parameters()
    assert asking_of(held["q"][0], held["after"], held["change"], held["kept"]) == asking
    assert ask_link(asking) == (
        "./?q=and%20in%202024%2F25%3F&after=who%20funds%20X&kept=1.place%3Aplace%2Fkent"
        "&change=place%3A&change=programme%3Aprogramme%2Fx"
    )


def test_a_follow_up_keeps_the_changes_of_the_last_five_questions() -> None:
    asking = Asking("first").changed("place", "place/kent")
    for number in range(6):
        asking = asking.then(f"and {number}?").changed("years", f"202{number}/2{number + 1}")
    assert [asked.question for asked in asking.after] == ["and 0?", "and 1?", "and 2?", "and 3?", "and 4?"]
    assert asking.after[0].changes == (("years", "2020/21"),)


def test_what_the_url_holds_may_be_nonsense() -> None:
    assert asking_of("q", ["before"], ["no colon"], ["x.y:z", "9.place:", "1.years:2020/21"]) == Asking(
        "q", (Asked("before", (("years", "2020/21"),)),)
    )


def test_parts_of_the_reading_are_chosen_from_what_is_loaded() -> None:
    names = {EntityKind.PROGRAMME: {KEY: WARM_HOMES.name}, EntityKind.PLACE: {"place/ashford": ASHFORD.name}}
    two = Named(Role.PLACE, (*THERE.choices, Choice("Dover", (ASHFORD,), said="Dover")))
    found = {each.part: each for each in choosers(asked(DRIVE, two), names, ["2024/25"], {"total"})}
    assert found["programme"].now == KEY
    assert found["place"].shown[found["place"].now] == "Ashford and Dover"
    assert (found["years"].now, dict(found["years"].shown)) == ("", {"2024/25": "2024/25"})
    assert (found["asks"].now, list(found["asks"].shown)) == ("funder", ["funder", "total"])
    assert "fund" not in found


def test_what_is_looked_for_is_no_choice_where_nothing_else_is_there() -> None:
    assert "asks" not in {each.part for each in choosers(asked(DRIVE), {}, [])}


def test_two_conditions_of_one_sort_are_two_parts() -> None:
    years = [During(Period(years=(year,))) for year in ("2022/23", "2023/24")]
    form = Compare(tuple(Total(Scan(Rows.AWARDS, (DRIVE, year))) for year in years))
    chips = [(chip.label, chip.value) for chip in chips_of(form, Asking("q"))]
    assert chips == [
        ("Looking for", "a comparison"), ("Programme", WARM_HOMES.name), ("Years", "2022/23"), ("Years", "2023/24"),
    ]  # fmt: skip
    names = {EntityKind.PROGRAMME: {KEY: WARM_HOMES.name}}
    parts = {each.part: each.now for each in choosers(form, names, ["2023/24"])}
    assert parts == {"programme": KEY, "years": AS_READ, "years.2": "2023/24"}


def test_sums_and_periods_of_the_reading_are_in_the_words_of_people() -> None:
    def said(condition: Condition) -> str:
        return chips_of(asked(condition), Asking("q"))[1].value

    assert said(Sized(Decimal(500000), Decimal("1000000.50"))) == "at least £500,000 and at most £1,000,000.50"
    assert said(Sized(at_least=Decimal(5), strict=True)) == "over £5"
    assert said(During(Period(first="2016-01-01"))) == "since 2016"
    assert said(During(Period(last="2021-03-31"))) == "until 2020/21"
    assert said(Says(("stalking", "advocacy"))) == "“stalking”, “advocacy”"


def test_a_visit_keeps_each_question_once_with_its_answer_in_short() -> None:
    first = Asking("who funds X").changed("place", "place/kent")
    visit = visited([], first, "Kent pays. It pays £5.", {"place/kent": "Kent"})
    visit = visited(visit, first.then("and in 2024/25?"), "Nobody.", {"place/kent": "Kent"})
    visit = visited(visit, first, "Kent pays. It pays £5.", {"place/kent": "Kent"})
    assert [each.words for each in visit] == [
        "who funds X (place: Kent)", "who funds X (place: Kent) › and in 2024/25?",
    ]  # fmt: skip
    assert visit[0].answer == "Kent pays."


def test_a_question_that_was_offered_stands_in_the_visit_in_its_own_words() -> None:
    asking = Asking("Who funds X?").read_as("{}").changed("place", "place/kent")
    assert visited([], asking, "Kent pays.", {"place/kent": "Kent"})[0].words == "Who funds X? (place: Kent)"


def test_a_chip_leads_to_the_question_without_it() -> None:
    chips = {chip.label: chip for chip in chips_of(asked(DRIVE, THERE), Asking("who funds X in Kent"))}
    assert chips["Place"].without == "./?q=who%20funds%20X%20in%20Kent&change=place%3A"
    assert chips["Looking for"].without == ""


def test_what_was_set_before_is_forgotten_and_what_was_taken_away_is_not() -> None:
    asking = Asking("q").changed("place").changed("place", "place/kent").changed("place", "place/ashford")
    assert asking.changes == (("place", ""), ("place", "place/ashford"))


def test_follow_ups_are_about_years_that_are_there() -> None:
    assert follow_ups(asked(DRIVE), ["2023/24", "2024/25"]) == ("And in 2024/25?", "And in 2023/24?")
    assert follow_ups(asked(DRIVE, During(Period(years=("2023/24",)))), ["2023/24"]) == ()
    assert follow_ups(None, ["2023/24"]) == ()


def test_each_sum_of_an_answer_stands_with_its_years_and_its_paragraph() -> None:
    small = money_passed_on()
    chosen = tuple(stated for stated in small.flows if stated.flow.amount in (600, 300))
    answer = Answer("q", Status.ANSWERED, "…", items=(Item("Builders & Sons"),), flows=chosen, counted=Tally(chosen),
                    form=asked(what=What.RECIPIENT))  # fmt: skip
    sums = answer_sums(answer, small.heads)
    assert sums is not None and sums.bars is not None
    assert [row[1].text for row in sums.table.rows] == ["Builders & Sons", "Ashford Council"]
    assert sums.table.rows[0][-1].href.startswith("decision?document=pcd-2.md&at=")
    assert sums.years == ("2023/24", "2024/25")


def test_an_answer_without_money_has_no_sums() -> None:
    assert answer_sums(Answer("q", Status.ANSWERED, "…"), {}) is None


def test_each_figure_of_an_answer_stands_with_its_own_words() -> None:
    small = money_passed_on()
    chosen = tuple(stated for stated in small.flows if stated.flow.amount in (600, 300))
    answer = Answer("q", Status.ANSWERED, "…", form=asked(what=What.RECIPIENT), flows=chosen)
    groups = proofs_of(answer, small.heads)
    assert {group.heading for group in groups} == {"Builders & Sons", "Ashford Council"}
    proof = groups[0].proofs[0]
    assert "to " in proof.about and proof.quotes[0].href.startswith("decision?document=pcd-2.md&at=")
    assert proof.quotes[0].dated == "9 January 2024"


def test_related_questions_are_asked_as_their_forms() -> None:
    form = asked(DRIVE, THERE)
    beside = {"recipient": answerable(asked(DRIVE, THERE, what=What.RECIPIENT))}
    found = related(answer_of(form), beside, lambda other: True)
    assert [each.words for each in found] == [
        "Who is paid for Warm Homes in Ashford?",
        "Who funds Warm Homes? (leaving out the place Ashford)",
    ]
    assert found[1].href == ask_link(Asking("Who funds Warm Homes?").read_as(form_text(asked(DRIVE))))


def test_a_wider_question_without_an_answer_is_not_offered() -> None:
    nothing = related(answer_of(asked(DRIVE, THERE)), {}, lambda form: False)
    assert nothing == ()


def test_what_is_also_answered_asks_something_else_and_contradicts_nothing() -> None:
    ranked = List(Scan(Rows.AWARDS, (DRIVE,)), What.RECIPIENT, Order())
    beside = {
        "recipient": answerable(asked(DRIVE, what=What.RECIPIENT)),
        "funder": replace(answerable(asked(DRIVE)), has_sums=False),
        "total": answerable(Total(Scan(Rows.AWARDS, (DRIVE,)))),
        "by-year": replace(answerable(Series(Scan(Rows.AWARDS, (DRIVE,)), What.YEAR)), has_years=False),
        "history": answerable(Series(Scan(Rows.AWARDS, (DRIVE,)), What.DECISION)),
    }
    found = related(answer_of(ranked), beside, lambda other: True)
    assert [each.words for each in found] == [
        "How much is granted for Warm Homes in all?",
        "What is the funding history of Warm Homes?",
    ], "the same list in another order, one year alone, and parties without the sum that there is say nothing else"


def test_what_is_also_answered_of_a_kind_of_body_says_whether_they_pay_or_are_paid() -> None:
    councils = OfKind(Role.PARTY, Kind.COUNCIL)
    paid = answerable(asked(DRIVE, councils, what=What.RECIPIENT))
    beside = {"recipient": paid, "total": answerable(Total(Scan(Rows.AWARDS, (DRIVE, councils))))}
    found = related(answer_of(asked(DRIVE, councils)), beside, lambda other: True)
    assert [each.words for each in found] == ["Who is paid for Warm Homes among councils?"]


def test_money_of_no_programme_is_asked_for_as_such() -> None:
    assert question_of(asked(THERE)) == "Who gives the funding in Ashford?"
    assert question_of(asked(THERE, what=What.SUBJECT)) == ""


def test_without_an_answer_the_same_with_one_condition_less_is_offered_first() -> None:
    answer = answer_of(asked(DRIVE, THERE), Status.NO_DATA)
    beside = {"total": answerable(Total(Scan(Rows.AWARDS, (DRIVE,))))}
    found = instead(answer, Asking("q"), beside, lambda form: form == asked(DRIVE), pytest.fail)
    expected = ["Leave out the place Ashford", "How much is granted for Warm Homes in all?"]
    assert [each.words for each in found] == expected
    assert found[0].href == "./?q=q&change=place%3A"
    assert [each.answer for each in found] == ["", ""], "no figure of another stands below an answer of nothing"


def test_with_nothing_about_the_same_the_examples_are_offered() -> None:
    def ask(asking: Asking) -> Answer:
        return Answer("", Status.ANSWERED if "X" in asking.question else Status.NO_DATA, "Kent. And more.")

    answer = Answer("q", Status.NOT_UNDERSTOOD, "…")
    questions = ["Who funds Y?", "Who funds X?"]
    found = instead(answer, Asking("q"), {}, pytest.fail, lambda: answered_alone(questions, ask))
    assert [(each.words, each.answer) for each in found] == [("Who funds X?", "Kent.")]
