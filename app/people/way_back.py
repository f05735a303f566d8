"""The page that somebody opened before they signed in: kept in a cookie, and opened when they come back.

A link that a colleague sent leads to its page, not to the first one. Only pages of this app are gone back to.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import quote, unquote

from app.people.sign_in import CALLBACK

COOKIE = "whofunds-way-back"
PAGES = frozenset(path.stem for path in (Path(__file__).resolve().parent.parent / "views").glob("[a-z]*.py"))
_PAGE = re.compile(r"/([a-z]*)(?:\?[!-~]*)?")
_LONGEST = 3_000  #: characters of a cookie; a longer address is not kept
_KEPT_SECONDS = 900  #: that a sign-in may take


def page_of(address: str) -> str:
    """Return an address below the app's own if a page of the app stands there; else ""."""
    found = _PAGE.fullmatch(address)
    return address if found and found[1] in PAGES | {""} else ""


def kept(path: str, query: bytes, base: str) -> bytes | None:
    """Return the cookie that keeps the page of a request; None where the request is for no page.

    Args:
        path: Below the app's address.
        query: Of the request, as it was sent.
        base: The path at which the app stands; "" for the root.
    """
    page = page_of(f"{path}?{query.decode('latin-1')}" if query else path)
    value = quote(page, safe="")
    if not page or len(value) > _LONGEST:
        return None
    return _cookie(value, base, _KEPT_SECONDS)


def way_back(cookies: bytes) -> str:
    """Return the page that a request's Cookie header keeps, as an address below the app's own; else ""."""
    try:
        found = SimpleCookie(cookies.decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return page_of(unquote(found.value)) if found else ""


def forgotten(base: str) -> bytes:
    """Return the cookie that ends the one that is kept."""
    return _cookie("", base, 0)


def _cookie(value: str, base: str, seconds: int) -> bytes:
    return f"{COOKIE}={value}; HttpOnly; Max-Age={seconds}; Path={base}{CALLBACK}; SameSite=lax".encode("latin-1")
