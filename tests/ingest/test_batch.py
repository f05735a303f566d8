"""Files added together: read behind the scenes, stopped half-way, looked over, published."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.builds.workspace import Workspace
from graph.corrections.correction import Action, CorrectionRefused
from graph.model import Entity, EntityKind
from graph.settings import Settings
from ingest import batch as batch_module
from ingest.apart import Limits, ReadingProcess, reading_process
from ingest.batch import Batch, Stage
from ingest.correcting import withdrawal
from ingest.intake import read_for_review, read_in
from ingest.review import Review, queue

ONE = b"""# PCD 9101 Homes
- Reference: PCD 9101
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2024-07-06

1. Approve a grant of \xc2\xa312,345 to SafeLives for Drive in Croydon in 2024/25.
2. Approve a grant of \xc2\xa320,000 to Utterly New Shelter CIC for Drive in Croydon in 2024/25.
"""
TWO = ONE.replace(b"9101", b"9102").replace(b"12,345", b"54,321")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path / "workspace", model_folder="/nonexistent")


def read(settings: Settings, *files: tuple[str, bytes]) -> Batch:
    batch = Batch(files, settings)
    batch.wait(60)
    assert batch.stage is Stage.REVIEW
    return batch


def test_one_bad_file_never_stops_the_others(settings: Settings) -> None:
    bad = [("zero.pdf", b""), ("broken.pdf", b"%PDF-1.4 no"), ("sheet.ods", b"PK"), ("no.md", b"Hi")]
    batch = read(settings, ("one.md", ONE), *bad, ("again.md", ONE), ("two.md", TWO))
    faults = {pending.name: pending.fault for pending in batch.found}
    assert [name for name, fault in faults.items() if not fault] == ["one.md", "two.md"]
    assert "empty" in faults["zero.pdf"]
    assert "damaged" in faults["broken.pdf"]
    assert "files of this kind are not read" in faults["sheet.ods"]
    assert "the same content as one.md in this batch" in faults["again.md"]
    assert "no decision recognised" in faults["no.md"]


def test_stopping_keeps_what_was_read_and_the_rest_can_be_read_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[Batch] = []

    def stopping(files: Any, settings: Settings, **given: Any) -> Any:
        for pending in read_for_review(files, settings, **given):
            if pending.name == "two.md":
                held[0].stop()
            yield pending

    monkeypatch.setattr(batch_module, "read_for_review", stopping)
    monkeypatch.setattr(batch_module.Batch, "_begin", lambda self, work: held.append(self))
    batch = Batch([("one.md", ONE), ("two.md", TWO)], settings)
    batch._thread = batch_module.threading.current_thread()
    batch._read()
    assert [pending.name for pending in batch.found] == ["one.md"]
    assert batch.is_stopped and batch.waiting == ("two.md",)
    monkeypatch.undo()
    batch.read_rest()
    batch.wait(60)
    assert [pending.name for pending in batch.found] == ["one.md", "two.md"]
    assert not batch.waiting


def test_a_file_that_ends_the_process_is_refused_and_the_next_one_is_read(settings: Settings) -> None:
    process = ReadingProcess(Limits.of(settings))
    found = read_in(process, "one.md", ONE, (), settings)
    assert found.record is not None and found.data == ONE
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    assert "ended the process that read it" in read_in(process, "two.md", TWO, (), settings).fault
    assert read_in(process, "two.md", TWO, (), settings).record is not None
    process.close()
    assert process.pid is None


def test_a_stop_in_mid_read_ends_the_process_and_keeps_what_was_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[Batch] = []
    pids: list[int] = []

    @contextmanager
    def stopping(settings: Settings, is_stopped: Callable[[], bool]) -> Iterator[ReadingProcess]:
        """Have the batch stopped by a person while the second file is read."""

        def is_stopped_by_now() -> bool:
            if batches and batches[0].found:
                assert process.pid is not None
                pids.append(process.pid)
                batches[0].stop()
            return is_stopped()

        with reading_process(settings, is_stopped_by_now) as process:
            yield process

    monkeypatch.setattr(batch_module, "reading_process", stopping)
    long = TWO + b"".join(b"%d. Note the report on Drive of 2023/24.\n" % number for number in range(3, 6_000))
    batches.append(Batch([("one.md", ONE), ("long.md", long)], settings))
    batches[0].wait(60)
    assert [pending.name for pending in batches[0].found] == ["one.md"]
    assert batches[0].is_stopped and batches[0].stage is Stage.REVIEW
    assert pids
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_fault_of_the_app_is_not_told_as_a_stop_and_the_rest_can_be_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(files: Any, settings: Settings, **given: Any) -> Any:
        yield next(iter(read_for_review(files, settings, **given)))
        raise RuntimeError("no more")

    monkeypatch.setattr(batch_module, "read_for_review", failing)
    batch = read(settings, ("one.md", ONE), ("two.md", TWO))
    assert not batch.is_stopped and batch.waiting == ("two.md",)
    assert "broke off at two.md" in batch.broken_off and "Read the rest" in batch.broken_off
    monkeypatch.undo()
    batch.read_rest()
    batch.wait(60)
    assert (batch.broken_off, batch.waiting) == ("", ())


@pytest.mark.parametrize("is_faulty", [False, True])
def test_a_reader_that_another_replaced_changes_nothing(
    is_faulty: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(files: Any, settings: Settings, **given: Any) -> Any:
        if is_faulty:
            raise RuntimeError("too late")
        yield from read_for_review(files, settings, **given)

    monkeypatch.setattr(batch_module, "read_for_review", late)
    monkeypatch.setattr(batch_module.Batch, "_begin", lambda self, work: None)
    batch = Batch([("one.md", ONE)], settings)
    batch._thread = batch_module.threading.Thread()
    batch._read()
    assert (batch.stage, batch.found, batch.broken_off) == (Stage.READING, [], "")


def test_a_batch_is_published_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = read(settings, ("one.md", ONE))
    works: list[Any] = []
    monkeypatch.setattr(batch, "_begin", works.append)
    batch.publish()
    with pytest.raises(CorrectionRefused, match="being published already"):
        batch.publish()
    assert len(works) == 1
    batch.stage = Stage.READING
    with pytest.raises(CorrectionRefused, match="still being read"):
        batch.publish()


def test_a_correction_can_be_taken_back_where_it_is_gone_already(settings: Settings) -> None:
    record = read(settings, ("one.md", ONE)).found[0].record
    assert record is not None
    made = withdrawal(record, record.flows[0], who="A. Reader", why="twice")
    review = Review(drafts=[made])
    review.take_back(made)
    review.take_back(made)
    assert review.drafts == []


def test_what_was_accepted_is_published_with_what_was_changed(settings: Settings) -> None:
    batch = read(settings, ("one.md", ONE), ("two.md", TWO))
    record = batch.found[0].record
    assert record is not None
    batch.review.who = "A. Reader"
    batch.review.set_document("two.md", accepted=False)
    batch.review.set_sum("one.md", record.flows[0].id, accepted=False)
    (new,) = [each for each in queue(batch.review.accepted(batch.found)) if "Shelter" in each.new.entity.name]
    batch.review.set_same(new.new.entity, "Refuge")
    batch.publish()
    batch.wait(120)
    assert batch.stage is Stage.PUBLISHED, batch.fault
    (published,) = Workspace(settings.workspace, settings=settings).current().records()
    assert [flow.recipient and flow.recipient.name for flow in published.flows] == ["Refuge"]


def test_a_publication_that_fails_leaves_the_batch_for_another_try(settings: Settings) -> None:
    batch = read(settings, ("one.md", ONE))
    settings.workspace.parent.mkdir(exist_ok=True)
    settings.workspace.write_text("a file where the folder should be")
    batch.publish()
    batch.wait(60)
    assert batch.stage is Stage.REVIEW
    assert batch.fault


def test_a_change_without_a_name_is_refused(settings: Settings) -> None:
    batch = read(settings, ("one.md", ONE))
    record = batch.found[0].record
    assert record is not None
    batch.review.set_sum("one.md", record.flows[0].id, accepted=False)
    with pytest.raises(CorrectionRefused, match="write your name"):
        batch.publish()
    batch.review.who = "A. Reader"
    (withdrawn,) = batch.review.corrections(batch.found)
    assert (withdrawn.action, withdrawn.who) == (Action.WITHDRAW, "A. Reader")


def test_a_name_that_stays_new_is_no_correction() -> None:
    review = Review()
    new = Entity("new-a", "A", EntityKind.ORGANISATION, verified=False)
    review.set_same(new, "Refuge")
    review.set_same(new, "")
    assert review.same_as == {}


def test_a_decision_that_is_loaded_from_another_file_is_told(settings: Settings) -> None:
    batch = read(settings, ("one.md", ONE))
    batch.publish()
    batch.wait(120)
    other = read(settings, ("other.md", ONE.replace(b"SafeLives", b"Respect")), ("same.md", ONE), ("one.md", ONE))
    notes = {pending.name: " ".join((*pending.notes, pending.fault)) for pending in other.found}
    assert "PCD 9101 is loaded already, from one.md" in notes["other.md"]
    assert "the same content as one.md, which is loaded already" in notes["same.md"]
    assert "the same content as same.md in this batch" in notes["one.md"]
