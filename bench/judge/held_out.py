"""Leave bodies out: weights fitted on the labels of other bodies alone read the documents of those left out."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module, util
from typing import Any

from bench.judge.reading import PROCESSES, Judged, Task, judge, names
from ingest.labels.records import LabelledDocument

Examples = Sequence[Any]  #: of ingest.fitting.examples.Example: document, body, slot, candidates, right
_GROUPS = 12  #: of small bodies
NO_FITTING = "nothing is fitted by this reader, so no body can be left out"
_held: dict[str, Any] = {}  #: what a process of the pool works with, sent once


def can_fit() -> bool:
    """Return whether the reader has weights that are fitted on labels."""
    return util.find_spec("ingest.fitting") is not None and util.find_spec("ingest.fitting.fit") is not None


def fit(examples: Examples, *, leave_out: Collection[str] = (), without: Collection[str] = ()) -> Any:
    """Return the weights that examples give, without those of some bodies and without some features."""
    return import_module("ingest.fitting.fit").fit_weights(
        examples, leave_out=frozenset(leave_out), without=frozenset(without)
    )


def examples_of(documents: Sequence[LabelledDocument]) -> Examples:
    """Return the examples of documents, whose bodies are chosen by weights that those bodies had no part in."""
    bodies = [example for part in _in_processes(_body_examples_of_one, documents, {}) for example in part]
    weights = import_module("ingest.fitting.fit").body_weights_left_out(bodies)
    parts = _in_processes(_examples_of_one, documents, {"bodies": weights})
    return [*bodies, *(example for part in parts for example in part)]


def judge_without_own_body(
    documents: Sequence[LabelledDocument], examples: Examples, *, reader: str = ""
) -> list[Judged]:
    """Return how each document is read by weights that its body's labels had no part in, in order.

    `reader` is the address of a second reader that is asked beside.
    """
    parts = _in_processes(_judge_group, groups_of(documents), {"examples": examples, "reader": reader})
    by_key = {judged.document.key: judged for part in parts for judged in part}
    return [by_key[document.key] for document in documents]


def groups_of(documents: Sequence[LabelledDocument]) -> list[list[LabelledDocument]]:
    """Return the documents by body, small bodies together: a group's labels are left out of what reads it.

    Bodies with more than a tenth of all documents stand alone; fits cost more than what a finer division tells.
    """
    of_body: dict[str, list[LabelledDocument]] = {}
    for document in documents:
        of_body.setdefault(document.body, []).append(document)
    large = [own for own in of_body.values() if len(own) * 10 > len(documents)]
    small = [own for _, own in sorted(of_body.items()) if len(own) * 10 <= len(documents)]
    together: list[list[LabelledDocument]] = [[] for _ in range(min(_GROUPS, len(small)))]
    for own in small:
        min(together, key=len).extend(own)
    return [*large, *(group for group in together if group)]


def _in_processes(work: Any, items: Sequence[Any], held: dict[str, Any]) -> list[Any]:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes share the processors already
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_hold, initargs=(held,)) as pool:
        return list(pool.map(work, items))


def _hold(held: dict[str, Any]) -> None:
    _held.update(held)


def _body_examples_of_one(document: LabelledDocument) -> Examples:
    found: Examples = import_module("ingest.fitting.examples").body_examples_of([document], names())
    return found


def _examples_of_one(document: LabelledDocument) -> Examples:
    weights = _held["bodies"].get(document.key)
    found: Examples = import_module("ingest.fitting.examples").examples_of([document], names(), weights=weights)
    return found


def _judge_group(documents: Sequence[LabelledDocument]) -> list[Judged]:
    weights = fit(_held["examples"], leave_out={document.body for document in documents})
    return [judge(Task(document, weights, reader=_held["reader"])) for document in documents]
