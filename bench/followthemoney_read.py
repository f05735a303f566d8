"""Reads an export of FollowTheMoney entities with its own library, and says what does not come back as it was written.

Run it from the project: python -m bench.followthemoney_read FILE. docs/dependencies.md says how to install the library,
which needs ICU and a compiler; the tests hold entities against its schema without it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def differences(lines: Iterable[dict[str, Any]], model: Any) -> list[str]:
    """Return a line for each entity that the library's model refuses or reads otherwise than it is written."""
    found = []
    for line in lines:
        entity = model.get_proxy(line)
        entity.schema.validate(line)
        read = {name: sorted(entity.get(name)) for name in line["properties"]}
        written = {name: sorted(values) for name, values in line["properties"].items()}
        found += [] if read == written else [f"{line['id']}: {written} is read as {read}"]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences and how many entities were read; return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m bench.followthemoney_read", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="as `whofunds export --format ftm` writes it")
    from followthemoney import model

    text = parser.parse_args(arguments).file.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    found = differences(lines, model)
    print(*found, f"{len(lines)} entities read, {len(found)} otherwise than written", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
