"""`whofunds check`: figures that do not add up, dates out of order, and figures that were not read."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.builds.build import Build
    from graph.model import Record


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "check", parents=[common], help="show figures that do not add up or contradict each other",
        description="Show figures that do not add up or contradict each other, those that published grants, contracts "
        "and payments contradict, and dates out of order; with --unread, the figures that led to no flow, no total and "
        "no context instead.",
        epilog='example: whofunds check "PCD 1307"',
    )  # fmt: skip
    parser.add_argument("reference", nargs="?", metavar="REFERENCE", help="of one decision; all where it is left out")
    parser.add_argument("--all", action="store_true", help="also show what was found consistent")
    parser.add_argument(
        "--unread", action="store_true", help="list instead, for each document, the figures that were not read"
    )
    offer_csv(parser, "check, or for each figure that was not read")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the checks of one decision or of all; return the exit code."""
    from app.printing import plain, print_csv, print_json, say, warn
    from graph.builds.workspace import Workspace
    from ingest.keeping import people_faults

    build = Workspace(settings.workspace, settings=settings).current()
    for line in people_faults(settings):
        warn(plain(line))
    records = [record for record in build.records() if not options.reference or _is_of(record, options.reference)]
    if not records:
        say(f"{options.reference}: no decision of that reference in build {build.id}; `whofunds search` finds titles")
        return 1
    if options.unread:
        return _unread(records, options)
    found = [check for record in records for check in _checks(record, consistent=options.all)]
    found += _between_documents(build, settings, {record.document for record in records}, consistent=options.all)
    if options.csv:
        print_csv(("decision", "document", "verdict", "figures", "message", "locators", "quotes"), found)
    elif options.json:
        print_json({"reference": options.reference, "decisions": len(records), "checks": found})
    else:
        print(checks_text(found, len(records)))
    return 0


def _between_documents(
    build: Build, settings: Settings, documents: Collection[str], *, consistent: bool
) -> list[dict[str, Any]]:
    """Return as JSON values the checks between documents and against published data; consistent ones only if asked."""
    from graph.exports.source import Source
    from graph.model import Verdict
    from graph.published.comparing import published_checks
    from graph.record_json import check_json
    from graph.stated.checks import contradictions
    from ingest.published.files import held_published

    records = [record for file in held_published(settings) for record in file.records]
    source = Source(build.store(), published=records)
    try:
        heads = source.heads
        found = [*contradictions(source.flows, heads), *published_checks(source.flows, source.matches)]
    finally:
        source.store.close()
    return [
        {"decision": heads[each.document].caption, "document": each.document, **check_json(each.check)}
        for each in found
        if each.document in documents and (consistent or each.check.verdict is not Verdict.CONSISTENT)
    ]


def _unread(records: list[Record], options: argparse.Namespace) -> int:
    """Print the figures that were not read, documents with the most of them first."""
    from app.printing import print_csv, print_json
    from graph.record_json import unread_json

    missing = sorted((record for record in records if record.unread.figures), key=lambda each: -each.unread.figures)
    if options.csv:
        examples = [{**_named(record), **each} for record in missing for each in unread_json(record.unread)["examples"]]
        print_csv(("decision", "document", "locator", "words"), examples)
    elif options.json:
        found = [{**_named(record), **unread_json(record.unread), "flows": len(record.flows)} for record in missing]
        figures = sum(record.unread.figures for record in missing)
        print_json({"reference": options.reference, "decisions": len(records), "figures": figures, "unread": found})
    else:
        print(unread_text(missing, len(records)))
    return 0


def unread_text(records: Sequence[Record], decisions: int) -> str:
    """Return the figures that were not read as text for people: each document with its first ones and their places."""
    from app.printing import wrapped
    from graph.unread import example_said

    looked = f"{decisions} decision{'s' if decisions != 1 else ''}"
    if not records:
        return f"Every figure of {looked} was read."
    figures = sum(record.unread.figures for record in records)
    parts = [f"{figures:,} figures were not read, in {len(records)} of {looked}."]
    for record in records:
        named, unread = _named(record), record.unread
        none = "" if record.flows else "; no flow was read from it"
        lines = [wrapped(f"{named['decision']} ({named['document']}): {unread.figures} not read{none}")]
        lines += [wrapped(example_said(each), indent="  ") for each in unread.examples]
        rest = unread.figures - len(unread.examples)
        lines += [f"  and {rest:,} more"] if unread.examples and rest > 0 else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _named(record: Record) -> dict[str, Any]:
    decision = record.decision
    return {"decision": decision.reference or decision.title, "document": record.document}


def _is_of(record: Record, reference: str) -> bool:
    from graph.parse.references import reference_key

    known = (record.decision.reference, *record.decision.aliases)
    return record.document == reference or reference_key(reference) in {reference_key(text) for text in known if text}


def _checks(record: Record, *, consistent: bool) -> list[dict[str, Any]]:
    from graph.model import Verdict
    from graph.record_json import check_json

    return [
        {**_named(record), **check_json(check)}
        for check in record.checks
        if consistent or check.verdict is not Verdict.CONSISTENT
    ]


def checks_text(checks: list[dict[str, Any]], decisions: int) -> str:
    """Return checks as text for people, each with its places and their quotations."""
    from app.printing import wrapped

    if not checks:
        return f"Nothing that contradicts itself in {decisions} decision{'s' if decisions != 1 else ''}."
    parts = []
    for check in checks:
        lines = [wrapped(f"{check['decision']}, {check['verdict']}: {check['message']}")]
        lines += [
            wrapped(f"{locator}: “{quote}”", indent="  ")
            for locator, quote in zip(check["locators"], check["quotes"], strict=True)
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
