"""Corrections as people read them: what was done, by whom, and where it shows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.viewmodels.corrections import corrected_flows, corrections_table, said, said_shortly
from app.viewmodels.flow_table import flow_table
from graph.corrections.corrected import Outcome, State
from graph.corrections.correction import Action, Change, Correction, Field, FlowKey
from graph.corrections.notes import CorrectionNote
from tests.app.view_fixtures import HOSTILE, money_passed_on

GRAPH = money_passed_on()
KEY = FlowKey("pcd-1.md", "f1", Decimal(1000), ("2023/24",), "3.1")


def correction(action: Action = Action.FLOW, **given: object) -> Correction:
    values = {"id": "c1", "who": "A. Reader", "when": "2025-01-31T10:00:00", "why": HOSTILE, "flow": KEY, **given}
    return Correction(action=action, **values)  # type: ignore[arg-type]


BARE = FlowKey("pcd-1.md", "a1", recipient="Respect", is_award=True)
RIGHT = correction(
    changes=(Change(Field.RECIPIENT, ("Respect",)),), was=(Change(Field.RECIPIENT, ("SafeLives",)),)
)  # fmt: skip


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (RIGHT, "Recipient of £1,000: SafeLives → Respect"),
        (correction(Action.WITHDRAW), "Taken out: £1,000"),
        (correction(Action.NOTE), "Note on £1,000"),
        (correction(Action.NOTE, flow=FlowKey("pcd-1.md")), "Note on the decision"),
        (correction(Action.WITHDRAW, flow=BARE), "Taken out: the award to Respect"),
        (replace(RIGHT, was=RIGHT.changes), "Recipient of £1,000 confirmed: Respect"),
        (replace(RIGHT, flow=BARE), "Recipient of the award to Respect: SafeLives → Respect"),
        (correction(Action.MERGE, flow=None, name="A", into="B"), "A is the same as B"),
        (correction(Action.NAME, flow=None, name="A", into="B"), "A is rightly called B"),
        (correction(Action.NAME, flow=None, name="A", verified=True), "A was checked"),
        (correction(Action.UNDO, flow=None, undoes="c1"), "Takes back c1"),
    ],
)
def test_a_correction_is_said_in_plain_words(made: Correction, expected: str) -> None:
    assert said(made) == expected


def test_the_list_says_who_when_why_and_leads_to_the_words() -> None:
    (row,) = corrections_table([(RIGHT, Outcome("c1", State.APPLIED))], GRAPH.heads).rows
    assert [cell.text for cell in row] == [
        "c1", "31 January 2025", "A. Reader", "Recipient of £1,000: SafeLives → Respect", "PCD 1", HOSTILE, "In force",
    ]  # fmt: skip
    assert row[4].href == "decision?document=pcd-1.md&at=3.1"
    assert said_shortly(RIGHT) == "c1: Recipient of £1,000: SafeLives → Respect (A. Reader)"


def test_a_table_of_sums_says_which_were_set_right() -> None:
    flow = GRAPH.flows[0]
    note = CorrectionNote("c1", flow.iri, Action.FLOW, "A", "2025-01-31", "why", (("amount", "£1", "£2"),))
    table = flow_table([flow], GRAPH.heads, corrected=corrected_flows({flow.iri: (note,)}))
    assert "Amount corrected from £1" in table.rows[0][table.columns.index("Status")].note
