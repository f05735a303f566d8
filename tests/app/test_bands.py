"""The picture of money from funder to recipient: what stands in it, and that its labels can be read."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from app.components import charts
from app.viewmodels.band_layout import ABOVE, LABEL, WIDE, Layout, Placed, layout
from app.viewmodels.bands import MOST_IN_COLUMN, OWN_COSTS, Bands, bands
from app.viewmodels.money import Bars, ticks_up_to
from app.viewmodels.words import OPEN_PARTY
from graph.model import FlowKind, FundingFlow
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, MAYOR, TREASURY, fund, make_flow, organisation


def drawn(*flows: FundingFlow) -> Bands:
    view = bands([StatedFlow(flow.id, "pcd-1.md", flow) for flow in flows])
    assert view
    return view


def labels(view: Bands, column: int) -> set[str]:
    return {box.label for box in view.boxes if box.column == column}


def many(number: int) -> Bands:
    safety = fund("Safety Fund")
    given = [make_flow("in", amount="9000.00", recipient=MAYOR, fund=safety)]
    paid = [
        make_flow(f"f{n}", amount=f"{n + 1}00.00", funder=MAYOR, recipient=organisation(f"A payee of a long name {n}"))
        for n in range(number)
    ]
    return drawn(*given, *paid)


def test_columns_go_from_funder_through_fund_and_body_to_recipient() -> None:
    view = many(3)
    assert labels(view, 0) == {TREASURY.name}
    assert labels(view, 1) == {"Safety Fund"}
    assert labels(view, 2) == {MAYOR.name}
    assert len(labels(view, 3)) == 3


def test_words_that_are_no_name_stand_in_one_box() -> None:
    view = drawn(
        make_flow("a", recipient=None, recipient_words="all lead partners"),
        make_flow("b", recipient=None, recipient_words="Provider (to be procured)"),
        make_flow("c", recipient=COUNCIL),
    )
    assert labels(view, 1) == {OPEN_PARTY, COUNCIL.name}


def test_own_costs_have_a_box_of_their_own() -> None:
    view = drawn(make_flow("a"), make_flow("b", funder=MAYOR, recipient=MAYOR, kind=FlowKind.OWN_COST))
    assert OWN_COSTS in labels(view, 1)


def test_small_ones_stand_together_and_nothing_is_lost() -> None:
    view = many(30)
    last = [box for box in view.boxes if box.column == 3]
    assert len(last) == MOST_IN_COLUMN
    assert "22 others" in {box.label for box in last}
    assert sum((box.amount for box in last), Decimal(0)) == sum(range(1, 31)) * 100


def test_a_payment_names_its_fund() -> None:
    first = many(2).payments[0]
    assert (first.payer.label, first.payee.label) == (TREASURY.name, MAYOR.name)
    assert first.fund and first.fund.label == "Safety Fund"


def area(place: Placed) -> tuple[float, float, float, float]:
    height = ABOVE if place.side == "above" else LABEL
    return place.label_x, place.label_top, place.label_x + place.label_width, place.label_top + height


@pytest.mark.parametrize("number", [1, 5, 30])
def test_no_label_covers_another_or_leaves_the_picture(number: int) -> None:
    found: Layout = layout(many(number))
    areas = [area(place) for place in found.boxes]
    for left, top, right, bottom in areas:
        assert left >= 0 and right <= WIDE + 1 and top >= -0.5 and bottom <= found.height + 0.5
    for one, other in combinations(areas, 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] + 0.5 or other[3] <= one[1] + 0.5


def test_bands_leave_and_enter_within_their_boxes() -> None:
    view = many(5)
    found = layout(view)
    for ribbon in found.ribbons:
        start = float(ribbon.path.split(",")[1].split()[0])
        box = found.boxes[ribbon.band.source]
        assert box.top - 0.5 <= start <= box.top + box.height + 0.5


def test_an_axis_has_round_figures_past_the_largest_sum() -> None:
    assert ticks_up_to(Decimal(2_443_082)) == [Decimal(n) * 500_000 for n in range(6)]
    assert ticks_up_to(Decimal(0)) == [Decimal(0)]
    assert ticks_up_to(Decimal("99.50"))[-1] >= 100




def test_a_chart_of_one_part_names_it_in_its_legend() -> None:
    one = Bars(("2023/24",), (COUNCIL.name,), ((Decimal(5),),))
    assert COUNCIL.name in charts._legend(one)
    assert "dotted line" not in charts._legend(one)
    assert "dotted line" in charts._legend(Bars(("2023/24", "2023/24 to 2024/25"), ("A",), ((Decimal(5), Decimal(1)),)))
