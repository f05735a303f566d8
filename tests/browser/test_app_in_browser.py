"""The app as people meet it: the main question, exploring, deep links, back, a phone; nothing leaves this machine."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LINKS = [
    "",
    "explore?around=programme/drive&steps=2",
    "decisions",
    "decision?document=mopac-pcd-1583.md",
    "programme?id=drive",
    "organisation?id=safelives",
    "place?id=london",
    "fund?id=police-transformation-fund",
    "programme",
    "compare?one=programme/drive&other=programme/prevent-and-change",
    "checks",
    "add",
    "corrections?document=mopac-pcd-1583.md",
    "method",
]


def test_the_main_question_finds_three_funders_with_amounts_and_a_citation(visit: Visit) -> None:
    page = visit.open()
    page.get_by_label("Ask a question").fill("who funds Drive in West Mercia")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector('[data-status="answered"]', timeout=60_000)
    page.get_by_role("heading", name="What this rests on").wait_for()
    shown = page.locator("[data-testid=stMain]").inner_text()
    for name, amount in (
        ("Home Office", "£234,960"),
        ("Police and Crime Commissioner for West Mercia", "£190,331"),
        ("Worcestershire County Council", "£150,000"),
    ):
        assert name in shown and amount in shown
    assert "Financial comments, table 2, row 1" in shown
    assert "q=who+funds+Drive" in page.url or "q=who%20funds%20Drive" in page.url


def test_a_quotation_opens_the_decision_at_its_paragraph_and_back_returns(visit: Visit) -> None:
    page = visit.open("?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.locator("blockquote a.wf-link").first.click()
    page.wait_for_url("**/decision?document=*")
    page.wait_for_selector(".wf-wanted")
    page.wait_for_function("document.querySelector('.wf-wanted').getBoundingClientRect().top < window.innerHeight")
    page.go_back()
    page.wait_for_selector('[data-status="answered"]', timeout=30_000)


def test_exploring_a_programme_finds_its_partner(visit: Visit) -> None:
    page = visit.open("explore")
    page.get_by_label("Around").click()
    page.keyboard.type("Drive")
    page.get_by_role("option", name="Drive (programme)").first.click()
    page.wait_for_selector("[data-drawn=yes]", timeout=30_000)
    page.get_by_role("link", name="SafeLives").first.wait_for()
    assert "around=programme" in page.url


def test_the_way_from_one_organisation_to_another_is_drawn(visit: Visit) -> None:
    page = visit.open("explore?around=organisation/safelives&to=organisation/home-office")
    page.wait_for_selector("[data-drawn=yes]", timeout=30_000)
    page.get_by_text("SafeLives and Home Office are").wait_for()


@pytest.mark.parametrize("link", LINKS)
def test_every_page_opens_from_its_link_and_stays_at_home(visit: Visit, link: str) -> None:
    page = visit.open(link)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=30_000)
    page.wait_for_timeout(600)
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert "Something went wrong" not in shown
    assert "Nothing is loaded" not in shown


def test_links_inside_the_app_keep_the_visit(visit: Visit) -> None:
    page = visit.open("?q=who%20funds%20Drive")
    page.wait_for_selector('[data-status="answered"]', timeout=30_000)
    page.evaluate("window.__sameVisit = true")
    page.get_by_role("link", name="Home Office").first.click()
    page.wait_for_url("**/organisation?id=home-office")
    page.get_by_text("Money given or spent").first.wait_for()
    assert page.evaluate("window.__sameVisit") is True


def test_flows_can_be_taken_away_as_csv(visit: Visit) -> None:
    page = visit.open("programme?id=drive")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert any(row["funder"] == "Worcestershire County Council" and row["amount"] == "150000.00" for row in rows)


@pytest.mark.parametrize("link", ["?q=who%20funds%20Drive%20in%20West%20Mercia", "programme?id=drive", "decisions"])
def test_a_phone_shows_every_page_without_scrolling_sideways(visit: Visit, link: str) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open(link)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=30_000)
    page.wait_for_timeout(600)
    main = page.locator("[data-testid=stMain]")
    wide = main.evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide <= 1
