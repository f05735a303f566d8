"""`whofunds sparql`: a read-only SPARQL query over the current build."""

from __future__ import annotations

import argparse
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "sparql", parents=[common], help="run a read-only SPARQL query",
        description="Run a read-only SPARQL query over the current build, all named graphs together.",
        epilog='example: whofunds sparql "SELECT ?s WHERE { ?s a wf:FundingFlow } LIMIT 5"',
    )  # fmt: skip
    parser.add_argument("query", metavar="QUERY", help="the query; - reads it from standard input")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run the query and print its rows."""
    return 1
