"""Reads every labelled document and compares it with its labels.

    .venv/bin/python -m bench.judge [--labels DIR] [--only KEY ...] [--forms FORM ...] [--faults]
    .venv/bin/python -m bench.judge --held-out --disguises --write-docs     (as `make judge` runs it)
    .venv/bin/python -m bench.judge --fit                                   (as `make weights` runs it)
    .venv/bin/python -m bench.judge --held-out --reader ADDRESS [--fit]     (as `make judge READER=ADDRESS` runs it)

Prints found and right, slots, bands, calibration, awards and facts, over all, by form and by body, and writes
bench/results/judge.json. KEY is a document's key or a body's. With a second reader it prints the same with and without
its word; then --fit writes what its word is worth, and no weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.judge.ablation import effects, rows_of
from bench.judge.calibration import calibrated_without_own_body, calibration_of, with_bands_kept
from bench.judge.disguises import judge_disguised
from bench.judge.faults import fault_lines
from bench.judge.figures import Figures
from bench.judge.held_out import NO_FITTING, Examples, can_fit, examples_of, fit, judge_without_own_body
from bench.judge.page import NoPlace, add_round, write_tables
from bench.judge.reading import Judged, Task, judge_all
from bench.judge.second_reader import counts_line, heard_rows, measured_of, with_second_reader
from bench.judge.sources import chosen, first_sight, full_texts, labels_of
from bench.judge.tables import band_rows, flow_row, grouped, last_line, reliability_rows, slot_row
from bench.report import Value, table, write_json
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.extract.account.measured import write_measured
from ingest.extract.second_reader.address import address_of
from ingest.extract.weights import SLOTS, load_weights, write_weights
from ingest.labels.records import Form, LabelledDocument

SHIPPED, LEFT_OUT, UNSEEN = "as shipped", "each body left out", "first sight, whose faults nobody has mended"
BY_STATEMENTS = "as shipped, by statements"  #: where no body is left out, what is compared with a second reader's word
WITH_READER = "with the second reader"


def main() -> int:
    """Judge what was asked for."""
    given = _options()
    try:
        labels = full_texts() if given.full_texts else labels_of(given.labels)
        documents = chosen(labels, given.only, given.forms)
        if not documents:
            print(f"{labels.folder}: no labelled document is among those asked for", file=sys.stderr)
            return 2
        return _judge(given, documents)
    except (WhofundsError, NoPlace) as error:
        print(error, file=sys.stderr)
        return 1


def _judge(given: argparse.Namespace, documents: Sequence[LabelledDocument]) -> int:
    if given.reader:
        address_of(Settings(second_reader=given.reader))  # what is wrong with it is said before the documents are read
    measured: dict[str, list[Judged]] = {}
    if given.held_out or given.fit or given.ablation is not None:
        if not can_fit():
            print(NO_FITTING, file=sys.stderr)
        else:
            measured = _fitted(given, documents)
    shipped = measured[SHIPPED] = judge_all(map(Task, documents))
    if given.reader and not set(measured) - {SHIPPED}:
        bare = replace(load_weights(), calibration=(), bands={}, signs={})
        raw = judge_all(Task(document, bare, reader=given.reader) for document in documents)
        measured |= _with_reader(given, raw, BY_STATEMENTS)
    if given.faults:
        for judged in next(iter(measured.values())):
            for line in fault_lines(judged):
                print(line)
    groups = {measure: grouped(results) for measure, results in measured.items()}
    rows = [row for measure, own in groups.items() for row in show(measure, own)]
    print(f"written to {write_json('judge', rows)}")
    disguises = _disguises(shipped) if given.disguises else []
    if given.write_docs:
        write_tables(groups, disguises)
    if given.record:
        add_round(given.record, groups[SHIPPED]["all"])
    return 0


def _fitted(given: argparse.Namespace, documents: Sequence[LabelledDocument]) -> dict[str, list[Judged]]:
    """Return what fitted weights give, the measure with bodies left out first; run the ablation where asked for."""
    examples = examples_of(documents)
    if given.ablation is not None:
        rows = rows_of(effects(examples, given.ablation))
        print(table(rows) + f"\nwritten to {write_json('judge_ablation', rows)}\n")
    found: dict[str, list[Judged]] = {}
    if given.held_out or given.reader:
        raw = judge_without_own_body(documents, examples, reader=given.reader)
        found = _with_reader(given, raw, LEFT_OUT) if given.reader else {LEFT_OUT: calibrated_without_own_body(raw)}
    if given.fit and not given.reader:
        found[UNSEEN] = _written(examples, given.slots)
    return found


def _written(examples: Examples, slots: Sequence[str]) -> list[Judged]:
    """Fit the weights of slots on the examples, calibrate all on pages of first sight, and write them.

    Return how those pages are read, each calibrated by those of other bodies.
    """
    fitted = fit(examples)
    slot_weights = {**load_weights().slots, **{slot: fitted.of(slot) for slot in slots}}
    raw = judge_all(Task(document, replace(fitted, slots=slot_weights)) for document in first_sight().documents)
    load_weights.cache_clear()
    left_out = calibrated_without_own_body(raw)
    found = with_bands_kept(calibration_of(raw), left_out)
    print(f"written to {write_weights(replace(found, slots=slot_weights))}")
    return left_out


def _with_reader(given: argparse.Namespace, raw: Sequence[Judged], measure: str) -> dict[str, list[Judged]]:
    """Return what readings come to without and with a second reader's word; print what it said of each slot."""
    rows = heard_rows(raw)
    print(table(rows) if rows else "the second reader said nothing of any flow")
    print(f"{counts_line(raw)}\nwritten to {write_json('judge_second_reader', rows)}\n")
    if given.fit:
        settings = Settings.from_environment(second_reader=given.reader)
        print(f"written to {write_measured(address_of(settings).name, measured_of(raw))}")
    return {measure: calibrated_without_own_body(raw), f"{measure}, {WITH_READER}": with_second_reader(raw)}


