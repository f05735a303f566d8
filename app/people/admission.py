"""Middleware that decides who may request which address, and which messages a page may send.

Streamlit draws a page for whoever opens its socket and knows no roles. The app's pages and actions check roles
themselves (`app.people.here`); requests that reach no page are checked here, at each request and message. An ended
session can only open the sign-in page, and files go to signed-in people only.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.people import way_back
from app.people.ended import ended_sessions
from app.people.judging import judge
from app.people.keys import bearer, program_of
from app.people.refusals import refused
from app.people.roles import Person, Role, Stranger
from app.people.sign_in import CALLBACK, SignInFault, is_own_machine, read_sign_in
from graph.audit import Event, record
from graph.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SIGN_OUT = "/auth/logout"
UPLOAD = "/_stcore/upload_file/"
#: what a browser needs before anybody has signed in; every other address of Streamlit's is for people
OPEN = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/bidi-components/")
INTERFACE = ("/api/", "/sparql")  #: of other programs
GUARDED = ("/_stcore/", "/media/", "/component/", *INTERFACE)
#: what a page may have done for it beside being drawn; Streamlit would also write files for programmers
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
SIGN_IN_BUTTON = "people-sign-in"  #: key of the one button that a stranger can press
NO_KEY = "Sign in, or send a key: Authorization: Bearer KEY"
OTHERS = "This app serves the machine that it runs on, and nobody else; see docs/deployment.md.\n"

log = logging.getLogger(__name__)


class Admission:
    """ASGI middleware that lets in only permitted requests and messages."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that it is not permitted."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not self.settings.sign_in and not _is_from_this_machine(scope):
            await PlainTextResponse(OTHERS, 403)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, _checked(receive, lambda: self.who(scope)), send)
        elif (refusal := self._refusal(scope)) is not None:
            await refusal(scope, receive, send)
        else:
            if _own_path(scope).startswith(INTERFACE):  # it writes down who took data away
                scope = {**scope, "state": {**scope.get("state", {}), "person": self.who(scope)}}
            await self.app(scope, receive, self._watched(scope, send) if self.settings.sign_in else send)

    def who(self, scope: Scope) -> Person | Stranger:
        """Return the sender of a request: a person by cookie, a program by key.

        Any sender is let in if nobody signs in.
        """
        if not self.settings.sign_in:
            return Person(Role.PUBLISHER)
        key = bearer(HTTPConnection(scope).headers.get("authorization", ""))
        if key is not None and _own_path(scope).startswith(INTERFACE):  # whoever shows a key is judged by it alone
            return self._program(key)
        return self._judged(claims_of(HTTPConnection(scope).cookies))

    def _judged(self, claims: Mapping[str, Any]) -> Person | Stranger:
        try:
            rules = read_sign_in(self.settings.sign_in)
        except SignInFault as error:
            log.error("%s", error)
            return Stranger()
        return judge(claims, rules, now=time.time(), ended=ended_sessions(self.settings))

    def _program(self, key: str) -> Person | Stranger:
        try:
            return program_of(key, read_sign_in(self.settings.sign_in).programs)
        except SignInFault as error:
            log.error("%s", error)
            return Stranger()

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the response that refuses a request; None if the request may pass."""
        path = _own_path(scope)
        if not self.settings.sign_in or path.startswith(OPEN) or not path.startswith(GUARDED):
            return None
        needed = Role.EDITOR if path.startswith(UPLOAD) else Role.READER
        who = self.who(scope)
        if who.may(needed):
            return None
        if isinstance(who, Person):
            refused(replace(self.settings, who=who.label), f"sending a file needs the role {needed.word}")
        if path.startswith(INTERFACE):
            detail = who.reason if isinstance(who, Stranger) and who.reason else NO_KEY
            headers = {"www-authenticate": "Bearer"}
            return JSONResponse({"status": 401, "detail": detail}, 401, headers, "application/problem+json")
        return PlainTextResponse("Sign in first.\n" if isinstance(who, Stranger) else "Not your role.\n", 403)

    def _watched(self, scope: Scope, send: Send) -> Send:
        """Return a `send` that logs sign-ins and sign-outs, and limits their cookies to TLS and the session's hours."""
        path = _own_path(scope)
        if path == SIGN_OUT:
            self._sign_out(claims_of(HTTPConnection(scope).cookies))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if path == CALLBACK and self._sign_in(headers):
                    headers = _to_the_page_before(scope, headers)
                elif (page := self._page_to_keep(scope, path)) and message["status"] in (200, 304):
                    headers = [*headers, (b"set-cookie", page)]
                message["headers"] = self._own_cookies(headers)
            await send(message)

        return answer

    def _page_to_keep(self, scope: Scope, path: str) -> bytes | None:
        """Return the cookie that stores the page a stranger asked for, to return to after the sign-in.

        None otherwise.
        """
        page = way_back.kept(path, scope["query_string"], _base(scope)) if scope.get("method") == "GET" else None
        return page if page and isinstance(self.who(scope), Stranger) else None

    def _own_cookies(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        if not any(name.lower() == b"set-cookie" for name, _ in headers):
            return headers
        try:
            rules = read_sign_in(self.settings.sign_in)
        except SignInFault as error:  # nobody is let in by a cookie until the file is right
            log.error("%s", error)
            return [(name, value) for name, value in headers if name.lower() != b"set-cookie"]
        hours, secure = rules.hours, rules.is_https
        return [
            (name, _own_cookie(value, hours, secure=secure) if name.lower() == b"set-cookie" else value)
            for name, value in headers
        ]

    def _sign_in(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Log the person who returns from the provider; return False if the sign-in lets nobody in."""
        cookies: dict[str, str] = {}
        for name, value in headers:
            if name == b"set-cookie":
                cookies.update({key: each.value for key, each in SimpleCookie(value.decode("latin-1")).items()})
        claims = claims_of(cookies)
        if not claims:
            return False
        who = self._judged(claims)
        if isinstance(who, Person):
            settings = replace(self.settings, who=who.label)
            record(settings, Event.SIGN_IN, role=who.role.word, session=who.session)
        else:
            refused(replace(self.settings, who=who.identity or "unknown"), who.reason)
        return isinstance(who, Person)

    def _sign_out(self, claims: Mapping[str, Any]) -> None:
        who = self._judged(claims)
        if who.session and who.session not in ended_sessions(self.settings):
            ended_sessions(self.settings).end(who.session)
            settings = replace(self.settings, who=who.label or who.identity or "unknown")
            record(settings, Event.SIGN_OUT, session=who.session)


def _is_from_this_machine(scope: Scope) -> bool:
    """Return True if the request comes from this machine itself, and not through a proxy in front of it."""
    client = scope.get("client")
    try:
        named = urlsplit(f"//{HTTPConnection(scope).headers.get('host', '')}").hostname
    except ValueError:
        return False
    return is_own_machine(client[0] if client else None) and is_own_machine(named)


def _own_path(scope: Scope) -> str:
    """Return the path of a request relative to the app's base path."""
    from streamlit import config

    path, base = str(scope["path"]), "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
    return path[len(base) :] if base != "/" and path.startswith(f"{base}/") else path


def _base(scope: Scope) -> str:
    """Return the base path of the app; "" for the root."""
    return str(scope["path"]).removesuffix(_own_path(scope))


def _to_the_page_before(scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a sign-in response that lead back to the page opened before, and drop its cookie."""
    page = way_back.way_back(b"; ".join(value for name, value in scope["headers"] if name.lower() == b"cookie"))
    if not page:
        return headers
    address = f"{_base(scope)}{page}".encode("latin-1")
    kept = [(name, address if name.lower() == b"location" else value) for name, value in headers]
    return [*kept, (b"set-cookie", way_back.forgotten(_base(scope)))]


def claims_of(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the claims in Streamlit's signed cookies; {} if they are missing or not signed by this app."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace")) if value else None

    try:
        told = get_cookie_with_chunks(one, USER_COOKIE_NAME)
        claims = json.loads(told) if told else {}
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def _own_cookie(value: bytes, hours: float, *, secure: bool) -> bytes:
    """Return a cookie that expires with the session and that is sent over TLS only, if there is TLS."""
    parts = [part.strip() for part in value.split(b";")]
    limit = int(hours * 3600)
    for place, part in enumerate(parts):
        name, _, number = part.partition(b"=")
        if name.lower() == b"max-age" and number.isdigit() and int(number) > limit:
            parts[place] = b"Max-Age=%d" % limit
    if secure and not any(part.lower() == b"secure" for part in parts):
        parts.append(b"Secure")
    return b"; ".join(parts)


def _checked(receive: Receive, who: Callable[[], Person | Stranger]) -> Receive:
    """Return a `receive` that passes on only messages that the sender may send at that moment."""

    async def checked() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or not data:
                return message
            passed = _passed(data, is_stranger=isinstance(who(), Stranger))
            if passed is not None:
                return {**message, "bytes": passed}

    return checked


def _passed(data: bytes, *, is_stranger: bool) -> bytes | None:
    """Return a message as it may be passed on; None to drop it. Streamlit itself refuses invalid messages."""
    from google.protobuf.message import DecodeError
    from streamlit.proto.BackMsg_pb2 import BackMsg

    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return data
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        operation = message.backend_operation_request
        return data if not is_stranger and operation.WhichOneof("payload") in OPERATIONS else None
    if not is_stranger:
        return data
    if kind == "file_urls_request":
        return None
    if kind == "rerun_script":
        _leave_the_page(message.rerun_script)
    return bytes(message.SerializeToString())


def _leave_the_page(state: Any) -> None:
    """Reduce a stranger's message to the requested page and the sign-in button, without other widgets."""
    state.fragment_id = ""
    pressed = [each for each in state.widget_states.widgets if each.id.endswith(f"-{SIGN_IN_BUTTON}")]
    del state.widget_states.widgets[:]
    state.widget_states.widgets.extend(pressed)
