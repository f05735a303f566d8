"""Journeys by clicks alone through a small office: what is new, fetched, paid, and of whom nothing is known."""

from __future__ import annotations

import csv
import io
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import served, visiting
from tests.browser.office import DRIVE, KENT, LONDON, SURREY, WEEKS, decision, publish_weeks_ago
from tests.made_once import made_once

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
FETCHED = decision(
    "PCD 9301", "Restorative justice in London", LONDON, "2025-01-09",
    "Approve a grant of £61,000 to Victim Support for restorative justice in 2025/26.",
)  # fmt: skip
ROBOTS = "User-agent: *\nDisallow: /private/\n"
NEW = decision(
    "PCD 9201", "Stalking in London", LONDON, "2024-11-05",
    "Approve a grant of £75,000 to Suzy Lamplugh Trust for the London Stalking Threat Assessment Centre in 2025/26.",
)  # fmt: skip
SPENDING = f"""Body Name,Payment Date,Supplier Name,Amount,Description
{LONDON},01/06/2023,London Borough of Waltham Forest,140000,Safe & Together PCD 9105
{LONDON},01/12/2023,London Borough of Waltham Forest,90000.50,Safe & Together PCD 9105
{LONDON},01/12/2023,Paper Shop Ltd,540,Paper
"""


@pytest.fixture(scope="module")
def office_address(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """Yield the address of the app over the office's workspace; it may fetch from this machine, without pauses."""
    shared = made_once(tmp_path_factory, worker_id, "office", publish_weeks_ago)
    own = tmp_path_factory.mktemp("office")
    shutil.copytree(shared / "workspace", own / "workspace")
    with served(own, WHOFUNDS_FETCH_PRIVATE="1", WHOFUNDS_FETCH_DELAY_SECONDS="0") as address:
        yield address


@pytest.fixture
def office(browser: Any, office_address: str) -> Iterator[Visit]:
    """Yield a fresh visit of the office's app, at its start page."""
    with visiting(browser, office_address) as visit:
        visit.open()
        visit.settle()
        yield visit


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a web site on this machine with one decision, and the paths that it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            pages = {"/robots.txt": ROBOTS, "/decisions/pcd-9301.md": FETCHED, "/private/pcd-9302.md": FETCHED}
            found = pages.get(self.path)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/markdown; charset=utf-8")
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, format: str, *values: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def choose(visit: Visit, box: str, option: str) -> None:
    """Choose an option of a box by typing the beginning of its words, and wait until the address holds the choice."""
    field = visit.page.get_by_role("combobox", name=box, exact=True)
    before = visit.page.url
    field.click()
    field.press_sequentially(option[:8])
    visit.page.get_by_role("option", name=option, exact=True).click()
    visit.page.wait_for_function("before => location.href !== before", arg=before)
    visit.settle()


def rows_of(table: Any) -> list[dict[str, str]]:
    """Return the rows of a table by heading: the first line of each cell, and its small words under "(note)"."""
    heads = table.locator("thead th").all_inner_texts()
    found = []
    for row in table.locator("tbody tr").all():
        cells = [each.partition("\n") for each in row.locator("td").all_inner_texts()]
        notes = {f"{head} (note)": note.strip() for head, (_, _, note) in zip(heads, cells, strict=True)}
        found.append({head: first for head, (first, _, _) in zip(heads, cells, strict=True)} | notes)
    return found


def pounds(shown: str) -> Decimal:
    return Decimal(re.sub(r"[£,]", "", re.search(r"£[\d,]+(\.\d\d)?", shown)[0]))  # type: ignore[index]


def publish(visit: Visit, heading: str) -> None:
    """Publish what is looked over."""
    page = visit.page
    page.get_by_role("button", name=re.compile(r"^Publish \d documents?$")).click()
    failed = page.get_by_role("heading", name="This could not be published")
    visit.wait_while_it_moves(page.get_by_role("heading", name=heading, exact=True).or_(failed))
    assert failed.count() == 0, visit.shown()
    visit.settle()


def test_commissioners_with_perpetrator_programmes_in_a_year_stand_in_a_matrix(office: Visit) -> None:
    page = office.page
    office.go("Across commissioners")
    choose(office, "A kind of programme, a programme or a fund", "Perpetrator programmes (kind)")
    matrix = page.get_by_role("region", name="Money by commissioner and year")
    by_body = {row["Decision body"]: row for row in rows_of(matrix)}
    assert {LONDON, KENT, SURREY, "All"} <= by_body.keys()
    assert by_body[SURREY]["2023/24"] == "Nothing loaded" and by_body[SURREY]["2024/25"].startswith("£")
    choose(office, "Financial year", "2023/24")
    page.locator(".wf-headlines", has_text="2023/24").wait_for()
    office.settle()
    of_year = rows_of(matrix)
    assert {row["Decision body"] for row in of_year} == {LONDON, KENT, "All"}
    assert all(by_body[row["Decision body"]]["2023/24"] == row["2023/24"] for row in of_year)
    assert by_body[KENT]["2023/24"] == "Amount not stated"
    assert "£0" not in matrix.inner_text()
    page.get_by_role("heading", name="Who has a decision for 2023/24").wait_for()
    tiles = office.shown().splitlines()
    assert any(line.startswith("Kent: amount not stated") for line in tiles)
    assert "Surrey: nothing loaded; 1 decision about other things or years" in tiles
    assert "Cumbria: nothing loaded" in tiles
    london = pounds(by_body[LONDON]["2023/24"])
    assert pounds(by_body["All"]["2023/24"]) == london
    row = matrix.locator("tbody tr", has_text=LONDON)
    row.locator("td[data-label='2023/24'] a").click()
    page.get_by_role("heading", name=f"{LONDON}, 2023/24: £{london:,}").wait_for()
    office.settle()
    behind = rows_of(page.get_by_role("region", name="Decisions behind this figure"))
    assert sum(pounds(each["Money here"]) for each in behind if "£" in each["Money here"]) == london
    first = next(each for each in behind if "£" in each["Money here"])
    page.get_by_role("region", name="Decisions behind this figure").get_by_role("link", name=first["Decision"]).click()
    page.wait_for_url("**/decision?document=*")
    page.get_by_text(f"It moves {first['Money here']}").first.wait_for()
    office.settle()
    page.get_by_role("region", name="Money").get_by_role("link", name="Drive", exact=True).first.click()
    page.get_by_role("heading", name="Drive", exact=True, level=1).wait_for()
    office.settle()
    in_all = sum(pounds(row["In all"]) for body, row in by_body.items() if body != "All" and "£" in row["In all"])
    assert pounds(page.locator(".wf-headlines strong").first.inner_text()) == in_all == pounds(by_body["All"]["In all"])


def test_what_came_since_a_day_is_listed_and_what_was_there_is_not(office: Visit, tmp_path: Path) -> None:
    page = office.page
    (tmp_path / "london-9201.md").write_text(NEW, encoding="utf-8")
    (tmp_path / "london-9101.md").write_text(DRIVE.replace("£120,000", "£125,000"), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("london-9201.md", "london-9101.md")]
    office.go("Add documents")
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_text("london-9201.md").first.wait_for()
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="PCD 9201 Stalking in London").wait_for()
    publish(office, "Published")
    office.go("New since")
    news = since(office, datetime.now(UTC) - timedelta(days=2))
    assert [each["Decision"] for each in news] == ["PCD 9201"]
    changed = rows_of(page.get_by_role("region", name="Changed decisions"))
    assert [each["Decision"] for each in changed] == ["PCD 9101"]
    before = since(office, datetime.now(UTC) - WEEKS - timedelta(days=2))
    assert len(before) > len(news)
    assert {"PCD 9201", "PCD 9101", "KPCC 9103"} <= {each["Decision"] for each in before}
    assert "The oldest build that is kept" in office.shown()
    page.get_by_role("region", name="New decisions").get_by_role("link", name="PCD 9201").click()
    page.get_by_role("heading", name="Stalking in London", level=1).wait_for()
    office.settle()


