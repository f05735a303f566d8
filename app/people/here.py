"""The person at this page and their rights, determined at each run by pages and actions, never cached.

Hiding a button protects nothing, since anyone with an open socket can press what is not drawn. So actions check rights
here as well, including those that Streamlit calls before the page is drawn again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec

import streamlit as st

from app.people.ended import ended_sessions
from app.people.judging import judge
from app.people.refusals import refused
from app.people.roles import Person, Role, Stranger
from app.people.sign_in import read_sign_in
from app.resources.build import settings
from graph.errors import WhofundsError
from graph.settings import Settings

Given = ParamSpec("Given")
REFUSED = "people:refused"  #: in the session: why the last action was not done
READ_ONLY = "this app was set to be read only"


class NotAllowed(WhofundsError):
    """The person's role does not permit this action."""


def who() -> Person | Stranger:
    """Return the person at this page, or a stranger.

    Raises:
        SignInFault: The sign-in file is missing or wrong, so nobody may come in.
    """
    chosen = settings()
    if not chosen.sign_in:
        return Person(Role.READER if chosen.read_only else Role.PUBLISHER)
    rules = read_sign_in(chosen.sign_in)
    found = judge(st.user.to_dict(), rules, now=time.time(), ended=ended_sessions(chosen))
    if chosen.read_only and isinstance(found, Person):
        return replace(found, role=Role.READER)
    return found


def may(role: Role) -> bool:
    """Return True if the person at this page has the role."""
    return who().may(role)


def may_see(owner: str) -> bool:
    """Return True if the person at this page may see documents under review: the owner, or a publisher."""
    found = who()
    return isinstance(found, Person) and (owner == found.identity or found.may(Role.PUBLISHER))


def require(role: Role, what: str) -> Person:
    """Return the person at this page if they have the role; `what` names the action in messages: "correcting".

    Raises:
        NotAllowed: The person does not have the role; if people sign in, the audit log records it.
    """
    found = who()
    if isinstance(found, Person) and found.may(role):
        return found
    if isinstance(found, Stranger):
        raise NotAllowed(found.reason or f"{what} needs you to sign in")
    reason = READ_ONLY if settings().read_only else f"{what} needs the role {role.word}; yours is {found.role.word}"
    if settings().sign_in:
        refused(acting(found), reason)
    raise NotAllowed(reason)


def acting(person: Person | Stranger) -> Settings:
    """Return the settings for an action in the person's name."""
    return replace(settings(), who=person.label or settings().who)


def guarded(role: Role, what: str, call: Callable[Given, object]) -> Callable[Given, None]:
    """Return a widget's callback that runs `call` only if the person has the role; else the page shows the reason."""

    def checked(*given: Given.args, **named: Given.kwargs) -> None:
        try:
            require(role, what)
            call(*given, **named)
        except WhofundsError as error:
            st.session_state[REFUSED] = str(error)

    return checked
