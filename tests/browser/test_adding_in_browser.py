"""A document added in the browser: read, set right, published, seen in an answer, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
DECISION = """# PCD 9077 Drive in Kent

- Reference: PCD 9077
- Title: Drive in Kent
- Decision body: Police and Crime Commissioner for Kent
- Date signed: 2031-07-06
- Record type: decision notice

## Recommendation
1. Approve a grant of £12,345 to SafeLives for Drive in Kent in 2031/32.
"""
QUESTION = "Who received money for Drive in Kent in 2031/32?"


def test_a_document_is_added_corrected_published_seen_in_an_answer_and_taken_back(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    assert "£12,345" not in visit.ask(QUESTION)
    (tmp_path / "kent.md").write_text(DECISION, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    visit.go("Add documents")
    page.locator("input[type=file]").first.set_input_files([str(tmp_path / "kent.md"), str(tmp_path / "broken.pdf")])
    page.get_by_text("kent.md").first.wait_for()
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="PCD 9077 Drive in Kent").wait_for()
    page.get_by_role("heading", name="1 file cannot be added").wait_for()
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Your name").press("Tab")
    page.get_by_role("textbox", name="The right value").fill("Respect")
    page.get_by_label("Reason").fill("the annex says so")
    page.get_by_role("button", name="Set it right").click()
    page.get_by_text("Recipient: SafeLives → Respect").wait_for()
    visit.go("Checks")
    page.get_by_role("heading", name="Do the figures add up?").wait_for()
    visit.go("Add documents")
    page.get_by_text("Recipient: SafeLives → Respect").wait_for()
    page.get_by_role("button", name="Publish 1 document").click()
    failed = page.get_by_role("heading", name="This could not be published")
    visit.wait_while_it_moves(page.get_by_role("heading", name="Published").or_(failed))
    assert failed.count() == 0, visit.shown()
    page.get_by_role("link", name="PCD 9077").click()
    page.get_by_text("Recipient corrected from SafeLives to Respect").first.wait_for()
    visit.go("Ask")
    shown = visit.ask(QUESTION)
    assert "£12,345" in shown and "Respect" in shown
    page.get_by_text("Recipient corrected from SafeLives to Respect").first.wait_for()
    visit.go("Add documents")
    page.get_by_role("button", name="Go back to the build before").click()
    page.get_by_role("heading", name="Gone back").wait_for()
    visit.go("Ask")
    assert "£12,345" not in visit.ask(QUESTION)
