"""On a Dask cluster an ingest gives the build that it gives here; texts and vectors go through files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.builds.workspace import Workspace
from graph.errors import ModelUnavailable
from graph.search.passage_vectors import known_vectors
from graph.settings import Settings
from ingest import executor
from ingest.cluster_vectors import encode_on_cluster, encoder_for
from ingest.pipeline import ingest
from ingest.report import DocumentStatus

DECISION = """# PCD {number}: Drive

- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2 April 2024

## Executive summary
MOPAC will award £{number}000 to SafeLives for Drive in 2024/25 in Croydon.
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a scheduler with two workers, each a process."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten decisions, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("papers")
    for number in range(1, 11):
        (folder / f"pcd-{number}.md").write_text(DECISION.format(number=number), encoding="utf-8")
    (folder / "empty.docx").write_bytes(b"")
    return folder


def test_a_build_of_a_cluster_is_that_of_one_process(
    address: str, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "WITH_SCHEDULER", 3)  # so that tasks are handed on as others end
    here = Settings(workspace=tmp_path / "here")
    there = replace(here, workspace=tmp_path / "there", cluster=address)
    one, other = ingest([papers], here, workers=1), ingest([papers], there)
    assert [(each.name, each.status, each.flows) for each in one.documents] == [
        (each.name, each.status, each.flows) for each in other.documents
    ]
    assert sum(each.status is DocumentStatus.LOADED for each in other.documents) == 10
    builds = [Workspace(each.workspace, settings=each).current() for each in (here, there)]
    assert builds[0].records() == builds[1].records()
    assert builds[0].manifest.embedded == builds[1].manifest.embedded > 0
    vectors = [known_vectors(build.path / "search", here.model) for build in builds]
    assert vectors[0].row_of.keys() == vectors[1].row_of.keys()
    ids = list(vectors[0].row_of)
    np.testing.assert_allclose([vectors[0][id] for id in ids], [vectors[1][id] for id in ids], atol=0.02)
    assert not (there.workspace / "staging").exists()


def test_vectors_come_back_in_the_order_of_the_texts(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.cluster_vectors.SHARD", 2)
    texts = ["domestic abuse", "a new roof for the station", "drug treatment", "knife crime", "speed watch"]
    settings = Settings(workspace=tmp_path / "workspace", cluster=address)
    encode = encoder_for(settings, tmp_path)
    assert encode is not None
    alone = [encode_on_cluster([text], settings=settings, folder=tmp_path / text, progress=False)[0] for text in texts]
    np.testing.assert_allclose(encode(texts), alone, atol=0.02)


def test_a_worker_without_a_model_says_so(address: str, tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "workspace", cluster=address, model_folder="/nonexistent")
    encode = encoder_for(settings, tmp_path)
    assert encode is not None
    with pytest.raises(ModelUnavailable, match="/nonexistent"):
        encode(["domestic abuse"])


def test_without_a_cluster_the_publishing_process_embeds(tmp_path: Path) -> None:
    assert encoder_for(Settings(workspace=tmp_path), tmp_path) is None


def test_a_cluster_that_does_not_answer_is_named(papers: Path, tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "workspace", cluster="tcp://127.0.0.1:1")
    with pytest.raises(executor.UnreachableCluster, match="WHOFUNDS_CLUSTER"):
        ingest([papers], settings)
