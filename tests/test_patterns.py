"""No regular expression of `graph` or `ingest` takes time that grows faster than its text, however hostile that is.

Those that do stand with their reason in steep_patterns.csv, and leave it as soon as they no longer do.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.pattern_attacks import attacks
from tests.pattern_growth import slow_text
from tests.patterns_found import PROJECT, FoundPattern

STEEP = Path(__file__).parent / "steep_patterns.csv"
FEWEST_FOUND = 900  #: so many there are at least: fewer means that the finder is blind


@cache
def found_patterns() -> tuple[FoundPattern, ...]:
    """Return every pattern, found by a process of its own: what this one has compiled could not be seen."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns_found"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return tuple(FoundPattern(**{**each, "ways": tuple(each["ways"])}) for each in json.loads(done.stdout))


def known_steep() -> dict[tuple[str, str], str]:
    """Return why a pattern may be steep, by its module and how it begins."""
    with STEEP.open(encoding="utf-8", newline="") as lines:
        return {(row["module"], row["begins"]): row["why"] for row in csv.DictReader(lines, strict=True)}


def test_time_grows_no_faster_than_the_text() -> None:
    known = known_steep()
    steep: dict[tuple[str, str], str] = {}
    unknown = []
    for each in found_patterns():
        slow = slow_text(each.compiled(), each.ways)
        if not slow:
            continue
        module = each.where.split(":")[0]
        entry = next((key for key in known if key[0] == module and each.text.startswith(key[1])), None)
        if entry is None:
            unknown.append(f"{each.where}: {each.text[:60]!r} on {slow}")
        else:
            steep[entry] = slow
    assert not unknown, (
        "bound the repeats, make them possessive, or give a reason in steep_patterns.csv:\n" + "\n".join(unknown)
    )
    assert set(known) == set(steep), "no longer steep; take out of steep_patterns.csv"


def test_each_steep_pattern_has_a_reason() -> None:
    for entry, why in known_steep().items():
        assert len(why.split()) > 3, entry


def test_the_finder_sees_patterns_of_every_package() -> None:
    found = found_patterns()
    assert len(found) >= FEWEST_FOUND
    packages = {".".join(each.where.split(":")[0].split(".")[:2]) for each in found}
    assert packages >= {"graph.ask", "graph.names", "graph.parse", "graph.stores", "ingest.extract", "ingest.readers"}


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(r"\s+x", "search", id="a run tried at every place"),
        pytest.param(r"\s*,?\s*x", "match", id="two runs of the same sign"),
        pytest.param(r"(?:a+)+x", "match", id="a repeat of a repeat"),
        pytest.param(r"\w+\d+-", "fullmatch", id="a run in a wider run"),
        pytest.param(r"(?:\s+\w+)*\s*\(", "search", id="words up to a bracket"),
    ],
)
def test_a_steep_pattern_is_told(pattern: str, way: str) -> None:
    assert slow_text(re.compile(pattern), (way,))


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(r"\s{1,9}x", "search", id="a bounded run"),
        pytest.param(r"(?<!\s)\s+x", "search", id="a run tried where it begins"),
        pytest.param(r"\s*+,?\s*+x", "match", id="runs that give nothing back"),
        pytest.param(r"\s+x", "match", id="a run tried at one place"),
        pytest.param(r"bids?.{0,300}failed", "search", id="a bounded gap"),
    ],
)
def test_a_pattern_that_grows_with_its_text_is_not_steep(pattern: str, way: str) -> None:
    assert not slow_text(re.compile(pattern), (way,))


def test_an_attack_leads_up_to_the_repeat_and_says_it_again() -> None:
    assert ("up to", " ") in attacks(re.compile(r"up to\s+\d"))
