"""How reconciliation grows with the documents of one body.

Run it from the project: python -m bench.reconciling [--documents 1000 3000 10000]. The documents are copies of what the
samples state, all decided by one body and paid by it where their own body pays; each copy has references and sums of
its own, so that what counts together in the samples does so in each copy. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count, islice
from pathlib import Path
from statistics import median

from bench.report import Value, report
from bench.samples import read_samples
from bench.scale import exponents
from graph.memory import paused_garbage_collection
from graph.model import Entity, EntityKind, FundingFlow, Record
from graph.settings import Settings
from ingest.reconcile import reconcile

RUNS = 3
BODY = Entity("one-body", "Police and Crime Commissioner for Everywhere", EntityKind.ORGANISATION)


def of_one_body(records: Sequence[Record]) -> Iterator[Record]:
    """Yield the records and copies of them without end, as decisions of one body."""
    for number in count():
        for record in records:
            decision = record.decision
            reference = f"{decision.reference}/{number}" if decision.reference else None
            yield replace(
                record, document=f"{number}-{record.document}",
                decision=replace(decision, body=BODY, reference=reference),
                flows=tuple(_paid(flow, decision.body, number) for flow in record.flows),
                relations=tuple(replace(each, **_cited(each, number)) for each in record.relations),
            )  # fmt: skip


def _paid(flow: FundingFlow, body: Entity | None, number: int) -> FundingFlow:
    funder = BODY if body is not None and flow.funder == body else flow.funder
    recipient = BODY if body is not None and flow.recipient == body else flow.recipient
    return replace(flow, funder=funder, recipient=recipient, amount=flow.amount + Decimal(number))


def _cited(relation: object, number: int) -> dict[str, str]:
    """Return the references in a relation as those of the copy."""
    ends = {name: getattr(relation, name) for name in ("subject", "object")}
    return {
        name: f"{end}/{number}" for name, end in ends.items() if isinstance(end, str) and any(map(str.isdigit, end))
    }


def measured(records: Sequence[Record], documents: int) -> dict[str, Value]:
    """Return the row of one size."""
    copies = list(islice(of_one_body(records), documents))
    seconds = []
    for _ in range(RUNS):
        with paused_garbage_collection():  # as a publication has it
            started = time.process_time()
            found = reconcile(copies)
            seconds.append(time.process_time() - started)
    flows = sum(len(record.flows) for record in copies)
    return {"documents": documents, "flows": flows, "judgements": len(found.judgements), "CPU s": median(seconds)}


def main() -> None:
    """Measure, print the table with the exponents, and write bench/results/reconciling.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--data", type=Path, default=Settings().data, help="folder with decisions/ and registry/")
    options = parser.parse_args()
    store, records, _ = read_samples(options.data)
    store.close()
    rows = [measured(records, size) for size in options.documents]
    report("reconciling", rows)
    print("grows with the power:", exponents(rows).get("CPU s"))


if __name__ == "__main__":
    main()
