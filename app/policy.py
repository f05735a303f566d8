"""Middleware that tells the browser what the app's pages may do: load from this server and from nowhere else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import MutableMapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamlit import file_util

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: at a deep link, Streamlit's page first looks for its server at the wrong address: two errors in the console
WHERE = "window.__streamlit={BACKEND_BASE_URL:window.location.origin}"
DOWNLOADS = "/media/"
FEATURES = ("camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb")
COMMON = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": ", ".join(f"{name}=()" for name in FEATURES).encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
#: a file that is opened rather than saved runs nothing and fetches nothing
POLICY_OF_DOWNLOADS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"


def page_policy(inline: list[str]) -> str:
    """Return the content security policy for pages.

    Scripts may come from this server, from Streamlit components (which Streamlit passes to the browser as blobs), and
    from the page itself if listed in `inline`. Styles may stand in the page, since Streamlit writes them there.

    Args:
        inline: The exact text of the scripts in Streamlit's page.
    """
    hashes = " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in inline)
    return (
        f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class OwnGround:
    """Middleware that adds the server's address to HTML pages, and security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
        self.policy = page_policy([WHERE, *re.findall(r"<script>(.*?)</script>", page, re.DOTALL)]).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and return the response with the additions."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        policy = POLICY_OF_DOWNLOADS.encode() if scope["path"].startswith(DOWNLOADS) else self.policy
        page: list[Message] = []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set_headers(message, {**COMMON, b"content-security-policy": policy})
                if _is_plain_html(message):
                    page.append(message)
                    return
            elif page:
                page.append(message)
                if not message.get("more_body"):
                    for part in _with_place(page):
                        await send(part)
                    page.clear()
                return
            await send(message)

        await self.app(scope, receive, answer)


def _with_place(messages: list[Message]) -> list[Message]:
    start, *parts = messages
    script = f"<head><script>{WHERE}</script>".encode()
    body = b"".join(part.get("body", b"") for part in parts).replace(b"<head>", script, 1)
    _set_headers(start, {b"content-length": str(len(body)).encode()})
    return [start, {"type": "http.response.body", "body": body}]


def _is_plain_html(start: MutableMapping[str, Any]) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


def _set_headers(start: MutableMapping[str, Any], given: dict[bytes, bytes]) -> None:
    start["headers"] = [(key, old) for key, old in start["headers"] if key.lower() not in given] + list(given.items())
