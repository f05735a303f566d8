"""Runs with a second reader: what is kept, what is asked again, what a dead address does, and what is never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.settings import Settings
from ingest.extract.account.measured import NEUTRAL, Measured, load_measured, write_measured
from ingest.extract.second_reader.consultation import begin_run
from ingest.extract.second_reader.kept_answers import FOLDER
from ingest.extract.second_reader.transport import MOST_FAILURES
from ingest.extract.weights import Weights, load_weights
from ingest.intake import publish_accepted, read_for_review
from ingest.pipeline import ingest
from ingest.report import DocumentStatus
from ingest.work import read_and_extract
from tests.ingest.extract.told import paper
from tests.ingest.read_here import reading_here
from tests.second_reader_server import Server, Status, second_reader

KEY = "sk-top-secret"
pytestmark = pytest.mark.usefixtures("without_model", "weak")


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put every sum in doubt, whatever the labels of today teach."""
    drawn = {slot: {name: one / 3 for name, one in own.items()} for slot, own in load_weights().slots.items()}
    monkeypatch.setattr("ingest.extract.weights.load_weights", lambda: Weights(drawn))
    monkeypatch.setattr("ingest.executor.reading_process", reading_here)


@pytest.fixture
def server() -> Iterator[Server]:
    with second_reader(lambda asked: {"recipient": "none"}) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, server: Server) -> Settings:
    return Settings(
        workspace=tmp_path / "workspace", second_reader=server.address, second_reader_model="m",
        second_reader_key=KEY, second_reader_timeout_seconds=3.0,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "papers"
    place.mkdir()
    for number in (1, 2, 3, 4, 5):
        text = paper(f"The Quillmere Club of Ward {number} will get £7,{number}00.", title=f"Paper {number}")
        (place / f"{number}.md").write_bytes(text.replace(b"12/2023", f"1{number}/2023".encode()))
    return place


def test_an_unchanged_document_is_not_asked_about_again(settings: Settings, server: Server, folder: Path) -> None:
    report = ingest([folder], settings)
    asked = len(server.asked)
    assert asked >= 5
    (said,) = [message for message in report.messages if message.startswith("second reader at http://127.0.0.1:")]
    assert f"asked about {asked} sums in doubt" in said
    assert len(list((settings.workspace / FOLDER).iterdir())) == asked
    again = ingest([folder], settings)
    assert again.count(DocumentStatus.UNCHANGED) == 5
    assert len(server.asked) == asked
    (folder / "1.md").write_bytes((folder / "1.md").read_bytes() + b"\nOne more line.\n")
    changed = ingest([folder], settings)
    assert changed.count(DocumentStatus.LOADED) == 1
    assert len(server.asked) == asked, "its sums and their neighbours are the same, so the kept answers hold"


def test_another_model_is_another_reader(settings: Settings, server: Server, folder: Path) -> None:
    ingest([folder], settings)
    asked = len(server.asked)
    report = ingest([folder], replace(settings, second_reader_model="other"))
    assert report.count(DocumentStatus.LOADED) == 5
    assert len(server.asked) == 2 * asked


def test_a_new_key_or_more_patience_reads_nothing_again(settings: Settings, server: Server, folder: Path) -> None:
    ingest([folder], settings)
    other = replace(settings, second_reader_key="sk-other", second_reader_timeout_seconds=9.0)
    assert ingest([folder], other).count(DocumentStatus.UNCHANGED) == 5


def test_a_dead_address_stops_no_batch_and_its_documents_are_read_again(
    settings: Settings, server: Server, folder: Path
) -> None:
    well, server.answer = server.answer, lambda asked: Status(503)
    report = ingest([folder], settings)
    assert len(server.asked) == MOST_FAILURES
    assert report.count(DocumentStatus.PARTLY) == 5
    assert all("gave no answer on" in document.issues[0] for document in report.documents)
    assert "left alone" in report.documents[-1].issues[0]
    server.answer = well
    again = ingest([folder], settings)
    assert again.count(DocumentStatus.LOADED) == 5
    assert ingest([folder], settings).count(DocumentStatus.UNCHANGED) == 5


def test_a_slow_address_costs_its_patience_a_few_times_and_no_more(
    settings: Settings, server: Server, folder: Path
) -> None:
    import time

    server.answer = lambda asked: time.sleep(5)
    started = time.monotonic()
    report = ingest([folder], replace(settings, second_reader_timeout_seconds=0.3))
    assert report.count(DocumentStatus.PARTLY) == 5
    assert len(server.asked) == MOST_FAILURES
    assert time.monotonic() - started < 30
    assert "no answer within 0.3 seconds" in report.documents[0].issues[0]


def test_nothing_is_sent_unless_it_is_set(settings: Settings, server: Server, folder: Path) -> None:
    report = ingest([folder], replace(settings, second_reader=""))
    assert report.count(DocumentStatus.LOADED) == 5
    assert not server.asked
    assert not any("second reader" in message for message in report.messages)
    assert not (settings.workspace / FOLDER).exists()


def test_the_key_is_sent_and_never_written(
    settings: Settings, server: Server, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    report = ingest([folder], settings)
    server.answer = lambda asked: Status(401)
    begin_run(settings)
    read_and_extract((folder / "1.md").read_bytes() + b"\nIt got \xc2\xa35 too.\n", "x.md", settings)
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    written = [path for path in settings.workspace.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert not written
    assert KEY not in caplog.text + json.dumps(report.to_json())


def test_a_review_writes_nothing_until_its_documents_are_accepted(
    settings: Settings, server: Server, folder: Path
) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())[:2]]
    pending = list(read_for_review(files, settings))
    assert len(server.asked) >= 2
    assert not settings.workspace.exists()
    publish_accepted(pending[:1], (), settings)
    kept = len(list((settings.workspace / FOLDER).iterdir()))
    assert 1 <= kept < len(server.asked)
    asked = len(server.asked)
    assert ingest([folder / "1.md"], settings).count(DocumentStatus.UNCHANGED) == 1
    assert len(server.asked) == asked


def test_reading_one_document_takes_kept_answers_and_writes_none(
    settings: Settings, server: Server, folder: Path
) -> None:
    read_and_extract(folder / "1.md", None, settings)
    assert not settings.workspace.exists()
    ingest([folder], settings)
    asked = len(server.asked)
    read_and_extract(folder / "1.md", None, settings)
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    "held", ["", "{", "[1]", '"x"', '{"recipient": "Evil Holdings Ltd"}', '{"recipient": 999, "amount": 1}', "[" * 9000]
)
def test_a_damaged_or_forged_answer_is_checked_like_a_new_one(
    settings: Settings, server: Server, folder: Path, held: str
) -> None:
    server.answer = lambda asked: {}
    ingest([folder / "1.md"], settings)
    for path in (settings.workspace / FOLDER).iterdir():
        path.write_text(held, encoding="utf-8")
    reading = read_and_extract(folder / "1.md", None, settings)
    plain = read_and_extract(folder / "1.md", None, replace(settings, second_reader=""))
    assert reading.record.flows == plain.record.flows


def test_figures_of_a_model_are_written_beside_those_of_others_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "second_reader.json"
    one = Measured({"fund": 0.9}, {"fund": 0.4}, ((0.1, 0.2), (1.0, 0.9)), {"sure": 2.0, "likely": 0.7})
    write_measured("m", one, file)
    write_measured("n", NEUTRAL, file)
    assert (load_measured("m", file), load_measured("n", file), load_measured("o", file)) == (one, NEUTRAL, NEUTRAL)


def test_figures_that_are_none_are_said_with_their_place(tmp_path: Path) -> None:
    from graph.errors import WhofundsError

    for number, text in enumerate(["{", '{"models": []}', '{"models": {"m": {"agrees": {"fund": 7}, "differs": {}}}}']):
        file = tmp_path / f"{number}.json"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(WhofundsError, match="make it anew with `make judge READER=address"):
            load_measured("m", file)


def test_a_model_that_was_never_measured_weighs_nothing() -> None:
    assert load_measured("a model of this test") == NEUTRAL
