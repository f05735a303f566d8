"""Every page by its link: whole, within a phone's width, and without what axe-core calls serious, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import serious_violations

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = {
    "ask": "",
    "answer": "?q=who%20funds%20Drive%20in%20West%20Mercia",
    "no answer": "?q=what%20is%20the%20weather",
    "explore": "explore",
    "network": "explore?around=programme/drive&steps=2",
    "path": "explore?around=organisation/safelives&to=organisation/home-office",
    "decisions": "decisions",
    "search": "decisions?search=stalking",
    "decision": "decision?document=mopac-pcd-1583.md",
    "programme": "programme?id=drive",
    "organisation": "organisation?id=safelives",
    "place": "place?id=london",
    "fund": "fund?id=police-transformation-fund",
    "programmes": "programme",
    "across": "across",
    "across Drive": "across?of=programme/drive&body=west-mercia-pcc",
    "kinds": "kind",
    "kind": "kind?id=perpetrator-intervention",
    "compare": "compare?one=programme/drive&other=programme/prevent-and-change",
    "checks": "checks",
    "add": "add",
    "corrections": "corrections",
    "correct": "corrections?document=mopac-pcd-1583.md",
    "method": "method",
}
LISTS = ("Organisations", "Places", "Funds", "New since")
DECISION = """# PCD 9078 Drive in Surrey

- Reference: PCD 9078
- Title: Drive in Surrey
- Decision body: Police and Crime Commissioner for Surrey
- Date signed: 2031-07-06
- Record type: decision notice

## Recommendation
1. Approve a grant of £12,345 to Quillmere Advocacy Trust for Drive in Surrey in 2031/32.
"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_fits_a_phone_and_can_be_read_by_all(visit: Visit, axe: Path, name: str) -> None:
    visit.open(PAGES[name])
    faults = _faults(visit, axe)
    visit.page.reload()  # in the dark from the start, as the browser now says
    faults += _seen(visit, axe, "phone, dark from the start")
    assert not faults, "\n".join(faults)


def test_the_lists_can_be_read_by_all_one_after_the_other(visit: Visit, axe: Path) -> None:
    visit.open()
    faults = []
    for name in LISTS:  # one session for all of them: a page that is loaded anew takes longer than what is looked at
        _light_and_wide(visit)
        visit.go(name)
        faults += [f"{name}: {fault}" for fault in _faults(visit, axe)]
    assert not faults, "\n".join(faults)


def test_the_open_menu_can_be_read_by_all(visit: Visit, axe: Path) -> None:
    page = visit.open()
    visit.settle()
    faults = []
    for scheme in ("light", "dark"):
        _light_and_wide(visit)
        page.emulate_media(color_scheme=scheme)
        visit.settle()
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem").first.wait_for()
        faults += _seen(visit, axe, f"More open, wide, {scheme}")
        page.keyboard.press("Escape")
        page.get_by_role("menuitem").first.wait_for(state="hidden")
        page.set_viewport_size(PHONE)
        page.get_by_test_id("stExpandSidebarButton").click()
        page.wait_for_selector("[data-testid=stSidebar][data-collapsed=false]")
        faults += _seen(visit, axe, f"menu open, phone, {scheme}")
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    assert not faults, "\n".join(faults)


