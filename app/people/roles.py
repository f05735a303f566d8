"""Roles, and the people and strangers who use the app."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

LONGEST_LABEL = 120


class Role(IntEnum):
    """What a person may do; each role includes the rights of those before it."""

    READER = 1  #: reads, asks, takes data away
    EDITOR = 2  #: corrects what is published, and prepares documents for publication
    PUBLISHER = 3  #: publishes documents, and goes back to an earlier build

    @property
    def word(self) -> str:
        """The name of the role, as in files and on pages."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the app."""

    role: Role
    identity: str = ""  #: an address or another name that the provider vouches for; "" where nobody signs in
    name: str = ""  #: as the provider writes it; people may have chosen it themselves
    session: str = ""  #: key of this sign-in

    @property
    def label(self) -> str:
        """How the person is named in corrections, builds and the audit log; "" if nobody signs in."""
        label = f"{self.identity} ({self.name})" if self.name and self.name != self.identity else self.identity
        return label[:LONGEST_LABEL]

    def may(self, role: Role) -> bool:
        """Return True if the person has this role or a higher one."""
        return self.role >= role


@dataclass(frozen=True, slots=True)
class Stranger:
    """Someone who may not use the app: not signed in, signed out, or not on the list."""

    reason: str = ""  #: for the person; "" where they have not signed in
    identity: str = ""  #: whom the provider says it is, for the audit log
    session: str = ""

    label = ""

    def may(self, role: Role) -> bool:
        """Return False, as a stranger has no role."""
        return False
