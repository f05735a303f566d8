"""Which workspace is meant where none is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app import cli
from graph.builds import finding
from graph.builds.finding import find_workspace, user_workspace
from graph.settings import Settings

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, whose folders these are")


def made(folder: Path) -> Path:
    (folder / "workspace" / "builds").mkdir(parents=True)
    return folder / "workspace"


@pytest.fixture
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder deep in one that may have a workspace; the user's data folder lies beside it."""
    here = tmp_path / "work" / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.delenv("WHOFUNDS_WORKSPACE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return here


def test_where_there_is_none_it_is_made_in_the_current_folder(below: Path) -> None:
    assert Settings.from_environment().workspace == Path("workspace")


@LINUX
def test_the_current_folders_goes_before_one_above_and_that_before_the_users(below: Path, tmp_path: Path) -> None:
    users, above, own = made(tmp_path / "data" / "whofunds"), made(below.parent.parent), made(below)
    assert find_workspace(os.environ) == Path("workspace")
    own.rename(below / "other")
    assert find_workspace(os.environ) == above
    above.rename(below.parent.parent / "other")
    assert find_workspace(os.environ) == users


def test_a_folder_of_that_name_without_builds_is_none(below: Path) -> None:
    (below.parent / "workspace").mkdir()
    assert find_workspace(os.environ) == Path("workspace")


def test_that_of_another_user_is_passed_over(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(below.parent)
    monkeypatch.setattr(finding.os, "getuid", lambda: os.stat(below).st_uid + 1)
    assert find_workspace(os.environ) == Path("workspace")


def test_a_setting_goes_before_what_is_found(below: Path) -> None:
    made(below)
    assert Settings.from_environment({"WHOFUNDS_WORKSPACE": "other"}).workspace == Path("other")
    assert Settings.from_environment({}, workspace=Path("third")).workspace == Path("third")


@LINUX
@pytest.mark.parametrize("given", ["", "/data"])
def test_the_users_folder_is_that_of_platformdirs(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.setenv("XDG_DATA_HOME", given)
    assert user_workspace(os.environ) == platformdirs.user_data_path("whofunds") / "workspace"


def test_a_command_says_which_it_found(below: Path, capsys: pytest.CaptureFixture[str]) -> None:
    above = made(below.parent)
    assert cli.main(["builds"]) == 1
    assert f"the workspace is {above}" in capsys.readouterr().err
    assert cli.main(["builds", "--workspace", str(above)]) == 1
    assert "the workspace is" not in capsys.readouterr().err
