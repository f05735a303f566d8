"""Corrections as labels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Action, Change, Correction, CorrectionSet, Field, FlowKey
from graph.model import (
    Award,
    Basis,
    Decision,
    Entity,
    EntityKind,
    Evidence,
    FlowKind,
    FlowStatus,
    FundingFlow,
    Record,
)
from graph.registry import load_registry
from graph.settings import Settings
from ingest.labels.corrected import label_tables, write_labels

EVIDENCE = (Evidence("1", "words"),)
DECISION = Decision(None, "Grants", None, None, None, "news", "https://example.org/grants")


def make_record() -> Record:
    """Return a record with one flow and two awards."""
    drive = Entity("drive", "Drive", EntityKind.PROGRAMME)
    safe = Entity("safe-and-together", "Safe & Together", EntityKind.PROGRAMME)
    flow = FundingFlow(
        "f1", None, None, "", Decimal("5000.00"), Basis.EXACT, ("2023/24", "2024/25"), (drive, safe), None, None,
        FlowKind.GRANT, FlowStatus.APPROVED, EVIDENCE, 0.5,
    )  # fmt: skip
    award = Award(
        "a1", None, None, "", ("2023/24",), (drive,), None, None, FlowKind.GRANT, FlowStatus.APPROVED, EVIDENCE, 0.5
    )
    return Record("one.md", "0" * 64, DECISION, (flow,), awards=(award, replace(award, id="a2")))


def corrected(*corrections: Correction) -> dict[str, list[dict[str, str]]]:
    """Return the label tables of the record under some corrections."""
    done = apply_corrections([make_record()], CorrectionSet(corrections))
    return label_tables(corrections, done, load_registry(Settings().data / "registry"))


def correction(id: str, key: FlowKey, *changes: Change, action: Action = Action.FLOW) -> Correction:
    """Return a correction by A. Reader."""
    return Correction(id, action, "A. Reader", "2026-11-28T10:00", "the annex says so", key, tuple(changes))


def test_a_corrected_flow_is_required_and_several_programmes_are_alternatives() -> None:
    tables = corrected(correction("c1", FlowKey("one.md", "f1"), Change(Field.STATUS, ("proposed",))))
    (row,) = tables["flows"]
    assert (row["required"], row["status"], row["years"]) == ("yes", "proposed", "2023/24-2024/25")
    assert row["programme"] == "|Drive|Safe & Together"
    assert row["where"] == "corrected 2026-11-28: the annex says so"
    assert tables["awards"] == []
    assert tables["SPLITS"] == [{"document": "one", "body": "none", "form": "news", "group": "labels"}]


def test_a_corrected_award_is_a_label_and_the_others_are_not() -> None:
    key = FlowKey("one.md", "a2", is_award=True)
    tables = corrected(correction("c1", key, Change(Field.STATUS, ("proposed",))))
    (award,) = tables["awards"]
    assert (award["document"], award["status"], award["years"]) == ("one", "proposed", "2023/24")
    assert [row["required"] for row in tables["flows"]] == ["optional"]


def test_what_was_withdrawn_is_no_label() -> None:
    tables = corrected(correction("c1", FlowKey("one.md", "f1"), action=Action.WITHDRAW))
    assert tables["flows"] == []
    assert [row["key"] for row in tables["decisions"]] == ["one"]


def test_notes_and_names_make_no_labels() -> None:
    assert corrected(correction("c1", FlowKey("one.md"), action=Action.NOTE))["decisions"] == []


def test_a_file_that_no_correction_is_about_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "two.md").write_text("two", encoding="utf-8")
    tables = corrected(correction("c1", FlowKey("one.md", "f1"), action=Action.WITHDRAW))
    written = write_labels(tmp_path / "labels", tables, [tmp_path / "two.md"])
    assert not (tmp_path / "labels" / "documents" / "two.md").exists()
    assert ["one.md: its text is missing" in written.messages[0], "two.md: no correction" in written.messages[1]] == [
        True,
        True,
    ]
