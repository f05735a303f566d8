"""How far two people who labelled the same documents agree."""

from __future__ import annotations

from pathlib import Path

from label_folders import FLOW, comparison, read_folder, write_folder

from ingest.labels.agreement import added_up, agreement_of
from ingest.labels.compare import Slot


def test_the_rows_that_either_requires_are_counted(tmp_path: Path) -> None:
    one = [FLOW, {**FLOW, "row": "2", "amount": "700.00"}, {**FLOW, "row": "3", "amount": "9.00"}]
    two = [
        {**FLOW, "recipient": "Respect|SafeLives"},
        {**FLOW, "row": "2", "amount": "700.00", "required": "optional", "year": "", "recipient": "Respect"},
        {**FLOW, "row": "3", "amount": "8.00"},
        {**FLOW, "row": "4", "amount": "7.00", "required": "optional"},
    ]
    first, _ = read_folder(write_folder(tmp_path / "a", flows=one))
    second, _ = read_folder(write_folder(tmp_path / "b", flows=two))
    (part,) = agreement_of(first, second, comparison())
    assert (part.required, part.both, part.years, part.whole) == (4, 2, 1, 1)
    assert part.agreeing(Slot.RECIPIENT) == 1
    assert part.agreeing(Slot.FUNDER) == 2
    assert added_up([part, part]).required == 8


def test_whoever_labels_twice_agrees_with_himself(tmp_path: Path) -> None:
    labels, _ = read_folder(write_folder(tmp_path))
    (part,) = agreement_of(labels, labels, comparison())
    assert part.required == part.both == part.whole == 1
