"""Web addresses: one form for each, what a pattern of them means, and file names made of them."""

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
    """What should be a web address is none; the message says why."""


def normal_address(address: str) -> str:
    """Return a web address in the one form that is compared: no fragment, host in lower case, signs escaped.

    Raises:
        NoAddress: It is no http or https address, or holds a user's name.
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
    """Return the address that a link leads to; None where it leads to no web address."""
    try:
        return normal_address(urljoin(base, reference.strip()))
    except ValueError:
        return None


def host_of(address: str) -> str:
    """Return the host that an address names, with its port where that is unusual, without "www."."""
    return urlsplit(address).netloc.removeprefix("www.")


def origin_of(address: str) -> str:
    """Return scheme, host and port: what has one robots.txt."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def matches(address: str, pattern: str) -> bool:
    """Return whether the path of an address has the form of a pattern, in capitals or not.

    "*" stands for any signs of one part of a path, "**" for any signs at all, as "*" does in a query. An address with
    a query fits only a pattern with one ("/decisions?page=*"); a slash at the end makes no difference.
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
    """Return a file name without ending that any system can hold, made of words or of the last part of a path."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-._")[:_LONGEST].rstrip("-._")
    return f"{stem}-file" if stem.lower() in _RESERVED else stem


def last_part(address: str) -> str:
    """Return the last part of an address that can name a file: of its path, with its query where it has one."""
    parts = urlsplit(address)
    path = [unquote(part) for part in parts.path.split("/") if part]
    return "-".join(part for part in (path[-1] if path else "index", unquote(parts.query)) if part)
