"""What is loaded, what is not covered, and queries to begin with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.viewmodels.holdings import (
    absent_sentence,
    bodies_table,
    build_facts,
    compares_bodies,
    leaning,
    leaning_note,
    loaded_sentence,
)
from app.viewmodels.words import moment
from graph.ask.language.terms import Choice, List, Named, Order, Role, Rows, Scan, What
from graph.builds.manifest import DocumentEntry, Manifest
from graph.model import Entity
from graph.queries.questions import example_queries, vocabulary_version
from graph.registry import load_registry
from graph.settings import Settings
from graph.stated.coverage import coverage_of
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stores.sparql import read_only_query, run_read_only
from tests.app.view_fixtures import money_passed_on
from tests.builders import ASHFORD, WARM_HOMES, make_flow, organisation

PROGRAMME = Named(Role.PROGRAMME, (Choice("Warm Homes", (WARM_HOMES,)),))
PLACE = Named(Role.PLACE, (Choice("Ashford", (ASHFORD,)),))
GRAPH = money_passed_on()
HEAD = GRAPH.heads["pcd-1.md"]
REGISTRY = load_registry(Settings().data / "registry")
QUERIES = example_queries(Settings().ontologies)


def test_a_moment_is_written_out() -> None:
    assert moment("2026-11-21T06:15:09+00:00") == "21 November 2026, 06:15"
    assert moment("2026-11-21") == "21 November 2026"


def test_the_build_says_when_it_was_published_and_with_which_model() -> None:
    entries = (DocumentEntry("a.md", "0", "1"), DocumentEntry("b.md", "0", "1", status="partly"))
    manifest = Manifest("b1", "2026-11-21T06:15:09+00:00", entries, passages=9, embedded=7, model="a model")
    shown = {label: value for label, value, _ in build_facts(manifest, "2024-01-09", 3, 4, "1.0", "1.1.0")}
    assert shown["Published"] == "21 November 2026, 06:15 (UTC)"
    assert shown["Latest decision"] == "Signed 9 January 2024"
    assert shown["Documents"].startswith("2, of which 1 could be read only in part")
    assert shown["Search"] == "7 of 9 passages can be found by meaning, with the language model a model"


def test_coverage_names_the_years_without_a_sum_and_where_decisions_were_published() -> None:
    heads = [
        replace(HEAD, document="a", signed="2019-05-01", source="https://www.example.org/a"),
        replace(HEAD, document="b", signed="2022", source="javascript:alert(1)"),
        replace(HEAD, document="c", signed=""),
        replace(HEAD, document="d", body=None, signed=""),
    ]
    flows = [StatedFlow(year, "a", make_flow(years=(year,))) for year in ("2019/20", "2022/23")]
    coverage = coverage_of(heads, flows, REGISTRY)
    (first, second) = coverage.bodies
    assert (first.first, first.last, first.missing, first.undated) == (2019, 2022, ("2020/21", "2021/22"), 1)
    assert first.hosts == ("example.org",)
    assert (second.body, second.first, second.missing) == (None, None, ())
    assert coverage.latest == "2022"
    shown = [cell.text for cell in bodies_table(coverage).rows[0]]
    assert shown[2:] == ["2019 to 2022", "2019/20 to 2022/23", "2020/21, 2021/22", "example.org"]


def test_commissioners_of_which_nothing_is_loaded_are_named() -> None:
    said = absent_sentence(coverage_of([HEAD], [], REGISTRY))
    assert "of the register have no decision here" in said and "Commissioner" in said


@pytest.mark.parametrize("question", QUERIES)
def test_each_example_runs_as_it_stands(question: str) -> None:
    assert question.endswith("?")
    assert read_only_query(QUERIES[question])


def test_an_example_finds_something() -> None:
    found = run_read_only(GRAPH.store, next(query for name, query in QUERIES.items() if "contradict" in name))
    assert found.rows
    assert vocabulary_version(Settings().ontologies).count(".") == 2


def head(number: int, body: Entity | None) -> DecisionHead:
    return replace(HEAD, iri=f"d{number}", document=f"{number}.md", body=body)


def test_it_is_said_where_most_of_what_is_loaded_is_of_one_body() -> None:
    here, there = organisation("Mayor of Ashford", id="mayor"), organisation("Kent Office", id="kent")
    heads = [head(number, here if number < 3 else there) for number in range(5)]
    assert leaning(heads, {"mayor": "Ashford"}) == "mostly Ashford: 3 of 5"
    assert leaning(heads, {}) == "mostly of the Mayor of Ashford: 3 of 5"
    assert "are loaded, mostly Ashford: 3 of 5; 5 say" in loaded_sentence(heads, {"mayor": "Ashford"})
    assert leaning_note(heads, {"mayor": "Ashford"}).startswith("What is loaded is mostly Ashford: 3 of 5 decisions.")


def test_nothing_is_said_where_no_body_has_half_or_where_there_is_one_alone() -> None:
    bodies = [organisation(f"Body {number}") for number in range(3)]
    assert leaning([head(number, body) for number, body in enumerate(bodies)], {}) == ""
    assert leaning([head(number, bodies[0]) for number in range(3)], {}) == leaning_note([], {}) == ""


@pytest.mark.parametrize(
    ("where", "limit", "is_compared"),
    [
        ((), None, True),
        ((), 3, True),
        ((PROGRAMME,), 3, True),
        ((PROGRAMME,), None, False),
        ((PLACE,), 3, False),
    ],
)
def test_a_ranking_that_no_place_or_party_narrows_compares_bodies(
    where: tuple[Named, ...], limit: int | None, is_compared: bool
) -> None:
    order = Order(limit=limit) if limit else None
    assert compares_bodies(List(Scan(Rows.AWARDS, where), What.RECIPIENT, order)) is is_compared
