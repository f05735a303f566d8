"""Load what search and questions need in the background while the first page is shown."""

from __future__ import annotations

import gc
import logging
import threading
import time

from graph.errors import WhofundsError
from graph.settings import Settings

PAUSE_SECONDS = 6.0  #: so that the first page comes first

log = logging.getLogger(__name__)
_begun, _done = threading.Event(), threading.Event()


def begin(settings: Settings, *, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Start loading in a background thread, after `pause_seconds`; a second call does nothing."""
    if not _begun.is_set():
        _begun.set()
        threading.Thread(target=_load, args=(settings, pause_seconds), daemon=True, name="warming").start()


def is_loading() -> bool:
    """Return True while search is being loaded; a search would have to wait for it."""
    return _begun.is_set() and not _done.is_set()


def _load(settings: Settings, pause_seconds: float) -> None:
    from app.resources import prepare_asking
    from graph.builds.workspace import Workspace
    from graph.search.embedding import encode_query

    try:
        time.sleep(pause_seconds)
        started = time.perf_counter()
        encode_query("warm", settings)
        Workspace(settings.workspace, settings=settings).current().search().search("warm", 1)
        _done.set()
        log.info("search ready seconds=%.1f", time.perf_counter() - started)
        prepare_asking()
        gc.collect()
        gc.freeze()  # what was loaded stays: no later collection of garbage needs to walk through it
        log.info("asking ready seconds=%.1f", time.perf_counter() - started)
    except WhofundsError as error:
        log.warning("%s", error)
    finally:
        _done.set()
