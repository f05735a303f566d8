"""The builds that a build was made from, and which of them a roll-back goes to: the nearest that is as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.builds.build import Build
from graph.errors import DamagedWorkspace


def whole_build_before(current: str | None, builds: Sequence[Build]) -> tuple[Build | None, tuple[str, ...]]:
    """Return the build to go back to, or None, and a line for each damaged build that was passed over on the way.

    Args:
        current: The id of the current build; None where nothing says which one it is.
        builds: Every published build, newest first, those that cannot be read too.
    """
    passed_over: list[str] = []
    for build in builds_before(current, builds):
        fault = _fault(build)
        if not fault:
            return build, tuple(passed_over)
        passed_over.append(f"build {build.id} is damaged ({fault})")
    return None, tuple(passed_over)


def builds_before(current: str | None, builds: Sequence[Build]) -> Iterator[Build]:
    """Yield the build that the current one was made from, the build that this one was made from, and so on.

    Builds that were gone back from are not among them. Where it is not known from which build one was made, or that
    build is not there any more, the next older one comes.
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
