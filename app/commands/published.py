"""`whofunds published`: add grants, contracts and payments that others publish, and compare them with decisions."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.exports.source import Source
    from graph.published.matching import Matches
    from graph.stated.decisions import DecisionHead
    from graph.stated.flows import StatedFlow
    from ingest.published.files import PublishedFile


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "published", parents=[common], help="set published grants, contracts and payments beside decisions",
        description="Read published grants (360Giving as .json, .csv or .xlsx), contracts (Contracts Finder and Find a "
        "Tender, OCDS .json) and payments (spending over £500 as .csv or .xlsx), keep them in the workspace beside the "
        "graph, and show which approved sums they speak of. They are never added to a decision's money. Without a "
        "file, shows what is held.",
        epilog="example: whofunds published spending-2024-05.csv grants.json",
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="published data to read and keep")
    parser.add_argument("--decision", metavar="REFERENCE", help="only sums of this decision")
    parser.add_argument("--unmatched", action="store_true", help="list instead what fits no approved sum, or several")
    offer_csv(parser, "record")
    parser.add_argument("--drop", metavar="NAME", help="set a file aside that should no longer be shown")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Store published files, and print what they say about approved sums; return the exit code."""
    from app.printing import plain, say
    from ingest.published.files import add_published, drop_published, held_published

    faults: list[str] = []
    if options.drop:
        say(plain(f"{options.drop}: set aside as {drop_published(options.drop, settings)}"))
    if options.paths:
        added, faults = add_published(options.paths, settings)
        for file in added:
            say(plain(f"{file.name}: {len(file.records)} records kept"))
            for note in file.notes:
                say(plain(note))
    for fault in faults:
        say(plain(fault))
    _print(held_published(settings), options, settings)
    return 1 if faults else 0


def _print(files: list[PublishedFile], options: argparse.Namespace, settings: Settings) -> None:
    from app.printing import print_json
    from graph.builds.workspace import Workspace
    from graph.exports.published import flat_published
    from graph.exports.source import Source
    from graph.exports.table import published_csv

    build = Workspace(settings.workspace, settings=settings).current()
    source = Source(build.store(), published=[record for file in files for record in file.records])
    try:
        heads, flows, matches = source.heads, source.flows, source.matches
    finally:
        source.store.close()
    shown = [flow for flow in flows if flow.iri in matches.by_flow and _is_of(heads[flow.document], options.decision)]
    if options.csv:
        print(published_csv(flat_published(source, shown)), end="")
    elif options.json:
        print_json(_json(source, shown, matches))
    elif options.unmatched:
        print(_unmatched_text(matches))
    else:
        print(_text(files, shown, matches, heads))


def _is_of(head: DecisionHead, wanted: str | None) -> bool:
    from graph.parse.references import reference_key

    if not wanted:
        return True
    return head.document == wanted or reference_key(head.reference or "") == reference_key(wanted)


def _text(
    files: list[PublishedFile], shown: list[StatedFlow], matches: Matches, heads: Mapping[str, DecisionHead]
) -> str:
    from app.printing import wrapped
    from graph.published.saying import beside

    count = sum(len(file.records) for file in files)
    matched = sum(map(len, matches.by_flow.values()))
    lines = []
    for stated in shown:
        payee = stated.flow.recipient.name if stated.flow.recipient else stated.flow.recipient_words
        found = matches.by_flow[stated.iri]
        said = beside(stated.flow.amount, found, stated.flow.currency)
        years = ", ".join(stated.flow.years)
        lines.append(wrapped(f"{heads[stated.document].caption}, {payee}{f', {years}' if years else ''}: {said}"))
        where = sorted({f"{match.record.document} ({match.ground})" for match in found})
        lines.append(wrapped("; ".join(where), indent="  "))
    again = f" ({matches.again} of them again, in another register or file)" if matches.again else ""
    lines.append(
        f"{count} records of {len(files)} files{again}: {matched} beside approved sums, "
        f"{len(matches.open)} that could be of several, {len(matches.alone)} that fit none"
    )
    return "\n".join(lines)


def _unmatched_text(matches: Matches) -> str:
    from app.printing import table

    rows = [
        (record.kind, record.date, record.payee, f"{record.amount:,.2f}", said, record.document)
        for said, records in (("several sums would do", matches.open), ("none fits", matches.alone))
        for record in records
    ]
    return table(["Kind", "Date", "Paid to", "Sum", "Why", "File"], rows, right=(3,))


def _json(source: Source, shown: list[StatedFlow], matches: Matches) -> dict[str, Any]:
    from dataclasses import asdict

    from graph.exports.published import flat_published

    beside = [asdict(row) for row in flat_published(source, shown)]
    return {"beside": beside, "severalWouldDo": len(matches.open), "noneFits": len(matches.alone)}
