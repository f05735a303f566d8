"""`whofunds key`: make a key with which a program reads over HTTP if people have to sign in."""

from __future__ import annotations

import argparse
import re
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "key", parents=[common], help="make a key for a program that asks over HTTP",
        description="Make a key for a program that asks the server over HTTP where people sign in. The key is shown "
        "once, for the program; the line is for the table [programs] of the file of sign-in, and holds its digest "
        "alone. A line that is taken out ends its key at once. Nothing is written by this command.",
        epilog="example: whofunds key dashboard",
    )  # fmt: skip
    parser.add_argument("name", metavar="NAME", type=_name, help="of the program, for the audit log")
    parser.set_defaults(run=run)


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name; give up to 40 letters, digits, '-' and '_'")
    return text


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print a new key, and its line for the sign-in file; return the exit code."""
    from app.people.keys import digest_of, new_key
    from app.printing import print_json, say

    key = new_key()
    if options.json:
        print_json({"name": options.name, "key": key, "digest": digest_of(key)})
        return 0
    print(key)
    say(f'for the table [programs] of {settings.sign_in or "the file of sign-in"}: {options.name} = "{digest_of(key)}"')
    return 0
