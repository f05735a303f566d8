"""Keys for programs that read over HTTP. The sign-in file holds their digests, never the keys."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256

from app.people.roles import Person, Role, Stranger

BEGINS = "whofunds_"
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
UNKNOWN = "This key is not known here. Whoever runs this server can give one: whofunds key NAME"


def new_key() -> str:
    """Return a random key that cannot be guessed."""
    return BEGINS + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """Return the digest of a key, as the sign-in file stores it."""
    return f"sha256:{sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def bearer(authorization: str) -> str | None:
    """Return the key in an Authorization header; "" for another way to sign in; None if there is no header."""
    if not authorization:
        return None
    scheme, _, key = authorization.strip().partition(" ")
    return key.strip() if scheme.casefold() == "bearer" else ""


def program_of(key: str, programs: Mapping[str, str]) -> Person | Stranger:
    """Return the program that owns a key, as a reader; a stranger if the key is unknown.

    `programs` has names by digest.
    """
    name = programs.get(digest_of(key))
    return Person(Role.READER, f"program {name}") if name else Stranger(UNKNOWN)
