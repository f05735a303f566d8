"""Releases of contract registers in JSON to labelled lines; what is no release stays the text that it is."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from ingest.document import Document
from ingest.readers import read_bytes

RELEASE: dict[str, Any] = {
    "ocid": "ocds-1",
    "date": "2031-01-05T10:00:00Z",
    "parties": [{"roles": ["buyer"], "name": "Harbour Council"}],
    "tender": {
        "title": "Harbour Mentors",
        "description": "Mentors for those who live by the harbour.",
        "value": {"amount": 275000.5, "currency": "GBP"},
        "contractPeriod": {"startDate": "2031-03-31T23:00:00Z", "endDate": "2034-03-31T23:59:59+01:00"},
    },
}
LINES = [
    "Title: Harbour Mentors",
    "Date published: 2031-01-05",
    "Buyer: Harbour Council",
    "Contract value: £275,000.50",
    "Contract start: 31 March 2031, 23:00",
    "Contract end: 31 March 2034, 23:59",
    "## Description",
    "Mentors for those who live by the harbour.",
]


def read(text: str, name: str = "notice.json") -> Document:
    return read_bytes(text.encode(), name)


def lines(text: str, name: str = "notice.json") -> list[str]:
    return [line for line in read(text, name).text.splitlines() if line]


def changed(**tender: object) -> str:
    return json.dumps({**RELEASE, "tender": {**RELEASE["tender"], **tender}})


@pytest.mark.parametrize("name", ["notice.json", "notice.txt"])
@pytest.mark.parametrize("indent", [None, 0, 4])
def test_a_release_becomes_labelled_lines(name: str, indent: int | None) -> None:
    assert lines(json.dumps(RELEASE, indent=indent), name) == LINES


def test_packages_hold_releases_of_which_the_last_state_counts() -> None:
    earlier = {**RELEASE, "date": "2030-01-01", "tender": {"title": "Mentors", "value": {"amount": 9}}}
    assert lines(json.dumps({"releases": [RELEASE, earlier]})) == LINES
    assert lines(json.dumps({"records": [{"compiledRelease": RELEASE}]})) == LINES


def test_the_page_around_a_release_is_kept() -> None:
    found = lines(f"Expand raw payload\n{json.dumps(RELEASE, indent=0)}\nAll notices\n")
    assert found == ["Expand raw payload", *LINES, "All notices"]


def test_a_release_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = json.dumps(RELEASE, indent=1)
    for length in range(whole.index('"tender"') + 60, len(whole), 7):
        found = lines(whole[:length])
        assert "Title: Harbour Mentors" in found and not any("{" in line for line in found)
    assert any(line.startswith("Mentors for those") for line in lines(whole[: whole.index("who live")]))


def test_only_pounds_become_pounds_and_only_sums_are_sums() -> None:
    assert "Contract value: EUR 500" in lines(changed(value={"amount": 500, "currency": "EUR"}))
    for amount in (0, -5, "much", None, [], True, float("1e300")):
        assert not any("value" in line for line in lines(changed(value={"amount": amount, "currency": "GBP"})))


def test_what_agreed_contracts_cost_goes_before_what_was_awarded_or_asked_for() -> None:
    money = {"amount": 7, "currency": "GBP"}
    release = {**RELEASE, "awards": [{"id": "1", "suppliers": [{"name": "Elm Trust"}], "value": money}]}
    assert "Supplier: Elm Trust" in lines(json.dumps(release)) and "Contract value: £7" in lines(json.dumps(release))
    release["contracts"] = [{"awardID": "1", "value": {"amount": 8, "currency": "GBP"}}]
    found = lines(json.dumps(release))
    assert "Supplier: Elm Trust" in found and [line for line in found if "value" in line] == ["Contract value: £8"]


@pytest.mark.parametrize(
    "text",
    [
        '["tender", "awards"]',
        '{"tender": ' * 5000,
        '{"tender": ' + "[" * 100_000,
        '{"tender": {"value": {"amount": 1' + "0" * 5000 + "}}} trailing {",
        '{"tender": {"title": "a\\',
        '{"tender" "awards"}',
        '{"colour": "the word \\"tender\\" and no more"}',
        '{"tender": 5, "awards": "x", "buyer": [], "contracts": {"a": 1}, "releases": [null, 3, [1]]}',
        '{"tender": {"title": {"a": 1}, "lots": [{"value": 3}, 4], "value": []}, "parties": [{"roles": [3, null]}]}',
        '{"awards": [{"suppliers": [{"name": 5}], "id": [1], "awardID": {}}], "contracts": [{"awardID": []}]}',
        "}{][" * 1000 + '"tender"',
    ],
    ids=range(11),
)
def test_hostile_json_is_read_as_some_text_in_no_time(text: str) -> None:
    began = time.process_time()
    assert read(text).text.strip()
    assert time.process_time() - began < 5
