"""An answer's briefing as text to paste, and what the briefing of a thing, a comparison and an answer say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.briefings.content import IN_TOTAL
from app.briefings.naming import NoSuchThing, things_named, year_named
from app.briefings.of_answer import briefing_of_answer, briefing_of_view
from app.briefings.of_comparison import briefing_of_things, briefing_of_years
from app.briefings.text import json_of, plain_text, rich_text
from app.links import Asking
from app.viewmodels.answer import answer_view
from app.viewmodels.flow_table import flow_table
from app.viewmodels.proofs import Proof, ProofGroup
from app.viewmodels.quotes import Quote
from app.viewmodels.subject import Beside, subject_view
from graph.ask.language.terms import Choice, List, Named, Role, Rows, Scan, Series, Total, What
from graph.ask.rereading import answer_form
from graph.corrections.correction import Action
from graph.corrections.notes import CorrectionNote
from tests.app.briefing_fixtures import briefing_of_thing, hostile_money, known, money_passed_on, several_kinds_of_money
from tests.app.test_answer_view import ANSWER
from tests.app.view_fixtures import graph_of
from tests.builders import ASHFORD, COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_decision, make_flow, make_record


def test_a_briefing_has_its_sources_as_footnotes() -> None:
    text = plain_text(briefing_of_view(answer_view(ANSWER)))
    assert text.startswith("Warm Homes is funded by two bodies.")
    assert "- Treasury, 2018/19 to 2019/20, £150,000" in text
    assert "[1] PCD 1, paragraph 3.2: “gave £150,000” https://x.org" in text
    assert "Note: £1 apart." in text


def test_a_briefing_numbers_each_figure_with_decision_date_and_paragraph() -> None:
    quote = Quote("gave £150,000", "PCD 1", "paragraph 3.2", "decision?document=a.md&at=3.2", dated="6 July 2023")
    groups = (ProofGroup("Treasury", (Proof("£150,000", "2018/19, from the Treasury", (quote,)),)),)
    text = briefing_of_view(answer_view(ANSWER, proofs=groups), base="http://here")
    assert "- Treasury, 2018/19 to 2019/20, £150,000 [1]" in plain_text(text)
    assert (
        "[1] £150,000, 2018/19, from the Treasury: PCD 1, 6 July 2023, paragraph 3.2: “gave £150,000” "
        "http://here/decision?document=a.md&at=3.2"
    ) in plain_text(text)
    assert "£150,000<sup>1</sup></li>" in rich_text(text)


def test_a_sum_that_is_in_no_figure_has_a_line_of_its_own_in_a_briefing() -> None:
    quote = Quote("£5 for both", "PCD 2", "paragraph 1", "decision?document=b.md")
    groups = (ProofGroup("Treasury", (Proof("£5", "2018/19 (not added)", (quote,), added=False),)),)
    text = plain_text(briefing_of_view(answer_view(ANSWER, proofs=groups)))
    assert "- Treasury, 2018/19 to 2019/20, £150,000\n" in text
    assert "- £5, 2018/19 (not added) [1]" in text


def test_a_briefing_pastes_hostile_words_as_text_and_links_nowhere_unsafe() -> None:
    quote = Quote("<script>x</script>", "<b>PCD</b>", "", "decision", published="javascript:alert(1)")
    groups = (ProofGroup("", (Proof("£1", "<img src=x>", (quote,)),)),)
    rich = rich_text(briefing_of_view(answer_view(ANSWER, proofs=groups)))
    assert "<script" not in rich and "<b>" not in rich and "<img" not in rich and "href" not in rich


def test_a_correction_of_a_figure_is_said_beside_its_source() -> None:
    quote = Quote("gave £150,000", "PCD 1", "", "decision", corrected="Amount corrected from £1 to £150,000 (A: why)")
    text = briefing_of_view(answer_view(ANSWER, proofs=(ProofGroup("", (Proof("£150,000", "2018/19", (quote,)),)),)))
    assert "(Amount corrected from £1 to £150,000 (A: why))" in plain_text(text)
    assert "(Amount corrected from £1 to £150,000 (A: why))" in rich_text(text)


def test_a_briefing_of_a_programme_has_the_figures_of_its_page() -> None:
    graph = several_kinds_of_money()
    page = subject_view(
        WARM_HOMES, graph.flows, graph.relations, graph.heads, graph.ledger,
        Beside(awards=known(graph).facts.awards),
    )  # fmt: skip
    text = briefing_of_thing(WARM_HOMES, known(graph))
    assert text.headlines == page.headlines
    assert [section.heading for section in text.first] == [f"{page.money[0].heading}: {page.money[0].total}"]
    assert text.uncertain[: len(page.caveats)] == page.caveats
    table = text.first[0].table
    assert table and table.rows[-1][1].text == page.money[0].total
    bars = page.money[0].bars
    assert bars
    with_money = [year for year, total in zip(bars.years, bars.totals, strict=True) if total]
    assert [row[0].text for row in table.rows[:-1]] == with_money


def test_every_sum_of_the_page_is_a_line_with_its_words_decision_and_band() -> None:
    graph = several_kinds_of_money()
    text = briefing_of_thing(WARM_HOMES, known(graph))
    page = subject_view(WARM_HOMES, graph.flows, graph.relations, graph.heads, graph.ledger)
    rows = flow_table(graph.flows, graph.heads, notes=page.notes).rows
    assert [(line.funder, line.recipient, line.figure, line.years) for line in text.sums] == [
        tuple(cell.text for cell in row[:4]) for row in rows
    ]
    lines = {line.figure: line for line in text.sums}
    assert lines["up to £500"].band == "To be checked"
    assert lines["up to £500"].words == "up to £500" and lines["up to £500"].place_of_words == "Annex 2"
    assert lines["£1,000"].in_total == IN_TOTAL
    assert lines["£1,000"].address == "https://x.example/pcd-1"
    assert lines["£70"].in_total == "Not added: one sum for several programmes, which no document splits"
    assert lines["£9"].in_total == "Not added: proposed, not approved"
    assert [line.amount for line in text.awards] == [None]


def test_the_sums_that_count_come_to_the_total_of_the_page() -> None:
    text = briefing_of_thing(WARM_HOMES, known(several_kinds_of_money()))
    counted = sum((line.amount or Decimal(0) for line in text.sums if line.in_total == IN_TOTAL), Decimal(0))
    assert f"£{counted:,.0f}" == text.headlines[0].figure == "£1,500"


def test_what_is_not_certain_names_the_ceiling_the_joint_sum_and_the_contradiction() -> None:
    text = briefing_of_thing(WARM_HOMES, known(several_kinds_of_money()))
    assert "£500 of it “up to”" in text.headlines[0].note
    assert any("one sum for several programmes" in said for said in text.uncertain)
    assert "Does not add up (PCD 1): The parts do not add up." in text.uncertain


def test_sources_are_numbered_by_date_and_cited_by_year() -> None:
    text = briefing_of_thing(WARM_HOMES, known(several_kinds_of_money()))
    assert [(source.number, source.address) for source in text.sources] == [(1, "https://x.example/pcd-1"), (2, "")]
    assert "“Warm Homes grant”" in text.sources[0].words and "signed 6 July 2023" in text.sources[0].words
    assert "(file pcd-2.md)" in text.sources[1].words
    table = text.first[0].table
    assert table and {row[0].text: row[3].text for row in table.rows} == {
        "2023/24": "[1]", "2024/25": "[1]", "All years": "",
    }  # fmt: skip
    assert {line.document: line.source for line in text.sums} == {"pcd-1.md": 1, "pcd-2.md": 2}


def test_a_sum_of_an_unpublished_record_leads_to_the_app_only_where_others_can_open_it() -> None:
    graph = several_kinds_of_money()
    alone = {line.document: line.address for line in briefing_of_thing(WARM_HOMES, known(graph)).sums}
    shared = {line.document: line.address for line in briefing_of_thing(WARM_HOMES, known(graph, "https://f.org")).sums}
    assert alone["pcd-2.md"] == ""
    assert shared["pcd-2.md"] == "https://f.org/decision?document=pcd-2.md&at=3.1"


def test_corrections_are_said_with_who_when_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = several_kinds_of_money()
    made_from = known(graph)
    about = next(stated.iri for stated in graph.flows if stated.flow.amount == 1000)
    changes = (("amount", "£1", "£1,000"),)
    note = CorrectionNote("c1", about, Action.FLOW, "A. Reader", "2026-01-31", "the annex", changes)
    monkeypatch.setattr(type(made_from.facts), "corrections", {about: (note,)})
    text = briefing_of_thing(WARM_HOMES, made_from)
    assert text.corrections == ("Amount corrected from £1 to £1,000 (A. Reader, 2026-01-31: the annex)",)
    assert [line.corrected for line in text.sums if line.amount == 1000] == ["Amount corrected from £1"]


@pytest.mark.parametrize("thing", [WARM_HOMES, ASHFORD, COUNCIL, MAYOR, TREASURY])
def test_a_thing_of_any_kind_has_a_briefing_with_its_build_and_day(thing: object) -> None:
    text = briefing_of_thing(thing, known(money_passed_on()))  # type: ignore[arg-type]
    assert text.sums
    assert text.closing[-1] == "Build build-7, published 5 July 2026, 10:00 (UTC). Made on 6 July 2026."


def test_a_thing_that_nothing_is_said_of_has_a_briefing_that_says_so() -> None:
    silent = next(e for e in known(money_passed_on()).facts.registry.entities() if e.name == "Drive")
    text = briefing_of_thing(silent, known(money_passed_on()))
    assert text.opening[-1].words == "No loaded decision says anything of Drive."
    assert not text.sums and not text.sources


def test_a_comparison_has_both_sides_figures_and_sums() -> None:
    graph = money_passed_on()
    light = next(s.flow.programmes[0] for s in graph.flows if s.flow.programmes[0].name == "Street Light")
    text = briefing_of_things(WARM_HOMES, light, known(graph))
    assert text.title == "Warm Homes and Street Light"
    assert [each.figure for each in text.headlines] == ["£900", "£10"]
    assert sum(line.amount or 0 for line in text.sums if line.in_total == IN_TOTAL) == 910
    assert "Money" not in text.kind and text.first[0].chart


def test_two_years_are_compared_by_programme() -> None:
    text = briefing_of_years("2022/23", "2023/24", known(money_passed_on()))
    assert text.title == "2022/23 and 2023/24"
    assert text.first[0].chart and text.first[0].chart.is_level


def test_the_briefing_of_an_answer_has_each_sum_with_the_number_of_its_source() -> None:
    made_from = known(several_kinds_of_money())
    form = List(Scan(Rows.AWARDS, (Named(Role.PROGRAMME, (Choice("Warm Homes", (WARM_HOMES,)),)),)), What.FUNDER)
    answer = answer_form("who funds Warm Homes", form, made_from.facts)
    text = briefing_of_answer(answer, made_from, Asking("who funds Warm Homes"))
    assert text.title == "who funds Warm Homes"
    assert [line.source for line in text.sums] == [source.number for source in text.sources]
    assert all(line.words in source.words for line, source in zip(text.sums, text.sources, strict=True))
    assert "Question asked: “who funds Warm Homes”." in text.closing


def test_each_sum_of_a_history_has_the_number_of_the_source_that_holds_its_words() -> None:
    made_from = known(
        graph_of(
            *(
                make_record(
                    make_flow("one", amount=f"{number}00.00", years=(year,), funder=funder),
                    document=f"{number}.md",
                    decision=make_decision(f"PCD {number}", signed=signed),
                )
                for number, year, signed, funder in (
                    (1, "2022/23", "2022-05-01", TREASURY),
                    (2, "2023/24", "2023-05-01", MAYOR),  # sources are told by funder, sums by year
                    (3, "2024/25", "2024-05-01", TREASURY),
                )
            )
        )
    )
    of = Scan(Rows.AWARDS, (Named(Role.PROGRAMME, (Choice("Warm Homes", (WARM_HOMES,)),)),))
    for form in (Series(of, What.DECISION), Series(of, What.YEAR), Total(of), List(of, What.RECIPIENT)):
        text = briefing_of_answer(answer_form("history of Warm Homes", form, made_from.facts), made_from)
        sources = {source.number: source.words for source in text.sources}
        assert [line for line in text.sums if line.source]
        assert all(line.words in sources[line.source] for line in text.sums if line.source)


def test_a_briefing_for_programs_has_amounts_as_strings() -> None:
    found = json_of(briefing_of_thing(WARM_HOMES, known(several_kinds_of_money())))
    assert {line["amount"] for line in found["sums"]} == {"1000.00", "500.00", "70.00", "9.00", None}


def test_hostile_words_stay_words_in_text() -> None:
    graph, thing = hostile_money()
    rich = rich_text(briefing_of_thing(thing, known(graph)))
    assert "<script" not in rich and "javascript:" not in rich


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023/24", "2023/24"), ("2023-24", "2023/24"), ("2023/2024", "2023/24"), ("Drive 2023/24", ""), ("2023", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_year_is_one_only_where_it_is_the_whole_text(text: str, year: str) -> None:
    assert year_named(text) == year


def test_a_name_is_a_thing_by_its_name_id_or_alias() -> None:
    facts = known(money_passed_on()).facts
    assert things_named("warm homes", facts, kind=None, must=True) == WARM_HOMES
    assert things_named("organisation/ashford-council", facts, kind=None, must=True) == COUNCIL
    assert things_named("who funds Warm Homes", facts, kind=None, must=False) is None
    with pytest.raises(NoSuchThing, match="the nearest are 'Warm Homes'"):
        things_named("Warm Home", facts, kind="programme", must=True)
