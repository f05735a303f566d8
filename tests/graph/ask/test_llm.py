"""A planner behind an OpenAI-compatible address fills in the question; its failures change nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from graph.ask.link import LinkedQuestion, link
from graph.ask.llm import plan
from graph.ask.question import Asks, Question
from graph.ask.read import read
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings

TEXT = "CIFA seen from the side of MOPAC"
Reply = Callable[[dict[str, Any]], tuple[int, bytes]]


@cache
def index() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def read_text() -> tuple[Question, LinkedQuestion]:
    linked = link(TEXT, index())
    return read(linked), linked


@contextmanager
def planner(reply: Reply, *, wait: float = 0) -> Iterator[tuple[Settings, list[dict[str, Any]]]]:
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
            time.sleep(wait)
            status, content = reply(body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}/v1"
        yield Settings(llm_endpoint=address, llm_model="test", llm_key="k", llm_timeout_seconds=0.5), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(content: str) -> Reply:
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    return lambda _: (200, body)


def test_the_planner_sees_masked_words_and_sets_kind_and_roles() -> None:
    question, linked = read_text()
    with planner(says('Sure: {"asks": "funders", "programmes": ["prog_0"], "funders": ["org_1"]}')) as (
        settings,
        asked,
    ):
        planned = plan(question, linked, settings)
    assert planned.asks is Asks.FUNDERS
    assert planned.settled_by == "planner"
    assert [c.label for c in planned.funders] == ["Mayor's Office for Policing and Crime"]
    assert asked[0]["path"] == "/v1/chat/completions"
    assert asked[0]["key"] == "Bearer k"
    assert "CIFA" not in json.dumps(asked[0]["messages"][1])


@pytest.mark.parametrize(
    "content",
    [
        "I cannot help with that.",
        '{"asks": "drop the graph"}',
        '{"asks": "nothing"}',
        '{"asks": "funders", "programmes": ["prog_7"]}',
        '{"asks": "funders", "programmes": ["org_1"]}',
        '{"asks": "funders", "programmes": 3}',
        '["funders"]',
        "{not json}",
        '{"sparql": "SELECT * WHERE { ?s ?p ?o }"}',
    ],
)
def test_an_unusable_reply_leaves_the_default_reading(content: str) -> None:
    question, linked = read_text()
    with planner(says(content)) as (settings, _):
        assert plan(question, linked, settings) == question


@pytest.mark.parametrize(
    "reply",
    [
        lambda _: (500, b"oops"),
        lambda _: (401, b"{}"),
        lambda _: (200, b"<html>"),
        lambda _: (200, b""),
        lambda _: (200, b'{"choices": []}'),
        lambda _: (200, b'{"choices": [{"message": {"content": null}}]}'),
    ],
    ids=["500", "401", "html", "empty", "no choices", "null"],
)
def test_a_failing_server_leaves_the_default_reading(reply: Reply) -> None:
    question, linked = read_text()
    with planner(reply) as (settings, _):
        assert plan(question, linked, settings) == question


def test_a_slow_server_is_given_up() -> None:
    question, linked = read_text()
    with planner(says('{"asks": "funders"}'), wait=1.5) as (settings, _):
        started = time.perf_counter()
        assert plan(question, linked, settings) == question
        assert time.perf_counter() - started < 1.4


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "file:///etc/passwd", "nonsense"])
def test_an_address_that_answers_nothing_leaves_the_default_reading(address: str) -> None:
    question, linked = read_text()
    assert plan(question, linked, Settings(llm_endpoint=address, llm_timeout_seconds=0.5)) == question


def test_no_planner_is_asked_by_default() -> None:
    question, linked = read_text()
    assert plan(question, linked, Settings()) is question
