"""The line to a second reader: bounded in time and size, left alone after failures, and silent about the key."""

from __future__ import annotations

import json
import time

import pytest

from graph.chat import MOST_BYTES, Address, NoAnswer, place_of
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.extract.second_reader.address import address_of, is_asked
from ingest.extract.second_reader.transport import MOST_FAILURES, Line
from tests.second_reader_server import Answer, Asked, Drip, Raw, Status, second_reader

MESSAGES = [{"role": "system", "content": "rules"}, {"role": "user", "content": "{}"}]
KEY = "sk-top-secret"


def address(url: str, timeout_seconds: float = 2.0) -> Address:
    return address_of(
        Settings(
            second_reader=url,
            second_reader_key=KEY,
            second_reader_model="m",
            second_reader_timeout_seconds=timeout_seconds,
        )
    )


def test_a_question_is_sent_with_model_and_key_and_its_text_comes_back() -> None:
    with second_reader(lambda asked: "fine") as server:
        assert Line(address(server.address)).ask(MESSAGES) == "fine"
    (body,), (headers,) = server.sent, server.headers
    assert (body["model"], body["temperature"], body["messages"]) == ("m", 0, MESSAGES)
    assert headers["Authorization"] == f"Bearer {KEY}"


def test_an_address_of_this_machine_is_reached_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with second_reader(lambda asked: "fine") as server:
        assert Line(address(server.address)).ask(MESSAGES) == "fine"


def sleeps(asked: Asked) -> str:
    time.sleep(3)
    return "late"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(sleeps, "no answer within 0.4 seconds", id="slow"),
        pytest.param(lambda asked: Drip("x" * 50), "no answer within 0.4 seconds", id="drop by drop"),
        pytest.param(lambda asked: "x" * (MOST_BYTES + 1), "longer than 65,536 bytes", id="too long"),
        pytest.param(lambda asked: Raw(b"<html>no</html>"), "not of the form", id="no JSON"),
        pytest.param(lambda asked: Raw(b""), "not of the form", id="empty"),
        pytest.param(lambda asked: Raw(b"\xff\xfe\x00"), "not of the form", id="no text"),
        pytest.param(lambda asked: Raw(b"[" * 30_000), "not of the form", id="deep"),
        pytest.param(lambda asked: Raw(json.dumps({"choices": []}).encode()), "not of the form", id="no choice"),
        pytest.param(
            lambda asked: Raw(b'{"choices":[{"message":{"content":null}}]}'), "not of the form", id="no content"
        ),
        pytest.param(lambda asked: Status(500), "status 500", id="fault of the server"),
        pytest.param(lambda asked: Status(401), "status 401", id="wrong key"),
        pytest.param(lambda asked: Status(302), "status 302", id="redirect, which is not followed"),
        pytest.param(lambda asked: Status(307), "status 307", id="redirect that would send it all"),
    ],
)
def test_what_is_no_answer_is_said_within_the_time(answer: Answer, said: str) -> None:
    with second_reader(answer) as server:
        line = Line(address(server.address, 0.4 if "within" in said else 5.0))
        started = time.monotonic()
        with pytest.raises(NoAnswer, match=said) as caught:
            line.ask(MESSAGES)
        assert time.monotonic() - started < 2
        assert len(server.sent) == 1
    assert KEY not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_an_address_that_fails_is_left_alone_until_the_next_run() -> None:
    with second_reader(lambda asked: Status(503)) as server:
        line = Line(address(server.address))
        for _ in range(MOST_FAILURES + 4):
            with pytest.raises(NoAnswer):
                line.ask(MESSAGES)
        assert len(server.sent) == MOST_FAILURES
        assert line.is_left_alone
        line.begin()
        server.answer = lambda asked: "fine"
        assert line.ask(MESSAGES) == "fine"


def test_failures_with_answers_between_them_are_none_in_a_row() -> None:
    with second_reader(lambda asked: Status(503) if len(server.sent) % 2 else "fine") as server:
        line = Line(address(server.address))
        for turn in range(6):
            if turn % 2:
                line.ask(MESSAGES)
                line.answered()
            else:
                with pytest.raises(NoAnswer):
                    line.ask(MESSAGES)
        assert not line.is_left_alone


def test_an_address_where_nobody_listens_is_said() -> None:
    with pytest.raises(NoAnswer, match="cannot be reached"):
        Line(address("http://127.0.0.1:9/v1")).ask(MESSAGES)


@pytest.mark.parametrize(
    "url",
    [
        "somewhere",
        "file:///etc/passwd",
        "ftp://host/v1",
        "http://",
        "http://host:99999/v1",
        "http://ho st/v1",
        "http://[x/v1",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(WhofundsError, match="WHOFUNDS_SECOND_READER is not an address"):
        address(url)


@pytest.mark.parametrize("url", ["http://me:word@host/v1", "https://host/v1?key=word", "https://host/v1#word"])
def test_an_address_that_holds_a_secret_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(WhofundsError, match="set the bare address") as caught:
        address(url)
    assert "word" not in str(caught.value).replace("WHOFUNDS", "")


def test_a_key_that_would_break_a_header_is_refused_without_repeating_it() -> None:
    with pytest.raises(WhofundsError, match="WHOFUNDS_SECOND_READER_KEY") as caught:
        address_of(Settings(second_reader="http://host/v1", second_reader_key="word\r\nHost: other"))
    assert "word" not in str(caught.value)


def test_the_key_is_in_no_words_of_settings_or_address() -> None:
    settings = Settings(second_reader="http://host/v1", second_reader_key=KEY)
    assert KEY not in repr(settings)
    assert KEY not in repr(address_of(settings))


@pytest.mark.parametrize(("given", "waited"), [(-1.0, 0.1), (float("nan"), 0.1), (float("inf"), 600.0), (5.0, 5.0)])
def test_patience_has_bounds(given: float, waited: float) -> None:
    assert address("http://host/v1", given).timeout_seconds == waited


def test_only_the_place_of_an_address_is_shown() -> None:
    assert place_of("https://me:word@host.example:8443/v1?key=word") == "https://host.example:8443"
    assert place_of("http://[::1]:8080/v1") == "http://[::1]:8080"
    assert place_of("nonsense") == ""


def test_nobody_is_asked_unless_an_address_is_set() -> None:
    assert not is_asked(Settings())
    assert is_asked(Settings(second_reader="http://host/v1"))
