"""The address at which a file was published is kept beside it, and shown as its decision's."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.settings import Settings
from ingest.origin import Origin, beside, parse_origin, read_origin, written
from ingest.sources import find_sources
from ingest.work import read_and_extract

TEXT = """# Grant for Drive

Reference: 017/2026

The Commissioner approved a grant of £30,000 to SafeLives for Drive in 2026/27.
"""
ADDRESS = "https://papers.example.org/decisions/017-2026.md"


def fetched(folder: Path, text: str = TEXT, **more: str) -> Path:
    """A file as a fetch leaves it."""
    folder.mkdir(exist_ok=True)
    file = folder / "site-017-2026.md"
    file.write_text(text, encoding="utf-8")
    digest = sha256(file.read_bytes()).hexdigest()
    beside(file).write_bytes(written(Origin(ADDRESS, digest, "2026-11-02T09:00:00+00:00", **more)))  # type: ignore[arg-type]
    return file


def test_a_decision_has_the_address_where_it_was_fetched(tmp_path: Path) -> None:
    record = read_and_extract(fetched(tmp_path), None, Settings()).record
    assert record.decision.source == ADDRESS


def test_the_body_of_the_site_is_the_decisions_where_the_paper_names_none(tmp_path: Path) -> None:
    body = "Police and Crime Commissioner for Kent"
    assert read_and_extract(fetched(tmp_path / "a"), None, Settings()).record.decision.body is None
    found = read_and_extract(fetched(tmp_path / "b", body=body), None, Settings()).record.decision.body
    assert found is not None and found.name == body


def test_a_paper_that_names_another_body_is_that_bodys(tmp_path: Path) -> None:
    text = TEXT.replace("Reference", "Decision body: Police and Crime Commissioner for Surrey\n\nReference")
    file = fetched(tmp_path, text, body="Police and Crime Commissioner for Kent")
    found = read_and_extract(file, None, Settings()).record.decision.body
    assert found is not None and found.name == "Police and Crime Commissioner for Surrey"


def test_a_file_that_a_person_changed_has_no_published_address(tmp_path: Path) -> None:
    file = fetched(tmp_path)
    file.write_text(TEXT + "Added by hand.\n", encoding="utf-8")
    assert read_and_extract(file, None, Settings()).record.decision.source is None


def test_what_lies_beside_a_file_is_no_document_and_is_not_spoken_of(tmp_path: Path) -> None:
    file = fetched(tmp_path)
    sources = find_sources([tmp_path])
    assert [source.path for source in sources.files] == [file]
    assert sources.messages == () and sources.failures == ()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"address": 1, "sha256": "a", "fetched": ""}', b"\xff\xfe{"])
def test_a_damaged_origin_is_none(data: bytes, tmp_path: Path) -> None:
    assert parse_origin(data) is None
    file = tmp_path / "a.md"
    file.write_text("x")
    beside(file).write_bytes(data)
    assert read_origin(file, sha256(b"x").hexdigest()) is None


words = st.text("a\u00a3\u4e2d\n\"\\/<\0", max_size=8)


@given(words, words, st.lists(words, max_size=3))
def test_an_origin_is_written_and_read_back(address: str, body: str, asked: list[str]) -> None:
    origin = Origin(f"x{address}", "0" * 64, "2026", asked=asked, body=body)
    assert parse_origin(written(origin)) == origin
