"""Documents read for review: what is said of them, and that nothing is written before it is accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.builds.people import ADDED, kept_file
from graph.builds.workspace import Workspace
from graph.corrections.correction import CorrectionRefused, Field
from graph.corrections.file import corrections_file
from graph.corrections.values import change_of
from graph.model import Band, EntityKind, FlowKind, NewName, Unread
from graph.names.new_names import new_entity
from graph.settings import Settings
from ingest import intake
from ingest.correcting import correct, flow_correction, merger
from ingest.doubts import doubts_of, suggestions_for
from ingest.intake import Pending, publish_accepted, read_for_review
from ingest.stakes import money_at_stake, review_order
from tests.builders import make_award, make_check, make_doubt, make_evidence, make_flow, make_record

DECISION = """# PCD 9001 Drive in London

- Reference: PCD 9001
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Recommendation
1. Approve a grant of £10,000 to SafeLives for Drive in 2023/24.
"""
BY = {"who": "A. Reader", "why": "the annex says so"}


pytestmark = pytest.mark.usefixtures("without_model")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path / "workspace")


def read(settings: Settings, *files: tuple[str, str]) -> list[Pending]:
    return list(read_for_review([(name, text.encode()) for name, text in files], settings))


def test_reading_for_review_writes_nothing(settings: Settings) -> None:
    (pending,) = read(settings, ("one.md", DECISION))
    assert pending.record is not None and len(pending.record.flows) == 1
    assert not settings.workspace.exists()


def test_what_is_accepted_is_published_with_its_corrections(settings: Settings) -> None:
    one, two = read(settings, ("one.md", DECISION), ("two.md", DECISION.replace("9001", "9002")))
    assert one.record is not None
    change = change_of(Field.RECIPIENT, ["Respect"])
    wanted = flow_correction(one.record, one.record.flows[0], [change], **BY)
    report = publish_accepted([one], [wanted], settings)
    build = Workspace(settings.workspace).current()
    assert (report.build, report.count(*{each.status for each in report.documents})) == (build.id, 1)
    assert build.record("two.md") is None
    record = build.record("one.md")
    assert record is not None and record.flows[0].recipient is not None
    assert record.flows[0].recipient.name == "Respect"
    assert (settings.workspace / ADDED / "one.md").read_text() == DECISION
    assert two.record is not None


def test_a_correction_made_in_review_holds_later(settings: Settings) -> None:
    (one,) = read(settings, ("one.md", DECISION))
    assert one.record is not None
    publish_accepted([one], [merger("SafeLives", "Respect", EntityKind.ORGANISATION, **BY)], settings)
    (again,) = read(settings, ("one.md", DECISION + "2. Note the report.\n"))
    assert again.notes == ("A document of this name is loaded; this one will replace it.",)
    publish_accepted([again], [], settings)
    record = Workspace(settings.workspace).current().record("one.md")
    assert record is not None and record.flows[0].recipient is not None
    assert record.flows[0].recipient.name == "Respect"


def test_the_same_content_under_another_name_is_refused(settings: Settings) -> None:
    publish_accepted(read(settings, ("one.md", DECISION)), [], settings)
    (other,) = read(settings, ("other.md", DECISION))
    assert "the same content as one.md" in other.fault
    (again,) = read(settings, ("one.md", DECISION))
    assert "loaded already, with the same content" in again.notes[0]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [("bad.pdf", "nonsense", "bad.pdf"), ("a.md", "", "a.md"), ("b.md", "Good morning.", "no decision recognised")],
)
def test_a_file_that_cannot_be_added_says_why(name: str, text: str, fault: str, settings: Settings) -> None:
    bad, good = read(settings, (name, text), ("one.md", DECISION))
    assert bad.record is None and fault in bad.fault
    assert good.record is not None
    with pytest.raises(CorrectionRefused, match="no document is accepted"):
        publish_accepted([bad], [], settings)


def test_a_name_with_a_path_is_only_a_name_and_no_two_are_alike(settings: Settings) -> None:
    first, second = read(settings, ("../../etc/one.md", DECISION), ("x\\one.md", DECISION + "\n"))
    assert first.name == "one.md" and first.record is not None
    assert "a second file of this name" in second.fault


def test_a_correction_that_corrects_nothing_stops_the_publication(settings: Settings) -> None:
    (one,) = read(settings, ("one.md", DECISION))
    with pytest.raises(CorrectionRefused):
        publish_accepted([one], [merger("Nobody Ltd", "Respect", EntityKind.ORGANISATION, **BY)], settings)
    assert Workspace(settings.workspace).current_id() is None
    assert not corrections_file(settings.workspace).exists()


def test_a_publication_that_fails_leaves_the_kept_files_as_they_were(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_accepted(read(settings, ("one.md", DECISION)), [], settings)

    def failing(*given: Any, **named: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(intake, "publish", failing)
    pending = read(settings, ("one.md", DECISION + "2. Note it.\n"), ("two.md", DECISION.replace("9001", "9002")))
    with pytest.raises(OSError, match="the disk is full"):
        publish_accepted(pending, [], settings)
    assert [path.name for path in (settings.workspace / ADDED).iterdir()] == ["one.md"]
    assert (settings.workspace / ADDED / "one.md").read_text() == DECISION


def test_a_file_that_cannot_be_kept_is_published_and_told(settings: Settings) -> None:
    (settings.workspace / ADDED / "one.md").mkdir(parents=True)  # a folder where the copy should be
    report = publish_accepted(read(settings, ("one.md", DECISION)), [], settings)
    assert Workspace(settings.workspace).current().record("one.md") is not None
    assert "one.md: cannot be written (Is a directory)" in " ".join(report.messages)
    assert [path.name for path in (settings.workspace / ADDED).iterdir()] == ["one.md"]
    assert kept_file(Workspace(settings.workspace).current().path, f"{ADDED}/one.md").read_text() == DECISION
    (settings.workspace / ADDED / "one.md").rmdir()
    publish_accepted(read(settings, ("two.md", DECISION.replace("9001", "9002"))), [], settings)
    assert (settings.workspace / ADDED / "one.md").read_text() == DECISION


def test_after_a_rollback_a_correction_of_the_document_waits_for_it(settings: Settings) -> None:
    publish_accepted(read(settings, ("one.md", DECISION)), [], settings)
    (two,) = read(settings, ("two.md", DECISION.replace("9001", "9002")))
    assert two.record is not None
    wanted = flow_correction(two.record, two.record.flows[0], [change_of(Field.AMOUNT, ["5"])], **BY)
    publish_accepted([two], [wanted], settings)
    Workspace(settings.workspace).rollback()
    assert Workspace(settings.workspace).current().record("two.md") is None
    report = correct([merger("SafeLives", "Respect", EntityKind.ORGANISATION, **BY)], settings)
    assert not [message for message in report.messages if "correction" in message]


def test_doubts_name_open_parties_unsure_readings_and_conflicts() -> None:
    record = make_record(
        make_flow("a", recipient=None, years=(), band=Band.LIKELY),
        make_flow("b", recipient=None),
        make_flow("c", amount="9000.00", recipient=None, band=Band.CHECK, doubts=[make_doubt("recipient", "", 0.5)]),
        checks=[make_check("1", "2")],
        awards=[make_award("d", band=Band.CHECK)],
        unread=Unread(2, (make_evidence("£5"),)),
    )
    said = [(doubt.flow, doubt.message) for doubt in doubts_of(record)]
    assert said == [
        ("", "2 figures were not read; the first: “£5” (3.1)"),
        ("", "The parts do not add up."),
        ("c", "To be checked"),
        ("a", "Likely right, not sure; who receives it is left open; no financial year is stated"),
        ("award/d", "To be checked"),
    ]


def test_a_page_with_figures_and_no_flow_is_a_doubt_of_its_own() -> None:
    record = replace(make_record(unread=Unread(2, (make_evidence("£5"),))), flows=())
    (doubt,) = doubts_of(record)
    assert doubt.message.startswith("2 figures stand in it and no funding was read; the first: “£5” (3.1).")


def test_what_is_sure_has_no_money_at_stake_and_neither_has_a_bid() -> None:
    record = make_record(
        make_flow("a", amount="5.00", band=Band.LIKELY),
        make_flow("b", amount="7.00"),
        make_flow("c", amount="9.00", band=Band.CHECK, kind=FlowKind.BID),
    )
    assert money_at_stake(record) == 5
    assert [each.id for each in review_order(record)] == ["a", "c", "b"]


def test_new_names_come_once_with_the_nearest_known_ones() -> None:
    new = NewName(new_entity("Safe Lives UK", EntityKind.ORGANISATION), "a grant to Safe Lives UK", "3.1")
    (found,) = suggestions_for(replace(make_record(), new_names=(new, new)), Settings())
    assert found.new == new
    assert "SafeLives" in [entity.name for entity in found.nearest]
