"""Refusals in the audit log: the same one once a minute for a person, so that nobody fills the disk by asking."""

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
