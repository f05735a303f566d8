"""The files of a build's tables: one in Arrow's format for each, written once and memory-mapped by whoever reads it.

| Table | A row is |
| --- | --- |
| documents | a document, with the decision that it records and what its sums and facts name |
| flows, awards | a sum, or an award without one, with the numbers of its document and of what it names |
| flow_ties | the ties of a sum to others (`graph/counting/connected.py`), in the order of the sums |
| relations, checks, totals | what a document states besides |
| passages | a passage of a document; those of one document stand together |
| things | an organisation, programme, place or fund |
| references, keys, cited, decisions | references as printed, and the decisions that have them |
| corrections, corrected_names | what people set right |
| vocabulary, names | words and names in order, to be found by their first letters |
| names_read, reference_keys, judgements | see `next_build.py` |
| the others | words, ids or addresses in order, each with the rows that have it |

`stated` is the whole object as JSON. A number of a document or a thing is its row in `documents` or `things`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph.registry import Registry

FOLDER = "columns"
FORMAT = "4"  #: raised when the tables hold what older ones lack: 4 has the years that each document names
_ABOUT = "about.json"
_SUFFIX = ".arrow"

log = logging.getLogger(__name__)


def write_tables(
    folder: Path, tables: Mapping[str, Any], registry: Registry, before: Mapping[str, Any] | None = None
) -> None:
    """Write the tables of the build in `folder`, replacing those that it has.

    Args:
        folder: The build's folder.
        tables: All tables, by name.
        registry: The registry that they were made with.
        before: The tables that the folder has; the files of equal ones stay as they are.
    """
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    same = {name for name, table in tables.items() if before is not None and _is_same(table, before.get(name))}
    for path in target.iterdir():
        if path.stem not in same or path.suffix != _SUFFIX:
            path.unlink()  # never in place: an earlier build may share the file
    for name in tables.keys() - same:
        _write(target / f"{name}{_SUFFIX}", tables[name])
    about = {"format": FORMAT, "registry": _digest(registry), "code": _code(), "tables": sorted(tables)}
    (target / _ABOUT).write_text(json.dumps(about), encoding="utf-8")


def _is_same(table: Any, before: Any) -> bool:
    return before is not None and (table is before or bool(table.equals(before)))


def _write(path: Path, table: Any) -> None:
    import pyarrow
    from pyarrow import ipc

    with pyarrow.OSFile(str(path), "wb") as file, ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def open_tables(folder: Path, registry: Registry) -> dict[str, Any] | None:
    """Return the tables of the build in `folder`, memory-mapped, by name.

    Returns:
        None if the build has no tables that can be used: they are of another format, made with another registry, or
        damaged.
    """
    target = folder / FOLDER
    try:
        about = json.loads((target / _ABOUT).read_text(encoding="utf-8"))
        if about["format"] != FORMAT or about["registry"] != _digest(registry):
            return None
        return {name: _opened(target / f"{name}{_SUFFIX}") for name in about["tables"]}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:  # Arrow's errors are ValueErrors or OSErrors
        said = "%s: cannot be read (%s); what it holds is read from the graph instead. Run 'whofunds repair'"
        log.error(said, target, error)
        return None


def holds_tables(folder: Path) -> bool:
    """Return True if a build has tables of the current format."""
    return _about(folder).get("format") == FORMAT


def were_made_alike(folder: Path) -> bool:
    """Return True if the same code made a build's tables as would make them now, so that their rows can be kept."""
    return _about(folder).get("code") == _code()


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / FOLDER / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


@cache
def _code() -> str:
    """Return a digest of the source code that makes the tables and the stems of the words in them."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*here.glob("*.py"), here.parent / "stems.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _opened(path: Path) -> Any:
    import pyarrow
    from pyarrow import ipc

    return ipc.open_file(pyarrow.memory_map(str(path))).read_all()


def _digest(registry: Registry) -> str:
    parts = (registry.organisations, registry.programmes, registry.places, registry.funds)
    return hashlib.sha256(repr([list(part.items()) for part in parts]).encode()).hexdigest()
