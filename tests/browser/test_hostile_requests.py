"""The real server under names and from pages that are not its own: DNS rebinding, sockets across sites, framing.

That it seeks no address outside this machine meanwhile, `served` asserts at its end.
"""

from __future__ import annotations

import http.client
import json
import socket
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import PATIENCE

STREAM = "_stcore/stream"


def status(address: str, path: str = "", *, method: str = "GET", **headers: str) -> int:
    """Return the status of a request to this machine, whatever Host it names."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=PATIENCE / 1000)
    try:
        connection.putrequest(method, f"/{path}", skip_host=True)
        for name, value in ({"Host": parts.netloc} | headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def opened(address: str, origin: str | None, host: str = "") -> ClientConnection:
    """Open a socket of Streamlit's as a page of that origin does."""
    parts = urlsplit(address)
    return connect(
        f"ws://{host or parts.netloc}/{STREAM}", sock=socket.create_connection(("127.0.0.1", parts.port)),
        origin=origin, subprotocols=["streamlit"], open_timeout=PATIENCE / 1000, max_size=None,
    )  # fmt: skip


@pytest.fixture
def own_origin(app_address: str) -> Iterator[str]:
    yield app_address.rstrip("/")


@pytest.mark.parametrize("path", ["", "decisions", "_stcore/health", "_stcore/host-config", "manifest.json"])
def test_a_name_that_was_made_to_lead_here_gets_nothing(app_address: str, path: str) -> None:
    port = urlsplit(app_address).port
    assert status(app_address, path) == 200
    for host in ("evil.example", f"evil.example:{port}", "localhost", "localhost:1", f"127.0.0.1.nip.example:{port}"):
        assert status(app_address, path, Host=host) == 403, host


def test_a_page_elsewhere_reads_and_sends_nothing(app_address: str) -> None:
    for origin in ("https://evil.example", "null", "http://localhost:1", "http://localhost"):
        assert status(app_address, "_stcore/host-config", Origin=origin) == 403
        assert status(app_address, "_stcore/upload_file/x/y", method="PUT", Origin=origin) == 403
    assert status(app_address, "_stcore/host-config", Origin=app_address.rstrip("/")) == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "http://localhost", "null", None])
def test_a_socket_from_another_page_or_from_none_is_refused(app_address: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, opened(app_address, origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_socket_to_a_name_that_was_made_to_lead_here_is_refused(app_address: str) -> None:
    host = f"evil.example:{urlsplit(app_address).port}"
    with pytest.raises(InvalidStatus) as refused, opened(app_address, f"http://{host}", host):
        pass
    assert refused.value.response.status_code == 403


def test_the_apps_own_page_opens_its_socket_and_gets_its_page(app_address: str, own_origin: str) -> None:
    with opened(app_address, own_origin) as line:
        said = BackMsg()
        said.rerun_script.query_string = ""
        line.send(said.SerializeToString())
        told = {}
        while "script_finished" not in told:
            message = ForwardMsg.FromString(line.recv(timeout=PATIENCE / 1000, decode=False))
            told[str(message.WhichOneof("type"))] = message
    assert {"new_session", "delta", "script_finished"} <= told.keys()
    assert told["new_session"].new_session.config.gather_usage_stats is False


def test_no_page_around_the_apps_own_may_steer_it(app_address: str) -> None:
    with urllib.request.urlopen(f"{app_address}_stcore/host-config", timeout=PATIENCE / 1000) as answer:
        assert json.load(answer)["allowedOrigins"] == []


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "agent/mcp", "agent/interact", "script-health"])
def test_what_streamlit_serves_and_nobody_needs_is_closed(app_address: str, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        assert status(app_address, f"_stcore/{path}", method=method) == 404
