"""Builders of small label folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from graph.registry import load_registry
from graph.settings import Settings
from ingest.labels.bodies import key_of_body
from ingest.labels.loading import read_labels
from ingest.labels.names import NameComparison
from ingest.labels.records import FlowLabel, LabelSet
from ingest.labels.tables import Faults, write_table

FLOW = {
    "document": "one", "row": "1", "funder": "Police and Crime Commissioner for Kent", "recipient": "SafeLives",
    "amount": "5000.00", "year": "2023/24", "programme": "Drive|", "kind": "grant", "status": "approved",
    "required": "yes", "where": "list",
}  # fmt: skip
DECISION = {"document": "one.md", "title": "Grants", "body": "Police and Crime Commissioner for Kent", "key": "one"}
SOURCE = {"document": "one", "body": "Police and Crime Commissioner for Kent", "form": "news"}
SPLIT = {"document": "one", "body": "kent", "form": "notice", "group": "labels"}
Row = Mapping[str, str]


@cache
def comparison() -> NameComparison:
    """Return the comparison of names through the project's registry."""
    return NameComparison(load_registry(Settings().data / "registry"))


def body_key(name: str) -> str:
    """Return the key of a body by the project's registry."""
    return key_of_body(name, load_registry(Settings().data / "registry"))


def write_folder(folder: Path, *, texts: Sequence[str] = ("one.md",), **tables: Sequence[Row]) -> Path:
    """Write documents and tables; one good document by default."""
    given = {"flows": [FLOW], "decisions": [DECISION], "SPLITS": [SPLIT], **tables}
    for table, rows in given.items():
        write_table(folder, table, [dict(row) for row in rows])
    (folder / "documents").mkdir(exist_ok=True)
    for name in texts:
        (folder / "documents" / name).write_text("# Grants\n\nWe gave £5,000 to SafeLives.\n", encoding="utf-8")
    return folder


def read_folder(folder: Path) -> tuple[LabelSet, Faults]:
    """Return the labels and faults of a folder."""
    return read_labels(folder, samples=folder / "samples", body_key=body_key)


def make_row(**given: object) -> FlowLabel:
    """Return a required row with good defaults."""
    values: dict[str, object] = {
        "document": "one", "row": 1, "funder": ("Home Office",), "recipient": ("SafeLives",),
        "amount": Decimal("5000.00"), "years": (("2023/24",),), "programme": ("",), "place": "", "fund": ("",),
        "kind": ("grant",), "status": ("approved",), "is_required": True,
    }  # fmt: skip
    return FlowLabel(**{**values, **given})  # type: ignore[arg-type]


def make_flow(**given: object) -> dict[str, object]:
    """Return a reported flow in the contract's shape."""
    values: dict[str, object] = {
        "funder": "Home Office", "recipient": "SafeLives", "amount": "5000.00", "year": "2023/24", "years": None,
        "programme": None, "fund": None, "kind": "grant", "status": "approved", "locator": "1", "confidence": 0.9,
    }  # fmt: skip
    return {**values, **given}
