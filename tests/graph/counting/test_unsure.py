"""A total says how much of it is not sure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.counting.unsure import Unsure, unsure_json, unsure_part
from graph.model import Band, Basis
from graph.stated.flows import StatedFlow
from tests.builders import make_flow

BASES = (("exact", Basis.EXACT), ("up-to", Basis.CEILING))


def stated(amount: str, band: Band) -> StatedFlow:
    return StatedFlow(f"iri-{amount}", "a.md", make_flow(amount=amount, band=band))


@pytest.mark.parametrize(
    ("likely", "check", "clause", "sentence"),
    [
        (0, 0, "", ""),
        (0, 300, "of which £300 is to be checked", "Of this money, £300 is to be checked."),
        (200, 0, "of which £200 is likely right, not sure", "Of this money, £200 is likely right, not sure."),
        (
            200, 300, "of which £500 is not sure, £300 of it to be checked",
            "Of this money, £500 is not sure, £300 of it to be checked.",
        ),
        (0, 900, "all of it to be checked", "All of it is to be checked."),
        (900, 0, "all of it likely right, not sure", "All of it is likely right, not sure."),
        (
            600, 300, "none of it sure, £300 of it to be checked",
            "None of it is sure; £300 of it is to be checked.",
        ),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_said_of_a_sum(likely: int, check: int, clause: str, sentence: str) -> None:
    part = Unsure(Decimal(900), Decimal(likely), Decimal(check))
    assert (part.clause, part.sentence) == (clause, sentence)


def test_the_parts_are_those_of_the_bands() -> None:
    flows = [stated("1.00", Band.SURE), stated("2.00", Band.LIKELY), stated("4.00", Band.CHECK)]
    part = unsure_part(flows)
    assert (part.whole, part.likely, part.check, part.amount) == (Decimal(7), Decimal(2), Decimal(4), Decimal(6))
    assert unsure_part([]).sentence == ""


def test_a_sum_that_holds_a_ceiling_says_so_wherever_it_stands() -> None:
    exact, up_to = (make_flow(name, amount="300.00", band=Band.SURE, basis=basis) for name, basis in BASES)
    part = unsure_part([StatedFlow("a", "pcd-1.md", exact), StatedFlow("b", "pcd-1.md", up_to)])
    assert (part.clause, part.sureness) == ("£300 of it “up to”", "")
    assert part.sentence == "£300 of it is granted as “up to”: it may be less."
    assert unsure_part([StatedFlow("b", "pcd-1.md", up_to)]).clause == "all of it “up to”"
    assert unsure_json(part)["ceiling"] == "300.00"
