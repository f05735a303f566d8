"""`whofunds app`: the Streamlit app."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "app", parents=[common], help="open the app in the browser",
        description="Serve the app on this machine and open it in the browser.",
        epilog="example: whofunds app --port 8501",
    )  # fmt: skip
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help="port on localhost (default 8501)")
    parser.add_argument("--no-browser", action="store_true", help="serve only; open no browser")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; give 1 to 65535")
    return number


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped."""
    import os
    import subprocess
    import sys

    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).resolve().parent.parent / "server.py")]
    command += ["--server.port", str(options.port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", str(options.no_browser).lower(), "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, "WHOFUNDS_WORKSPACE": str(settings.workspace.resolve())}
    if os.name == "posix":
        os.execve(command[0], command, environment)  # so that whoever stops this process stops the server
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
