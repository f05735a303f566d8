"""What people made is never lost: a file that is missing or damaged is noticed, in force, and put back on request."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from graph.builds.build import Build
from graph.builds.people import ADDED, COLUMNS, CORRECTIONS, LABELS, kept_file
from graph.builds.workspace import Workspace
from graph.corrections.correction import Field
from graph.corrections.values import change_of
from graph.errors import InvalidReference
from graph.settings import Settings
from ingest.correcting import correct, document_named, flow_correction, flow_named, outcomes_of, undoing
from ingest.intake import publish_accepted, read_for_review
from ingest.keeping import people_faults
from ingest.pipeline import ingest
from ingest.repairing import repair
from tests.ingest.test_correcting import BY, DECISION

pytestmark = pytest.mark.usefixtures("without_model")

COLUMNS_TEXT = "- document: payments-*.csv\n  headings: [Supplier, Net]\n  columns: {Net: amount}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a document added in review, two corrections, columns and labels."""
    place = tmp_path_factory.mktemp("kept")
    settings = Settings(workspace=place / "workspace", model_folder="/nonexistent")
    settings.workspace.mkdir()
    (settings.workspace / COLUMNS).write_text(COLUMNS_TEXT)
    (settings.workspace / LABELS).mkdir()
    (settings.workspace / LABELS / "flows.csv").write_text("document\n")
    publish_accepted(list(read_for_review([("one.md", DECISION.format(amount="10,000", more="").encode())], settings)),
                     [], settings)  # fmt: skip
    set_amount(settings, "£12,500", "£10,000")
    set_amount(settings, "£13,000", "£10,000")
    return settings.workspace


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    return Settings(workspace=Path(shutil.copytree(made, tmp_path / "workspace")), model_folder="/nonexistent")


def set_amount(settings: Settings, amount: str, was: str) -> None:
    record = document_named(current(settings), "PCD 9001")
    change = change_of(Field.AMOUNT, [amount])
    correct([flow_correction(record, flow_named(record, was), [change], **BY)], settings)


def current(settings: Settings) -> Build:
    return Workspace(settings.workspace, settings=settings).current()


def amount(settings: Settings) -> Decimal:
    return current(settings).records()[0].flows[0].amount


def again(settings: Settings) -> tuple[str, ...]:
    """Ingest the document that was added; what is said."""
    return ingest([settings.workspace / ADDED], settings).messages


def empty(file: Path) -> None:
    file.write_text("")


