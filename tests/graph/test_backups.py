"""Backups: all of a workspace in one archive, compared before anything is put back, and nothing newer lost."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph.backups.archive import LIST, DamagedBackup, read_contents
from graph.backups.backup import BackupRefused, back_up
from graph.backups.restore import RestoreRefused, restore
from graph.builds.build import Build
from graph.builds.manifest import DocumentEntry, Manifest
from graph.builds.people import ADDED, CORRECTIONS, kept_file
from graph.builds.workspace import Workspace
from graph.corrections.correction import Action, Correction
from graph.corrections.file import HEADER, with_corrections
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.settings import Settings

FIX = [
    Correction(f"c{number}", Action.MERGE, "A. Reader", "2025-01-31", "the annex", name=f"Old {number}", into="New")
    for number in range(1, 4)
]


def text_of(*corrections: Correction) -> bytes:
    return with_corrections(HEADER, corrections, Path(CORRECTIONS)).encode()


def publish(settings: Settings, document: str, *corrections: Correction) -> Build:
    workspace = Workspace(settings.workspace, settings=settings)
    with workspace.publishing() as draft:
        (draft.begin() / "records").mkdir(exist_ok=True)
        (draft.path / "records" / "a.json.gz").unlink(missing_ok=True)  # a clone shares it
        (draft.path / "records" / "a.json.gz").write_text(document)
        draft.bring(CORRECTIONS, text_of(*corrections))
        draft.bring(f"{ADDED}/a.md", document.encode())
        base = draft.base()
        entry = DocumentEntry("a.md", document, "v1")
        return draft.publish(Manifest(draft.id, "2026-01-01", (entry,), base=base.id if base else ""))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(workspace=tmp_path / "workspace")
    publish(settings, "one", FIX[0])
    answers = settings.workspace / "second_reader" / "a.json"
    answers.parent.mkdir()
    answers.write_text("{}")
    return settings


@pytest.fixture
def archive(settings: Settings, tmp_path: Path) -> Path:
    return back_up(settings, tmp_path / "backup.zip").path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_makes_the_same_workspace_elsewhere(settings: Settings, archive: Path, tmp_path: Path) -> None:
    other = Settings(workspace=tmp_path / "elsewhere")
    assert restore(archive, other).published
    build = Workspace(other.workspace).current()
    assert build.digests == Workspace(settings.workspace).current().digests
    for name in (CORRECTIONS, f"{ADDED}/a.md", "second_reader/a.json"):
        assert (other.workspace / name).read_bytes() == (settings.workspace / name).read_bytes()
    assert not restore(archive, other).published


def test_builds_of_before_and_what_is_being_made_stay_out(settings: Settings, tmp_path: Path) -> None:
    publish(settings, "two", FIX[0])
    (settings.workspace / "corrections.yaml.new").write_text("half")
    (settings.workspace / "link").symlink_to("/etc/hostname")
    report = back_up(settings, tmp_path)
    names = set(read_contents(report.path).files)
    assert report.path.parent == tmp_path and report.path.name.startswith("whofunds-backup-")
    assert "build/records/a.json.gz" in names and f"workspace/{CORRECTIONS}" in names
    assert not [name for name in names if "builds" in name or "lock" in name or name.endswith(".new")]
    assert report.messages == (f"{settings.workspace / 'link'}: no regular file; not in the backup",)


def test_a_backup_goes_over_nothing_and_not_into_the_workspace(settings: Settings, archive: Path) -> None:
    with pytest.raises(BackupRefused, match="there already"):
        back_up(settings, archive)
    with pytest.raises(BackupRefused, match="lies in the workspace"):
        back_up(settings, settings.workspace / "backup.zip")
    with pytest.raises(BackupRefused, match="there is no folder"):
        back_up(settings, archive.parent / "none" / "backup.zip")


def test_nothing_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(MissingWorkspace):
        back_up(Settings(workspace=tmp_path / "none"), tmp_path / "backup.zip")
    assert not (tmp_path / "none").exists() and not list(tmp_path.glob("*.zip"))


def test_a_damaged_build_is_not_backed_up_as_whole(settings: Settings, tmp_path: Path) -> None:
    (Workspace(settings.workspace).current().path / "records" / "a.json.gz").write_text("other")
    with pytest.raises(DamagedWorkspace, match=r"records/a\.json\.gz is altered.*whofunds repair"):
        back_up(settings, tmp_path / "backup.zip")


def test_nobody_but_the_owner_can_read_an_archive(settings: Settings, tmp_path: Path) -> None:
    left = tmp_path / ".b.zip.new"
    left.write_text("of a killed backup")
    left.chmod(0o666)
    before = os.umask(0)
    try:
        back_up(settings, tmp_path / "b.zip")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert not left.exists()


def test_newer_work_is_named_and_kept(settings: Settings, archive: Path) -> None:
    publish(settings, "two", *FIX)
    before = files(settings.workspace)
    with pytest.raises(RestoreRefused, match=r"corrections c2, c3; files added/a\.md; documents a\.md"):
        restore(archive, settings)
    after = files(settings.workspace)
    assert after == before
    report = restore(archive, settings, overwrite=True)
    assert (settings.workspace / CORRECTIONS).read_bytes() == text_of(FIX[0])
    aside = [path.read_bytes() for path in (settings.workspace / "aside").iterdir()]
    assert sorted(aside) == sorted([text_of(*FIX), b"two"])
    assert len(report.messages) == 2
    assert Workspace(settings.workspace).rollback().manifest.documents[0].digest == "two"


def test_a_dry_run_makes_no_workspace(settings: Settings, archive: Path, tmp_path: Path) -> None:
    away = replace(settings, workspace=tmp_path / "elsewhere")
    report = restore(archive, away, dry_run=True)
    assert not report.published and report.documents and not away.workspace.exists()


def test_a_dry_run_compares_and_changes_nothing(settings: Settings, archive: Path) -> None:
    publish(settings, "two", *FIX)
    before = files(settings.workspace)
    report = restore(archive, settings, overwrite=True, dry_run=True)
    assert not report.published and report.messages[0] == "corrections c2, c3"
    assert files(settings.workspace) == before


def test_what_the_backup_lacks_goes_aside(settings: Settings, archive: Path, tmp_path: Path) -> None:
    (settings.workspace / "columns.yaml").write_text("- by hand\n")
    restore(archive, settings, overwrite=True)
    assert not (settings.workspace / "columns.yaml").exists()
    assert [path.name[:8] for path in (settings.workspace / "aside").iterdir()] == ["columns-"]


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with ZipFile(archive) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    change(held)
    with ZipFile(archive, "w") as packed:
        for name, data in held.items():
            packed.writestr(name, data)


def flip(held: dict[str, bytes], name: str) -> None:
    held[name] = held[name][:-1] + bytes([held[name][-1] ^ 1])


def listed(held: dict[str, bytes], name: str) -> None:
    values = json.loads(held[LIST])
    values["files"][name] = values["files"].pop(f"workspace/{CORRECTIONS}")
    held[name] = held.pop(f"workspace/{CORRECTIONS}")
    values.pop("seal")
    from graph.backups.archive import _seal

    held[LIST] = json.dumps({**values, "seal": _seal(values)}).encode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda held: flip(held, "build/records/a.json.gz"), "is not as it was written", id="flipped"),
        pytest.param(lambda held: held.pop("build/manifest.json"), "not in both", id="left out"),
        pytest.param(lambda held: held.update({"build/more": b"x"}), "not in both", id="one too many"),
        pytest.param(lambda held: flip(held, LIST), "is damaged", id="the list"),
        pytest.param(lambda held: held.pop(LIST), "no backup of whofunds", id="no list"),
        pytest.param(lambda held: listed(held, "workspace/../../outside"), "outside the workspace", id="upwards"),
        pytest.param(lambda held: listed(held, "/etc/passwd"), "outside the workspace", id="absolute"),
    ],
)
def test_an_archive_that_is_not_as_it_was_written_changes_nothing(
    settings: Settings, archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], says: str
) -> None:
    rewritten(archive, change)
    before = files(settings.workspace)
    for workspace in (settings.workspace, tmp_path / "elsewhere"):
        with pytest.raises(DamagedBackup, match=says):
            restore(archive, Settings(workspace=workspace), overwrite=True)
    assert files(settings.workspace) == before
    assert not (tmp_path / "elsewhere").exists() and not (tmp_path / "outside").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_cut_archive_is_refused(settings: Settings, archive: Path, share: float) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedBackup, match="no whole archive"):
        restore(archive, settings)


def test_a_newer_archive_is_refused(settings: Settings, archive: Path) -> None:
    rewritten(archive, lambda held: held.update({LIST: held[LIST].replace(b'"format": 1', b'"format": 9')}))
    with pytest.raises(DamagedBackup, match="newer whofunds"):
        restore(archive, settings)


def test_a_restore_that_stops_before_its_end_changes_nothing(
    settings: Settings, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, "two", *FIX)
    current = Workspace(settings.workspace).current_id()

    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("graph.builds.workspace.write_pointer", stop)
        restore(archive, settings, overwrite=True)
    assert (settings.workspace / CORRECTIONS).read_bytes() == text_of(*FIX)
    assert Workspace(settings.workspace).current_id() == current
    assert restore(archive, settings, overwrite=True).published
    assert len(Workspace(settings.workspace).builds()) == 3


def test_the_build_of_a_ruined_workspace_comes_back(settings: Settings, archive: Path) -> None:
    for build in Workspace(settings.workspace).builds():
        shutil.rmtree(build.path)
    (settings.workspace / CORRECTIONS).unlink()
    restore(archive, settings)
    build = Workspace(settings.workspace).current()
    assert kept_file(build.path, CORRECTIONS).read_bytes() == (settings.workspace / CORRECTIONS).read_bytes()
