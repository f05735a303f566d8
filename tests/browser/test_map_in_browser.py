"""The map of police areas by keyboard alone, wide and on a phone: each tile is a link that says area and figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
PHONE = {"width": 390, "height": 844}
HAS_FOCUS = "() => document.activeElement.closest('.wf-tiles') ? document.activeElement.innerText : ''"


def tab_until(page: Any, reached: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError(f"Tab does not lead to {reached}")


def focused(page: Any) -> str:
    """Return the words of what has the focus, or its label."""
    return str(page.evaluate("() => document.activeElement.innerText || document.activeElement.ariaLabel || ''"))


def test_the_map_is_reached_from_the_start_page_and_gone_through_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    tab_until(page, "() => document.activeElement.innerText.startsWith('More')")
    page.keyboard.press("Enter")
    page.get_by_role("menuitem").first.wait_for()
    for _ in range(page.get_by_role("menuitem").count()):
        if focused(page) == "Across commissioners":
            break
        page.keyboard.press("ArrowDown")
    assert focused(page) == "Across commissioners"
    page.keyboard.press("Enter")
    page.wait_for_url("**/across")
    visit.settle()
    tab_until(page, "() => /A kind of programme, a programme or a fund/.test(document.activeElement.ariaLabel || '')")
    page.keyboard.type("Drive (prog")
    page.get_by_role("option", name="Drive (programme)").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**of=programme*drive*")
    visit.settle()
    tiles = page.get_by_role("list", name="Police areas: Drive").get_by_role("link")
    assert tiles.count() == 43
    assert page.get_by_role("link", name="Gwent: nothing loaded").count() == 1
    tab_until(page, "() => document.activeElement.getAttribute('href') === '#matrix'")
    tab_until(page, HAS_FOCUS, 1)
    assert "Northumbria" in page.evaluate(HAS_FOCUS)
    tab_until(page, "() => (document.activeElement.getAttribute('href') || '').includes('body=west-mercia-pcc')", 43)
    assert page.evaluate("() => document.activeElement.textContent").count("West Mercia: £") == 1
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**body=west-mercia-pcc*")
    page.get_by_role("heading", name="Police and Crime Commissioner for West Mercia: £").wait_for()
    behind = page.get_by_role("region", name="Decisions behind this figure")
    assert behind.get_by_role("link").first.get_attribute("href").startswith("decision?document=west-mercia")


def test_on_a_phone_the_tiles_stay_within_the_screen_and_can_be_hit(visit: Visit) -> None:
    page = visit.open("across?of=programme/drive")
    page.set_viewport_size(PHONE)
    visit.settle()
    boxes = [tile.bounding_box() for tile in page.locator(".wf-tiles a").all()]
    assert len(boxes) == 43
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes), "WCAG 2.2 asks for 24 pixels"
