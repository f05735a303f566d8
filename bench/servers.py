"""The samples in SPARQL servers: answers beside those of the embedded store, loads that are killed, the way back.

Run it from the project: python -m bench.servers [--servers oxigraph virtuoso] [--kills 6] [--folder DIR]. All samples
but ten are ingested, then all of them. Questions are asked of the build as it is, whose columns answer, and of its
graph alone, as the server has it; competency questions are asked as SPARQL. The load of the second ingest is killed
again and again, each time a part further on, every other time while a request is under way; then the server itself is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.memory import family
from bench.question_sets import Question, load_questions
from bench.report import PROJECT, Value, exit_code, report
from bench.scale import FLAGSHIP
from graph.ask import answer_question
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.model import Record
from graph.queries.questions import example_queries
from graph.settings import Settings
from graph.stores.endpoint import EndpointUnavailable
from graph.stores.store import Store
from tests.graph.stores import SERVERS, free_port

ASKED = 40  #: questions, beside the flagship
#: server -> what it says otherwise, and why
OTHERWISE = {
    "virtuoso": {
        "SPARQL: When does the programme start and end, what is it part of, and which fund pays for it?": (
            "of two dates of a thing that begin on the same day, 2023-04 and 2023-04-01, it keeps one in a graph"
        )
    }
}
HELD_BACK = 10  #: documents that the second ingest brings
#: an ingest that kills a process, by default itself, at an update; it says how many updates it sent
LOADING = """
import os, signal, sys, threading
from app import cli
from graph.stores.endpoint import EndpointStore

send, sent = EndpointStore.update, 0
at, under_way, victim = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) or os.getpid()

def counted(server, text):
    global sent
    sent += 1
    if sent == at and under_way:
        threading.Timer(0.01, os.kill, (victim, signal.SIGKILL)).start()
    elif sent == at:
        os.kill(victim, signal.SIGKILL)
    send(server, text)

EndpointStore.update = counted
code = cli.main(sys.argv[4:])
print(f"updates {sent}", file=sys.stderr)
sys.exit(code)
"""


class GraphAlone:
    """The graph of a build in place of the build, so that nothing is answered from its columns."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def store(self) -> Store:
        """Return the graph, opened for reading."""
        return self._build.store()

    def records(self) -> tuple[Record, ...]:
        """Return the record of every document."""
        return self._build.records()


@dataclass(frozen=True)
class Loading:
    """How an ingest into a server ended."""

    code: int  #: negative: killed by that signal
    updates: int  #: that were sent, where it was not killed
    said: str


def chosen(questions: Sequence[Question], count: int) -> list[Question]:
    """Return questions of all kinds: kinds by turns, the commonest first, and of each kind by the digest of the id."""
    kinds: dict[str, list[Question]] = {}
    for question in sorted(questions, key=lambda each: hashlib.sha256(each.id.encode()).hexdigest()):
        kinds.setdefault(question.kind, []).append(question)
    by_size = sorted(kinds.values(), key=lambda each: (-len(each), each[0].kind))
    turns = (kind[turn] for turn in range(len(questions)) for kind in by_size if turn < len(kind))
    return [question for question, _ in zip(turns, range(count), strict=False)]


def answers(build: Build, settings: Settings, questions: Sequence[Question]) -> dict[str, Any]:
    """Return what a build answers: by its columns, by its graph alone, and to competency questions as SPARQL."""
    found: dict[str, Any] = {}
    for way, source in (("columns", build), ("graph", GraphAlone(build))):
        found[f"{way}: {FLAGSHIP}"] = answer_question(FLAGSHIP, source, settings=settings).to_json()
        for each in questions:
            after = (each.after,) if each.after else ()
            found[f"{way}: {each.id}"] = answer_question(each.text, source, settings=settings, after=after).to_json()
    store = build.store()
    for question, query in example_queries(PROJECT / "ontologies").items():
        try:
            rows = [{name: _value(node) for name, node in row.items()} for row in store.select(query)]
        except EndpointUnavailable as error:
            rows = [{"error": str(error)}]
        found[f"SPARQL: {question}"] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    store.close()
    return found


