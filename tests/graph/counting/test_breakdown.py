"""Parts of counted money add up to the whole, whatever they are put together by."""

from __future__ import annotations

from decimal import Decimal

from graph.counting.breakdown import passing_through, regrouped, sums_by, sums_by_each, unsure_by
from graph.counting.ledger import Ledger
from graph.counting.lines import DrawnLine, sum_at, sum_of_lines
from graph.counting.tally import Tally
from graph.model import Band, Basis
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, KENT, MAYOR, make_flow

FLOWS = [
    StatedFlow("a", "pcd-1.md", make_flow("a", amount="100.25", recipient=COUNCIL)),
    StatedFlow("b", "pcd-1.md", make_flow("b", amount="7.00", recipient=MAYOR, basis=Basis.CEILING)),
    StatedFlow("c", "pcd-2.md", make_flow("c", amount="3.00", recipient=COUNCIL, band=Band.CHECK)),
]


def payee(stated: StatedFlow) -> str:
    return stated.flow.recipient.name if stated.flow.recipient else ""


def test_sums_by_a_key_keep_the_order_in_which_keys_are_met() -> None:
    assert list(sums_by(FLOWS, payee).items()) == [(COUNCIL.name, Decimal("103.25")), (MAYOR.name, Decimal(7))]


def test_a_flow_adds_to_each_step_of_its_way() -> None:
    steps = sums_by_each(FLOWS, lambda stated: [("funder", "fund"), ("fund", payee(stated))])
    assert steps["funder", "fund"] == Decimal("110.25")
    assert passing_through(steps) == {
        "funder": Decimal("110.25"), "fund": Decimal("110.25"), COUNCIL.name: Decimal("103.25"), MAYOR.name: 7,
    }  # fmt: skip


def test_what_is_not_sure_and_what_is_a_ceiling_stand_with_each_part() -> None:
    parts = unsure_by(FLOWS, lambda stated: stated.document)
    assert (parts["pcd-1.md"].whole, parts["pcd-1.md"].ceiling) == (Decimal("107.25"), 7)
    assert (parts["pcd-2.md"].whole, parts["pcd-2.md"].check) == (3, 3)


def test_sums_put_together_add_up_to_the_same() -> None:
    assert regrouped(sums_by(FLOWS, payee), lambda name: "all") == {"all": Decimal("110.25")}


def line(*flows: StatedFlow, counted: str = "") -> DrawnLine:
    return DrawnLine(flows, {stated.iri: stated.flow.amount for stated in flows if stated.iri in counted})


def test_a_flow_that_two_lines_draw_counts_where_the_first_draws_it() -> None:
    one, two, three = FLOWS
    assert sum_of_lines([line(one, two, counted="ab"), line(two, three, counted="bc")]) == Decimal("110.25")
    assert sum_of_lines([line(one), line(one, two, counted="ab")]) == 7
    assert sum_of_lines([]) == 0


def test_lines_at_a_place_come_to_no_more_than_its_total() -> None:
    class OnlyTheFirst:
        def tally(self, key: str, side: str) -> Tally:
            return Tally((FLOWS[0],))

    ledger = Ledger(OnlyTheFirst())  # type: ignore[arg-type]
    one, two, _ = FLOWS
    assert sum_at(ledger, KENT, [line(one, counted="a"), line(two, counted="b")]) == Decimal("100.25")
    assert sum_at(ledger, KENT, [line(two, counted="b")]) == 7
