"""The routes of the HTTP interface: /api/ask, /api/search, /api/flows, /api/things, /api/openapi.json and /sparql."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app.api.answers import Answers, Table, flows_table, hits_table, items_table, things_table
from app.api.description import description
from app.api.negotiation import preferred
from app.api.parameters import Asked, Listed, ListedThings, OneThing, Searched
from graph.audit import Event, record
from graph.errors import RefusedQuery, WhofundsError
from graph.exports.filters import UnknownName
from graph.exports.table import csv_text
from graph.settings import Settings
from graph.stores.sparql_results import formats_for

MOST_AT_ONCE = 4  #: answers that are worked out; others wait
WAIT_SECONDS = 20.0  #: for one of these to end
LONGEST_BODY = 100_000  #: bytes of a query that is posted
JSON, CSV = "application/json", "text/csv"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
#: header of an answer: how many parts of the build are gone, where any is; which, is for the log
MISSING = "x-whofunds-missing"
NOWHERE = ("/api", "/api/{rest:any}", "/sparql/{rest:any}")  #: where programs, and not people, are told so
GRAPHS = ("default-graph-uri", "named-graph-uri")

log = logging.getLogger(__name__)
Parameters = TypeVar("Parameters", bound=msgspec.Struct)
_RUNNING = threading.BoundedSemaphore(MOST_AT_ONCE)


class AnySigns(PathConvertor):
    """Path convertor for the rest of a path with any characters; Starlette's own stops at a line break."""

    regex = "(?s:.*)"


register_url_convertor("any", AnySigns())


class Problem(Exception):
    """A request that cannot be answered: its HTTP status, and a line that says what to do."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def routes(settings: Settings) -> list[BaseRoute]:
    """Return the routes of the HTTP interface, to be added to the app's server."""
    answers = Answers(settings)

    def said(request: Request) -> None:
        _write_down(request, settings)

    def table_of(asked: type[Parameters], find: Callable[[Parameters], Any], table: Callable[[Any], Table]) -> Any:
        async def answer(request: Request) -> Response:
            parameters = _read(request, asked)
            form = _form(request, getattr(parameters, "format", ""))
            said(request)
            return marked(await run_in_threadpool(_answered, lambda: find(parameters), table, form))

        return _with_problems(answer)

    def marked(response: Response) -> Response:
        if gone := answers.missing():
            response.headers[MISSING] = str(len(gone))
        return response

    async def sparql(request: Request) -> Response:
        query = await _query(request)
        media_type = preferred(request.headers.get("accept", ""), [each.media_type for each in formats_for(query)])
        if media_type is None:
            raise Problem(406, "no format of this answer is in Accept; leave it out for the usual one")
        said(request)
        content = await run_in_threadpool(_in_turn, lambda: answers.sparql(query, media_type))
        return marked(Response(content, media_type=media_type, headers={"vary": "Accept"}))

    async def openapi(request: Request) -> Response:
        return JSONResponse(description())

    async def nowhere(request: Request) -> Response:
        raise Problem(404, "there is nothing at this address; /api/openapi.json lists what there is")

    return [
        Route("/api/ask", table_of(Asked, answers.ask, items_table), methods=["GET"]),
        Route("/api/search", table_of(Searched, answers.search, hits_table), methods=["GET"]),
        Route("/api/flows", table_of(Listed, answers.flows, flows_table), methods=["GET"]),
        Route("/api/things", table_of(ListedThings, answers.things, things_table), methods=["GET"]),
        Route("/api/things/{kind}/{id:any}", table_of(OneThing, answers.thing, things_table), methods=["GET"]),
        Route("/api/openapi.json", openapi, methods=["GET"]),
        Route("/sparql", _with_problems(sparql), methods=["GET", "POST"]),
        *(Route(path, _with_problems(nowhere), methods=["GET"]) for path in NOWHERE),
    ]


def _with_problems(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Return a handler that answers errors as problem details (RFC 9457); unexpected errors are logged."""

    async def checked(request: Request) -> Response:
        try:
            return await answer(request)
        except Problem as problem:
            return _problem(problem.status, str(problem))
        except UnknownName as error:
            return _problem(404, str(error).removeprefix("--"))
        except RefusedQuery as error:
            return _problem(400, str(error))
        except WhofundsError as error:
            log.warning("%s", error)
            return _problem(503, "nothing can be read at the moment; whoever runs this server finds why in its log")

    return checked


def _problem(status: int, detail: str) -> Response:
    headers = {"retry-after": "5"} if status == 503 else None
    content = {"status": status, "detail": detail}
    return JSONResponse(content, status, headers=headers, media_type="application/problem+json")


def _read(request: Request, asked: type[Parameters]) -> Parameters:
    several = {field.name for field in msgspec.structs.fields(asked) if field.default_factory is list}
    given: dict[str, Any] = dict(request.path_params)
    for name, value in request.query_params.multi_items():
        if name in several:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise Problem(400, f"{name!r} is given twice; give it once")
        else:
            given[name] = value
    try:
        return msgspec.convert(given, asked, strict=False)
    except msgspec.ValidationError as error:
        raise Problem(400, f"{error}; /api/openapi.json says what may be given") from error


def _form(request: Request, given: str) -> str:
    if given:
        return CSV if given == "csv" else JSON
    return preferred(request.headers.get("accept", ""), (JSON, CSV)) or JSON


def _answered(find: Callable[[], Mapping[str, Any]], table: Callable[[Any], Table], form: str) -> Response:
    found = _in_turn(find)
    headers = {"vary": "Accept"}
    if form == CSV:
        return Response(csv_text(*table(found)), media_type="text/csv; charset=utf-8", headers=headers)
    return JSONResponse(found, headers=headers)


_Found = TypeVar("_Found")


def _in_turn(find: Callable[[], _Found]) -> _Found:
    """Return the result of `find`, with a limited number of calls at the same time."""
    if not _RUNNING.acquire(timeout=WAIT_SECONDS):
        raise Problem(503, f"{MOST_AT_ONCE} others are being answered; try again in a moment")
    try:
        return find()
    finally:
        _RUNNING.release()


async def _query(request: Request) -> str:
    """Return the query in a request, in any of the three ways of the SPARQL 1.1 Protocol."""
    parameters = request.query_params.multi_items()
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if kind == QUERY:
            parameters = [*parameters, ("query", body)]
        elif kind == FORM:
            from urllib.parse import parse_qsl

            parameters = parse_qsl(body, keep_blank_values=True)
        else:
            raise Problem(415, f"a query is posted as {QUERY} or {FORM}")
    if any(name in GRAPHS for name, _ in parameters):
        raise Problem(400, "name graphs in the query, with FROM; default-graph-uri and named-graph-uri are not taken")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Problem(400, "give one query, as the parameter 'query'; only queries that read are answered")
    return queries[0]


async def _body(request: Request) -> str:
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > LONGEST_BODY:
            raise Problem(413, f"the query is longer than {LONGEST_BODY:,} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Problem(400, "the query is not in UTF-8") from None


def _write_down(request: Request, settings: Settings) -> None:
    """Write into the audit log who took data away, if people sign in."""
    if settings.sign_in:
        from dataclasses import replace

        person = request.scope.get("state", {}).get("person")
        who = person.label if person is not None else settings.who
        if request.url.path == "/api/ask":
            if settings.audit_questions:
                question = request.query_params.get("question", "")
                record(replace(settings, who=who), Event.QUESTION, question=question)
        else:
            record(replace(settings, who=who), Event.EXPORT, what=request.url.path)
