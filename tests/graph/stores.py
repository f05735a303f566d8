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


def free_port() -> int:
    """Return a port of this machine that no server has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def oxigraph_server(folder: Path, port: int = 0) -> Iterator[str]:
    """Run `oxigraph serve` on a port of this machine, by default a free one."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the program oxigraph is not installed: pip install oxigraph")
    address = f"127.0.0.1:{port or free_port()}"
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


@contextmanager
def oxigraph_addresses(folder: Path, port: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the addresses of `oxigraph serve` for queries and for updates."""
    with oxigraph_server(folder, port) as url:
        yield f"{url}/query", f"{url}/update"


@contextmanager
def virtuoso_addresses(folder: Path, port: int = 0) -> Iterator[tuple[str, str]]:
    """Run Virtuoso on a port of this machine, by default a free one; yield addresses for queries and for updates."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("virtuoso-t is not installed: apt-get install virtuoso-opensource")
    sql, http = free_port(), port or free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    server = subprocess.Popen(
        [program, "+foreground", "+configfile", str(settings)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{http}/sparql", seconds=180)
        grant = "grant SPARQL_UPDATE to \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"
        isql = shutil.which("isql-vt") or shutil.which("isql") or "isql-vt"
        subprocess.run([isql, str(sql), "dba", "dba", f"exec={grant}"], check=True, capture_output=True)
        yield f"http://127.0.0.1:{http}/sparql", f"http://127.0.0.1:{http}/sparql"
    finally:
        server.terminate()
        server.wait(60)


VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/vt.db
TransactionFile = {folder}/vt.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""

#: servers that tests run, by name
SERVERS = {"oxigraph": oxigraph_addresses, "virtuoso": virtuoso_addresses}


def _wait_for(url: str, *, seconds: int = 60) -> None:
    for _ in range(10 * seconds):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer within {seconds} s")
