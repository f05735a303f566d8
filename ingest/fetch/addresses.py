"""Web addresses: one normal form for comparison, patterns of paths, and file names made from addresses."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_KEPT = "/:@!$&'()*+,;=-._~%"  #: signs of a path that stay as they are
_LONGEST_ADDRESS = 2_000  #: characters; longer ones are made by faults or in bad faith
_LONGEST = 80  #: characters of a file's name without its ending
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


class NoAddress(ValueError):
    """The text is not a usable web address; the message gives the reason."""


def normal_address(address: str) -> str:
    """Return a web address in normal form, for comparison: no fragment, host in lower case, characters escaped.

    Raises:
        NoAddress: The text is not an http or https address, or it contains a user name.
    """
    if len(address) > _LONGEST_ADDRESS:
        raise NoAddress(f"an address of {len(address):,} characters is too long")
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise NoAddress(f"{address!r} cannot be read as a web address ({error})") from None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in _PORTS or not host:
        raise NoAddress(f"{address!r} is no address that begins with http:// or https://")
    if parts.username is not None:
        raise NoAddress(f"the address at {host} holds a user's name; give it without")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise NoAddress(f"{address!r} names no host that can be looked up") from None
    named = f"[{host}]" if ":" in host else host
    netloc = named if port in (None, _PORTS[scheme]) else f"{named}:{port}"
    path = quote(parts.path or "/", safe=_KEPT)
    return urlunsplit((scheme, netloc, path, quote(parts.query, safe=f"{_KEPT}?"), ""))


def joined(base: str, reference: str) -> str | None:
    """Return the absolute address of a link on the page `base`; None if it is not a web address."""
    try:
        return normal_address(urljoin(base, reference.strip()))
    except ValueError:
        return None


def host_of(address: str) -> str:
    """Return the host of an address without "www.", with its port if that is unusual."""
    return urlsplit(address).netloc.removeprefix("www.")


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address; one robots.txt applies to all addresses that share them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def matches(address: str, pattern: str) -> bool:
    """Return True if the path of an address fits a pattern; capitals make no difference.

    "*" stands for any characters within one part of a path, "**" for any characters at all; "*" in a query also stands
    for any. An address with a query only fits a pattern with a query ("/decisions?page=*"). A final slash makes no
    difference.
    """
    parts = urlsplit(address)
    wanted_path, _, wanted_query = pattern.partition("?")
    if bool(parts.query) != bool(wanted_query):
        return False
    if _pattern(wanted_path.rstrip("/")).fullmatch(unquote(parts.path).rstrip("/")) is None:
        return False
    return not wanted_query or _pattern(wanted_query.replace("*", "**")).fullmatch(unquote(parts.query)) is not None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"(\*+)", words)
    made = ("[^/]*" if part == "*" else "(?s:.*)" if part.startswith("**") else re.escape(part) for part in parts)
    return re.compile("".join(made), re.IGNORECASE)


def file_stem(words: str) -> str:
    """Return words as a file name without its ending, valid on any operating system."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-._")[:_LONGEST].rstrip("-._")
    return f"{stem}-file" if stem.lower() in _RESERVED else stem


def last_part(address: str) -> str:
    """Return the last part of an address that can name a file: of its path, with the query if it has one."""
    parts = urlsplit(address)
    path = [unquote(part) for part in parts.path.split("/") if part]
    return "-".join(part for part in (path[-1] if path else "index", unquote(parts.query)) if part)
