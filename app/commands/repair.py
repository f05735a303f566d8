"""`whofunds repair`: restore missing or damaged parts of the workspace."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.repairing import RepairReport


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "repair", parents=[common], help="restore what is missing or damaged in the workspace",
        description="Restore what is missing or damaged. Corrections, columns, added files and labels come back from "
        "the build that was published last; a damaged build is made anew, with its parts from other builds, from kept "
        "files and from the documents' texts. What cannot be restored is said. Nothing is thrown away.",
        epilog="example: whofunds repair --dry-run",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what is damaged; change nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Repair the workspace; return 1 if something is lost, or, with --dry-run, damaged."""
    from app.printing import plain, print_json, say
    from ingest.repairing import repair

    report = repair(settings, dry_run=options.dry_run, progress=not options.quiet)
    if options.json:
        lists = {name: list(getattr(report, name)) for name in ("found", "restored", "lost", "messages")}
        print_json({"build": report.build, "published": report.published, **lists})
    else:
        for line in (*report.found, *report.messages):
            say(plain(line))
        for line in report.restored:
            print(plain(line))
        print(_summary(report, options.dry_run))
    return 1 if report.lost or (options.dry_run and report.found) else 0


def _summary(report: RepairReport, dry_run: bool) -> str:
    if report.published:
        return f"build {report.build} is published"
    if not (report.found or report.messages):
        return f"nothing to repair: build {report.build} is whole"
    if dry_run:
        return "nothing was changed (dry run); 'whofunds repair' does it"
    return f"build {report.build} is whole"
