"""The interface described as OpenAPI 3.1, made from the parameters that it checks."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from app.api.parameters import Asked, Listed, Searched
from graph.ask.result import Status
from graph.stores.sparql_results import ResultFormat

PROBLEM = "application/problem+json"
TEXT = {"type": "string"}
SAID = {
    400: "what was given cannot be taken; `detail` says why",
    403: "not signed in, where people sign in",
    404: "the build knows nothing of that name",
    503: "busy, or nothing is published; try again in a moment",
}


@cache
def description() -> dict[str, Any]:
    """Return the description, as JSON values."""
    answer = {"type": "object", "required": ["question", "status", "text", "items", "citations"],
              "properties": {"question": TEXT, "text": TEXT,
                             "status": {"enum": [status.value for status in Status]}}}  # fmt: skip
    hits = {"type": "object", "required": ["query", "hits"],
            "properties": {"query": TEXT, "hits": {"type": "array", "items": {"type": "object"}}}}  # fmt: skip
    rows = {"type": "array", "items": {"type": "object", "additionalProperties": TEXT}}
    flows = {"type": "object", "required": ["total", "offset", "flows"],
             "properties": {"total": {"type": "integer"}, "offset": {"type": "integer"}, "flows": rows}}  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "whofunds", "version": "1", "description": "Who funds what; read-only."},
        "paths": {
            "/api/ask": {"get": _get("ask", "Answer a question", Asked, answer)},
            "/api/search": {"get": _get("search", "Find passages by meaning and words", Searched, hits)},
            "/api/flows": {"get": _get("flows", "List sums, and awards whose sum is not printed", Listed, flows)},
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
        },
    }


def _get(name: str, summary: str, asked: type[msgspec.Struct], answer: dict[str, Any]) -> dict[str, Any]:
    (_, components) = msgspec.json.schema_components([asked], ref_template="{name}")
    schema = components[asked.__name__]
    required = schema.get("required", [])
    parameters = []
    for each, its in schema["properties"].items():
        parts = its.get("anyOf")
        if parts:  # the format, which may be left out
            its = {**{key: value for key, value in its.items() if key not in ("anyOf", "default")}, **parts[0]}
        parameters.append({"name": each, "in": "query", "required": each in required, "schema": its})
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": answer}, "text/csv": {}}},
            **_problems(),
        },
    }


def _sparql_get() -> dict[str, Any]:
    query = {"name": "query", "in": "query", "required": True, "schema": TEXT}
    return {
        "operationId": "query", "summary": "Run a SPARQL query that reads", "parameters": [query],
        "responses": _results(),
    }  # fmt: skip


def _sparql_post() -> dict[str, Any]:
    form = {"schema": {"type": "object", "required": ["query"], "properties": {"query": TEXT}}}
    content = {"application/x-www-form-urlencoded": form, "application/sparql-query": {"schema": TEXT}}
    return {
        "operationId": "queryPosted", "summary": "Run a SPARQL query that reads",
        "requestBody": {"required": True, "content": content}, "responses": _results(),
    }  # fmt: skip


def _results() -> dict[str, Any]:
    content: dict[str, Any] = {form.media_type: {} for form in ResultFormat}
    more = {406: "no format of the answer is in Accept", 413: "too long a query", 415: "not a query's media type"}
    return {"200": {"description": "The whole answer", "content": content}, **_problems(more)}


def _problems(more: dict[int, str] | None = None) -> dict[str, Any]:
    schema = {"type": "object", "required": ["status", "detail"],
              "properties": {"status": {"type": "integer"}, "detail": TEXT}}  # fmt: skip
    said = {**SAID, **(more or {})}
    content = {PROBLEM: {"schema": schema}}
    return {
        str(status): {"description": words, "content": {"text/plain": {}} if status == 403 else content}
        for status, words in sorted(said.items())
    }
