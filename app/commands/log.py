"""`whofunds log`: the audit log: who did what and when."""

from __future__ import annotations

import argparse
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.audit import Entry

EVENTS = (
    "sign-in", "sign-out", "refusal", "addition", "correction", "publication", "roll-back", "restore", "repair",
    "export", "question",
)  # fmt: skip


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "log", parents=[common], help="show who did what and when",
        description="Show the audit log as it was written, newest last: who signed in and out, what was refused, who "
        "added, corrected, published, went back to an earlier build, restored a backup, repaired, or took data away. "
        "With --json, one entry a line.",
        epilog="example: whofunds log --event publication --limit 10",
    )  # fmt: skip
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="the newest N (default 50; 0: all)")
    parser.add_argument("--event", choices=EVENTS, action="append", help="only this; several: give it again")
    parser.add_argument("--who", metavar="TEXT", help="only of people whose name or address holds this")
    parser.add_argument("--since", type=_moment, metavar="DATE", help="only from this day or moment on (UTC)")
    offer_csv(parser, "entry")
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number of entries; give 0 or more")
    return number


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-03-31") from None
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else moment.isoformat()


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the entries asked for; return 1 if a line of the log is damaged."""
    from app.printing import plain, print_csv, print_json, say, table
    from graph.audit import audit_file, entries

    _add_what_is_owed(settings)
    faults: list[str] = []
    found = (entry for entry in entries(settings, faults) if _is_wanted(entry, options))
    newest = deque(found, maxlen=options.limit or None)
    for fault in faults:
        say(plain(fault))
    if options.json:
        for entry in newest:
            said = {"when": entry.when, "event": entry.event, "who": entry.who, **entry.details}
            print_json(said, lines=True)
    elif options.csv:
        rows = ({"when": each.when, "event": each.event, "who": each.who, "details": details_said(each)}
                for each in newest)  # fmt: skip
        print_csv(("when", "event", "who", "details"), rows)
    elif newest:
        cells = [(each.when[:19].replace("T", " "), each.event, each.who, details_said(each)) for each in newest]
        print(table(("When (UTC)", "What", "Who", "Details"), cells))
    else:
        print(f"Nothing of that in {audit_file(settings)}.")
    return 1 if faults else 0


def _add_what_is_owed(settings: Settings) -> None:
    """Add entries of a publication that was killed before it wrote them, if permitted.

    The next publication does it too.
    """
    from graph.builds import owed_entries
    from graph.builds.workspace import Workspace
    from graph.errors import WhofundsError

    if (settings.workspace / owed_entries.FILE).exists():
        with suppress(WhofundsError, OSError), Workspace(settings.workspace, settings=settings).held():
            pass


def _is_wanted(entry: Entry, options: argparse.Namespace) -> bool:
    if options.event and entry.event not in options.event:
        return False
    if options.who and options.who.casefold() not in entry.who.casefold():
        return False
    return not options.since or entry.when >= options.since


def details_said(entry: Entry) -> str:
    """Return the further details of an entry in one line for people."""
    return "; ".join(f"{name} {_shown(value)}" for name, value in entry.details.items())


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
