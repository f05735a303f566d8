"""Log refusals in the audit log, each at most once a minute per person, so that requests cannot fill the disk."""

from __future__ import annotations

import time

from graph.audit import Event, record
from graph.settings import Settings

QUIET_SECONDS = 60.0
MOST = 1000  #: refusals that are remembered

_said: dict[tuple[str, str], float] = {}


def refused(settings: Settings, what: str) -> None:
    """Log that `settings.who` was refused an action."""
    now, key = time.monotonic(), (settings.who, what)
    if now - _said.get(key, -QUIET_SECONDS) < QUIET_SECONDS:
        return
    if len(_said) >= MOST:
        _said.clear()
    _said[key] = now
    record(settings, Event.REFUSAL, what=what)
