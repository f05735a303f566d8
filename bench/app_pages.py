"""The processor time that the app takes for pages of answers and of Explore, without a browser.

    .venv/bin/python -m bench.app_pages --workspace DIR [--around organisation/home-office]

Each page is opened once, in a visit of its own, on a server that was just started: the first page pays for what the
others find ready. A page that is not done after two minutes is said to be so. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
import urllib.request
from pathlib import Path

from bench.app import QUESTION, served
from bench.app_session import AppSession
from bench.report import Value, exit_code, report

QUESTIONS = (
    QUESTION,
    "How much did SafeLives get in 2023/24?",
    "Who leads Drive?",
    "When was PCD 1460 signed?",
)


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(address: str, process: int, page: str, **parameters: str) -> tuple[float, str]:
    """Return what a page costs in seconds of the processor, and what went wrong; "" if nothing did."""
    before = cpu_seconds(process)
    try:
        async with AppSession(address) as visit:
            shown = await visit.run(page, **parameters)
    except TimeoutError:
        return cpu_seconds(process) - before, "not done after two minutes"
    return cpu_seconds(process) - before, "; ".join(shown.exceptions)


async def measure(workspace: Path, around: str) -> list[dict[str, Value]]:
    """Return a row for each page."""
    rows: list[dict[str, Value]] = []
    with served(workspace) as (address, process):
        while not _answers(address):
            await asyncio.sleep(0.2)
        asked = [("", {"q": question}) for question in QUESTIONS]
        for page, parameters in [*asked, ("explore", {"around": around}), ("explore", {"around": around})]:
            seconds, fault = await measured(address, process, page, **parameters)
            what = " ".join([page, *parameters.values()]).strip()
            rows.append({"page": what, "CPU s": round(seconds, 2), "fault": fault})
    return rows


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}_stcore/health", timeout=1):
            return True
    except OSError:
        time.sleep(0.1)
        return False


def main() -> int:
    """Measure and report; return 1 if a page failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, required=True, help="with a current build")
    parser.add_argument("--around", default="organisation/home-office", help="the thing that Explore is opened around")
    options = parser.parse_args()
    rows = asyncio.run(measure(options.workspace.resolve(), options.around))
    report("app_pages", rows)
    return exit_code([f"{row['page']}: {row['fault']}" for row in rows if row["fault"]])


if __name__ == "__main__":
    sys.exit(main())
