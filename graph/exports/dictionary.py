"""The data dictionary of exported tables: a data package with Table Schema, made from the columns' descriptions."""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph.counting.left_out import Reason
from graph.exports.columns import CellType, Column, columns_of
from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow
from graph.exports.published import FlatPublished

#: a date keeps the precision of its source, which the type "date" of Table Schema doesn't allow
_PARTIAL_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


ROWS: Mapping[str, type] = {"sums": FlatFlow, "facts": FlatFact, "published": FlatPublished}
TITLES = {
    "sums": "Sums and awards in UK police and crime commissioning decisions",
    "facts": "Facts beside money",
    "published": "Published grants, contracts and payments beside approved sums",
}


def data_package(path: str, table: str = "sums") -> str:
    """Return the data package of a table, as JSON text.

    Args:
        path: The name of the table's file beside the package.
        table: "sums", "facts" or "published".
    """
    columns = columns_of(ROWS[table])
    key = {"primaryKey": ["id"]} if "id" in {column.name for column in columns} else {}
    resource: dict[str, object] = {
        "name": table,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": [_field(column) for column in columns], **key},
    }
    package: dict[str, object] = {
        "name": "whofunds",
        "title": TITLES[table],
        "description": "Read from published decisions; the published records alone are authoritative. "
        "A cell that a spreadsheet would run as a formula begins with an apostrophe.",
        "resources": [resource],
    }
    if table == "sums":
        package["reasons"] = {reason.value: reason.sentence for reason in Reason}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _field(column: Column) -> dict[str, object]:
    found: dict[str, object] = {"name": column.name, "type": "string", "description": column.meaning}
    constraints: dict[str, object] = {}
    if column.type is CellType.NUMBER:
        found["type"] = "number"
    if column.type is CellType.IRI:
        found["format"] = "uri"
    if column.type is CellType.DATE:
        constraints["pattern"] = _PARTIAL_DATE
    if column.values:
        constraints["enum"] = list(column.values)
    if column.name == "id":
        constraints |= {"required": True, "unique": True}
    return {**found, **({"constraints": constraints} if constraints else {})}