def cut(file: Path) -> None:
    """Leave the first correction alone, as a copy that broke off at a good moment does."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("- id: c2")], encoding="utf-8")


def spoil(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-60] + b"\xff\xfe")


def test_each_build_keeps_what_people_made(settings: Settings) -> None:
    for name in (CORRECTIONS, COLUMNS, f"{ADDED}/one.md", f"{LABELS}/flows.csv"):
        assert kept_file(current(settings).path, name).read_bytes() == (settings.workspace / name).read_bytes()
    assert people_faults(settings) == ()


@pytest.mark.parametrize("lose", [Path.unlink, empty, cut, spoil])
def test_lost_corrections_stay_in_force_are_told_and_put_back(settings: Settings, lose: Callable[[Path], None]) -> None:
    file = settings.workspace / CORRECTIONS
    before = file.read_bytes()
    lose(file)
    assert "whofunds repair" in people_faults(settings)[0] and str(file) in people_faults(settings)[0]
    assert [each.id for each, _ in outcomes_of(current(settings), settings)] == ["c1", "c2"]
    (settings.workspace / ADDED / "one.md").write_text(DECISION.format(amount="10,000", more="2. Note it.\n"))
    assert "whofunds repair" in " ".join(again(settings))
    assert amount(settings) == 13000
    report = repair(settings)
    assert report.restored and not report.published and not report.lost
    assert file.read_bytes() == before
    assert people_faults(settings) == ()
    assert not again(settings)


@pytest.mark.parametrize("lose", [Path.unlink, spoil])
def test_nothing_is_added_to_a_file_that_was_lost(settings: Settings, lose: Callable[[Path], None]) -> None:
    lose(settings.workspace / CORRECTIONS)
    build = current(settings).id
    with pytest.raises(InvalidReference, match=r"the 2 corrections of build .* stay in force; 'whofunds repair'"):
        correct([undoing("c1", **BY)], settings)
    assert current(settings).id == build


def test_a_damaged_file_is_put_aside_with_what_it_had(settings: Settings) -> None:
    file = settings.workspace / CORRECTIONS
    file.write_text(file.read_text(encoding="utf-8") + "- id: [", encoding="utf-8")
    damaged = file.read_bytes()
    repair(settings)
    assert [path.read_bytes() for path in (settings.workspace / "aside").iterdir()] == [damaged]


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_neither_waited_for_nor_lost(settings: Settings, put: Callable[[Path], None]) -> None:
    file = settings.workspace / CORRECTIONS
    before = file.read_bytes()
    file.unlink()
    put(file)
    assert any("is a folder, a pipe or a device" in line for line in people_faults(settings))
    assert amount(settings) == 13000
    repair(settings)
    assert file.read_bytes() == before
    assert [path.name for path in (settings.workspace / "aside").rglob(CORRECTIONS)] == [CORRECTIONS]


def test_a_correction_that_was_deleted_by_hand_is_taken_back_by_an_undo(settings: Settings) -> None:
    cut(settings.workspace / CORRECTIONS)
    correct([undoing("c2", **BY)], settings)
    assert amount(settings) == 12500
    assert [str(outcome.state) for _, outcome in outcomes_of(current(settings), settings)] == [
        "applied", "undone", "applied"]  # fmt: skip


def test_a_change_by_hand_counts_and_is_told_once(settings: Settings) -> None:
    file = settings.workspace / CORRECTIONS
    file.write_text(file.read_text(encoding="utf-8").replace("13000.00", "14000.00"), encoding="utf-8")
    assert "c2 changed since build" in again(settings)[0]
    assert amount(settings) == 14000
    assert again(settings) == ()


def test_corrections_of_a_build_that_was_rolled_back_are_not_lost_with_the_file(settings: Settings) -> None:
    Workspace(settings.workspace, settings=settings).rollback()
    (settings.workspace / CORRECTIONS).unlink()
    repair(settings)
    assert "id: c2" in (settings.workspace / CORRECTIONS).read_text(encoding="utf-8")


def test_other_files_of_people_are_put_back(settings: Settings) -> None:
    names = (COLUMNS, f"{ADDED}/one.md", f"{LABELS}/flows.csv")
    before = [(settings.workspace / name).read_bytes() for name in names]
    (settings.workspace / COLUMNS).write_text("- document: [")
    (settings.workspace / ADDED / "one.md").unlink()
    (settings.workspace / LABELS / "flows.csv").write_text("")
    told = people_faults(settings)
    assert [name for name in names if not any(str(settings.workspace / name) in line for line in told)] == []
    assert [line for line in told if "whofunds repair" not in line] == []
    report = repair(settings, dry_run=True)
    assert (len(report.found), report.restored) == (3, ())
    repair(settings)
    assert [(settings.workspace / name).read_bytes() for name in names] == before


def test_a_publication_keeps_whole_copies_and_not_damaged_files(settings: Settings) -> None:
    for name in (CORRECTIONS, COLUMNS, f"{ADDED}/one.md"):
        (settings.workspace / name).write_text("" if name.startswith(ADDED) else "- a: [")
    (settings.workspace / "two.md").write_text(DECISION.format(amount="7", more="").replace("9001", "9002"))
    assert ingest([settings.workspace / "two.md"], settings).published
    build = current(settings).path
    assert "id: c2" in kept_file(build, CORRECTIONS).read_text(encoding="utf-8")
    assert kept_file(build, COLUMNS).read_text() == COLUMNS_TEXT
    assert kept_file(build, f"{ADDED}/one.md").read_text() == DECISION.format(amount="10,000", more="")
