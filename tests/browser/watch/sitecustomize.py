"""Python reads this at the start of the app's server: it notes each address outside this machine that is sought."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from typing import Any

EVENTS = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def _is_own(host: object) -> bool:
    try:
        return host is None or str(host) in ("", "localhost") or ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in EVENTS:
        return
    target = arguments[1] if event in EVENTS[:2] else arguments[0]
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(target, tuple) or event not in EVENTS[:2]:  # a socket of this machine has a path
        if isinstance(host, bytes):
            host = host.decode("latin-1")
        if not _is_own(host):
            with open(os.environ["WHOFUNDS_WATCH"], "a", encoding="utf-8") as file:
                file.write(f"{event} {target}\n")


if os.environ.get("WHOFUNDS_WATCH"):
    sys.addaudithook(_note)
