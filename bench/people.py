"""Fifty people at once: what a first page and an answer cost the server, whether it errs, and how its memory goes.

    .venv/bin/python -m bench.people [--workspace DIR] [--people N] [--minutes N]

Each person is a visit of its own over a real websocket with Streamlit's messages: the first page, then questions,
pages of things, networks, lists and searches, with a pause to read in between. Reported are the server's CPU seconds
(all its threads and processes) for a first page and for an answer, measured alone before the crowd comes; the times
that people wait; errors; and the server's memory, sampled every five seconds, and by how much it grows after the first
minute. Exit code 1: there were errors, or a figure is over its bar. Needs the tests extra and Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.warming import PAUSE_SECONDS
from bench.app import served
from bench.app_session import AppSession, Shown
from bench.memory import family
from bench.report import PROJECT, Value, exit_code, percentile, report
from graph.settings import Settings
from ingest.pipeline import ingest

TICKS = os.sysconf("SC_CLK_TCK")
FIRST_PAGE_SECONDS, ANSWER_SECONDS = 0.3, 0.1  #: of CPU, at most
READ_SECONDS = (3.0, 9.0)  #: between two pages of one person
SAMPLE_SECONDS = 5.0
SETTLED_SECONDS = 60.0  #: after which memory must not grow
GROWTH_PERCENT = 5.0  #: by which it may all the same, since it is sampled while some pages are at work
COMPARED = 6  #: samples at either end, of which the middle one is compared
QUESTIONS = (
    "who funds Drive in West Mercia", "how much did SafeLives get in 2023/24", "who received money for Drive",
    "what did MOPAC pay for violence reduction in 2022/23", "how much has the Home Office given to Drive",
    "which organisations are funded by both the Home Office and MOPAC", "when was PCD 1460 signed",
    "who delivers Safe & Together", "how much money went to London boroughs in 2023/24", "what is Drive",
    "do the figures in PCD 1307 add up", "which programmes got the most money", "who leads Drive",
    "how has funding for Drive changed from 2018/19 to 2019/20", "how many boroughs got £60,000 or more",
    "what replaced PCD 1460", "how is SafeLives connected with the Home Office", "what is the average grant for Drive",
    "how much did Rise Mutual get", "what is the weather",
)  # fmt: skip
#: asked once the first ones were, by when the server has read what most questions need
LATER_QUESTIONS = (
    "who paid SafeLives in 2024/25", "who gave money to Rise Mutual", "what is Safe & Together", "who delivers CIFA",
    "how much did the Home Office give MOPAC in 2022/23", "when was PCD 1583 signed", "which places does Drive cover",
    "which decisions are about stalking", "who runs Drive in Croydon", "how much did Croydon get",
    "what did West Yorkshire pay for in 2025/26", "who else funds SafeLives besides MOPAC", "which funds pay for Drive",
    "what are the largest grants in 2021/22", "is Drive funded by the Ministry of Justice", "what does S-TAC cost",
    "how many decisions mention perpetrators", "which organisations work with SafeLives", "how much did Hestia get",
    "who signed PCD 1460",
)  # fmt: skip
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("programme", {"id": "drive"}), ("organisation", {"id": "home-office"}), ("organisation", {"id": "safelives"}),
    ("place", {"id": "west-mercia-police-area"}), ("explore", {"around": "programme/drive"}), ("programme", {}),
    ("explore", {"around": "organisation/safelives", "to": "organisation/home-office"}), ("decisions", {}),
    ("compare", {"one": "programme/drive", "other": "organisation/home-office"}), ("checks", {}),
    ("decisions", {"search": "stalking"}), ("decision", {"document": "mopac-pcd-1583.md"}), ("method", {}),
)  # fmt: skip


@dataclass
class Crowd:
    """What fifty people saw."""

    waits: dict[str, list[float]] = field(default_factory=dict)  #: seconds from a click to the whole page
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)  #: (seconds since the crowd came, megabytes)

    async def timed(self, what: str, run: Awaitable[Shown]) -> None:
        """Wait for a page; note how long it took and what went wrong."""
        started = time.perf_counter()
        try:
            shown = await run
        except Exception as error:  # whatever a person would see as a broken page
            self.errors.append(f"{what}: {type(error).__name__} {error}")
            return
        self.waits.setdefault(what, []).append(time.perf_counter() - started)
        self.errors += [f"{what}: {each}" for each in shown.exceptions]
        if "Something went wrong" in shown.text or "<h1" not in shown.text:
            self.errors.append(f"{what}: no whole page: {shown.text[:200]}")


def cpu_seconds(process: int) -> float:
    """Return the CPU time of a process, its ended children and those that run."""
    ticks = 0
    for number, each in enumerate([process, *family(process)]):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += sum(int(value) for value in (fields[11:15] if number == 0 else fields[11:13]))
    return ticks / TICKS


def megabytes(process: int) -> float:
    """Return the memory that a process and its children hold, without what they share with others."""
    total = 0
    for each in [process, *family(process)]:
        try:
            lines = Path(f"/proc/{each}/status").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
    return total / 1024


async def person(address: str, number: int, until: float, crowd: Crowd) -> None:
    """Visit the app until the time is up."""
    choose = random.Random(number)
    await asyncio.sleep(choose.uniform(0, 10))
    try:
        async with AppSession(address) as session:
            await crowd.timed("first page", session.run())
            while time.perf_counter() < until:
                await asyncio.sleep(choose.uniform(*READ_SECONDS))
                if choose.random() < 0.5:
                    await crowd.timed("answer", session.run(q=choose.choice(QUESTIONS)))
                else:
                    page, parameters = choose.choice(PAGES)
                    await crowd.timed("page", session.run(page, **parameters))
    except Exception as error:
        crowd.errors.append(f"a visit: {type(error).__name__} {error}")


async def watch(process: int, until: float, crowd: Crowd) -> None:
    """Sample the server's memory until the time is up."""
    came = time.perf_counter()
    while time.perf_counter() < until:
        crowd.memory.append((time.perf_counter() - came, megabytes(process)))
        await asyncio.sleep(SAMPLE_SECONDS)


