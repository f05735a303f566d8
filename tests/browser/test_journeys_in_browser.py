"""Journeys of a policy officer, each from the start page."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MAIN = "[data-testid=stMain]"


def asked(visit: Visit, question: str) -> Any:
    page = visit.open()
    page.get_by_label("Ask a question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector("[data-status]", timeout=60_000)
    page.get_by_label("Ask a follow-up question").wait_for(timeout=30_000)
    return page


def test_the_history_of_drive_is_traced_to_the_paragraph_behind_a_figure(visit: Visit) -> None:
    page = asked(visit, "who funds Drive")
    page.goto(visit.address + "programme")
    page.wait_for_selector("a[href='programme?id=drive']")
    page.locator("a[href='programme?id=drive']").click()
    page.get_by_role("heading", name="Decisions over time").wait_for(timeout=30_000)
    row = page.locator("tr", has_text="£150,000").first
    row.locator("a[href^=decision]").click()
    page.wait_for_selector(".wf-wanted", timeout=30_000)
    assert "150,000" in page.locator(".wf-wanted").first.inner_text()


def test_who_works_with_an_organisation_and_how_it_is_tied_to_another(visit: Visit) -> None:
    page = asked(visit, "Who works with SafeLives?")
    assert page.locator("[data-status]").get_attribute("data-status") == "answered"
    assert "Respect" in page.locator("[data-status]").inner_text()
    page = asked(visit, "How is SafeLives connected to the Home Office?")
    assert page.locator("[data-status]").get_attribute("data-status") == "answered"
    page.get_by_role("link", name="Explore", exact=True).first.click()
    page.get_by_label("Around").click()
    page.keyboard.type("SafeLives")
    page.get_by_role("option", name="SafeLives (organisation)").first.click()
    page.wait_for_selector("[data-drawn=yes]", timeout=30_000)
    page.get_by_label("Connection to").click()
    page.keyboard.type("Home Office")
    page.get_by_role("option", name="Home Office (organisation)").first.click()
    page.get_by_text("SafeLives and Home Office are").wait_for(timeout=30_000)


def test_decisions_are_found_by_what_they_mean(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("link", name="Decisions", exact=True).first.click()
    box = page.get_by_role("textbox").first
    box.fill("help for men who are violent to their partners")
    box.press("Enter")
    page.wait_for_selector(".wf-hit", timeout=60_000)
    assert "rive" in page.locator(MAIN).inner_text()


def test_the_flows_of_drive_are_taken_away_and_read_back(visit: Visit) -> None:
    page = visit.open()
    page.goto(visit.address + "programme")
    page.locator("a[href='programme?id=drive']").first.click()
    page.get_by_role("heading", name="Every sum").wait_for(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    shown = page.locator("table[class=wf-table]").first.inner_text()
    assert rows and all(re.fullmatch(r"\d+\.\d\d", row["amount"]) for row in rows)
    assert all(row["document"] and row["quote"] for row in rows)
    assert sum(f"£{int(float(row['amount'])):,}" in shown for row in rows) == len(rows)


def test_an_answer_is_followed_up_and_a_part_of_its_reading_taken_away(visit: Visit) -> None:
    page = asked(visit, "who funds Drive in West Mercia")
    sums = page.get_by_role("region", name="Each sum")
    assert "2018/19 to 2019/20" in sums.inner_text()
    assert sums.locator("a[href^='decision?document=']").count() >= 4
    page.get_by_label("Ask a follow-up question").fill("and in 2019/20?")
    page.get_by_role("button", name="Follow up").click()
    page.get_by_text("Follows up: who funds Drive in West Mercia").wait_for(timeout=30_000)
    page.get_by_text("Drive in West Mercia in 2019/20").first.wait_for()
    page.get_by_role("link", name="Ask without years").click()
    page.wait_for_url("**change=years*")
    page.get_by_text("£92,126").first.wait_for(timeout=30_000)
    page.reload()
    page.get_by_text("£92,126").first.wait_for(timeout=30_000)
