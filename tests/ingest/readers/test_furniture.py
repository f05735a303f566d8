"""The furniture of pages, on web pages and in text copied from them, is no title, no body and no paragraph."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from graph.errors import WhofundsError
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions.decision import read_decision
from ingest.readers import read_bytes
from ingest.readers.furniture import load_furniture

TITLE = "More money for safer streets"
WORDS = "The Police and Crime Commissioner for Gwent has awarded £12,000 to Newport City Council for its patrols."
MORE = "The council will spend it on wardens, who walk through the centre every night of the week."


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def read_page(page: str, name: str) -> tuple[str, str | None, list[str]]:
    """Return the title, the body's id and the blocks of a page."""
    document = read_bytes(page.encode(), name)
    decision = read_decision(document, names())
    return decision.title, decision.body.id if decision.body else None, [block.text for block in document.blocks]


HEADS = {
    "skip links": "Skip to main content\nSkip to menu\n",
    "options": "Text Only\nAccessibility Options\nDefault Text Size icon Large Text Size icon\n",
    "logos": "Mayor of London logo London Assembly logo\nHome\n",
    "a menu, one word a line": "Home\nAbout us\nWhat we do\nNews\nContact\n",
    "a menu in one line": "Home   On Air   Local News   What's On   Contact\n",
    "a menu with bars": "Home | News | Sport | Business\n",
    "a way": "Home > News > 2031 > June\n",
    "a way that ends with the title": f"Home\nWhat we do\nOur partners\n{TITLE}\n",
    "cookies": "We use cookies to make this site work. Read more about cookies.\nAccept all cookies\nReject\n",
    "quick exit": "Quickly exit this site by pressing the Escape key Quick exit\n",
    "a newspaper": "The Valley Echo\nNews  Sport  Jobs  Homes\n",
    "a banner of an archive": "This is the archived version of the site. To view the new website click here\n",
    "links in Markdown": "[Skip to content](#main)\n\n- [Home](/)\n- [News](/news)\n\n[Home](/) / [News](/n) / Safer\n",
    "nothing": "",
}
FEET = {
    "share links": "Share this page\nFacebook   Twitter   Email\n",
    "more": "Related news\nSomething else that happened\nPrivacy\nCookies\n",
    "newsletter": "Sign up to our newsletter\nFollow us\n",
    "back": "Back to Newsroom\nAccessibility | Cookies\n",
    "nothing": "",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_copied_text_has_its_title_and_no_furniture(head: str, foot: str) -> None:
    page = f"{head}\n{TITLE}\n\n3rd May 2031\n\n{WORDS}\n\n{MORE}\n\n{foot}"
    assert read_page(page, "page.txt") == (TITLE, "gwent-pcc", [TITLE, "3rd May 2031", WORDS, MORE])


WEB_HEADS = {
    "skip link": '<a class="skip-link" href="#c">Skip to main content</a>',
    "options": '<div id="access"><a href="?t">Text Only</a> <span>Accessibility Options</span></div>',
    "site header": '<header><p>Valley Council</p><ul><li><a href="/">Home</a></li></ul></header>',
    "menu without a name": '<ul><li><a href="/">Start</a></li><li><a href="/a">Our partners</a></li>'
    '<li><a href="/b">Where we are</a></li></ul>',
    "cookie bar": '<div class="cookie-bar">This site places cookies on your device.</div>',
    "breadcrumb": '<ol class="breadcrumb"><li>Home</li><li>News</li></ol>',
    "logo": '<div class="logo"><img alt="Mayor of London"> <span>Mayor of London</span></div>',
    "hidden": '<p hidden>Mayor of London</p><div style="display: none">Mayor of London</div>',
    "quick exit": '<div class="quick-exit">Leave this site</div>',
}  # fmt: skip
FRAMES = {
    "main": "<main><h1>{title}</h1>{words}</main>",
    "a part called content": '<div id="content"><h1>{title}</h1>{words}</div>',
    "no part of its own": "<h1>{title}</h1>{words}",
    "heading above the article": "<header><h1>{title}</h1></header><article>{words}</article>",
    "title only": "<main>{words}</main>",
}
WEB_FOOT = '<div class="share"><a>Facebook</a></div><aside class="related">Other news</aside><footer>Site map</footer>'


@pytest.mark.parametrize("head", WEB_HEADS.values(), ids=WEB_HEADS)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_web_pages_have_their_heading_and_no_furniture(head: str, frame: str) -> None:
    text = frame.format(title=TITLE, words=f"<p>{WORDS}</p><p>{MORE}</p>")
    page = f"<html><head><title>{TITLE} | Gwent PCC</title></head><body>{head}{text}{WEB_FOOT}</body></html>"
    assert read_page(page, "page.html") == (TITLE, "gwent-pcc", [TITLE, WORDS, MORE])


KEPT = {
    "a list of those who were paid": "Alby Club\nHolt Club\nCley Radio\n",
    "an office above the title": "Office of the Police and Crime Commissioner for Gwent\n",
    "a short section": "Decision\n\nApproved\n",
    "a word that is also in menus": "Grants\n",
}


@pytest.mark.parametrize("words", KEPT.values(), ids=KEPT)
def test_words_of_the_document_stay(words: str) -> None:
    blocks = " ".join(read_page(f"{words}\n{TITLE}\n\n{WORDS}\n\n{words}", "page.txt")[2])
    assert all(blocks.count(line) == 2 for line in words.split("\n") if line)


def test_a_table_below_a_header_of_menu_words_stays() -> None:
    page = f"{TITLE}\n\nOrganisations  Services  Funding\nAlby Club  Advice  £3,000\nHolt Club  Beds  £4,000\n"
    assert "Organisations\tServices\tFunding" in read_page(page, "page.txt")[2][-1]


def test_a_wrong_row_of_the_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "furniture.csv").write_text("phrase,where\nhome,line\nnews,top\n", encoding="utf-8")
    with pytest.raises(WhofundsError, match=r"furniture\.csv, line 3: where is 'top'; write one of line, menu"):
        load_furniture(tmp_path)
