"""The interface over HTTP: what it answers, what it refuses, and how it says so."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api import routes as routes_module
from app.api.negotiation import preferred
from app.api.routes import NOWHERE, routes
from graph.builds.workspace import Workspace
from graph.settings import Settings

COUNT = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a wf:FundingFlow }"


@pytest.fixture(scope="module")
def client(small_workspace: Path) -> TestClient:
    return TestClient(Starlette(routes=routes(Settings(workspace=small_workspace))))


def test_a_question_is_answered_in_the_shape_of_the_command(client: TestClient) -> None:
    answer = client.get("/api/ask", params={"question": "who funds Drive"}).json()
    assert answer["status"] == "answered"
    assert answer["citations"] and answer["sparql"]


def test_an_answer_says_how_many_parts_of_the_build_are_gone(
    small_workspace: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = shutil.copytree(small_workspace, tmp_path / "workspace", symlinks=True)
    settings = Settings(workspace=copy)
    client = TestClient(Starlette(routes=routes(settings)))
    asked = {"question": "who funds Drive"}
    assert "x-whofunds-missing" not in client.get("/api/ask", params=asked).headers
    (Workspace(copy, settings=settings).current().path / "ledger.parquet").unlink()
    answer = client.get("/api/ask", params=asked)
    assert (answer.status_code, answer.headers["x-whofunds-missing"]) == (200, "1")
    assert client.get("/sparql", params={"query": COUNT}).headers["x-whofunds-missing"] == "1"
    later = TestClient(Starlette(routes=routes(settings))).get("/api/ask", params=asked)
    assert later.json()["text"] == answer.json()["text"]
    assert "ledger.parquet: missing" in caplog.text


def test_an_answer_has_its_items_as_csv(client: TestClient) -> None:
    found = client.get("/api/ask", params={"question": "who funds Drive", "format": "csv"})
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert rows and rows[0]["type"] == "organisation"


def test_flows_are_the_rows_of_the_export_in_pages(client: TestClient) -> None:
    whole = client.get("/api/flows").json()
    assert whole["total"] == len(whole["flows"]) > 2
    page = client.get("/api/flows", params={"limit": 1, "offset": 1}).json()
    assert (page["total"], page["flows"]) == (whole["total"], whole["flows"][1:2])
    written = client.get("/api/flows", headers={"accept": "text/csv"})
    assert [row["id"] for row in csv.DictReader(io.StringIO(written.text))] == [row["id"] for row in whole["flows"]]


def test_flows_are_narrowed(client: TestClient) -> None:
    later = client.get("/api/flows", params={"programme": "Drive", "year": "2024/25"}).json()
    assert [row["amount"] for row in later["flows"]] == ["30000.00"]


def test_a_search_is_narrowed_by_names_that_the_build_knows(client: TestClient) -> None:
    found = client.get("/api/search", params={"text": "Drive", "place": "Croydon", "body": "MOPAC"}).json()
    assert {hit["decision"] for hit in found["hits"]} == {"PCD 9002"}
    assert [(each["decision"], each["amount"]) for each in found["decisions"]] == [("PCD 9002", "30000.00")]
    assert client.get("/api/search", params={"text": "Drive", "year": "2019/20"}).json()["hits"] == []
    assert client.get("/api/search", params={"text": "Drive", "record_type": "Decision notice"}).json()["hits"]


def test_things_are_listed_with_what_their_money_comes_to(client: TestClient) -> None:
    whole = client.get("/api/things").json()
    assert whole["total"] == len(whole["things"]) > 4
    found = client.get("/api/things", params={"kind": "programme", "name": "drive"}).json()["things"]
    assert [(each["key"], each["amount_in"], each["amount_out"]) for each in found] == [
        ("drive", "150000.00", "150000.00")
    ]
    page = client.get("/api/things", params={"limit": 2, "offset": 1, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(page.text)))
    assert [row["id"] for row in rows] == [each["id"] for each in whole["things"][1:3]]


def test_a_thing_is_told_in_full(client: TestClient) -> None:
    drive = client.get("/api/things/programme/drive").json()
    assert drive["years_in"] == [
        {"years": ["2023/24"], "amount": "120000.00"}, {"years": ["2024/25"], "amount": "30000.00"},
    ]  # fmt: skip
    assert {each["decision"] for each in drive["decisions"]} == {"PCD 9001", "PCD 9002"}
    assert "The Drive Project" in drive["other_names"]
    assert drive["facts"]
    as_csv = client.get("/api/things/programme/drive", headers={"accept": "text/csv"})
    assert [row["name"] for row in csv.DictReader(io.StringIO(as_csv.text))] == ["Drive"]


def test_a_place_has_the_decisions_of_the_places_within_it(client: TestClient) -> None:
    london = client.get("/api/things", params={"kind": "place", "name": "london"}).json()["things"][0]
    told = client.get(f"/api/things/place/{london['key']}").json()
    assert "PCD 9002" in {each["decision"] for each in told["decisions"]}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/ask", 400, "question"),
        ("/api/ask?question=", 400, "length"),
        ("/api/ask?question=a&question=b", 400, "given twice"),
        ("/api/ask?question=a&colour=red", 400, "colour"),
        (f"/api/ask?question={'a' * 1001}", 400, "length"),
        ("/api/flows?limit=0", 400, "limit"),
        ("/api/flows?year=2023/25", 400, "year"),
        ("/api/flows?programme=Drvie", 404, "the nearest are"),
        ("/api/search?text=a&limit=many", 400, "limit"),
        ("/api/search?text=a&place=Nowhere", 404, "no place of that name"),
        ("/api/search?text=a&record_type=poem", 404, "it has 'decision notice'"),
        ("/api/things?format=null", 400, "format"),
        ("/api/things?kind=person", 400, "kind"),
        ("/api/things/person/x", 400, "kind"),
        ("/api/things/programme/nothing", 404, "'nothing'"),
        ("/api/things/programme/a/b", 404, "'a/b'"),
        ("/api/things/programme/drive?id=x", 400, "given twice"),
        ("/api/things/programme/a%0Ab", 404, "a\\nb"),
        ("/api/colours", 404, "openapi.json"),
        ("/api", 404, "openapi.json"),
        ("/sparql/query", 404, "openapi.json"),
        ("/sparql", 400, "'query'"),
        ("/sparql?query=DELETE+WHERE+{+?s+?p+?o+}", 400, "would change the graph"),
        ("/sparql?query=ASK+{}&default-graph-uri=urn:x", 400, "FROM"),
        ("/sparql?query=nonsense", 400, "is no SELECT"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_line(client: TestClient, address: str, status: int, words: str) -> None:
    found = client.get(address)
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    assert words in found.json()["detail"]
    assert "\n" not in found.json()["detail"]


@pytest.mark.parametrize("address", ["/api/ask", "/api/search", "/api/flows", "/api/things", "/api/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written(client: TestClient, address: str, method: str) -> None:
    found = client.request(method, address)
    assert found.status_code == 405
    assert found.headers["allow"] == "GET, HEAD" or found.headers["allow"] == "HEAD, GET"


def test_a_query_comes_in_three_ways(client: TestClient) -> None:
    ways = [
        client.get("/sparql", params={"query": COUNT}),
        client.post("/sparql", data={"query": COUNT}),
        client.post("/sparql", content=COUNT, headers={"content-type": "application/sparql-query"}),
    ]
    assert {way.headers["content-type"] for way in ways} == {"application/sparql-results+json"}
    counted = {way.json()["results"]["bindings"][0]["n"]["value"] for way in ways}
    assert len(counted) == 1 and int(counted.pop()) > 2


def test_the_form_of_an_answer_is_that_of_accept(client: TestClient) -> None:
    as_csv = client.get("/sparql", params={"query": COUNT}, headers={"accept": "text/csv"})
    assert as_csv.text.startswith("n\r\n")
    none = client.get("/sparql", params={"query": COUNT}, headers={"accept": "text/turtle"})
    assert none.status_code == 406


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"content-type": "application/sparql-update"}, b"CLEAR ALL", 415),
        ({"content-type": "application/sparql-query"}, b"\xff", 400),
        ({"content-type": "application/sparql-query"}, b"#" * 100_001, 413),
        ({"content-type": "application/x-www-form-urlencoded"}, b"update=CLEAR+ALL", 400),
    ],
)
def test_what_is_no_query_is_not_run(client: TestClient, headers: dict[str, str], content: bytes, status: int) -> None:
    assert client.post("/sparql", content=content, headers=headers).status_code == status


def test_where_all_places_are_taken_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes_module, "WAIT_SECONDS", 0.01)
    taken = [routes_module._RUNNING.acquire() for _ in range(routes_module.MOST_AT_ONCE)]
    found = client.get("/api/flows")
    for _ in taken:
        routes_module._RUNNING.release()
    assert (found.status_code, found.headers["retry-after"]) == (503, "5")


def test_where_nothing_is_published_it_says_so_and_no_path(tmp_path: Path) -> None:
    found = TestClient(Starlette(routes=routes(Settings(workspace=tmp_path)))).get("/api/flows")
    assert found.status_code == 503
    assert str(tmp_path) not in found.text


def test_every_address_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    known = {route.path.replace(":any", "") for route in routes(Settings())}  # type: ignore[attr-defined]
    nowhere = {path.replace(":any", "") for path in NOWHERE}
    assert set(described["paths"]) == known - {"/api/openapi.json", *nowhere}
    asked = {each["name"]: each for each in described["paths"]["/api/ask"]["get"]["parameters"]}
    assert asked["question"]["required"] and not asked["after"]["required"]
    assert json.dumps(described)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/x"), ("*/*", "a/x"), ("b/y", "b/y"), ("b/*", "b/y"), ("a/x;q=0.5, b/y", "b/y"), ("c/z", None),
        ("a/x;q=0, */*", "b/y"), ("b/y;q=nonsense", None), (",", "a/x"), ("A/X; q=0.1", "a/x"),
    ],
)  # fmt: skip
def test_the_form_that_is_liked_best_is_chosen(accept: str, chosen: str | None) -> None:
    assert preferred(accept, ("a/x", "b/y")) == chosen


def test_an_address_with_strange_signs_is_no_fault(client: TestClient) -> None:
    for signs in ("\x00", "\ud7ff", "%ff", "𝔘", "\u202e"):
        assert client.get(f"/api/flows?programme={quote(signs)}").status_code == 404
