"""The app measured in Chromium: start to usable, each page, a question to its answer, Explore's first paint.

    .venv/bin/python -m bench.app [--workspace DIR] [--repeat N]

Pages and questions are measured on a build of data/decisions (or on the workspace given); networks of 50, 500 and 1,500
nodes on a build of invented awards. A page counts as loaded when its heading stands and Streamlit has nothing left to
do; a network when vis-network has drawn it. Needs the tests extra and Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.links import ask_link, page_link
from bench.report import PROJECT, Value, percentile, report
from graph.settings import Settings
from ingest.pipeline import ingest

QUESTION = "who funds Drive in West Mercia"
PAGES = {
    "Ask": "",
    "Explore": page_link("explore", around="programme/drive"),
    "Decisions": "decisions",
    "Compare": page_link("compare", one="programme/drive", other="organisation/home-office"),
    "Checks": "checks",
    "Programme": page_link("programme", id="drive"),
    "Organisation": page_link("organisation", id="home-office"),
    "Place": page_link("place", id="west-mercia-police-area"),
    "Add documents": "add",
    "Corrections": "corrections",
    "Data and method": "method",
}
SIZES = (50, 500, 1500)
ROWS = 60
IDLE = "!document.querySelector('[data-testid=stStatusWidget]')"
FIRST = ("Amber", "Birch", "Cedar", "Dover", "Elm", "Fern", "Grove", "Haven", "Iris", "Jasper", "Kite", "Lark", "Maple")
SECOND = ("Bridge", "Court", "Field", "Gate", "Hill", "House", "Lane", "Mill", "Park", "Road", "Square", "Vale", "Yard")
THIRD = ("Advice", "Arts", "Boxing", "Family", "Futures", "Hope", "Mentoring", "Rights", "Sports", "Youth")


def invented(folder: Path, number: int) -> Path:
    """Write decisions that award money to so many invented charities; return their folder."""
    names = [f"{a} {b} {c} Trust" for a in FIRST for b in SECOND for c in THIRD][:number]
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(names), ROWS):
        awards = [f"| {name} | £{1000 + 10 * i:,} |" for i, name in enumerate(names[start : start + ROWS], start)]
        text = [
            f"# PCD {8000 + start // ROWS} Small grants", "", f"- Reference: PCD {8000 + start // ROWS}",
            "- Title: Small grants", "- Decision body: Mayor's Office for Policing and Crime",
            "- Date signed: 6 July 2023", "- Record type: decision notice", "", "## Financial comments", "",
            "MOPAC awards these grants in 2023/24.", "",
            "| Recipient | 2023/24 |", "|---|---|", *awards, "",
        ]  # fmt: skip
        (folder / f"pcd-{8000 + start // ROWS}.md").write_text("\n".join(text), encoding="utf-8")
    return folder


@contextmanager
def served(workspace: Path) -> Iterator[tuple[str, int]]:
    """Serve the app on a workspace; give its address and its process at once, before it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app" / "server.py")]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "WHOFUNDS_WORKSPACE": str(workspace)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://localhost:{port}/", server.pid
    finally:
        server.terminate()
        server.wait(20)


def seconds(act: Callable[[], None]) -> float:
    """Return how long it took."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def started(page: Any, address: str) -> None:
    """Wait until the server answers and the start page can be used."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=1):
                break
        except OSError:
            time.sleep(0.05)
    loaded(page, address)


def loaded(page: Any, address: str) -> None:
    """Open a page and wait until it stands."""
    page.goto(address)
    page.wait_for_selector("h1.wf", timeout=60_000)
    page.wait_for_function(IDLE, timeout=60_000)


def answered(page: Any, address: str) -> None:
    """Open a question and wait for its answer."""
    page.goto(address + ask_link(QUESTION).removeprefix("./"))
    page.wait_for_selector("[data-status]", timeout=60_000)


def painted(page: Any, address: str, most: int) -> None:
    """Open a network and wait until it is drawn."""
    page.goto(address + page_link("explore", around="organisation/mopac", steps=2, most=most))
    page.wait_for_selector("[data-drawn=yes]", timeout=120_000)


def row(what: str, nodes: int | None, times: list[float]) -> dict[str, Value]:
    """Return a line: the first time, then the middle and the worst of the others."""
    rest = times[1:] or times
    return {
        "what": what, "nodes": nodes, "first s": round(times[0], 2), "p50 s": round(percentile(rest, 0.5), 2),
        "p95 s": round(percentile(rest, 0.95), 2),
    }  # fmt: skip


def measure_pages(browser: Any, workspace: Path, repeat: int) -> list[dict[str, Value]]:
    """Return the start, each page and a question, on a build of real decisions."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with served(workspace) as (address, _):
        rows = [row("start to usable", None, [seconds(lambda: started(page, address))])]
        rows.append(row("Ask to answer", None, [seconds(lambda: answered(page, address)) for _ in range(repeat)]))
        for name, link in PAGES.items():
            times = [seconds(lambda link=link: loaded(page, address + link)) for _ in range(repeat)]  # type: ignore[misc]
            rows.append(row(f"page: {name}", None, times))
    page.close()
    return rows


def measure_networks(browser: Any, workspace: Path, repeat: int) -> list[dict[str, Value]]:
    """Return Explore's first paint by the number of nodes."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    rows = []
    with served(workspace) as (address, _):
        started(page, address)
        for size in SIZES:
            times = [seconds(lambda size=size: painted(page, address, size)) for _ in range(repeat)]  # type: ignore[misc]
            rows.append(row("Explore's first paint", size, times))
    page.close()
    return rows


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, help="measure the pages on this workspace, building none")
    parser.add_argument("--repeat", type=int, default=5, help="loads of each page (default 5)")
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        print("chromium is not installed: sudo apt-get install chromium", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        real, large = options.workspace or Path(folder) / "real", Path(folder) / "large"
        if options.workspace is None:
            ingest([PROJECT / "data" / "decisions"], Settings(workspace=real))
        ingest([invented(Path(folder) / "invented", max(SIZES))], Settings(workspace=large))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        rows = measure_pages(browser, real.resolve(), options.repeat)
        rows += measure_networks(browser, large.resolve(), options.repeat)
        browser.close()
    report("app", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
