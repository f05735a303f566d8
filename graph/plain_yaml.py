"""YAML without aliases, since a few lines of aliases can expand to more than the memory of a machine."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import ComposerError


class PlainLoader(yaml.SafeLoader):
    """Loads plain YAML values only; an alias is an error."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node of the document.

        Raises:
            ComposerError: The node is an alias.
        """
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise ComposerError(
                None, None, f"the alias *{event.anchor} is not followed; write out what it stands for", event.start_mark
            )
        return super().compose_node(parent, index)
