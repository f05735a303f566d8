"""Opens the columns of a build; if it keeps none that can be used, makes them from its graph."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from graph.columns.columns import Columns
from graph.columns.tables import open_tables
from graph.model import Passage
from graph.registry import Registry
from graph.stores.store import Store

log = logging.getLogger(__name__)

Passages = Callable[[], Iterable[tuple[str, Passage]]]


def open_columns(
    folder: Path | None, store: Callable[[], Store], registry: Registry, passages: Passages | None = None
) -> Columns:
    """Return the columns of a build or of a graph.

    Args:
        folder: The build's folder; None for a graph without a build.
        store: Opens the graph, from which the columns are made if the build keeps none that can be used.
        registry: The registry.
        passages: Returns (document, passage) for all documents; for a graph without a build.
    """
    kept = open_tables(folder, registry) if folder is not None else None
    if kept is not None:
        return Columns(kept)
    from graph.columns.everything import read_everything
    from graph.columns.making import make_tables

    if folder is not None:
        log.warning("%s: made by an older version or with other names; its whole graph is read first, which takes "
                    "longer, until the next ingest", folder)  # fmt: skip
    return Columns(make_tables(read_everything(store()), passages() if passages is not None else (), registry))
