"""`whofunds labels`: check, compare and export labels, which state what people read in documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.labels.agreement import Agreement
    from ingest.labels.names import NameComparison
    from ingest.labels.records import LabelSet
    from ingest.labels.tables import Faults


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "labels", parents=[common], help="check, compare or export labels: what people read in documents",
        description="Labels say what a person reads in a document; the reader is judged by them. Check a folder of "
        "labels, write your corrections as labels, or see how far two people who labelled the same documents agree.",
        epilog="example: whofunds labels --export my-labels decisions/pcd-9001.md",
    )  # fmt: skip
    actions = parser.add_mutually_exclusive_group(required=True)
    actions.add_argument(
        "--check", nargs="?", const=Path(), type=Path, metavar="FOLDER",
        help="count the labels of a folder, and say what is wrong with them (default: data/labels)",
    )  # fmt: skip
    actions.add_argument(
        "--export", type=Path, metavar="FOLDER",
        help="write the workspace's corrections as labels, beside those that the folder has",
    )  # fmt: skip
    actions.add_argument(
        "--agreement", nargs=2, type=Path, metavar=("A", "B"), help="how far the labels of two folders agree"
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="with --export: documents to be copied beside their labels"
    )
    parser.set_defaults(run=run, refuse=parser.error)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Check, export or compare labels; return the exit code."""
    if options.files and options.export is None:
        options.refuse("files go with --export FOLDER")
    if options.export is not None:
        return _export(options, settings)
    if options.agreement:
        return _agreement(options, settings)
    return _check(options, settings)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from app.printing import plain, print_json, say

    folder = options.check if options.check != Path() else settings.data / "labels"
    labels, faults = _read(folder, settings)
    if options.json:
        print_json({"folder": str(folder), **_counts(labels), "faults": [str(fault) for fault in faults.found]})
    else:
        print(plain(_said(labels)))
    for fault in faults.found:
        say(plain(str(fault)))
    return 1 if faults.found else 0


def _counts(labels: LabelSet) -> dict[str, Any]:
    documents = labels.documents
    rows = [row for document in documents for row in document.rows]
    forms: dict[str, int] = {}
    for document in documents:
        forms[document.form] = forms.get(document.form, 0) + 1
    return {
        "documents": len(documents),
        "bodies": len(labels.bodies),
        "forms": dict(sorted(forms.items())),
        "sums": len(rows),
        "required": sum(row.is_required for row in rows),
        "awards": sum(len(document.awards) for document in documents),
        "facts": sum(len(document.facts) for document in documents),
    }


def _said(labels: LabelSet) -> str:
    counts = _counts(labels)
    forms = ", ".join(f"{number} {form}" for form, number in counts["forms"].items())
    return (
        f"{counts['documents']} documents of {counts['bodies']} bodies ({forms or 'none'}): {counts['sums']} sums, "
        f"{counts['required']} of them required; {counts['awards']} awards without a sum; {counts['facts']} facts"
    )


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from app.printing import plain, print_json, say
    from graph.builds.workspace import Workspace
    from graph.corrections.corrected import apply_corrections
    from ingest.labels.corrected import label_tables, write_labels
    from ingest.work import name_index

    missing = [path for path in options.files if not path.is_file()]
    if missing:
        options.refuse(f"{missing[0]}: no such file")
    build = Workspace(settings.workspace, settings=settings).current()
    corrected = apply_corrections(build.records_as_read(), build.corrections)
    registry = name_index(settings.data / "registry").registry
    tables = label_tables(build.corrections.corrections, corrected, registry)
    if not tables["decisions"]:
        print("no correction of a sum is in force; nothing is written")
        return 0
    written = write_labels(options.export, tables, options.files)
    for message in written.messages:
        say(plain(message))
    if options.json:
        shown = {"documents": written.documents, "sums": written.rows, "messages": written.messages}
        print_json({"folder": str(options.export), **shown})
    else:
        print(plain(f"{options.export}: {len(written.documents)} documents with {written.rows} sums added"))
    return 1 if written.messages else 0


def _agreement(options: argparse.Namespace, settings: Settings) -> int:
    from app.printing import print_json, say, table
    from ingest.labels.agreement import added_up, agreement_of

    (one, wrong), (other, wrong_too) = (_read(folder, settings) for folder in options.agreement)
    faults = [*wrong.found, *wrong_too.found]
    for fault in faults:
        say(str(fault))
    parts = agreement_of(one, other, _names(settings))
    if not parts:
        say("the two folders have no document in common")
        return 1
    lines = [*parts, added_up(parts)]
    if options.json:
        print_json({"agreement": [agreement_json(line) for line in lines]})
    else:
        headings = tuple(agreement_json(lines[0]))
        print(table(headings, [agreement_json(line).values() for line in lines], right=range(1, len(headings))))
        print("\n" + _shares(lines[-1]))
    return 1 if faults else 0


def agreement_json(part: Agreement) -> dict[str, Any]:
    """Return an agreement as JSON values with the columns of agreement.csv, and the number of fully equal rows."""
    slots = {str(slot): number for slot, number in part.slots}
    named = {name: slots[name] for name in ("funder", "recipient", "programme", "fund", "status")}
    counts = {"document": part.document, "required": part.required, "both": part.both, "year": part.years}
    return {**counts, **named, "whole": part.whole}


def _shares(part: Agreement) -> str:
    from app.printing import wrapped

    def share(number: int, of: int) -> str:
        return f"{100 * number / of:.0f} %" if of else "none"

    slots = "; ".join(f"{slot} {share(number, part.both)}" for slot, number in part.slots)
    return wrapped(
        f"Both state {share(part.both, part.required)} of the {part.required} sums that one of them requires. Of "
        f"those they agree in: year {share(part.years, part.both)}; {slots}; all of it {share(part.whole, part.both)}."
    )


def _read(folder: Path, settings: Settings) -> tuple[LabelSet, Faults]:
    from ingest.labels.bodies import key_of_body
    from ingest.labels.loading import read_labels
    from ingest.work import name_index

    registry = name_index(settings.data / "registry").registry
    samples = settings.data / "decisions"
    return read_labels(folder, samples=samples, body_key=lambda name: key_of_body(name, registry))


def _names(settings: Settings) -> NameComparison:
    from ingest.labels.names import NameComparison
    from ingest.work import name_index

    return NameComparison(name_index(settings.data / "registry").registry)
