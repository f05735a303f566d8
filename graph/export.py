"""The graph for other tools: one function, five formats. The same graph gives the same text."""

from __future__ import annotations

from enum import StrEnum

from graph.exports.flows import flat_flows
from graph.exports.graphml import flows_graphml
from graph.exports.jsonld import jsonld
from graph.exports.table import flows_csv
from graph.exports.threesixtygiving import grants_json
from graph.exports.turtle import turtle
from graph.queries import query
from graph.stores.store import Store


class ExportFormat(StrEnum):
    """What `whofunds export --format` takes."""

    TURTLE = "turtle"
    JSONLD = "jsonld"
    CSV = "csv"
    GRAPHML = "graphml"
    THREESIXTYGIVING = "360giving"


def export(store: Store, format: ExportFormat | str) -> str:
    """Return the whole graph (turtle, jsonld), or its funding flows (csv, graphml, 360giving), sorted.

    Raises:
        ValueError: There is no such format.
    """
    match ExportFormat(format):
        case ExportFormat.TURTLE:
            return turtle(store.triples())
        case ExportFormat.JSONLD:
            return jsonld(store.triples())
        case ExportFormat.CSV:
            return flows_csv(flat_flows(store))
        case ExportFormat.GRAPHML:
            return flows_graphml(flat_flows(store))
        case ExportFormat.THREESIXTYGIVING:
            return grants_json(flat_flows(store), _org_ids(store))


def _org_ids(store: Store) -> dict[str, str]:
    rows = store.select(query("export-organisation-ids"))
    return {str(row["organisation"]): str(row["orgId"]) for row in reversed(rows)}
