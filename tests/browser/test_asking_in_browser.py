"""Asking on in a browser: a chip changed, a follow-up that keeps it, the answer copied for a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]


def test_a_history_opens_with_what_each_commissioner_put_in(visit: Visit) -> None:
    visit.open()
    visit.ask("What is the funding history of Drive?")
    said = visit.page.locator("[data-status=answered]").inner_text()
    assert said.startswith("Drive: ") and "Police and Crime Commissioner for West Mercia: £" in said
    assert "of its own" in said and "from Worcestershire County Council" in said


def test_a_chip_changes_the_answer_and_a_follow_up_keeps_the_change(visit: Visit) -> None:
    page = visit.open("?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.wait_for_selector('[data-status="answered"]')
    page.get_by_role("combobox", name="Place").click()
    page.keyboard.type("London")
    page.keyboard.press("Enter")
    page.wait_for_url("**change=place*")
    page.get_by_text("Drive in London").first.wait_for()
    visit.settle()
    page.get_by_label("Ask a follow-up question").fill("and in 2023/24?")
    page.get_by_role("button", name="Follow up").click()
    page.wait_for_url("**kept=1.place*")
    page.get_by_text("Drive in London in 2023/24").first.wait_for()
    visit.settle()
    page.get_by_role("heading", name="Asked in this visit").wait_for()
    page.get_by_role("button", name="Clear these questions").click()
    page.get_by_role("heading", name="Asked in this visit").wait_for(state="detached")


def test_an_answer_is_copied_for_a_briefing_with_numbered_sources(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.get_by_role("button", name="Copy for a briefing").click()
    page.get_by_role("button", name="Copied").wait_for()
    plain = page.evaluate("navigator.clipboard.readText()")
    assert "- Worcestershire County Council, 2018/19 to 2019/20, £150,000 [" in plain
    assert "£150,000, 2018/19 to 2019/20, from Worcestershire County Council" in plain
    assert "PCC/D/2018/25" in plain and "Financial comments, table 2, row 1" in plain
    rich = page.evaluate(
        "navigator.clipboard.read().then(all => all[0].getType('text/html')).then(blob => blob.text())"
    )
    assert "<ol>" in rich and "<sup>" in rich


def test_what_is_typed_is_completed_with_names_and_then_with_questions(visit: Visit) -> None:
    page = visit.open()
    box = page.get_by_role("combobox", name="Ask a question")
    box.press_sequentially("who funds driv")
    offers = page.get_by_role("option")
    offers.first.wait_for()
    assert offers.first.inner_text().split("\n") == ["Drive", "programme"]
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "who funds Drive "
    page.get_by_role("option", name="Who funds Drive?").click()
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    assert box.input_value() == "Who funds Drive?"
    assert "Home Office" in visit.shown()


def test_what_is_typed_is_asked_as_it_stands_and_back_brings_the_question_before(visit: Visit) -> None:
    page = visit.open("?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    visit.ask("who funds Drive in Kent")
    page.wait_for_selector('[data-status="no_data"]')
    page.get_by_role("link", name="Leave out the place Kent").click()
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    for before in ("who funds Drive in Kent", "who funds Drive in West Mercia"):
        page.go_back()
        page.wait_for_function("words => document.querySelector('#wf-question').value === words", arg=before)
        visit.settle()
    page.wait_for_selector('[data-status="answered"]')
