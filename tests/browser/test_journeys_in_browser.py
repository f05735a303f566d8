"""Journeys of a policy officer, each from the start page by what can be clicked and typed there."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
EVERY_SUM = re.compile(r"Every sum \([\d,]+\)")
AS_TABLE = re.compile(r"The same as a table \([\d,]+ rows?\)")
STORY = re.compile(r"Decisions over time \([\d,]+\)")


def drive(visit: Visit) -> Any:
    """Go from the start page to the page of Drive; return its table of every sum, opened."""
    page = visit.open()
    page.evaluate("window.__sameVisit = true")
    visit.go("Programmes")
    page.get_by_role("link", name="Drive", exact=True).click()
    page.get_by_role("heading", name="Drive", exact=True, level=1).wait_for()
    visit.settle()
    return sums_opened(visit)


def sums_opened(visit: Visit) -> Any:
    sums = visit.page.get_by_role("region", name="Every sum")
    if not sums.is_visible():
        visit.page.get_by_text(EVERY_SUM).click()
        sums.wait_for()
        visit.settle()
    return sums


def test_the_history_of_drive_is_traced_to_the_paragraph_behind_a_figure(visit: Visit) -> None:
    sums = drive(visit)
    page = visit.page
    page.get_by_text(STORY).click()
    page.get_by_text("PCC/D/2018/25").first.wait_for()
    shown = visit.shown()
    story = shown[shown.rindex("Decisions over time") :]
    told = [story.index(said) for said in ("PCC/D/2018/25", "£190,331", "PCD 1307", "PCD 1583", "£1,790,932")]
    assert told == sorted(told)
    for _ in range(2):  # who comes back and follows the same link is led to the paragraph again
        row = sums.locator("tr", has_text="Worcestershire County Council").filter(has_text="£150,000").first
        visit.follow(row.locator("a[href^='decision?document=']"), "decision?document=")
        visit.settle()
        paragraph = visit.wait_until_in_view(".wf-wanted")
        assert "150,000" in paragraph.inner_text()
        visit.wait_until_in_view(".wf-wanted mark, .wf-wanted .wf-marked")
        page.go_back()
        page.get_by_role("heading", name="Drive", exact=True, level=1).wait_for()
        visit.settle()
        sums = sums_opened(visit)
    assert page.evaluate("window.__sameVisit") is True
    if not page.get_by_role("region", name="Money and decisions by year and body").is_visible():
        page.get_by_text(STORY).click()
    page.get_by_role("link", name=re.compile("^£2.44m")).click()
    assert "£1,790,932" in visit.wait_until_in_view(".wf-wanted").inner_text()


def test_who_works_with_an_organisation_and_how_it_is_tied_to_another(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Who works with SafeLives?")
    card = page.locator("[data-status=answered]").inner_text()
    assert "Respect" in card and "Social Finance" in card
    names = page.get_by_role("region", name="Answer as a table").locator("tbody tr td:first-child a")
    answered = set(names.all_inner_texts())
    visit.ask("How is SafeLives connected to the Home Office?")
    assert "Mayor's Office for Policing and Crime" in page.locator("[data-status=answered]").inner_text()
    page.get_by_role("link", name="SafeLives", exact=True).first.click()
    page.get_by_role("heading", name="SafeLives", exact=True, level=1).wait_for()
    visit.settle()
    page.get_by_role("link", name="Explore its network").click()
    page.wait_for_selector("[data-drawn=yes]")
    visit.settle()
    page.get_by_role("combobox", name="Show", exact=True).click()
    page.get_by_role("option", name="Who works with whom").click()
    page.wait_for_url("**show=partners*")
    visit.settle()
    page.locator("[data-id='organisation/respect']").wait_for()
    page.get_by_text(AS_TABLE).click()
    ties = page.get_by_role("region", name="Connections").locator("tbody tr").filter(has_text="works with").all()
    pairs = [{tie.locator("td").nth(0).inner_text(), tie.locator("td").nth(2).inner_text()} for tie in ties]
    assert {name for pair in pairs if "SafeLives" in pair for name in pair} - {"SafeLives"} == answered
    page.get_by_label("Connection to").click()
    page.keyboard.type("Home Office")
    page.get_by_role("option", name="Home Office (organisation)").first.click()
    page.get_by_text("SafeLives and Home Office are").wait_for()
    page.wait_for_selector("[data-drawn=yes]")
    visit.settle()
    assert "around=organisation" in page.url and "to=organisation" in page.url
    if not page.get_by_role("region", name="Connections").is_visible():
        page.get_by_text(AS_TABLE).click()
    table = page.get_by_role("region", name="Connections").inner_text()
    assert "SafeLives" in table and "Home Office" in table
    page.go_back()
    page.get_by_text("Around SafeLives").first.wait_for()


@pytest.mark.parametrize(
    ("search", "found"),
    [("stalking", "Stalking Threat Assessment Centre"), ("men who are violent to their partners", "perpetrator")],
)
def test_decisions_are_found_by_what_they_mean(visit: Visit, search: str, found: str) -> None:
    page = visit.open()
    visit.go("Decisions")
    box = page.get_by_label("Search the text by meaning")
    box.fill(search)
    box.press("Enter")
    page.wait_for_selector(".wf-hit")
    visit.settle()
    hit = page.locator(".wf-hit", has_text=found).first
    hit.get_by_role("link").first.click()
    page.wait_for_url("**/decision?document=*")
    visit.settle()
    assert found in visit.wait_until_in_view(".wf-wanted").inner_text()
    page.go_back()
    page.wait_for_selector(".wf-hit")


def test_the_flows_of_drive_are_taken_away_and_read_back(visit: Visit) -> None:
    sums = drive(visit)
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download every sum as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    shown = sums.locator("tbody tr").all_inner_texts()
    assert len(rows) == len(shown) > 3
    assert all(re.fullmatch(r"\d+\.\d\d", row["amount"]) for row in rows)
    assert all(row["document"] and row["quote"] for row in rows)
    assert any(row["funder"] == "Worcestershire County Council" and row["amount"] == "150000.00" for row in rows)
    unread = list(shown)
    for row in rows:
        figure = f"£{float(row['amount']):,.2f}".removesuffix(".00")
        unread.remove(next(each for each in unread if re.search(rf"{re.escape(figure)}(?![\d.])", each)))
    assert unread == []
