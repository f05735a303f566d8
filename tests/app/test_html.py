"""What is drawn as HTML: every word escaped, links only to the app or the web."""

from __future__ import annotations

import pytest

from app.components import html
from app.components.cards import quotes_html
from app.components.hits import _found, _hit
from app.viewmodels.hits import FoundView, HitView, stretches
from app.viewmodels.quotes import Quote
from app.viewmodels.table import Cell, Table
from tests.app.view_fixtures import HOSTILE


def drawn() -> list[str]:
    quote = Quote(HOSTILE, HOSTILE, HOSTILE, f"decision?document={HOSTILE}", f"https://x.org/{HOSTILE}")
    hit = HitView(HOSTILE, HOSTILE, "decision", HOSTILE, ((HOSTILE, True), (HOSTILE, False)), HOSTILE)
    return [
        html.table_html(Table((HOSTILE,), ((Cell(HOSTILE, HOSTILE, HOSTILE),),), frozenset(), HOSTILE), label=HOSTILE),
        html.facts_html([(HOSTILE, HOSTILE, HOSTILE)]),
        html.list_html([(HOSTILE, HOSTILE, HOSTILE)]),
        html.paragraphs(HOSTILE),
        quotes_html([quote]),
        _hit(hit),
        _found(FoundView(HOSTILE, HOSTILE, "decision", HOSTILE, HOSTILE, (hit,))),
    ]


@pytest.mark.parametrize("number", range(7))
def test_markup_in_names_and_passages_is_shown_as_text(number: int) -> None:
    shown = drawn()[number]
    assert "<img" not in shown
    assert "&lt;img" in shown
    assert '"alert' not in shown


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_and_pages_of_the_app_are_linked(href: str) -> None:
    assert html.link(href, "words") == "words"


def test_links_inside_the_app_keep_the_visit() -> None:
    assert html.link("programme?id=a", "A") == '<a class="wf-link" href="programme?id=a">A</a>'
    assert "wf-link" not in html.link("https://x.org", "A")


def test_overlapping_marks_leave_the_passage_whole() -> None:
    parts = stretches("abcdef", [(1, 3), (2, 4), (5, 99), (4, 4)])
    assert "".join(text for text, _ in parts) == "abcdef"
    assert [text for text, marked in parts if marked] == ["bc", "d", "f"]
