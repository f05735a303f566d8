"""The 360Giving schema and the register of organisation lists, for tests; both lie in ../shared and may be absent."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

STANDARDS = Path(__file__).resolve().parents[4] / "shared" / "standards"
needs_standards = pytest.mark.skipif(
    not STANDARDS.is_dir(), reason="../shared/standards with the 360Giving schema and the org-id lists is not here"
)


def faults_of(package: Any) -> list[str]:
    """Return what the official schema of a package has against a file, a line each."""
    return [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"
        for fault in _validator().iter_errors(package)
    ]


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    grant, package = (_schema(name) for name in ("360-giving-schema.json", "360-giving-package-schema.json"))
    # the package names the grants' schema by the address of the release before
    named = package["properties"]["grants"]["items"]["$ref"]
    resource = Resource.from_contents(grant, default_specification=DRAFT202012)
    registry: Any = Registry().with_resources([(named, resource), (grant["$id"], resource)])
    checker = FormatChecker(formats=())
    checker.checks("date-time")(_is_date_time)
    checker.checks("uri")(lambda value: not isinstance(value, str) or bool(urlsplit(value).scheme))
    return Draft202012Validator(package, registry=registry, format_checker=checker)


def _schema(name: str) -> Any:
    return json.loads((STANDARDS / "360giving" / name).read_text(encoding="utf-8"))


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def code_list(name: str) -> set[str]:
    """Return the codes of one of the standard's lists."""
    import csv

    with (STANDARDS / "360giving" / "codelists" / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return {row["Code"] for row in csv.DictReader(file)}


def organisation_lists() -> set[str]:
    """Return the codes of the lists that the register at org-id.guide has."""
    return set((STANDARDS / "org-id" / "list-codes.txt").read_text(encoding="utf-8").split())
