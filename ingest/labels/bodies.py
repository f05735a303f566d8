"""Short keys of deciding bodies, by which all documents of a body are left out together."""

from __future__ import annotations

import re

from graph.registry import Registry
from ingest.labels.names import plain

_ENDINGS = re.compile(r"-(?:pcc|mayoral-combined-authority|combined-authority)$")


def key_of_body(name: str, registry: Registry) -> str:
    """Return the registry's id of a body without its ending, such as "gwent"; an unknown name with hyphens."""
    words = plain(name)
    for row in registry.organisations.values():
        if words in map(plain, (row.name, *row.aliases)):
            return _ENDINGS.sub("", row.id)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "none"
