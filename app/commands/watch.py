"""`whofunds watch`: list new decisions on the registers that were fetched before."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.printing import offer_csv
from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "watch", parents=[common], help="list what is new on registers that were fetched before",
        description="Look at the registers that whofunds fetch has gone through before, and list the decisions on them "
        "that were not fetched yet. No decision is fetched: whofunds fetch does that.",
        epilog="example: whofunds watch",
    )  # fmt: skip
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="folder of fetched files (default: fetched in the workspace)"
    )
    parser.add_argument("--private", action="store_true", help="look also at private addresses, such as an intranet")
    offer_csv(parser, "decision that was not fetched yet")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Look at the registers and list the new decisions; return the exit code."""
    from app.commands.fetch import print_report, print_waiting
    from app.printing import plain, say
    from ingest.fetch.run import asked_registers, watch

    settings = replace(settings, fetch_private=settings.fetch_private or options.private)
    report = watch(settings, folder=options.to)
    if options.json:
        print_report(report, as_json=True)
        return 1 if report.faults else 0
    if options.csv:
        print_waiting(report)
        return 1 if report.faults else 0
    for fault in report.faults:
        say(plain(fault))
    since = asked_registers(report.folder)
    for tally in report.tallies:
        print(
            plain(f"{tally.address}: {len(tally.waiting)} not fetched yet (fetched last {since[tally.address][:10]})")
        )
        for address, words in tally.waiting.items():
            print(plain(f"  {words or 'a decision'}  {address}"))
    return 1 if report.faults else 0
