"""The short key of a deciding body, by which its documents are left out together."""

from __future__ import annotations

import re

from graph.registry import Registry
from ingest.labels.names import plain

_ENDINGS = re.compile(r"-(?:pcc|mayoral-combined-authority|combined-authority)$")


def key_of_body(name: str, registry: Registry) -> str:
    """Return the registry's id without its ending, such as "gwent"; the name in hyphens where it is not known."""
    words = plain(name)
    for row in registry.organisations.values():
        if words in map(plain, (row.name, *row.aliases)):
            return _ENDINGS.sub("", row.id)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "none"
