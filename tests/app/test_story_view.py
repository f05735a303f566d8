"""The story of a thing as sentences, a picture and a list."""

from __future__ import annotations

from app.components.story import link_html
from app.viewmodels.hits import best_of_each
from app.viewmodels.register import facts
from app.viewmodels.story import StoryView
from app.viewmodels.subject import Beside, subject_view
from graph.model import Basis, FlowKind, Relation, RelationKind
from graph.registry import Registry
from graph.search.hits import Hit, by_decision, without_titles
from graph.stated.relations import relations_of
from tests.app.view_fixtures import LIGHT, graph_of, money_passed_on
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
)

GRAPH = money_passed_on()


def told() -> StoryView:
    flows = [stated for stated in GRAPH.flows if WARM_HOMES in stated.flow.programmes]
    beside = Beside(lineage=GRAPH.relations)
    return subject_view(WARM_HOMES, flows, GRAPH.relations, GRAPH.heads, GRAPH.ledger, beside).story


def test_each_body_has_its_money_in_a_sentence() -> None:
    assert any("£900 from Treasury" in sentence for sentence in told().opening)


def test_who_gives_is_named_once_where_it_is_not_the_body_that_decides() -> None:
    flows = (
        make_flow("a", amount="10", funder=TREASURY, recipient=COUNCIL, years=("2020/21",)),
        make_flow("b", amount="20", funder=MAYOR, recipient=COUNCIL, years=("2021/22",)),
    )
    records = [
        make_record(flow, decision=make_decision(f"PCD {number}", signed=f"202{number}-05-01"), document=f"{number}.md")
        for number, flow in enumerate(flows)
    ]
    small = graph_of(*records)
    opening = subject_view(COUNCIL, small.flows, (), small.heads, small.ledger).story.opening
    body = next(iter(small.heads.values())).body
    assert body is not None
    assert (
        opening[1] == "First money recorded, 2020/21: Treasury Office gives £10 to Ashford Council for 2020/21 (PCD 0)."
    )


def test_a_decision_that_only_states_something_else_of_a_programme_is_counted_beside_those_on_it() -> None:
    quote = (make_evidence("Warm Homes starts in April 2024."),)
    other, about, more = (
        make_record(
            make_flow(programmes=(LIGHT,)), document=name, decision=make_decision(f"PCD {name}"), relations=relations
        )
        for name, relations in (
            ("3", [Relation(WARM_HOMES, RelationKind.STARTS, "2024-04", quote)]),
            ("4", [Relation("PCD 4", RelationKind.ABOUT, WARM_HOMES, quote)]),
            ("5", [Relation("PCD 5", RelationKind.MENTIONS, WARM_HOMES, quote)]),
        )
    )
    small = graph_of(make_record(make_flow("a"), document="2"), other, about, more)
    relations = relations_of(small.store, WARM_HOMES)
    flows = [stated for stated in small.flows if WARM_HOMES in stated.flow.programmes]
    view = subject_view(WARM_HOMES, flows, relations, small.heads, small.ledger)
    counted = next(line for line in view.headlines if line.words == "decisions")
    assert (counted.figure, counted.note) == ("2", "1 more only mentions it")
    assert view.story.opening[0].startswith("2 decisions by ")
    assert view.story.opening[0].endswith("; 1 more only mentions it.")
    alone = subject_view(
        WARM_HOMES, (), [each for each in relations if each.document == "3"], small.heads, small.ledger
    )
    last = alone.headlines[-1]
    assert (last.figure, last.words, last.note) == ("1", "decision", "")


def test_every_figure_of_the_list_leads_to_its_paragraph() -> None:
    chapters = [chapter for _, found in told().chapters for chapter in found]
    deeds = [deed for chapter in chapters for deed in chapter.deeds]
    assert deeds and all(deed.href.startswith("decision?document=") and "&at=" in deed.href for deed in deeds)
    assert chapters[-1].ties[0].words == "Changes"


