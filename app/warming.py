"""The language model, loaded behind the scenes while the first page stands."""

from __future__ import annotations

import logging
import threading
import time

from graph.errors import WhofundsError
from graph.settings import Settings

PAUSE_SECONDS = 6.0  #: so that the first page comes first

log = logging.getLogger(__name__)
_begun, _done = threading.Event(), threading.Event()


def begin(settings: Settings, *, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Load the model in a thread of its own; a second call does nothing."""
    if not _begun.is_set():
        _begun.set()
        threading.Thread(target=_load, args=(settings, pause_seconds), daemon=True, name="warming").start()


def is_loading() -> bool:
    """Whether the model is being loaded now; a search would have to wait for it."""
    return _begun.is_set() and not _done.is_set()


def _load(settings: Settings, pause_seconds: float) -> None:
    from graph.builds.workspace import Workspace
    from graph.search.embedding import load_encoder

    try:
        time.sleep(pause_seconds)
        started = time.perf_counter()
        load_encoder(settings).encode(["warm"])
        Workspace(settings.workspace, settings=settings).current().search().search("warm", 1)
        log.info("model loaded seconds=%.1f", time.perf_counter() - started)
    except WhofundsError as error:
        log.warning("%s", error)
    finally:
        _done.set()
