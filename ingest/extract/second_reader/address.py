"""Where a second reader is, as the settings say, and what of that may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graph.errors import WhofundsError
from graph.settings import Settings

_PATH = "/chat/completions"
_LEAST_SECONDS, _MOST_SECONDS = 0.1, 600.0


@dataclass(frozen=True, slots=True)
class Address:
    """An OpenAI-compatible address, the model to ask for, and how long to wait. The key is never shown."""

    url: str
    model: str
    timeout_seconds: float
    key: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What figures and answers are kept under: the model, or the address where no model is set."""
        return self.model or self.url


def is_asked(settings: Settings) -> bool:
    """Return True if documents are read with a second reader."""
    return bool(settings.second_reader)


def address_of(settings: Settings) -> Address:
    """Return the second reader's address.

    Raises:
        WhofundsError: It is no address of the web, or holds what belongs elsewhere; the message does not repeat it.
    """
    given = settings.second_reader.strip().rstrip("/")
    try:
        parts = urlsplit(given)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_web = False
    if not is_web or not given.isascii() or any(sign.isspace() for sign in given):
        raise WhofundsError(
            "WHOFUNDS_SECOND_READER is not an address such as http://127.0.0.1:8080/v1; set one, or unset it."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WhofundsError(
            "WHOFUNDS_SECOND_READER holds a name, a key or a query; set the bare address, and the key in "
            "WHOFUNDS_SECOND_READER_KEY."
        )
    key = settings.second_reader_key
    if not key.isascii() or not key.isprintable() or " " in key:
        raise WhofundsError("WHOFUNDS_SECOND_READER_KEY holds spaces or signs that no key has; set it anew.")
    url = given if given.endswith(_PATH) else given + _PATH
    patience = min(max(_LEAST_SECONDS, settings.second_reader_timeout_seconds), _MOST_SECONDS)
    return Address(url, settings.second_reader_model, patience, key)


def place_of(address: str) -> str:
    """Return the part of an address that says where things go: "http://127.0.0.1:8080"; "" for no address."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}" if host and parts.scheme else ""
