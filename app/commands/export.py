"""`whofunds export`: the graph for other tools."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from graph.settings import Settings

FORMATS = ("turtle", "jsonld", "csv", "graphml", "360giving")


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "export", parents=[common], help="write the graph for other tools",
        description="Write the current build's graph for other tools.",
        epilog="example: whofunds export --format csv -o flows.csv",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, required=True, help="what to write")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to; standard output where left out")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the export."""
    return 1
