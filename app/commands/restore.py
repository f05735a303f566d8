"""`whofunds restore`: restore a workspace from a backup."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "restore", parents=[common], help="put a backup back, after comparing all of it",
        description="Put a backup back into the workspace. Every file of it is compared with its digest before "
        "anything is changed. What the workspace has and the backup lacks is named, and kept unless --replace is "
        "given; the build of before stays for `whofunds builds --rollback` in any case.",
        epilog="example: whofunds restore whofunds-backup-20260301T090000Z.zip --workspace new-workspace",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--replace", action="store_true", help="also over work that the backup lacks")
    parser.add_argument("--dry-run", action="store_true", help="compare the backup; change nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Restore a backup; return the exit code."""
    from app.printing import plain, print_json, warn
    from graph.backups.restore import restore

    report = restore(options.file, settings, overwrite=options.replace or options.dry_run, dry_run=options.dry_run)
    for message in report.messages:
        warn(plain(message))
    if options.json:
        print_json({
            "file": str(options.file), "made": report.made, "build": report.build, "published": report.published,
            "documents": report.documents, "files": report.files, "messages": list(report.messages),
        })  # fmt: skip
        return 0
    held = f"backup of {report.made}, {report.documents:,} documents, {report.files:,} files as they were written"
    done = f"build {report.build} is published" if report.published else "the workspace holds all of it already"
    print(plain(f"{options.file}: {held}; {'nothing changed (dry run)' if options.dry_run else done}"))
    return 0
