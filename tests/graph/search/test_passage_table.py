"""Documents put into tables one by one are found as if all had been written at once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import ModelUnavailable
from graph.model import Entity, EntityKind, Passage, Record
from graph.registry import load_registry
from graph.search import embedding, index, passage_table
from graph.search.index import Filters, Hit, open_index
from graph.search.passage_table import PASSAGES, PLACES, TableReport, can_be_added_to, update_table, write_table
from graph.search.passage_vectors import PHRASES, columns_of, known_vectors, open_table
from graph.search.passages import passage_id
from graph.settings import Settings
from tests.builders import make_decision, make_flow, make_record, programme

SETTINGS = Settings(model="own")
SHARED = "The general powers of the office to enter into arrangements are set out in statute."
TEXTS = {
    "a.md": ["The pilot of GPS tagging for knife crime offenders grows.", SHARED],
    "b's.md": ["A grant to foster dogs of people who flee their homes.", SHARED],
    "c.md": ["Repair of the roof of the police station.", "Approve £25,000 for the roof."],
    "d.md": ["Victims of stalking are helped by advocates in the boroughs.", SHARED, "Approve £25,000 for the roof."],
}
QUERIES = ("tagging", "roof of the station", "dogs", "general powers of the office", "advocates for victims", "£25,000")


class Letters:
    """A model that counts letters, and how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 26

    def encode(self, texts: list[str], **options: Any) -> Any:
        import numpy as np

        self.asked += texts
        rows = [[text.lower().count(chr(97 + at)) + 0.01 for at in range(26)] for text in texts]
        found = np.asarray(rows, dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """Put the model that counts letters in place of the real one."""
    model = Letters()
    encoder = embedding.Encoder(model)
    monkeypatch.setattr(embedding, "load_encoder", lambda settings: encoder)
    return model


def record(name: str, texts: Sequence[str] | None = None, *, of: str = "Warm Homes") -> Record:
    """Return the record of a document with these passages, whose money is for a programme."""
    own = TEXTS[name] if texts is None else texts
    passages = tuple(Passage(passage_id(text), str(at), "Summary", text) for at, text in enumerate(own, start=1))
    flow = make_flow(programmes=(programme(of),))
    decision = make_decision(f"PCD {name}")
    return replace(make_record(flow, document=name, decision=decision), passages=passages)


def found(folder: Path, query: str, **filters: str) -> list[Hit]:
    """Return what a search of the tables finds."""
    return open_index(folder, settings=SETTINGS, model="own").search(query, filters=Filters(**filters))


def same(one: Path, other: Path) -> bool:
    """Return whether both find the same, with the same scores, for every query and filter."""
    return all(
        found(one, query, **filters) == found(other, query, **filters)
        for query in QUERIES
        for filters in ({}, {"programme": "drive"}, {"programme": "warm homes"})
    )


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table without its vectors, sorted."""
    table = open_table(folder, name)
    assert table is not None
    names = [column for column in table.schema.names if column != "vector"]
    return sorted(columns_of(table, names).to_pylist(), key=str)


def test_a_document_that_is_added_is_found_as_if_it_had_been_there(tmp_path: Path, letters: Letters) -> None:
    records = [record(name) for name in sorted(TEXTS)]
    write_table(tmp_path / "whole", records, settings=SETTINGS)
    write_table(tmp_path / "steps", records[:2], settings=SETTINGS)
    for one in records[2:]:
        report = update_table(tmp_path / "steps", [one], settings=SETTINGS)
    assert report == TableReport(len(rows(tmp_path / "whole", PASSAGES)), report.passages, "own")
    assert rows(tmp_path / "steps", PASSAGES) == rows(tmp_path / "whole", PASSAGES)
    assert rows(tmp_path / "steps", PLACES) == rows(tmp_path / "whole", PLACES)
    assert same(tmp_path / "whole", tmp_path / "steps")


def test_a_document_that_changed_or_went_leaves_nothing_of_its_own(tmp_path: Path, letters: Letters) -> None:
    write_table(tmp_path / "steps", [record(name) for name in sorted(TEXTS)], settings=SETTINGS)
    changed = record("d.md", ["Advocates help victims.", SHARED], of="Drive")
    update_table(tmp_path / "steps", [changed], ["b's.md"], settings=SETTINGS)
    write_table(tmp_path / "whole", [record("a.md"), record("c.md"), changed], settings=SETTINGS)
    assert rows(tmp_path / "steps", PASSAGES) == rows(tmp_path / "whole", PASSAGES)
    assert same(tmp_path / "whole", tmp_path / "steps")
    assert {hit.document for hit in found(tmp_path / "steps", "advocates", programme="drive")} == {"d.md"}


def test_only_passages_that_no_document_had_are_embedded(tmp_path: Path, letters: Letters) -> None:
    write_table(tmp_path / "steps", [record("a.md")], settings=SETTINGS)
    letters.asked.clear()
    update_table(tmp_path / "steps", [record("b's.md")], settings=SETTINGS)
    assert TEXTS["b's.md"][0] in letters.asked
    assert SHARED not in letters.asked


def test_what_decisions_of_several_bodies_repeat_is_embedded_once(tmp_path: Path, letters: Letters) -> None:
    texts = [SHARED, SHARED.upper(), SHARED.replace(" ", "  "), SHARED.rstrip(".")]
    records = [record(f"{at}.md", [text, f"The decision numbered {at}."]) for at, text in enumerate(texts)]
    report = write_table(tmp_path / "whole", records, settings=SETTINGS)
    assert sum(text.casefold().startswith("the general powers") for text in letters.asked) == 1
    assert report.embedded == report.passages == 1 + 2 * len(texts)  # the words shared, and each one's own and title


def test_an_index_of_vectors_finds_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    rows = np.random.default_rng(0).standard_normal((600, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    records = [record(f"{at}.md", [f"The decision numbered {at}."]) for at in range(300)]
    found = []
    for many in (10_000, 300):
        monkeypatch.setattr(passage_table, "MANY", many)
        folder = tmp_path / str(many)
        write_table(folder, records, settings=SETTINGS, encode=lambda texts: rows[: len(texts)])
        table = open_table(folder)
        assert table is not None
        assert any("vector" in each.columns for each in table.list_indices()) is (many == 300)
        asked = open_index(folder, settings=SETTINGS, model="own")
        nearest = [asked._by_meaning(row, None) for row in rows[:20]]
        found.append([(asked._held.ids(each.rows[:10]), each.scores[:10].tolist()) for each in nearest])
    assert found[0] == found[1]


def test_a_build_before_keeps_its_tables_when_a_clone_of_them_is_added_to(tmp_path: Path, letters: Letters) -> None:
    from graph.builds.files import clone_tree

    write_table(tmp_path / "before", [record("a.md")], settings=SETTINGS)
    wanted = [found(tmp_path / "before", query) for query in QUERIES]
    clone_tree(tmp_path / "before", tmp_path / "after")
    update_table(tmp_path / "after", [record("c.md")], ["a.md"], settings=SETTINGS)
    assert [found(tmp_path / "before", query) for query in QUERIES] == wanted
    assert {hit.document for hit in found(tmp_path / "after", "roof")} == {"c.md"}


def test_without_the_model_new_passages_are_found_by_their_words(
    tmp_path: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(tmp_path / "steps", [record("a.md")], settings=SETTINGS)

    def unavailable(settings: Settings) -> embedding.Encoder:
        raise ModelUnavailable("no model here")

    monkeypatch.setattr(embedding, "load_encoder", unavailable)
    report = update_table(tmp_path / "steps", [record("c.md")], settings=SETTINGS)
    assert report.embedded < report.passages
    assert "words alone" in report.note
    assert found(tmp_path / "steps", "roof")[0].document == "c.md"
    assert len(known_vectors(tmp_path / "steps", "own").row_of) == report.embedded


@pytest.mark.parametrize("model", ["own", "another"])
def test_tables_of_another_model_or_manner_of_words_are_written_anew(
    tmp_path: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    write_table(tmp_path, [record("a.md")], settings=SETTINGS)
    assert can_be_added_to(tmp_path, Settings(model=model)) is (model == "own")
    monkeypatch.setattr("graph.search.passage_table.words_version", lambda: "other")
    assert not can_be_added_to(tmp_path, SETTINGS)


def test_filters_that_admit_much_find_what_filters_that_are_listed_find(
    tmp_path: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record(name, of="Drive" if name == "c.md" else "Warm Homes") for name in sorted(TEXTS)]
    write_table(tmp_path, records, settings=SETTINGS)
    monkeypatch.setattr(index, "CANDIDATES", 5)
    listed = [found(tmp_path, query, programme="warm homes") for query in QUERIES]
    monkeypatch.setattr(index, "LISTED", 0)
    assert [found(tmp_path, query, programme="warm homes") for query in QUERIES] == listed
    assert {hit.document for hits in listed for hit in hits} == set(TEXTS) - {"c.md"}


def test_tables_that_number_their_documents_are_still_read(tmp_path: Path, letters: Letters) -> None:
    import lancedb
    import pyarrow as pa

    from graph.builds.archive import write_json
    from graph.search.document_heads import document_heads
    from graph.typed_json import to_json

    records = [record(name) for name in sorted(TEXTS)]
    write_table(tmp_path / "new", records, settings=SETTINGS)
    table = open_table(tmp_path / "new")
    assert table is not None
    old = columns_of(table, ["id", "text", "section", "vector"])
    names = sorted(TEXTS)
    places = [[row for row in rows(tmp_path / "new", PLACES) if row["passage"] == id] for id in old["id"].to_pylist()]
    lists = {
        "documents": [[names.index(row["document"]) for row in own] for own in places],
        "locators": [[row["locator"] for row in own] for own in places],
        "pages": [[row["page"] for row in own] for own in places],
    }
    for name, kind in zip(lists, (pa.int32(), pa.string(), pa.int32()), strict=True):
        old = old.append_column(name, pa.array(lists[name], pa.list_(kind)))
    shutil.copytree(tmp_path / "new" / f"{PHRASES}.lance", tmp_path / "old" / f"{PHRASES}.lance")
    made = lancedb.connect(str(tmp_path / "old")).create_table(PASSAGES, data=old)
    from lancedb.index import FTS

    made.create_index("text", config=FTS(stem=True, remove_stop_words=True, language="English", with_position=False))
    heads = [to_json(head) for head in document_heads(records, load_registry(SETTINGS.data / "registry"))]
    write_json(tmp_path / "old" / "documents.json.gz", heads)
    assert not can_be_added_to(tmp_path / "old", SETTINGS)
    assert same(tmp_path / "old", tmp_path / "new")


def test_the_head_of_a_document_holds_the_places_around_its_own(tmp_path: Path) -> None:
    from graph.search.document_heads import document_heads

    somewhere = Entity("waltham-forest", "Waltham Forest", EntityKind.PLACE)
    own = make_record(make_flow(place=somewhere), document="a.md")
    (head,) = document_heads([own], load_registry(SETTINGS.data / "registry"))
    assert {"waltham-forest", "waltham forest", "london"} <= set(head.places)
