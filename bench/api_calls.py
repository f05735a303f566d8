"""The interface over HTTP asked what its description allows and what it does not; each answer is held against it.

    .venv/bin/python -m bench.api_calls [--workspace DIR] [--calls N]

schemathesis makes the calls, the same number to each address and of each kind, to a server that runs for it on the
sample decisions, or on the workspace given. Reported are the calls of each address with the statuses of their answers
and what did not hold. Exit code 1: something did not. Needs the tests extra.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.app import served
from bench.report import PROJECT, Value, exit_code, report
from graph.settings import Settings
from ingest.pipeline import ingest

CALLS = 2_000
TRULY_RANDOM = 100  #: calls of one kind to one address from which on they differ from run to run
START_SECONDS = 120.0


@dataclass(slots=True)
class Asked:
    """What came of the calls of one kind to one address."""

    address: str  #: as in "GET /api/ask"
    kind: str  #: "positive" for what the description allows, "negative" for what it does not
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def row(self) -> dict[str, Value]:
        """One line of the report."""
        classes = Counter(status // 100 for status in self.statuses.elements())
        counts = {f"{each}xx": classes[each] for each in (2, 4, 5)}
        calls = sum(self.statuses.values())
        return {"address": self.address, "kind": self.kind, "calls": calls, **counts, "faults": len(self.faults)}


def hold(operation: Any, mode: Any, calls: int) -> Asked:
    """Ask an address what its description allows, or does not, and hold each answer against it.

    Args:
        operation: of schemathesis, an address with its method.
        mode: of its `GenerationMode`.
        calls: how many at most; where there is nothing to send that is not allowed, none are made.
    """
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

    # any text may be sent as a query, and most are none
    excluded = [positive_data_acceptance] if operation.path == "/sparql" else []
    asked = Asked(operation.label, str(mode.value))
    described = operation.definition.raw.get("parameters", [])
    parameters = described if all(each["in"] == "query" for each in described) else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=calls, deadline=None, database=None, derandomize=calls < TRULY_RANDOM, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def holds(case: schemathesis.Case) -> None:
        answer = case.call(timeout=60)
        asked.statuses[answer.status_code] += 1
        sent = answer.request.url or ""
        lost = [negative_data_rejection] if is_allowed(sent, parameters) else []
        try:
            case.validate_response(answer, excluded_checks=[*excluded, *lost])
        except FailureGroup as group:
            asked.faults += [f"{' '.join(str(each).split())}; asked: {sent}" for each in group.exceptions]

    try:
        holds()
    except Unsatisfiable:
        if mode is not schemathesis.GenerationMode.NEGATIVE:
            raise
    return asked


def is_allowed(address: str, parameters: Sequence[Mapping[str, Any]]) -> bool:
    """Return True if the query that was sent is allowed after all: an empty list is lost when an address is written.

    Args:
        address: as it was asked.
        parameters: of the description, all of the query; where there are none, nothing is said to be allowed.
    """
    from jsonschema import Draft202012Validator

    given = parse_qs(urlsplit(address).query, keep_blank_values=True)
    if not parameters or not given.keys() <= {each["name"] for each in parameters}:
        return False
    for each in parameters:
        values, schema = given.get(each["name"]), each["schema"]
        if values is None:
            if each.get("required"):
                return False
            continue
        value: Any = values if schema.get("type") == "array" else values[0] if len(values) == 1 else values
        if schema.get("type") == "integer" and isinstance(value, str) and value.isdecimal():
            value = int(value)
        if not Draft202012Validator(schema).is_valid(value):
            return False
    return True


def hold_all(address: str, calls: int) -> list[Asked]:
    """Ask every address of the description at a server, with so many calls over all."""
    import schemathesis

    described = schemathesis.openapi.from_url(f"{address}/api/openapi.json")
    operations = [found.ok() for found in described.get_all_operations()]
    each = -(-calls // (2 * len(operations)))
    return [hold(operation, mode, each) for operation in operations for mode in schemathesis.GenerationMode]


def run(workspace: Path, calls: int) -> list[Asked]:
    """Serve a workspace and ask it."""
    with served(workspace) as (address, _):
        _await(address)
        return hold_all(address.rstrip("/"), calls)


def _await(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/_stcore/health", timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def main() -> int:
    """Ask, print a table, and write bench/results/api_calls.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.api_calls", description=__doc__.splitlines()[0])
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="a workspace with a build (default: the samples)")
    parser.add_argument("--calls", type=int, default=CALLS, metavar="N", help=f"calls over all (default {CALLS})")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = options.workspace
        if workspace is None:
            workspace = Path(folder) / "workspace"
            ingest([PROJECT / "data" / "decisions"], Settings(workspace=workspace), progress=True)
        asked = run(workspace, options.calls)
    report("api_calls", [one.row for one in asked])
    return exit_code([f"{one.address}, {one.kind}: {fault}" for one in asked for fault in one.faults])


if __name__ == "__main__":
    sys.exit(main())
