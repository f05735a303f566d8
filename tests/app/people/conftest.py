"""An OpenID provider that runs here, and the app served by `whofunds app` for people who sign in there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.settings import PROJECT

SECRET = "0123456789abcdef0123456789abcdef"
ADDRESS = "http://localhost"
CROWD = 20
PEOPLE: dict[str, dict[str, Any]] = {
    "rita": {"email": "rita@office.example", "email_verified": True, "name": "Rita Read"},
    "ed": {"email": "ed@office.example", "email_verified": True, "name": "Ed Itor", "groups": ["whofunds-editors"]},
    "pia": {"email": "pia@office.example", "email_verified": True, "name": "Pia Press"},
    "sly": {"email": "pia@office.example", "email_verified": False, "name": "Pia Press"},
    "eve": {"email": "eve@elsewhere.example", "email_verified": True, "name": "Eve Drop"},
    **{
        f"u{number}": {"email": f"u{number}x@crowd.example", "email_verified": True, "name": f"Crowd Nr{number}x"}
        for number in range(CROWD)
    },
}
FILE = """[auth]
redirect_uri = "{address}oauth2callback"
cookie_secret = "{secret}"
client_id = "whofunds"
client_secret = "any"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[session]
hours = {hours}
[people]
publisher = ["pia@office.example"]
reader = ["*@office.example", "*@crowd.example"]
[groups]
claim = "groups"
editor = {editors}
"""


@dataclass
class Office:
    """The app at an address, with the file that says who may come in."""

    address: str
    folder: Path
    provider: str
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def workspace(self) -> Path:
        """Its workspace."""
        return self.folder / "workspace"

    def let_in(self, *, hours: float = 8, editors: str = '["whofunds-editors"]') -> None:
        """Write the file of sign-in; the app takes it up at once."""
        text = FILE.format(address=self.address, secret=SECRET, provider=self.provider, hours=hours, editors=editors)
        new = self.folder / "sign-in.new"
        new.write_text(text, encoding="utf-8")
        new.rename(self.folder / "sign-in.toml")


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """Yield the address of an OpenID provider with some people."""
    from oidc_provider_mock import User, run_server_in_thread

    users = [User(sub=sub, claims=dict(claims)) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=users, require_nonce=True) as server:
        yield f"{ADDRESS}:{server.server_port}"


@pytest.fixture(scope="module")
def office(small_workspace: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Yield the app, served for people who sign in."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(small_workspace, folder / "workspace")
    port = free_port()
    environment = {
        **os.environ, "WHOFUNDS_WORKSPACE": str(folder / "workspace"), "WHOFUNDS_SIGN_IN": "sign-in.toml",
        "WHOFUNDS_MODEL_FOLDER": "/nonexistent", "PYTHONPATH": str(PROJECT),
    }  # fmt: skip
    command = [sys.executable, "-m", "app.cli", "app", "--host", "127.0.0.1", "--port", str(port), "--no-browser"]
    with (folder / "log").open("w") as log:
        made = Office(f"{ADDRESS}:{port}/", folder, provider, None)  # type: ignore[arg-type]
        made.let_in()
        made.process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
        try:
            _wait(made)
            yield made
        finally:
            made.process.terminate()
            made.process.wait(20)


def _wait(office: Office) -> None:
    for _ in range(240):
        if office.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{office.address}_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"the app did not start: {(office.folder / 'log').read_text()}")
