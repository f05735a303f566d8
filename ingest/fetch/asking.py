"""Send one request at a time: robots.txt, pace, redirects, limits of size and time, and errors of servers."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx2
from protego import Protego

from graph.errors import WhofundsError
from ingest.fetch.addresses import host_of, joined, origin_of

AGENT = "whofunds"  #: our name in robots.txt
USER_AGENT = f"{AGENT}/0.1 (reads published funding decisions; keeps robots.txt)"
ACCEPTED = "text/html,application/xhtml+xml,application/pdf,application/json,text/csv,*/*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOST_REDIRECTS = 10
_MOST_ROBOTS = 512_000  #: bytes of robots.txt that are looked at, as RFC 9309 allows
_LONGEST_WAIT = 120.0  #: seconds that a server may ask to wait; beyond, the address is left for another run


class NotFetched(WhofundsError):
    """An address gave no usable content; the message gives the reason."""


class Forbidden(NotFetched):
    """The site's robots.txt forbids fetching this address."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Limits and pace for requests to a site."""

    delay_seconds: float = 1.0  #: between two requests to one host; robots.txt may ask for more
    timeout_seconds: float = 30.0  #: without a byte
    most_seconds: float = 300.0  #: the most time for one response
    most_bytes: int = 100_000_000
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The response of an address."""

    address: str  #: the requested one
    final: str  #: the address after redirects
    content: bytes
    is_same: bool = False  #: unchanged (304), or redirects to a held address; no content
    content_type: str = ""
    file_name: str = ""  #: as the server names the file
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Asker:
    """Sends polite requests. `requests` lists the addresses that were requested, without those of robots.txt."""

    transport: httpx2.BaseTransport
    manners: Manners = field(default_factory=Manners)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    requests: list[str] = field(default_factory=list)
    _robots: dict[str, Protego | str] = field(default_factory=dict)  #: or why nothing may be asked there
    _asked: dict[str, float] = field(default_factory=dict)

    def get(
        self, address: str, *, etag: str = "", last_modified: str = "",
        is_had: Callable[[str], bool] = lambda address: False,
    ) -> Answer:  # fmt: skip
        """Return the response of an address after redirects.

        Without content if it still matches `etag` or `last_modified`. `is_had` returns True for a redirect's target
        that need not be fetched, because it is held already.

        Raises:
            Forbidden: robots.txt of this site, or of a site that it redirects to, forbids it.
            NotFetched: There is no response, or none that can be kept.
            PrivateAddress: The address leads into a private network, which the settings do not allow.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        now = address
        for _ in range(_MOST_REDIRECTS + 1):
            rules = self._rules(now)
            if not rules.can_fetch(now, AGENT):
                raise Forbidden(f"{now}: robots.txt of this site does not want it fetched; open it in a browser")
            self.requests.append(now)
            response = self._send(now, {name: value for name, value in headers.items() if value}, rules)
            if response.status_code not in _REDIRECTS:
                return self._answer(address, now, response)
            target = joined(now, response.headers.get("location", ""))
            if target is None:
                raise NotFetched(f"{now}: leads on to no web address ({response.headers.get('location', '')!r})")
            if is_had(target):
                return Answer(address, target, b"", is_same=True)
            now = target
        raise NotFetched(f"{address}: leads on more than {_MOST_REDIRECTS} times; the site is set up wrongly")

    def _answer(self, address: str, final: str, response: httpx2.Response) -> Answer:
        status = response.status_code
        if status == 304:
            return Answer(address, final, b"", is_same=True)
        if status != 200:
            said = {404: "there is no such page", 410: "the page was taken away", 401: "one must sign in there",
                    403: "the site refuses us"}.get(status, response.reason_phrase)  # fmt: skip
            raise NotFetched(f"{final}: {said.lower() or 'no answer'} ({status}); check the address in a browser")
        head = response.headers
        return Answer(
            address, final, response.content, content_type=head.get("content-type", "").partition(";")[0].strip(),
            file_name=_file_name(head.get("content-disposition", "")), etag=head.get("etag", ""),
            last_modified=head.get("last-modified", ""),
        )  # fmt: skip

    def _rules(self, address: str) -> Protego:
        """Return the robots.txt rules of an address's host.

        By RFC 9309 everything is allowed if there is no such file.
        """
        origin = origin_of(address)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(f"{origin}/robots.txt")
        rules = self._robots[origin]
        if isinstance(rules, str):
            raise NotFetched(f"{address}: {rules}")
        return rules

    def _read_robots(self, address: str) -> Protego | str:
        now: str | None = address
        for _ in range(6):
            if now is None:
                break
            try:
                response = self._send(now, {}, None)
            except NotFetched as error:
                return f"its robots.txt could not be asked ({str(error).partition(': ')[2]})"
            status = response.status_code
            if status in _REDIRECTS:
                now = joined(now, response.headers.get("location", ""))
            elif status >= 500:
                return f"its robots.txt cannot be read now ({status}), so nothing is fetched; try again later"
            elif status >= 400:
                break
            else:
                return Protego.parse(response.content[:_MOST_ROBOTS].decode("utf-8", "replace"))
        return Protego.parse("")

    def _send(self, address: str, headers: dict[str, str], rules: Protego | None) -> httpx2.Response:
        """Return the response of one address without following redirects; repeat the request if the server is busy."""
        fault = ""
        for attempt in range(self.manners.tries):
            self._pace(address, rules)
            try:
                response = self._once(address, headers)
            except (httpx2.RequestError, httpx2.InvalidURL) as error:
                fault, wait = f"{address}: no answer ({error}); check the address and the connection", 2.0 * 2**attempt
            else:
                if response.status_code not in _AGAIN:
                    return response
                fault = f"{address}: the site is busy or broken ({response.status_code}); try again later"
                wait = _wait_said(response) or 2.0 * 2**attempt
                if attempt + 1 == self.manners.tries and rules is None:
                    return response
            if wait > _LONGEST_WAIT:
                raise NotFetched(f"{fault}, after {wait / 60:.0f} minutes")
            if attempt + 1 < self.manners.tries:
                self.sleep(wait)
        raise NotFetched(fault)

    def _once(self, address: str, headers: dict[str, str]) -> httpx2.Response:
        manners = self.manners
        sent = {"User-Agent": USER_AGENT, "Accept": ACCEPTED, "Accept-Language": "en-GB,en;q=0.8", **headers}
        started = self.clock()
        with (
            httpx2.Client(
                transport=_Shared(self.transport), timeout=manners.timeout_seconds, trust_env=False
            ) as client,
            client.stream("GET", address, headers=sent) as response,
        ):
            parts, size = [], 0
            for part in response.iter_bytes():
                size += len(part)
                if size > manners.most_bytes:
                    raise NotFetched(
                        f"{address}: more than the {manners.most_bytes / 1e6:.0f} MB allowed; "
                        "raise WHOFUNDS_MAX_DOCUMENT_MEGABYTES to fetch it"
                    )
                if self.clock() - started > manners.most_seconds:
                    raise NotFetched(f"{address}: not complete after {manners.most_seconds:.0f} s; try again later")
                parts.append(part)
            kept = [(name, value) for name, value in response.headers.items() if name != "content-encoding"]
            return httpx2.Response(response.status_code, headers=kept, content=b"".join(parts))

    def _pace(self, address: str, rules: Protego | None) -> None:
        host = host_of(address)
        asked = float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0
        if asked > _LONGEST_WAIT:
            raise Forbidden(f"{address}: robots.txt asks for {asked:.0f} s between two requests, longer than we wait")
        left = self._asked.get(host, -1e9) + max(self.manners.delay_seconds, asked) - self.clock()
        if left > 0:
            self.sleep(left)
        self._asked[host] = self.clock()


class _Shared(httpx2.BaseTransport):
    """A transport that outlives the clients that use it; none of the clients keeps cookies."""

    def __init__(self, transport: httpx2.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._transport.handle_request(request)


def _wait_said(response: httpx2.Response) -> float:
    """Return the seconds to wait that a server asks for (Retry-After); 0 if it does not say."""
    said = response.headers.get("retry-after", "")
    if said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0


def _file_name(disposition: str) -> str:
    """Return the file name in a Content-Disposition header; "" if there is none."""
    wide = re.search(r"filename\*\s{0,9}=\s{0,9}utf-8'[^']{0,20}'([^;]{1,500})", disposition, re.IGNORECASE)
    if wide:
        return unquote(wide[1].strip(' "'))
    plain = re.search(r'filename\s{0,9}=\s{0,9}(?:"([^"]{0,500})"|([^;]{1,500}))', disposition, re.IGNORECASE)
    return (plain[1] or plain[2] or "").strip() if plain else ""
