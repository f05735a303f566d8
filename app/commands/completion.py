"""`whofunds completion`: a script by which a shell completes commands, options and files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.settings import Settings

SHELLS = ("bash", "zsh", "fish", "tcsh")
FILES = {"FILE", "FOLDER", "DIR", "PATH"}  #: metavars of what lies on the disk


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "completion", parents=[common], help="print a script by which the shell completes commands",
        description="Print a script by which the shell completes commands, options and files. Put it where your shell "
        "looks for such scripts: bash in ~/.local/share/bash-completion/completions/whofunds, zsh in a file _whofunds "
        "in a folder of $fpath, fish in ~/.config/fish/completions/whofunds.fish.",
        epilog="example: whofunds completion bash > ~/.local/share/bash-completion/completions/whofunds",
    )  # fmt: skip
    parser.add_argument("shell", choices=SHELLS, help="which shell")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the completion script; return the exit code."""
    import shtab

    from app.cli import command_parser

    parser = command_parser()
    for action in _actions(parser):
        if (isinstance(action.type, type) and issubclass(action.type, Path)) or action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(parser, shell=options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for said in action._choices_actions:
                each = action.choices[said.dest]
                each.description = said.help  # shells show it beside the command: a line, not its page of help
                yield from _actions(each)
