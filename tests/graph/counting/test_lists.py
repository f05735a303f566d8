"""Rows of a list are money of their own, however alike they are; links between documents still tell the same money."""

from __future__ import annotations

import time

import pytest

from graph.counting.grounds import Grounds, grounds_of
from graph.counting.judgement import judged
from graph.counting.sides import Side
from graph.counting.tally import tally
from graph.lists import AWARDS, PAYMENTS
from graph.model import FlowKind, FlowLink
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from tests.builders import COUNCIL, MAYOR, make_evidence, make_flow

LIST = Grounds(lists=frozenset({"april.csv"}))


def payment(row: int, *links: tuple[FlowLink, str], document: str = "april.csv", **given: object) -> StatedFlow:
    flow = make_flow(
        str(row), funder=MAYOR, programmes=(), evidence=(make_evidence(locator=f"Row {row}"),), **given  # type: ignore[arg-type]
    )  # fmt: skip
    return StatedFlow(f"{document}/{row}", document, flow, tuple(links))


def head(record_type: str) -> DecisionHead:
    return DecisionHead("iri", "april.csv", None, "Payments", MAYOR, "", "", record_type, "")


def test_equal_payments_of_one_list_are_all_added() -> None:
    payments = [payment(2), payment(3), payment(4)]
    assert tally(payments, LIST).total == 3000
    assert tally(payments, Grounds()).total == 1000, "in a decision the same figure is said again"


def test_a_payment_that_equals_two_others_is_no_total_of_them() -> None:
    payments = [payment(2, amount="400.00"), payment(3, amount="600.00"), payment(4)]
    assert tally(payments, LIST).total == 2000


def test_money_set_aside_in_a_list_doesn_t_hold_its_awards() -> None:
    aside = payment(2, amount="5000.00", recipient=None, kind=FlowKind.ALLOCATION)
    assert tally([aside, payment(3)], LIST).total == 6000


def test_what_another_document_has_already_is_counted_once() -> None:
    award = payment(1, document="award.md", amount="3000.00")
    payments = [payment(row, (FlowLink.PART_OF, award.iri)) for row in (2, 3)]
    assert tally([award, *payments], LIST).total == 3000


@pytest.mark.parametrize(("record_type", "listed"), [(PAYMENTS, True), (AWARDS, True), ("decision notice", False)])
def test_the_type_of_a_record_says_whether_it_is_a_list(record_type: str, listed: bool) -> None:
    grounds = grounds_of([payment(2)], {"april.csv": head(record_type)}, (), ())
    assert grounds.is_listed(payment(2)) is listed


def test_a_long_list_is_counted_in_a_second() -> None:
    payments = [payment(row, amount=f"{row % 97 + 500}.00") for row in range(5_000)]
    started = time.process_time()
    assert len(judged(COUNCIL, payments, Side.SOURCES, LIST).flows) == 5_000
    assert time.process_time() - started < 3