def test_the_menu_has_what_is_wanted_most_and_the_rest_under_more(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    menu = page.get_by_role("navigation", name="App pages")
    shown = ["Ask", "Programmes", "Organisations", "Places", "Explore", "Decisions", "Compare"]
    assert menu.get_by_role("link").all_inner_texts() == shown
    visit.go("New since")
    assert page.url.endswith("/new")


def test_on_a_phone_no_button_cuts_its_words_and_cards_leave_out_what_is_empty(visit: Visit) -> None:
    page = visit.open("?q=funding%20history%20of%20Drive")
    page.set_viewport_size(PHONE)
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    cut = page.evaluate("""() => [...document.querySelectorAll("[data-testid=stMain] button p")].filter((words) =>
      words.getBoundingClientRect().right > words.closest("button").getBoundingClientRect().right
    ).map((words) => words.innerText)""")
    assert cut == []
    cell = page.locator(".wf-table td[data-label]:not(:first-child)").locator("visible=true").first.element_handle()
    cell.evaluate("cell => cell.replaceChildren()")  # as a decision without a year has it
    assert not cell.is_visible()


def test_on_a_phone_a_choice_closes_the_menu_and_no_page_begins_with_it_open(visit: Visit) -> None:
    page = visit.open()
    page.set_viewport_size(PHONE)
    opener, shut = page.get_by_test_id("stExpandSidebarButton"), "[data-testid=stSidebar][data-collapsed=true]"
    opener.click()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Programmes").click()
    page.wait_for_url("**/programme")
    page.wait_for_selector(shut, state="attached")
    visit.settle()
    opener.click()
    page.goto(f"{visit.address}method")
    page.wait_for_selector(shut, state="attached")


def test_each_question_that_the_start_page_offers_gets_an_answer(visit: Visit) -> None:
    page = visit.open()
    visit.settle()
    offered = page.locator("[data-testid=stMain] .wf-columns a").all()
    links = [str(link.get_attribute("href")) for link in offered]
    assert len(links) >= 5
    for link in links:
        visit.open(link.removeprefix("./"))
        page.wait_for_selector('[data-status="answered"]')


def test_the_start_pages_name_leads_to_its_address_with_the_question(visit: Visit) -> None:
    page = visit.open("ask?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    assert page.url == f"{visit.address}?q=who%20funds%20Drive%20in%20West%20Mercia"
    assert page.get_by_text("Page not found").count() == 0


def _with_details(visit: Visit) -> None:
    page = visit.open(PAGES["answer"])
    page.wait_for_selector('[data-status="answered"]')
    _unfold(visit)


def _with_folds(visit: Visit) -> None:
    visit.open(PAGES["programme"])
    _unfold(visit)


def _unfold(visit: Visit) -> None:
    """Open every fold of a page, those within others too."""
    visit.settle()
    page, shut = visit.page, "[data-testid=stMain] details:not([open]) > summary"
    while page.locator(shut).locator("visible=true").count():
        page.locator(shut).locator("visible=true").first.click()
    visit.settle()


def _with_card(visit: Visit) -> None:
    page = visit.open(PAGES["network"])
    page.wait_for_selector("[data-drawn=yes]")
    page.locator("[data-id='organisation/home-office']").click()
    page.get_by_role("button", name="Show its connections").wait_for()


def _with_batch(visit: Visit) -> None:
    page = visit.open("add")
    sent = {"name": "surrey.md", "mimeType": "text/markdown", "buffer": DECISION.encode()}
    page.locator("input[type=file]").first.set_input_files([sent])
    page.get_by_text("surrey.md").first.wait_for()
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="PCD 9078 Drive in Surrey").wait_for()


@pytest.mark.parametrize("opened", [_with_details, _with_folds, _with_card, _with_batch])
def test_what_opens_on_a_page_can_be_read_by_all(visit: Visit, axe: Path, opened: Callable[[Visit], None]) -> None:
    opened(visit)
    faults = _faults(visit, axe)
    assert not faults, "\n".join(faults)


def _light_and_wide(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="light")
    visit.page.set_viewport_size(WIDE)
    # the menu moves to the top a moment later than the width changes
    visit.page.get_by_test_id("stSidebarNavLink").first.wait_for(state="detached")
    menu = visit.page.get_by_role("navigation", name="App pages")
    menu.get_by_role("link", name="Compare", exact=True).wait_for()


def _faults(visit: Visit, axe: Path) -> list[str]:
    """Return what is wrong: wide and on a phone in the light, and when the browser turns dark."""
    faults = _seen(visit, axe, "wide, light")
    visit.page.set_viewport_size(PHONE)
    faults += _seen(visit, axe, "phone, light")
    visit.page.set_viewport_size(WIDE)
    visit.page.emulate_media(color_scheme="dark")
    faults += _seen(visit, axe, "wide, turned dark")
    visit.page.set_viewport_size(PHONE)
    return faults


def _seen(visit: Visit, axe: Path, how: str) -> list[str]:
    visit.settle()
    shown = visit.shown()
    assert "Something went wrong" not in shown and "Nothing is loaded" not in shown, shown
    wide = visit.page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth - main.clientWidth")
    sideways = [f"{how}: {wide} pixels stand out sideways"] if wide > 1 else []
    return sideways + [f"{how}: {violation}" for violation in serious_violations(visit.page, axe)]
