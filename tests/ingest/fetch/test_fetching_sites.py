"""Every decision of every site that has a profile is found, none twice; robots are kept; nothing is asked twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.registry import load_registry
from graph.settings import PROJECT, Settings
from ingest.fetch.holdings import Holdings
from ingest.fetch.run import FetchReport, WrongWish, all_sites, fetch, waiting_decisions, watch
from ingest.fetch.visit import Wishes
from tests.ingest.fetch.served_sites import Served, Shape
from tests.ingest.fetch.site_shapes import all_shapes

SITES = [shape.site for shape in all_shapes()]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with Served(all_shapes()).running() as running:
        yield running


@pytest.fixture
def served(server: Served) -> Served:
    server.serve_anew(all_shapes())
    return server


def settings_for(workspace: Path) -> Settings:
    return Settings(workspace=workspace, fetch_delay_seconds=0.0)


def run(served: Served, shape: Shape, workspace: Path, **wishes: object) -> FetchReport:
    """Fetch the registers of one site."""
    site = all_sites(settings_for(workspace)).by_id[shape.site]
    start = [address.replace("https://", "http://") for address in site.start]
    made = Wishes(**wishes)  # type: ignore[arg-type]
    return fetch(start, settings_for(workspace), wishes=made, transport=served.transport)


def shape_of(served: Served, site: str) -> Shape:
    return next(shape for shape in served.shapes.values() if shape.site == site)


def kept(workspace: Path) -> list[str]:
    return [origin.address for origin in Holdings(workspace / "fetched").origins().values()]


@pytest.mark.parametrize("site", SITES)
def test_every_decision_is_found_and_none_twice(served: Served, site: str, tmp_path: Path) -> None:
    shape = shape_of(served, site)
    report = run(served, shape, tmp_path)
    assert sorted(kept(tmp_path)) == sorted(map(shape.address, shape.decisions))
    assert len(report.files("new")) == len(shape.decisions)
    asked = Counter(one.path for one in served.pages_asked() if one.status == 200)
    assert max(asked.values()) == 1, asked
    assert not shape.forbidden & {one.path for one in served.asked}


@pytest.mark.parametrize("site", SITES)
def test_a_second_run_fetches_nothing(served: Served, site: str, tmp_path: Path) -> None:
    shape = shape_of(served, site)
    run(served, shape, tmp_path)
    before = kept(tmp_path)

    def again(**wishes: object) -> dict[str, set[int]]:
        """Run again; return the paths that were asked, without those that robots.txt shuts, with their statuses."""
        served.asked.clear()
        report = run(served, shape, tmp_path, **wishes)
        assert report.files("new") == report.files("changed") == []
        assert kept(tmp_path) == before
        asked: dict[str, set[int]] = {}
        for one in served.pages_asked():
            asked.setdefault(one.path, set()).add(one.status)
        assert not asked.keys() & shape.forbidden
        return asked

    assert again() == {}, "at once, nothing is asked"
    later = again(fresh_minutes=0.0)
    assert not later.keys() & shape.decisions, "later, registers alone are asked"
    told = {path for path in later if path in shape.pages and shape.pages[path].mark != "nothing"}
    assert all(later[path] == {304} for path in told)
    all_asked = again(recheck=True)
    assert all_asked.keys() >= shape.decisions
    assert all(all_asked[path] == {304} for path in shape.decisions if shape.pages[path].mark != "nothing")


def test_every_profile_has_a_shape_and_a_body_of_the_registry() -> None:
    sites = all_sites(Settings())
    assert {site.id for site in sites} == set(SITES)
    assert len(SITES) >= 12
    known = load_registry(PROJECT / "data" / "registry").organisations
    assert not {site.id: site.body for site in sites if site.body not in known}


def test_what_is_kept_says_where_it_was_published_when_and_by_whom(served: Served, tmp_path: Path) -> None:
    shape = shape_of(served, "warwickshire")
    run(served, shape, tmp_path)
    origins = Holdings(tmp_path / "fetched").origins()
    file = next(path for path in origins if "wpcc4-0041" in path.name)
    origin = origins[file]
    assert origin.address == shape.address("/your-pcc/decision-making/decisions-log-2024/wpcc4-0041-grants/")
    assert origin.body == "Police and Crime Commissioner for Warwickshire"
    assert origin.found_on == shape.address("/your-pcc/decision-making/decisions-log-2024/")
    assert origin.words == "WPCC4 0041"
    assert len(origin.sha256) == 64 and origin.fetched.startswith("20")


def test_a_changed_decision_replaces_the_file_and_the_earlier_one_is_set_aside(served: Served, tmp_path: Path) -> None:
    shape = shape_of(served, "surrey")
    run(served, shape, tmp_path)
    path = "/decisions/08-2026-fund/"
    shape.pages[path] = shape.pages["/decisions/"]
    report = run(served, shape, tmp_path, recheck=True)
    assert [file.read_bytes() for file in report.files("changed")] == [shape.pages[path].content]
    assert len(list((tmp_path / "fetched" / ".earlier").rglob("*.html"))) == 1
    assert len(kept(tmp_path)) == len(shape.decisions)


def test_a_new_decision_on_a_register_is_all_that_comes(served: Served, tmp_path: Path) -> None:
    shape = shape_of(served, "norfolk")
    run(served, shape, tmp_path)
    register, new = "/key-information/transparency/decisions", "/assets/decisions/2026-9.pdf"
    page = shape.pages[register]
    shape.pages[register] = type(page)(page.content.replace(b"<table>", f'<a href="{new}">9</a><table>'.encode()))
    shape.pages[new] = next(iter(shape.pages[path] for path in shape.decisions)).__class__(b"%PDF-1.4 nine")
    report = run(served, shape, tmp_path, fresh_minutes=0.0)
    assert [Holdings(tmp_path / "fetched").origin(file).address for file in report.files("new")] == [shape.address(new)]


def test_a_limit_leaves_the_rest_for_the_next_run(served: Served, tmp_path: Path) -> None:
    shape = shape_of(served, "cleveland")
    report = run(served, shape, tmp_path, limit=2)
    assert len(report.files("new")) == 2
    assert sum(len(tally.waiting) for tally in report.tallies) == 3
    run(served, shape, tmp_path)
    assert sorted(kept(tmp_path)) == sorted(map(shape.address, shape.decisions))


@pytest.mark.parametrize("site", ["mopac", "west-midlands", "norfolk"])
def test_a_dry_run_fetches_no_decision(served: Served, site: str, tmp_path: Path) -> None:
    shape = shape_of(served, site)
    report = run(served, shape, tmp_path, look_only=True)
    assert kept(tmp_path) == []
    assert not {one.path for one in served.asked} & shape.decisions
    assert sum(len(tally.waiting) for tally in report.tallies) >= len(shape.decisions)


def test_a_register_that_changed_its_shape_says_so(served: Served, tmp_path: Path) -> None:
    shape = shape_of(served, "kent")
    register = "/what-we-do/making-key-decisions/"
    shape.pages[register] = type(shape.pages[register])(b"<html><body><h1>We moved</h1></body></html>")
    report = run(served, shape, tmp_path)
    assert report.faults and "kent.toml" in report.faults[0] and "no decision was found" in report.faults[0]


def test_watching_lists_what_is_new_and_fetches_no_decision(served: Served, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with pytest.raises(WrongWish, match="no register was fetched"):
        watch(settings, transport=served.transport)
    shape = shape_of(served, "surrey")
    run(served, shape, tmp_path)
    assert waiting_decisions(tmp_path / "fetched") == ()
    new, page = "/decisions/10-2026-fund/", shape.pages["/decisions/"]
    shape.pages["/decisions/"] = type(page)(page.content.replace(b"<ul>", f'<ul><a href="{new}">10</a>'.encode()))
    served.asked.clear()
    report = watch(settings, transport=served.transport, fresh_minutes=0.0)
    assert [tally.waiting for tally in report.tallies] == [{shape.address(new): "10"}]
    assert {one.path for one in served.pages_asked()} == {"/decisions/"}
    (waiting,) = waiting_decisions(tmp_path / "fetched")
    assert (waiting.address, waiting.words, waiting.site) == (shape.address(new), "10", "surrey")
    shape.pages[new] = shape.pages["/decisions/"]
    run(served, shape, tmp_path, fresh_minutes=0.0)
    assert waiting_decisions(tmp_path / "fetched") == ()
