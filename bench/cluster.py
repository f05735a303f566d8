"""A fresh ingest by one process beside one by two workers of a Dask cluster on this machine, vectors included.

Run it from the project: python -m bench.cluster [--documents 150 1500] [--repeat 1] [--folder DIR]. The documents are
the samples rewritten (bench/rewritten.py). Beside the seconds that passed stand those of the processor, of each part;
"alone" is arithmetic: what would pass on two processors that nothing else runs on.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.memory import family
from bench.report import PROJECT, Value, report
from bench.rewritten import rewritten
from bench.scale import IN_A_SMALL_PROCESS
from graph.settings import Settings

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a run costs: seconds that passed, seconds of the processor, and megabytes of the process that publishes."""

    passed: float
    computed: float  #: by the publishing process, with the processes that read for it here
    most_megabytes: float


@dataclass
class Cluster:
    """A scheduler and workers on this machine."""

    address: str
    scheduler: int  #: process
    workers: Sequence[int]

    def computed(self) -> dict[str, float]:
        """Return the seconds of the processor so far: of the scheduler, of workers, and of processes that read."""
        readers = [each for worker in self.workers for each in family(worker)]
        return {
            "scheduler": _computed(self.scheduler),
            "embedding": sum(map(_computed, self.workers)),
            "reading": sum(map(_computed, readers)),
        }


def _computed(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[Cluster]:
    """Run a Dask scheduler and workers of one thread each, as processes of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "distributed.cli"]
    quiet = {"cwd": folder, "env": _environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    host = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [[f"{dask[-1]}.dask_scheduler", *host, "--port", str(port)]]
    commands += [[f"{dask[-1]}.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]] * workers
    with ExitStack() as stack:
        running = []
        for module, *options in commands:
            running.append(stack.enter_context(subprocess.Popen([*dask[:2], module, *options], **quiet)))  # type: ignore[call-overload]
            stack.callback(running[-1].terminate)
        _wait_for(address, workers)
        yield Cluster(address, running[0].pid, [each.pid for each in running[1:]])


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout="60s") as client:
        client.wait_for_workers(workers, timeout=60)


def _environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join(part for part in (str(PROJECT), os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", **more}


def ingested(documents: Path, workspace: Path, address: str = "") -> Cost:
    """Ingest a folder of documents into a new workspace, here with one reading process, or on a cluster."""
    command = [sys.executable, "-m", "app.cli", "ingest", str(documents), "--quiet", "--workers", "1"]
    whole = [sys.executable, "-c", IN_A_SMALL_PROCESS, *command, "--workspace", str(workspace)]
    started = time.monotonic()
    environment = _environment(WHOFUNDS_CLUSTER=address)
    done = subprocess.run(whole, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{documents}: {done.stderr}")
    seconds, kilobytes = json.loads(done.stdout)
    return Cost(time.monotonic() - started, seconds, kilobytes / 1000)


def measured(documents: int, folder: Path, data: Path) -> dict[str, Value]:
    """Return the row of one size."""
    papers = folder / "papers"
    papers.mkdir(parents=True)
    for name, text in rewritten(data, documents):
        (papers / name).write_text(text, encoding="utf-8")
    one = ingested(papers, folder / "one")
    with cluster(WORKERS, folder) as dask:
        before = dask.computed()
        many = ingested(papers, folder / "many", dask.address)
        after = dask.computed()
    parts = {f"{name}, CPU s": after[name] - before[name] for name in before}
    spread = parts["reading, CPU s"] + parts["embedding, CPU s"]
    alone = many.computed + parts["scheduler, CPU s"] + spread / WORKERS
    return {
        "documents": documents,
        "one process, s": one.passed, "one process, CPU s": one.computed,
        f"{WORKERS} workers, s": many.passed, "times as fast": one.passed / many.passed,
        "publishing, CPU s": many.computed, **parts,
        "alone, s (arithmetic)": alone, "times as fast, alone": one.computed / alone,
        "one process, MB": one.most_megabytes, "publishing, MB": many.most_megabytes,
        "others wanted, of 2 processors": os.getloadavg()[1],
    }  # fmt: skip


def main() -> int:
    """Measure, print the table, and write bench/results/cluster.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[150, 1_500])
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where documents and workspaces are left (default: nowhere)")
    parser.add_argument("--data", type=Path, default=Settings().data, help="folder with decisions/ and registry/")
    options = parser.parse_args()
    rows: list[dict[str, Value]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(options.repeat):
            for size in options.documents:
                rows.append(measured(size, (options.folder or Path(scratch)) / f"{size}-{turn}", options.data))
                print("\n".join(f"{name}: {value}" for name, value in rows[-1].items()), "\n", flush=True)
    report("cluster", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
