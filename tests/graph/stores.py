"""Stores for tests: one of each engine, fresh, closed at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.stores.store import Store, open_disk, open_endpoint, open_memory

ENGINES = ("memory", "disk", "endpoint")


@contextmanager
def fresh_store(engine: str, folder: Path) -> Iterator[Store]:
    """Yield an empty store of the engine; the test is skipped where a server is needed and not installed."""
    if engine == "endpoint":
        with oxigraph_server(folder / "server") as url:
            yield open_endpoint(f"{url}/query", f"{url}/update", timeout_seconds=20)
        return
    store = open_memory() if engine == "memory" else open_disk(folder / "graph")
    try:
        yield store
    finally:
        store.close()


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[str]:
    """Run `oxigraph serve` on a free port of this machine."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the program oxigraph is not installed: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [program, "serve", "--location", str(folder), "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{address}/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer within 10 s")
