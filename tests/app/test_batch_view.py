"""A batch of added documents in words, and which batches the app holds."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from app import adding
from app.viewmodels.batch import outcome_view, progress_view, said_of
from graph.model import Unread
from ingest.batch import Stage
from tests.builders import make_award, make_evidence, make_record

NAME = "minutes [draft](http://example.org) *1*.md"


def batch(**given: Any) -> Any:
    usual = {"stage": Stage.READING, "found": [], "names": (NAME,), "waiting": (NAME,), "doing": NAME}
    return SimpleNamespace(**{**usual, "is_stopped": False, "broken_off": "", **given})


def test_the_words_of_the_bar_hold_no_name_of_a_file_as_they_are_markdown() -> None:
    view = progress_view(batch())
    assert (view.words, view.now) == ("0 of 1 file read.", f"Now: {NAME}")


def test_a_reading_that_broke_off_is_not_told_as_a_stop() -> None:
    broken = outcome_view(batch(stage=Stage.REVIEW, broken_off="The reading broke off."))
    assert broken.text.startswith("The reading broke off. 1 file not read")
    stopped = outcome_view(batch(stage=Stage.REVIEW, is_stopped=True))
    assert stopped.text.startswith("You stopped the reading. 1 file not read")
    assert broken.is_partial and stopped.is_partial


class Held:
    """Stands for a batch."""

    def __init__(self, id: str, stage: Stage = Stage.REVIEW) -> None:
        self.id, self.stage, self.is_stopped = id, stage, False

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    batches: dict[str, Any] = {}
    monkeypatch.setattr(adding, "_held", lambda: batches)
    monkeypatch.setattr(adding, "st", SimpleNamespace(session_state={}, query_params={}))
    return batches


def hold(each: Held) -> None:
    adding.hold(each)  # type: ignore[arg-type]


def test_a_published_batch_makes_room_before_one_that_is_looked_over(held: dict[str, Any]) -> None:
    first = [Held(str(number)) for number in range(adding.KEPT - 1)]
    published = Held("published", Stage.PUBLISHED)
    for each in (*first, published):
        hold(each)
    assert len(held) == adding.KEPT
    hold(Held("new"))
    assert list(held) == [*(each.id for each in first), "new"]
    hold(Held("newer"))
    assert first[0].id not in held and first[0].is_stopped
    assert not first[1].is_stopped


def test_batches_can_be_held_at_the_same_moment(held: dict[str, Any]) -> None:
    faults: list[BaseException] = []

    def visitor(name: int) -> None:
        try:
            for number in range(200):
                hold(Held(f"{name}-{number}"))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=visitor, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(held) == adding.KEPT


def read_pending(name: str, **given: Any) -> Any:
    record = make_record(document=name, **given)
    return SimpleNamespace(name=name, record=record, doubts=(), fault="")


def test_a_batch_says_which_figures_were_not_read() -> None:
    unread = Unread(11, (make_evidence("£5 for tea"),))
    found = [read_pending("a.md", unread=unread), read_pending("b.md", awards=[make_award()])]
    view = outcome_view(batch(stage=Stage.REVIEW, found=found, waiting=()))
    assert view.text.splitlines()[-1] == "11 figures were not read: in a.md."
    assert [said_of(each) for each in found] == [
        "read: 1 sum of money; 11 figures were not read; the first: “£5 for tea” (3.1)",
        "read: 1 sum of money, 1 award without a sum",
    ]
