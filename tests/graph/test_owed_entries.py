"""What was published or rolled back stands in the audit log once, also where the process was killed before it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph import audit
from graph.audit import Event, audit_file, entries, record
from graph.builds.build import Build
from graph.builds.manifest import Manifest
from graph.builds.owed_entries import FILE
from graph.builds.workspace import Workspace
from graph.settings import Settings

ANN, BEN = "Ann Lee", "Ben Ode"


def workspace_of(folder: Path, who: str) -> Workspace:
    path = folder / "workspace"
    return Workspace(path, settings=Settings(workspace=path, who=who))


def publish(workspace: Workspace, who: str) -> Build:
    with workspace.publishing() as draft:
        draft.begin()
        base = draft.base()
        draft.tell(Settings(workspace=workspace.path, who=who), Event.ADDITION, names=["a.md"])
        return draft.publish(Manifest(draft.id, "2026-01-01", (), base=base.id if base else ""))


def said(workspace: Workspace) -> list[tuple[str, str, str]]:
    return [(each.event, each.who, each.details["build"]) for each in entries(Settings(workspace=workspace.path))]


def killed(monkeypatch: pytest.MonkeyPatch, place: str, act: Callable[[], object]) -> None:
    def stop(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(place, stop)
        with pytest.raises(KeyboardInterrupt):
            act()


BEFORE_POINTER = "graph.builds.workspace.write_pointer"
AFTER_POINTER = ["graph.builds.journal.finish", "graph.builds.owed_entries.pay"]


@pytest.mark.parametrize("place", AFTER_POINTER)
def test_a_publication_that_was_killed_before_the_log_is_in_it_after_the_next_hold(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = workspace_of(tmp_path, ANN), workspace_of(tmp_path, BEN)
    killed(monkeypatch, place, lambda: publish(ann, ANN))
    build = ann.current().id
    assert said(ann) == []
    with ben.held():
        pass
    assert said(ann) == [("publication", ANN, build), ("addition", ANN, build)]
    with ben.held():
        pass
    assert len(said(ann)) == 2
    assert not (ann.path / FILE).exists()


def test_a_publication_that_was_killed_before_the_pointer_is_never_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = workspace_of(tmp_path, ANN)
    first = publish(ann, ANN)
    killed(monkeypatch, BEFORE_POINTER, lambda: publish(ann, BEN))
    with ann.held():
        pass
    assert {build for _, _, build in said(ann)} == {first.id}
    assert not (ann.path / FILE).exists()


def test_entries_that_were_added_before_the_kill_are_not_added_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = workspace_of(tmp_path, ANN)
    adds = audit.add

    def add_and_die(settings: Settings, entry: dict[str, object]) -> bool:
        adds(settings, entry)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("graph.builds.owed_entries.add", add_and_die)
        with pytest.raises(KeyboardInterrupt):
            publish(ann, ANN)
    assert [event for event, _, _ in said(ann)] == ["publication"]
    with ann.held():
        pass
    assert [event for event, _, _ in said(ann)] == ["publication", "addition"]


@pytest.mark.parametrize("is_done", [False, True])
def test_a_roll_back_that_was_killed_is_in_the_log_if_it_was_done(
    tmp_path: Path, is_done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = workspace_of(tmp_path, ANN)
    first = publish(ann, ANN)
    publish(ann, ANN)
    killed(monkeypatch, AFTER_POINTER[1] if is_done else BEFORE_POINTER, workspace_of(tmp_path, BEN).rollback)
    with ann.held():
        pass
    assert (ann.current().id == first.id) is is_done
    assert [each for each in said(ann) if each[0] == "roll-back"] == [("roll-back", BEN, first.id)] * is_done
    assert len(ann.builds()) == 2


def test_what_a_full_disk_kept_out_of_the_log_is_added_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = workspace_of(tmp_path, ANN)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(audit, "_add", full)
        first = publish(ann, ANN)
        second = publish(ann, BEN)
    assert said(ann) == []
    with ann.held():
        pass
    assert [(who, build) for _, who, build in said(ann)] == [
        (ANN, first.id), (ANN, first.id), (ANN, second.id), (BEN, second.id)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "[]", "null", '{"build": 1}', '{"build": "x", "entries": [1], "earlier": []}'])
def test_a_damaged_note_of_what_is_owed_stops_nothing(tmp_path: Path, text: str) -> None:
    ann = workspace_of(tmp_path, ANN)
    publish(ann, ANN)
    (ann.path / FILE).write_text(text)
    record(Settings(workspace=ann.path), Event.EXPORT, build="")
    publish(ann, ANN)
    assert len(said(ann)) == 5
    assert audit_file(Settings(workspace=ann.path)).is_file()
