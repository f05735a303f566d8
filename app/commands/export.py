"""`whofunds export`: the graph for other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.export import Exported
    from graph.stores.store import Store

FORMATS = ("turtle", "jsonld", "csv", "graphml", "360giving")
TABLES = ("sums", "facts")  #: of the CSV


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "export", parents=[common], help="write the graph for other tools",
        description="Write the current build's graph for other tools. What is left out, and how much of the money is "
        "not sure, is said on standard error.",
        epilog="example: whofunds export --format csv -o flows.csv",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, required=True, help="what to write")
    parser.add_argument(
        "--table", choices=TABLES, default=TABLES[0],
        help="of csv: the sums and the awards without one, or the facts beside money (default: sums)",
    )  # fmt: skip
    parser.add_argument(
        "--min-confidence", type=_confidence, metavar="LEAST",
        help="leave out sums and awards that are less sure: sure, likely, check (all), or a number from 0 to 1",
    )  # fmt: skip
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to; standard output where left out")
    parser.set_defaults(run=run, refuse=parser.error)


def _confidence(text: str) -> str:
    from graph.exports.threshold import parse_threshold

    try:
        parse_threshold(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the export, and say what is not in it and how much of its money is not sure."""
    from app.printing import print_json, say
    from graph.builds.workspace import Workspace
    from graph.counting.unsure import Unsure, unsure_json
    from graph.export import money_in, unsure_note

    if options.table != TABLES[0] and options.format != "csv":
        options.refuse(f"--table {options.table} goes with --format csv")
    store = Workspace(settings.workspace, settings=settings).current().store()
    made = exported_as(options.format, store, options.table, options.min_confidence)
    unsure = money_in(store, made) if options.table == TABLES[0] else Unsure()
    store.close()
    for note in (*made.left_out, unsure_note(unsure)):
        if note:
            say(note)
    if options.output is None:
        sys.stdout.write(made.text)
        return 0
    try:
        options.output.write_text(made.text, encoding="utf-8")
    except OSError as error:
        say(f"{options.output}: cannot be written ({error.strerror}); give another file with -o")
        return 1
    size = len(made.text.encode())
    if options.json:
        written = {"format": options.format, "file": str(options.output), "bytes": size}
        print_json({**written, "left_out": list(made.left_out), "unsure": unsure_json(unsure)})
    else:
        say(f"{options.output}: {size:,} bytes of {options.format}")
    return 0


def exported_as(form: str, store: Store, table: str = TABLES[0], least: str | None = None) -> Exported:
    """Return the graph in one of `FORMATS`, with what is to be said of it."""
    from graph.export import exported, exported_facts
    from graph.exports.threshold import EVERYTHING, parse_threshold

    if form == "csv" and table != TABLES[0]:
        return exported_facts(store)
    return exported(store, form, parse_threshold(least) if least else EVERYTHING)
