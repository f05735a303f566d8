"""A part of a build that is deleted or flipped is noticed, and the next build has it again; bench/faults has more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph.builds.archive import DOCUMENTS, RECORDS
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.settings import Settings
from graph.stated.flows import all_flows
from ingest.pipeline import ingest
from ingest.repairing import repair
from tests.ingest.test_correcting import DECISION
from tests.ingest.test_kept_work import current, made, set_amount

pytestmark = pytest.mark.usefixtures("without_model")
__all__ = ["made"]


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    return Settings(workspace=Path(shutil.copytree(made, tmp_path / "workspace")), model_folder="/nonexistent")


def damage(build: Build, pattern: str, how: str) -> str:
    file = max(build.path.glob(pattern), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    file.unlink()
    if how == "flipped":
        data[len(data) // 2] ^= 1
        file.write_bytes(bytes(data))
    return file.relative_to(build.path).as_posix()


def figures(settings: Settings) -> list[str]:
    store = current(settings).store()
    found = [str(each.flow.amount) for each in all_flows(store)]
    store.close()
    return found


@pytest.mark.parametrize(
    ("pattern", "how"),
    [("records/*", "flipped"), ("documents/*", "deleted"), ("graph/*.sst", "flipped"), ("search/*/data/*", "deleted"),
     ("manifest.json", "flipped"), ("digests.sha256", "deleted"), ("corrections.json.gz", "deleted")],
)  # fmt: skip
def test_a_damaged_part_is_noticed_by_ingest_and_made_good(settings: Settings, pattern: str, how: str) -> None:
    build = current(settings)
    path = damage(build, pattern, how)
    build = current(settings)
    assert path in [fault.path for fault in build.faults()]
    report = ingest([settings.workspace / "added"], settings)
    assert report.published and any(f"{build.id} is damaged: {path}" in line for line in report.messages)
    assert current(settings).faults() == ()
    assert figures(settings) == ["13000"]
    assert current(settings).document("one.md") is not None
    assert not ingest([settings.workspace / "added"], settings).published


def test_a_shared_part_is_made_good_where_no_build_has_it_whole(settings: Settings) -> None:
    for build in Workspace(settings.workspace, settings=settings).builds():
        for part in (RECORDS, DOCUMENTS):
            damage(build, f"{part}/*", "deleted")
    report = repair(settings)
    assert report.published and not report.lost  # read again from the added file
    assert figures(settings) == ["13000"] and current(settings).document("one.md") is not None


def test_what_cannot_be_restored_is_said(settings: Settings) -> None:
    for build in Workspace(settings.workspace, settings=settings).builds():
        for pattern in ("records/*", "documents/*", "kept/added/*"):
            damage(build, pattern, "deleted")
    (settings.workspace / "added" / "one.md").unlink()
    report = repair(settings)
    assert "one.md: its record and text are damaged" in report.lost[0]
    assert "ingest the file again" in report.lost[0]
    assert figures(settings) == []
    text = settings.workspace / "one.md"
    text.write_text(DECISION.format(amount="10,000", more=""))
    assert ingest([text], settings).published
    assert figures(settings) == ["13000"]  # corrected as before


def test_a_text_that_is_lost_alone_keeps_its_figures_and_is_read_when_it_comes(settings: Settings) -> None:
    for build in Workspace(settings.workspace, settings=settings).builds():
        for pattern in ("documents/*", "kept/added/*"):
            damage(build, pattern, "deleted")
    (settings.workspace / "added" / "one.md").unlink()
    report = repair(settings)
    assert "its text is damaged" in report.lost[0] and figures(settings) == ["13000"]
    text = settings.workspace / "one.md"
    text.write_text(DECISION.format(amount="10,000", more=""))
    ingest([text], settings)
    assert current(settings).document("one.md") is not None


def test_a_pointer_that_is_gone_comes_back(settings: Settings) -> None:
    before = current(settings).id
    (settings.workspace / "current").unlink()
    report = repair(settings)
    assert report.published and before in " ".join(report.messages)
    assert figures(settings) == ["13000"]


def test_a_build_of_before_digests_is_read_and_made_anew(settings: Settings) -> None:
    build = as_of_format_1(settings)
    assert figures(settings) == ["13000"] and build.faults() == ()
    report = ingest([settings.workspace / "added"], settings)
    assert report.published and "damaged" not in " ".join(report.messages)
    assert report.documents[0].status == "unchanged"
    assert current(settings).digests and figures(settings) == ["13000"]
    assert (settings.workspace / "workspace.json").exists()
    set_amount(settings, "£15,000", "£10,000")
    assert figures(settings) == ["15000"]


def as_of_format_1(settings: Settings) -> Build:
    """Make the workspace what one of before formats was: one build, without digests, copies and a seal."""
    workspace = Workspace(settings.workspace, settings=settings)
    build = workspace.current()
    for other in workspace.builds():
        if other.id != build.id:
            shutil.rmtree(other.path)
    manifest = json.loads((build.path / "manifest.json").read_text(encoding="utf-8"))
    for name in ("seal", "contents", "who"):
        manifest.pop(name, None)
    (build.path / "manifest.json").write_text(json.dumps({**manifest, "format": 1}), encoding="utf-8")
    (build.path / "digests.sha256").unlink()
    for folder in ("copies", "kept"):
        shutil.rmtree(build.path / folder)
    (settings.workspace / "workspace.json").unlink()
    return workspace.current()
