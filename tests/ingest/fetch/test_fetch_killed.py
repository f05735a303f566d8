"""A fetch that is killed at any moment goes on where it was: nothing is lost, nothing comes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from graph.settings import PROJECT
from ingest.fetch.holdings import Holdings
from ingest.origin import ENDING
from tests.ingest.fetch.served_sites import Asked, Served
from tests.ingest.fetch.site_shapes import lancashire

START = "http://www.lancashire-pcc.gov.uk/transparency/decisions/"


def start(served: Served, workspace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.ingest.fetch.fetching_process", str(served.port), str(workspace), START]
    return subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)})


@pytest.mark.parametrize("moment", [3, 9])
def test_a_killed_fetch_goes_on(moment: int, tmp_path: Path) -> None:
    shape = lancashire()
    served = Served([shape])
    with served.running():
        process: subprocess.Popen[bytes] | None = None

        def kill_at_moment(asked: Asked) -> None:
            if len(served.pages_asked()) == moment and process is not None and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait(timeout=30)

        served.before = kill_at_moment
        process = start(served, tmp_path)
        assert process.wait(timeout=60) == -signal.SIGKILL
        served.before = lambda asked: None
        before = Counter(one.path for one in served.pages_asked()[:moment])
        served.asked.clear()
        assert start(served, tmp_path).wait(timeout=60) == 0
    after = Counter(one.path for one in served.pages_asked())
    assert not before.keys() & after.keys(), "what had come before is not asked again"
    origins = Holdings(tmp_path / "fetched").origins()
    assert sorted(one.address for one in origins.values()) == sorted(map(shape.address, shape.decisions))
    files = [path for path in (tmp_path / "fetched" / "lancashire").iterdir() if not path.name.endswith(ENDING)]
    assert sorted(files) == sorted(origins)


def test_a_file_whose_origin_alone_was_written_comes_under_the_same_name(tmp_path: Path) -> None:
    shape = lancashire()
    with Served([shape]).running() as served:
        assert start(served, tmp_path).wait(timeout=60) == 0
        files = Holdings(tmp_path / "fetched").origins()
        lost = min(files)
        lost.unlink()
        assert start(served, tmp_path).wait(timeout=60) == 0
    assert Holdings(tmp_path / "fetched").origins().keys() == files.keys()
