"""The gate in front of the app: whom it lets in, by the addresses that a request names."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.gate import MESSAGES, Gate, is_open
from tests.coroutines import finished

OFFICE = "https://funds.example.org"
Headers = list[tuple[str, str]]


def answered(headers: Headers, *, kind: str = "http", path: str = "/", addresses: tuple[str, ...] = ()) -> str:
    """Return "in" if the request reaches the app, else the status, or the code with which a socket is closed."""
    sent: list[Any] = []
    reached: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append("in")

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"type": kind, "path": path, "method": "GET", "headers": raw, "server": ("127.0.0.1", 8501)}
    finished(Gate(app, addresses=addresses)(scope, receive, send))
    return reached[0] if reached else str(sent[0].get("status") or sent[0]["code"])


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LocalHost:8501"])
def test_this_machines_own_names_are_let_in(host: str) -> None:
    assert answered([("host", host)]) == "in"
    assert answered([("host", host)], path="/_stcore/health") == "in"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", "")],
        [("host", "evil.example")],
        [("host", "evil.example:8501")],
        [("host", "localhost")],
        [("host", "localhost:8502")],
        [("host", "localhost:8501.evil.example")],
        [("host", "evil.example@localhost:8501")],
        [("host", "localhost:8501,evil.example")],
        [("host", "localhost:8501/x")],
        [("host", "127.0.0.2:8501")],
        [("host", "0.0.0.0:8501")],
        [("host", "localhost:8501"), ("host", "evil.example")],
        [("host", "funds.example.org")],
        [("host", "\xe9vil:8501")],
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_that_is_not_the_apps_is_refused(headers: Headers, kind: str) -> None:
    own = [("origin", "http://localhost:8501")] if kind == "websocket" else []
    assert answered([*headers, *own], kind=kind) == ("403" if kind == "http" else "1008")


@pytest.mark.parametrize(
    "origins",
    [
        ["http://evil.example"], ["https://localhost:8501"], ["http://localhost"], ["http://localhost:3000"],
        ["http://127.0.0.1:8501"], ["null"], [""], ["http://localhost:8501.evil.example"],
        ["http://localhost:8501/"], ["http://localhost:8501", "http://evil.example"], ["chrome-extension://abc"],
    ],
)  # fmt: skip
def test_a_page_of_another_origin_can_neither_ask_nor_open_a_socket(origins: list[str]) -> None:
    headers = [("host", "localhost:8501"), *(("origin", origin) for origin in origins)]
    assert answered(headers) == "403"
    assert answered(headers, kind="websocket", path="/_stcore/stream") == "1008"


def test_a_socket_names_its_origin_and_a_link_need_not() -> None:
    headers = [("host", "localhost:8501")]
    assert answered(headers) == "in"
    assert answered(headers, kind="websocket", path="/_stcore/stream") == "1008"
    own = [*headers, ("origin", "http://localhost:8501")]
    assert answered(own) == "in"
    assert answered(own, kind="websocket", path="/_stcore/stream") == "in"


def test_an_offices_address_is_let_in_where_it_is_set_and_host_and_origin_belong_together() -> None:
    headers = [("host", "funds.example.org"), ("origin", OFFICE)]
    assert answered(headers, kind="websocket", path="/_stcore/stream") == "1008"
    assert answered(headers, kind="websocket", path="/_stcore/stream", addresses=(OFFICE,)) == "in"
    for origin in ("http://funds.example.org", "https://funds.example.org:8443", "http://localhost:8501"):
        mixed = [("host", "funds.example.org"), ("origin", origin)]
        assert answered(mixed, kind="websocket", addresses=(OFFICE,)) == "1008"
    assert answered([("host", "sub.funds.example.org")], addresses=(OFFICE,)) == "403"


@pytest.mark.parametrize(
    ("path", "opened"),
    [
        ("/", True), ("/decisions", True), ("/static/js/index.js", True), ("/media/abc.csv", True),
        ("/_stcore/health", True), ("/_stcore/stream", True), ("/_stcore/upload_file/a/b", True),
        ("/_stcore/metrics", False), ("/_stcore/metrics/", False), ("//_stcore/metrics", False), ("/_stcore", False),
        ("/_stcore/agent/mcp", False), ("/_stcore/agent/openapi.json", False), ("/_stcore/agent/interact", False),
        ("/_stcore/script-health-check", False), ("/_stcore/bidi-components/x.js", False), ("/component/x", False),
        ("/app/static/x", False),
    ],
)  # fmt: skip
def test_what_nobody_needs_is_closed(path: str, opened: bool) -> None:
    assert is_open(path) is opened
    assert answered([("host", "localhost:8501")], path=path) == ("in" if opened else "404")


def test_only_what_pages_say_comes_through_a_socket() -> None:
    fields = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
    assert {"clear_cache", "debug_shutdown_runtime", "load_git_info"} <= set(fields)
    messages = []
    for name in fields:
        said = BackMsg()
        value = getattr(said, name)
        if hasattr(value, "SetInParent"):
            value.SetInParent()
        else:
            setattr(said, name, True if isinstance(value, bool) else type(value)())
        messages.append({"type": "websocket.receive", "bytes": said.SerializeToString()})
    messages += [{"type": "websocket.receive", "bytes": b"\xff\xff"}, {"type": "websocket.receive", "text": "x"}]
    messages.append({"type": "websocket.disconnect"})
    queue, through = iter(messages), []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            through.append(message)

    async def receive() -> Any:
        return next(queue)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    headers = [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "server": ("127.0.0.1", 8501)}
    finished(Gate(app)(scope, receive, send))
    *said, broken, text = through
    assert [BackMsg.FromString(each["bytes"]).WhichOneof("type") for each in said] == [
        name for name in fields if name in MESSAGES
    ]
    assert broken["bytes"] == b"\xff\xff"
    assert text["text"] == "x"
