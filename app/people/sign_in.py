"""The sign-in file: how people sign in and who may do what; read and checked, with errors that name the key."""

from __future__ import annotations

import ipaddress
import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.people.keys import DIGEST
from app.people.roles import Role
from graph.errors import WhofundsError

PAGE = "docs/deployment.md"
CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
FEWEST_SIGNS = 8  #: distinct ones in a secret; one made at random has more
PLACEHOLDERS = ("CLIENT-ID", "CLIENT-SECRET")  #: of docs/deployment/sign-in.toml, beside what begins with REPLACE
EXAMPLE_HOSTS = ("example", "example.com", "example.net", "example.org")  #: set aside by RFC 2606: nobody's
PATIENCE_SECONDS = 20  #: that a provider may take to answer
LONGEST_HOURS = 30 * 24  #: after which Streamlit's own cookie ends
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
ROLES = {role.word: role for role in Role}
PROGRAMS = "programs"
TABLES = {
    "auth": (*NEEDED, "client_kwargs"),
    "session": ("hours",),
    "people": (*ROLES, "identity", "accept_unverified_email"),
    "groups": (*ROLES, "claim"),
    PROGRAMS: (),  # names of the office's own
}


class SignInFault(WhofundsError):
    """The sign-in file cannot be used; nobody is let in until it is corrected."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in and who may do what."""

    auth: Mapping[str, Any]  #: of the provider, as Streamlit takes it
    hours: float  #: that a session lasts from its sign-in
    identity: str  #: claim that names a person
    accepts_unverified: bool  #: of e-mail addresses of which the provider does not say whether they are verified
    people: Mapping[str, Role]  #: identity, or "*@domain", or "*" -> role
    claim: str  #: claim that holds groups or roles; dots lead into it
    groups: Mapping[str, Role]  #: value of that claim -> role
    programs: Mapping[str, str] = field(default_factory=dict)  #: digest of a key -> name of the program that has it

    @property
    def address(self) -> str:
        """The address at which people open the app, as browsers write an origin; the provider leads back to it."""
        parts = urlsplit(str(self.auth["redirect_uri"]))
        return f"{parts.scheme}://{parts.netloc.lower()}"

    @property
    def is_https(self) -> bool:
        """True if browsers reach the app over TLS."""
        return str(self.auth["redirect_uri"]).startswith("https://")


