"""The builds that a build was made from, and the one that a roll-back goes to: the nearest undamaged one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.builds.build import Build
from graph.errors import DamagedWorkspace


def whole_build_before(current: str | None, builds: Sequence[Build]) -> tuple[Build | None, tuple[str, ...]]:
    """Return the build to roll back to, or None, and a sentence on each damaged build that was passed over.

    Args:
        current: The id of the current build; None if it is not known.
        builds: Every published build, newest first, unreadable ones included.
    """
    passed_over: list[str] = []
    for build in builds_before(current, builds):
        fault = _fault(build)
        if not fault:
            return build, tuple(passed_over)
        passed_over.append(f"build {build.id} is damaged ({fault})")
    return None, tuple(passed_over)


def builds_before(current: str | None, builds: Sequence[Build]) -> Iterator[Build]:
    """Yield the build that the current one was made from, then the build that this one was made from, and so on.

    Builds that a roll-back has left are not among them. If it is not known from which build one was made, or that build
    is gone, the next older build follows.
    """
    known = {build.id: build for build in builds}
    at = current
    while older := [name for name in known if at is None or name < at]:
        base = _base(known[at]) if at in known else ""
        at = base if base in older else older[0]
        yield known[at]


def _base(build: Build) -> str:
    try:
        return build.manifest.base
    except DamagedWorkspace:
        return ""


def _fault(build: Build) -> str:
    try:
        faults = build.faults()
    except DamagedWorkspace:
        return "it cannot be read"
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{faults[0]}{more}" if faults else ""
