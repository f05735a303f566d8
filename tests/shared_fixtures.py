"""Which tests go to one worker: those that share what their module makes once, such as a server or a workspace."""

from __future__ import annotations

import pytest


def shares_with_its_module(item: pytest.Item) -> bool:
    """Return True if a fixture of the test is made once for its module: in two workers it would be made twice.

    Fixtures of the session are made in each worker anyway, but for those that stand in the module itself.
    """
    module = item.nodeid.partition("::")[0]
    fixtures = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return any(
        found[-1].scope == "module" or (found[-1].scope == "session" and found[-1].baseid == module)
        for found in fixtures.values()
        if found
    )
