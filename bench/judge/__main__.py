"""Reads every labelled document and compares it with its labels.

    .venv/bin/python -m bench.judge [--labels DIR] [--only KEY ...] [--forms FORM ...] [--faults]

Prints found and right, slots, bands, calibration, awards and facts, over all, by form and by body, and writes
bench/results/judge.json. KEY is a document's key or a body's.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.judge.faults import fault_lines
from bench.judge.figures import Figures
from bench.judge.reading import Task, judge_all
from bench.judge.sources import chosen, full_texts, labels_of
from bench.judge.tables import band_rows, flow_row, grouped, last_line, slot_row
from bench.report import Value, table, write_json
from graph.errors import WhofundsError
from ingest.labels.records import Form


def main() -> int:
    """Judge what was asked for."""
    given = _options()
    try:
        labels = full_texts() if given.full_texts else labels_of(given.labels)
    except WhofundsError as error:
        print(error, file=sys.stderr)
        return 1
    documents = chosen(labels, given.only, given.forms)
    if not documents:
        print(f"{labels.folder}: no labelled document is among those asked for", file=sys.stderr)
        return 2
    results = judge_all(map(Task, documents))
    if given.faults:
        for judged in results:
            print(*fault_lines(judged), sep="\n", end="\n" if list(fault_lines(judged)) else "")
    rows = show(grouped(results))
    print(f"\nwritten to {write_json('judge', rows)}")
    return 0


def show(groups: dict[str, Figures]) -> list[dict[str, Value]]:
    """Print the tables; return their rows."""
    everything = groups["all"]
    rows = [flow_row(of, figures) | slot_row(of, figures) for of, figures in groups.items()]
    for one in (flow_row, slot_row):
        print(table([one(of, figures) for of, figures in groups.items()]) + "\n")
    print(table(band_rows(everything)) + "\n")
    print(f"context said to be a flow: {everything.overstated} of {everything.everything} flows reported")
    print(last_line(everything))
    return rows


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=Path, metavar="DIR", help="another folder of labels (default: data/labels)")
    parser.add_argument("--full-texts", action="store_true", help="the full texts of ../shared and their labels")
    parser.add_argument("--only", nargs="+", default=[], metavar="KEY", help="documents or bodies")
    parser.add_argument("--forms", nargs="+", default=[], choices=[str(form) for form in Form], metavar="FORM")
    parser.add_argument("--faults", action="store_true", help="print a line for each fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
