"""Remember the page that someone opened before signing in, in a cookie, and open it afterwards.

So a colleague's link leads to its page, not to the start page. Only pages of this app are returned to.
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
    """Return a path below the app's base path if it is a page of the app; else ""."""
    found = _PAGE.fullmatch(address)
    return address if found and found[1] in PAGES | {""} else ""


def kept(path: str, query: bytes, base: str) -> bytes | None:
    """Return the cookie that stores the page of a request; None if the request is not for a page.

    Args:
        path: The path below the app's base path.
        query: The query as it was sent.
        base: The app's base path; "" for the root.
    """
    page = page_of(f"{path}?{query.decode('latin-1')}" if query else path)
    value = quote(page, safe="")
    if not page or len(value) > _LONGEST:
        return None
    return _cookie(value, base, _KEPT_SECONDS)


def way_back(cookies: bytes) -> str:
    """Return the page stored in a request's Cookie header, as a path below the app's base path; "" if none."""
    try:
        found = SimpleCookie(cookies.decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return page_of(unquote(found.value)) if found else ""


def forgotten(base: str) -> bytes:
    """Return the cookie that deletes the stored page."""
    return _cookie("", base, 0)


def _cookie(value: str, base: str, seconds: int) -> bytes:
    return f"{COOKIE}={value}; HttpOnly; Max-Age={seconds}; Path={base}{CALLBACK}; SameSite=lax".encode("latin-1")
