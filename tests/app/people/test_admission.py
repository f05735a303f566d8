"""What is let in where nobody signs in, and what cookies of a sign-in look like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.people.admission import SIGN_IN_BUTTON, Admission, _own_cookie, _passed
from app.people.keys import digest_of, new_key
from graph.settings import Settings
from tests.app.people.test_sign_in_file import GOOD
from tests.coroutines import finished


async def _inner(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def status_of(
    client: tuple[str, int] | None, host: str, path: str = "/", *, authorization: str = "", **settings: Any
) -> int:
    """Return the status of the answer to a request."""
    sent: list[Any] = []
    scope = {
        "type": "http", "method": "GET", "path": path, "client": client, "query_string": b"",
        "headers": [(b"host", host.encode()), *([(b"authorization", authorization.encode())] if authorization else [])],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    finished(Admission(_inner, Settings(**settings))(scope, receive, send))
    return int(sent[0]["status"])


def test_without_sign_in_this_machine_alone_comes_in() -> None:
    assert status_of(("127.0.0.1", 1), "localhost:8501") == 200
    assert status_of(("::1", 1), "[::1]:8501") == 200


@pytest.mark.parametrize(
    ("client", "host"),
    [
        (("10.0.0.5", 1), "localhost:8501"),
        (("10.0.0.5", 1), "whofunds.office.example"),
        (("127.0.0.1", 1), "whofunds.office.example"),
        (("127.0.0.1", 1), ""),
        (("127.0.0.1", 1), "["),
        (None, "localhost:8501"),
    ],
)
def test_without_sign_in_nobody_else_does(client: tuple[str, int] | None, host: str) -> None:
    assert status_of(client, host) == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/decisions", 200), ("/static/js/index.js", 200), ("/_stcore/health", 200),
        ("/auth/login", 200), ("/media/abc.csv", 403), ("/_stcore/upload_file/a/b", 403), ("/_stcore/metrics", 403),
        ("/_stcore/agent/interact", 403), ("/component/x", 403),
        ("/api/ask", 401), ("/api/flows", 401), ("/api/openapi.json", 401), ("/sparql", 401),
    ],
)  # fmt: skip
def test_with_sign_in_strangers_get_what_the_page_to_sign_in_needs(tmp_path: Path, path: str, status: int) -> None:
    assert status_of(("10.0.0.5", 1), "whofunds.office.example", path, sign_in=str(tmp_path / "x.toml")) == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/flows", 200), ("/sparql", 200), ("/api/things/programme/drive", 200),
        ("/_stcore/upload_file/a/b", 403), ("/media/abc.csv", 403),
    ],
)  # fmt: skip
def test_a_key_opens_the_interface_and_nothing_else(tmp_path: Path, path: str, status: int) -> None:
    key = new_key()
    file = tmp_path / "x.toml"
    file.write_text(f'{GOOD}[programs]\ndashboard = "{digest_of(key)}"\n', encoding="utf-8")
    office = ("10.0.0.5", 1), "whofunds.office.example", path
    assert status_of(*office, authorization=f"Bearer {key}", sign_in=str(file)) == status
    assert status_of(*office, authorization=f"bearer {key}x", sign_in=str(file)) == (401 if status == 200 else status)
    assert status_of(*office, authorization="Basic YTpi", sign_in=str(file)) == (401 if status == 200 else status)
    file.write_text(GOOD, encoding="utf-8")
    assert status_of(*office, authorization=f"Bearer {key}", sign_in=str(file)) == (401 if status == 200 else status)


def test_a_file_of_sign_in_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("[auth", encoding="utf-8")
    assert status_of(("127.0.0.1", 1), "localhost", "/media/x", sign_in=str(tmp_path / "x.toml")) == 403


def test_a_cookie_ends_with_the_session_and_needs_tls_where_there_is_tls() -> None:
    cookie = b"_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert _own_cookie(cookie, 8, secure=True) == (
        b"_streamlit_user=abc; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure"
    )
    assert b"Secure" not in _own_cookie(cookie, 8, secure=False)
    assert b"Max-Age=0;" in _own_cookie(cookie.replace(b"2592000", b"0"), 8, secure=True)


def test_every_cookie_of_the_app_needs_tls_where_there_is_tls(tmp_path: Path) -> None:
    async def inner(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"set-cookie", b"_streamlit_xsrf=2|a; Path=/"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    path = tmp_path / "sign-in.toml"
    path.write_text(GOOD, encoding="utf-8")
    scope = {"type": "http", "path": "/_stcore/health", "client": ("10.0.0.5", 1), "headers": []}
    finished(Admission(inner, Settings(sign_in=str(path)))(scope, None, send))  # type: ignore[arg-type]
    assert sent[0]["headers"][0] == (b"set-cookie", b"_streamlit_xsrf=2|a; Path=/; Secure")


def test_of_a_strangers_message_the_page_and_the_button_to_sign_in_are_left() -> None:
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.fragment_id = "add", "f"
    for name in ("$$ID-1-add:publish", f"$$ID-2-{SIGN_IN_BUTTON}"):
        message.rerun_script.widget_states.widgets.add(id=name, trigger_value=True)
    passed = BackMsg.FromString(_passed(message.SerializeToString(), is_stranger=True) or b"")
    assert passed.rerun_script.page_name == "add" and passed.rerun_script.fragment_id == ""
    assert [each.id for each in passed.rerun_script.widget_states.widgets] == [f"$$ID-2-{SIGN_IN_BUTTON}"]
    assert _passed(message.SerializeToString(), is_stranger=False) == message.SerializeToString()


def test_strangers_have_nothing_made_and_nobody_has_files_for_programmers_written() -> None:
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "x"
    assert _passed(message.SerializeToString(), is_stranger=True) is None
    assert _passed(message.SerializeToString(), is_stranger=False) is not None
    message.backend_operation_request.install_skills.SetInParent()
    assert _passed(message.SerializeToString(), is_stranger=False) is None
