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
    from app.batches import one_argument
    from app.printing import print_json, say, table
    from graph.builds.workspace import Workspace
    from graph.stores.sparql import run_read_only

    store = Workspace(settings.workspace, settings=settings).current().store()
    found = run_read_only(store, one_argument(options.query))
    if options.json:
        rows = [dict(zip(found.variables, row, strict=True)) for row in found.rows]
        print_json({"form": found.form, "variables": list(found.variables), "rows": rows, "truncated": found.truncated})
    else:
        print(table(found.variables, found.rows))
    if found.truncated:
        say(f"only the first {len(found.rows)} rows are shown; add a LIMIT, or ask for less")
    return 0
