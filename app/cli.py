"""The command line: parse the arguments, run one command, turn errors into one line and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from app.printing import Hushed
from graph.errors import DamagedWorkspace, WhofundsError
from graph.machine_faults import machine_fault
from graph.settings import Settings

COMMANDS = (
    "fetch", "watch", "published", "ingest", "extract", "ask", "briefing", "search", "check", "correct", "export",
    "sparql", "builds", "backup", "restore", "repair", "log", "labels", "app", "key",
    "completion",
)  # fmt: skip
WITHOUT_WORKSPACE = ("extract", "key", "completion")  #: commands that look into none
DESCRIPTION = "Who funds what in UK policing and crime commissioning: published decisions in, answered questions out."
EXAMPLE = 'example: whofunds ingest data/decisions && whofunds ask "who funds Drive in West Mercia"'


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if all was done, 1 if some or all of it could not be, 2 on wrong usage."""
    parser = command_parser()
    options = parser.parse_args(arguments)
    if options.json and getattr(options, "csv", False):
        parser.error("--json and --csv are two forms of the same; give one of them")
    if not options.quiet:
        return _done(options)
    said = Hushed(sys.stderr)
    with contextlib.redirect_stderr(said):
        code = _done(options)
    if code:  # what could not be done is said with everything around it
        sys.stderr.write(said.getvalue())
    return code


def _done(options: argparse.Namespace) -> int:
    logging.basicConfig(
        stream=getattr(sys.stderr, "loud", sys.stderr),
        level=os.environ.get("WHOFUNDS_LOG", "ERROR").upper(),
        format="%(levelname)s %(message)s",
    )
    try:
        settings = Settings.from_environment(workspace=getattr(options, "workspace", None))
    except ValueError as error:
        _say(str(error))
        return 2
    named = getattr(options, "workspace", None) or os.environ.get("WHOFUNDS_WORKSPACE")
    if options.command not in WITHOUT_WORKSPACE and not named and settings.workspace.is_absolute():
        _say(f"the workspace is {settings.workspace}")
    try:
        code: int = options.run(options, settings)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader of our output went away, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _say("stopped; what was published before stands as it was")
        return 130
    except DamagedWorkspace as error:  # a build that cannot be opened may be whole, and the disk full
        return _failed(error, machine_fault(error, settings.workspace) or str(error))
    except WhofundsError as error:
        return _failed(error, str(error))
    except Exception as error:
        cause = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        unexpected = f"unexpected fault: {cause}; WHOFUNDS_DEBUG=1 shows where"
        known = machine_fault(error, settings.workspace) or _damage(options, settings)
        return _failed(error, known or unexpected)


def _damage(options: argparse.Namespace, settings: Settings) -> str:
    """Return a message on damage to the current build that may explain the failure of a command; "" if it is intact."""
    if options.command in WITHOUT_WORKSPACE:
        return ""
    from graph.builds.manifest import REMEDY
    from graph.builds.workspace import Workspace

    try:
        build = Workspace(settings.workspace, settings=settings).current()
        faults = build.faults()
    except DamagedWorkspace as error:
        return str(error)
    except (WhofundsError, OSError):
        return ""
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{build.path / faults[0].path} is {faults[0].what}{more}; {REMEDY}" if faults else ""


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--workspace", type=Path, default=argparse.SUPPRESS, metavar="DIR",
        help="folder of builds (default: $WHOFUNDS_WORKSPACE, else workspace/ in the current folder or in the nearest "
        "one above that has one, else the user's own)",
    )  # fmt: skip
    common.add_argument("--json", action="store_true", help="print for programs")
    hushes = "say nothing on standard error where all was done, but for warnings"
    common.add_argument("--quiet", action="store_true", help=hushes)
    parser = argparse.ArgumentParser(prog="whofunds", description=DESCRIPTION, epilog=EXAMPLE)
    parser.add_argument("--version", action="version", version=f"whofunds {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for name in COMMANDS:
        import_module(f".commands.{name}", __package__).add_command(commands, common)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("whofunds")
    except PackageNotFoundError:
        return "(not installed)"


def _failed(error: Exception, message: str) -> int:
    _say(message)
    if os.environ.get("WHOFUNDS_DEBUG"):
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    return 1


def _say(message: str) -> None:
    print("whofunds: " + " ".join(message.split()), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
