"""How a question was read as links that change it; sums behind an answer; what can be asked next."""

from __future__ import annotations

from app.links import Asked, Asking, ask_link, asking_of
from app.viewmodels.answer_sums import answer_sums
from app.viewmodels.proofs import proofs_of
from app.viewmodels.reading import also_asked, chips_of, choosers, follow_ups
from app.viewmodels.suggestions import instead, related
from app.viewmodels.visit import visited
from graph.ask import Answer, Status
from graph.ask.result import Item
from graph.counting.tally import Tally
from tests.app.view_fixtures import money_passed_on
from tests.builders import ASHFORD, WARM_HOMES


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
    things = {"programme/x": WARM_HOMES, "place/ashford": ASHFORD}
    reading = {"asks": "funders", "programme": WARM_HOMES.name, "place": ["Ashford", "Dover"]}
    found = {each.part: each for each in choosers(reading, things, ["2024/25"])}
    assert found["programme"].now == "programme/x"
    assert found["place"].shown[found["place"].now] == "Ashford and Dover"
    assert (found["years"].now, dict(found["years"].shown)) == ("", {"2024/25": "2024/25"})
    assert "fund" not in found


def test_sums_and_periods_of_the_reading_are_in_the_words_of_people() -> None:
    def said(**reading: object) -> list[str]:
        return [chip.value for chip in chips_of(reading, Asking("q"))]

    assert said(at_least="500000.00", at_most="1000000.50") == ["£500,000", "£1,000,000.50"]
    assert said(years=["2016-01-01", ""]) == ["from 2016/17"]
    assert said(years=["", "2020-12-31"]) == ["until 2020/21"]
    assert said(years=["2016-01-01", "2021-03-31"]) == ["2016/17 to 2020/21"]
    (chosen,) = (each for each in choosers({"years": ["2016-01-01", ""]}, {}, ["2024/25"]) if each.part == "years")
    assert chosen.shown[chosen.now] == "from 2016/17"


def test_a_visit_keeps_each_question_once_with_its_answer_in_short() -> None:
    first = Asking("who funds X").changed("place", "place/kent")
    visit = visited([], first, "Kent pays. It pays £5.", {"place/kent": "Kent"})
    visit = visited(visit, first.then("and in 2024/25?"), "Nobody.", {"place/kent": "Kent"})
    visit = visited(visit, first, "Kent pays. It pays £5.", {"place/kent": "Kent"})
    assert [each.words for each in visit] == [
        "who funds X (place: Kent)", "who funds X (place: Kent) › and in 2024/25?",
    ]  # fmt: skip
    assert visit[0].answer == "Kent pays."


def test_a_chip_leads_to_the_question_without_it() -> None:
    chips = {chip.label: chip for chip in chips_of({"asks": "funders", "place": "Kent"}, Asking("who funds X in Kent"))}
    assert chips["Place"].without == "./?q=who%20funds%20X%20in%20Kent&change=place%3A"
    assert chips["Looking for"].without == ""


def test_what_is_asked_next_is_of_another_kind_and_of_years_that_are_there() -> None:
    reading = {"asks": "funders", "programme": "X", "place": "Kent"}
    assert "Who is paid for X in Kent?" in also_asked(reading)
    assert not any(question.startswith("Who funds") for question in also_asked(reading))
    assert follow_ups(reading, ["2023/24", "2024/25"]) == ("And in 2024/25?", "And in 2023/24?")
    assert follow_ups({**reading, "years": ["2023/24"]}, ["2023/24"]) == ()


def test_each_sum_of_an_answer_stands_with_its_years_and_its_paragraph() -> None:
    small = money_passed_on()
    chosen = tuple(stated for stated in small.flows if stated.flow.amount in (600, 300))
    answer = Answer("q", Status.ANSWERED, "…", items=(Item("Builders & Sons"),), interpretation={"asks": "recipients"},
                    flows=chosen, counted=Tally(chosen))  # fmt: skip
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
    answer = Answer("q", Status.ANSWERED, "…", interpretation={"asks": "recipients"}, flows=chosen)
    groups = proofs_of(answer, small.heads)
    assert {group.heading for group in groups} == {"Builders & Sons", "Ashford Council"}
    proof = groups[0].proofs[0]
    assert "to " in proof.about and proof.quotes[0].href.startswith("decision?document=pcd-2.md&at=")
    assert proof.quotes[0].dated == "9 January 2024"


def test_related_questions_are_those_that_have_answers() -> None:
    asked: list[str] = []

    def ask(asking: Asking) -> Answer:
        asked.append(asking.question)
        return Answer(asking.question, Status.ANSWERED if "delivers" in asking.question else Status.NO_DATA, "Yes. No.")

    answer = Answer("q", Status.ANSWERED, "…", interpretation={"asks": "funders", "programme": "X"})
    (found,) = related(answer, Asking("q"), ask)
    assert (found.words, found.answer) == ("Who delivers X?", "Yes.")
    assert len(asked) > 1


def test_without_an_answer_the_same_with_one_condition_less_is_offered_first() -> None:
    answer = Answer("q", Status.NO_DATA, "…", interpretation={"asks": "funders", "programme": "X", "place": "Kent"})

    def ask(asking: Asking) -> Answer:
        return Answer(
            asking.question, Status.ANSWERED if asking.changes == (("place", ""),) else Status.NO_DATA, "Yes."
        )

    (found,) = instead(answer, Asking("q"), ["never asked"], ask)
    assert found.words == "Without place: Kent"
    assert found.href == "./?q=q&change=place%3A"


def test_with_nothing_about_the_same_the_examples_are_offered() -> None:
    answer = Answer("q", Status.NOT_UNDERSTOOD, "…")
    found = instead(answer, Asking("q"), ["Who funds X?"], lambda asking: Answer("", Status.ANSWERED, "Kent."))
    assert [each.words for each in found] == ["Who funds X?"]
