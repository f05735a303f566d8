"""How asking grows with the number of documents: the first answer, later ones, memory, and peers on the same files.

Run it from the project: python -m bench.scale [--documents 150 1500 15000 100000] [--folder DIR]. The documents are
copies of the sample decisions (bench/copies.py). Workspaces that DIR holds already are measured as they are. Times are
of the processor; exponents are of the two largest sizes. To make 100,000 documents takes 8 GB of memory.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.copies import Copies, areas_of
from bench.report import PROJECT, Value, percentile, table, write_json
from bench.samples import read_samples
from graph.builds.manifest import DocumentEntry, Manifest, write_manifest
from graph.builds.workspace import Workspace
from graph.columns.everything import Everything, read_everything
from graph.columns.making import make_tables
from graph.columns.tables import FOLDER, write_tables
from graph.counting.graph_ledger import places_of
from graph.counting.grounds import grounds_of
from graph.counting.ledger import Counting, Places
from graph.counting.ledger_file import write_ledger
from graph.memory import most_taken_bytes
from graph.model import EntityKind
from graph.names.index import NameIndex
from graph.settings import Settings

SIZES = (150, 1_500, 15_000)
RUNS = 3  #: first answers, of which the median counts
FLAGSHIP = "who funds Drive in West Mercia"
QUESTIONS = (
    FLAGSHIP,
    "How much did SafeLives get in 2023/24?",
    "Who funds Drive, apart from councils?",
    "Which three charities got the most from the Home Office?",
    "Who is funded by both the Home Office and MOPAC?",
    "Which programmes does the Serious Violence Duty grant pay for?",
    "How many boroughs got £60,000 or more?",
    "What is the average grant for Safe & Together?",
    "What share of Drive in Worcestershire does the Home Office pay?",
    "How has funding for Drive changed from 2018/19 to 2019/20?",
    "Drive in London year by year",
    "When was PCD 1460 signed?",
    "What replaced PCD 1460?",
    "What is MOPAC's latest decision on Drive?",
    "Who leads Drive?",
    "Do the figures in PCD 1307 add up?",
    "By when must the evaluation of Drive be finished?",
    "who got stalking advocacy money in Cleveland",
    "what does Drive do",
    "trace the funding history of Safe & Together",
)


#: runs a command and prints its seconds and kilobytes: a child's peak begins with the size of the process it comes from
IN_A_SMALL_PROCESS = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Samples:
    """The sample decisions, from which workspaces of any size are made."""

    def __init__(self, data: Path) -> None:
        store, records, registry = read_samples(data)
        self._names = NameIndex(registry)
        self._stated = read_everything(store)
        self._places = places_of(store, self._stated.heads)
        passages = [(record.document, passage) for record in records for passage in record.passages]
        self._copies = Copies(self._stated, passages, registry)
        self.count = len(self._stated.heads)
        self._known: dict[str, list[str]] = {}
        store.close()

    def write(self, folder: Path, documents: int) -> dict[str, float]:
        """Write a workspace of so many documents, and return what its parts cost in seconds of the processor."""
        stated, passages = self._copies.copies(max(1, round(documents / self.count)))
        build = folder / "builds" / "20260101T000000-001-0000"
        build.mkdir(parents=True)
        areas = areas_of(stated, self._places.areas)
        flows = tuple(stated.flows)
        grounds = grounds_of(flows, stated.heads, stated.relations, stated.checks)
        start = time.process_time()
        write_ledger(build, Counting(flows, grounds, Places(self._places.around, areas)))
        judged = time.process_time()
        del flows, grounds  # as the tables need as much memory again
        write_tables(build, make_tables(stated, passages, self._names.registry, self._places_in), self._names.registry)
        written = time.process_time()
        write_manifest(_manifest(build.name, stated), build)
        (folder / "current").write_text(build.name, encoding="utf-8")
        return {"ledger": judged - start, "columns": written - judged}

    def _places_in(self, text: str) -> list[str]:
        """The places in a title and summary; those of copies are looked for without the numbers of their names."""
        plain = " ".join(word for word in text.split() if not word.isdigit())
        if plain not in self._known:
            found = self._names.find(text, kinds={EntityKind.PLACE})
            self._known[plain] = [mention.entity.id for mention in found]
        return self._known[plain]


def _manifest(id: str, stated: Everything) -> Manifest:
    entries = (
        DocumentEntry(name, "0" * 64, "0" * 16, reference=head.reference, title=head.title)
        for name, head in sorted(stated.heads.items())
    )
    return Manifest(id=id, created="2026-01-01T00:00:00+00:00", documents=tuple(entries), flows=len(stated.flows))


def first_answer(workspace: Path) -> tuple[float, float]:
    """Return what a first answer costs: seconds of the processor, and megabytes of memory at most."""
    command = [sys.executable, "-m", "app.cli", "ask", FLAGSHIP, "--json", "--workspace", str(workspace)]
    found = subprocess.run([sys.executable, "-c", IN_A_SMALL_PROCESS, *command], cwd=PROJECT, capture_output=True)
    if found.returncode:
        raise RuntimeError(f"{workspace}: {found.stderr.decode()}")
    seconds, kilobytes = json.loads(found.stdout)
    return seconds, kilobytes / 1000


def later_answers(workspace: Path) -> dict[str, Any]:
    """Return what each question costs once the first was answered, asked in a process of their own."""
    command = [sys.executable, "-m", "bench.scale", "--asked", str(workspace)]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    values: dict[str, Any] = json.loads(found.stdout)
    return values


def _ask_all(workspace: Path) -> dict[str, Any]:
    from graph.ask import answer_question

    settings = Settings(workspace=workspace)
    build = Workspace(workspace, settings=settings).current()
    answer_question(FLAGSHIP, build, settings=settings)
    first = {question: _cost(lambda q=question: answer_question(q, build, settings=settings)) for question in QUESTIONS}
    again = {question: _cost(lambda q=question: answer_question(q, build, settings=settings)) for question in QUESTIONS}
    return {"first": first, "again": again, "peak": most_taken_bytes() / 1e6}


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def peers(workspace: Path) -> dict[str, float]:
    """Return what the same file costs by pyarrow alone: every sum decoded, and one programme's sums found and added."""
    import pyarrow
    from pyarrow import compute, ipc

    build = Workspace(workspace).current().path
    path = build / FOLDER / "flows.arrow"

    def added() -> None:
        flows = ipc.open_file(pyarrow.memory_map(str(path))).read_all()
        funded = compute.equal(flows["kind"].cast(pyarrow.string()), "grant")
        compute.sum(flows.filter(funded)["amount"]).as_py()

    def decoded() -> None:
        for text in ipc.open_file(pyarrow.memory_map(str(path))).read_all()["stated"].to_pylist():
            json.loads(text)

    return {"pyarrow: grants added": _cost(added), "json: every sum read": _cost(decoded)}


