"""`whofunds app`: the Streamlit app."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from graph.errors import WhofundsError
from graph.settings import Settings

OWN = "127.0.0.1"


class NotForOthers(WhofundsError):
    """The app would be reachable from other machines without anyone having to sign in."""


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "app", parents=[common], help="open the app in the browser",
        description="Serve the app on this machine and open it in the browser. It serves others only where people sign "
        "in (WHOFUNDS_SIGN_IN).",
        epilog="example: whofunds app --port 8501",
    )  # fmt: skip
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help="port (default 8501)")
    parser.add_argument(
        "--host", default=OWN, metavar="ADDRESS",
        help=f"address of this machine to serve at (default {OWN}, which nobody else reaches)",
    )  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help="serve only; open no browser")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; give 1 to 65535")
    return number


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the app until it is stopped; return the exit code.

    Raises:
        NotForOthers: The address is not this machine's own, and no sign-in is set up.
        SignInFault: The sign-in file is missing or wrong.
    """
    import os
    import subprocess
    import sys

    _check_sign_in(options.host, settings)
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).resolve().parent.parent / "server.py")]
    command += ["--server.port", str(options.port), "--server.address", options.host]
    command += ["--server.headless", str(options.no_browser).lower(), "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, "WHOFUNDS_WORKSPACE": str(settings.workspace.resolve())}
    if settings.sign_in:
        environment["WHOFUNDS_SIGN_IN"] = str(Path(settings.sign_in).resolve())
    if os.name == "posix":
        os.execve(command[0], command, environment)  # so that whoever stops this process stops the server
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _check_sign_in(host: str, settings: Settings) -> None:
    from app.people.sign_in import PAGE, is_own_machine, read_sign_in

    if settings.sign_in:
        read_sign_in(settings.sign_in)
    elif not is_own_machine(host) or settings.addresses:
        what, where = ("WHOFUNDS_ADDRESSES", "") if settings.addresses else ("--host", f" {host}")
        raise NotForOthers(
            f"{what}{where} would serve others, and nobody would sign in; set WHOFUNDS_SIGN_IN to a file that says who "
            f"may come in ({PAGE} has one to copy), or leave {what} out"
        )
