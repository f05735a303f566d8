"""What the browser is told that pages may do."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import file_util

from app.policy import OwnGround

PAGE = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def client() -> TestClient:
    def page(request: object) -> HTMLResponse:
        return HTMLResponse(PAGE, headers={"Referrer-Policy": "unsafe-url"})

    def file(request: object) -> PlainTextResponse:
        return PlainTextResponse("a,b", status_code=206)

    return TestClient(OwnGround(Starlette(routes=[Route("/", page), Route("/media/x.csv", file)])))


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


def test_pages_fetch_from_their_own_server_only_and_stand_in_no_frame(client: TestClient) -> None:
    policy = directives(client.get("/").headers["content-security-policy"])
    assert policy["connect-src"] == ["'self'"]
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert {"'self'", "blob:", "data:", "'unsafe-inline'", "'none'"} >= {
        source for name, sources in policy.items() if name != "script-src" for source in sources
    }


def test_the_only_scripts_in_a_page_are_those_that_the_policy_names_word_for_word(client: TestClient) -> None:
    answer = client.get("/", headers={"accept": "text/html"})
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(scripts) == 2
    assert answer.text.index("BACKEND_BASE_URL") < answer.text.index('type="module"')
    allowed = directives(answer.headers["content-security-policy"])["script-src"]
    hashes = {f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in scripts}
    assert set(allowed) == {"'self'", "blob:", *hashes}
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/", "/media/x.csv", "/nothing"])
def test_every_response_says_what_may_be_done_with_it(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_download_that_is_opened_runs_nothing(client: TestClient) -> None:
    answer = client.get("/media/x.csv")
    assert answer.status_code == 206
    policy = directives(answer.headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["sandbox"] == []
    assert "script-src" not in policy
