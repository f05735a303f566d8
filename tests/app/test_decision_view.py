"""A decision's page: head, lineage, and the text with what was read marked in place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.components.decision_text import beside_html
from app.components.lineage import lineage_html
from app.viewmodels import words
from app.viewmodels.checks import CheckChoice, _sides, check_views, chosen, counts
from app.viewmodels.decision import head_facts, steps
from app.viewmodels.decision_facts import text_facts
from app.viewmodels.decision_list import Choice, Facts, decision_table, facets, facts, in_order, widened
from app.viewmodels.decision_list import chosen as chosen_decisions
from app.viewmodels.marked_text import Span, TextFact, marked_text
from graph.corrections.correction import Action
from graph.corrections.notes import CorrectionNote
from graph.counting.unsure import Unsure
from graph.model import Evidence, Verdict
from graph.stated.awards import all_awards
from graph.stated.checks import checks_of
from tests.app.view_fixtures import BUILDER, HOSTILE, graph_of, money_passed_on
from tests.builders import make_award, make_record

TEXT = "The grant is £1,000. It starts soon."
GRAPH = money_passed_on()


def document(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"text": TEXT, "blocks": list(blocks)}


def block(text: str = TEXT, **given: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text, "locator": "3.1", "start": 0, "end": len(text), "number": "3.1", **given}


def fact_at(start: int, end: int, quote: str, title: str = "£1,000 to Ashford") -> TextFact:
    return TextFact(title, evidence=(Evidence("3.1", quote, None, start, end),))


def test_the_words_of_a_fact_are_marked_and_lead_to_it_and_back() -> None:
    text = marked_text(document(block()), [fact_at(0, 20, "The grant is £1,000.")])
    assert text.blocks[0].spans == (
        Span("The grant is £1,000.", (1,), "words-1"), Span(" It starts soon."),
    )  # fmt: skip
    html = beside_html(text)
    assert '<mark id="words-1"><a href="#fact-1"' in html and 'id="fact-1"' in html and 'href="#words-1"' in html
    assert 'aria-label="Fact 1: £1,000 to Ashford"' in html


def test_facts_are_numbered_as_their_words_come_and_may_share_them() -> None:
    late, early = fact_at(21, 36, "It starts soon.", "late"), fact_at(0, 36, TEXT, "early")
    text = marked_text(document(block()), [late, early])
    assert [(fact.number, fact.title, fact.anchor) for fact in text.facts] == [
        (1, "early", "words-1"), (2, "late", "words-2"),
    ]  # fmt: skip
    assert [span.facts for span in text.blocks[0].spans] == [(1,), (1, 2)]


def test_a_quote_that_differs_in_its_spaces_marks_the_whole_paragraph() -> None:
    text = marked_text(document(block()), [fact_at(0, 20, "The  grant is £1,000.")])
    assert [(span.text, span.facts) for span in text.blocks[0].spans] == [(TEXT, (1,))]


def test_a_fact_whose_words_are_not_in_the_text_leads_nowhere() -> None:
    text = marked_text(document(block()), [fact_at(900, 920, "elsewhere")])
    assert text.facts[0].anchor == ""
    assert "<mark" not in beside_html(text) and 'href="#' not in beside_html(text)


def test_the_paragraph_that_the_link_asks_for_is_wanted() -> None:
    blocks = marked_text(document(block(), block(locator="3.2", start=100, end=120)), [], at="3.2").blocks
    assert [each.wanted for each in blocks] == [False, True]


def test_the_row_of_a_figure_is_marked_in_its_table() -> None:
    row = {"cells": [{"text": "Year"}, {"text": "£1,000"}], "locator": "Money, table 1, row 1", "start": 10, "end": 20}
    table = block(
        kind="table", locator="Money, table 1", start=0, end=40, header=[{**row, "start": 0, "end": 9}], rows=[row]
    )
    text = marked_text(document(table), [fact_at(12, 18, "£1,000")], at="Money, table 1, row 1")
    assert [(each.is_header, each.facts) for each in text.blocks[0].rows] == [(True, ()), (False, (1,))]
    assert text.blocks[0].wanted
    assert '<tr id="words-1" class="wf-marked">' in beside_html(text)


def test_facts_are_money_comparisons_and_what_things_do() -> None:
    flows = [stated for stated in GRAPH.flows if stated.document == "pcd-2.md"]
    checks = [stated for stated in checks_of(GRAPH.store) if stated.document == "pcd-2.md"]
    relations = [stated for stated in GRAPH.relations if stated.document == "pcd-2.md"]
    changes = (("amount", "£1", "£2"),)
    note = CorrectionNote("c1", flows[0].iri, Action.FLOW, "A. Reader", "2025-01-31", "the annex", changes)
    facts = text_facts(flows, [], checks, relations, {flows[0].iri: (note,)}, is_open=True)
    titles = [fact.title for fact in facts]
    assert facts[0].corrected == "Amount corrected from £1 to £2 (A. Reader, 2025-01-31: the annex)"
    assert facts[0].href.startswith("corrections?document=pcd-2.md&sum=")
    assert "Does not add up" in titles and "Changes PCD 1" in titles
    assert not any(fact.href for fact in text_facts(flows, [], [], [], {}, is_open=False))


def test_text_of_markup_is_shown_as_text() -> None:
    hostile = fact_at(0, 5, HOSTILE, HOSTILE)
    html = beside_html(marked_text(document(block(HOSTILE)), [replace(hostile, about=HOSTILE, corrected=HOSTILE)]))
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
    assert {(step.name, step.note) for step in named} == {
        (BUILDER.name, "delivers Warm Homes"),
        ("Warm Homes", "is delivered in Ashford"),
    }, "who does it stands first"


def test_a_decision_that_is_not_loaded_is_named_and_leads_nowhere() -> None:
    lineage, _ = steps(GRAPH.relations, GRAPH.heads["pcd-2.md"], {})
    assert lineage[0].href == ""
    assert "not loaded" in lineage[0].note


def test_lineage_tells_earlier_from_later_decisions() -> None:
    loaded = {other.iri: other for other in GRAPH.heads.values()}
    earlier, _ = steps(GRAPH.relations, GRAPH.heads["pcd-2.md"], loaded)
    later, _ = steps(GRAPH.relations, GRAPH.heads["pcd-1.md"], loaded)
    assert [step.is_later for step in (*earlier, *later)] == [False, True]
    html = lineage_html(later, "PCD 1", HOSTILE)
    assert "Changed by <a" in html and "No earlier decision is named" in html and "<img" not in html


def test_checks_carry_both_figures_and_their_place() -> None:
    views = check_views(checks_of(GRAPH.store), GRAPH.heads)
    assert views[0].figures == ("£900", "£950")
    assert views[0].href == "decision?document=pcd-2.md&at=3.1"
    assert chosen(views, CheckChoice(verdict=Verdict.ROUNDING.value)) == ()
    assert chosen(views, CheckChoice(body="Mayor of Ashford")) == views


def test_the_list_counts_money_once_and_can_be_chosen_from() -> None:
    known = facts(GRAPH.heads.values(), GRAPH.flows, checks_of(GRAPH.store), GRAPH.ledger)
    assert {fact.head.document: fact.amount for fact in known} == {"pcd-2.md": Decimal(900), "pcd-1.md": Decimal(10)}
    assert list(facets(known).years) == ["2024/25", "2023/24"]
    assert [fact.head.document for fact in chosen_decisions(known, Choice(with_checks=True))] == ["pcd-2.md"]
    assert chosen_decisions(known, Choice(body="Nobody")) == ()
    assert decision_table(known).rows[0][0].text == "PCD 2"


def test_a_decision_whose_sums_are_not_printed_is_not_said_to_move_no_money() -> None:
    known = graph_of(replace(make_record(awards=(make_award("bare"),)), flows=()))
    (fact,) = facts(known.heads.values(), known.flows, (), known.ledger, all_awards(known.store))
    assert words.money_of_decision(fact.amount, (), awards=fact.awards) == "Amount not stated: 1 award without a sum"
    ((*_, money),) = decision_table((fact,)).rows
    assert (money.text, money.note, money.plain) == ("—", "1 award without a sum", "")


def listed(name: str, **given: Any) -> Facts:
    head = replace(GRAPH.heads["pcd-1.md"], document=name, reference=name, **given.pop("head", {}))
    unsure = Unsure(Decimal(given.pop("amount", 1)))
    return Facts(**{"head": head, "unsure": unsure, "programmes": (), "years": (), "conflicts": 0, **given})


MANY = (
    listed("PCD 9", years=("2023/24",), programmes=("Light",), amount=5, head={"signed": "2024-01-01"}),
    listed("PCD 10", years=("2024/25",), programmes=("Light",), amount=7, head={"signed": "2023-01-01"}),
    listed("PCD 1", years=("2023/24",), programmes=("Homes",), conflicts=1, head={"signed": ""}),
)


def test_each_facet_counts_what_the_other_choices_leave() -> None:
    there = facets(MANY, Choice(year="2023/24"))
    assert there.programmes == {"Homes": 1, "Light": 1}
    assert there.years == {"2024/25": 1, "2023/24": 2}
    assert there.with_checks == 1


def test_a_choice_that_leaves_nothing_stays_a_choice_and_can_be_widened() -> None:
    choice = Choice(year="2024/25", programme="Homes")
    assert chosen_decisions(MANY, choice) == ()
    assert facets(MANY, choice).programmes["Homes"] == 0
    assert widened(MANY, choice) == (("programme", 1), ("year", 1))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("latest", ["PCD 9", "PCD 10", "PCD 1"]),
        ("earliest", ["PCD 10", "PCD 9", "PCD 1"]),
        ("money", ["PCD 10", "PCD 9", "PCD 1"]),
        ("name", ["PCD 1", "PCD 9", "PCD 10"]),
    ],
)
def test_the_list_has_an_order(sort: str, expected: list[str]) -> None:
    assert [fact.head.document for fact in in_order(MANY, sort)] == expected


def test_checks_are_chosen_by_programme_and_year_and_say_why_they_matter() -> None:
    views = check_views(checks_of(GRAPH.store), GRAPH.heads, GRAPH.flows)
    (view,) = views
    assert view.programmes and view.years and view.why
    assert chosen(views, CheckChoice(programme=view.programmes[0], year=view.years[0], kind=view.kind)) == views
    assert chosen(views, CheckChoice(programme="Nothing")) == ()
    assert counts(views, CheckChoice(programme="Nothing"))["programme"]["Nothing"] == 0


def test_a_total_stands_beside_its_parts() -> None:
    (view,) = check_views(checks_of(GRAPH.store), GRAPH.heads)
    three = replace(view, sides=_sides("sum", view.quotes * 3))
    assert [(name, len(quotes)) for name, quotes in three.sides] == [("The stated total", 1), ("Its parts", 2)]
    assert _sides("dates", view.quotes)[0][0] == "The words"
