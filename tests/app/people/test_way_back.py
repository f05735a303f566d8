"""A link that is opened before signing in is gone back to after it: only to a page of this app."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest

from app.people.way_back import COOKIE, PAGES, forgotten, kept, page_of, way_back


@pytest.mark.parametrize(
    "page", ["/", "/decision?document=mopac-pcd-1583.md", "/?q=who%20funds%20Drive%3B%20now&after=x"]
)
@pytest.mark.parametrize("base", ["", "/whofunds"])
def test_a_page_comes_back_out_of_its_cookie(page: str, base: str) -> None:
    path, _, query = page.partition("?")
    cookie = kept(path, query.encode(), base)
    assert cookie is not None
    morsel = SimpleCookie(cookie.decode())[COOKIE]
    assert morsel["httponly"] and morsel["samesite"] == "lax" and morsel["path"] == f"{base}/oauth2callback"
    assert way_back(f"other=1; {COOKIE}={morsel.value}; more=2".encode()) == page


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "/decision/../x", "/no-such-page", "decision",
        "/auth/logout", "/oauth2callback?code=1", "/decision\r\nset-cookie: a=b", "/decision?a\r\nb", "/@evil.example",
        "/decision?ä", "", " /decision",
    ],
)  # fmt: skip
def test_nothing_else_is_gone_back_to(address: str) -> None:
    assert page_of(address) == ""


@pytest.mark.parametrize(
    "header", [b"", b"a=b", f"{COOKIE}=%2F%2Fevil.example".encode(), b"\xff;;=", b"whofunds-way-back"]
)
def test_without_a_kept_page_there_is_no_way_back(header: bytes) -> None:
    assert way_back(header) == ""


def test_what_is_too_long_for_a_cookie_is_not_kept() -> None:
    assert kept("/decision", b"x" * 4_000, "") is None
    assert kept("/static/index.js", b"", "") is None


def test_the_cookie_is_ended_where_it_was_set() -> None:
    assert b"Max-Age=0; Path=/oauth2callback" in forgotten("")


def test_every_page_can_be_gone_back_to() -> None:
    assert {"decision", "ask", "programme", "corrections"} <= PAGES
