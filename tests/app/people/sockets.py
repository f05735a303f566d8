"""A visit that speaks with the app as its page in a browser does: signs in at the provider, opens the socket, sends."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from app.people.admission import SIGN_IN_BUTTON

PATIENCE_SECONDS = 240


class Browser:
    """The cookies of one browser, and what it asks for by HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, data: bytes | None = None, method: str | None = None, **headers: str) -> tuple[int, str]:
        """Return the status and the text of an answer; redirects are followed, as a browser does."""
        address = path if path.startswith("http") else self.address + path
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                self.at = answer.geturl()
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    @property
    def cookies(self) -> str:
        """The header that the browser sends to the app."""
        return "; ".join(f"{each.name}={each.value}" for each in self.jar)

    def cookie(self, name: str) -> str:
        """Return a cookie's value; "" for none."""
        return next((each.value or "" for each in self.jar if each.name == name), "")

    def sign_in(self, subject: str) -> None:
        """Sign in at the provider as this person, from the button of the page to the cookie."""
        with self.socket() as socket:
            socket.open()
            way = socket.press(SIGN_IN_BUTTON).way
        self.ask(way.lstrip("/"))
        assert "/oauth2/authorize" in self.at, self.at
        self.ask(self.at, urlencode({"sub": subject}).encode())
        assert self.at.startswith(self.address), self.at

    @contextmanager
    def socket(self, *, session: str = "", origin: str | None = None) -> Iterator[Socket]:
        """Open the socket of a page; `session` asks to go on with one that was there before."""
        self.ask("_stcore/health")
        protocols: list[Any] = ["streamlit", self.cookie("_streamlit_xsrf") or "none", *([session] if session else [])]
        with connect(
            self.address.replace("http", "ws", 1) + "_stcore/stream",
            subprotocols=protocols,
            origin=origin or self.address.rstrip("/"),  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookies},
            max_size=None,
            open_timeout=PATIENCE_SECONDS,
            ping_interval=None,  # a busy machine answers late, and is there all the same
            compression=None,
        ) as connection:
            yield Socket(connection)


class Socket:
    """One page's socket: what was sent is a run of the page, and what came back is kept."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.page, self.query = "", ""
        self.messages: list[ForwardMsg] = []  #: of the last run
        self.session = ""

    def open(self, page: str = "", query: str = "") -> Socket:
        """Go to a page and wait until it is drawn."""
        self.page, self.query = page, query
        return self._run({})

    def press(self, key: str) -> Socket:
        """Press the button that was drawn with that key."""
        return self.press_id(self.id_of(key))

    def press_id(self, widget: str) -> Socket:
        """Press a button by the id that it had, drawn here or not."""
        return self._run({widget: {"trigger_value": True}})

    def set(self, values: dict[str, dict[str, Any]]) -> Socket:
        """Send values of widgets by their ids."""
        return self._run(values)

    def id_of(self, key: str) -> str:
        """Return the id of the drawn widget whose key or label that is."""
        for element in self.elements():
            kind = element.WhichOneof("type")
            part = getattr(element, kind) if kind else None
            identity = getattr(part, "id", "")
            if identity and (identity.endswith(f"-{key}") or getattr(part, "label", "") == key):
                return str(identity)
        raise AssertionError(f"no widget {key!r} among {self.words()[:2000]}")

    def elements(self) -> Iterator[Any]:
        """Yield what was drawn."""
        for message in self.messages:
            if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
                yield message.delta.new_element

    def words(self) -> str:
        """Return what was drawn in the last run."""
        return "\n".join(str(each) for each in self.messages if each.WhichOneof("type") == "delta")

    @property
    def address(self) -> str:
        """What the last run made of the page's parameters."""
        kind = "page_info_changed"
        changed = (each.page_info_changed.query_string for each in self.messages if each.WhichOneof("type") == kind)
        return next(changed, "")

    def open_until(self, text: str, page: str, query: str = "") -> Socket:
        """Go to a page again and again until it shows the text."""
        end = time.monotonic() + PATIENCE_SECONDS
        while text not in self.words():
            assert time.monotonic() < end, self.words()[:5000]
            time.sleep(0.2)
            self.open(page, query)
        return self

    def upload_place(self, name: str) -> Any:
        """Return where a file of that name may be sent."""
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        self.send(message)
        while True:
            answer = ForwardMsg.FromString(self._received())
            if answer.WhichOneof("type") == "file_urls_response":
                return answer.file_urls_response.file_urls[0]

    @property
    def way(self) -> str:
        """Where the last run sends the browser; "" for nowhere."""
        return next((m.auth_redirect.url for m in self.messages if m.WhichOneof("type") == "auth_redirect"), "")

    def made_file(self, label: str) -> str:
        """Press a button that has a file made; return where it is fetched, or why it was not made."""
        button = next(each.download_button for each in self.elements() if each.download_button.label == label)
        message = BackMsg()
        message.backend_operation_request.request_id = label
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        self.send(message)
        while True:
            answer = ForwardMsg.FromString(self._received())
            if answer.WhichOneof("type") == "backend_operation_response":
                return answer.backend_operation_response.deferred_file.url or str(answer)

    def send(self, message: BackMsg) -> None:
        """Send any message."""
        self.connection.send(message.SerializeToString())

    def kinds_until_heartbeat(self) -> set[str]:
        """Return the kinds of messages that come before the answer to a heartbeat, which shows that all is well."""
        message = BackMsg()
        message.app_heartbeat = True
        self.send(message)
        found: set[str] = set()
        while "heartbeat_ack" not in found:
            found.add(str(ForwardMsg.FromString(self._received()).WhichOneof("type")))
        return found - {"heartbeat_ack"}

    def _run(self, values: dict[str, dict[str, Any]]) -> Socket:
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.query_string = self.page, self.query
        for identity, value in values.items():
            widget = state.widget_states.widgets.add(id=identity)
            for name, given in value.items():
                if isinstance(given, list):
                    getattr(widget, name).data.extend(given)
                elif isinstance(given, dict):
                    getattr(widget, name).CopyFrom(type(getattr(widget, name))(**given))
                else:
                    setattr(widget, name, given)
        self.send(message)
        return self._until_done()

    def _until_done(self) -> Socket:
        """Keep what comes until a run is over that no other follows at once."""
        self.messages = []
        while True:
            message = ForwardMsg.FromString(self._received())
            kind = message.WhichOneof("type")
            self.messages.append(message)
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
            if kind == "auth_redirect":
                return self
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self

    def _received(self) -> bytes:
        data = self.connection.recv(PATIENCE_SECONDS)
        assert isinstance(data, bytes)
        return data
