"""The addresses at which the app can be opened: the allowed values of a request's Host and Origin headers."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from graph.errors import WhofundsError

DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class UnusableAddress(WhofundsError):
    """A setting names an address at which no browser can open the app."""


def addresses(setting: str) -> tuple[str, ...]:
    """Return the addresses in WHOFUNDS_ADDRESSES in the form of an Origin header: "https://funds.example.org".

    Args:
        setting: Addresses separated by commas; "" for none.

    Raises:
        UnusableAddress: An address is not http or https, or has a path; the message quotes it.
    """
    return tuple(_origin(each.strip()) for each in setting.split(",") if each.strip())


def origins_by_host(others: Iterable[str], port: int | None) -> dict[str, frozenset[str]]:
    """Return, for each allowed Host header, the Origins whose pages may send the request.

    This machine's own names are always allowed, with the server's port. Host and Origin must belong together, which is
    what the web calls the same origin.

    Args:
        others: Further addresses of the app, as `addresses` returns them.
        port: The server's port; None if it does not listen at a port.
    """
    own = [f"http://{name}:{port}" for name in LOOPBACK] if port is not None else []
    allowed: dict[str, set[str]] = {}
    for address in (*own, *others):
        scheme, _, netloc = address.partition("://")
        allowed.setdefault(netloc, set()).add(address)
        if not urlsplit(address).port:  # some proxies name the port that browsers leave out
            allowed.setdefault(f"{netloc}:{DEFAULT_PORTS[scheme]}", set()).add(address)
    return {host: frozenset(origins) for host, origins in allowed.items()}


def shared_address(opened_at: str, others: Iterable[str] = ()) -> str:
    """Return the app's address for links in files that are passed on; "" if other people cannot open it.

    Args:
        opened_at: The address at which a page was opened.
        others: Further addresses of the app, as `addresses` returns them.
    """
    bare = opened_at.partition("?")[0].rstrip("/")
    parts = urlsplit(bare)
    name = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    return bare if name and name not in LOOPBACK else next(iter(others), "")


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    whole = host and parts.scheme in DEFAULT_PORTS and parts.path in ("", "/")
    if not whole or parts.query or parts.fragment or "@" in parts.netloc or "*" in parts.netloc:
        raise UnusableAddress(
            f"WHOFUNDS_ADDRESSES: {text!r} is no address that a browser can open the app at; "
            "give scheme and name as in https://funds.example.org, several between commas"
        )
    name = f"[{host}]" if ":" in str(host) else str(host)
    return f"{parts.scheme}://{name}" + ("" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}")
