"""The interface on the server that people use, asked by the libraries that programs ask with."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from app.people.keys import digest_of, new_key
from bench.api_calls import hold_all
from graph.settings import PROJECT
from tests.app.people.conftest import free_port
from tests.app.people.test_sign_in_file import GOOD

FLOWS = "SELECT ?flow ?amount WHERE { ?flow a wf:FundingFlow ; wf:amount ?amount } ORDER BY ?amount"
FUNDERS = "CONSTRUCT { ?flow wf:hasFunder ?funder } WHERE { ?flow wf:hasFunder ?funder }"
CALLS = 60  #: that schemathesis makes, over all addresses; bench/api_calls.py makes more


@contextmanager
def served(folder: Path, workspace: Path, **variables: str) -> Iterator[str]:
    """Yield the address of the app, without a stroke at its end, served from a folder that is not the checkout."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), **variables}
    command = [sys.executable, "-m", "app.cli", "app", "--workspace", str(workspace), "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--no-browser"], env=environment, stdout=log, stderr=log, cwd=folder)
    address = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def server(small_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served"), small_workspace) as address:
        yield address


def asked(address: str, **headers: str) -> tuple[int, str, str]:
    """Return status, media type and text of an answer, as the standard library gets it."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["content-type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["content-type"], error.read().decode()


def wrapped(server: str, query: str, form: str = JSON) -> Any:
    """Return what SPARQLWrapper makes of the answer to a query."""
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    return client.queryAndConvert()


def test_sparqlwrapper_reads_rows_in_each_form(server: str) -> None:
    rows = wrapped(server, FLOWS)["results"]["bindings"]
    amounts = [row["amount"]["value"] for row in rows]
    assert "70000" in amounts
    in_xml = wrapped(server, FLOWS, XML)
    assert len(in_xml.getElementsByTagName("result")) == len(rows)
    lines = list(csv.DictReader(io.StringIO(wrapped(server, FLOWS, CSV).decode())))
    assert [line["amount"] for line in lines] == amounts


def test_sparqlwrapper_reads_triples(server: str) -> None:
    graph = wrapped(server, FUNDERS, TURTLE)
    assert b"hasFunder" in graph


def test_sparqlwrapper_posts_a_query_and_asks_yes_or_no(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    client.setQuery("ASK { ?flow a wf:FundingFlow }")
    assert client.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_why_a_query_is_refused(server: str) -> None:
    with pytest.raises(QueryBadFormed, match="is no SELECT"):
        wrapped(server, "nonsense")


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("/api/ask?question=who+funds+Drive", "citations"), ("/api/search?text=Drive", "hits"),
        ("/api/flows?programme=Drive", "flows"), ("/api/things?kind=fund", "things"),
        ("/api/things/programme/drive", "decisions"), ("/api/openapi.json", "paths"),
    ],
)  # fmt: skip
def test_a_plain_client_reads_json(server: str, address: str, holds: str) -> None:
    status, media_type, text = asked(f"{server}{address}")
    assert (status, media_type) == (200, "application/json")
    assert holds in json.loads(text)


@pytest.mark.parametrize(
    "address",
    ["/api/ask?question=who+funds+Drive", "/api/search?text=Drive", "/api/flows?programme=Drive", "/api/things",
     "/api/things/programme/drive"],
)  # fmt: skip
def test_a_plain_client_reads_csv(server: str, address: str) -> None:
    status, media_type, text = asked(f"{server}{address}", accept="text/csv")
    assert (status, media_type) == (200, "text/csv; charset=utf-8")
    assert len(list(csv.DictReader(io.StringIO(text)))) >= 1


def test_an_address_that_is_none_is_said_to_be_none(server: str) -> None:
    assert asked(f"{server}/api/colours")[:2] == (404, "application/problem+json")


def test_another_host_and_a_page_elsewhere_are_refused(server: str) -> None:
    assert asked(f"{server}/api/flows", Host="rebound.example")[0] == 403
    assert asked(f"{server}/api/flows", Origin="https://elsewhere.example")[0] == 403


def test_the_description_holds(server: str) -> None:
    asked_of = hold_all(server, CALLS)
    assert len({each.address for each in asked_of}) == 7
    assert [f"{each.address}, {each.kind}: {fault}" for each in asked_of for fault in each.faults] == []
    assert all(sum(each.statuses.values()) for each in asked_of if each.kind == "positive")


def test_a_program_with_a_key_reads_where_people_sign_in(small_workspace: Path, tmp_path: Path) -> None:
    key = new_key()
    sign_in = tmp_path / "sign-in.toml"
    sign_in.write_text(f'{GOOD}[programs]\ndashboard = "{digest_of(key)}"\n', encoding="utf-8")
    log = tmp_path / "audit.jsonl"
    variables = {"WHOFUNDS_SIGN_IN": str(sign_in), "WHOFUNDS_AUDIT_LOG": str(log)}
    with served(tmp_path, small_workspace, **variables) as address:
        flows = f"{address}/api/flows"
        assert asked(flows)[:2] == (401, "application/problem+json")
        assert asked(flows, Authorization=f"Bearer {key}")[0] == 200
        assert asked(flows, Authorization="Bearer guess")[0] == 401
        query = urlencode({"query": FLOWS})
        assert asked(f"{address}/sparql?{query}", Authorization=f"Bearer {key}")[0] == 200
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(entry["who"], entry["what"]) for entry in entries if entry["event"] == "export"] == [
        ("program dashboard", "/api/flows"), ("program dashboard", "/sparql"),
    ]  # fmt: skip