def _value(node: Any) -> str:
    """Return a node as text; numbers by their value, since servers write them in several ways."""
    value = node.toPython() if hasattr(node, "toPython") else node
    return f"{float(value):.4f}" if not isinstance(value, bool | str) and hasattr(value, "__float__") else str(value)


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the questions whose answers differ, as JSON, in any part."""
    return [
        name for name in one if json.dumps(one[name], sort_keys=True) != json.dumps(other.get(name), sort_keys=True)
    ]


class Trial:
    """One server, one workspace."""

    def __init__(self, name: str, folder: Path, questions: Sequence[Question]) -> None:
        self.name, self.questions = name, questions
        self._folder, self._port = folder, free_port()
        (folder / "server").mkdir(parents=True)
        papers = [path for path in sorted((PROJECT / "data" / "decisions").glob("*.md")) if path.name != "README.md"]
        self._all, self._few = papers, papers[:-HELD_BACK]
        self.settings = Settings(workspace=folder / "workspace")
        self.faults: list[str] = []

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Run the server."""
        with SERVERS[self.name](self._folder / "server", self._port) as (asked, updated):
            self.settings = replace(self.settings, endpoint=asked, endpoint_update=updated)
            yield

    def ingest(self, papers: Sequence[Path], at: int = 0, *, under_way: bool = False, victim: int = 0) -> Loading:
        """Ingest documents into the server; kill the ingest, or another process, at an update, the first being 1."""
        environment = {**os.environ, "WHOFUNDS_ENDPOINT": self.settings.endpoint,
                       "WHOFUNDS_ENDPOINT_UPDATE": self.settings.endpoint_update,
                       "WHOFUNDS_MODEL_FOLDER": "/nonexistent"}  # fmt: skip
        command = [sys.executable, "-c", LOADING, str(at), str(int(under_way)), str(victim), "ingest",
                   *map(str, papers), "--quiet", "--workspace", str(self.settings.workspace)]  # fmt: skip
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
        sent = done.stderr.rpartition("updates ")[2].strip()
        return Loading(done.returncode, int(sent) if sent.isdigit() else -1, done.stderr[-1000:])

    def served(self) -> dict[str, Any]:
        """Return what the current build answers out of the server."""
        build = Workspace(self.settings.workspace, settings=self.settings).current()
        return answers(build, self.settings, self.questions)

    def embedded(self) -> dict[str, Any]:
        """Return what the current build answers out of its own store."""
        alone = replace(self.settings, endpoint="", endpoint_update="")
        return answers(Workspace(alone.workspace, settings=alone).current(), alone, self.questions)

    def compare(self, what: str, wanted: dict[str, Any], found: dict[str, Any]) -> int:
        """Note each difference as a fault, but for what the server is known to say otherwise; return their number."""
        different = [name for name in differences(wanted, found) if name not in OTHERWISE.get(self.name, {})]
        self.faults += [f"{self.name}, {what}: {name}" for name in different]
        return len(different)

    def must(self, what: str, holds: bool, said: str = "") -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.faults.append(f"{self.name}: {what}: {said}")

    def measured(self, kills: int) -> list[dict[str, Value]]:
        """Go through everything with the server, and return a row for each step."""
        rows: list[dict[str, Value]] = []

        def row(what: str, different: int, updates: int | None, started: float) -> None:
            rows.append({"server": self.name, "what": what, "answers": len(first), "differences": different,
                         "updates": updates, "seconds": round(time.monotonic() - started, 1)})  # fmt: skip
            print(rows[-1], file=sys.stderr, flush=True)

        with self.serving():
            started = time.monotonic()
            loaded = self.ingest(self._few)
            self.must("the first ingest", loaded.code == 0, loaded.said)
            first, whole = self.embedded(), loaded.updates
            row("ingested", self.compare("ingested", first, self.served()), whole, started)
            for number in range(kills):
                started, at = time.monotonic(), 1 + number * whole // (kills + 2) // max(number, 1)
                killed = self.ingest(self._all, at, under_way=number % 2 == 1)
                self.must(f"killed at update {at}", killed.code == -signal.SIGKILL, killed.said)
                what = f"load {number + 1} killed" + (", request under way" if number % 2 else "")
                row(what, self.compare(what, first, self.served()), at, started)
            started = time.monotonic()
            loaded = self.ingest(self._all, whole // (kills + 2), under_way=True, victim=self._process())
            self.must("an ingest whose server dies says so", loaded.code == 1, f"{loaded.code} {loaded.said}")
        with self.serving():
            what = "server killed in the load, and started"
            row(what, self.compare(what, first, self.served()), None, started)
            started = time.monotonic()
            loaded = self.ingest(self._all)
            self.must("the ingest after the kills", loaded.code == 0, loaded.said)
            self.must("it goes on where it stopped", loaded.updates < whole * 3 // 4, f"{loaded.updates} of {whole}")
            second = self.embedded()
            self.must("ten more documents change some answer", bool(differences(first, second)))
            row("ingested again", self.compare("again", second, self.served()), loaded.updates, started)
            started = time.monotonic()
            rollback = [sys.executable, "-m", "app.cli", "builds", "--rollback", "--workspace"]
            subprocess.run([*rollback, str(self.settings.workspace)], cwd=PROJECT, check=True, capture_output=True)
            both = self.compare("back", first, self.served()) + self.compare("back on disk", first, self.embedded())
            row("builds --rollback, server and disk", both, None, started)
        return rows

    def _process(self) -> int:
        """Return the server's process."""
        place = str(self._folder / "server").encode()
        return next(each for each in family("self") if place in Path(f"/proc/{each}/cmdline").read_bytes())


def main() -> int:
    """Go through every server, print the table, write bench/results/servers.json; return 1 on any fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", nargs="+", choices=sorted(SERVERS), default=sorted(SERVERS))
    parser.add_argument("--kills", type=int, default=6, help="loads that are killed, of each server (default 6)")
    parser.add_argument("--folder", type=Path, help="where workspaces and servers are left (default: nowhere)")
    options = parser.parse_args()
    questions = chosen(load_questions(PROJECT / "data" / "questions"), ASKED)
    with tempfile.TemporaryDirectory() as scratch:
        trials = [Trial(name, (options.folder or Path(scratch)) / name, questions) for name in options.servers]
        rows = [row for trial in trials for row in trial.measured(options.kills)]
    report("servers", rows)
    for name, why in ((name, why) for server in options.servers for name, why in OTHERWISE.get(server, {}).items()):
        print(f"not compared: {name} {why}")
    return exit_code([fault for trial in trials for fault in trial.faults])


if __name__ == "__main__":
    sys.exit(main())
