"""Money in tables, bars and bands: once, with its words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.viewmodels.bands import Bands, bands
from app.viewmodels.flow_table import flow_table
from app.viewmodels.money import JOINT, MOST_PARTS, OTHERS, bars, by_funder, by_recipient, ticks_up_to
from app.viewmodels.subject import Beside, subject_view
from app.viewmodels.words import NO_SUM
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Basis, Relation, RelationKind
from graph.stated.partners import Partner
from tests.app.view_fixtures import BUILDER, HOSTILE, LIGHT, SmallGraph, graph_of, money_passed_on
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_evidence,
    make_flow,
    make_record,
    organisation,
)

GRAPH = money_passed_on()
LIGHT_TRUST = organisation("Light Trust")
OF_WARM_HOMES = [stated for stated in GRAPH.flows if WARM_HOMES in stated.flow.programmes]


def counted(side: Side, known: SmallGraph = GRAPH) -> Tally:
    return known.ledger.tally(WARM_HOMES, side)


def boxes(known: SmallGraph = GRAPH) -> Bands | None:
    return bands(known.ledger.payments(WARM_HOMES))


@pytest.mark.parametrize("largest", [0, 1, "5.73", "49.99", 506, 5999, 10_349_335, 58_000_000])
def test_an_axis_goes_past_the_largest_sum_in_a_few_round_steps(largest: int | str) -> None:
    ticks = ticks_up_to(Decimal(largest))
    assert ticks[-1] >= Decimal(largest) and len(ticks) <= 7


def test_sources_and_deliveries_of_one_sum_are_equal() -> None:
    sources = bars(OF_WARM_HOMES, counted(Side.SOURCES), by_funder, GRAPH.heads)
    deliveries = bars(OF_WARM_HOMES, counted(Side.DELIVERIES), by_recipient, GRAPH.heads)
    assert sources and deliveries
    assert sum(sum(row) for row in sources.amounts[:1]) == Decimal("900.00")
    assert sum(deliveries.amounts[deliveries.parts.index(COUNCIL.name)]) == Decimal("600.00")


def test_a_sum_for_two_years_is_a_bar_of_its_own() -> None:
    view = bars(OF_WARM_HOMES, counted(Side.DELIVERIES), by_recipient, GRAPH.heads)
    assert view
    assert view.years == ("2023/24", "2023/24 to 2024/25")


def test_replaced_money_is_drawn_apart_and_said_to_be_left_out() -> None:
    view = bars(OF_WARM_HOMES, counted(Side.SOURCES), by_funder, GRAPH.heads)
    assert view
    assert view.faint == {"Replaced later (not in totals)"}
    assert "£900" in view.summary


def test_many_parts_end_in_others() -> None:
    flows = [make_flow(f"f{n}", recipient=organisation(f"Payee {n}"), amount=f"{100 + n}.00") for n in range(12)]
    known = graph_of(make_record(*flows))
    view = bars(known.flows, counted(Side.DELIVERIES, known), by_recipient, known.heads)
    assert view
    assert len(view.parts) == MOST_PARTS + 1
    assert view.parts[-1] == OTHERS


def test_a_year_without_a_known_sum_is_never_nought() -> None:
    known = graph_of(
        make_record(
            make_flow("a", years=["2020/21"]),
            make_flow("b", years=["2023/24"], amount="7.00", programmes=(WARM_HOMES, LIGHT)),
        )
    )
    view = bars(known.flows, counted(Side.SOURCES, known), by_funder, known.heads)
    assert view
    assert view.totals == (1000, None, None, None)
    assert view.summary == (
        "Money by financial year: 2020/21 £1,000; 2023/24 £7 together with other programmes (not in totals). "
        "No sum is known for 2021/22 and 2022/23."
    )
    assert view.says == (("£1,000", "", "", ""), ("", "", "", "£7"))


def test_a_bar_that_holds_a_ceiling_says_up_to() -> None:
    known = graph_of(
        make_record(
            make_flow("a", years=["2020/21"], basis=Basis.CEILING),
            make_flow("b", years=["2021/22"], basis=Basis.CEILING, purpose="Boilers"),
            make_flow("c", years=["2021/22"], amount="500.00", recipient=MAYOR),
        )
    )
    view = bars(known.flows, counted(Side.SOURCES, known), by_funder, known.heads)
    assert view
    assert view.says == (("up to £1,000", "£1,500, £1,000 of it “up to”"),)
    assert view.summary.endswith("2020/21 up to £1,000; 2021/22 £1,500, £1,000 of it “up to”.")


def test_the_chart_of_joint_sums_alone_has_no_total() -> None:
    known = graph_of(make_record(make_flow(programmes=(WARM_HOMES, LIGHT))))
    view = subject_view(WARM_HOMES, known.flows, (), {}, known.ledger)
    assert {money.total for money in view.money} == {NO_SUM}
    assert "£0" not in "".join(money.bars.summary for money in view.money)


def test_no_money_is_no_chart() -> None:
    assert bars([], Tally(()), by_funder, GRAPH.heads) is None
    assert bands([]) is None


def test_bands_go_through_the_body_that_passes_money_on() -> None:
    view = boxes()
    assert view
    drawn = {(view.boxes[band.source].label, view.boxes[band.target].label): band.amount for band in view.bands}
    assert drawn[TREASURY.name, MAYOR.name] == Decimal("900.00")
    assert drawn[MAYOR.name, BUILDER.name] == Decimal("300.00")


def test_bands_close_no_circle() -> None:
    flows = [make_flow("a", funder=TREASURY, recipient=COUNCIL), make_flow("b", funder=COUNCIL, recipient=TREASURY)]
    view = boxes(graph_of(make_record(*flows)))
    assert view
    assert len(view.bands) == 1


def test_a_row_leads_to_the_words_of_its_figure() -> None:
    table = flow_table(GRAPH.flows, GRAPH.heads)
    assert {row[-1].href for row in table.rows} == {
        "decision?document=pcd-1.md&at=3.1",
        "decision?document=pcd-2.md&at=3.1",
    }
    assert "Left out of totals" in {cell.note for row in table.rows for cell in row}


def test_columns_that_the_page_makes_obvious_are_left_out() -> None:
    table = flow_table(GRAPH.flows, GRAPH.heads, leave_out=frozenset({"Programme"}))
    assert "Programme" not in table.columns
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.columns[min(table.numeric)] == "Amount"


def test_the_page_of_a_programme_adds_up_and_says_what_it_leaves_out() -> None:
    view = subject_view(WARM_HOMES, OF_WARM_HOMES, GRAPH.relations, GRAPH.heads, GRAPH.ledger)
    assert view.headlines[0].figure == "£900"
    assert [money.total for money in view.money] == ["£900", "£900"]
    assert "replaced by a later decision" in view.caveats[-1] and "context" in view.caveats[-1]


def test_the_page_of_an_organisation_tells_what_it_got_from_what_it_gave() -> None:
    flows = [stated for stated in GRAPH.flows if MAYOR in (stated.flow.funder, stated.flow.recipient)]
    view = subject_view(MAYOR, flows, (), GRAPH.heads, GRAPH.ledger)
    assert {line.words: line.figure for line in view.headlines[:2]} == {"received": "£900", "given or spent": "£900"}


def test_partners_and_places_say_how_they_are_tied() -> None:
    view = subject_view(WARM_HOMES, OF_WARM_HOMES, GRAPH.relations, GRAPH.heads, GRAPH.ledger)
    groups = {group.heading: {tied.name: tied.how for tied in group.things} for group in view.tied}
    assert groups["Who is paid"][BUILDER.name] == "delivers it"
    of_builder = subject_view(BUILDER, GRAPH.flows, GRAPH.relations, GRAPH.heads, GRAPH.ledger)
    hows = {tied.name: tied.how for group in of_builder.tied for tied in group.things}
    assert hows[WARM_HOMES.name] == "delivered by it", "a programme does not deliver the body that delivers it"
    assert list(groups["Places"]) == ["Ashford"]


def test_who_works_with_a_body_stands_on_its_page_as_answers_name_them() -> None:
    said = Relation(COUNCIL, RelationKind.PARTNER_IN, WARM_HOMES, (make_evidence("Ashford Council is in Warm Homes."),))
    known = graph_of(make_record(relations=(said,)))
    (stated,) = known.relations
    partners = [Partner(BUILDER, stated), Partner(LIGHT_TRUST, stated, stated)]
    view = subject_view(COUNCIL, (), known.relations, known.heads, known.ledger, Beside(partners=partners))
    groups = {group.heading: {tied.name: tied.how for tied in group.things} for group in view.tied}
    assert groups["Who works with it"] == {
        BUILDER.name: "",
        LIGHT_TRUST.name: "inferred: each is said to be a partner in Warm Homes, in different sentences",
    }


def test_names_of_markup_stay_as_they_are_in_views() -> None:
    hostile = organisation(HOSTILE, id="hostile")
    view = boxes(graph_of(make_record(make_flow(recipient=hostile))))
    assert view
    assert HOSTILE in {box.label for box in view.boxes}


def test_one_sum_for_two_programmes_is_shown_beside_the_total_of_each() -> None:
    known = graph_of(make_record(make_flow("own"), make_flow("both", amount="7.00", programmes=(WARM_HOMES, LIGHT))))
    view = subject_view(WARM_HOMES, known.flows, (), {}, known.ledger)
    assert view.headlines[0].figure == "£1,000"
    assert view.money[0].bars and JOINT in view.money[0].bars.faint
    assert "several programmes" in view.caveats[-1]
