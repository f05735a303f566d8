"""`whofunds correct`: correct what was read, with author, date and reason."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.corrections.corrected import Outcome
    from graph.corrections.correction import Change, Correction

WHAT = {"flow": "DOCUMENT FLOW", "withdraw": "DOCUMENT FLOW", "note": "DOCUMENT [FLOW]", "merge": "NAME NAME",
        "name": "NAME [NAME]"}  # fmt: skip
FIELDS = ("funder", "recipient", "amount", "basis", "years", "programmes", "place", "fund", "kind", "status")
_ONE = {"years": "year", "programmes": "programme"}


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "correct", parents=[common], help="set right what was read, with who, when and why",
        description="Set right what was read and publish a new build. Corrections win over what was read, survive a "
        "new ingest, stand in corrections.yaml in the workspace, and can be listed and undone.",
        epilog='example: whofunds correct flow "PCD 9001" 3.1 --recipient "Ashford Borough Council" '
        '--why "the annex names the borough"',
    )  # fmt: skip
    actions = parser.add_mutually_exclusive_group(required=True)
    actions.add_argument(
        "action", nargs="?", choices=tuple(WHAT),
        help="set values of a flow, withdraw a flow, add a note, merge two names of one thing, or rename (or with "
        "--verified confirm) a name that the registry lacks",
    )  # fmt: skip
    actions.add_argument("--list", action="store_true", help="show every correction and what became of it")
    actions.add_argument("--undo", metavar="ID", help="take a correction back; an undo can be undone")
    parser.add_argument(
        "what", nargs="*", metavar="WHAT",
        help="a document (file name or reference) and a flow or an award without a sum (id, locator or amount), or "
        "two names",
    )  # fmt: skip
    for field in FIELDS:
        one = _ONE.get(field, field)
        many = "; several: give it again" if field in _ONE else ""
        help_text = f"set the {one} of the flow ('' leaves it open){many}"
        parser.add_argument(f"--{one}", metavar=one.upper(), dest=field, action="append", help=help_text)
    things = ("organisation", "programme", "place", "fund")
    parser.add_argument("--type", choices=things, default=things[0], help=f"of the names (default {things[0]})")
    parser.add_argument("--verified", action="store_true", help="the name was checked")
    parser.add_argument("--why", metavar="REASON", help="the reason, kept with the correction")
    parser.add_argument("--who", metavar="NAME", help="who makes it (default: your login name)")
    parser.add_argument("--dry-run", action="store_true", help="check the correction; change nothing")
    offer_csv(parser, "correction that --list shows")
    parser.set_defaults(run=run, refuse=parser.error)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Make, list or undo corrections; return the exit code."""
    if options.list:
        return _list(options, settings)
    _check_usage(options)
    from app.printing import plain, print_json, warn
    from graph.arrow import leave_pandas_out
    from ingest.correcting import correct

    leave_pandas_out()
    report = correct([_correction(options, settings)], settings, dry_run=options.dry_run)
    for message in report.messages:
        warn(plain(message))
    if options.json:
        shown = [correction_json(correction) for correction in report.corrections]
        print_json({"build": report.build, "published": not options.dry_run, "corrections": shown})
        return 0
    for correction in report.corrections:
        print(plain(f"{correction.id}: {said(correction)}"))
    print("nothing published (dry run)" if options.dry_run else f"build {report.build} is published")
    return 0


def _check_usage(options: argparse.Namespace) -> None:
    """Exit with code 2 if the arguments contradict each other."""
    if options.csv:
        options.refuse("--csv goes with --list")
    action, count = options.action, len(options.what)
    given = [field for field in FIELDS if getattr(options, field)]
    if action is None:
        if count or given:
            options.refuse("--undo takes an id and nothing else")
        return
    wanted = {"note": (1, 2), "name": (1, 2)}.get(action, (2,))
    if count not in wanted:
        options.refuse(f"correct {action} takes {WHAT[action]}")
    if not options.why:
        options.refuse(f"correct {action} needs --why REASON")
    if action == "flow" and not given:
        options.refuse("correct flow needs what to set, such as --recipient NAME or --amount AMOUNT")
    if action != "flow" and given:
        options.refuse(f"--{_ONE.get(given[0], given[0])} goes with correct flow")
    if action == "name" and count == 1 and not options.verified:
        options.refuse("correct name takes the right NAME, or --verified")


