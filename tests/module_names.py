"""Two modules of one name in folders without `__init__.py` are one module for Python: the second is not collected."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

ONE_PER_FOLDER = {"conftest.py", "__init__.py", "sitecustomize.py"}  #: told apart by their folders


def shared_names(folder: Path) -> list[str]:
    """Return a line for each name that several modules below a folder have, with their paths and what to do."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        if path.name not in ONE_PER_FOLDER:
            paths[path.name].append(path.relative_to(folder.parent).as_posix())
    return [
        f"{' and '.join(found)} have the same name, so only one of them would run; "
        "rename one by what it is about, as in test_second_reader_answers.py"
        for found in paths.values()
        if len(found) > 1
    ]
