"""Every regular expression of `graph` and `ingest`, as JSON: compiled on import, by loaders of data, or at work.

Run as `python -m tests.patterns_found`, since what was compiled before it looks cannot be seen.
"""

from __future__ import annotations

import ast
import csv
import importlib
import inspect
import json
import pkgutil
import re
import re._compiler as compiler
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

OURS = ("graph", "ingest")
PROJECT = Path(__file__).resolve().parent.parent
ANCHORED = {"match", "fullmatch"}  #: ways of use that try one place only
EVERYWHERE = {"search", "sub", "subn", "split", "findall", "finditer"}


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A pattern, where it is compiled, and how it is used."""

    where: str  #: module and line
    text: str
    is_bytes: bool
    flags: int
    ways: tuple[str, ...]  #: "search" where it is tried at every place of a text, else "match", "fullmatch" or both

    def compiled(self) -> re.Pattern[Any]:
        """Return the pattern."""
        if self.is_bytes:
            return re.compile(self.text.encode("latin-1"), self.flags & ~re.UNICODE)
        return re.compile(self.text, self.flags)


def main() -> None:
    """Write what is found."""
    held: dict[re.Pattern[Any], tuple[str, str]] = {}
    plain = compiler.compile

    def noting(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        made = plain(pattern, flags)
        place = _place(sys._getframe(1)) if isinstance(pattern, str | bytes) else None
        if place:
            held.setdefault(made, place)
        return made

    compiler.compile = noting
    warnings.simplefilter("ignore")
    _import_all()
    _load_all()
    _work()
    _compile_written()
    ways = _ways_of_use()
    used: dict[int, set[str]] = {}
    for made_id, module, name in _names():
        used.setdefault(made_id, set()).update(ways.get((module, name), ()))
    behind = _behind_names()
    found = [
        FoundPattern(
            where,
            made.pattern.decode("latin-1") if isinstance(made.pattern, bytes) else made.pattern,
            isinstance(made.pattern, bytes),
            made.flags,
            _ways(made.pattern in behind, way, used.get(id(made), set())),
        )
        for made, (where, way) in held.items()
    ]
    json.dump([asdict(one) for one in found], sys.stdout)


def _place(frame: FrameType | None) -> tuple[str, str] | None:
    """Return the line of ours that compiles a pattern, and the function of `re` that it calls."""
    way = ""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.split(".")[0] in OURS:
            return f"{module}:{frame.f_lineno}", way
        if module not in {"re", "functools", __name__}:
            return None
        way = frame.f_code.co_name if module == "re" else way
        frame = frame.f_back
    return None


def _import_all() -> None:
    for package in OURS:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)


def _modules() -> Iterator[tuple[str, Any]]:
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in OURS:
            yield name, module


def _load_all() -> None:
    """Call every cached function that needs no argument: they load word lists and make patterns of them."""
    for name, module in _modules():
        for value in list(vars(module).values()):
            if callable(getattr(value, "cache_info", None)) and getattr(value, "__module__", "") == name:
                needed = inspect.signature(value).parameters.values()
                if all(each.default is not each.empty for each in needed):
                    value()


def _work() -> None:
    """Read a few decisions, for the patterns that are made of what a document holds."""
    from graph.settings import Settings
    from ingest.work import read_and_extract

    settings = Settings(workspace=PROJECT / "no-workspace")
    for path in sorted((PROJECT / "data" / "decisions").glob("*-*.md"))[:3]:
        read_and_extract(path, None, settings)


def _compile_written() -> None:
    """Use the patterns that stand in calls as plain words and that no work came by, each at its line."""
    for name, module in _modules():
        file = getattr(module, "__file__", None)
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))) if file else ():
            way = _re_function(node)
            if way and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
                pattern = node.args[0].value
                given = {"pattern": pattern, "text": pattern[:0], "flags": _flags(node, way)}
                call = f"re.{way}(pattern, {'text, ' if way in ('sub', 'subn') else ''}text, flags=flags)"
                exec(compile("\n" * (node.lineno - 1) + call, name, "exec"), {"re": re, "__name__": name, **given})


def _flags(node: ast.Call, way: str) -> int:
    place = {"sub": 4, "subn": 4, "split": 3}.get(way, 2)
    named = [each.value for each in node.keywords if each.arg == "flags"]
    written = named or node.args[place : place + 1]
    return int(eval(ast.unparse(written[0]), {"re": re})) if written else 0


def _re_function(node: ast.AST) -> str:
    called = node.func if isinstance(node, ast.Call) else None
    is_ours = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
    return called.attr if is_ours and called.attr in ANCHORED | EVERYWHERE else ""  # type: ignore[union-attr]


def _names() -> Iterator[tuple[int, str, str]]:
    """Yield each pattern that a module holds by a name, or has from another: its id, the module, the name."""
    for module_name, module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield id(value), module_name, name


def _ways_of_use() -> dict[tuple[str, str], set[str]]:
    """Return by module and name how what is so called is used: the attributes that are asked of it."""
    ways: dict[tuple[str, str], set[str]] = {}
    for module_name, module in _modules():
        file = getattr(module, "__file__", None)
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))) if file else ():
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                ways.setdefault((module_name, node.value.id), set()).add(node.attr)
            elif isinstance(node, ast.Call):
                for each in node.args:  # handed on: anything may be done with it
                    if isinstance(each, ast.Name):
                        ways.setdefault((module_name, each.id), set()).add("search")
    return ways


def _behind_names() -> set[str]:
    """Return the patterns that rules on names hold of what may not follow: they are matched where the name ends."""
    found: set[str] = set()
    for path in (PROJECT / "data" / "registry").glob("*_rules.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found |= {row["not_after"], f"(?i){row['not_after']}"} if row.get("not_after") else set()
    return found


def _ways(is_behind_name: bool, way: str, used: set[str]) -> tuple[str, ...]:
    if is_behind_name:
        return ("match",)
    if way in ANCHORED:
        return (way,)
    if way in EVERYWHERE or used & EVERYWHERE or not used & ANCHORED:
        return ("search",)
    return tuple(sorted(used & ANCHORED))


if __name__ == "__main__":
    main()
