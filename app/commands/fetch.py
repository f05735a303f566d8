"""`whofunds fetch`: fetch published decisions from web addresses into the workspace."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.fetch.run import FetchReport


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "fetch", parents=[common], help="fetch published decisions from web addresses",
        description="Fetch addresses, lists of addresses (a file with one a line) and the registers of sites whose "
        "shape is known (--sites) into the workspace, each file with its address, date and hash beside it. Keeps "
        "robots.txt and a polite pace; what is held is not asked for again, so a fetch that was stopped goes on where "
        "it was. Only what is asked for is fetched: an address, or of a register its decisions. Then: whofunds ingest.",
        epilog="example: whofunds fetch mopac --limit 20 && whofunds ingest workspace/fetched",
    )  # fmt: skip
    parser.add_argument("wanted", nargs="*", metavar="URL|LIST|SITE", help="an address, a file of addresses, a site")
    parser.add_argument("--sites", action="store_true", help="list the sites whose registers are known")
    parser.add_argument(
        "--linked", action="store_true", help="of any page, also fetch the PDF and Word files behind it"
    )
    parser.add_argument("--recheck", action="store_true", help="ask again also for what is held, in case it changed")
    parser.add_argument("--dry-run", action="store_true", help="look at registers, and list what would be fetched")
    parser.add_argument(
        "--limit", type=_count, metavar="N", help="fetch at most N decisions, and say how many are left"
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder (default: fetched in the workspace)")
    parser.add_argument(
        "--delay", type=float, metavar="SECONDS", help="between two requests to one host (default: 1; robots.txt wins)"
    )
    parser.add_argument("--private", action="store_true", help="fetch also from private addresses, such as an intranet")
    offer_csv(parser, "file; with --dry-run, for each decision that would be fetched; with --sites, for each site")
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of decisions; give 1 or more")
    return int(text)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Fetch and report on the files; return the exit code."""
    from app.printing import plain, say
    from ingest.fetch.run import all_sites, fetch
    from ingest.fetch.visit import Wishes

    if options.sites:
        return _list_sites(all_sites(settings), options)
    if not options.wanted:
        say("whofunds fetch: nothing is named; give an address, a file of addresses, or a site (--sites lists them)")
        return 2
    settings = replace(
        settings,
        fetch_private=settings.fetch_private or options.private,
        fetch_delay_seconds=settings.fetch_delay_seconds if options.delay is None else max(0.0, options.delay),
    )
    wishes = Wishes(options.linked, options.recheck, options.dry_run, options.limit)
    tell = (lambda words: say(plain(words))) if sys.stderr.isatty() else (lambda words: None)
    report = fetch(options.wanted, settings, wishes=wishes, folder=options.to, tell=tell)
    if options.csv:
        print_waiting(report) if options.dry_run else _print_files(report)
    else:
        print_report(report, as_json=options.json)
    if report.files("new") and not (options.json or options.csv):
        say(plain(f"next: whofunds ingest {report.folder}"))
    return 1 if report.faults else 0


def _list_sites(sites: Any, options: argparse.Namespace) -> int:
    from app.printing import print_csv, print_json, table

    if options.csv:
        listed = ({"site": one.id, "name": one.name, "start": one.start, "checked": one.checked} for one in sites)
        print_csv(("site", "name", "start", "checked"), listed)
    elif options.json:
        print_json([{"site": one.id, "name": one.name, "start": list(one.start), "note": one.note} for one in sites])
    else:
        rows = [(one.id, one.name, " ".join(one.start), one.checked) for one in sites]
        print(table(["Site", "Commissioner", "Registers", "Looked at"], rows))
    return 0


def print_waiting(report: FetchReport) -> None:
    """Print the decisions that were not fetched as CSV; errors and notes go to standard error."""
    from app.printing import print_csv

    _say_faults(report)
    rows = [
        {"register": tally.address, "decision": words, "address": address}
        for tally in report.tallies
        for address, words in tally.waiting.items()
    ]
    print_csv(("register", "decision", "address"), rows)


def _print_files(report: FetchReport) -> None:
    from app.printing import print_csv

    _say_faults(report)
    rows = [
        {"asked": tally.address, "state": state, "file": path}
        for tally in report.tallies
        for state, paths in (("new", tally.new), ("changed", tally.changed), ("held", tally.held))
        for path in paths
    ]
    print_csv(("asked", "state", "file"), rows)


def _say_faults(report: FetchReport) -> None:
    from app.printing import plain, say

    for tally in report.tallies:
        for line in tally.notes:
            say(plain(line))
    for fault in report.faults:
        say(plain(fault))


def print_report(report: FetchReport, *, as_json: bool) -> None:
    """Print the results of a fetch; errors and notes go to standard error."""
    from app.printing import plain, print_json

    _say_faults(report)
    if as_json:
        print_json(report.to_json())
        return
    for tally in report.tallies:
        for address, words in tally.waiting.items():
            print(plain(f"{words or 'a decision'}  {address}"))
    print(plain(report.summary()))
