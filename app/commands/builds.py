"""`whofunds builds`: the published builds, and the way back to the one before."""

from __future__ import annotations

import argparse
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "builds", parents=[common], help="list the published builds; --rollback goes back to the one before",
        description="List the published builds, newest first; the current one is marked.",
        epilog="example: whofunds builds --rollback",
    )  # fmt: skip
    parser.add_argument("--rollback", action="store_true", help="make the build before the current one current")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List the builds, after going back if asked to."""
    from app.printing import print_json, say, table
    from graph.builds.workspace import Workspace

    workspace = Workspace(settings.workspace, settings=settings)
    if options.rollback:
        say(f"current is now {workspace.rollback().id}")
    current = workspace.current_id() if workspace.builds() else workspace.current().id
    rows = [
        {
            "id": build.id,
            "created": build.created,
            "current": build.id == current,
            "who": build.manifest.who,
            "documents": len(build.manifest.documents),
            **build.manifest.counts,
        }
        for build in workspace.builds()
    ]
    if options.json:
        print_json({"builds": rows})
        return 0
    names = ("id", "created", "who", "documents", "flows", "passages")
    cells = [["*" if row["current"] else "", *(row.get(name) for name in names)] for row in rows]
    print(table(("", "Build", "Created", "By", "Documents", "Flows", "Passages"), cells, right=(4, 5, 6)))
    return 0
