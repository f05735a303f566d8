"""One visit of the app without a browser: the websocket and the messages that its pages use."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_SECONDS = 120.0


@dataclass
class Shown:
    """What one run of a page sent."""

    html: list[str] = field(default_factory=list)  #: what the page shows, piece by piece
    exceptions: list[str] = field(default_factory=list)
    bytes: int = 0

    @property
    def text(self) -> str:
        """Return the page's HTML, its signs as people read them."""
        return unescape("\n".join(self.html))


class AppSession:
    """A visit: opens the socket as the app's own page does, and runs pages over it, one after another.

    Args:
        address: of the app, as "http://localhost:8501/".
        headers: more headers of the request, such as cookies.
    """

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.address = address.rstrip("/")
        self.headers = dict(headers or {})
        self._socket: ClientConnection | None = None
        self._pages: dict[str, str] = {}  #: a page's name in the address -> what Streamlit calls it
        self.id = ""  #: Streamlit's name of this session

    async def __aenter__(self) -> AppSession:
        """Open the socket; nothing is run yet."""
        self._socket = await connect(
            f"ws://{urlsplit(self.address).netloc}/_stcore/stream", origin=Origin(self.address),
            subprotocols=[Subprotocol("streamlit")], additional_headers=self.headers, max_size=None, proxy=None,
            open_timeout=PATIENCE_SECONDS, ping_interval=None,
        )  # fmt: skip
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the socket, which ends the visit."""
        if self._socket is not None:
            await self._socket.close()

    async def run(self, page: str = "", **parameters: str) -> Shown:
        """Open a page by its address, as a link inside the app does; return what it shows when it is done.

        Raises:
            TimeoutError: It is not done after two minutes.
            websockets.ConnectionClosed: The server ended the visit.
        """
        said = BackMsg()
        said.rerun_script.query_string = urlencode(parameters)
        if page in self._pages:
            said.rerun_script.page_script_hash = self._pages[page]
        else:
            said.rerun_script.page_name = page
        said.rerun_script.context_info.url = f"{self.address}/{page}"
        said.rerun_script.context_info.timezone = "Europe/London"
        assert self._socket is not None
        await self._socket.send(said.SerializeToString())
        return await self._finished()

    async def _finished(self) -> Shown:
        shown = Shown()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                assert self._socket is not None
                data = await self._socket.recv(decode=False)
                message = ForwardMsg.FromString(data)
                shown.bytes += len(data)
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    shown = Shown(bytes=shown.bytes)
                    self._note_session(message.new_session)
                elif kind == "navigation":
                    self._pages = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
                elif kind == "delta":
                    _add(shown, message.delta.new_element)
                elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return shown

    def _note_session(self, new: Any) -> None:
        self.id = new.initialize.session_id or self.id


def _add(shown: Shown, element: Any) -> None:
    kind = element.WhichOneof("type")
    if kind == "html":
        shown.html.append(element.html.body)
    elif kind == "exception":
        shown.exceptions.append(f"{element.exception.type}: {element.exception.message}")
