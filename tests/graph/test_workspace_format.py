"""The format of a workspace: newer ones are refused, older ones are brought up to ours and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.builds.digests import FILE as DIGESTS
from graph.builds.digests import read_digests, write_digests
from graph.builds.format import FORMAT, check_format
from graph.builds.manifest import Manifest
from graph.builds.workspace import Workspace
from graph.errors import DamagedWorkspace
from tests.graph.test_builds import publish


def test_a_new_workspace_has_our_format(tmp_path: Path) -> None:
    publish(Workspace(tmp_path))
    assert check_format(tmp_path) == FORMAT


def test_a_newer_workspace_is_neither_read_nor_written(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace)
    (tmp_path / "workspace.json").write_text(f'{{"format": {FORMAT + 1}}}')
    with pytest.raises(DamagedWorkspace, match=r"newer whofunds .*update whofunds"):
        workspace.current()
    with pytest.raises(DamagedWorkspace, match="newer whofunds"), workspace.publishing():
        pass


def test_a_damaged_format_file_locks_nobody_out(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    build = publish(workspace)
    (tmp_path / "workspace.json").write_text("{")
    assert workspace.current().id == build.id


def test_any_file_name_stands_in_the_list_of_digests(tmp_path: Path) -> None:
    names = ["a b", "back\\slash", "new\nline", "\\n", "é", "return\r", "kept/added/a.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    contents = write_digests(tmp_path)
    assert set(read_digests(tmp_path, contents)) == set(names)
    (tmp_path / DIGESTS).write_text("x")
    assert set(read_digests(tmp_path, contents)) == set(names)
    (tmp_path / "copies" / DIGESTS).unlink()
    with pytest.raises(DamagedWorkspace, match="whofunds repair"):
        read_digests(tmp_path, contents)


def test_a_shared_file_that_was_altered_is_noticed_in_both_builds(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = publish(workspace)
    (first.path / "what.txt").write_text("damaged")
    with workspace.publishing() as draft:
        draft.begin()
        second = draft.publish(Manifest(draft.id, "2026-01-02", ()))
    assert [fault.path for fault in first.faults()] == ["what.txt"]
    assert not (second.path / "what.txt").exists()  # damaged and nowhere else: left out, and not taken for whole
