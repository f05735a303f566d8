"""Claims to a person with a role: by address, domain and group, while the session lasts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.people.judging import judge, session_key
from app.people.roles import Person, Role, Stranger
from app.people.sign_in import SignIn

NOW = 1_800_000_000.0
CLAIMS: dict[str, Any] = {
    "is_logged_in": True, "iss": "https://id.example", "sub": "1", "iat": NOW - 60, "nonce": "n",
    "email": "Jo@Office.example", "email_verified": True, "name": "Jo\n Smith\u202e",
}  # fmt: skip


def rules(**more: Any) -> SignIn:
    values: dict[str, Any] = {
        "auth": {"redirect_uri": "https://w.example/oauth2callback"}, "hours": 8.0, "identity": "email",
        "accepts_unverified": False, "people": {"jo@office.example": Role.EDITOR, "*@office.example": Role.READER},
        "claim": "groups", "groups": {"press": Role.PUBLISHER},
    }  # fmt: skip
    return SignIn(**{**values, **more})


def role_of(found: Person | Stranger) -> Role | None:
    return found.role if isinstance(found, Person) else None


def test_a_person_has_the_role_of_their_address_and_is_called_by_it() -> None:
    found = judge(CLAIMS, rules(), now=NOW)
    assert isinstance(found, Person)
    assert (found.role, found.label) == (Role.EDITOR, "jo@office.example (Jo Smith)")
    assert found.may(Role.READER) and found.may(Role.EDITOR) and not found.may(Role.PUBLISHER)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "an@office.example"}, Role.READER),
        ({"email": "an@elsewhere.example"}, None),
        ({"email": "an@sub.office.example"}, None),
        ({"email": "an@notoffice.example"}, None),
        ({"email": "an@elsewhere.example", "groups": ["press", 3]}, Role.PUBLISHER),
        ({"email": "an@elsewhere.example", "groups": "press"}, Role.PUBLISHER),
        ({"email": "an@elsewhere.example", "groups": "press reading"}, None),
        ({"groups": ["press"]}, Role.PUBLISHER),
        ({"email": "*@office.example"}, None),
        ({"email": "*"}, None),
        ({"email": ""}, None),
        ({"email": ["jo@office.example"]}, None),
        ({"email": "jo@office.example" + "x" * 300}, None),
        ({"email_verified": False}, None),
        ({"email_verified": None}, None),
        ({"email_verified": "false"}, None),
        ({"email_verified": "true"}, Role.EDITOR),
        ({"is_logged_in": False}, None),
        ({"is_logged_in": "yes"}, None),
        ({"iat": NOW - 8 * 3600 + 1}, Role.EDITOR),
        ({"iat": NOW - 8 * 3600}, None),
        ({"iat": NOW + 299}, Role.EDITOR),
        ({"iat": NOW + 301}, None),
        ({"iat": None}, None),
        ({"iat": True}, None),
        ({"iat": "1800000000"}, None),
        ({"iat": float("nan")}, None),
    ],
)
def test_roles_and_ends_of_sessions(claims: dict[str, Any], role: Role | None) -> None:
    assert role_of(judge({**CLAIMS, **claims}, rules(), now=NOW)) == role


def test_a_provider_that_says_nothing_of_verification_can_be_accepted_and_one_that_denies_it_cannot() -> None:
    accepting = rules(accepts_unverified=True)
    assert role_of(judge({**CLAIMS, "email_verified": None}, accepting, now=NOW)) is Role.EDITOR
    assert role_of(judge({**CLAIMS, "email_verified": False}, accepting, now=NOW)) is None


def test_people_may_be_known_by_another_claim() -> None:
    known = rules(identity="sub", people={"1": Role.READER})
    assert role_of(judge({**CLAIMS, "email_verified": False}, known, now=NOW)) is Role.READER


def test_a_claim_may_lie_within_another() -> None:
    within = rules(claim="realm_access.roles")
    assert role_of(judge({**CLAIMS, "realm_access": {"roles": ["press"]}}, within, now=NOW)) is Role.PUBLISHER
    assert role_of(judge({**CLAIMS, "realm_access": ["press"]}, within, now=NOW)) is Role.EDITOR


def test_everybody_who_can_sign_in_may_read_where_that_is_set() -> None:
    everybody = rules(people={"*": Role.READER}, groups={})
    assert role_of(judge({**CLAIMS, "email": "an@elsewhere.example"}, everybody, now=NOW)) is Role.READER
    assert role_of(judge({**CLAIMS, "is_logged_in": False}, everybody, now=NOW)) is None


def test_a_sign_in_that_was_ended_opens_nothing_and_another_of_the_same_person_does() -> None:
    ended = {session_key(CLAIMS)}
    assert isinstance(judge(CLAIMS, rules(), now=NOW, ended=ended), Stranger)
    assert role_of(judge({**CLAIMS, "nonce": "m"}, rules(), now=NOW, ended=ended)) is Role.EDITOR


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(st.dictionaries(st.sampled_from([*CLAIMS, "groups", "x"]), values))
def test_whatever_a_provider_sends_gives_a_role_only_by_the_lists(claims: dict[str, Any]) -> None:
    found = judge(claims, rules(), now=NOW)
    if isinstance(found, Person):
        assert claims["is_logged_in"] is True
        assert found.identity.endswith("@office.example") or "press" in claims["groups"]
