"""`whofunds backup`: write the workspace into one file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "backup", parents=[common], help="write the workspace into one file",
        description="Write the current build, the corrections, added files and what else lies in the workspace into "
        "one archive with a digest of each file. Earlier builds are left out. The other way is `whofunds restore`.",
        epilog="example: whofunds backup /media/backups",
    )  # fmt: skip
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE",
        help="a file that is not there yet, or a folder (default: whofunds-backup-TIME.zip in the current folder)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write a backup; return the exit code."""
    from app.printing import plain, print_json, say
    from graph.backups.backup import back_up

    report = back_up(settings, options.file)
    for message in report.messages:
        say(plain(message))
    if options.json:
        sizes = {"files": report.files, "bytes": report.bytes}
        print_json({"file": str(report.path), "build": report.build, **sizes, "messages": list(report.messages)})
    else:
        size = f"{report.files:,} files, {report.bytes / 1e6:,.1f} MB"
        print(plain(f"{report.path}: build {report.build} and what people made, {size}"))
    return 1 if report.messages else 0
