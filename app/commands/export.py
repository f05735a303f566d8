"""`whofunds export`: the graph for other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.stores.store import Store

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
    from app.printing import print_json, say
    from graph.builds.workspace import Workspace

    store = Workspace(settings.workspace, settings=settings).current().store()
    text = export_text(options.format, store, settings)
    store.close()
    if options.output is None:
        sys.stdout.write(text)
        return 0
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as error:
        say(f"{options.output}: cannot be written ({error.strerror}); give another file with -o")
        return 1
    written = {"format": options.format, "file": str(options.output), "bytes": len(text.encode())}
    if options.json:
        print_json(written)
    else:
        say(f"{options.output}: {written['bytes']:,} bytes of {options.format}")
    return 0


def export_text(form: str, store: Store, settings: Settings) -> str:
    """Return the graph in one of `FORMATS`."""
    if form == "turtle":
        from graph.exports.turtle import turtle

        return turtle(store.triples())
    if form == "jsonld":
        from graph.exports.jsonld import jsonld

        return jsonld(store.triples())
    from graph.exports.flows import flat_flows

    flows = flat_flows(store)
    if form == "csv":
        from graph.exports.table import flows_csv

        return flows_csv(flows)
    if form == "graphml":
        from graph.exports.graphml import flows_graphml

        return flows_graphml(flows)
    from graph.exports.threesixtygiving import grants_json

    return grants_json(flows, _org_ids(settings))


def _org_ids(settings: Settings) -> dict[str, str]:
    from graph.identifiers import entity_iri
    from graph.model import EntityKind
    from graph.registry import load_registry

    organisations = load_registry(settings.data / "registry").organisations.values()
    return {str(entity_iri(row.id, EntityKind.ORGANISATION)): row.org_id for row in organisations if row.org_id}
