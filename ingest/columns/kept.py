"""Column roles set by people: given after --columns, kept in columns.yaml in the workspace, applied when reading."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.builds.files import write_pointer
from graph.builds.people import COLUMNS, kept_copy
from graph.builds.workspace import Workspace
from graph.errors import InvalidReference, WhofundsError
from ingest.columns.guess import headings_of
from ingest.columns.mapping import Role, roles_said
from ingest.document import BlockKind, Document

NAME = COLUMNS
HEADER = """\
# What the columns of spreadsheets hold, where a person set it right; written by `whofunds ingest --columns` and by the
# app, and by hand. An entry is for the tables of a document that have these headings; "*" in a document's name stands
# for anything, so that "payments-*.csv" is for every month. It takes force with the next `whofunds ingest`.
"""

Choice = tuple[tuple[str, Role], ...]  #: headings and what they hold, as a person wrote them


class UnknownColumn(WhofundsError):
    """`--columns` names a column that the document lacks, or a role that does not exist."""


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """The roles that a person set for the columns of those tables of a document that have these headings."""

    document: str  #: its file name; "*" and "?" stand for other characters
    headings: tuple[str, ...]  #: of the whole table, left to right
    columns: Choice

    def is_for(self, document: str, headings: Sequence[str]) -> bool:
        """Return True if the roles are meant for the table with these headings in this document."""
        return self.is_of(document) and _plain_all(self.headings) == _plain_all(headings)

    def is_of(self, document: str) -> bool:
        """Return True if the roles are meant for a table of this document."""
        return self.document == document or fnmatchcase(document, self.document)


Kept = tuple[KeptMapping, ...]


def parse_choice(text: str) -> Choice:
    """Return the column roles in "Supplier=payee,Net=amount,Fund="; a column with nothing after "=" is ignored.

    A pair whose heading contains a comma stands in quotation marks: '"Amount, net=amount"'.

    Raises:
        UnknownColumn: A part has no "=", or names no role.
    """
    said: list[tuple[str, Role]] = []
    for part in next(csv.reader([text], skipinitialspace=True), []):
        heading, sign, role = part.rpartition("=")
        if not sign or not heading.strip():
            raise UnknownColumn(f"--columns: {part!r} is not 'Heading=role'; the roles are {roles_said()}")
        said.append((heading.strip(), _role(role, f"--columns: {part!r}")))
    return tuple(said)


def mappings_of_choice(documents: Sequence[Document], choice: Choice) -> Kept:
    """Return the chosen roles for each table of the documents, under the headings as they are printed.

    Raises:
        UnknownColumn: A chosen heading is in no table of any of the documents.
    """
    found: list[KeptMapping] = []
    unseen = dict(choice)
    for document in documents:
        for headings in _headings_in(document):
            columns: dict[str, Role] = {}
            for said, role in choice:
                index = _index_of(said, headings)
                if index is not None:
                    columns[_called(headings, index)] = role
                    unseen.pop(said, None)
            if columns:
                found.append(KeptMapping(document.name, headings, tuple(columns.items())))
    if unseen:
        raise UnknownColumn(_without_column(documents, unseen))
    return tuple(found)


def _headings_in(document: Document) -> list[tuple[str, ...]]:
    """Return the different rows of headings in a document's tables."""
    tables = (headings_of(block) for block in document.blocks if block.kind is BlockKind.TABLE)
    return list(dict.fromkeys(tables))


def _without_column(documents: Sequence[Document], unseen: Iterable[str]) -> str:
    missing = ", ".join(map(repr, unseen))
    if not documents:
        return f"--columns: no column {missing}, since no spreadsheet (.xlsx, .csv) is among these files"
    first = documents[0]
    there = "; ".join(_called(headings, i) for headings in _headings_in(first) for i in range(len(headings)))
    others = f" (and {len(documents) - 1} others)" if len(documents) > 1 else ""
    return f"{first.name}{others}: no column {missing}; the columns are {there or 'none'}"


def chosen_roles(kept: Kept, document: str, headings: Sequence[str]) -> dict[int, Role]:
    """Return the roles that people set for a table, by column index; the role set last wins."""
    chosen: dict[int, Role] = {}
    for mapping in kept:
        if mapping.is_for(document, headings):
            for said, role in mapping.columns:
                index = _index_of(said, headings)
                if index is not None:
                    chosen[index] = role
    return chosen


