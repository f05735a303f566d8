"""A decision fetched by its address to be looked over: with its origin, and with the care of a fetch."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.builds.workspace import Workspace
from graph.settings import Settings
from ingest.batch import Batch, Stage
from ingest.fetch.for_review import MOST, fetch_for_review
from ingest.fetch.run import WrongWish
from tests.ingest.fetch.served_sites import Served, Shape, html
from tests.ingest.fetch.site_shapes import listed

HOST = "decisions.example"
DECISION = (
    "<p>Reference: PCD 9077</p><p>Date signed: 6 July 2024</p><h2>Recommendation</h2>"
    "<p>1. Approve a grant of £12,345 to SafeLives for Drive in Croydon in 2024/25.</p>"
)


@pytest.fixture
def served() -> Iterator[Served]:
    pages = {
        "/one": html("PCD 9077 Drive in Croydon", DECISION),
        "/kept-out": html("PCD 9078", DECISION),
    }
    shape = Shape(site="", host=HOST, robots="User-agent: *\nDisallow: /kept-out\n", pages=pages)
    register = Shape("surrey", "www.surrey-pcc.gov.uk")
    entries = [f"/decisions/{number:02d}-2026-fund/" for number in range(1, MOST + 3)]
    listed(register, "/decisions/", [entries], "/decisions/page/{}/")
    with Served([shape, register]).running() as running:
        yield running


def settings_for(workspace: Path) -> Settings:
    return Settings(workspace=workspace, fetch_delay_seconds=0.0, model_folder="/nonexistent")


def test_a_decision_comes_with_where_it_is_published_and_leaves_nothing(
    served: Served, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")  # other tests fetch at the same time, beside this one
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    found = fetch_for_review(f"http://{HOST}/one", settings_for(tmp_path), transport=served.transport)
    assert [origin.address for origin in found.origins] == [f"http://{HOST}/one"]
    assert found.notes == ()
    assert list(tmp_path.iterdir()) == []
    assert list(scratch.iterdir()) == []


def test_it_is_published_with_its_address_which_is_kept_with_the_file(served: Served, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "workspace")
    found = fetch_for_review(f"http://{HOST}/one", settings, transport=served.transport)
    batch = Batch(found.files, settings, found.origins)
    batch.wait(120)
    batch.review.who = "A. Reader"
    batch.publish()
    batch.wait(120)
    assert batch.stage is Stage.PUBLISHED, batch.fault
    ((name, _),) = found.files
    record = Workspace(settings.workspace).current().record(name)
    assert record is not None and record.decision.source == f"http://{HOST}/one"
    assert (settings.workspace / "added" / f"{name}.fetched.json").is_file()


def test_robots_are_kept(served: Served, tmp_path: Path) -> None:
    found = fetch_for_review(f"http://{HOST}/kept-out", settings_for(tmp_path), transport=served.transport)
    assert found.files == ()
    assert "robots.txt" in " ".join(found.notes)


@pytest.mark.parametrize("given", ["/etc/passwd", "mopac", "file:///etc/passwd", "http://name:word@site.example/", ""])
def test_only_a_web_address_is_fetched(given: str, tmp_path: Path) -> None:
    with pytest.raises(WrongWish):
        fetch_for_review(given, settings_for(tmp_path))


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://[::1]/x", "http://169.254.169.254/latest"])
def test_a_private_network_is_not_entered(address: str, tmp_path: Path) -> None:
    found = fetch_for_review(address, settings_for(tmp_path))
    assert found.files == ()
    assert found.notes


def test_a_long_register_is_fetched_in_part_and_says_so(served: Served, tmp_path: Path) -> None:
    address = "http://www.surrey-pcc.gov.uk/decisions/"
    found = fetch_for_review(address, settings_for(tmp_path), transport=served.transport)
    assert len(found.files) == len(found.origins) == MOST
    assert found.notes == ("2 more decisions of this page were not fetched",)
