"""`whofunds ingest`: read documents and publish them as a new build."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.report import DocumentReport, IngestReport


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "ingest", parents=[common], help="read files and folders and publish a new build",
        description="Read files and folders (.md .txt .html .pdf .docx .xlsx .csv .json) and publish a new build. "
        "Unchanged documents are not read again; one that cannot be read is reported and the others go in.",
        epilog="example: whofunds ingest data/decisions --workers 2",
    )  # fmt: skip
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="a file or a folder")
    parser.add_argument("--workers", type=_positive, metavar="N", help="processes that read documents")
    parser.add_argument("--dry-run", action="store_true", help="show what would be read; change nothing")
    parser.add_argument(
        "--columns", metavar="HEADING=ROLE,...", default="",
        help="what columns of the spreadsheets hold, as in 'Supplier=payee,Net=amount,Fund='; kept for later ingests",
    )  # fmt: skip
    parser.add_argument("--progress", action="store_true", help=argparse.SUPPRESS)  # it had to be asked for once
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes; give 1 or more")
    return number


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Ingest the paths and report on each document; return the exit code."""
    from app.printing import print_json, warn
    from graph.arrow import leave_pandas_out
    from ingest.pipeline import ingest

    leave_pandas_out()
    if options.columns and not options.dry_run:
        from ingest.choosing import keep_choice

        keep_choice(options.paths, options.columns, settings)
    report = ingest(
        options.paths,
        settings,
        workers=options.workers or settings.workers,
        progress=not options.quiet,
        dry_run=options.dry_run,
    )
    for line in fault_lines(report):
        warn(line)
    if options.json:
        print_json(report.to_json())
    else:
        print(report_text(report))
    return 1 if report.failed else 0


def fault_lines(report: IngestReport) -> list[str]:
    """Return the messages of the run and the issues of its documents, one line each."""
    from app.printing import plain

    lines = [plain(message) for message in report.messages]
    for document in report.documents:
        lines += [plain(_located(document, issue)) for issue in document.issues]
    return lines


def _located(document: DocumentReport, issue: str) -> str:
    return issue if issue.startswith(document.name) else f"{document.name}: {issue}"


def report_text(report: IngestReport) -> str:
    """Return the results: one line for each document that was read, and one for the whole run."""
    from app.printing import plain
    from app.viewmodels.words import count
    from graph.unread import unread_said

    lines = []
    for document in report.documents:
        if document.status in ("loaded", "partly"):
            note = ", read in part" if document.status == "partly" else ""
            named = ": ".join(filter(None, (document.name, document.reference or document.title)))
            awards = f", {document.awards} without a sum" if document.awards else ""
            counts = f"{count(document.flows, 'flow')}{awards}, {count(document.relations, 'relation')}{note}"
            missing = f"; {said}" if (said := unread_said(document.unread)) else ""
            lines.append(plain(f"{named}: {counts}{missing}"))
        elif document.status == "would be read":
            lines.append(plain(f"{document.name}: would be read"))
    return "\n".join([*lines, report.summary()])