def _correction(options: argparse.Namespace, settings: Settings) -> Correction:
    from graph.audit import login_name
    from graph.builds.workspace import Workspace
    from graph.model import EntityKind
    from ingest import correcting

    by = {"who": options.who or settings.who or login_name(), "why": options.why or "taken back"}
    if options.undo:
        return correcting.undoing(options.undo, **by)
    first, second = [*options.what, ""][:2]
    kind = EntityKind(options.type)
    if options.action == "merge":
        return correcting.merger(first, second, kind, **by)
    if options.action == "name":
        return correcting.naming(first, second, kind, verified=options.verified, **by)
    record = correcting.document_named(Workspace(settings.workspace, settings=settings).current(), first)
    flow = correcting.flow_named(record, second) if second else None
    if options.action == "note" or flow is None:
        return correcting.note(record, flow, **by)
    if options.action == "withdraw":
        return correcting.withdrawal(record, flow, **by)
    return correcting.flow_correction(record, flow, _changes(options), **by)


def _changes(options: argparse.Namespace) -> list[Change]:
    from graph.corrections.correction import CorrectionRefused, Field
    from graph.corrections.values import change_of

    try:
        return [change_of(Field(name), getattr(options, name)) for name in FIELDS if getattr(options, name)]
    except ValueError as error:
        raise CorrectionRefused(str(error)) from None


def _list(options: argparse.Namespace, settings: Settings) -> int:
    from app.printing import plain, print_csv, print_json, say, table, warn
    from graph.builds.workspace import Workspace
    from graph.corrections.corrected import State
    from ingest.correcting import corrections_of_workspace, outcomes_of

    if options.what:
        options.refuse("--list takes nothing else")
    build = Workspace(settings.workspace, settings=settings).current()
    for line in corrections_of_workspace(settings).messages:
        warn(plain(line))
    found = outcomes_of(build, settings)
    known = {correction.id for correction in build.corrections.corrections}
    if waiting := [correction.id for correction, _ in found if correction.id not in known]:
        warn(f"{', '.join(waiting)}: not in build {build.id}; the next 'whofunds ingest' puts them in force")
    if options.json:
        print_json({"corrections": [correction_json(*pair) for pair in found]})
    elif options.csv:
        rows = ({"id": each.id, "when": each.when, "who": each.who, "what": said(each), "why": each.why,
                 "state": outcome.state} for each, outcome in found)  # fmt: skip
        print_csv(("id", "when", "who", "what", "why", "state"), rows)
    elif not found:
        print("No corrections.")
    else:
        cells = [(each.id, each.when[:10], each.who, said(each), each.why, outcome.state) for each, outcome in found]
        print(table(("Id", "When", "Who", "What", "Why", "State"), cells))
    lost = [outcome for _, outcome in found if outcome.state is State.LOST]
    for outcome in lost:
        say(plain(f"{outcome.id}: {outcome.reason}"))
    return 1 if lost else 0


def said(correction: Correction) -> str:
    """Return the effect of a correction in one line for people."""
    from graph.corrections.flows import described
    from graph.corrections.values import shown

    if correction.undoes:
        return f"takes back {correction.undoes}"
    if correction.flow is None:
        right = f"{correction.name!r} is {correction.into!r}" if correction.into else repr(correction.name)
        return f"{right}, checked" if correction.verified else right
    where = correction.flow.document
    if correction.flow.flow or correction.flow.amount is not None:
        where += f", {described(correction.flow)}"
    if not correction.changes:
        return f"{where}: {correction.action}"
    was = {change.field: shown(change) for change in correction.was}
    return f"{where}: " + "; ".join(
        f"{change.field}: {was.get(change.field, '?')} → {shown(change)}" for change in correction.changes
    )


def correction_json(correction: Correction, outcome: Outcome | None = None) -> dict[str, Any]:
    """Return a correction as JSON values in the form of the corrections file, with its state if an outcome is given."""
    from graph.corrections.entries import entry_of_correction

    entry = entry_of_correction(correction)
    return {**entry, "state": str(outcome.state), "reason": outcome.reason or None} if outcome else entry
