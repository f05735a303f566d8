"""Signs that identify single bodies, kept as data in data/reading: bodies.csv and office_holders.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.readers.reading_lists import FOLDER, read_list

_KINDS = ("reference", "office", "letterhead", "address", "decides")


@dataclass(frozen=True)
class BodySigns:
    """Signs by kind, each with the id of the body that it identifies."""

    references: tuple[tuple[str, str], ...]  #: how a body's own references begin
    offices: tuple[tuple[str, str], ...]  #: offices that one body alone has
    letterheads: tuple[tuple[str, str], ...]  #: words at the head of a body's papers
    addresses: tuple[tuple[str, str], ...]  #: parts of the web addresses of its pages
    deciding: frozenset[str]  #: bodies that decide although the registry's type does not say so


@cache
def deciders(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern for titles of decision makers: `words` (alternatives between bars) and those in bodies.csv."""
    return re.compile(rf"\b(?:{'|'.join([words, *(sign for sign, _ in load_body_signs().offices)])})\b", flags)


@cache
def load_body_signs(folder: Path = FOLDER) -> BodySigns:
    """Return the signs in bodies.csv.

    Raises:
        WhofundsError: The file is missing or a row cannot be used; the message names file and line.
    """
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _KINDS}
    for kind, sign, body in read_list(folder / "bodies.csv", ("kind", "sign", "body"), _KINDS):
        found[kind].append((sign, body))
    references, offices, letterheads, addresses, deciding = (tuple(found[kind]) for kind in _KINDS)
    return BodySigns(references, offices, letterheads, addresses, frozenset(body for _, body in deciding))


@cache
def load_office_holders(folder: Path = FOLDER) -> tuple[tuple[str, str], ...]:
    """Return the names of office-holders since 2012, each with the id of the body: office_holders.csv.

    Raises:
        WhofundsError: The file is missing or a row cannot be used; the message names file and line.
    """
    return tuple((person, body) for person, body in read_list(folder / "office_holders.csv", ("person", "body")))
