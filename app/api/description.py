"""The OpenAPI 3.1 description of the HTTP interface, made from its parameters and the columns of its tables."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from app.api.answers import HIT_COLUMNS
from app.api.parameters import Asked, Listed, ListedThings, OneThing, Searched
from graph.ask.result import Status
from graph.exports.columns import columns_of
from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow
from graph.exports.things import FlatThing
from graph.stores.sparql_results import ResultFormat

PROBLEM = "application/problem+json"
Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 0}
SAID = {
    400: "what was given cannot be taken; `detail` says why",
    401: "not signed in and no key, where people sign in",
    403: "the server does not serve this machine or this address",
    404: "the build knows nothing of that name",
    503: "busy, or nothing is published; try again in a moment",
}
PLAIN = (403,)  #: statuses that the gate before the interface answers, in a line of text


@cache
def description() -> Schema:
    """Return the OpenAPI description as JSON values."""
    decision = _texts("id", "decision", "title", "body", "signed", "document", "source")
    more = _object(
        other_names=_list(TEXT), years_in=_list(_ref("YearsMoney")), years_out=_list(_ref("YearsMoney")),
        facts=_list(_ref("Fact")), decisions=_list(decision),
    )  # fmt: skip
    whole = {"allOf": [_ref("Thing"), more]}
    found = _object(query=TEXT, hits=_list(_ref("Hit")), decisions=_list(_ref("FoundDecision")))
    return {
        "openapi": "3.1.0",
        "info": {"title": "whofunds", "version": "1", "description": "Who funds what; read-only.",
                 "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "security": [{}, {"key": []}],
        "paths": {
            "/api/ask": {"get": _get("ask", "Answer a question", Asked, _ref("Answer"))},
            "/api/search": {"get": _get("search", "Find passages by meaning and words", Searched, found)},
            "/api/flows": {
                "get": _get("flows", "List sums, and awards whose sum is not printed", Listed, _page("flows", "Flow"))
            },
            "/api/things": {
                "get": _get("things", "List programmes, organisations, places and funds", ListedThings,
                            _page("things", "Thing"))
            },
            "/api/things/{kind}/{id}": {
                "get": _get("thing", "Tell all that is held of a programme, organisation, place or fund", OneThing,
                            whole, in_path=("kind", "id"))
            },
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
        },
        "components": {
            "schemas": {
                "Flow": _row(FlatFlow), "Thing": _row(FlatThing), "Fact": _row(FlatFact), "Answer": _answer(),
                "Hit": _hit(), "YearsMoney": _object(years=_list(TEXT), amount=TEXT),
                "FoundDecision": _object(decision=TEXT_OR_NULL, document=TEXT, title=TEXT, amount=TEXT_OR_NULL,
                                         years=_list(TEXT), hits=_list(NUMBER)),
                "Problem": _object(status={"type": "integer"}, detail=TEXT),
            },
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer",
                        "description": "a key of `whofunds key`, where people sign in; else none is needed"}
            },
        },
    }  # fmt: skip


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _texts(*names: str) -> Schema:
    return _object(**{name: TEXT for name in names})


def _page(name: str, row: str) -> Schema:
    return _object(total=NUMBER, offset=NUMBER, **{name: _list(_ref(row))})


def _row(row: type) -> Schema:
    """Return the schema of a table's row: each column is text, "" if unknown."""
    columns = {each.name: {**TEXT, "description": each.meaning} for each in columns_of(row)}
    for each in columns_of(row):
        if each.values:
            columns[each.name]["enum"] = list(dict.fromkeys(["", *each.values]))
    return _object(**columns)


def _answer() -> Schema:
    citation = _texts("decision", "document", "locator", "quote")
    item = _object(label=TEXT, type=TEXT, amount=TEXT_OR_NULL, years=_list(TEXT))
    return _object(
        question=TEXT, status={"enum": [status.value for status in Status]}, text=TEXT, items=_list(item),
        citations=_list(citation), alternatives=_list({"type": "object"}), sparql=TEXT_OR_NULL,
    )  # fmt: skip


def _hit() -> Schema:
    known = {name: TEXT_OR_NULL for name in HIT_COLUMNS if name != "score"}
    return _object(**{**known, "document": TEXT, "passage": TEXT, "score": {"type": "number"}})


def _get(
    name: str, summary: str, asked: type[msgspec.Struct], answer: Schema, *, in_path: tuple[str, ...] = ()
) -> Schema:
    (_, components) = msgspec.json.schema_components([asked], ref_template="{name}")
    schema = components[asked.__name__]
    required = schema.get("required", [])
    parameters = []
    for each, its in schema["properties"].items():
        where = "path" if each in in_path else "query"
        parameters.append({"name": each, "in": where, "required": each in required, "schema": its})
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": summary,
                "content": {"application/json": {"schema": answer}, "text/csv": {"schema": TEXT}},
            },
            **_problems(),
        },
    }


def _sparql_get() -> Schema:
    query = {"name": "query", "in": "query", "required": True, "schema": TEXT}
    return {
        "operationId": "query", "summary": "Run a SPARQL query that reads", "parameters": [query],
        "responses": _results(),
    }  # fmt: skip


def _sparql_post() -> Schema:
    form = {"schema": {"type": "object", "required": ["query"], "properties": {"query": TEXT}}}
    content = {"application/x-www-form-urlencoded": form, "application/sparql-query": {"schema": TEXT}}
    return {
        "operationId": "queryPosted", "summary": "Run a SPARQL query that reads",
        "requestBody": {"required": True, "content": content}, "responses": _results(),
    }  # fmt: skip


def _results() -> Schema:
    content: Schema = {form.media_type: {} for form in ResultFormat}
    more = {406: "no format of the answer is in Accept", 413: "too long a query", 415: "not a query's media type"}
    return {"200": {"description": "The whole answer", "content": content}, **_problems(more)}


def _problems(more: dict[int, str] | None = None) -> Schema:
    said = {**SAID, **(more or {})}
    content = {PROBLEM: {"schema": _ref("Problem")}}
    return {
        str(status): {"description": words, "content": {"text/plain": {}} if status in PLAIN else content}
        for status, words in sorted(said.items())
    }