def _disguises(shipped: Sequence[Judged]) -> list[dict[str, Value]]:
    rows = judge_disguised(shipped)
    print(table(rows) + f"\nwritten to {write_json('judge_disguises', rows)}")
    return rows


def show(measure: str, groups: Mapping[str, Figures]) -> list[dict[str, Value]]:
    """Print the tables of a measure; return their rows."""
    everything = groups["all"]
    print(f"== {measure} ==\n")
    for one in (flow_row, slot_row):
        print(table([one(of, figures) for of, figures in groups.items()]) + "\n")
    print(table(band_rows(everything)) + "\n")
    print(table(reliability_rows(everything)) + "\n")
    if everything.unread:
        print(f"{everything.unread} documents could not be read; --faults says which and why")
    print(f"context said to be a flow: {everything.overstated} of {everything.everything} flows reported")
    print(last_line(everything) + "\n")
    return [{"measure": measure} | flow_row(of, figures) | slot_row(of, figures) for of, figures in groups.items()]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=Path, metavar="DIR", help="another folder of labels (default: data/labels)")
    parser.add_argument("--full-texts", action="store_true", help="the full texts of ../shared and their labels")
    parser.add_argument("--only", nargs="+", default=[], metavar="KEY", help="documents or bodies")
    parser.add_argument("--forms", nargs="+", default=[], choices=[str(form) for form in Form], metavar="FORM")
    parser.add_argument("--faults", action="store_true", help="print a line for each fault")
    parser.add_argument("--held-out", action="store_true", help="read each body by weights fitted on all others")
    parser.add_argument("--fit", action="store_true", help="fit the weights anew and write them")
    parser.add_argument("--slots", nargs="+", default=SLOTS, choices=SLOTS, metavar="SLOT", help="that --fit fits")
    parser.add_argument("--ablation", nargs="*", metavar="FEATURES", help="which families of features help no body")
    parser.add_argument("--disguises", action="store_true", help="with other names, sums, years and order")
    parser.add_argument("--reader", default="", metavar="ADDRESS", help="a second reader's address")
    parser.add_argument(
        "--record", default="", metavar="ROUND", help="add the figures to docs/accuracy.md, first sight"
    )
    parser.add_argument("--write-docs", action="store_true", help="write the tables of docs/accuracy.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
