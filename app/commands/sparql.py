"""`whofunds sparql`: run a read-only SPARQL query on the current build."""

from __future__ import annotations

import argparse
from typing import Any

from app.printing import offer_csv
from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "sparql", parents=[common], help="run a read-only SPARQL query",
        description="Run a read-only SPARQL query over the current build, all named graphs together. With --json or "
        "--csv the answer is in the W3C's form of results, or for CONSTRUCT and DESCRIBE in JSON-LD.",
        epilog='example: whofunds sparql "SELECT ?s WHERE { ?s a wf:FundingFlow } LIMIT 5"',
    )  # fmt: skip
    parser.add_argument("query", metavar="QUERY", help="the query; - reads it from standard input")
    offer_csv(parser, "row of the answer")
    parser.set_defaults(run=run, refuse=parser.error)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run the query; print its rows, or the whole result document for programs. Return the exit code."""
    import csv
    import io
    import sys

    from app.batches import one_argument
    from app.printing import table, warn
    from graph.builds.workspace import Workspace
    from graph.exports.table import csv_text
    from graph.stores.sparql import run_read_only
    from graph.stores.sparql_results import OF_ROWS, ResultFormat, formats_for, query_document

    query = one_argument(options.query)
    store = Workspace(settings.workspace, settings=settings).current().store()
    if options.csv:
        if formats_for(query) != OF_ROWS:
            options.refuse("--csv is for rows; give a SELECT, or --json")
        columns, *rows = csv.reader(io.StringIO(query_document(store, query, ResultFormat.CSV).decode(), newline=""))
        sys.stdout.buffer.write(csv_text(columns, rows).encode())
        return 0
    if options.json:
        form = ResultFormat.JSON if formats_for(query) == OF_ROWS else ResultFormat.JSON_LD
        sys.stdout.buffer.write(query_document(store, query, form) + b"\n")
        return 0
    found = run_read_only(store, query)
    print(table(found.variables, found.rows))
    if found.truncated:
        warn(f"only the first {len(found.rows)} rows are shown; add a LIMIT, or ask for less")
    return 0
