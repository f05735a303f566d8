"""The ledger of many flows: how long it takes to make, and how long a page's tally takes to read.

Run it from the project: python -m bench.counting [--flows 100000] [--data FOLDER]. The flows are those of the sample
decisions, copied under other names of bodies, programmes, places and decisions; ministries keep their names, so that
their tallies grow with the whole. Times are of the processor, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.report import Value, table, write_json
from bench.samples import sample_graph
from graph.counting.graph_ledger import Flows, places_of
from graph.counting.grounds import Grounds, grounds_of
from graph.counting.kept_judgements import KeptJudgements
from graph.counting.ledger import Counting, Places
from graph.counting.ledger_file import FILE, write_ledger
from graph.counting.sides import Side
from graph.model import Entity, EntityKind
from graph.registry import Organisation, Registry
from graph.settings import Settings
from graph.stated.checks import checks_of
from graph.stated.decisions import decision_heads
from graph.stated.flows import StatedFlow, all_flows
from graph.stated.relations import all_relations

STEPS = (1, 4, 16)  #: the ledger is measured at these parts of the whole: a sixteenth, a quarter, all
PAGES = 200  #: tallies that are read


class Samples:
    """The flows of the sample decisions, and what counting needs besides."""

    def __init__(self, data: Path) -> None:
        store, registry = sample_graph(data)
        self.flows, self.heads = all_flows(store), decision_heads(store)
        self.grounds = grounds_of(self.flows, self.heads, all_relations(store), checks_of(store))
        self.places = places_of(store, self.heads)
        self.kept = _ministries(registry)
        store.close()

    def copies(self, count: int) -> tuple[Flows, Grounds, Places]:
        """Return so many flows, and what counting needs besides."""
        number = -(-count // len(self.flows))
        flows = tuple(self._copy(stated, each) for each in range(number) for stated in self.flows)[:count]
        decided = {name: head.iri for name, head in self.heads.items()}
        decisions = {f"{each}-{name}": f"{iri}/{each}" for each in range(number) for name, iri in decided.items()}
        by_document: dict[str, list[StatedFlow]] = {}
        for stated in flows:
            by_document.setdefault(stated.document, []).append(stated)
        grounds = Grounds(
            decisions=decisions,
            refers_to={
                f"{iri}/{each}": frozenset(f"{other}/{each}" for other in others)
                for each in range(number)
                for iri, others in self.grounds.refers_to.items()
            },
            flows={name: tuple(stated) for name, stated in by_document.items()},
            conflicts={
                f"{each}-{name}": found for each in range(number) for name, found in self.grounds.conflicts.items()
            },
        )
        areas = {f"{each}-{name}": key for each in range(number) for name, key in self.places.areas.items()}
        return flows, grounds, Places(self.places.around, areas)

    def _copy(self, stated: StatedFlow, number: int) -> StatedFlow:
        flow = stated.flow

        def renamed(entity: Entity | None) -> Entity | None:
            if entity is None or entity.id in self.kept or entity.kind is EntityKind.PLACE:
                return entity
            return replace(entity, id=f"{entity.id}-{number}", name=f"{entity.name} {number}")

        programmes = tuple(each for programme in flow.programmes if (each := renamed(programme)) is not None)
        return StatedFlow(
            f"{stated.iri}/{number}",
            f"{number}-{stated.document}",
            replace(
                flow,
                funder=renamed(flow.funder),
                recipient=renamed(flow.recipient),
                fund=renamed(flow.fund),
                programmes=programmes,
            ),
            tuple((link, f"{other}/{number}") for link, other in stated.links),
        )


def _ministries(registry: Registry) -> frozenset[str]:
    rows: Iterator[Organisation] = iter(registry.organisations.values())
    return frozenset(row.id for row in rows if row.type == "government-department")


def measured(samples: Samples, count: int, folder: Path) -> dict[str, Value]:
    """Return what the ledger of so many flows costs, and what reading tallies from it costs."""
    flows, grounds, places = samples.copies(count)
    start = time.process_time()
    counting = Counting(flows, grounds, places)
    rows = write_ledger(folder, counting)
    made = time.process_time() - start
    by_iri = {stated.iri: stated for stated in flows}
    judged = list(counting.keys())
    keys = [key for key, side in judged if side is Side.SOURCES and key and not key.startswith("decision/")]
    start = time.perf_counter()
    kept = KeptJudgements(folder / FILE, lambda key, iris: by_iri)
    kept.tally(keys[0], Side.SOURCES)
    opened = time.perf_counter() - start
    times = sorted(_read_times(kept, keys[:: max(1, len(keys) // PAGES)]))
    return {
        "flows": count,
        "judgements": rows,
        "made, CPU s": made,
        "file, MB": (folder / FILE).stat().st_size / 1e6,
        "first tally, ms": opened * 1000,
        "a tally, median ms": median(times) * 1000,
        "95 %, ms": times[int(0.95 * len(times))] * 1000,
        "slowest, ms": times[-1] * 1000,
        "peak, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def _read_times(kept: KeptJudgements, keys: Sequence[str]) -> Iterator[float]:
    for key in keys:
        start = time.perf_counter()
        for side in Side:
            kept.tally(key, side)
        yield time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write bench/results/counting.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, default=100_000, help="the largest number of flows (default: 100000)")
    parser.add_argument("--data", type=Path, default=Settings().data, help="folder with decisions/ and registry/")
    options = parser.parse_args(arguments)
    samples = Samples(options.data)
    with tempfile.TemporaryDirectory() as folder:
        sizes = [options.flows * step // STEPS[-1] for step in STEPS]
        rows = [measured(samples, size, Path(folder)) for size in sizes]
    print(table(rows))
    print(f"written: {write_json('counting', rows)}")


if __name__ == "__main__":
    main()
