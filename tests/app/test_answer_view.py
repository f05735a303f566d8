"""An answer in the contract's shape as a card and chips."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.links import Asking, ask_link
from app.viewmodels.answer import answer_view, item_href
from app.viewmodels.examples import ExampleGroup, answered_alone, example_groups, examples
from graph.ask.language.terms import Choice, List, Named, Role, Rows, Scan, What
from tests.app.view_fixtures import money_passed_on
from tests.builders import WARM_HOMES

ANSWER: dict[str, Any] = {
    "question": "who funds Warm Homes",
    "status": "answered",
    "text": "Warm Homes is funded by two bodies.",
    "items": [
        {
            "label": "Treasury",
            "id": "https://w3id.org/whofunds/id/organisation/treasury",
            "type": "organisation",
            "amount": "150000.00",
            "years": ["2018/19", "2019/20"],
        },
        {"label": "Mayor", "id": "", "type": "organisation", "amount": "50.50", "years": []},
    ],
    "value": {"amount": "150050.50", "count": None, "date": None, "percent": None},
    "citations": [
        {"decision": "PCD 1", "document": "a.md", "locator": "3.2", "quote": "gave  £150,000", "source": "https://x.org"},
        {"decision": "PCD 1", "document": "a.md", "locator": "3.2", "quote": "gave  £150,000", "source": "https://x.org"},
    ],
    "checks": [{"verdict": "rounding", "figures": [1, 2], "message": "£1 apart."}],
    "interpretation": {
        "asks": "list", "programme": "Warm Homes", "includes": ["A", "B"], "years": None,
    },
    "alternatives": [{"label": "In Kent", "question": "who funds Warm Homes in Kent"}],
    "sparql": "SELECT *",
}  # fmt: skip


def test_the_card_shows_figure_table_and_chart() -> None:
    view = answer_view(ANSWER)
    assert view.figure == "£150,050.50"
    assert view.table
    assert view.table.columns == ("Name", "Years", "Amount")
    assert view.table.rows[0][0].href == "organisation?id=treasury"
    assert [cell.text for cell in view.table.rows[0]] == ["Treasury", "2018/19 to 2019/20", "£150,000"]
    assert view.bar_amounts == (Decimal("150000.00"), Decimal("50.50"))


def test_years_stand_once_where_they_are_the_name_of_the_line() -> None:
    items = [{"label": "2020/21 to 2022/23", "amount": "5.00", "years": ["2020/21", "2021/22", "2022/23"]}]
    table = answer_view({**ANSWER, "items": items}).table
    assert table
    assert table.columns == ("Name", "Amount")


def test_a_check_beside_the_figure_is_folded_away_and_a_conflict_on_it_is_not() -> None:
    beside = {"verdict": "rounding", "figures": [1, 2], "message": "£1 apart.", "decision": "PCD 1", "aside": True}
    conflict = {"verdict": "conflict", "figures": [1, 9], "message": "£8 apart.", "decision": "PCD 1"}
    view = answer_view({**ANSWER, "checks": [beside, conflict]})
    assert [check.message for check in view.checks] == ["£8 apart."]
    assert view.caveats == ("Differs by rounding (PCD 1): £1 apart.",)


def test_a_quotation_stands_once_and_leads_to_its_paragraph() -> None:
    (quote,) = answer_view(ANSWER).quotes
    assert quote.href == "decision?document=a.md&at=3.2"
    assert quote.place == "paragraph 3.2"


def test_chips_are_made_from_the_form() -> None:
    form = List(Scan(Rows.AWARDS, (Named(Role.PROGRAMME, (Choice("Warm Homes", (WARM_HOMES,)),)),)), What.FUNDER)
    chips = {chip.label: chip.value for chip in answer_view(ANSWER, form=form).chips}
    assert chips == {"Looking for": "who funds it", "Programme": "Warm Homes", "Including": "A and B"}


def test_another_reading_is_answered_at_one_click_as_the_form_it_is() -> None:
    other = {"label": "how much in all: X", "question": "how much in all: X", "form": {"is": "Total"}}
    (found,) = answer_view({**ANSWER, "alternatives": [other, other]}, Asking("X")).alternatives
    assert found.label == "How much in all: X"
    assert found.href == ask_link(Asking("X").read_as('{"is":"Total"}'))


def test_a_refusal_shows_what_comes_nearest_as_no_answer() -> None:
    near = {"decision": "PCD 1", "document": "a.md", "locator": "3.2", "passage": "gave £150,000"}
    view = answer_view({"question": "q", "status": "not_understood", "text": "t", "nearest": [near]})
    assert view.quotes == ()
    assert [(quote.words, quote.href) for quote in view.nearest] == [("gave £150,000", "decision?document=a.md&at=3.2")]


def test_sums_left_out_are_listed_once_the_largest_first() -> None:
    left_out = [
        {"amount": "5.00", "reason": "only asked for", "decision": "PCD 1"},
        {"amount": "2000000.00", "reason": "one sum for several programmes", "decision": "PCD 2"},
    ]
    caveats = [{"text": "£5 (PCD 1) is not added.", "amount": "5.00", "decision": "PCD 1"}, {"text": "Approved only."}]
    view = answer_view({**ANSWER, "left_out": left_out, "caveats": caveats})
    assert view.left_out
    assert [row[0].text for row in view.left_out.rows] == ["£2,000,000", "£5"]
    assert view.caveats == ("Approved only.",)


def test_alternatives_can_be_asked() -> None:
    assert answer_view(ANSWER).alternatives[0].href == "./?q=who%20funds%20Warm%20Homes%20in%20Kent"


def test_money_that_is_known_without_its_year_does_not_stand_under_nothing_is_recorded() -> None:
    assert answer_view({**ANSWER, "status": "no_data"}).headline == "No such figure is stated"
    assert answer_view({**ANSWER, "status": "no_data", "citations": []}).headline == "Nothing is recorded on this"


def test_up_to_stands_beside_the_figure_and_in_the_table() -> None:
    items = [{"label": "A", "amount": "50.00", "ceiling": "50.00"}, {"label": "B", "amount": "9.00"}]
    view = answer_view({**ANSWER, "items": items, "value": {"amount": "59.00", "ceiling": "50.00"}})
    assert view.figure == "£59, £50 of it “up to”"
    assert view.table and [row[-1].text for row in view.table.rows] == ["up to £50", "£9"]


@pytest.mark.parametrize("status", ["no_data", "not_understood", "ambiguous"])
def test_what_is_no_answer_says_so(status: str) -> None:
    view = answer_view({"question": "q", "status": status, "text": "t"})
    assert view.headline
    assert view.table is None
    assert view.figure == ""


@pytest.mark.parametrize(
    ("value", "figure"),
    [({"count": 1204}, "1,204"), ({"percent": "12.5"}, "12.5%"), ({"date": "2023-07-06"}, "6 July 2023"), ({}, "")],
)
def test_the_figure_is_what_was_asked(value: dict[str, Any], figure: str) -> None:
    assert answer_view({**ANSWER, "value": value, "interpretation": {"asks": "count"}}).figure == figure


def test_how_many_a_list_holds_is_no_figure_where_it_was_not_asked() -> None:
    assert answer_view({**ANSWER, "value": {"count": 4}, "interpretation": {"asks": "partners"}}).figure == ""


def test_one_sum_alone_is_no_chart() -> None:
    assert answer_view({**ANSWER, "items": ANSWER["items"][:1]}).bar_labels == ()


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        ("https://w3id.org/whofunds/id/place/kent", "place?id=kent"),
        ("https://w3id.org/whofunds/graph/document/a%20b.md", "decision?document=a%20b.md"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_items_lead_to_pages_of_the_app_only(iri: str, href: str) -> None:
    assert item_href(iri) == href


def test_examples_ask_about_what_is_loaded_by_kind() -> None:
    small = money_passed_on()
    groups = example_groups(small.flows, small.heads, small.relations)
    assert [group.heading for group in groups][:2] == ["Follow the money", "Who works with whom"]
    asked = examples(groups)
    assert asked[0].startswith("Who funds Warm Homes")
    assert "What did PCD 2 decide?" in asked
    assert example_groups((), {}) == ()


def test_an_example_that_would_be_refused_is_not_offered() -> None:
    groups = (ExampleGroup("One", ("a?", "b?")), ExampleGroup("Other", ("c?",)))
    assert answered_alone(groups, "b?".__eq__) == (ExampleGroup("One", ("b?",)),)
