"""What is said beside sums that are in no total, or in part."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.viewmodels.counting_notes import given_on, left_out, row_notes
from graph.counting.rests import with_amount
from graph.counting.tally import Tally
from graph.stated.flows import StatedFlow
from tests.builders import make_flow

WHOLE = StatedFlow("whole", "pcd-1.md", make_flow("whole", amount="100.00"))


def test_a_sum_of_which_a_part_counts_says_how_much_and_is_not_left_out() -> None:
    notes = row_notes([WHOLE], [Tally((with_amount(WHOLE, Decimal(70)),))])
    assert notes == {"whole": "Partly: £70 of it; the rest counts elsewhere"}
    assert left_out([WHOLE], notes) == ""


def test_a_sum_that_counts_whole_on_the_first_side_has_no_note() -> None:
    assert row_notes([WHOLE], [Tally((WHOLE,)), Tally((with_amount(WHOLE, Decimal(70)),))]) == {}
    other = replace(WHOLE, iri="other")
    assert row_notes([WHOLE, other], [Tally((WHOLE,))]).keys() == {"other"}


def test_money_that_an_organisation_is_given_is_not_taken_for_spent() -> None:
    some, none = Tally((WHOLE,)), Tally(())
    assert given_on(some, some).startswith("What it received counts as given or spent only where")
    assert given_on(some, none) == given_on(none, some) == ""
