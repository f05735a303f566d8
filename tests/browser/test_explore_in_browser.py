"""Explore in the browser: a mark's card by keyboard alone, expanding in place, undo, filters, the words of a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
DRIVE = "explore?around=programme/drive"
DATA = """() => {
  const root = [...document.querySelectorAll('*')].map((each) => (each.shadowRoot || each)).map((each) =>
    each.querySelector && each.querySelector('.wf-net')).find(Boolean)
  const { nodes, edges } = root.parentNode.__wfNet.data, box = root.getBoundingClientRect()
  return { nodes: nodes.map(({ id, x }) => ({ id, x })), pairs: edges.map(({ from, to }) => [from, to]),
    top: box.top, bottom: box.bottom }
}"""
PLACES = """() => {
  const net = [...document.querySelectorAll('*')].map((each) => (each.shadowRoot || each)).map((each) =>
    each.querySelector && each.querySelector('.wf-net')).find(Boolean).parentNode.__wfNet
  return Object.fromEntries(net.data.nodes.map((node) => [node.id, net.network.getPosition(node.id)]))
}"""


def drawn(visit: Visit, link: str) -> Any:
    page = visit.open(link)
    page.wait_for_selector("[data-drawn=yes]")
    return page


def test_it_opens_on_money_in_view_with_payers_left_and_one_line_between_two_marks(visit: Visit) -> None:
    page = drawn(visit, DRIVE)
    visit.settle()
    data = page.evaluate(DATA)
    assert data["top"] < 400 and data["bottom"] <= 900
    at = {node["id"]: node["x"] for node in data["nodes"]}
    assert not [key for key in at if key.startswith("place/")]
    assert at["organisation/home-office"] < at["programme/drive"] == 0 < at["organisation/safelives"]
    pairs = [frozenset(pair) for pair in data["pairs"]]
    assert len(pairs) == len(set(pairs))


def test_on_a_phone_the_picture_is_in_view_and_what_is_shown_is_folded_above_it(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = drawn(visit, "explore?around=organisation/safelives")
    visit.settle()
    data = page.evaluate(DATA)
    assert {"organisation/mopac", "organisation/social-finance"} <= {node["id"] for node in data["nodes"]}
    box = page.locator(".wf-net-canvas").bounding_box()
    assert box["y"] + box["height"] <= 850
    assert not page.get_by_label("Connection to").is_visible()
    page.get_by_text("Connection to, and what is shown").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Connection to").wait_for()
    page.get_by_label("Show", exact=True).wait_for()


def test_a_way_is_told_along_the_money_with_its_own_sums(visit: Visit) -> None:
    page = drawn(visit, "explore?around=organisation/safelives&to=organisation/home-office")
    page.get_by_text("SafeLives and Home Office are 2 steps apart, told along the money.").wait_for()
    at = {node["id"]: node["x"] for node in page.evaluate(DATA)["nodes"]}
    assert at["organisation/home-office"] < at["organisation/mopac"] < at["organisation/safelives"]
    steps = page.locator("[data-testid=stMain] ol.wf-list > li").all_inner_texts()
    assert [step.split(":")[0] for step in steps] == [
        "Home Office pays Mayor's Office for Policing and Crime",
        "Mayor's Office for Policing and Crime pays SafeLives",
    ]
    assert "£1,790,932" in steps[0] and "£594,936" in steps[1]
    assert all("Only what concerns Drive" in step and "not in the" not in step for step in steps)


def test_a_mark_is_opened_expanded_and_taken_back_by_keyboard_alone(visit: Visit) -> None:
    page = drawn(visit, f"{DRIVE}&show=all")
    before = page.evaluate(PLACES)
    assert "organisation/ministry-of-justice" not in before
    page.get_by_role("searchbox", name="Find in the picture").focus()
    page.keyboard.type("home off")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Home Office", exact=True).wait_for()
    page.get_by_role("button", name="Show its connections").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**with=organisation*")
    page.get_by_text("Also around: Home Office").wait_for()
    page.wait_for_function(f"number => Object.keys(({PLACES})()).length > number", arg=len(before))
    after = page.evaluate(PLACES)
    assert after.keys() > before.keys()
    assert all(after[key] == place for key, place in before.items())
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!location.href.includes('with=')")
    page.get_by_text("Also around: Home Office").wait_for(state="detached")
    page.wait_for_function(f"number => Object.keys(({PLACES})()).length === number", arg=len(before))
    assert page.evaluate(PLACES) == before
    page.get_by_role("button", name="All in this picture").focus()
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name="Find in the picture").wait_for()


def test_a_line_shows_the_words_that_say_so_and_a_hidden_mark_comes_back(visit: Visit) -> None:
    page = drawn(visit, DRIVE)
    page.locator("[data-id='organisation/home-office']").click()
    page.get_by_role("button", name="funds Drive").click()
    page.get_by_role("heading", name="Home Office funds Drive").wait_for()
    page.locator(".wf-net-words blockquote").first.wait_for()
    assert page.locator(".wf-net-words a[href^='decision?document=']").count() >= 1
    page.get_by_role("button", name="All in this picture").click()
    page.locator("[data-id='organisation/home-office']").click()
    page.get_by_role("button", name="Hide", exact=True).click()
    page.get_by_text("Hidden: Home Office").wait_for()
    page.locator("[data-id='organisation/home-office']").wait_for(state="detached")
    page.go_back()
    page.locator("[data-id='organisation/home-office']").wait_for()


def test_a_filter_that_leaves_nothing_says_so_and_can_be_cleared(visit: Visit) -> None:
    page = visit.open(f"{DRIVE}&kind=programme&status=unsuccessful&least=1000000")
    page.get_by_text("Nothing is left with these filters").wait_for()
    page.get_by_role("link", name="Clear the filters").click()
    page.wait_for_selector("[data-drawn=yes]")
    assert "least" not in page.url


def test_the_picture_is_saved_with_its_name(visit: Visit) -> None:
    page = drawn(visit, DRIVE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    assert download.value.suggested_filename == "whofunds-around-drive.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
