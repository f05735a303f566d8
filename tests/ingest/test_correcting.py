"""Corrections in a workspace: published at once, kept through every ingest, told when they find nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.corrections.correction import CorrectionRefused, Field
from graph.corrections.file import corrections_file, read_corrections
from graph.corrections.values import change_of
from graph.errors import MissingWorkspace
from graph.identifiers import CORRECTIONS_GRAPH
from graph.model import EntityKind
from graph.settings import Settings
from graph.stated.flows import all_flows
from ingest import work
from ingest.correcting import (
    correct,
    document_named,
    flow_correction,
    flow_named,
    merger,
    outcomes_of,
    undoing,
    withdrawal,
)
from ingest.pipeline import ingest

DECISION = """# PCD 9001 Drive in London

- Reference: PCD 9001
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
Money for Drive.

## Recommendation
1. Approve a grant of £{amount} to SafeLives for Drive in 2023/24.
{more}"""
BY = {"who": "A. Reader", "why": "the annex says so"}


pytestmark = pytest.mark.usefixtures("without_model")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write(tmp_path, "10,000")
    settings = Settings(workspace=tmp_path / "workspace")
    ingest([tmp_path / "one.md"], settings)
    return settings


def write(folder: Path, amount: str, more: str = "") -> None:
    (folder / "one.md").write_text(DECISION.format(amount=amount, more=more), encoding="utf-8")


def current(settings: Settings) -> Build:
    return Workspace(settings.workspace, settings=settings).current()


def figures(settings: Settings) -> list[tuple[str, Decimal]]:
    store = current(settings).store()
    found = [(each.flow.recipient.name if each.flow.recipient else "", each.flow.amount) for each in all_flows(store)]
    store.close()
    return found


def set_amount(settings: Settings, amount: str) -> None:
    record = document_named(current(settings), "PCD 9001")
    flow = flow_named(record, "£10,000")
    correct([flow_correction(record, flow, [change_of(Field.AMOUNT, [amount])], **BY)], settings)


def test_a_correction_is_published_without_reading_a_document(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current(settings).id
    monkeypatch.setattr(work, "read_and_extract", None)
    monkeypatch.setattr("ingest.executor.reading_process", None)
    set_amount(settings, "£12,500")
    assert figures(settings) == [("SafeLives", Decimal(12500))]
    build = current(settings)
    assert build.id > before
    assert build.records()[0].flows[0].amount == 12500
    assert build.records_as_read()[0].flows[0].amount == 10000
    store = build.store()
    assert CORRECTIONS_GRAPH in store.graphs()
    store.close()


def test_an_undo_restores_what_was_read(settings: Settings) -> None:
    set_amount(settings, "£12,500")
    correct([undoing("c1", **BY)], settings)
    assert figures(settings) == [("SafeLives", Decimal(10000))]
    assert [str(outcome.state) for _, outcome in outcomes_of(current(settings), settings)] == ["undone", "applied"]
    correct([undoing("c2", **BY)], settings)
    assert figures(settings) == [("SafeLives", Decimal(12500))]


def test_a_correction_survives_a_new_ingest_of_a_changed_document(settings: Settings, tmp_path: Path) -> None:
    set_amount(settings, "£12,500")
    write(tmp_path, "10,000", "2. Note the report.\n")
    report = ingest([tmp_path / "one.md"], settings)
    assert report.published
    assert not [message for message in report.messages if "correction" in message]
    assert figures(settings) == [("SafeLives", Decimal(12500))]


def test_a_correction_whose_flow_is_gone_is_told_and_kept(settings: Settings, tmp_path: Path) -> None:
    set_amount(settings, "£12,500")
    write(tmp_path, "30,000")
    report = ingest([tmp_path / "one.md"], settings)
    assert any(message.startswith("correction c1 (A. Reader") for message in report.messages)
    assert figures(settings) == [("SafeLives", Decimal(30000))]
    assert [each.id for each in read_corrections(corrections_file(settings.workspace))] == ["c1"]
    assert str(outcomes_of(current(settings), settings)[0][1].state) == "lost"


def test_what_a_person_edits_takes_force_with_the_next_ingest(settings: Settings, tmp_path: Path) -> None:
    set_amount(settings, "£12,500")
    file = corrections_file(settings.workspace)
    file.write_text(file.read_text(encoding="utf-8").replace("12500.00", "£13,000"), encoding="utf-8")
    assert ingest([tmp_path / "one.md"], settings).published
    assert figures(settings) == [("SafeLives", Decimal(13000))]
    assert not ingest([tmp_path / "one.md"], settings).published


def test_a_damaged_file_is_told_and_loses_no_correction(settings: Settings, tmp_path: Path) -> None:
    set_amount(settings, "£12,500")
    corrections_file(settings.workspace).write_text("- id: [", encoding="utf-8")
    write(tmp_path, "10,000", "2. Note the report.\n")
    report = ingest([tmp_path / "one.md"], settings)
    assert "corrections.yaml, line 1" in report.messages[0]
    assert figures(settings) == [("SafeLives", Decimal(12500))]


def test_a_merge_and_a_withdrawal_change_the_graph(settings: Settings) -> None:
    correct([merger("SafeLives", "Respect", EntityKind.ORGANISATION, **BY)], settings)
    assert figures(settings) == [("Respect", Decimal(10000))]
    record = document_named(current(settings), "one.md")
    correct([withdrawal(record, record.flows[0], **BY)], settings)
    assert figures(settings) == []
    assert current(settings).manifest.flows == 0


def test_what_corrects_nothing_is_refused_and_writes_nothing(settings: Settings) -> None:
    before = current(settings).id
    with pytest.raises(CorrectionRefused, match="no loaded document names it"):
        correct([merger("Nobody Known Ltd", "Respect", EntityKind.ORGANISATION, **BY)], settings)
    with pytest.raises(CorrectionRefused, match="no such correction"):
        correct([undoing("c9", **BY)], settings)
    with pytest.raises(CorrectionRefused, match="the reason is missing"):
        undoing("c1", who="A. Reader", why=" ")
    with pytest.raises(CorrectionRefused, match="no document or reference"):
        document_named(current(settings), "PCD 1")
    with pytest.raises(CorrectionRefused, match="choose by id"):
        flow_named(document_named(current(settings), "PCD 9001"), "£77")
    assert current(settings).id == before
    assert not corrections_file(settings.workspace).exists()


def test_a_rollback_goes_to_the_build_before_and_keeps_the_file(settings: Settings) -> None:
    set_amount(settings, "£12,500")
    Workspace(settings.workspace, settings=settings).rollback()
    assert figures(settings) == [("SafeLives", Decimal(10000))]
    assert corrections_file(settings.workspace).exists()


def test_without_a_build_there_is_nothing_to_correct(tmp_path: Path) -> None:
    with pytest.raises(MissingWorkspace):
        correct([undoing("c1", **BY)], Settings(workspace=tmp_path / "none"))