def is_own_machine(host: str | None) -> bool:
    """Return True if an address or name means this machine only; no name server is asked."""
    if host is None:
        return False
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def read_sign_in(path: str | Path) -> SignIn:
    """Return the contents of the sign-in file; it is read again only if it has changed.

    Raises:
        SignInFault: It is missing or wrong; the message names file, key and remedy.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise SignInFault(f"{path}: cannot be read ({error.strerror}); {PAGE} shows what it holds") from error
    return _read(str(path), status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode)


@lru_cache(maxsize=4)
def _read(path: str, changed: int, size: int, number: int, mode: int) -> SignIn:
    if mode & stat.S_IWOTH:
        raise SignInFault(f"{path}: everybody on this machine can change it; chmod 600 {path}")
    try:
        with open(path, "rb") as file:
            values = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SignInFault(f"{path}: cannot be read as TOML ({error}); {PAGE} shows what it holds") from error
    try:
        return _sign_in(values)
    except ValueError as error:
        raise SignInFault(f"{path}: {error}; {PAGE} shows what it holds") from None


def _sign_in(values: Mapping[str, Any]) -> SignIn:
    for name, table in values.items():
        if name not in TABLES or not isinstance(table, dict):
            raise ValueError(f"'{name}' is no table of it; it has {', '.join(f'[{known}]' for known in TABLES)}")
        if (odd := [key for key in table if key not in TABLES[name]]) and name != PROGRAMS:
            raise ValueError(f"[{name}] has no {odd[0]!r}; it has {', '.join(TABLES[name])}")
    people, groups = values.get("people", {}), values.get("groups", {})
    claim = _text(groups, "groups", "claim") if groups else ""
    found = SignIn(
        auth=_auth(values.get("auth", {})),
        hours=_hours(values.get("session", {}).get("hours", 8)),
        identity=_text(people, "people", "identity") if "identity" in people else "email",
        accepts_unverified=_flag(people.get("accept_unverified_email", False)),
        people={each.casefold(): role for each, role in _listed(people, "people").items()},
        claim=claim,
        groups=_listed(groups, "groups"),
        programs=_programs(values.get(PROGRAMS, {})),
    )
    if not found.people and not found.groups:
        raise ValueError("nobody could come in; name people in [people] or groups in [groups]")
    return found


def _auth(table: Mapping[str, Any]) -> Mapping[str, Any]:
    texts = {key: _text(table, "auth", key) for key in NEEDED}
    _check_replaced(texts)
    secret, remedy = texts["cookie_secret"], "make one with: openssl rand -hex 32"
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"[auth] cookie_secret is shorter than {SHORTEST_SECRET} signs; {remedy}")
    if len(set(secret)) < FEWEST_SIGNS:
        raise ValueError(f"[auth] cookie_secret has fewer than {FEWEST_SIGNS} different signs; {remedy}")
    if not texts["redirect_uri"].endswith(CALLBACK):
        raise ValueError(f"[auth] redirect_uri is the app's address followed by {CALLBACK}")
    for key in ("redirect_uri", "server_metadata_url"):
        parts = urlsplit(texts[key])
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own_machine(parts.hostname)):
            raise ValueError(f"[auth] {key} does not begin with https://, which it must beyond this machine")
    more = table.get("client_kwargs", {})
    if not isinstance(more, dict):
        raise ValueError("[auth] client_kwargs is a table, such as { scope = 'openid email groups' }")
    return {**texts, "client_kwargs": {"timeout": PATIENCE_SECONDS, **more}}


def _check_replaced(texts: Mapping[str, str]) -> None:
    """Raise an error for a value copied from the template: anyone who knows the cookie secret can sign in as anybody.

    Raises:
        ValueError: A value is still a placeholder, or contains an example host.
    """
    remedies = {
        "cookie_secret": "put there what this prints: openssl rand -hex 32",
        "redirect_uri": f"put there the address of this app, followed by {CALLBACK}",
    }
    for key, text in texts.items():
        host = f".{urlsplit(text).hostname or ''}".rstrip(".") if "://" in text else ""
        is_placeholder = text.upper().startswith("REPLACE") or text.upper() in PLACEHOLDERS
        if is_placeholder or host.endswith(tuple(f".{name}" for name in EXAMPLE_HOSTS)):
            remedy = remedies.get(key, "put there what your provider shows for this app")
            raise ValueError(f"[auth] {key} is still the example of the template; {remedy}")


def _text(table: Mapping[str, Any], name: str, key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"[{name}] {key} is missing" if value in (None, "") else f"[{name}] {key} is not a text")
    return value.strip()


def _hours(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_HOURS:
        raise ValueError(f"[session] hours is a number up to {LONGEST_HOURS}")
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("[people] accept_unverified_email is true or false")
    return value


def _programs(table: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of programs by the digests of their keys."""
    for name, digest in table.items():
        if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
            raise ValueError(f"[{PROGRAMS}] {name} is no digest of a key; make one with: whofunds key {name}")
    return {digest: name for name, digest in table.items()}


def _listed(table: Mapping[str, Any], name: str) -> dict[str, Role]:
    """Return the role of each listed person; the highest if listed more than once."""
    found: dict[str, Role] = {}
    for word, role in ROLES.items():
        listed = table.get(word, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) and each.strip() for each in listed):
            raise ValueError(f'[{name}] {word} is a list of texts, such as ["jo@office.example"]')
        found.update({each.strip(): role for each in listed})  # the roles stand in rising order
    return found
