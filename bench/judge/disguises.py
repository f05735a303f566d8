"""Labelled documents with other names, sums, years or order, and their labels changed alike.

What a rule was fitted to by chance, such as a name or a figure, is gone under a disguise; what is general still holds.
A document that cannot be disguised without changing what it says is left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.judge.disguised_names import with_other_names
from bench.judge.disguised_order import with_other_order
from bench.judge.disguised_sums import with_other_sums
from bench.judge.disguised_years import with_other_years
from bench.judge.figures import added_up
from bench.judge.reading import Judged, Task, judge_all
from bench.report import Value
from ingest.labels.records import LabelledDocument

TEXTS = {".md", ".txt", ".html"}
Disguise = Callable[[LabelledDocument, str, random.Random], tuple[LabelledDocument, str] | None]
DISGUISES: Mapping[str, Disguise] = {
    "names": with_other_names,
    "sums": with_other_sums,
    "years": with_other_years,
    "order": with_other_order,
}


@dataclass(frozen=True, slots=True)
class Disguised:
    """A document under a disguise."""

    document: LabelledDocument  #: with its labels changed alike
    text: str


def disguised(document: LabelledDocument, kind: str, seed: int = 0) -> Disguised | None:
    """Return a document under a disguise, the same for the same seed; None where it cannot be disguised."""
    if document.path.suffix not in TEXTS:
        return None
    text = document.path.read_text(encoding="utf-8")
    made = DISGUISES[kind](document, text, random.Random(f"{document.key} {kind} {seed}"))
    if made is None or made[1] == text:
        return None
    return Disguised(*made)


def judge_disguised(plain: Sequence[Judged], kinds: Iterable[str] = DISGUISES) -> list[dict[str, Value]]:
    """Return for each disguise how the documents that wear it were read without and with it."""
    rows: list[dict[str, Value]] = []
    for kind in kinds:
        worn = [(judged, made) for judged in plain if (made := disguised(judged.document, kind))]
        before = added_up(judged for judged, _ in worn)
        after = added_up(judge_all(Task(made.document, text=made.text) for _, made in worn))
        rows.append(
            {
                "disguise": kind,
                "documents": len(worn),
                "required": before.required,
                "found F1 plain": before.found_f1,
                "found F1 disguised": after.found_f1,
                "right F1 plain": before.right_f1,
                "right F1 disguised": after.right_f1,
                "lost": before.right_f1 - after.right_f1,
            }
        )
    return rows
