"""Make the pictures of docs/images anew: start the app on a build of data/decisions and take one picture per page.

    .venv/bin/python docs/screenshots.py [PAGE ...]

Needs the tests extra and Chromium. The build is that of WHOFUNDS_WORKSPACE, else a new one in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from graph.model import Entity, EntityKind
from graph.settings import PROJECT

IMAGES = PROJECT / "docs" / "images"
DRIVE = Entity("drive", "Drive", EntityKind.PROGRAMME)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
START_SECONDS = 60
WIDTH, HEIGHT = 1280, 900
SETTLE_MILLISECONDS = 1500
#: what a page shows last
LAST = {
    "app": ".js-plotly-plot .main-svg",
    "explore": "[data-drawn=yes]",
    "compare": ".js-plotly-plot .main-svg",
    "decision": ".wf-beside",
    "checks": ".wf-sides",
}
ADDED = PROJECT / "data" / "decisions" / "west-mercia-pcc-d-2018-25.md"  #: what the page of added documents shows
HEIGHTS = {
    "add": 1300,
    "checks": 1200,
    "decision": 1100,
    "method": 1500,
    "app": 2000,
    "programme": 1900,
    "organisation": 1900,
    "explore": 1250,
    "compare": 1100,
    "across": 1800,
    "kind": 1500,
}


def addresses() -> dict[str, str]:
    """Each picture's name and the page it shows."""
    from app.links import ask_link, decision_link, explore_link, page_link

    return {
        "app": ask_link("who funds Drive in West Mercia"),
        "explore": explore_link(DRIVE),
        "decisions": page_link("decisions"),
        "decision": decision_link("west-mercia-pcc-d-2018-25.md", at="Financial comments, table 2, row 1"),
        "across": page_link("across", of="kind/perpetrator-intervention"),
        "kind": page_link("kind", id="perpetrator-intervention"),
        "compare": page_link("compare", one="programme/drive", other="programme/safe-and-together"),
        "checks": page_link("checks"),
        "programme": page_link("programme", id="drive"),
        "organisation": page_link("organisation", id="home-office"),
        "place": page_link("place", id="west-mercia-police-area"),
        "fund": page_link("fund", id="police-transformation-fund"),
        "add": page_link("add"),
        "corrections": page_link("corrections", document="west-mercia-pcc-d-2018-25.md"),
        "method": page_link("method"),
    }


@contextmanager
def running_app() -> Iterator[str]:
    """Serve the app on a build of the sample decisions; give its address."""
    whofunds = Path(sys.executable).parent / "whofunds"
    with tempfile.TemporaryDirectory() as folder:
        environment = {"WHOFUNDS_WORKSPACE": folder, **os.environ}
        subprocess.run([whofunds, "ingest", PROJECT / "data" / "decisions"], env=environment, check=False)
        port = _free_port()
        command = [whofunds, "app", "--no-browser", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            address = f"http://localhost:{port}/"
            _wait_for(address)
            yield address
        finally:
            os.killpg(server.pid, 15)
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"the app did not answer at {address} within {START_SECONDS} seconds")


def take(page: Page, address: str, path: Path) -> None:
    """Open an address, wait until it stands still, and write its picture."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS.get(path.stem, HEIGHT)})
    page.goto(address)
    page.wait_for_selector("h1")
    if path.stem in LAST:
        page.wait_for_selector(LAST[path.stem], timeout=60_000)
    if path.stem == "add":
        page.locator("input[type=file]").first.set_input_files(str(ADDED))
        page.wait_for_timeout(SETTLE_MILLISECONDS)  # the name of an uploaded file is cut where it is long
        page.get_by_role("button", name="Read them").click()
        page.get_by_role("heading", name="Look it over").wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=60_000)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    page.screenshot(path=path)


def main(names: list[str]) -> None:
    """Take the named pictures, or all."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    browser_path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(locale="en-GB", color_scheme="light")
        for name, link in addresses().items():
            if not names or name in names:
                take(page, address + link.removeprefix("./"), IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
