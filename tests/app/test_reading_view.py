"""How a question was read as links that change it; sums behind an answer; what can be asked next."""

from __future__ import annotations

from app.links import Asking, ask_link, asking_of
from app.viewmodels.answer_sums import answer_sums
from app.viewmodels.reading import also_asked, chips_of, follow_ups
from graph.ask import Answer, Status
from graph.ask.result import Item
from tests.app.view_fixtures import money_passed_on


def test_an_asking_comes_back_from_its_url() -> None:
    asking = Asking("and in 2024/25?", ("who funds X",)).changed("place").changed("programme", "programme/x")
    held = asking.parameters()
    assert asking_of(held["q"][0], held["after"], held["change"]) == asking
    assert ask_link(asking) == (
        "./?q=and%20in%202024%2F25%3F&after=who%20funds%20X&change=place%3A&change=programme%3Aprogramme%2Fx"
    )


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
                    flows=chosen)  # fmt: skip
    sums = answer_sums(answer, small.heads)
    assert sums is not None and sums.bars is not None
    assert [row[1].text for row in sums.table.rows] == ["Builders & Sons", "Ashford Council"]
    assert sums.table.rows[0][-1].href.startswith("decision?document=pcd-2.md&at=")
    assert sums.years == ("2023/24", "2024/25")


def test_an_answer_without_money_has_no_sums() -> None:
    assert answer_sums(Answer("q", Status.ANSWERED, "…"), {}) is None
