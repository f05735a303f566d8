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

FIVE = ("mopac-dmpcd-2015-96", "mopac-pcd-1307", "mopac-pcd-1460", "mopac-pcd-1583", "west-mercia-pcc-d-2018-25")
DECISIONS = [PROJECT / "data" / "decisions" / f"{name}.md" for name in FIVE]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
FLAGS += ("--disable-component-update", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over a workspace of five of the sample decisions."""
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("browser")
    report = ingest(DECISIONS, Settings(workspace=folder / "workspace"), workers=1)
    assert report.published, report
    with served(folder) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address of the app over the folder's workspace."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app" / "server.py")]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "WHOFUNDS_WORKSPACE": str(folder / "workspace")}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    address = f"http://localhost:{port}/"
    try:
        _wait(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
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
        self.page.goto(self.address + link.removeprefix("./"))
        self.page.wait_for_selector("h1.wf", timeout=30_000)
        return self.page

    def assert_clean(self) -> None:
        """Assert that nothing left this machine and that the console shows no error."""
        assert self.abroad == []
        assert self.errors == []


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


@pytest.fixture
def visit(browser: Any, app_address: str) -> Iterator[Visit]:
    """Yield a fresh visit; at its end nothing may have left this machine and the console must be free of errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    now = Visit(context.new_page(), app_address)
    home = ("data:", "blob:", app_address.rstrip("/"), app_address.rstrip("/").replace("http", "ws", 1))
    now.page.on("request", lambda request: None if request.url.startswith(home) else now.abroad.append(request.url))
    now.page.on("websocket", lambda socket: None if socket.url.startswith(home) else now.abroad.append(socket.url))
    now.page.on("console", lambda said: now.errors.append(said.text) if said.type == "error" else None)
    now.page.on("pageerror", lambda error: now.errors.append(str(error)))
    yield now
    now.assert_clean()
    context.close()
