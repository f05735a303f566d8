"""Reading labelled documents, in two processes, and comparing each with its labels."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from bench.report import RESULTS
from graph.errors import WhofundsError
from graph.model import Record
from graph.names.index import NameIndex
from graph.record_json import contract_json
from graph.settings import Settings
from ingest.extract import extract_record
from ingest.extract.account.signs import Signs
from ingest.extract.second_reader.consultation import Consultation, Counts
from ingest.extract.second_reader.kept_answers import keep_answers
from ingest.labels.compare import FlowComparison, compare_flows
from ingest.labels.compare_facts import AwardComparison, FactComparison, compare_awards, compare_facts
from ingest.labels.names import NameComparison
from ingest.labels.records import LabelledDocument
from ingest.readers import read, read_bytes
from ingest.work import name_index

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, as it is or as a text in its stead, with the weights to read it by."""

    document: LabelledDocument
    weights: Any = None  #: ingest.extract.weights.Weights, or None for those that whofunds ships
    text: str | None = None  #: read instead of the file
    reader: str = ""  #: address of a second reader that is asked; "" for none


@dataclass(frozen=True, slots=True)
class Judged:
    """How a document was read."""

    document: LabelledDocument
    flows: FlowComparison
    awards: AwardComparison
    facts: FactComparison
    fault: str = ""  #: why it could not be read
    counts: Counts = field(default_factory=Counts)  #: of a second reader; what it says of a flow is its "heard"


@cache
def names() -> NameIndex:
    """Return the index of the registry that the project ships."""
    return name_index(Settings().data / "registry")


@cache
def comparison() -> NameComparison:
    """Return the comparison of names through that registry."""
    return NameComparison(names().registry)


def judge(task: Task) -> Judged:
    """Read a document and compare it with its labels; a document that cannot be read has nothing found."""
    counts = Counts()
    try:
        record, second, signs = _record(task)
        answer, fault = contract_json(record), ""
        heard = second.heard if second is not None else {}
        for flow, read_flow in zip(answer["flows"], record.flows, strict=False):
            flow["signs"] = signs.get(read_flow.id, {})
            flow["heard"] = heard.get(read_flow.id)
        if second is not None:
            counts = second.counts
            keep_answers(RESULTS, second.fresh)
    except WhofundsError as error:
        answer, fault = {"flows": [], "relations": []}, str(error)
    except Exception as error:  # one document never stops the judge
        answer, fault = {"flows": [], "relations": []}, f"{type(error).__name__}: {error}"
    return replace(judged(task.document, answer, comparison(), fault), counts=counts)


def judged(document: LabelledDocument, answer: dict[str, Any], same: NameComparison, fault: str = "") -> Judged:
    """Return how an answer in the shape of `extract --json` stands to a document's labels."""
    return Judged(
        document,
        compare_flows(answer["flows"], document.rows, same),
        compare_awards(answer["flows"], document.awards, same),
        compare_facts(answer.get("relations", ()), document.facts, same),
        fault,
    )


def _record(task: Task) -> tuple[Record, Consultation | None, dict[str, Signs]]:
    """Return what is read, and the signs of its flows.

    A second reader's word weighs nothing here, so that its worth can be measured.
    """
    settings = Settings.from_environment(second_reader=task.reader)
    if task.text is None:
        document = read(task.document.path, settings=settings)
    else:
        document = read_bytes(task.text.encode("utf-8"), task.document.path.name, settings=settings)
    second = Consultation(document.name, settings, workspace=RESULTS) if task.reader else None
    signs: dict[str, Signs] = {}
    record = extract_record(document, names(), task.weights, second=second, signs=signs)
    return record, second, signs


def judge_all(tasks: Iterable[Task]) -> list[Judged]:
    """Return how each document was read, in order."""
    wanted: Sequence[Task] = list(tasks)
    if len(wanted) < 2 * PROCESSES:
        return [judge(task) for task in wanted]
    with ProcessPoolExecutor(max_workers=PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(judge, wanted, chunksize=4))
