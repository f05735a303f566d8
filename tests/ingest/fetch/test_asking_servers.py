"""Robots, pace, redirects, limits and faults of one request, with servers that are functions."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from ingest.fetch.asking import Asker, Forbidden, Manners, NotFetched
from ingest.fetch.connections import PrivateAddress, PublicNetwork, Transport, is_public

Answering = Callable[[httpx2.Request], httpx2.Response]


class Clock:
    """A clock that goes forward only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asker(answer: Answering, robots: str = "", manners: Manners | None = None) -> Asker:
    """Return an asker whose servers answer so; its clock is `asker.clock`."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/robots.txt":
            return httpx2.Response(200, text=robots) if robots else httpx2.Response(404)
        return answer(request)

    clock = Clock()
    return Asker(httpx2.MockTransport(handle), manners or Manners(), clock.sleep, clock)


def moved_to(address: str) -> httpx2.Response:
    return httpx2.Response(301, headers={"Location": address})


def test_robots_are_kept_of_every_site_on_the_way() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return moved_to("https://b.org/shut/1") if request.url.host == "a.org" else httpx2.Response(200, text="x")

    asking = asker(answer, "User-agent: *\nDisallow: /shut/\n\nUser-agent: other\nDisallow: /\n")
    with pytest.raises(Forbidden, match="robots"):
        asking.get("https://a.org/1")
    assert asking.requests == ["https://a.org/1"]
    with pytest.raises(Forbidden):
        asking.get("https://a.org/shut/2")


@pytest.mark.parametrize(("status", "is_free"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_whose_robots_are_out_of_order_is_left_alone(status: int, is_free: bool) -> None:
    asking = Asker(
        httpx2.MockTransport(
            lambda request: httpx2.Response(status if "robots" in request.url.path else 200, text="x")
        ),
        sleep=lambda seconds: None,
    )
    if is_free:
        assert asking.get("https://a.org/1").content == b"x"
    else:
        with pytest.raises(NotFetched, match="robots"):
            asking.get("https://a.org/1")


def test_a_redirect_leads_to_another_scheme_and_host() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        ways = {"http://a.org/1": "https://a.org/1", "https://a.org/1": "https://www.a.org/papers/1"}
        here = str(request.url)
        return moved_to(ways[here]) if here in ways else httpx2.Response(200, text="the paper")

    got = asker(answer).get("http://a.org/1")
    assert (got.address, got.final, got.content) == ("http://a.org/1", "https://www.a.org/papers/1", b"the paper")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.org/1", "javascript:alert(1)", ""])
def test_a_redirect_to_no_web_address_is_refused(target: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return moved_to(target)

    with pytest.raises(NotFetched):
        asker(answer).get("https://a.org/1")


def test_redirects_in_a_circle_end() -> None:
    with pytest.raises(NotFetched, match="leads on more than"):
        asker(lambda request: moved_to(str(request.url))).get("https://a.org/1")


def test_one_host_is_asked_at_its_pace_and_others_meanwhile() -> None:
    asking = asker(lambda request: httpx2.Response(200, text="x"), manners=Manners(delay_seconds=2.0))
    for address in ("https://a.org/1", "https://a.org/2", "https://b.org/1"):
        asking.get(address)
    assert isinstance(asking.clock, Clock)
    assert asking.clock.slept == [2.0, 2.0, 2.0]  # after robots.txt of a, between its pages, after robots.txt of b


def test_robots_may_ask_for_a_slower_pace() -> None:
    asking = asker(lambda request: httpx2.Response(200, text="x"), "User-agent: *\nCrawl-delay: 7\n")
    asking.get("https://a.org/1")
    asking.get("https://a.org/2")
    assert isinstance(asking.clock, Clock) and asking.clock.slept == [7.0, 7.0]


def test_a_pace_that_would_take_for_ever_is_said() -> None:
    asking = asker(lambda request: httpx2.Response(200, text="x"), "User-agent: *\nCrawl-delay: 86400\n")
    with pytest.raises(Forbidden, match="86400"):
        asking.get("https://a.org/1")


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    answers = iter([httpx2.Response(503, headers={"Retry-After": "5"}), httpx2.Response(200, text="x")])
    asking = asker(lambda request: next(answers))
    assert asking.get("https://a.org/1").content == b"x"
    assert isinstance(asking.clock, Clock) and 5.0 in asking.clock.slept


def test_a_server_that_wants_an_hour_is_left_for_another_run() -> None:
    asking = asker(lambda request: httpx2.Response(429, headers={"Retry-After": "3600"}))
    with pytest.raises(NotFetched, match="60 minutes"):
        asking.get("https://a.org/1")
    assert len(asking.requests) == 1


@pytest.mark.parametrize(("status", "words"), [(404, "no such page"), (403, "refuses"), (500, "busy or broken")])
def test_what_a_server_refuses_is_said_in_words(status: int, words: str) -> None:
    with pytest.raises(NotFetched, match=words):
        asker(lambda request: httpx2.Response(status)).get("https://a.org/1")


def test_a_server_that_cannot_be_reached_is_said() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")

    with pytest.raises(NotFetched, match="nobody there"):
        asker(answer).get("https://a.org/1")


def test_what_is_too_large_is_not_read_to_its_end() -> None:
    sent: list[int] = []

    def endless() -> httpx2.Response:
        def parts():  # type: ignore[no-untyped-def]
            for number in range(1000):
                sent.append(number)
                yield b"x" * 1000

        return httpx2.Response(200, content=parts())

    with pytest.raises(NotFetched, match="MB"):
        asker(lambda request: endless(), manners=Manners(most_bytes=10_000)).get("https://a.org/1")
    assert len(sent) < 100


def test_marks_are_sent_and_what_is_as_before_comes_without_content() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        same = request.headers.get("If-None-Match") == '"1"' and "If-Modified-Since" in request.headers
        return httpx2.Response(304 if same else 200, text="" if same else "x", headers={"ETag": '"1"'})

    asking = asker(answer)
    first = asking.get("https://a.org/1")
    assert (first.etag, first.is_same) == ('"1"', False)
    assert asking.get("https://a.org/1", etag='"1"', last_modified="Mon, 02 Nov 2026 09:00:00 GMT").is_same


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('attachment; filename="Notice 1.pdf"', "Notice 1.pdf"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename=\"x\"; filename*=UTF-8''Caf%C3%A9.pdf", "Caf\u00e9.pdf"),
        ("inline", ""),
    ],
)
def test_the_servers_name_of_a_file_is_read(head: str, name: str) -> None:
    got = asker(lambda request: httpx2.Response(200, text="x", headers={"Content-Disposition": head}))
    assert got.get("https://a.org/1").file_name == name


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255"],
)  # fmt: skip
def test_private_numbers_are_no_public_ones(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_numbers_of_the_internet_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["::1", "10.0.0.1"]])
def test_a_name_that_leads_into_a_private_network_is_refused(numbers: list[str]) -> None:
    transport = Transport(PublicNetwork(lookup=lambda host, port: numbers))
    with pytest.raises(PrivateAddress, match="private"):
        Asker(transport).get("http://intranet.example.org/")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://localhost:9/", "http://2130706433:9/"])
def test_this_machine_is_not_asked(address: str) -> None:
    with pytest.raises(PrivateAddress):
        Asker(Transport(PublicNetwork())).get(address)


def test_a_connection_goes_to_the_number_that_was_looked_at() -> None:
    looked: list[str] = []

    def lookup(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.1"]

    asking = Asker(Transport(PublicNetwork(private=True, lookup=lookup)), sleep=lambda seconds: None)
    with pytest.raises(NotFetched):
        asking.get("http://a.example.org:9/")  # nobody listens there
    assert set(looked) == {"a.example.org"}
