"""What axe-core finds on each page, wide and on a phone, light and dark; and the way by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe_script, serious_violations

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = [
    "",
    "?q=who%20funds%20Drive%20in%20West%20Mercia",
    "explore?around=programme/drive&steps=2",
    "decisions?search=stalking",
    "decision?document=mopac-pcd-1583.md",
    "programme?id=drive",
    "organisation?id=safelives",
    "place?id=london",
    "fund?id=police-transformation-fund",
    "compare?one=programme/drive&other=programme/prevent-and-change",
    "checks",
    "add",
    "corrections",
    "method",
]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
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


@pytest.fixture(scope="session")
def axe() -> Path:
    script = axe_script()
    if script is None:
        pytest.skip("axe-core is not there, and npm, which fetches it, is missing or finds no registry")
    return script


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_serious_violation(visit: Visit, axe: Path, size: str) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    found = _violations(visit, axe, PAGES)
    assert not found, "\n".join(found)


def test_dark_pages_have_no_serious_violation(visit: Visit, axe: Path) -> None:
    visit.page.emulate_media(color_scheme="dark")
    found = _violations(visit, axe, PAGES[1:8])
    assert not found, "\n".join(found)


def _violations(visit: Visit, axe: Path, pages: list[str]) -> list[str]:
    found = []
    for link in pages:
        page = visit.open(link)
        page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=30_000)
        page.wait_for_timeout(500)
        found += [f"{link or 'start'}: {violation}" for violation in serious_violations(page, axe)]
    return found


def test_a_question_is_asked_and_its_source_opened_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open()
    box = page.get_by_label("Ask a question")
    for _ in range(40):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type("who funds Drive in West Mercia")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-status="answered"]', timeout=60_000)
    page.get_by_role("heading", name="What this rests on").wait_for()
    page.wait_for_timeout(1000)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUS)
        if said:
            unseen.append(said)
        if page.evaluate("document.activeElement.matches('blockquote a.wf-link')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/decision?document=*", timeout=30_000)
    assert not unseen, "focus cannot be seen on:\n" + "\n".join(unseen)
