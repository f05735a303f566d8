"""Sixty texts made of markup and script, wherever the app shows words: text on every page, in networks and in files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from lxml import etree
from lxml import html as lxml_html
from openpyxl import load_workbook

from graph.settings import Settings
from tests.browser.conftest import served
from tests.browser.payloads import ELSEWHERE, PAYLOADS
from tests.browser.test_briefings_in_browser import downloaded

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
BRIEFINGS = ("programme?id=drive", "?q=" + quote("who funds Drive"))  #: pages that have one
IMAGE = '<img src=x onerror="ran.push(99)">'
DOCUMENTS = 6
EACH = len(PAYLOADS) // DOCUMENTS
DECISION = """# PCD 90{number} {title}

- Reference: PCD 90{number}
- Title: {title}
- Decision body: Mayor's Office for Policing and Crime
- Decided by: <b>Deputy Mayor</b> for Policing and Crime
- Date signed: {day} July 2023
- Record type: decision notice
- Source: javascript:ran.push(98)

## Executive summary
The Home Office has awarded MOPAC £120,000 for Drive in 2023/24.

{paragraphs}

## Financial comments

| Project | Recipient | 2023/24 |
|---|---|---|
| Drive | =HYPERLINK("https://evil.example") Trust | £70,000 |
{rows}
"""
#: everything of a page that such a text would have made, were it read as markup: also within components
MADE = """() => {
  const found = [], addresses = ['src', 'href', 'action', 'formaction', 'data', 'poster', 'xlink:href', 'srcset'];
  const isAbroad = (value) => {
    if (/^\\s*(javascript:|data:text|data:image.svg.xml,)/i.test(value)) return true;
    try { return new URL(value, document.baseURI).hostname.includes('evil.example'); } catch { return false; }
  };
  const look = (root) => {
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) look(each.shadowRoot);
      for (const { name, value } of each.attributes)
        if (name.startsWith('on') || name === 'srcdoc' || (addresses.includes(name) && isAbroad(value))
          || (name === 'style' && value.includes('evil.example')))
          found.push(each.outerHTML.slice(0, 200));
      if (['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MARQUEE', 'MGLYPH'].includes(each.tagName)
        || (each.tagName === 'META' && each.httpEquiv === 'refresh')
        || (['SCRIPT', 'STYLE'].includes(each.tagName) && /evil.example|ran.push/.test(each.textContent)))
        found.push(each.outerHTML.slice(0, 200));
    }
  };
  look(document);
  return found;
}"""
#: a list that the texts write into; so does what the policy had to stop. Streamlit's reader of messages would like
#: WebAssembly for whole numbers and does without
CANARY = """window.ran = [];
addEventListener('securitypolicyviolation', (each) =>
  each.blockedURI === 'wasm-eval' || window.ran.push(`${each.violatedDirective} ${each.blockedURI}`));"""


def own(number: int) -> tuple[str, ...]:
    """Return the texts that a document holds."""
    return PAYLOADS[number * EACH : (number + 1) * EACH]


def file_name(number: int) -> str:
    """Return a document's name, made of one of its texts; a file's name cannot hold a slash."""
    return f"{next((text for text in own(number) if '/' not in text), own(number)[0].replace('/', '|'))}.md"


def of_document(number: int, **given: str) -> str:
    values = {"document": file_name(number)} | given
    return "&".join(f"{key}={quote(value)}" for key, value in values.items())


def links() -> list[str]:
    """Return every page, with things of such names, and with such texts wherever an address holds words."""
    half = [" ".join(PAYLOADS[:30]), " ".join(PAYLOADS[30:])]
    one, other = quote(PAYLOADS[10]), quote(PAYLOADS[17])
    around = "explore?around=organisation/mopac"
    return [
        "", "?q=" + quote("who funds Drive"), *(f"?q={quote(text)}&after={quote(text)}" for text in half),
        f"?q=who%20funds%20Drive&change=place:{one}&kept=1.{other}:{one}&after={other}",
        *(f"decision?{of_document(number, at=PAYLOADS[number])}" for number in range(DOCUMENTS)),
        *(f"corrections?{of_document(number, sum=PAYLOADS[number])}" for number in range(DOCUMENTS)),
        "explore?around=programme/drive", f"{around}&steps=2&with=programme/drive",
        f"explore?around={one}&to={other}", f"{around}&year={one}&hide={other}&with={one}&kind={other}&least={one}",
        f"{around}&to=organisation/home-office", "decisions", f"decisions?search={quote(half[0][:390])}",
        f"decisions?body={one}&year={other}&programme={one}", f"decision?document={one}&at={other}",
        "programme", "organisation", "place", "fund", "programme?id=drive", f"programme?id={one}",
        "organisation?id=mopac", f"organisation?id={other}", f"place?id={one}", f"fund?id={one}",
        "compare?one=programme/drive&other=organisation/home-office", f"compare?one={one}&other={other}",
        "checks", f"checks?kind={one}", "method", "add", "across", f"across?of={one}&year={other}", "kind",
        "kind?id=perpetrator-intervention", f"kind?id={one}&year={other}", "new?since=2000-01-01", f"new?since={one}",
    ]  # fmt: skip


def things_of_such_names(visit: Visit, kind: str) -> str:
    """Return the page of a thing whose name is such a text, from the list of its kind."""
    page = visit.open(kind)
    visit.settle()
    link = page.locator(f"[data-testid=stMain] a.wf-link[href*='{kind}?id=']", has_text="ran.push").first
    return str(link.get_attribute("href"))


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over hostile decisions and corrections, in place of the usual one."""
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(workspace=folder / "workspace")
    (folder / "decisions").mkdir()
    for number in range(DOCUMENTS):
        rows = [f"| Drive | Bright Futures {place} Trust | £{10_000 + place},000 |" for place in range(EACH)]
        paragraphs = [f"{place}. The purpose is {text} for Drive." for place, text in enumerate(own(number), 1)]
        words = DECISION.format(
            number=10 + number, day=1 + number, title=" ".join(own(number)), rows="\n".join(rows),
            paragraphs="\n\n".join(paragraphs),
        )  # fmt: skip
        (folder / "decisions" / file_name(number)).write_text(words, encoding="utf-8")
    report = ingest([folder / "decisions"], settings, workers=1)
    assert report.published, report
    _correct(settings)
    with served(folder) as address:
        yield address


