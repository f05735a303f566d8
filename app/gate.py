"""Middleware that decides which requests are let in, so that no other site can control the app or read from it.

A host name that is made to point to this machine (DNS rebinding) shows in a request's Host header, a page of another
site in its Origin header. Both are refused here, before Streamlit sees the request: to judge an unknown Origin,
Streamlit would ask a server on the internet for this machine's address.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.addresses import origins_by_host

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: what the app's pages use of Streamlit's own addresses; the others (metrics, programs' interfaces) are closed
OPEN = ("health", "host-config", "stream", "upload_file")
CLOSED = ("component", "app")  #: folders that Streamlit would serve, were there any
STEERING = "_stcore"
#: what a page may say through its socket; to empty what all sessions share, say, is nobody's need
MESSAGES = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
LONGEST = 100

log = logging.getLogger(__name__)


class Gate:
    """Middleware that refuses requests for other host names and for addresses that nobody needs."""

    def __init__(self, app: ASGIApp, *, addresses: Iterable[str] = ()) -> None:
        self.app = app
        self.addresses = tuple(addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it: with status 403 or 404; a web socket is closed before it opens."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if fault := self._fault(scope):
            log.info("refused path=%s reason=%s", scope["path"][:LONGEST], fault)
            await _refuse(scope, receive, send, 403, fault)
        elif not is_open(scope["path"]):
            await _refuse(scope, receive, send, 404, "There is nothing at this address.")
        else:
            await self.app(scope, receive if scope["type"] == "http" else _needed(receive), send)

    def _fault(self, scope: Scope) -> str:
        port = scope["server"][1] if scope.get("server") else None
        allowed = origins_by_host(self.addresses, port)
        hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
        if len(hosts) != 1 or (ours := allowed.get(hosts[0].lower())) is None:
            return (
                f"This server is not opened at {_quoted(hosts)} but at "
                f"{', '.join(self.addresses) or f'http://localhost:{port}'}; WHOFUNDS_ADDRESSES may name more."
            )
        if scope["type"] == "websocket" and not origins:
            return "A socket is opened by a page of this app only, and names its address in Origin."
        if len(origins) > 1 or not ours.issuperset(origins):
            return f"A page at {_quoted(origins)} may not use this app; open the app itself."
        return ""


def is_open(path: str) -> bool:
    """Return True if the path belongs to the pages or to resources that they use."""
    first, _, rest = path.lstrip("/").partition("/")
    return rest.partition("/")[0] in OPEN if first == STEERING else first not in CLOSED


def _needed(receive: Receive) -> Receive:
    """Return a `receive` without messages that no page sends; Streamlit closes the socket at an invalid message."""

    async def received() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or not message.get("bytes"):
                return message
            try:
                said = BackMsg.FromString(message["bytes"]).WhichOneof("type")
            except DecodeError:
                return message
            if said in MESSAGES:
                return message
            log.info("left out message=%s", said)

    return received


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})  # answered with status 403
    else:
        await PlainTextResponse(words, status_code=status)(scope, receive, send)


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _quoted(values: list[str]) -> str:
    return " and ".join(repr(value[:LONGEST]) for value in values) or "an address without a name"
