"""The corrections file of a workspace: YAML that a person can read and edit. Faults are told with file and line.

A new correction is added at the end and earlier ones are never changed, so that all that a person wrote, comments too,
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.corrections.correction import Action, Correction
from graph.corrections.entries import InvalidEntry, correction_of_entry, entry_of_correction
from graph.errors import InvalidReference

NAME = "corrections.yaml"
HEADER = """\
# What people set right in what was read; written by `whofunds correct`, and by hand.
# A correction takes force with the next `whofunds ingest` or `whofunds correct`. Take one back with an undo
# (`whofunds correct --undo ID`) rather than by deleting it, so that what was done can be followed.
"""


def corrections_file(workspace: Path) -> Path:
    """Return the path of a workspace's corrections file."""
    return workspace / NAME


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the corrections in a file, in its order; () if there is no file.

    Raises:
        InvalidReference: The file cannot be read as corrections; the message gives file, line and fault.
    """
    return parse_corrections(text_of(path) or "", path)


def text_of(path: Path) -> str | None:
    """Return the text of a file; None if there is no file.

    Raises:
        InvalidReference: It is not UTF-8 text, or is no regular file (reading a pipe would wait forever).
    """
    if path.exists() and not path.is_file():
        raise InvalidReference(f"{path}: is a folder, a pipe or a device, and no file; move it away")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidReference(f"{path}: cannot be read as text ({error}); save it as UTF-8") from error


def parse_corrections(text: str, path: Path) -> tuple[Correction, ...]:
    """Return the corrections in a text; `path` is only for error messages.

    Raises:
        InvalidReference: The text is not a list of corrections.
    """
    found: list[Correction] = []
    for line, lines, values in _entries(text, path):
        try:
            correction = correction_of_entry(values)
            _fits(correction, found)
        except InvalidEntry as error:
            at = lines.get(error.key, line)
            raise InvalidReference(f"{path}, line {at}: {error}") from None
        found.append(correction)
    return tuple(found)


def with_corrections(text: str, added: Sequence[Correction], path: Path) -> str:
    """Return the text of a file with corrections added at its end; the existing text stays as it is.

    Raises:
        InvalidReference: The result would not be a valid file of corrections.
    """
    import yaml

    if not added:
        return text
    entries = [entry_of_correction(correction) for correction in added]
    whole = text.rstrip() + "\n\n" + yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    parse_corrections(whole, path)
    return whole


def _entries(text: str, path: Path) -> Iterable[tuple[int, dict[str, int], dict[str, Any]]]:
    """Yield each entry as (line, line of each key, values); the values are texts as written."""
    import yaml

    from graph.plain_yaml import PlainLoader

    try:
        root = yaml.compose(text, Loader=PlainLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not YAML"
        raise InvalidReference(f"{path}{where}: {problem}; each correction is a list entry of 'key: value'") from None
    except RecursionError:
        raise InvalidReference(f"{path}: nested too deeply; each correction is a list entry of 'key: value'") from None
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise InvalidReference(f"{path}, line 1: not a list; each correction begins with '- id: ...'")
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise InvalidReference(f"{path}, line {line}: not 'key: value' lines; a correction begins with '- id: ...'")
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        yield line, lines, _plain(node)


def _plain(node: Any) -> Any:
    """Return a YAML node as dicts, lists and texts; "null" and empty values are None, and no text becomes a number."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _fits(correction: Correction, before: Sequence[Correction]) -> None:
    """Refuse a correction that contradicts the corrections before it."""
    known = {each.id for each in before}
    if correction.id in known:
        raise InvalidEntry(f"the id {correction.id!r} is used above; give it one of its own", "id")
    if correction.action is Action.UNDO and correction.undoes not in known:
        raise InvalidEntry(f"no correction {correction.undoes!r} above to take back", "undoes")
    try:
        datetime.fromisoformat(correction.when)
    except ValueError:
        raise InvalidEntry(f"{correction.when!r} is not a date; write it as 2025-03-31", "when") from None
