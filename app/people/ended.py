"""Sign-ins ended by a sign-out: copies of their cookies open nothing, even after a restart."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from functools import cache

from app.people.sign_in import LONGEST_HOURS
from graph.audit import Event, entries
from graph.errors import WhofundsError
from graph.settings import Settings

log = logging.getLogger(__name__)


class EndedSessions:
    """The keys of ended sign-ins, read once from the audit log."""

    def __init__(self, settings: Settings) -> None:
        self._keys = set(_from_log(settings))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def end(self, key: str) -> None:
        """End a sign-in: it opens nothing from now on."""
        self._keys.add(key)


def _from_log(settings: Settings) -> list[str]:
    since = (datetime.now(UTC) - timedelta(hours=LONGEST_HOURS)).isoformat()
    try:
        found = [each for each in entries(settings) if each.event == Event.SIGN_OUT and each.when >= since]
    except WhofundsError as error:
        log.warning("%s; sign-outs from before this start are not known", error)
        return []
    return [str(each.details["session"]) for each in found if "session" in each.details]


@cache
def ended_sessions(settings: Settings) -> EndedSessions:
    """Return the ended sign-ins of the app with these settings."""
    return EndedSessions(settings)
