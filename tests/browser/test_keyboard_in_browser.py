"""The way by keyboard alone: a question asked, a chip changed, the source of a figure opened; focus is always seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
FOCUS = """() => {
  let now = document.activeElement;
  while (now && now.shadowRoot && now.shadowRoot.activeElement) now = now.shadowRoot.activeElement;
  if (!now || now === document.body) return null;
  const shown = (part) => part && (getComputedStyle(part).outlineStyle !== "none"
    || getComputedStyle(part).boxShadow !== "none" || getComputedStyle(part).borderColor === "rgb(29, 112, 184)");
  let part = now;
  for (let step = 0; step < 5 && part; step += 1, part = part.parentElement) if (shown(part)) return "";
  return `${now.tagName} ${now.outerHTML.slice(0, 120)}`;
}"""


def tab_to(page: Any, selector: str, unseen: list[str]) -> None:
    """Press Tab until such an element has the focus; note where the focus could not be seen on the way."""
    for _ in range(60):
        page.keyboard.press("Tab")
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))")
        if said := page.evaluate(FOCUS):
            unseen.append(said)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_question_is_asked_a_chip_changed_and_a_source_opened_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    unseen: list[str] = []
    tab_to(page, "#wf-question", [])
    page.keyboard.type("who funds Drive in West Mercia")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    tab_to(page, "input[aria-label^='Place'], input[role=combobox][aria-label*='Place']", unseen)
    page.keyboard.type("London")
    page.keyboard.press("Enter")
    page.wait_for_url("**change=place*")
    page.get_by_text("Drive in London").first.wait_for()
    visit.settle()
    tab_to(page, "blockquote a.wf-link", unseen)
    page.keyboard.press("Enter")
    page.wait_for_url("**/decision?document=*")
    visit.settle()
    visit.wait_until_in_view(".wf-wanted")
    assert not unseen, "focus cannot be seen on:\n" + "\n".join(unseen)
    page.go_back()
    page.wait_for_selector('[data-status="answered"]')
    page.get_by_text("Drive in London").first.wait_for()


def test_a_day_that_is_typed_counts_with_enter(visit: Visit) -> None:
    page = visit.open("new")
    visit.settle()
    page.locator("[data-testid=stDateInput] [role=spinbutton]").first.click()
    page.keyboard.type("01022020")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="new since 1 February 2020").wait_for()
    assert page.url.endswith("since=2020-02-01")
    assert page.evaluate("document.activeElement.closest('[data-testid=stDateInput]') !== null"), "focus is lost"