def load_files(address: str) -> None:
    """Load the page that holds the app and the files that it names, as a browser that has none of them does."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        page = answer.read().decode()
    for name in re.findall(r'(?:src|href)="\./(static/[^"]+)"', page):
        with urllib.request.urlopen(f"{address}{name}", timeout=60) as answer:
            answer.read()


async def cost_of_first_pages(address: str, process: int, many: int) -> float:
    """Return the server's CPU seconds for a first page: what a browser loads, the socket, the page, and its end."""
    before = cpu_seconds(process)
    for _ in range(many):
        await asyncio.to_thread(load_files, address)
        async with AppSession(address) as session:
            await session.run()
    return (cpu_seconds(process) - before) / many


async def cost_of_answers(address: str, process: int) -> dict[str, float]:
    """Return the server's CPU seconds for an answer: the first ones of all, asked again, and others after them."""
    asked = {"the first ones": QUESTIONS, "asked before": QUESTIONS, "new": LATER_QUESTIONS}
    costs = {}
    async with AppSession(address) as session:
        await session.run()
        for name, questions in asked.items():
            before = cpu_seconds(process)
            for question in questions:
                await session.run(q=question)
            costs[name] = (cpu_seconds(process) - before) / len(questions)
    return costs


async def warm(address: str, process: int) -> None:
    """Wait until the server answers and has loaded what it loads behind the scenes: it is idle for two seconds."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=1):
                break
        except OSError:
            await asyncio.sleep(0.1)
    async with AppSession(address) as session:
        await session.run()
        await session.run(q=QUESTIONS[0])
    await asyncio.sleep(PAUSE_SECONDS)  # it loads nothing before
    quiet, before = 0, cpu_seconds(process)
    while quiet < 4:
        await asyncio.sleep(0.5)
        now = cpu_seconds(process)
        quiet, before = (quiet + 1 if now - before < 0.05 else 0), now


def memory_rows(samples: list[tuple[float, float]]) -> list[dict[str, Value]]:
    """Return the lines on memory, without its growth if too few samples came after the first minute to compare.

    Args:
        samples: (seconds since the crowd came, megabytes), in order.
    """
    settled = [size for when, size in samples if when >= SETTLED_SECONDS]
    if len(settled) < 2 * COMPARED:
        return [{"what": "memory at the end, MB", "value": round(samples[-1][1]), "bar": None}]
    first, last = median(settled[:COMPARED]), median(settled[-COMPARED:])
    return [
        {"what": "memory after the first minute, MB", "value": round(first), "bar": None},
        {"what": "memory at the end, MB", "value": round(last), "bar": None},
        {"what": "growth of memory in between, %", "value": round(100 * (last / first - 1), 1), "bar": GROWTH_PERCENT},
    ]


def missed(rows: list[dict[str, Value]]) -> list[str]:
    """Return a line for each figure that is over its bar."""
    return [
        f"{row['what']}: {row['value']}, at most {row['bar']}"
        for row in rows
        if isinstance(bar := row["bar"], int | float) and isinstance(value := row["value"], int | float) and value > bar
    ]


async def measure(address: str, process: int, people: int, minutes: float) -> list[dict[str, Value]]:
    """Return the table: costs measured alone, then what the crowd saw."""
    await warm(address, process)
    first = await cost_of_first_pages(address, process, 20)
    answers = await cost_of_answers(address, process)
    crowd, until, before = Crowd(), time.perf_counter() + 60 * minutes, cpu_seconds(process)
    await asyncio.gather(
        watch(process, until, crowd), *(person(address, number, until, crowd) for number in range(people))
    )
    used, pages = cpu_seconds(process) - before, sum(map(len, crowd.waits.values()))
    rows: list[dict[str, Value]] = [
        {"what": "CPU seconds of a first page", "value": round(first, 3), "bar": FIRST_PAGE_SECONDS},
        *(
            {"what": f"CPU seconds of an answer, {name}", "value": round(cost, 3), "bar": ANSWER_SECONDS}
            for name, cost in answers.items()
        ),
        {"what": f"pages for {people} people", "value": pages, "bar": None},
        {"what": "CPU seconds of each of them", "value": round(used / max(pages, 1), 3), "bar": None},
        {"what": "errors", "value": len(crowd.errors), "bar": 0},
        *memory_rows(crowd.memory),
    ]
    for what, waits in sorted(crowd.waits.items()):
        for share in (0.5, 0.95):
            value = round(percentile(waits, share), 2)
            rows.append({"what": f"wait for {what}, p{share * 100:.0f} s", "value": value, "bar": None})
    for error in sorted(set(crowd.errors))[:20]:
        print(error, file=sys.stderr)
    return rows


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, help="measure on this workspace, building none")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = options.workspace or Path(folder) / "samples"
        if options.workspace is None:
            ingest([PROJECT / "data" / "decisions"], Settings(workspace=workspace))
        with served(workspace.resolve()) as (address, process):
            rows = asyncio.run(measure(address, process, options.people, options.minutes))
    report("people", rows)
    return exit_code(missed(rows))


if __name__ == "__main__":
    sys.exit(main())
