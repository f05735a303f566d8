"""What was sent is held against the description as it was sent."""

from __future__ import annotations

import pytest

from bench.api_calls import Asked, is_allowed

PARAMETERS = [
    {"name": "question", "in": "query", "required": True, "schema": {"type": "string", "minLength": 1}},
    {"name": "format", "in": "query", "schema": {"enum": ["", "json", "csv"]}},
    {"name": "after", "in": "query", "schema": {"type": "array", "items": {"type": "string", "minLength": 1}}},
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
]


@pytest.mark.parametrize(
    "query", ["question=x", "question=x&format=", "question=x&after=0&after=1", "question=x&limit=2"]
)
def test_what_the_description_allows_is_no_fault_to_answer(query: str) -> None:
    assert is_allowed(f"http://localhost/api/ask?{query}", PARAMETERS)


@pytest.mark.parametrize(
    "query",
    [
        *("", "format=json", "question=", "question=x&format=xml", "question=x&format=json&format=json"),
        *("question=x&other=1", "question=x&after=", "question=x&limit=0", "question=x&limit=one"),
    ],
)
def test_what_it_does_not_allow_is(query: str) -> None:
    assert not is_allowed(f"http://localhost/api/ask?{query}", PARAMETERS)


def test_without_parameters_of_the_query_nothing_is_excused() -> None:
    assert not is_allowed("http://localhost/api/things/programme/x", [])


def test_a_row_counts_answers_by_class() -> None:
    asked = Asked("GET /api/ask", "negative")
    asked.statuses.update([200, 400, 404, 503])
    asked.faults.append("wrong")
    assert asked.row == {
        "address": "GET /api/ask", "kind": "negative", "calls": 4, "2xx": 1, "4xx": 2, "5xx": 1, "faults": 1,
    }  # fmt: skip
