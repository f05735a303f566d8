"""Documents to a published build, and what happens when something goes wrong."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.commands.ingest import report_text
from graph.builds.workspace import Workspace
from graph.model import Record, Unread
from graph.settings import Settings
from ingest.document import Document
from ingest.pipeline import ingest
from ingest.report import DocumentReport, DocumentStatus, IngestReport
from ingest.reporting import report_on
from ingest.sources import Source, find_sources
from ingest.work import Outcome, Reading, Task
from tests.builders import make_award, make_evidence, make_record

DECISION = """# {reference} {title}

- Reference: {reference}
- Title: {title}
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
{words}

## Recommendation
1. Approve a grant of £{amount} to SafeLives for Drive in 2023/24.
"""


pytestmark = pytest.mark.usefixtures("without_model")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path / "workspace")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "papers"
    place.mkdir()
    write_decision(place / "one.md", reference="PCD 9001", amount="10,000")
    write_decision(place / "two.md", reference="PCD 9002", amount="20,000")
    return place


def write_decision(path: Path, **given: str) -> None:
    values = {"reference": "PCD 9000", "title": f"Paper {path.stem}", "amount": "5,000", "words": "Money for Drive."}
    path.write_text(DECISION.format(**{**values, **given}), encoding="utf-8")


def statuses(report: IngestReport) -> dict[str, str]:
    return {document.name: str(document.status) for document in report.documents}


def test_a_folder_becomes_a_build_with_records_documents_and_graph(folder: Path, settings: Settings) -> None:
    report = ingest([folder], settings)
    build = Workspace(settings.workspace).current()
    assert (report.published, report.build) == (True, build.id)
    assert [record.decision.reference for record in build.records()] == ["PCD 9001", "PCD 9002"]
    document = build.document("one.md")
    assert document is not None and "£10,000" in document["text"]
    store = build.store()
    assert any("one.md" in graph for graph in store.graphs())
    store.close()


def test_an_unchanged_document_is_not_read_again(folder: Path, settings: Settings) -> None:
    first = ingest([folder], settings)
    second = ingest([folder], settings)
    assert statuses(second) == {"one.md": "unchanged", "two.md": "unchanged"}
    assert (second.published, second.build) == (False, first.build)


def test_new_content_of_the_same_name_replaces_the_old(folder: Path, settings: Settings) -> None:
    ingest([folder], settings)
    write_decision(folder / "one.md", reference="PCD 9003", amount="30,000")
    assert statuses(ingest([folder], settings)) == {"one.md": "loaded", "two.md": "unchanged"}
    references = [record.decision.reference for record in Workspace(settings.workspace).current().records()]
    assert references == ["PCD 9003", "PCD 9002"]


def test_documents_of_earlier_ingests_stay(folder: Path, settings: Settings) -> None:
    ingest([folder / "one.md"], settings)
    ingest([folder / "two.md"], settings)
    assert len(Workspace(settings.workspace).current().records()) == 2


def test_the_same_content_under_two_names_is_kept_once(folder: Path, settings: Settings) -> None:
    shutil.copy(folder / "one.md", folder / "zz-copy.md")
    assert statuses(ingest([folder], settings)) == {"one.md": "loaded", "two.md": "loaded", "zz-copy.md": "same"}


def test_a_file_that_cannot_be_read_is_reported_and_the_others_go_in(folder: Path, settings: Settings) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 this ends too early")
    (folder / "empty.docx").write_bytes(b"")
    report = ingest([folder], settings)
    assert report.failed
    assert {name for name, status in statuses(report).items() if status == "failed"} == {"broken.pdf", "empty.docx"}
    assert all(document.issues for document in report.documents if document.status is DocumentStatus.FAILED)
    assert len(Workspace(settings.workspace).current().records()) == 2


def test_what_is_held_of_a_document_stays_when_its_new_content_cannot_be_read(folder: Path, settings: Settings) -> None:
    ingest([folder], settings)
    (folder / "one.md").write_bytes(b"")
    report = ingest([folder], settings)
    assert statuses(report)["one.md"] == "failed"
    assert len(Workspace(settings.workspace).current().records()) == 2


def test_a_readme_and_other_files_of_a_folder_are_left_aside_with_a_message(folder: Path, settings: Settings) -> None:
    (folder / "README.md").write_text("# About\n\nPCD 1 cost £5.", encoding="utf-8")
    (folder / "picture.jpg").write_bytes(b"x")
    (folder / "notes.md").write_text("# Shopping\n\nMilk and bread for the weekend.", encoding="utf-8")
    report = ingest([folder], settings)
    assert not report.failed
    assert any("README.md" in message and ".jpg" in message for message in report.messages)
    assert statuses(report)["notes.md"] == "skipped"


def test_a_file_without_a_decision_that_was_asked_for_fails(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "notes.md").write_text("# Shopping\n\nMilk and bread for the weekend.", encoding="utf-8")
    report = ingest([tmp_path / "notes.md"], settings)
    assert report.failed
    assert not report.published


@pytest.mark.parametrize("kind", ["absent", "empty", "other"])
def test_a_path_that_holds_no_document_is_one_line(tmp_path: Path, settings: Settings, kind: str) -> None:
    path = tmp_path / kind
    if kind == "empty":
        path.mkdir()
    if kind == "other":
        path = tmp_path / "table.ods"
        path.write_bytes(b"x")
    report = ingest([path], settings)
    assert report.failed
    assert [len(document.issues) for document in report.documents] == [1]
    assert not (settings.workspace / "current").exists()


def test_two_files_of_one_name_are_told_apart_by_their_folders(folder: Path, settings: Settings) -> None:
    (folder / "later").mkdir()
    write_decision(folder / "later" / "one.md", reference="PCD 9004")
    assert set(statuses(ingest([folder], settings))) == {"papers/one.md", "later/one.md", "two.md"}


def test_hidden_and_lock_files_are_no_documents(folder: Path) -> None:
    for name in (".hidden.md", "~$one.docx"):
        (folder / name).write_bytes(b"x")
    assert [file.name for file in find_sources([folder]).files] == ["one.md", "two.md"]


def test_a_dry_run_changes_nothing(folder: Path, settings: Settings) -> None:
    report = ingest([folder], settings, dry_run=True)
    assert set(statuses(report).values()) == {"would be read"}
    assert not settings.workspace.exists()


def test_many_documents_are_read_by_processes(folder: Path, settings: Settings) -> None:
    for number in range(9):
        write_decision(folder / f"more-{number}.md", reference=f"PCD 91{number}0")
    report = ingest([folder], settings, workers=2)
    assert report.count(DocumentStatus.LOADED, DocumentStatus.PARTLY) == 11


def test_a_build_without_vectors_says_so(folder: Path, settings: Settings) -> None:
    assert any("by their words alone" in message for message in ingest([folder], settings).messages)
    manifest = Workspace(settings.workspace).current().manifest
    assert (manifest.embedded, manifest.model) == (0, "")


def outcome_of(record: Record) -> Outcome:
    task = Task(Path(record.document), record.document, Settings())
    return Outcome(task, Reading(Document(record.document, "md", "", "", ()), record))


def reported(record: Record) -> DocumentReport:
    return report_on(Source(Path(record.document), record.document, True), outcome_of(record))


def test_a_document_says_how_many_figures_were_not_read() -> None:
    record = make_record(unread=Unread(11, (make_evidence("£5 for tea"),)), awards=[make_award()])
    report = IngestReport("b1", True, (reported(record),))
    assert (reported(record).status, reported(record).issues) == (DocumentStatus.LOADED, ())
    (line, _) = report_text(report).splitlines()
    counts = "1 flow, 1 without a sum, 0 relations"
    assert line.endswith(f"{counts}; 11 figures were not read; the first: “£5 for tea” (3.1)")
    (written,) = report.to_json()["documents"]
    assert written["unread"] == {"figures": 11, "examples": [{"locator": "3.1", "words": "£5 for tea"}]}
    assert written["awards"] == 1


def test_a_page_with_figures_and_no_flow_is_read_in_part_and_says_so() -> None:
    bare = replace(make_record(unread=Unread(2, (make_evidence("£5 for tea"),))), flows=())
    report = reported(bare)
    assert report.status is DocumentStatus.PARTLY
    assert report.issues[0].startswith("2 figures stand in it and no funding was read; the first: “£5 for tea” (3.1).")
