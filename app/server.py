"""The app as a web server: Streamlit, told where it stands, and forbidden to let the browser fetch from elsewhere.

`streamlit run app/server.py` serves it. `app/main.py` alone would do, but for two things: at a deep link Streamlit's
page first looks for its server at the wrong address (two errors in the console), and nothing would hold a library to
the promise that no request leaves this machine.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.middleware import Middleware
from streamlit.starlette import App

from app import warming
from graph.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

WHERE = b"<script>window.__streamlit={BACKEND_BASE_URL:window.location.origin}</script>"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
    "worker-src 'self' blob:; frame-src 'self' data: blob:; object-src 'none'; base-uri 'self'"
)


class OwnGround:
    """Middleware: adds to each HTML page where its server is, and to each response what may be fetched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the additions."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        page: list[Message] = []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set_header(message, b"content-security-policy", POLICY.encode())
                _set_header(message, b"referrer-policy", b"no-referrer")
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
    body = b"".join(part.get("body", b"") for part in parts).replace(b"<head>", b"<head>" + WHERE, 1)
    _set_header(start, b"content-length", str(len(body)).encode())
    return [start, {"type": "http.response.body", "body": body}]


def _is_plain_html(start: MutableMapping[str, Any]) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


def _set_header(start: MutableMapping[str, Any], name: bytes, value: bytes) -> None:
    start["headers"] = [(key, old) for key, old in start["headers"] if key.lower() != name] + [(name, value)]


warming.begin(Settings.from_environment())
app = App(Path(__file__).resolve().parent / "main.py", middleware=[Middleware(OwnGround)])
