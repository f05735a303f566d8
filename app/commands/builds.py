"""`whofunds builds`: list the published builds, verify them, and go back to the build before."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.builds.build import Build


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "builds", parents=[common], help="list the published builds; --rollback goes back to the one before",
        description="List the published builds, newest first; the current one is marked. With --verify, every file of "
        "each is compared with the digest that was written with it; the exit code is 1 where the current one is "
        "damaged. --rollback passes damaged builds over, and says so.",
        epilog="example: whofunds builds --rollback",
    )  # fmt: skip
    parser.add_argument("--rollback", action="store_true", help="make the whole build before the current one current")
    parser.add_argument("--verify", action="store_true", help="compare every file of each build with its digest")
    offer_csv(parser, "build")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List the builds, after going back if asked to; return 1 if the current build is damaged."""
    from app.printing import plain, print_csv, print_json, say, table, warn
    from graph.builds.workspace import Workspace
    from ingest.keeping import people_faults

    workspace = Workspace(settings.workspace, settings=settings)
    if options.rollback:
        passed_over: list[str] = []
        build = workspace.rollback(passed_over)
        for line in passed_over:
            warn(plain(line))
        say(plain(f"current is now {build.id}"))
    if options.verify:
        for line in people_faults(settings):
            warn(plain(line))
        return _verify(workspace.all_builds() or (workspace.current(),), workspace.current_id(), options)
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
    if options.csv:
        print_csv(("id", "created", "current", "who", "documents", "flows", "passages"), rows)
        return 0
    names = ("id", "created", "who", "documents", "flows", "passages")
    cells = [["*" if row["current"] else "", *(row.get(name) for name in names)] for row in rows]
    print(table(("", "Build", "Created", "By", "Documents", "Flows", "Passages"), cells, right=(4, 5, 6)))
    return 0


def _verify(builds: Sequence[Build], current: str | None, options: argparse.Namespace) -> int:
    """Compare the files of builds with their digests and print the result; return 1 if the current build is damaged."""
    from app.printing import plain, print_csv, print_json, say, table, warn

    found = [_verified(build) for build in builds]
    rows = [{"id": build.id, "current": build.id == current, **each} for build, each in zip(builds, found, strict=True)]
    if options.json:
        print_json({"builds": rows})
    elif options.csv:
        print_csv(("id", "current", "files", "state"), rows)
    else:
        cells = [["*" if row["current"] else "", row["id"], row["files"], row["state"]] for row in rows]
        print(table(("", "Build", "Files", "State"), cells, right=(2,)))
        for row in rows:
            for fault in row["faults"]:
                warn(plain(f"{row['id']}: {fault['file']} is {fault['fault']}"))
    states = {row["id"]: row["state"] for row in rows}
    if current not in states:
        say("no build is the current one; run 'whofunds repair'")
        return 1
    if damaged := [name for name, state in states.items() if state == "damaged"]:
        are = "is" if len(damaged) == 1 else "are"
        warn(f"{len(damaged)} of {len(rows)} builds {are} damaged; {_advice(states[current] == 'damaged')}")
    return 1 if current in damaged else 0


def _advice(is_current_damaged: bool) -> str:
    if is_current_damaged:
        return "'whofunds repair' makes the current one anew"
    return "the current one is whole. A roll-back passes the damaged ones over; they go as newer builds come"


def _verified(build: Build) -> dict[str, Any]:
    """Return the state of a build as JSON values: whole, damaged or without digests, and its changed files."""
    from graph.errors import DamagedWorkspace

    try:
        faults = [{"file": fault.path, "fault": fault.what} for fault in build.faults()]
        files, has_digests = len(build.digests), bool(build.manifest.contents)
    except DamagedWorkspace:
        unreadable = {"file": "manifest.json or digests.sha256", "fault": "unreadable"}
        return {"files": 0, "state": "damaged", "faults": [unreadable]}
    state = "damaged" if faults else "whole" if has_digests else "of before digests"
    return {"files": files, "state": state, "faults": faults}
