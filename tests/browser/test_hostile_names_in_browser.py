"""Names, titles and passages made of markup and script: text on every page, in networks and in exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from graph.settings import Settings
from tests.browser.conftest import served

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
IMAGE = '<img src=x onerror="window.__hurt=1">'
DECISION = f"""# PCD 9099 {IMAGE} [click](https://example.org) </script><script>window.__hurt=2</script>

- Reference: PCD 9099
- Title: {IMAGE} [click](https://example.org) </script><script>window.__hurt=2</script>
- Decision body: Mayor's Office for Policing and Crime
- Decided by: <b>Deputy Mayor</b> for Policing and Crime
- Date signed: 6 July 2023
- Record type: decision notice

## Executive summary
The Home Office has awarded MOPAC £120,000 for Drive in 2023/24. {IMAGE} </script><script>window.__hurt=3</script>

## Financial comments

| Project | Recipient | 2023/24 |
|---|---|---|
| Drive | =HYPERLINK("https://example.org") Trust | £70,000 |
| Drive | {IMAGE} Trust | £30,000 |
| Drive | [Rise](https://example.org) Trust | £20,000 |
"""
#: what such a name would make, were it read as markup
MADE = "[data-testid=stMain] img[src=x], [data-testid=stMain] a[href^='https://example.org']"
LINKS = [
    "",
    "?q=" + quote("who received money for Drive"),
    "?q=" + quote(IMAGE) + "&after=" + quote(IMAGE),
    "explore?around=programme/drive",
    "explore?around=organisation/mopac&steps=2&with=programme/drive",
    "explore?around=organisation/home-office&to=organisation/mopac",
    "explore?around=" + quote(IMAGE),
    "explore?around=programme/drive&year=" + quote(IMAGE) + "&hide=" + quote(IMAGE),
    "decisions",
    "decisions?search=" + quote(IMAGE),
    "decision?document=pcd-9099.md",
    "decision?document=" + quote(IMAGE),
    "programme?id=drive",
    "programme?id=" + quote(IMAGE),
    "organisation",
    "compare?one=programme/drive&other=organisation/home-office",
    "checks",
    "corrections?document=pcd-9099.md",
    "method",
]


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over the hostile decision; it stands for the usual one in this module."""
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "decisions").mkdir()
    (folder / "decisions" / "pcd-9099.md").write_text(DECISION, encoding="utf-8")
    report = ingest([folder / "decisions"], Settings(workspace=folder / "workspace"), workers=1)
    assert report.published, report
    with served(folder) as address:
        yield address


def no_page_makes_markup(visit: Visit) -> None:
    for link in LINKS:
        page = visit.open(link)
        visit.settle()
        page.wait_for_timeout(400)
        assert page.evaluate("window.__hurt") is None, link
        assert page.locator(MADE).count() == 0, link
        assert "Something went wrong" not in page.locator("[data-testid=stMain]").inner_text(), link


def cards_and_lines_of_a_network_are_text(visit: Visit) -> None:
    page = visit.open("explore?around=programme/drive")
    page.wait_for_selector("[data-drawn=yes]")
    page.locator(".wf-net-list button", has_text="=HYPERLINK").click()
    page.locator(".wf-net-lines button").first.click()
    page.locator(".wf-net-words blockquote", has_text="=HYPERLINK").first.wait_for()
    page.get_by_role("button", name="All in this picture").click()
    page.locator("[data-id='organisation/home-office']").click()
    # a name that no reader let through, as if one had
    page.evaluate(
        """name => {
          const net = document.querySelector('.wf-net')?.parentNode.__wfNet || [...document.querySelectorAll('*')]
            .map((each) => each.shadowRoot?.querySelector('.wf-net')).find(Boolean).parentNode.__wfNet
          for (const node of net.data.nodes) node.name = name
          for (const edge of net.data.edges) Object.assign(edge, { verb: name, scope: name, sums: [name], label: name })
          net.network.redraw()
        }""",
        IMAGE,
    )
    page.get_by_role("button", name="All in this picture").click()
    page.locator("[data-id='organisation/home-office']", has_text="<img").click()
    page.locator(".wf-net-lines button", has_text="<img").first.click()
    page.locator(".wf-net-words blockquote").first.wait_for()
    assert "<img" in page.locator(".wf-net-panel h3").inner_text()
    assert page.evaluate("window.__hurt") is None
    assert page.locator(MADE).count() == 0


def formulas_are_kept_from_spreadsheets(visit: Visit) -> None:
    page = visit.open("programme?id=drive")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").first.click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_nothing_that_a_document_or_a_link_says_becomes_markup_or_a_formula(visit: Visit) -> None:
    no_page_makes_markup(visit)  # in one test, so that only one worker reads the decision and serves it
    cards_and_lines_of_a_network_are_text(visit)
    formulas_are_kept_from_spreadsheets(visit)
