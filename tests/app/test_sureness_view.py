"""How sure each reading is: said at each sum, at each total, and in words for each part in doubt."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.components.html import table_html
from app.viewmodels import sureness
from app.viewmodels.awards import award_table
from app.viewmodels.comparison import comparison
from app.viewmodels.decision import decision_sums, steps, unread_lines
from app.viewmodels.decision_facts import text_facts
from app.viewmodels.decision_list import decision_table
from app.viewmodels.decision_list import facts as list_facts
from app.viewmodels.facts import stated_facts
from app.viewmodels.flow_table import flow_table
from app.viewmodels.subject import Beside, subject_view
from app.viewmodels.table import table_csv
from graph.model import Band, Entity, Evidence, FlowKind, FlowStatus, Relation, RelationKind, Unread
from graph.stated.awards import StatedAward, all_awards
from tests.app.view_fixtures import HOSTILE, SmallGraph, graph_of
from tests.builders import (
    COUNCIL,
    MAYOR,
    WARM_HOMES,
    fund,
    make_award,
    make_decision,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    organisation,
)

DOUBTFUL = make_flow("b", amount="300.00", band=Band.CHECK, doubts=[make_doubt(), make_doubt("year", "2023/24", 0.5)])


def half_sure() -> SmallGraph:
    return graph_of(make_record(make_flow("a", amount="900.00", years=("2022/23",)), DOUBTFUL))


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "less than 1 in 10"), (0.61, "about 6 in 10"), (0.94, "about 9 in 10"), (0.99, "more than 9 in 10")],
)
def test_a_probability_is_said_in_tenths(probability: float, said: str) -> None:
    assert sureness.odds(probability) == said


@pytest.mark.parametrize(
    ("slot", "value", "said"),
    [
        ("recipient", "Ashford Council", "Who receives it: Ashford Council, right about 6 times in 10"),
        ("recipient", "", "Who receives it: nobody named, right about 6 times in 10"),
        ("year", "2018/19-2019/20", "The financial year: 2018/19 to 2019/20, right about 6 times in 10"),
        ("status", "approved", "How far it got: Approved, right about 6 times in 10"),
        ("programme", "", "The programme: none named, right about 6 times in 10"),
    ],
)
def test_a_doubt_is_said_in_words(slot: str, value: str, said: str) -> None:
    assert sureness.doubt_sentence(make_doubt(slot, value, 0.6)) == said


@pytest.mark.parametrize(("other", "said"), [("Refuge", "Refuge"), ("", "nobody named")])
def test_a_doubt_says_what_a_second_reader_reads_instead(other: str, said: str) -> None:
    doubt = make_doubt("recipient", "Ashford Council", 0.6, (other, 0.1, "second reader"), ("Kent", 0.3))
    assert sureness.doubt_sentence(doubt) == (
        f"Who receives it: Ashford Council, right about 6 times in 10; the second reader reads it as {said}"
    )


def test_each_row_says_how_sure_it_is_and_what_of_it_is_in_doubt() -> None:
    table = flow_table(half_sure().flows, {}, as_given=True)
    column = table.columns.index("Reading")
    assert [(row[column].text, row[column].note) for row in table.rows] == [
        ("Sure", ""),
        ("To be checked", "recipient; years"),
    ], "two rows have no band that most have"


def test_the_band_of_most_rows_is_said_once_and_rows_that_differ_keep_their_mark() -> None:
    checked = [make_flow(each, band=Band.CHECK) for each in ("a", "b")]
    doubt = make_doubt("recipient", "Ashford Council", 0.6, ("Refuge", 0.3))
    doubted = make_flow("c", band=Band.CHECK, doubts=(doubt,))
    flows = graph_of(make_record(*checked, doubted, make_flow("d"))).flows
    table = flow_table(flows, {}, as_given=True)
    column = table.columns.index("Reading")
    assert [(row[column].text, row[column].note) for row in table.rows] == [
        ("", ""), ("", ""), ("", "recipient, or Refuge"), ("Sure", ""),
    ]  # fmt: skip
    assert table.caption == (
        "But for those marked otherwise, all of these sums are to be checked: look at the document before you use a "
        "figure."
    )
    rows = list(csv.DictReader(io.StringIO(table_csv(table))))
    assert [row["Reading"] for row in rows] == ["To be checked"] * 3 + ["Sure"], "a file says it of each"
    assert "Reading: recipient, or Refuge" in rows[2]["Notes"]
    assert flow_table(flows[:1], {}).rows[0][column].text == "To be checked", "of one row it stands there"


def test_decisions_that_are_all_to_be_checked_say_it_once_and_the_file_says_it_of_each() -> None:
    flow = make_flow("a", band=Band.CHECK)
    records = [make_record(flow, document=f"{n}.md", decision=make_decision(f"PCD {n}")) for n in (1, 2)]
    graph = graph_of(*records)
    table = decision_table(list_facts(graph.heads.values(), graph.flows, (), graph.ledger))
    assert (table.caption, [row[-1].note for row in table.rows]) == ("All of it is to be checked.", ["", ""])
    assert table_csv(table).count("all of it to be checked") == 2


def test_a_purpose_stands_under_the_programme_and_in_its_place_where_none_is_named() -> None:
    flows = graph_of(
        make_record(make_flow("a", purpose="boilers"), make_flow("b", programmes=(), purpose="a warm room"))
    ).flows
    table = flow_table(flows, {}, as_given=True)
    column = table.columns.index("Programme")
    assert [(row[column].text, row[column].note) for row in table.rows] == [
        ("Warm Homes", "boilers"),
        ("a warm room", ""),
    ]
    assert "Purpose" not in table.columns
    assert "Purpose" in flow_table(flows, {}, leave_out=frozenset({"Programme"})).columns


def test_totals_of_a_page_say_how_much_of_them_is_not_sure() -> None:
    graph = half_sure()
    view = subject_view(WARM_HOMES, graph.flows, (), graph.heads, graph.ledger)
    assert (view.headlines[0].figure, view.headlines[0].note) == ("£1,200", "of which £300 is to be checked")
    assert [money.unsure for money in view.money] == ["Of this money, £300 is to be checked."] * 2
    assert view.story.opening[1].endswith("in 2022/23 to 2023/24, of which £300 is to be checked.")
    ((_, (chapter,)),) = view.story.chapters
    assert chapter.deeds[0].mark == "of which £300 is to be checked"


def test_totals_of_the_list_the_comparison_and_the_decision_say_it_too() -> None:
    graph = half_sure()
    (row,) = decision_table(list_facts(graph.heads.values(), graph.flows, (), graph.ledger)).rows
    assert (row[-1].text, row[-1].note) == ("£1,200", "of which £300 is to be checked")
    sides = comparison(WARM_HOMES, COUNCIL, graph.ledger, graph.heads)
    assert [headline.note for headline in sides.headlines] == ["of which £300 is to be checked"] * 2
    (head,) = graph.heads.values()
    assert decision_sums(head, graph.ledger).startswith("It moves £1,200, of which £300 is to be checked.")
    assert decision_sums(replace(head, iri="urn:another"), graph.ledger) == ""


def test_a_page_says_between_which_figures_its_total_lies_and_names_the_sums_in_doubt() -> None:
    background = make_doubt("status", "approved", 0.6, ("context", 0.4))
    flows = make_flow("a", amount="900.00", years=("2022/23",)), make_flow("b", amount="300.00", doubts=[background])
    graph = graph_of(make_record(*flows))
    doubted = next(stated for stated in graph.flows if stated.flow.amount == 300)
    view = subject_view(WARM_HOMES, graph.flows, (), graph.heads, graph.ledger)
    between = "between £900 and £1,200, as sums are in doubt"
    assert view.headlines[0].note == between
    assert view.caveats[0] == (
        f"Where the money comes from: It is {between}: £300 (PCD 1) may be background, or not approved."
    )  # fmt: skip
    assert sum(between in caveat for caveat in view.caveats) == 1, "both directions are alike"
    assert view.row_notes == {doubted.iri: "In doubt: may be background, or not approved"}
    assert view.notes == {}, "it is in the total all the same"
    sides = comparison(WARM_HOMES, COUNCIL, graph.ledger, graph.heads)
    assert [headline.note for headline in sides.headlines] == [between] * 2
    (head,) = graph.heads.values()
    assert decision_sums(head, graph.ledger) == f"It moves £1,200, {between}. Each sum is counted once."


def test_a_page_on_which_nothing_counts_says_what_may() -> None:
    award = make_doubt("status", "context", 0.6, ("approved", 0.4))
    graph = graph_of(make_record(make_flow(kind=FlowKind.ENVELOPE, status=FlowStatus.CONTEXT, doubts=[award])))
    view = subject_view(WARM_HOMES, graph.flows, (), graph.heads, graph.ledger)
    assert view.money == ()
    assert view.caveats[0].startswith("Where the money comes from: It is at most £1,000, as all")
    (note,) = view.row_notes.values()
    assert note.endswith(". In doubt: is left out as background, and may be an award")


def awards_of(*recipients: Entity | None) -> tuple[StatedAward, ...]:
    awards = [make_award(f"a{number}", recipient=each) for number, each in enumerate(recipients)]
    return all_awards(graph_of(make_record(awards=awards)).store)


def test_awards_without_a_sum_are_listed_with_who_what_and_where() -> None:
    (stated,) = awards_of(COUNCIL)
    table = award_table([stated], {})
    assert table is not None
    shown = dict(zip(table.columns, table.rows[0], strict=True))
    assert (shown["Recipient"].text, shown["Funder"].text, shown["For"].text) == (
        "Ashford Council", "Mayor of Ashford", "Warm Homes",
    )  # fmt: skip
    assert (shown["Reading"].text, shown["Decision"].href) == ("Sure", "decision?document=pcd-1.md&at=3.1")


def test_an_award_whose_sum_stands_elsewhere_is_not_listed() -> None:
    (stated,) = awards_of(COUNCIL)
    assert award_table([replace(stated, stated_again=("iri",))], {}) is None
    assert award_table([], {}) is None


def test_names_of_markup_in_awards_stay_text() -> None:
    table = award_table(awards_of(organisation(HOSTILE, id="h"), None), {})
    assert table is not None
    assert "<img" not in table_html(table)


def test_facts_beside_money_are_listed_with_their_words_and_not_among_names() -> None:
    said = (make_evidence("from 1 April 2024"),)
    counted = (make_evidence("A grant to run it in six boroughs."),)
    relations = [
        Relation(WARM_HOMES, RelationKind.STARTS, "2024-04-01", said),
        Relation(WARM_HOMES, RelationKind.FUNDED_FROM, fund("Warm Pot"), said),
        Relation(MAYOR, RelationKind.NUMBER_OF_AWARDS, "6", counted),
        Relation(fund("Warm Pot"), RelationKind.NUMBER_OF_AWARDS, "6", counted),
        Relation(MAYOR, RelationKind.SHARE, "9%", said),
        Relation(COUNCIL, RelationKind.ENDS, "2024-03-31", said),
        Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, said),
    ]
    graph = graph_of(make_record(relations=relations))
    table = stated_facts(graph.relations)
    assert table is not None
    assert [(row[0].text, row[1].text) for row in table.rows] == [
        ("Warm Homes", "Starts 1 April 2024"),
        ("Warm Homes", "Is funded from Warm Pot"),
        ("Counted in the text", "“A grant to run it in six boroughs”"),
        ("Counted in the text", "See its words"),
        ("Ashford Council", "Is named where something ends 31 March 2024"),
    ], "who made the awards, or whether they are any, only the words tell; a body itself does not end"
    assert (table.rows[0][2].text, table.rows[0][2].note) == ("“from 1 April 2024”", "3.1")
    with_decision = stated_facts(graph.relations, graph.heads)
    assert with_decision is not None and with_decision.rows[0][2].note == "PCD 1, 3.1"
    _, named = steps(graph.relations, graph.heads["pcd-1.md"], {})
    assert [(step.name, step.note) for step in named] == [("Ashford Council", "leads Warm Homes")]
    titles = {fact.title for fact in text_facts([], [], [], graph.relations, {}, is_open=False)}
    assert "Warm Homes starts 1 April 2024" in titles
    assert not any("9%" in title or "Mayor" in title for title in titles), "a count without its words has no line"
    assert stated_facts(()) is None


def test_the_text_s_facts_say_what_is_to_be_checked_and_who_is_named_without_a_sum() -> None:
    flows = [stated for stated in half_sure().flows if stated.flow.id == "b"]
    sum_fact, award_fact = text_facts(flows, awards_of(COUNCIL), [], [], {}, is_open=True)
    assert sum_fact.about.endswith("to be checked")
    assert award_fact.title == "Ashford Council: named without a sum"
    assert award_fact.href.startswith("corrections?document=pcd-1.md&sum=a0")


def test_figures_that_were_not_read_are_shown_with_their_places() -> None:
    unread = Unread(11, (Evidence("4", "£5 for tea"),))
    assert unread_lines(unread) == [
        "11 sums of money in this document led to nothing that is shown here.",
        "“£5 for tea” (4)",
        "and 10 more",
    ]
    assert unread_lines(Unread()) == []


def test_a_page_counts_awards_without_a_sum_and_their_decisions() -> None:
    (stated,) = awards_of(COUNCIL)
    view = subject_view(COUNCIL, (), (), {}, graph_of().ledger, Beside(awards=[stated]))
    assert [(line.figure, line.words) for line in view.headlines] == [("1", "decision"), ("1", "award without a sum")]