def test_bands_lie_over_the_years_of_the_money_and_overlapping_ones_below_each_other() -> None:
    flows = (
        make_flow("a", amount="10", funder=TREASURY, recipient=MAYOR, years=("2020/21", "2021/22")),
        make_flow("b", amount="20", funder=COUNCIL, recipient=None, kind=FlowKind.MATCH, years=("2021/22",)),
        make_flow("c", amount="30", funder=COUNCIL, recipient=None, kind=FlowKind.MATCH, years=("2022/23",)),
        make_flow("d", amount="40", funder=COUNCIL, recipient=None, kind=FlowKind.MATCH, years=("2023/24",),
                  programmes=(WARM_HOMES, LIGHT)),
    )  # fmt: skip
    small = graph_of(make_record(*flows, decision=make_decision("PCD 5", signed="2020-05-01")))
    view = subject_view(WARM_HOMES, small.flows, (), small.heads, small.ledger).story
    assert view.years == ("2020/21", "2021/22", "2022/23", "2023/24")
    bands = {band.label: (band.first, band.last, band.lane, band.faint) for band in view.rows[0].bands}
    assert bands == {"£10": (0, 1, 0, False), "£20": (1, 1, 1, False), "£30": (2, 2, 0, False), "£40": (3, 3, 0, True)}
    assert [(mark.label, mark.column) for mark in view.rows[0].marks] == [("PCD 5", 0)]


def test_a_band_of_a_ceiling_says_up_to() -> None:
    flows = (
        make_flow("a", amount="10", years=("2020/21",), basis=Basis.CEILING),
        make_flow("b", amount="20", years=("2021/22",), basis=Basis.CEILING),
        make_flow("c", amount="30", years=("2021/22",), purpose="Boilers"),
    )
    small = graph_of(make_record(*flows, decision=make_decision("PCD 5", signed="2020-05-01")))
    bands = subject_view(WARM_HOMES, small.flows, (), small.heads, small.ledger).story.rows[0].bands
    assert [(band.label, band.says.partition(", from")[0]) for band in bands] == [
        ("up to £10", "up to £10, 2020/21"),
        ("£50", "£50, £20 of it “up to”, 2021/22"),
    ]


def test_a_band_is_read_aloud_with_the_words_that_are_seen() -> None:
    assert 'aria-label="£92k: £92,126, 2018/19"' in link_html("decision?document=a.md", "£92,126, 2018/19", "£92k")
    assert 'aria-label="PCD 1, 2018/19"' in link_html("decision?document=a.md", "PCD 1, 2018/19", "PCD 1")


def test_many_decisions_of_a_year_are_a_few_and_a_number() -> None:
    records = [
        make_record(
            make_flow("a", years=("2020/21",)),
            decision=make_decision(f"PCD {number}", signed="2020-05-01"),
            document=f"{number}.md",
        )
        for number in range(9)
    ]
    small = graph_of(*records)
    view = subject_view(WARM_HOMES, small.flows, (), small.heads, small.ledger).story
    assert [mark.label for mark in view.rows[0].marks] == ["PCD 0", "PCD 1", "PCD 2", "6 more"]


def test_the_best_passage_of_each_decision_is_kept_and_no_bare_title() -> None:
    hits = [
        Hit("d", name, "t", locator, "words", 0.5, None, "", None, None, None, (), (), None)
        for name, locator in (("a", "title"), ("a", "1"), ("a", "2"), ("b", "1"), ("c", "1"))
    ]
    assert [(hit.document, hit.locator) for hit in best_of_each(hits, 2)] == [("a", "1"), ("b", "1")]
    of_each = {document: [hit.locator for hit in without_titles(own)] for document, own in by_decision(hits).items()}
    assert of_each == {"a": ["1", "2"], "b": ["1"], "c": ["1"]}
    assert without_titles(hits[:1]) == hits[:1]


def test_names_that_were_merged_by_correction_are_said_on_the_page() -> None:
    assert ("Also appears as", "The Old Name (by correction)", "corrections") in facts(
        COUNCIL, Registry({}, {}, {}, {}), also=("The Old Name",)
    )
