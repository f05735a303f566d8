"""More journeys from the start page by clicks alone: briefings, a comparison, decisions about stalking."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_briefings_in_browser import downloaded, words_of
from tests.browser.test_office_journeys_in_browser import choose, pounds, rows_of

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize(
    ("menu", "name", "file"),
    [("Programmes", "Drive", "whofunds-drive.docx"), ("Places", "Worcestershire", "whofunds-worcestershire.docx")],
)
def test_the_history_of_a_thing_is_taken_into_word_with_the_total_of_its_page(
    visit: Visit, menu: str, name: str, file: str
) -> None:
    page = visit.open()
    visit.settle()
    visit.go(menu)
    page.get_by_role("region", name=menu).get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
    visit.settle()
    figures = page.locator(".wf-headlines strong").all_inner_texts()
    page.get_by_text(re.compile(r"^Every sum \(")).first.click()
    sums = page.get_by_role("region", name="Every sum")
    sums.wait_for()
    visit.settle()
    rows = rows_of(sums)
    given, path = downloaded(visit, "Word")
    said = words_of(path)
    assert given == file
    assert figures[0].startswith("£") and not [figure for figure in figures if figure not in said]
    assert name in said and "Every sum" in said
    assert not [row["Amount"] for row in rows if row["Amount"] not in said]
    assert not [row["Decision"] for row in rows if row["Decision"] not in said]


def test_two_programmes_are_compared_by_what_each_ones_page_says(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    visit.go("Compare")
    names = ("Safe & Together", "Culturally Integrated Family Approach")
    choose(visit, "One", f"{names[0]} (programme)")
    choose(visit, "Another", f"{names[1]} (programme)")
    shown = dict(zip(names, page.locator(".wf-headlines strong").all_inner_texts(), strict=True))
    side_by_side = rows_of(page.get_by_role("region", name="Money side by side"))
    for name in names:
        years = [pounds(row[name]) for row in side_by_side[:-1] if row[name] != "—"]
        assert sum(years) == pounds(side_by_side[-1][name])
        assert round(pounds(side_by_side[-1][name])) == pounds(shown[name])
    apart = rows_of(page.get_by_role("region", name="On one side only"))
    assert apart and all({row[names[0]], row[names[1]]} & {"—"} for row in apart)
    assert not re.search(r"£0(?![\d,.k])", " ".join(page.locator(".wf").all_inner_texts()))
    for number, name in enumerate(names):
        page.get_by_role("link", name="Its own page").nth(number).click()
        page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
        visit.settle()
        assert page.locator(".wf-headlines strong").first.inner_text() == shown[name]
        page.go_back()
        page.get_by_role("heading", name="Compare", exact=True, level=1).wait_for()
        visit.settle()


def test_decisions_about_stalking_are_found_with_their_sums(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    visit.go("Decisions")
    listed = {row["Decision"]: row["Money"] for row in rows_of(page.get_by_role("region", name="Decisions"))}
    box = page.get_by_label("Search the text by meaning")
    box.fill("stalking")
    box.press("Enter")
    page.wait_for_selector(".wf-found")
    visit.settle()
    found = page.locator(".wf-found")
    money = {each.locator("h2 a").inner_text(): each.locator("p").first.inner_text() for each in found.all()}
    assert "PCD 1307" in money
    for decision, said in money.items():
        assert f"{listed[decision]} for " in said if listed[decision] != "—" else "£" not in said
    found.filter(has_text="PCD 1307").locator("h2 a").click()
    page.wait_for_url("**/decision?document=*")
    page.get_by_text(f"It moves {listed['PCD 1307']}").first.wait_for()
    visit.settle()
    sums = [row for row in rows_of(page.get_by_role("region", name="Money")) if "Stalking" in row["Programme"]]
    stalking = sum((pounds(row["Amount"]) for row in sums), Decimal())
    assert sums and stalking < pounds(listed["PCD 1307"])
    page.get_by_role("link", name=sums[0]["Programme"], exact=True).first.click()
    page.get_by_role("heading", name=sums[0]["Programme"], exact=True, level=1).wait_for()
    visit.settle()
    assert pounds(page.locator(".wf-headlines strong").first.inner_text()) == stalking
