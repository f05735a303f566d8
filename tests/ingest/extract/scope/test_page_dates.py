"""When a page was made, by a date near its top."""

from __future__ import annotations

import datetime

import pytest

from graph.settings import Settings
from ingest.extract.decisions.decision import read_decision
from ingest.extract.scope.document import Scope, read_scope
from ingest.extract.scope.years import document_day
from ingest.readers import read_bytes
from ingest.work import name_index

NAMES = name_index(Settings().data / "registry")


def scope_of(text: str) -> Scope:
    document = read_bytes(text.encode(), "page.txt", settings=Settings())
    return read_scope(document, read_decision(document, NAMES), NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "12 May 2033",
        "Published on: Thursday, 12 May 2033",
        "date 2033-05-12 More money for safer streets in Norfolk, the Commissioner says",
        "Board minutes, 12 May 2033",
        "Commissioner's column (12 May 2033)",
    ],
)
def test_a_date_that_opens_a_line_or_closes_a_short_one_is_the_page_s(line: str) -> None:
    scope = scope_of(f"Safer streets\n\n{line}\n\nThe Commissioner gives £5,000 to a club.")
    assert document_day(scope.document, scope.decision) == datetime.date(2033, 5, 12)


@pytest.mark.parametrize(
    "line",
    [
        "From 12 May 2033 clubs may apply to the Commissioner for as much as they like, and the police will help them.",
        "The fund runs until 12 May 2033",
        "12 May 2033 to 31 March 2034",
        "Since she took office the Commissioner has met many clubs; on 12 May 2033 she met another that needed help.",
    ],
)
def test_a_date_of_a_term_or_inside_a_sentence_is_not_the_page_s(line: str) -> None:
    scope = scope_of(f"Safer streets\n\n{line}\n\nThe Commissioner gives £5,000 to a club.")
    assert document_day(scope.document, scope.decision) is None
