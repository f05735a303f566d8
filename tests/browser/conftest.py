"""The app served on this machine from five of the sample decisions, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.settings import PROJECT, Settings
from tests.browser.axe import axe_script
from tests.made_once import made_once

FIVE = ("mopac-dmpcd-2015-96", "mopac-pcd-1307", "mopac-pcd-1460", "mopac-pcd-1583", "west-mercia-pcc-d-2018-25")
DECISIONS = [PROJECT / "data" / "decisions" / f"{name}.md" for name in FIVE]
WATCH = Path(__file__).resolve().parent / "watch"  #: its sitecustomize notes what the server seeks outside this machine
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
FLAGS += ("--disable-component-update", "--disable-sync", "--no-first-run")
PATIENCE = 120_000  #: milliseconds after which a page that stays as it is is given up
LITTLE_PATIENCE = 30_000  #: of a test that stands in gaps.txt, which waits for what does not come
AT_WORK = 600_000  #: milliseconds that the app may be at work, as the page says itself
#: Streamlit has run, nothing on the page is from the run before, and both have stayed so for a moment
QUIET = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const main = document.querySelector('[data-testid=stMain]');
  const busy = !app || !main || !main.innerText.trim()
    || app.getAttribute('data-test-script-state') !== 'notRunning'
    || document.querySelector('[data-stale=true], [data-testid=stStatusWidget], [data-testid=stSkeleton]');
  if (busy) window.__quietSince = 0;
  else window.__quietSince ||= performance.now();
  return !busy && performance.now() - window.__quietSince > 300;
}"""
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight || box.height === 0) return false;
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return element.contains(there) || Boolean(there && there.contains(element));
}"""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder with a workspace of the five decisions, read once for all workers and copied for each."""
    shared = made_once(tmp_path_factory, worker_id, "five-decisions", _read)
    own = tmp_path_factory.mktemp("browser")
    shutil.copytree(shared / "workspace", own / "workspace")
    return own


def _read(folder: Path) -> None:
    from ingest.pipeline import ingest

    report = ingest(DECISIONS, Settings(workspace=folder / "workspace"), workers=1)
    assert report.published, report


