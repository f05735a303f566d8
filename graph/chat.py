"""One exchange with a language model at an OpenAI-compatible address of the user's own, within limits of time and size.

Error messages repeat neither the key nor anything that the server wrote.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from graph.errors import WhofundsError

MOST_BYTES = 65_536  #: of an answer
_PATH = "/chat/completions"
_LEAST_SECONDS, _MOST_SECONDS = 0.1, 600.0
_CHUNK = 8192

Message = dict[str, str]


class NoAnswer(Exception):
    """The reason why no answer came, in words that repeat nothing of what the server wrote."""


@dataclass(frozen=True, slots=True)
class Address:
    """An OpenAI-compatible address, the model to ask for, and how long to wait. Its `repr` hides the key."""

    url: str
    model: str
    timeout_seconds: float
    key: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The name under which the model's answers are kept: the model, or the address if no model is set."""
        return self.model or self.url


def address_of(given: str, *, model: str, key: str, timeout_seconds: float, setting: str) -> Address:
    """Return the address that settings give, checked.

    Args:
        given: The address as it is set.
        model: The model to ask for; "" for the server's own.
        key: The bearer token to send; "" for none.
        timeout_seconds: How long to wait; limited to between 0.1 and 600 seconds.
        setting: The name of the setting that holds the address, such as "WHOFUNDS_LLM_ENDPOINT".

    Raises:
        WhofundsError: It is no web address, or has a user name, password or query in it, or the key has characters that
            no
            key has. The message repeats neither.
    """
    given = given.strip().rstrip("/")
    try:
        parts = urlsplit(given)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_web = False
    key_setting = f"{setting.removesuffix('_ENDPOINT')}_KEY"
    if not is_web or not given.isascii() or any(sign.isspace() for sign in given):
        raise WhofundsError(f"{setting} is not an address such as http://127.0.0.1:8080/v1; set one, or unset it.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WhofundsError(
            f"{setting} holds a name, a key or a query; set the bare address, and the key in {key_setting}."
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise WhofundsError(f"{key_setting} holds spaces or signs that no key has; set it anew.")
    url = given if given.endswith(_PATH) else given + _PATH
    return Address(url, model, min(max(_LEAST_SECONDS, timeout_seconds), _MOST_SECONDS), key)


def place_of(address: str) -> str:
    """Return scheme, host and port of an address: "http://127.0.0.1:8080"; "" for text that is no address."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}" if host and parts.scheme else ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that the question and the key go only to the address that was set."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        """Return None, which turns a redirect into an error."""
        return None


def answer_from(address: Address, messages: Sequence[Message], *, most_tokens: int) -> str:
    """Return the text of the model's answer to some messages.

    The exchange runs in a thread of its own, so that the caller never waits longer than the address allows.

    Raises:
        NoAnswer: No usable answer came in time.
    """
    found: list[str] = []
    faults: list[str] = []

    def work() -> None:
        try:
            found.append(_exchange(address, messages, most_tokens))
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

    thread = threading.Thread(target=work, name="language-model", daemon=True)
    thread.start()
    thread.join(address.timeout_seconds)
    if found:
        return found[0]
    raise NoAnswer(faults[0] if faults else _late(address))


def _late(address: Address) -> str:
    return f"no answer within {address.timeout_seconds:g} seconds"


def _is_here(address: Address) -> bool:
    """Return True for an address of this machine, for which no proxy is used."""
    host = urlsplit(address.url).hostname or ""
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _exchange(address: Address, messages: Sequence[Message], most_tokens: int) -> str:
    until = time.monotonic() + address.timeout_seconds
    body: dict[str, Any] = {
        "messages": list(messages), "temperature": 0, "max_tokens": most_tokens, "stream": False,
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