def _correct(settings: Settings) -> None:
    """Give sums such names and notes, each text once and word for word, by corrections of such a person and reason."""
    from graph.builds.workspace import Workspace
    from graph.corrections.correction import Field
    from graph.corrections.values import change_of
    from ingest.correcting import correct, flow_correction, note

    build, wanted, texts = Workspace(settings.workspace, settings=settings).current(), [], iter(PAYLOADS)
    for record in build.records():
        for flow in record.flows:
            named = [(field, next(texts, "")) for field in (Field.RECIPIENT, Field.PROGRAMMES, Field.PLACE, Field.FUND)]
            changes = [change_of(field, [text]) for field, text in named if text]
            if changes:
                wanted.append(flow_correction(record, flow, changes, who=named[0][1], why=named[1][1] or "said so"))
        wanted.append(note(record, None, who=PAYLOADS[9], why=" ".join(PAYLOADS[50:])))
    assert next(texts, None) is None, "more texts than sums: some were not put in"
    correct(wanted, settings)


@pytest.fixture
def hostile(visit: Visit) -> Visit:
    visit.page.add_init_script(CANARY)
    visit.page.on("dialog", lambda dialog: (visit.errors.append(f"dialogue: {dialog.message}"), dialog.dismiss()))
    return visit


def nothing_ran(visit: Visit, where: str) -> None:
    """Note what ran or was made of a text; the test fails for it at its end, so that all of it is seen at once."""
    found = [*visit.page.evaluate("window.ran.splice(0)"), *visit.page.evaluate(MADE)]
    found += [line for line in visit.shown().splitlines() if "Something went wrong" in line]
    visit.errors += [f"{where}: {each}" for each in found]


def no_page_makes_markup(visit: Visit) -> None:
    kinds = ("programme", "organisation", "place", "fund")
    for link in [*links(), *(things_of_such_names(visit, kind) for kind in kinds)]:
        visit.open(link)
        visit.settle()
        nothing_ran(visit, link)


def names_are_shown_as_they_stand(visit: Visit) -> None:
    page = visit.open("organisation")
    visit.settle()
    shown = visit.shown()
    assert sum(text in shown for text in PAYLOADS) >= 10
    for more in page.get_by_role("button", name="Show all").all():
        more.click()
        visit.settle()
    nothing_ran(visit, "organisation, all shown")


def cards_and_lines_of_a_network_are_text(visit: Visit) -> None:
    page = visit.open("explore?around=organisation/mopac")
    page.wait_for_selector("[data-drawn=yes]")
    page.locator(".wf-net-list button", has_text="ran.push").first.click()
    page.locator(".wf-net-lines button").first.click()
    page.locator(".wf-net-words blockquote").first.wait_for()
    nothing_ran(visit, "a line of the network")
    page.get_by_role("button", name="All in this picture").click()
    page.locator("[data-id='organisation/home-office']").click()
    # a name that no reader let through, as if one had
    page.evaluate(
        """name => {
          const net = document.querySelector('.wf-net')?.parentNode.__wfNet || [...document.querySelectorAll('*')]
            .map((each) => each.shadowRoot?.querySelector('.wf-net')).find(Boolean).parentNode.__wfNet
          for (const node of net.data.nodes) node.name = name
          const roles = [{ verb: name, scope: name, sums: [name] }]
          for (const edge of net.data.edges) Object.assign(edge, { label: name, roles })
          net.network.redraw()
        }""",
        IMAGE,
    )
    page.get_by_role("button", name="All in this picture").click()
    page.locator("[data-id='organisation/home-office']", has_text="<img").click()
    page.locator(".wf-net-lines button", has_text="<img").first.click()
    page.locator(".wf-net-words blockquote").first.wait_for()
    assert "<img" in page.locator(".wf-net-panel h3").inner_text()
    nothing_ran(visit, "the network")


