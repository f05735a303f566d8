"""A fetch in a process of its own, of hosts that are all on this machine; what the tests kill."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.settings import Settings
from ingest.fetch.connections import Transport
from ingest.fetch.run import fetch
from tests.ingest.fetch.served_sites import Here


def main() -> int:
    """Fetch addresses into a workspace from a server at a port."""
    port, workspace, *addresses = sys.argv[1:]
    settings = Settings(workspace=Path(workspace), fetch_delay_seconds=0.0)
    report = fetch(addresses, settings, transport=Transport(Here(int(port)), private=True))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