def measured(samples: Samples, documents: int, folder: Path) -> dict[str, Value]:
    """Return the row of one size."""
    made = {} if folder.exists() else samples.write(folder, documents)
    firsts = [first_answer(folder) for _ in range(RUNS)]
    later = later_answers(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "documents": max(1, round(documents / samples.count)) * samples.count,
        "first answer, CPU s": median(seconds for seconds, _ in firsts),
        "its memory, MB": median(memory for _, memory in firsts),
        "later answers, median ms": median(later["first"].values()) * 1000,
        "95 %, ms": percentile(list(later["first"].values()), 0.95) * 1000,
        "asked again, 95 %, ms": percentile(list(later["again"].values()), 0.95) * 1000,
        "memory of all, MB": later["peak"],
        "ledger made, CPU s": made.get("ledger"),
        "columns made, CPU s": made.get("columns"),
        "on disk, MB": size / 1e6,
        **{f"{name}, CPU s": seconds for name, seconds in peers(folder).items()},
        "slowest": max(later["first"], key=later["first"].__getitem__),
    }


def exponents(rows: Sequence[dict[str, Value]]) -> dict[str, Value]:
    """Return how each figure grows with the documents: n to the power of this, between the last two sizes."""
    if len(rows) < 2:
        return {}
    one, other = rows[-2:]
    by = math.log(float(other["documents"] or 1) / float(one["documents"] or 1))
    return {
        name: round(math.log(float(other[name]) / float(one[name])) / by, 2)  # type: ignore[arg-type]
        for name in one
        if isinstance(one[name], float) and isinstance(other.get(name), float) and one[name] and other[name]
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write bench/results/scale.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=list(SIZES), help="sizes (default: 150 1500 15000)")
    parser.add_argument("--folder", type=Path, help="where the workspaces are, or are made and left")
    parser.add_argument("--data", type=Path, default=Settings().data, help="folder with decisions/ and registry/")
    parser.add_argument("--asked", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.asked:
        print(json.dumps(_ask_all(options.asked)))
        return
    samples = Samples(options.data)
    with tempfile.TemporaryDirectory() as scratch:
        parent = options.folder or Path(scratch)
        rows = []
        for size in sorted(options.documents):
            rows.append(measured(samples, size, parent / f"scale-{size}"))
            print(table([{"what": name, "figure": value} for name, value in rows[-1].items()]), "\n")
    growth = exponents(rows)
    print(table([{"what": name, "grows with the power": value} for name, value in growth.items()]))
    print(f"written: {write_json('scale', [*rows, {'exponents': json.dumps(growth)}])}")


if __name__ == "__main__":
    main()
