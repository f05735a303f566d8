"""Two things, or two years, side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.components.pair_bars import pair_bars_html
from app.viewmodels.comparison import MOST_PROGRAMMES, REST, comparison, year_comparison
from app.viewmodels.comparison_words import difference
from app.viewmodels.words import NO_SUM
from graph.counting.unsure import Unsure
from graph.model import Entity, FundingFlow
from tests.app.view_fixtures import HOSTILE, LIGHT, graph_of, money_passed_on
from tests.builders import COUNCIL, TREASURY, WARM_HOMES, make_flow, make_record, organisation

GRAPH = money_passed_on()


def test_two_programmes_stand_side_by_side() -> None:
    view = comparison(WARM_HOMES, LIGHT, GRAPH.ledger, GRAPH.heads)
    assert view.parts == ("2023/24",), "money without a year stands in that of its decision"
    assert "90.0 times as much" in view.summary
    assert [cell.text for cell in view.by_part.rows[-1]] == ["All years", "£900", "£10"]
    assert [row[0].text for row in view.shared.rows] == [TREASURY.name, COUNCIL.name]


def test_what_several_programmes_have_together_is_said_of_each_and_added_to_none() -> None:
    alone = make_flow("a", amount="100.00")
    together = make_flow("b", amount="900.00", programmes=(WARM_HOMES, LIGHT))
    known = graph_of(make_record(alone, together))
    view = comparison(WARM_HOMES, LIGHT, known.ledger, known.heads)
    assert (view.one.amount, view.other.joint_note.partition(" more")[0]) == (Decimal(100), "£900")
    assert view.one.joint_note.startswith(f"£900 more is for {WARM_HOMES.name} together with other programmes")


def test_two_years_are_set_side_by_side_by_programme_and_sums_for_several_years_stay_apart() -> None:
    homes = [make_flow("a", amount="100.00", years=("2023/24",)), make_flow("b", amount="40.00", years=("2024/25",))]
    both = make_flow("c", amount="900.00", years=("2023/24", "2024/25"))
    light = make_flow("d", amount="30.00", years=("2024/25",), programmes=(LIGHT,))
    known = graph_of(make_record(*homes, both, light))
    view = year_comparison("2023/24", "2024/25", known.ledger, known.heads)
    assert (view.one.parts, view.other.amount) == ({WARM_HOMES.name: Decimal(100)}, Decimal(70))
    assert view.one.note == "Not counted for 2023/24: £900 in 1 sum for several years together."
    assert view.summary.startswith("2023/24 has £30 more than 2024/25: 43% more. They are furthest apart at ")


def test_of_organisations_those_who_pay_and_those_who_are_paid_stand_apart() -> None:
    def flows(name: str) -> tuple[Entity, list[FundingFlow]]:
        body = organisation(name)
        given = make_flow(f"in {name}", funder=TREASURY, recipient=body, programmes=())
        paid = make_flow(f"out {name}", funder=body, recipient=COUNCIL, programmes=(), years=("2030/31",))
        return body, [given, paid]

    (one, first), (other, second) = flows("North Trust"), flows("South Trust")
    known = graph_of(make_record(*first, *second))
    view = comparison(one, other, known.ledger, known.heads)
    assert {(row[0].text, row[1].text) for row in view.shared.rows} == {
        (TREASURY.name, "Funder"), (COUNCIL.name, "Recipient"),
    }  # fmt: skip


def test_many_programmes_of_two_years_end_in_one_bar() -> None:
    flows = [
        make_flow(f"f{n}", amount=f"{n + 1}.00", programmes=(replace(WARM_HOMES, id=f"p{n}", name=f"P{n}"),))
        for n in range(MOST_PROGRAMMES + 3)
    ]
    known = graph_of(make_record(*flows))
    view = year_comparison("2023/24", "2022/23", known.ledger, known.heads)
    assert len(view.parts) == MOST_PROGRAMMES + 1 and view.parts[-1] == REST
    assert sum(view.one.parts.values()) == view.one.amount
    assert "nothing that can be added up is recorded for 2022/23" in view.summary


def test_a_side_without_a_sum_says_so_in_place_of_nought() -> None:
    both = make_flow("both", amount="70.00", programmes=(WARM_HOMES, LIGHT))
    known = graph_of(make_record(make_flow("own", amount="100.00"), both))
    one, other = comparison(WARM_HOMES, LIGHT, known.ledger, known.heads).headlines
    assert (one.figure, other.figure, other.note) == ("£100", NO_SUM, "£70 together with others, not added")
    (none, _) = year_comparison("2020/21", "2023/24", known.ledger, known.heads).headlines
    assert (none.figure, none.note) == (NO_SUM, "nothing that can be added up is recorded")


@pytest.mark.parametrize(
    ("amount", "other", "said"),
    [
        ("100", "100", "A and B have the same amount: £100."),
        ("100", "0", "A has £100; nothing that can be added up is recorded for B."),
        ("0", "100", "B has £100; nothing"),
        ("0", "0", "No money that can be added up is recorded for A or for B."),
        ("100", "320", "B has £220 more than A: 3.2 times as much."),
        ("110", "100", "A has £10 more than B: 10% more."),
    ],
)
def test_a_difference_is_said_in_a_sentence(amount: str, other: str, said: str) -> None:
    parts = {"2023/24": Decimal(amount)}
    assert difference("A", Decimal(amount), parts, "B", Decimal(other), {"2023/24": Decimal(other)}).startswith(said)


def test_bars_share_one_scale_and_names_of_markup_are_text() -> None:
    most = Unsure(Decimal(100), ceiling=Decimal(100))
    html = pair_bars_html([HOSTILE], [("one", {HOSTILE: Unsure(Decimal(50))}), ("other", {HOSTILE: most})])
    assert "<img" not in html
    assert "width:30.0%" in html and "width:60.0%" in html
    assert ">£50<" in html and ">up to £100<" in html