def since(visit: Visit, day: datetime) -> list[dict[str, str]]:
    """Set the day, leave the box, and return the rows of what is new once the page says so of that day."""
    page = visit.page
    page.get_by_role("spinbutton", name="day, Since").click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.get_by_role("heading", name="New since", level=1).click()
    page.get_by_role("heading", name=f"new since {day.day} {day:%B %Y}").wait_for()
    visit.settle()
    return rows_of(page.get_by_role("region", name="New decisions"))


def test_a_decision_is_fetched_corrected_published_taken_away_and_taken_back(
    office: Visit, site: tuple[str, list[str]]
) -> None:
    page, (address, asked) = office.page, site
    office.go("Add documents")
    box = page.get_by_role("textbox", name="Or the web address of a published decision")
    box.fill(f"{address}/private/pcd-9302.md")
    page.get_by_role("button", name="Fetch and read it").click()
    page.get_by_text("robots.txt of this site does not want it fetched").first.wait_for()
    assert "/private/pcd-9302.md" not in asked
    box.fill(f"{address}/decisions/pcd-9301.md")
    page.get_by_role("button", name="Fetch and read it").click()
    page.get_by_role("heading", name="PCD 9301 Restorative justice in London").wait_for()
    assert "/robots.txt" in asked and "/decisions/pcd-9301.md" in asked
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Your name").press("Tab")
    choose_what_is_wrong(office, "Amount")
    page.get_by_role("textbox", name="The right value").fill("£62,000")
    page.get_by_label("Reason").fill("the annex says so")
    page.get_by_role("button", name="Set it right").click()
    page.get_by_text("£61,000 → £62,000").first.wait_for()
    publish(office, "Published")
    page.get_by_role("link", name="PCD 9301").click()
    page.get_by_role("heading", name="Restorative justice in London", level=1).wait_for()
    office.settle()
    (sum_of_it,) = rows_of(page.get_by_role("region", name="Money"))
    assert "£62,000" in sum_of_it["Amount"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").first.click()
    (row,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    assert Decimal(row["amount"]) == pounds(sum_of_it["Amount"])
    assert row["recipient"] == sum_of_it["Recipient"] and "£61,000" in row["quote"]
    office.go("Decisions")
    listed = page.get_by_role("region", name="Decisions")
    assert "PCD 9301" in listed.inner_text()
    office.go("Add documents")
    page.get_by_role("button", name="Go back to the build before").click()
    page.get_by_role("heading", name="Gone back").wait_for()
    office.settle()
    office.go("Decisions")
    assert "PCD 9301" not in listed.inner_text() and "PCD 9105" in listed.inner_text()


def choose_what_is_wrong(visit: Visit, what: str) -> None:
    visit.page.get_by_role("combobox", name="What is wrong").click()
    visit.page.get_by_role("option", name=what, exact=True).click()
    visit.settle()


def test_payments_stand_beside_the_decision_and_are_not_added_to_its_money(office: Visit, tmp_path: Path) -> None:
    page = office.page
    before = money_of_safe_and_together(office)
    (tmp_path / "spending.csv").write_text(SPENDING, encoding="utf-8")
    office.go("Add documents")
    page.get_by_text("Add published grants, contracts or payments to set beside decisions").click()
    page.locator("input[type=file]").last.set_input_files(str(tmp_path / "spending.csv"))
    page.get_by_text("spending.csv").first.wait_for()
    page.get_by_role("button", name="Set them beside decisions").click()
    page.get_by_role("heading", name="Published data is set beside decisions").wait_for()
    office.settle()
    assert "3 records read" in office.shown() and "2 stand beside approved sums" in office.shown()
    assert money_of_safe_and_together(office) == before
    office.go("Decisions")
    page.get_by_role("region", name="Decisions").get_by_role("link", name="PCD 9105").click()
    page.get_by_role("heading", name="Published elsewhere").wait_for()
    office.settle()
    beside = r"approved (£[\d,.]+); published as paid (£[\d,.]+) in 2 payments, (£[\d,.]+) less"
    said = re.search(beside, office.shown())
    assert said, office.shown()
    approved, paid, less = map(pounds, said.groups())
    payments = rows_of(page.get_by_role("region", name="Published grants, contracts and payments"))
    assert [each["Kind"] for each in payments] == ["Payment", "Payment"]
    assert sum(pounds(each["Amount"]) for each in payments) == paid == approved - less
    assert approved == before
    assert f"It moves £{before:,}" in office.shown()


def money_of_safe_and_together(visit: Visit) -> Decimal:
    """Go to the programme's page; return its first headline."""
    visit.go("Programmes")
    visit.page.get_by_role("region", name="Programmes").get_by_role("link", name="Safe & Together").click()
    visit.page.get_by_role("heading", name="Safe & Together", exact=True, level=1).wait_for()
    visit.settle()
    return pounds(visit.page.locator(".wf-headlines strong").first.inner_text())


def test_a_programme_of_which_no_sum_is_known_is_compared_without_a_false_zero(office: Visit) -> None:
    page = office.page
    office.go("Compare")
    choose(office, "One", "Safe & Together (programme)")
    choose(office, "Another", "Culturally Integrated Family Approach (programme)")
    one, other = (each.inner_text() for each in page.locator(".wf-headlines li").all())
    assert one.startswith("£") and "Safe & Together" in one
    assert other.startswith("No sum") and "nothing that can be added up is recorded" in other
    assert "nothing that can be added up is recorded for Culturally Integrated Family Approach" in office.shown()
    side_by_side = rows_of(page.get_by_role("region", name="Money side by side"))
    assert {row["Culturally Integrated Family Approach"] for row in side_by_side} == {"—"}
    assert pounds(side_by_side[-1]["Safe & Together"]) == pounds(one)
    assert not re.search(r"£0(?![\d,.])", " ".join(page.locator(".wf").all_inner_texts()))
    office.go("Decisions")
    box = page.get_by_label("Search the text by meaning")
    box.fill("Culturally Integrated Family Approach")
    box.press("Enter")
    found = page.locator(".wf-found", has_text="PCD 9106")
    found.first.wait_for()
    office.settle()
    assert "Amount not stated" in found.inner_text()
