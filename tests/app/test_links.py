"""Links into the app: short, readable, and read back as they were written."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.links import absolute, ask_link, compare_link, decision_link, explore_link, thing_link
from tests.builders import ASHFORD, COUNCIL, WARM_HOMES, fund


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (thing_link(WARM_HOMES), "programme?id=warm-homes"),
        (thing_link(COUNCIL), "organisation?id=ashford-council"),
        (thing_link(ASHFORD), "place?id=ashford"),
        (thing_link(fund("The Pot")), "fund?id=the-pot"),
        (explore_link(WARM_HOMES), "explore?around=programme%2Fwarm-homes"),
        (explore_link("programme/a", to=COUNCIL), "explore?around=programme%2Fa&to=organisation%2Fashford-council"),
        (compare_link(WARM_HOMES), "compare?one=programme%2Fwarm-homes"),
        (decision_link("a.md"), "decision?document=a.md"),
    ],
)
def test_each_page_has_its_link(link: str, expected: str) -> None:
    assert link == expected


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_document_and_locator_come_back_from_the_url(document: str, locator: str) -> None:
    clean = [text.encode("utf-8", "replace").decode() for text in (document, locator)]
    found = parse_qs(urlsplit(decision_link(clean[0], at=clean[1])).query, keep_blank_values=True)
    assert (found["document"], found["at"]) == ([clean[0]], [clean[1]])


def test_ask_is_the_start_page() -> None:
    assert ask_link("who funds it?") == "./?q=who%20funds%20it%3F"
    assert absolute("http://localhost:8501/", ask_link("who")) == "http://localhost:8501/?q=who"
