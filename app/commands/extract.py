"""`whofunds extract`: what is read from one document, without adding it to the graph."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.work import Reading

_BASIS = {"ceiling": " at most", "rounded": " rounded"}
_BAND = {"sure": "sure", "likely": "likely right", "check": "to be checked"}


FLOW_COLUMNS = (
    "funder", "recipient", "recipient_words", "amount", "currency", "basis", "year", "years", "programmes", "place",
    "fund", "purpose", "kind", "status", "band", "confidence", "locator", "quote",
)  # fmt: skip


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "extract", parents=[common], help="read one document and show what would enter the graph",
        description="Read one document and show what would enter the graph. Touches no workspace.",
        epilog="example: whofunds extract decision.pdf --json",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the document; - reads it from standard input")
    parser.add_argument("--name", metavar="NAME", help="file name for standard input; its ending tells the format")
    parser.add_argument(
        "--columns", metavar="HEADING=ROLE,...", default="",
        help="what columns of a spreadsheet hold, as in 'Supplier=payee,Net=amount,Fund='; nothing after = ignores one",
    )  # fmt: skip
    offer_csv(parser, "sum, or award without one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read and extract one document and print its record; return the exit code."""
    from app.printing import print_csv, print_json, warn
    from graph.record_json import contract_json
    from graph.unread import issue_without_flows, unread_said

    reading = _reading(options, settings)
    record = reading.record
    for issue in (*record.issues, issue_without_flows(record) or unread_said(record.unread)):
        if issue:
            warn(issue if issue.startswith(f"{record.document}: ") else f"{record.document}: {issue}")
    shown = contract_json(record)
    mappings = _mappings(reading, options, settings)
    if mappings:
        shown["columns"] = mappings
    if options.csv:
        print_csv(FLOW_COLUMNS, shown["flows"])
    elif options.json:
        print_json(shown)
    else:
        print("\n\n".join([*mappings_text(mappings), record_text(shown)]))
    return 0


def _reading(options: argparse.Namespace, settings: Settings) -> Reading:
    import sys

    from graph.errors import UnreadableDocument
    from ingest.apart import ReadingEnded, do_apart
    from ingest.columns.kept import parse_choice
    from ingest.work import name_of_stream, read_and_extract

    choice = parse_choice(options.columns)
    source: Path | bytes = Path(options.file).absolute()
    name = options.name
    if options.file == "-":
        source = sys.stdin.buffer.read()
        name = name or name_of_stream(source)
    try:
        return do_apart(settings, read_and_extract, source, name, settings, columns=choice)
    except ReadingEnded as ended:
        raise UnreadableDocument(f"{name or Path(options.file).name}: {ended}") from ended


def _mappings(reading: Reading, options: argparse.Namespace, settings: Settings) -> list[dict[str, Any]]:
    """Return the column roles of a spreadsheet as JSON values, table by table; [] for any other document."""
    from ingest.columns.mapping import FORMATS

    if reading.document.format not in FORMATS:
        return []
    from ingest.columns.flows import mapped_tables
    from ingest.columns.kept import parse_choice
    from ingest.work import columns_of, name_index

    kept = columns_of(reading.document, settings, parse_choice(options.columns))
    tables = mapped_tables(reading.document, name_index(settings.data / "registry"), kept)
    return [table.mapping.to_json() for table in tables]


def mappings_text(mappings: list[dict[str, Any]]) -> list[str]:
    """Return the column roles of each table with reasons, and how to correct one, as text for people."""
    from app.printing import wrapped
    from ingest.columns.mapping import roles_said

    foot = f"Set a column right with --columns 'Heading=role'; the roles are {roles_said()}."
    alike: dict[tuple[tuple[str, str], ...], list[dict[str, Any]]] = {}
    for mapping in mappings:
        alike.setdefault(tuple((each["heading"], each["holds"]) for each in mapping["columns"]), []).append(mapping)
    return [*map(_mapping_text, alike.values()), wrapped(foot)] if mappings else []


def _mapping_text(alike: list[dict[str, Any]]) -> str:
    """Return the column roles of tables that have the same headings."""
    from app.printing import table, wrapped
    from ingest.columns.mapping import CALLED, ListKind

    mapping = alike[0]
    rows = [
        (
            column["heading"],
            column["holds"] + (f" of {', '.join(column['years'])}" if column.get("years") else ""),
            "set" if column["set"] else f"{column['confidence']:.0%}",
            "; ".join(column["reasons"]),
        )
        for column in mapping["columns"]
    ]
    tables = "; ".join(each["table"] for each in alike)
    head = f"{tables}: read as a {CALLED[ListKind(mapping['list'])]}."
    return "\n".join([wrapped(head), table(("Column", "Holds", "Sure", "Why"), rows)])


def record_text(record: dict[str, Any]) -> str:
    """Return a record, given in the JSON form of `extract --json`, as text for people."""
    parts = [_head(record["document"]), _flows(record["flows"]), _relations(record["relations"])]
    parts += [_checks([*record["checks"], *record["dates"]]), _new_names(record["new_names"])]
    return "\n\n".join(part for part in parts if part)


def _head(document: dict[str, Any]) -> str:
    from app.printing import wrapped

    lines = [wrapped(f"{document['reference'] or '(no reference)'}  {document['title']}")]
    for label, key in (("Body", "body"), ("Decided by", "decided_by"), ("Signed", "signed"), ("Source", "source")):
        lines.append(wrapped(f"{label}: {document[key] or 'not stated'}", indent="  "))
    return "\n".join(lines)


def _flows(flows: list[dict[str, Any]]) -> str:
    from app.printing import pounds, table

    if not flows:
        return "No funding flows."
    rows = [
        (
            pounds(flow["amount"]) + _BASIS.get(flow["basis"], "") if flow["amount"] else "no sum printed",
            flow["year"] or flow["years"],
            f"{flow['funder'] or '?'} → {flow['recipient'] or flow['recipient_words'] or '?'}",
            "; ".join(flow["programmes"]) or flow["purpose"],
            f"{flow['kind']}, {flow['status']}",
            "; ".join([_BAND[flow["band"]], *(doubt["slot"] for doubt in flow["doubts"])]),
            flow["locator"],
        )
        for flow in flows
    ]
    headings = ("Amount", "Year", "Funder → recipient", "Programme", "Kind, status", "Reading", "Where")
    return table(headings, rows, right=(0,))


def _relations(relations: list[dict[str, Any]]) -> str:
    from app.printing import table

    rows = [(r["subject"], r["relation"], r["object"], r["locator"]) for r in relations if r["relation"] != "mentions"]
    return table(("Subject", "Relation", "Object", "Where"), rows) if rows else ""


def _checks(checks: list[dict[str, Any]]) -> str:
    from app.printing import wrapped

    return "\n".join(
        wrapped(f"{check['verdict'].capitalize()}: {check['message']} ({'; '.join(check['locators'])})")
        for check in checks
    )


def _new_names(names: list[dict[str, Any]]) -> str:
    from app.printing import wrapped

    return wrapped("Not in the registry: " + "; ".join(name["name"] for name in names)) if names else ""