def what_is_typed_and_added_is_text(visit: Visit) -> None:
    page = visit.open()
    visit.ask(" ".join(PAYLOADS[:4]))
    nothing_ran(visit, "a question typed")
    page.get_by_role("combobox", name="Ask a question").fill("who funds <img")
    page.get_by_role("option").first.wait_for()
    nothing_ran(visit, "what is offered while typing")
    visit.open("add")
    words = DECISION.format(number=99, day=9, title=PAYLOADS[9], rows="", paragraphs=PAYLOADS[17])
    sent = [
        {"name": file_name(1), "mimeType": "text/markdown", "buffer": words.encode()},
        {"name": f"{PAYLOADS[10]}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
    ]
    page.locator("input[type=file]").first.set_input_files(sent)
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="1 file cannot be added").wait_for()
    visit.settle()
    nothing_ran(visit, "files added")


def what_is_copied_for_a_briefing_is_text(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("?q=" + quote("who funds Drive"))
    page.get_by_role("button", name="Copy for a briefing").click()
    page.get_by_role("button", name="Copied").wait_for()
    rich = page.evaluate(
        "navigator.clipboard.read().then(all => all[0].getType('text/html')).then(blob => blob.text())"
    )
    tree = lxml_html.fromstring(rich)
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= {
        "html", "head", "body", "meta", "div", "p", "ul", "ol", "li", "a", "sup", "sub", "strong", "em", "table",
        "tr", "td", "th", "thead", "tbody", "h2", "h3", "br", "span", "caption", "blockquote",
    }  # fmt: skip
    assert all(each.get("href", "http").startswith("http") for each in tree.iter("a"))


def downloads_hold_no_formula(visit: Visit) -> None:
    for link in ("programme?id=drive", "corrections", "decisions"):
        page = visit.open(link)
        visit.settle()
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile("^Download (every sum )?as CSV$")).first.click()
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
        assert len(rows) > 1, link
        assert not [cell for row in rows for cell in row if _runs(cell)], link


def briefings_hold_no_formula(visit: Visit) -> None:
    for link in BRIEFINGS:
        visit.open(link)
        visit.settle()
        with downloaded(visit, "Excel")[1].open("rb") as file:
            book = load_workbook(file)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, link
        assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and _runs(cell.value)), link
        assert all(cell.hyperlink.target.startswith("http") for cell in cells if cell.hyperlink), link


def word_briefings_fetch_and_run_nothing(visit: Visit) -> None:
    """A Word file can fetch a picture or a template when it is opened, and run a field; whatever it names is a page."""
    for link in BRIEFINGS:
        visit.open(link)
        visit.settle()
        with ZipFile(downloaded(visit, "Word")[1]) as parts:
            texts = {name: parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels"))}
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "embeddings" in name], link
        outside = [
            each for name, text in texts.items() if name.endswith(".rels")
            for each in etree.fromstring(text) if each.get("TargetMode") == "External"
        ]  # fmt: skip
        assert {each.get("Type").rpartition("/")[2] for each in outside} <= {"hyperlink"}, link
        assert all(each.get("Target").startswith("http") and ELSEWHERE not in each.get("Target") for each in outside)
        fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<|w:fldSimple w:instr=\"([^\"]*)", texts["word/document.xml"])
        assert not [each for pair in fields for each in pair if each.strip()], "the pages' numbers stand in the foot"
        assert b"ran.push" in texts["word/document.xml"], "none of the texts is in it"


def _runs(cell: str) -> bool:
    """Return True if a spreadsheet takes the cell for a formula."""
    try:
        float(cell)
    except ValueError:
        return cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    return False


def test_nothing_that_a_document_a_correction_or_a_link_says_becomes_markup_or_a_formula(hostile: Visit) -> None:
    steps: tuple[Any, ...] = (  # in one test, so that only one worker reads the decisions and serves them
        no_page_makes_markup, names_are_shown_as_they_stand, cards_and_lines_of_a_network_are_text,
        what_is_typed_and_added_is_text, what_is_copied_for_a_briefing_is_text, downloads_hold_no_formula,
        briefings_hold_no_formula, word_briefings_fetch_and_run_nothing,
    )  # fmt: skip
    for step in steps:
        step(hostile)
    assert not [request for request in hostile.abroad if ELSEWHERE in request]
    assert not hostile.errors, "\n".join(hostile.errors)
