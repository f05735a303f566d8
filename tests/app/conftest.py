"""A workspace with a few invented decisions, built once, for the tests of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.settings import Settings
from tests.made_once import made_once

FIRST = """# PCD 9001 Warm Homes grant <img src=x onerror="alert(1)">

- Reference: PCD 9001
- Title: Drive grant <img src=x onerror="alert(1)">
- Decision body: Mayor's Office for Policing and Crime
- Decided by: Deputy Mayor for Policing and Crime
- Date signed: 6 July 2023
- Record type: decision notice

## Executive summary
The Home Office has awarded MOPAC £120,000 for the Drive programme in 2023/24. <script>alert(2)</script>

## Financial comments

| Project | Provider | 2023/24 | Total |
|---|---|---|---|
| Drive | SafeLives | £70,000 | £70,000 |
| Drive | Rise Mutual CIC | £50,000 | £50,000 |
| | Total | £120,000 | £125,000 |
"""
SECOND = """# PCD 9002 Drive extension

- Reference: PCD 9002
- Title: Drive extension
- Decision body: Mayor's Office for Policing and Crime
- Decided by: Deputy Mayor for Policing and Crime
- Date signed: 2 April 2024
- Record type: decision notice

## Executive summary
This decision extends PCD 9001. MOPAC will award £30,000 to SafeLives for Drive in 2024/25 in Croydon.
"""


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a workspace that holds two decisions, one with markup in its title and a total that is wrong.

    All workers of a run share it: who wants to write copies it.
    """
    return made_once(tmp_path_factory, worker_id, "two-decisions", _read) / "workspace"


def _read(folder: Path) -> None:
    from ingest.pipeline import ingest

    (folder / "decisions").mkdir()
    (folder / "decisions" / "pcd-9001.md").write_text(FIRST, encoding="utf-8")
    (folder / "decisions" / "pcd-9002.md").write_text(SECOND, encoding="utf-8")
    report = ingest([folder / "decisions"], Settings(workspace=folder / "workspace"), workers=1)
    assert report.published
