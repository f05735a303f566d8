"""A contract that two registers publish counts once, and both registers are named with their addresses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.viewmodels.published import published_view
from graph.model import Verdict
from graph.published.comparing import published_checks
from graph.published.matching import match_published
from graph.published.record import PublishedKind, PublishedRecord
from graph.published.registers import once_in_registers, register_of
from graph.published.saying import beside
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from tests.builders import make_flow, organisation

BODY, CHARITY = organisation("Commissioner"), organisation("Charity")
PERIOD = "2023-04-01/2025-03-31"
ONE = PublishedRecord(
    PublishedKind.CONTRACT, "ocds-b5fd17-1/a1", "Drive", BODY.name, BODY.id, CHARITY.name, CHARITY.id, Decimal(1000),
    "GBP", "2023-05-01", ("2023/24", "2024/25"), "Drive PCD 1", "one.json", "ocds-b5fd17-1", "https://one.org/1",
    PERIOD,
)  # fmt: skip
OTHER = replace(
    ONE, id="ocds-h6vhtk-0999/a1", date="2023-06-01", document="two.json", locator="ocds-h6vhtk-0999",
    address="https://two.org/2",
)  # fmt: skip
HEADS = {"a.md": DecisionHead("iri:a", "a.md", "PCD 1", "a", BODY, "", "2023-04-06", "decision notice", "")}
FLOW = StatedFlow("iri:f", "a.md", make_flow("f", amount="1000", funder=BODY, recipient=CHARITY))


def test_a_register_is_told_by_the_prefix_of_its_identifiers() -> None:
    assert register_of(ONE) == "ocds-b5fd17"
    assert register_of(replace(ONE, kind=PublishedKind.GRANT)) == register_of(replace(ONE, id="1/a1")) == ""


def test_a_contract_of_two_registers_is_said_once_and_contradicts_nothing() -> None:
    found = match_published([OTHER, ONE], [FLOW], HEADS)
    assert found == match_published([ONE, OTHER], [FLOW], HEADS)
    assert found.again == 1
    said = beside(Decimal(1000), found.by_flow["iri:f"])
    assert said == "approved £1,000; published as a contract £1,000 (in 2 registers), the same sum"
    (check,) = published_checks([FLOW], found)
    assert check.check.verdict is Verdict.CONSISTENT
    assert check.check.message.endswith("(one.json; two.json).")


def test_both_registers_are_shown_with_their_addresses_and_one_sum() -> None:
    found = match_published([ONE, OTHER], [FLOW], HEADS)
    record = found.by_flow["iri:f"][0].record
    assert record.address == "https://one.org/1; https://two.org/2"
    assert record.id == "ocds-b5fd17-1/a1; ocds-h6vhtk-0999/a1"
    view = published_view([FLOW], found)
    assert view is not None
    assert [(row[4].plain, row[7].href) for row in view.table.rows] == [
        ("1000.00", "https://one.org/1"), ("", "https://two.org/2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Drive in the north"},
        {"period": ""},
        {"period": "", "years": ()},
        {"title": "DRIVE ", "period": ""},
        {"payer_id": "", "payer": "commissioner"},
    ],
)
def test_they_are_one_by_title_or_by_period(changed: dict[str, str]) -> None:
    first = replace(ONE, payer_id="") if "payer_id" in changed else ONE
    assert len(once_in_registers([first, replace(OTHER, **changed)])) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "ocds-b5fd17-2/a1"},
        {"id": "ocds-b5fd17-1/a2"},
        {"id": "7"},
        {"kind": PublishedKind.GRANT},
        {"payee_id": "another"},
        {"payer_id": "another"},
        {"amount": Decimal(1001)},
        {"currency": "EUR"},
        {"period": "2025-04-01/2026-03-31"},
        {"title": "Another", "period": ""},
        {"period": "", "years": ("2019/20",)},
    ],
)
def test_what_differs_or_stands_in_the_same_register_is_another_contract(changed: dict[str, object]) -> None:
    assert len(once_in_registers([ONE, replace(OTHER, **changed)])) == 2  # type: ignore[arg-type]


def test_two_contracts_of_one_register_stay_two_where_another_has_both() -> None:
    lots = [replace(ONE, title=f"Lot {n}", id=f"ocds-b5fd17-{n}/a") for n in (1, 2)]
    again = [replace(OTHER, title=f"Lot {n}", id=f"ocds-h6vhtk-{n}/a") for n in (2, 1)]
    found = once_in_registers([*lots, *again])
    assert [[each.title for each in record.statements] for record in found] == [["Lot 1"] * 2, ["Lot 2"] * 2]