@pytest.fixture(scope="session")
def app_address(workspace: Path) -> Iterator[str]:
    """Yield the address of the app over a workspace of five of the sample decisions."""
    with served(workspace) as address:
        yield address


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """Yield the address of the app over the folder's workspace; at its end its server may have sought no other.

    Args:
        folder: holds `workspace`; the server writes `log`, and `abroad` if it seeks an address elsewhere.
        settings: further variables of its environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app" / "server.py")]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "WHOFUNDS_WORKSPACE": str(folder / "workspace"), **settings}
    environment["WHOFUNDS_WATCH"] = str(folder / "abroad")
    environment["PYTHONPATH"] = os.pathsep.join([str(WATCH), *filter(None, [os.environ.get("PYTHONPATH")])])
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    address = f"http://localhost:{port}/"
    try:
        _wait(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(20)
    assert not (folder / "abroad").exists(), (folder / "abroad").read_text()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    given_up = time.monotonic() + AT_WORK / 1000
    while server.poll() is None and time.monotonic() < given_up:
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=20):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the app did not start: {log.read_text()}")


@dataclass
class Visit:
    """A page of the browser, with what it must never do."""

    page: Any
    address: str
    abroad: list[str] = field(default_factory=list)  #: requests that left this machine
    errors: list[str] = field(default_factory=list)  #: errors in the console

    def open(self, link: str = "") -> Any:
        """Go to a link of the app and wait for its heading."""
        self.page.goto(self.address + link.removeprefix("./"), timeout=AT_WORK)
        self.page.wait_for_selector("h1.wf", timeout=AT_WORK)
        return self.page

    def settle(self) -> None:
        """Wait until the page is whole and at rest: from now on, as it was at rest before it was left, too."""
        self.page.evaluate("window.__quietSince = 0")
        self.page.wait_for_selector("h1.wf", timeout=AT_WORK)
        self.page.wait_for_function(QUIET, timeout=AT_WORK)

    def go(self, name: str) -> None:
        """Choose a page in the menu, as a person does: of those under "More" after opening it."""
        before = self.page.evaluate("window.__quietSince = 0, location.pathname")
        link = self.page.get_by_role("navigation", name="App pages").get_by_role("link", name=name, exact=True)
        if link.count() == 0:
            self.settle()  # the menu may be drawn anew at this moment
        if link.count() == 0:
            self.page.get_by_role("button", name="More", exact=True).click()
            link = self.page.get_by_role("menuitem", name=name, exact=True)
        link.click()
        self.page.wait_for_function("before => location.pathname !== before", arg=before)
        self.settle()

    def follow(self, link: Any, leads_to: str) -> None:
        """Click a link until the page has its address: one that is drawn anew under the pointer takes no click."""
        for _ in range(5):
            self.page.evaluate("window.__quietSince = 0")
            link.click()
            self.page.wait_for_function(
                f"to => location.href.includes(to) || ({QUIET})()", arg=leads_to, polling=50
            )  # fmt: skip
            if leads_to in self.page.url:
                return
        raise AssertionError(f"{self.page.url} stays after five clicks on a link to {leads_to}")

    def wait_while_it_moves(self, outcome: Any) -> None:
        """Wait for an element as long as the page says that work goes on: that its words change."""
        from playwright.sync_api import TimeoutError as TooLate

        said = ""
        while True:
            try:
                outcome.wait_for()
                return
            except TooLate:
                now = self.shown()
                assert now != said, f"the page stands still:\n{now}"
                said = now

    def ask(self, question: str) -> str:
        """Put a question on the start page and return the words of the page that answers it."""
        self.page.get_by_label("Ask a question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        self.page.wait_for_function(
            "question => decodeURIComponent(location.search.replaceAll('+', ' ')).includes(question)", arg=question
        )
        self.page.wait_for_selector("[data-status]", timeout=AT_WORK)
        self.settle()
        return self.shown()

    def shown(self) -> str:
        """Return the words of the page."""
        return str(self.page.locator("[data-testid=stMain]").inner_text())

    def wait_until_in_view(self, selector: str) -> Any:
        """Wait until the first such element is wholly in the window with nothing over it; return it."""
        self.page.wait_for_selector(selector)
        self.page.wait_for_function(
            f"selector => ({IN_VIEW})(document.querySelector(selector))", arg=selector
        )  # fmt: skip
        return self.page.locator(selector).first

    def assert_clean(self) -> None:
        """Assert that nothing left this machine and that the console shows no error."""
        assert self.abroad == []
        assert self.errors == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """Return axe-core; the tests are skipped where npm cannot fetch it."""
    script = axe_script()
    if script is None:
        pytest.skip("axe-core is not there, and npm, which fetches it, is missing or finds no registry")
    return script


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield Chromium; the tests are skipped where it is not installed."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def visiting(browser: Any, address: str, *, patience: int = PATIENCE) -> Iterator[Visit]:
    """Yield a fresh visit of an app; at its end nothing may have left this machine and the console has no error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(patience)
    now = Visit(context.new_page(), address)
    home = ("data:", "blob:", address.rstrip("/"), address.rstrip("/").replace("http", "ws", 1))
    now.page.on("request", lambda request: None if request.url.startswith(home) else now.abroad.append(request.url))
    now.page.on("websocket", lambda socket: None if socket.url.startswith(home) else now.abroad.append(socket.url))
    now.page.on("console", lambda said: now.errors.append(said.text) if said.type == "error" else None)
    now.page.on("pageerror", lambda error: now.errors.append(str(error)))
    yield now
    now.assert_clean()
    context.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Any, app_address: str) -> Iterator[Visit]:
    """Yield a fresh visit of the app over the five sample decisions."""
    patience = LITTLE_PATIENCE if request.node.get_closest_marker("xfail") else PATIENCE
    with visiting(browser, app_address, patience=patience) as now:
        yield now
