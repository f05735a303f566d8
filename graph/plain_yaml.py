"""YAML without aliases: a few lines of them can stand for more than a machine holds."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import ComposerError


class PlainLoader(yaml.SafeLoader):
    """Loads plain values only; an alias is refused where it stands."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node.

        Raises:
            ComposerError: It is an alias.
        """
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise ComposerError(
                None, None, f"the alias *{event.anchor} is not followed; write out what it stands for", event.start_mark
            )
        return super().compose_node(parent, index)