def kept_key(kept: Kept, document: str) -> str:
    """Return a hash of the roles set for a document, which changes with them; "" if none are set."""
    own = [mapping for mapping in kept if mapping.is_of(document)]
    return sha256(repr(own).encode()).hexdigest()[:8] if own else ""


def read_kept(workspace: Path) -> Kept:
    """Return the column roles of a workspace: from its file, else from the current build's copy, else none.

    Raises:
        InvalidReference: The file cannot be read as mappings; the message says what is wrong.
    """
    path = workspace / NAME
    return read_file(path if path.exists() else kept_copy(workspace, NAME))


def read_file(path: Path) -> Kept:
    """Return the column roles in a file; none if there is no file.

    Raises:
        InvalidReference: The file cannot be read as mappings; the message says what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidReference(f"{path}: cannot be read as text ({error}); save it as UTF-8") from error
    return parse_mappings(text, path)


def parse_mappings(text: str, path: Path) -> Kept:
    """Return the column roles in the text of a YAML file; `path` is used in messages only.

    Raises:
        InvalidReference: The text cannot be read as mappings; the message says what is wrong.
    """
    import yaml

    from graph.plain_yaml import PlainLoader

    try:
        entries = yaml.load(text, Loader=PlainLoader) or []  # a SafeLoader
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = f"not YAML ({getattr(error, 'problem', None) or 'nested too deeply'})"
        raise InvalidReference(f"{path}{line}: {problem}; each entry begins with '- document: ...'") from None
    if not isinstance(entries, list):
        raise InvalidReference(f"{path}: not a list; each entry begins with '- document: ...'")
    return tuple(_mapping(entry, f"{path}, entry {number}") for number, entry in enumerate(entries, start=1))


def key_of_document(name: str, workspace: Path) -> str:
    """Return a hash of the roles that a workspace keeps for a document; "" if there are none or they cannot be read."""
    try:
        return kept_key(read_kept(workspace), name)
    except WhofundsError:  # whoever reads the document says so
        return ""


def keep(workspace: Path, added: Iterable[KeptMapping]) -> None:
    """Add column roles to the workspace's file; roles for the same columns are replaced. All are written, or none.

    Comments in the file are lost, except those at its head.

    Raises:
        WorkspaceBusy: Another process publishes in this workspace.
    """
    with Workspace(workspace).held():
        write_pointer(workspace / NAME, with_mappings(workspace, added))


def with_mappings(workspace: Path, added: Iterable[KeptMapping]) -> str:
    """Return the text of the workspace's file with the added roles; roles for the same columns are replaced."""
    import yaml

    held = {(each.document, each.headings): dict(each.columns) for each in read_kept(workspace)}
    for mapping in added:
        held.setdefault((mapping.document, mapping.headings), {}).update(mapping.columns)
    entries = [
        {
            "document": document,
            "headings": list(headings),
            "columns": {heading: str(role) for heading, role in columns.items()},
        }
        for (document, headings), columns in held.items()
    ]
    return HEADER + "\n" + yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)


def _mapping(entry: Any, where: str) -> KeptMapping:
    if not isinstance(entry, dict) or set(entry) != {"document", "headings", "columns"}:
        raise InvalidReference(f"{where}: has to have document, headings and columns, and nothing else")
    if not isinstance(entry["headings"], list) or not isinstance(entry["columns"], dict):
        raise InvalidReference(f"{where}: headings is a list, columns has 'heading: role' lines")
    columns = tuple((str(heading), _role(str(role or ""), where)) for heading, role in entry["columns"].items())
    return KeptMapping(str(entry["document"]), tuple(str(text or "") for text in entry["headings"]), columns)


def _role(text: str, where: str) -> Role:
    plain = text.strip().casefold().replace(" ", "-").replace("_", "-") or Role.IGNORED.value
    if plain not in set(Role):
        raise UnknownColumn(f"{where}: {text.strip()!r} is no role; the roles are {roles_said()}")
    return Role(plain)


def _index_of(said: str, headings: Sequence[str]) -> int | None:
    """Return the index of the column that a person means: by heading, by "column 3", or by how one heading begins."""
    plain = _plain(said)
    called = [_plain(_called(headings, index)) for index in range(len(headings))]
    if plain in called:
        return called.index(plain)
    beginning = [index for index, heading in enumerate(called) if heading.startswith(f"{plain} ")]
    return beginning[0] if len(beginning) == 1 else None


def _called(headings: Sequence[str], index: int) -> str:
    return headings[index] or f"column {index + 1}"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _plain_all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_plain(text) for text in texts)
