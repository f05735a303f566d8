"""The sample decisions, ingested once for all tests that want the whole of them; nobody writes to what they share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.builds.workspace import Workspace
from graph.model import Record
from graph.settings import Settings

#: tests of one group run in one worker, so that no other worker ingests the samples again
share_the_samples = pytest.mark.xdist_group("the sample decisions")


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample decisions, published by the command, without vectors: to be read, or copied."""
    place = tmp_path_factory.mktemp("samples") / "workspace"
    ingest = [sys.executable, "-m", "app.cli", "ingest", str(Settings().data / "decisions"), "--workspace", str(place)]
    without_a_model = {**os.environ, "WHOFUNDS_MODEL_FOLDER": "/nonexistent"}
    done = subprocess.run(ingest, capture_output=True, text=True, check=False, env=without_a_model)
    assert done.returncode == 0, done.stderr[-2000:]
    return place


@pytest.fixture(scope="session")
def sample_records(sample_workspace: Path) -> tuple[Record, ...]:
    """What was read from each of the sample decisions."""
    return Workspace(sample_workspace, settings=Settings()).current().records_as_read()
