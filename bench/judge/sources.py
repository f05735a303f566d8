"""The labels that the judge reads: those of the project, another folder's, or the full texts outside it."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from bench.judge.reading import names
from bench.report import PROJECT
from graph.settings import Settings
from ingest.labels.bodies import key_of_body
from ingest.labels.loading import load_labels
from ingest.labels.records import LabelledDocument, LabelSet

SHARED = PROJECT.parent / "shared"


def labels_of(folder: Path | None = None) -> LabelSet:
    """Return the labels of a folder; without one, those of data/labels."""
    data = Settings().data
    return load_labels(
        folder or data / "labels",
        samples=data / "decisions",
        body_key=lambda name: key_of_body(name, names().registry),
    )


def first_sight() -> LabelSet:
    """Return the labels of the pages whose faults nobody has mended, on which nothing is fitted."""
    return labels_of(Settings().data / "first_sight")


def full_texts() -> LabelSet:
    """Return the labels of the full texts in ../shared, whose documents are named by their references."""
    folder = Path(tempfile.mkdtemp(prefix="whofunds-full-texts-"))
    shutil.copy(SHARED / "eval" / "gold_flows.csv", folder / "flows.csv")
    shutil.copytree(SHARED / "decisions", folder / "documents")
    with (SHARED / "eval" / "gold_decisions.csv").open(encoding="utf-8", newline="") as lines:
        rows = [{**row, "key": row["reference"]} for row in csv.DictReader(lines)]
    with (folder / "decisions.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return labels_of(folder)


def chosen(labels: LabelSet, only: Collection[str], forms: Collection[str]) -> list[LabelledDocument]:
    """Return the documents whose key or body is in `only` and whose form is in `forms`; an empty choice is all."""
    return [
        document
        for document in labels.documents
        if (not only or document.key in only or document.body in only) and (not forms or document.form in forms)
    ]
