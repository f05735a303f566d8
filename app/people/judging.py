"""Turn the claims of an OpenID provider into a person with a role, or into a stranger with a reason."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from hashlib import sha256
from typing import Any

from app.people.roles import Person, Role, Stranger
from app.people.sign_in import SignIn

AHEAD_SECONDS = 300  #: that a provider's clock may be ahead of ours
OF_A_SIGN_IN = ("iss", "sub", "iat", "nonce", "at_hash", "jti", "sid")
LONGEST = 200  #: of an identity; no provider's is longer
OVER = "Your session has ended. Sign in again to go on."


def judge(claims: Mapping[str, Any], rules: SignIn, *, now: float, ended: Container[str] = ()) -> Person | Stranger:
    """Return the person whom the claims identify now, or a stranger.

    Args:
        claims: The claims signed by the provider, and Streamlit's `is_logged_in`.
        rules: The sign-in file: who has which role.
        now: Seconds since 1970.
        ended: Keys of sign-ins that were ended by a sign-out.
    """
    if claims.get("is_logged_in") is not True:
        return Stranger()
    session = session_key(claims)
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float) or session in ended:
        return Stranger(OVER)
    if not -AHEAD_SECONDS <= now - issued < rules.hours * 3600:
        return Stranger(OVER)
    identity = _one_line(claims.get(rules.identity)).casefold()
    if not identity:
        return Stranger(f"The sign-in gave no {rules.identity!r}, by which people are known here.", session=session)
    if rules.identity == "email" and not _is_verified(claims, rules):
        said = f"The provider does not vouch for the address {identity}, so it does not count here."
        return Stranger(said, identity, session)
    role = max(_roles(identity, claims, rules), default=None)
    if role is None:
        said = f"{identity} is signed in, and has no role here. Whoever runs this app can give one."
        return Stranger(said, identity, session)
    return Person(role, identity, _one_line(claims.get("name")), session)


def session_key(claims: Mapping[str, Any]) -> str:
    """Return the key of a sign-in, by which it can be ended; a hash that reveals no claim."""
    told = json.dumps([claims.get(name) for name in OF_A_SIGN_IN], default=str)
    return sha256(told.encode()).hexdigest()[:32]


def _is_verified(claims: Mapping[str, Any], rules: SignIn) -> bool:
    verified = claims.get("email_verified")
    return verified in (True, "true") or (verified is None and rules.accepts_unverified)


def _roles(identity: str, claims: Mapping[str, Any], rules: SignIn) -> Iterable[Role]:
    domain = identity.rpartition("@")[2] if "@" in identity else ""
    for listed in (identity, f"*@{domain}" if domain else "", "*"):
        if listed in rules.people and (listed != identity or "*" not in identity):
            yield rules.people[listed]
    for value in _values(claims, rules.claim):
        if value in rules.groups:
            yield rules.groups[value]


def _values(claims: Mapping[str, Any], claim: str) -> list[str]:
    """Return the values of a claim.

    "realm_access.roles" leads into a nested claim, unless a claim has this whole name.
    """
    if not claim:
        return []
    value: Any = claims.get(claim)
    if value is None:
        value = claims
        for part in claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, str)]


def _one_line(value: object) -> str:
    """Return a text without control characters, with single spaces; "" if it is missing or far too long."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
