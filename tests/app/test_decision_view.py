"""A decision's page: head, lineage, and the text with what was read marked in place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.components.decision_text import text_html
from app.viewmodels.checks import check_views, chosen
from app.viewmodels.decision import Span, head_facts, steps, text_blocks
from app.viewmodels.decision_list import Choice, decision_table, facets, facts
from app.viewmodels.decision_list import chosen as chosen_decisions
from graph.model import Evidence, Verdict
from graph.stated.checks import checks_of
from graph.stated.flows import StatedFlow
from tests.app.view_fixtures import HOSTILE, money_passed_on
from tests.builders import make_flow

TEXT = "The grant is £1,000. It starts soon."
GRAPH = money_passed_on()


def document(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"text": TEXT, "blocks": list(blocks)}


def block(text: str = TEXT, **given: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text, "locator": "3.1", "start": 0, "end": len(text), "number": "3.1", **given}


def flow_at(start: int, end: int, quote: str) -> StatedFlow:
    return StatedFlow("iri", "pcd-1.md", make_flow(evidence=[Evidence("3.1", quote, None, start, end)]))


def test_the_words_of_a_figure_are_marked_and_read_below() -> None:
    (shown,) = text_blocks(document(block()), [flow_at(0, 20, "The grant is £1,000.")])
    assert shown.spans == (Span("The grant is £1,000.", True), Span(" It starts soon.", False))
    assert shown.notes == ("£1,000: Treasury Office to Ashford Council, 2023/24 (approved)",)


def test_a_quote_that_differs_in_its_spaces_marks_the_whole_paragraph() -> None:
    (shown,) = text_blocks(document(block()), [flow_at(0, 20, "The  grant is £1,000.")])
    assert shown.spans == (Span(TEXT, True),)


def test_the_paragraph_that_the_link_asks_for_is_wanted() -> None:
    blocks = text_blocks(document(block(), block(locator="3.2", start=100, end=120)), [], at="3.2")
    assert [each.wanted for each in blocks] == [False, True]


def test_the_row_of_a_figure_is_marked_in_its_table() -> None:
    row = {"cells": [{"text": "Year"}, {"text": "£1,000"}], "locator": "Money, table 1, row 1", "start": 10, "end": 20}
    table = block(
        kind="table", locator="Money, table 1", start=0, end=40, header=[{**row, "start": 0, "end": 9}], rows=[row]
    )
    (shown,) = text_blocks(document(table), [flow_at(12, 18, "£1,000")], at="Money, table 1, row 1")
    assert [(is_header, marked) for is_header, _, marked in shown.rows] == [(True, False), (False, True)]
    assert shown.wanted


def test_text_of_markup_is_shown_as_text() -> None:
    html = text_html(text_blocks(document(block(HOSTILE)), []))
    assert "<img" not in html
    assert "&lt;img" in html


def test_the_head_says_what_is_not_stated() -> None:
    head = next(iter(GRAPH.heads.values()))
    shown = {fact.label: fact.value for fact in head_facts(head, aliases=("PCD-2",))}
    assert shown["Signed"] == "9 January 2024"
    assert shown["Also printed as"] == "PCD-2"


def test_lineage_leads_to_decisions_that_are_loaded() -> None:
    head = GRAPH.heads["pcd-2.md"]
    lineage, named = steps(GRAPH.relations, head, {other.iri: other for other in GRAPH.heads.values()})
    assert [(step.words, step.name, step.href) for step in lineage] == [
        ("changes", "PCD 1", "decision?document=pcd-1.md")
    ]
    assert {step.words for step in named} == {"delivers Warm Homes", "delivered in Ashford"}


def test_a_decision_that_is_not_loaded_is_named_and_leads_nowhere() -> None:
    lineage, _ = steps(GRAPH.relations, GRAPH.heads["pcd-2.md"], {})
    assert lineage[0].href == ""
    assert "not loaded" in lineage[0].note


def test_checks_carry_both_figures_and_their_place() -> None:
    views = check_views(checks_of(GRAPH.store), GRAPH.heads)
    assert views[0].figures == ("£900", "£950")
    assert views[0].href == "decision?document=pcd-2.md&at=3.1"
    assert chosen(views, verdicts=frozenset({Verdict.ROUNDING})) == ()
    assert chosen(views, body="Mayor of Ashford") == views


def test_the_list_counts_money_once_and_can_be_chosen_from() -> None:
    known = facts(GRAPH.heads.values(), GRAPH.flows, checks_of(GRAPH.store))
    assert {fact.head.document: fact.amount for fact in known} == {"pcd-2.md": Decimal(900), "pcd-1.md": Decimal(10)}
    assert list(facets(known).years) == ["2024/25", "2023/24"]
    assert [fact.head.document for fact in chosen_decisions(known, Choice(with_checks=True))] == ["pcd-2.md"]
    assert chosen_decisions(known, Choice(body="Nobody")) == ()
    assert decision_table(known).rows[0][0].text == "PCD 2"
