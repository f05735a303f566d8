"""One question sent and its answer taken back, within bounds of time and size; an address that fails is left alone."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from ingest.extract.second_reader.address import Address

MOST_BYTES = 65_536  #: of an answer
MOST_FAILURES = 3  #: in a row, after which an address is left alone
_MOST_TOKENS = 2000  #: that the model may write; one that thinks aloud needs some
_CHUNK = 8192

Message = dict[str, str]


class NoAnswer(Exception):
    """Why nothing came back, in words that hold nothing of what the server wrote."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what is sent goes to the address that was set, and nowhere else."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        """Return None, which makes an error of a redirect."""
        return None


class Line:
    """The line to one address for a run; after some failures in a row nothing more is sent on it."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.last_fault = ""
        self._failures = 0

    @property
    def is_left_alone(self) -> bool:
        """Return True once the address has failed so often that it is not asked any more."""
        return self._failures >= MOST_FAILURES

    def begin(self) -> None:
        """Begin a new run: the address may be asked again."""
        self._failures = 0

    def ask(self, messages: Sequence[Message]) -> str:
        """Return the text of the answer.

        Raises:
            NoAnswer: The address is left alone, or this time no usable answer came.
        """
        if self.is_left_alone:
            raise NoAnswer(f"left alone after {MOST_FAILURES} failures in a row")
        try:
            return _bounded(self.address, messages)
        except NoAnswer as error:
            self.failed(str(error))
            raise

    def failed(self, fault: str) -> None:
        """Count a failure: no answer, or one that nothing can be made of."""
        self._failures += 1
        self.last_fault = fault

    def answered(self) -> None:
        """Note a usable answer: failures before it are no failures in a row."""
        self._failures = 0


@cache
def line_to(address: Address) -> Line:
    """Return the line to an address, one in a process."""
    return Line(address)


def _bounded(address: Address, messages: Sequence[Message]) -> str:
    """Exchange in a thread of its own, so that no server, however slow in whichever part, is waited for longer."""
    found: list[str] = []
    faults: list[str] = []

    def work() -> None:
        try:
            found.append(_exchange(address, messages))
        except NoAnswer as error:
            faults.append(str(error))
        except urllib.error.HTTPError as error:
            faults.append(f"it answered with status {error.code}")
            error.close()
        except urllib.error.URLError as error:
            faults.append("it cannot be reached" if not isinstance(error.reason, TimeoutError) else _late(address))
        except TimeoutError:
            faults.append(_late(address))
        except Exception as error:  # whatever a server does, its words are not repeated
            faults.append(f"the exchange broke off ({type(error).__name__})")

    thread = threading.Thread(target=work, name="second-reader", daemon=True)
    thread.start()
    thread.join(address.timeout_seconds)
    if found:
        return found[0]
    raise NoAnswer(faults[0] if faults else _late(address))


def _late(address: Address) -> str:
    return f"no answer within {address.timeout_seconds:g} seconds"


def _is_here(address: Address) -> bool:
    """Return True for an address of this machine, which no proxy stands before."""
    host = urlsplit(address.url).hostname or ""
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _exchange(address: Address, messages: Sequence[Message]) -> str:
    until = time.monotonic() + address.timeout_seconds
    body: dict[str, Any] = {
        "messages": list(messages), "temperature": 0, "max_tokens": _MOST_TOKENS, "stream": False,
    }  # fmt: skip
    if address.model:
        body["model"] = address.model
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if address.key:
        headers["Authorization"] = f"Bearer {address.key}"
    request = urllib.request.Request(address.url, json.dumps(body).encode(), headers, method="POST")
    direct = [urllib.request.ProxyHandler({})] if _is_here(address) else []
    opener = urllib.request.build_opener(_NoRedirect, *direct)
    data = bytearray()
    with opener.open(request, timeout=address.timeout_seconds) as reply:
        while chunk := reply.read1(_CHUNK):
            data += chunk
            if len(data) > MOST_BYTES:
                raise NoAnswer(f"its answer is longer than {MOST_BYTES:,} bytes")
            if time.monotonic() > until:
                raise NoAnswer(_late(address))
    try:
        content = json.loads(bytes(data))["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise NoAnswer("its answer is not of the form that chat completions have")
    return content
