"""`whofunds check`: figures that do not add up or contradict each other, and dates out of order."""

from __future__ import annotations

import argparse
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "check", parents=[common], help="show figures that do not add up or contradict each other",
        description="Show figures that do not add up or contradict each other, and dates out of order.",
        epilog='example: whofunds check "PCD 1307"',
    )  # fmt: skip
    parser.add_argument("reference", nargs="?", metavar="REFERENCE", help="of one decision; all where it is left out")
    parser.add_argument("--all", action="store_true", help="also show what was found consistent")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the checks of one decision or of all."""
    from app.printing import print_json, say
    from graph.builds.workspace import Workspace

    build = Workspace(settings.workspace, settings=settings).current()
    records = [record for record in build.records() if not options.reference or _is_of(record, options.reference)]
    if not records:
        say(f"{options.reference}: no decision of that reference in build {build.id}; `whofunds search` finds titles")
        return 1
    found = [check for record in records for check in _checks(record, consistent=options.all)]
    if options.json:
        print_json({"reference": options.reference, "decisions": len(records), "checks": found})
    else:
        print(checks_text(found, len(records)))
    return 0


def _is_of(record: Any, reference: str) -> bool:
    from graph.parse.references import reference_key

    known = (record.decision.reference, *record.decision.aliases)
    return record.document == reference or reference_key(reference) in {reference_key(text) for text in known if text}


def _checks(record: Any, *, consistent: bool) -> list[dict[str, Any]]:
    from graph.model import Verdict
    from graph.record_json import check_json

    decision = record.decision
    return [
        {"decision": decision.reference or decision.title, "document": record.document, **check_json(check)}
        for check in record.checks
        if consistent or check.verdict is not Verdict.CONSISTENT
    ]


def checks_text(checks: list[dict[str, Any]], decisions: int) -> str:
    """Return checks as text for people, each with its places and their words."""
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
