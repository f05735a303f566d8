"""`whofunds extract`: what one document would bring into the graph."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.model import Record

_BASIS = {"ceiling": " at most", "rounded": " rounded"}
_BAND = {"sure": "sure", "likely": "likely right", "check": "to be checked"}


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "extract", parents=[common], help="read one document and show what would enter the graph",
        description="Read one document and show what would enter the graph. Touches no workspace.",
        epilog="example: whofunds extract decision.pdf --json",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the document; - reads it from standard input")
    parser.add_argument("--name", metavar="NAME", help="file name for standard input; its ending tells the format")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read, extract, print."""
    from app.printing import print_json, say
    from graph.record_json import contract_json
    from graph.unread import issue_without_flows, unread_said

    record = _record(options, settings)
    for issue in (*record.issues, issue_without_flows(record) or unread_said(record.unread)):
        if issue:
            say(f"{record.document}: {issue}")
    shown = contract_json(record)
    if options.json:
        print_json(shown)
    else:
        print(record_text(shown))
    return 0


def _record(options: argparse.Namespace, settings: Settings) -> Record:
    import sys

    from ingest.work import name_of_stream, read_and_extract

    if options.file == "-":
        data = sys.stdin.buffer.read()
        return read_and_extract(data, options.name or name_of_stream(data), settings).record
    return read_and_extract(Path(options.file), None, settings).record


def record_text(record: dict[str, Any]) -> str:
    """Return a record of the contract's shape as text for people."""
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
