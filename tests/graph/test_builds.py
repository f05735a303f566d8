"""Builds: published at once, kept, rolled back, damaged."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.audit import entries
from graph.builds.build import Build
from graph.builds.files import clone_tree
from graph.builds.lock import WorkspaceBusy, locked
from graph.builds.manifest import Manifest
from graph.builds.workspace import KEPT, Workspace
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.settings import Settings


def publish(workspace: Workspace, text: str = "x") -> Build:
    with workspace.publishing() as draft:
        folder = draft.begin()
        (folder / "what.txt").write_text(text)
        base = draft.base()
        return draft.publish(Manifest(draft.id, "2026-01-01", (), base=base.id if base else ""))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_what_was_published_last_is_current(workspace: Workspace) -> None:
    publish(workspace)
    second = publish(workspace, "y")
    assert workspace.current().id == second.id
    assert workspace.builds()[0].id == second.id


def test_without_a_build_the_line_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(MissingWorkspace, match="whofunds ingest"):
        workspace.current()
    with pytest.raises(MissingWorkspace):
        workspace.rollback()


def test_a_draft_that_is_not_published_leaves_the_current_build(workspace: Workspace) -> None:
    first = publish(workspace)
    with pytest.raises(OSError, match="disk full"), workspace.publishing() as draft:
        (draft.begin() / "what.txt").write_text("half")
        raise OSError("disk full")
    assert workspace.current().id == first.id
    assert (first.path / "what.txt").read_text() == "x"
    assert not (workspace.path / "staging").exists()


def test_rollback_goes_to_the_build_that_the_current_one_was_made_from(workspace: Workspace) -> None:
    first = publish(workspace)
    publish(workspace, "bad")
    assert workspace.rollback().id == first.id
    third = publish(workspace, "good")
    assert workspace.current().id == third.id
    assert workspace.rollback().id == first.id
    with pytest.raises(MissingWorkspace, match="no build before"):
        workspace.rollback()


def test_only_the_last_builds_are_kept_and_the_current_one_always(workspace: Workspace) -> None:
    for _ in range(KEPT + 2):
        publish(workspace)
    assert len(workspace.builds()) == KEPT


def test_a_damaged_build_is_said_and_can_be_left(workspace: Workspace) -> None:
    first = publish(workspace)
    second = publish(workspace)
    (second.path / "manifest.json").write_text("{")
    assert workspace.current().manifest.id == second.id  # by its second copy
    (second.path / "copies" / "manifest.json").unlink()
    with pytest.raises(DamagedWorkspace, match=r"whofunds repair.*rollback"):
        workspace.current()
    assert workspace.rollback().id == first.id


def test_rollback_passes_a_damaged_build_over_and_says_so(workspace: Workspace) -> None:
    first = publish(workspace)
    second = publish(workspace, "y")
    third = publish(workspace, "z")
    publish(workspace, "mended")
    (third.path / "what.txt").write_text("scratched")
    for file in second.path.rglob("manifest.json"):
        file.unlink()
    passed_over: list[str] = []
    assert workspace.rollback(passed_over).id == first.id
    assert passed_over == [
        f"build {third.id} is damaged (what.txt is altered), so it was passed over",
        f"build {second.id} is damaged (it cannot be read), so it was passed over",
    ]
    assert list(entries(Settings(workspace=workspace.path)))[-1].details["passed_over"][0].startswith("build")


def test_rollback_to_damaged_builds_alone_is_refused_and_changes_nothing(workspace: Workspace) -> None:
    first = publish(workspace)
    second = publish(workspace, "y")
    (first.path / "what.txt").unlink()
    with pytest.raises(DamagedWorkspace, match=rf"no whole build before {second.id}.*what\.txt is missing"):
        workspace.rollback()
    assert workspace.current().id == second.id


def test_rollback_passes_over_what_an_earlier_rollback_left(workspace: Workspace) -> None:
    first = publish(workspace)
    publish(workspace, "wrong")
    workspace.rollback()
    third = publish(workspace, "right")
    (first.path / "what.txt").unlink()
    with pytest.raises(DamagedWorkspace, match=f"no whole build before {third.id}"):
        workspace.rollback()


def test_a_file_that_is_gone_is_missed(workspace: Workspace) -> None:
    build = publish(workspace)
    assert build.missing() == ()
    (build.path / "what.txt").unlink()
    assert build.missing() == (f"{build.path / 'what.txt'}: missing",)


def test_a_build_without_a_graph_is_said(workspace: Workspace) -> None:
    with pytest.raises(DamagedWorkspace, match="graph"):
        publish(workspace).store()


def test_only_one_process_publishes_at_a_time(workspace: Workspace) -> None:
    with locked(workspace.path), pytest.raises(WorkspaceBusy, match=str(os.getpid())), workspace.publishing():
        pass


def test_the_lock_of_a_dead_process_is_taken_over(workspace: Workspace) -> None:
    code = "import sys,time,pathlib; from graph.builds.lock import locked\n"
    code += "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", code, str(workspace.path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(WorkspaceBusy), workspace.publishing():
        pass
    holder.kill()
    holder.wait()
    time.sleep(0.05)
    publish(workspace)


def test_leftovers_of_a_stopped_process_are_removed(workspace: Workspace) -> None:
    leftover = workspace.path / "staging" / "old"
    leftover.mkdir(parents=True)
    publish(workspace)
    assert not leftover.exists()


def test_a_clone_shares_what_never_changes_and_copies_the_rest(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.mkdir()
    (source / "1.sst").write_text("x")
    (source / "log").write_text("x")
    clone_tree(source, tmp_path / "b")
    assert (tmp_path / "b" / "1.sst").samefile(source / "1.sst")
    assert not (tmp_path / "b" / "log").samefile(source / "log")


def test_a_manifest_that_is_not_as_its_seal_says_is_damaged(workspace: Workspace) -> None:
    build = publish(workspace)
    for file in (build.path / "manifest.json", build.path / "copies" / "manifest.json"):
        file.write_text(file.read_text().replace('"flows": 0', '"flows": 7'))
    with pytest.raises(DamagedWorkspace, match=r"manifest\.json: missing or damaged"):
        workspace.current()


def test_a_pointer_that_is_gone_is_no_empty_workspace(workspace: Workspace) -> None:
    build = publish(workspace)
    (workspace.path / "current").unlink()
    with pytest.raises(DamagedWorkspace, match="whofunds repair"):
        workspace.current()
    with workspace.publishing() as draft:
        base = draft.base()
        assert draft.pointer_fault and base is not None and base.id == build.id


@pytest.mark.parametrize("moment", ["before the pointer", "after the pointer"])
def test_a_publication_that_stops_between_its_renames_is_undone_or_finished(
    workspace: Workspace, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(workspace)
    (workspace.path / "corrections.yaml").write_text("old")

    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(*("graph.builds.workspace.write_pointer" if moment == "before the pointer" else
                          "graph.builds.journal.finish", stop))  # fmt: skip
        with pytest.raises(KeyboardInterrupt), workspace.publishing() as draft:
            draft.begin()
            draft.bring("corrections.yaml", b"new")
            draft.publish(Manifest(draft.id, "2026-01-01", (), base=first.id))
    assert (workspace.path / "corrections.yaml").read_text() == "old"
    done = moment == "after the pointer"
    assert workspace.builds()[0].id == workspace.current().id and len(workspace.builds()) == 1 + done
    with workspace.publishing():
        pass
    assert (workspace.current().id != first.id) is done
    assert len(workspace.builds()) == 1 + done
    assert (workspace.path / "corrections.yaml").read_text() == ("new" if done else "old")
    assert not (workspace.path / "publication.json").exists()


def test_what_was_written_meanwhile_is_put_aside_and_not_lost(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace.path / "corrections.yaml").mkdir(parents=True)  # cannot be written
    with workspace.publishing() as draft:
        draft.begin()
        draft.bring("corrections.yaml", b"new")
        draft.publish(Manifest(draft.id, "2026-01-01", ()))
        assert "cannot be written" in draft.said[0]
    (workspace.path / "corrections.yaml").rmdir()
    (workspace.path / "corrections.yaml").write_text("by hand")
    publish(workspace)
    assert (workspace.path / "corrections.yaml").read_text() == "new"
    assert [path.read_text() for path in (workspace.path / "aside").iterdir()] == ["by hand"]


def test_a_build_that_is_removed_is_gone_at_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(KEPT):
        publish(workspace)

    def stop(path: Path, ignore_errors: bool = False) -> None:
        if (path / "manifest.json").exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("graph.builds.workspace.shutil.rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            publish(workspace)
    assert all(not build.faults() for build in workspace.all_builds())
    assert len(workspace.all_builds()) == KEPT
