"""Commissioners by years: every cell is a part of the ledger's judgement, and nothing unknown is a nought."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.briefings.money import year_chart
from app.components.html import table_html
from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.across import NOT_ADDED, NOT_STATED, NOTHING, SEVERAL, Across, Holding, Standing, Stated, across
from app.viewmodels.across_tables import Address, areas_table, decisions_behind, matrix
from app.viewmodels.flow_table import flow_table
from app.viewmodels.money import bars, by_funder, star_notes, starred
from app.viewmodels.subject import subject_view
from app.viewmodels.table import table_csv
from app.viewmodels.tiles import NO_DECISION, NO_SUM, Tile, tiles
from graph.ask.running.shares import spread
from graph.counting.grounds import grounds_of
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.together import judged_together, parts_by
from graph.export import csv_of
from graph.exports.source import Source
from graph.model import Award, Band, Basis, Entity, FlowKind, FlowStatus, FundingFlow, Record
from graph.police_areas import AreaTile
from graph.stated.awards import all_awards
from tests.app.view_fixtures import LIGHT, SmallGraph, graph_of, money_passed_on
from tests.builders import COUNCIL, MAYOR, TREASURY, WARM_HOMES, make_award, make_decision, make_flow, make_record
from tests.builders import organisation as body_called

KENT = body_called("Police and Crime Commissioner for Kent", id="kent-pcc")
SUSSEX = body_called("Police and Crime Commissioner for Sussex", id="sussex-pcc")
AREAS = {"kent-pcc": "Kent", "sussex-pcc": "Sussex", "dorset-pcc": "Dorset"}
Row = tuple[Entity | None, tuple[str, ...], int, Entity | None, Entity | None, FlowKind]
HERE = Address("across", {"of": "programme/warm-homes"})


def record(
    document: str,
    *flows: FundingFlow,
    body: Entity | None = KENT,
    signed: str = "2023-07-06",
    awards: Sequence[Award] = (),
) -> Record:
    """Return a record with these flows and no others."""
    decision = make_decision(f"REF {document}", title="Warm Homes", body=body, signed=signed)
    return replace(make_record(document=document, decision=decision, awards=awards), flows=flows)


def stated_of(known: SmallGraph, thing: Entity = WARM_HOMES) -> Stated:
    flows = [s for s in known.flows if thing in s.flow.programmes]
    awards = [each for each in all_awards(known.store) if thing in each.award.programmes]
    return Stated(known.ledger.tally(thing, Side.SOURCES), flows, awards, ())


def seen(known: SmallGraph, thing: Entity = WARM_HOMES) -> Across:
    return across(stated_of(known, thing), known.heads, AREAS)


def some_of_everything() -> SmallGraph:
    """Return Kent with a sum, a span, a bid and an award without a sum; Sussex with a joint sum and one "up to"."""
    bid = make_flow("d", amount="5000.00", years=["2024/25"], kind=FlowKind.BID, status=FlowStatus.PROPOSED)
    joint = make_flow("f", amount="300.00", years=["2021/22"], programmes=(WARM_HOMES, LIGHT))
    up_to = make_flow("g", amount="25.00", years=["2023/24"], basis=Basis.CEILING, band=Band.CHECK)
    single = [make_flow("a", amount="900.00", years=["2021/22"]), make_flow("b", amount="40.50", years=["2023/24"])]
    return graph_of(
        record("k1.md", *single),
        record("k2.md", make_flow("c", amount="70.00", years=["2023/24", "2024/25"]), signed="2024-05-01"),
        record("k3.md", bid),
        record("k4.md", awards=[make_award("e", years=["2025/26"])]),
        record("s1.md", joint, body=SUSSEX),
        record("s2.md", up_to, body=SUSSEX),
        record("n.md", make_flow("h", amount="8.00", funder=body_called("A"), recipient=body_called("B")), body=None),
    )


def test_a_cell_is_a_sum_or_says_why_it_is_none() -> None:
    view = seen(some_of_everything())
    assert view.years == ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26", SEVERAL)
    assert list(view.bodies) == ["kent-pcc", "sussex-pcc", ""]
    figures = {year: view.at("kent-pcc", year).figure for year in view.years}
    assert figures == {
        "2021/22": "£900", "2022/23": NOTHING, "2023/24": "£40.50", "2024/25": NOT_ADDED, "2025/26": NOT_STATED,
        SEVERAL: "£70",
    }  # fmt: skip
    assert view.at("dorset-pcc", "2023/24").standing is Standing.NOTHING


def test_what_is_up_to_not_sure_or_joint_is_said_beside_its_figure() -> None:
    view = seen(some_of_everything())
    assert view.at("sussex-pcc", "2023/24").note == "all of it to be checked; all of it “up to”"
    assert view.at("sussex-pcc", "2023/24").brief() == "to be checked, “up to”"
    joint = view.at("sussex-pcc", "2021/22")
    assert (joint.figure, joint.note) == (NOT_ADDED, "£300 together with other programmes, not added")
    said = "in part to be checked, in part “up to”, £300 more with other programmes, 1 without a sum"
    assert view.whole.brief() == said


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([Band.SURE, Band.SURE], ""),
        ([Band.SURE, Band.LIKELY], "in part not sure"),
        ([Band.LIKELY, Band.LIKELY], "not sure"),
        ([Band.SURE, Band.CHECK], "in part to be checked"),
        ([Band.LIKELY, Band.CHECK], "not sure, in part to be checked"),
        ([Band.CHECK, Band.CHECK], "to be checked"),
    ],
)
def test_a_cell_says_the_worst_of_how_sure_it_is(bands: list[Band], said: str) -> None:
    paid = zip("AB", bands, strict=True)
    flows = [make_flow(name, amount="70.00", recipient=body_called(name), band=band) for name, band in paid]
    known = graph_of(record("a.md", *flows))
    assert seen(known).whole.brief() == said


def assert_the_ledgers(view: Across, known: SmallGraph) -> None:
    money = known.ledger.tally(WARM_HOMES, Side.SOURCES)
    assert view.whole.money == money
    for year in view.years:
        column = view.columns.get(year, Holding())
        assert sum((view.at(body, year).money.total for body in view.bodies), Decimal(0)) == column.money.total
    for body in view.bodies:
        row = sum((view.at(body, year).money.total for year in view.years), Decimal(0))
        assert row == view.at(body, "").money.total
    here = [stated.iri for holding in view.cells.values() for stated in holding.money.flows]
    assert sorted(here) == sorted(stated.iri for stated in money.flows)
    assert total(stated for holding in view.cells.values() for stated in holding.money.flows) == money.total
    chart = bars(known.flows, money, by_funder, known.heads)
    for number, year in enumerate(chart.years if chart else ()):
        if year in view.columns:
            drawn = zip(chart.parts, chart.amounts, strict=True) if chart else ()
            bar = sum((row[number] for part, row in drawn if part not in chart.faint), Decimal(0)) if chart else 0
            assert bar == view.columns[year].money.total


@pytest.mark.parametrize("known", [some_of_everything(), money_passed_on()], ids=["of everything", "passed on"])
def test_cells_rows_and_columns_are_parts_of_the_ledgers_judgement(known: SmallGraph) -> None:
    assert_the_ledgers(seen(known), known)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([KENT, SUSSEX, None]),
            st.sampled_from([(), ("2021/22",), ("2023/24",), ("2023/24", "2024/25")]),
            st.integers(1, 5_000),
            st.sampled_from([TREASURY, MAYOR, None]),
            st.sampled_from([COUNCIL, MAYOR, None]),
            st.sampled_from([FlowKind.GRANT, FlowKind.SUB_GRANT, FlowKind.MATCH, FlowKind.BID]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_stated_nothing_is_lost_between_the_cells(rows: list[Row]) -> None:
    known = graph_of(
        *(
            record(
                f"d{n}.md",
                make_flow(years=years, amount=f"{amount}.00", funder=funder, recipient=payee, kind=kind),
                body=body,
            )
            for n, (body, years, amount, funder, payee, kind) in enumerate(rows)
        )
    )
    view = seen(known)
    assert_the_ledgers(view, known)
    assert set(view.whole.documents) == {stated.document for stated in known.flows}


def test_the_matrix_has_words_where_nothing_is_known_and_leads_to_the_decisions() -> None:
    known = some_of_everything()
    table = matrix(seen(known), HERE)
    assert table.columns[:3] == ("Decision body", "In all", "2021/22")
    kent = dict(zip(table.columns, table.rows[0], strict=True))
    assert kent["2021/22"].href == decision_link("k1.md", at="3.1")
    assert (kent["2022/23"].text, kent["2022/23"].note, kent["2022/23"].plain) == ("", NOTHING, NOTHING)
    assert kent["2025/26"].text == NOT_STATED and kent["2025/26"].href == decision_link("k4.md")
    assert kent["In all"].href == HERE.link(body="kent-pcc")
    assert [row[0].text for row in table.rows] == [KENT.name, SUSSEX.name, "No body named", "All"]
    assert table.rows[-1][1].text == words.whole_pounds(known.ledger.tally(WARM_HOMES, Side.SOURCES).total)
    assert not [cell for row in table.rows for cell in row if cell.text in {"£0", "0"}]
    assert all(cell.href for row in table.rows[:2] for cell in row[1:] if cell.text), "every figure leads somewhere"


def test_the_matrix_of_a_year_has_its_column_and_the_bodies_that_have_something_in_it() -> None:
    view = seen(some_of_everything())
    table = matrix(view, HERE, "2021/22")
    assert table.columns == ("Decision body", "2021/22")
    there = [name for body, entity in view.bodies.items() if view.at(body, "2021/22").standing is not Standing.NOTHING
             for name in [entity.name if entity else "No body named"]]  # fmt: skip
    assert [row[0].text for row in table.rows] == [*there, "All"]
    assert len(there) < len(view.bodies)


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        pytest.param(0.3, "at most £900, as all of its sums are in doubt", id="in doubt"),
        pytest.param(0.9, "", id="read well"),
    ],
)
def test_a_cell_of_the_matrix_has_its_range_behind_a_mark_and_in_the_file(confidence: float, said: str) -> None:
    flow = make_flow(years=("2021/22",), amount="900.00", confidence=confidence, band=Band.CHECK)
    table = matrix(seen(graph_of(record("d.md", flow, body=KENT))), HERE)
    assert {cell.hint for row in table.rows for cell in row[1:]} == {said}
    assert ("as all of its sums are in doubt" in table_csv(table)) is bool(said)
    assert ("±" in table_html(table)) is bool(said)


def test_the_decisions_behind_a_cell_have_its_parts() -> None:
    known = some_of_everything()
    view = seen(known)
    table = decisions_behind(view.at("kent-pcc", ""), known.heads)
    figures = {row[0].href.partition("document=")[2].partition("&")[0]: row[2].text for row in table.rows}
    assert figures == {"k1.md": "£940.50", "k2.md": "£70", "k3.md": NOT_ADDED, "k4.md": NOT_STATED}


LAYOUT = tuple(AreaTile(f"{body}-area", name, name[:3], 1, n) for n, (body, name) in enumerate(AREAS.items(), 1))
BODIES = {f"{each.id}-area": each for each in (KENT, SUSSEX, body_called("Dorset PCC", id="dorset-pcc"))}


def tiles_for(year: str) -> dict[str, Tile]:
    found = tiles(seen(some_of_everything()), LAYOUT, BODIES, year, lambda body: HERE.link(body=body, year=year))
    return {tile.name: tile for tile in found}


def test_a_tile_says_area_figure_decisions_and_years() -> None:
    found = tiles_for("")
    assert found["Kent"].said == "£1,010.50, 4 decisions, 2021/22, 2023/24, 2024/25 and 2025/26"
    assert found["Sussex"].said.startswith("£25, all of it to be checked; all of it “up to”, 2 decisions")
    assert (found["Dorset"].said, found["Dorset"].figure) == ("nothing loaded", NO_DECISION)
    assert found["Kent"].href == HERE.link(body="kent-pcc")


def test_of_one_year_a_tile_says_that_years_figure() -> None:
    found = tiles_for("2025/26")
    assert (found["Kent"].figure, found["Kent"].said) == (NO_SUM, "amount not stated, 1 decision, 2025/26")
    assert found["Sussex"].said == "nothing loaded; 2 decisions about other things or years"
    rows = {row[0].text: [cell.text or cell.note for cell in row] for row in areas_table(list(found.values())).rows}
    assert rows["Kent"] == ["Kent", KENT.name, NOT_STATED, "2025/26", "1", "4"]
    assert rows["Dorset"][2:] == [NOTHING, "—", "0", "0"]


def test_several_programmes_together_count_a_sum_for_both_once() -> None:
    known = some_of_everything()
    grounds = grounds_of(known.flows, known.heads, known.relations, ())
    alone = judged_together([WARM_HOMES], [s for s in known.flows if WARM_HOMES in s.flow.programmes], grounds)
    assert alone == known.ledger.tally(WARM_HOMES, Side.SOURCES)
    both = judged_together([WARM_HOMES, LIGHT], known.flows, grounds)
    assert both.total == alone.total + 300 and not both.joint
    assert judged_together([], known.flows, grounds).total == 0


def test_parts_of_a_judgement_hold_each_flow_once() -> None:
    known = some_of_everything()
    money = known.ledger.tally(WARM_HOMES, Side.SOURCES)
    parts = parts_by(money, lambda stated: stated.document)
    assert sum((part.total for part in parts.values()), Decimal(0)) == money.total
    assert sum(len(part.left_out) for part in parts.values()) == len(money.left_out) == 1
    assert parts["s1.md"].joint and not parts["s1.md"].flows


def test_the_same_money_without_a_year_is_said_alike_in_text_chart_matrix_story_table_and_file() -> None:
    known = graph_of(
        record("k1.md", make_flow("a", amount="100.00", years=["2020/21"])),
        record("k2.md", make_flow("b", amount="2000.00", years=()), signed="2022-01-10"),
    )
    said = "£2,000 without a year, from a decision of 2021/22"
    counted = known.ledger.tally(WARM_HOMES, Side.SOURCES)
    assert said in spread(counted.flows, known.heads), "the text of an answer"
    chart = bars(known.flows, counted, by_funder, known.heads)
    assert chart is not None and f"2021/22 £2,000 ({said})" in chart.summary
    assert (starred(chart), star_notes(chart)) == (
        ("2020/21", "2021/22*"),
        (f"* Holds money for which no year is stated. 2021/22: {said}",),
    )
    assert "2021/22*" in year_chart(chart).labels, "the picture of a briefing"
    cell = seen(known).at("kent-pcc", "2021/22")
    assert (cell.figure, said in cell.note, "£2,000 without a year" in cell.brief()) == ("£2,000", True, True)
    story = subject_view(WARM_HOMES, known.flows, (), known.heads, known.ledger).story
    (band,) = (band for row in story.rows for band in row.bands if "*" in band.label)
    assert (story.years[band.first], said in band.says) == ("2021/22", True)
    assert any(said in sentence for sentence in story.opening)
    table = flow_table(known.flows, known.heads)
    years = [row[table.columns.index("Years")] for row in table.rows]
    assert ("Year not stated", "from a decision of 2021/22") in [(cell.text, cell.note) for cell in years]
    sums = csv.DictReader(io.StringIO(csv_of(Source(known.store, None, "", ledger=known.ledger), known.flows, None)))
    assert {(row["years"], row["year_basis"]) for row in sums} == {("2020/21", "stated"), ("2021/22", "signed")}
