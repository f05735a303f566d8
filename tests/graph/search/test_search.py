"""Search over a small index with a model of our own, so that meaning is known beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import DamagedWorkspace, ModelUnavailable
from graph.model import Decision, Entity, EntityKind, Passage, Record
from graph.search import embedding
from graph.search.index import WAYS, Filters, PassageIndex, open_index
from graph.search.passage_table import write_table
from graph.search.passages import are_alike, passage_id
from graph.settings import Settings

BOILERPLATE = (
    "The general powers of the office to enter into arrangements and to do anything which is calculated to facilitate "
    "the discharge of any of its functions are set out in statute"
)
TEXTS = {
    "tags.md": ["The pilot of GPS tagging for knife crime offenders grows to twenty boroughs.", BOILERPLATE + "."],
    "dogs.md": ["A grant to foster dogs of people who flee their homes.", BOILERPLATE + " (2011)."],
    "roof.md": ["Repair of the roof of the police station.", "Approve £25,000 for the roof."],
}


class OwnModel:
    """Puts texts about animals on one axis and all else on another."""

    def get_embedding_dimension(self) -> int:
        return 8

    def encode(self, texts: list[str], **options: Any) -> Any:
        import numpy as np

        rows = [[0.0] * 8 for _ in texts]
        for row, text in zip(rows, texts, strict=True):
            row[0 if any(word in text.lower() for word in ("dogs", "pets", "animals")) else 1] = 1.0
        return np.asarray(rows, dtype=np.float32)


@pytest.fixture
def own_model(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = embedding.Encoder(OwnModel())
    monkeypatch.setattr(embedding, "load_encoder", lambda settings: encoder)


def make_record(name: str, **given: Any) -> Record:
    texts = TEXTS[name]
    body = Entity("mopac", "Mayor's Office for Policing and Crime", EntityKind.ORGANISATION)
    decision = Decision(f"PCD {len(name)}", name.removesuffix(".md"), body, None, "2023-07-06", "decision notice", None)
    passages = tuple(Passage(passage_id(text), str(at), "Summary", text) for at, text in enumerate(texts, start=1))
    return Record(name, "0" * 64, given.get("decision", decision), passages=passages)


@pytest.fixture
def index(tmp_path: Path, own_model: None) -> PassageIndex:
    settings = Settings(model="own")
    write_table(tmp_path / "search", [make_record(name) for name in sorted(TEXTS)], settings=settings)
    return open_index(tmp_path / "search", settings=settings, model="own")


def test_the_query_s_own_words_find_the_passage_and_are_marked(index: PassageIndex) -> None:
    hit = index.search("tag for knives offenders")[0]
    assert hit.document == "tags.md"
    assert [hit.passage[start:end] for start, end in hit.marks] == ["tagging", "offenders"]


def test_meaning_finds_what_the_words_do_not(index: PassageIndex) -> None:
    assert index.search("pets", by="words") == []
    assert index.search("pets", by="meaning")[0].document == "dogs.md"


def test_near_identical_passages_are_one_hit_that_counts_its_decisions(index: PassageIndex) -> None:
    hits = [hit for hit in index.search("general powers of the office") if hit.passage.startswith("The general")]
    assert [hit.decisions for hit in hits] == [2]


def test_a_filter_admits_only_its_decisions(index: PassageIndex) -> None:
    assert index.search("roof", filters=Filters(body="mayor's office for policing and crime"))
    assert index.search("roof", filters=Filters(body="Surrey")) == []
    assert index.search("roof", filters=Filters(year="2023/24", record_type="Decision notice"))
    assert index.search("roof", filters=Filters(year="2019/20")) == []


@pytest.mark.parametrize(
    "query", ["", "   ", "?!", "the of and", "x" * 50_000, '"; DROP TABLE', "' OR 1=1", "\x00\u202e", "roof \udcff"]
)
def test_no_query_is_too_odd(index: PassageIndex, query: str) -> None:
    assert isinstance(index.search(query), list)


def test_the_limit_holds_and_scores_fall(index: PassageIndex) -> None:
    hits = index.search("roof of the police station", limit=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_vectors_of_an_earlier_build_are_taken_over(tmp_path: Path, index: PassageIndex, monkeypatch: Any) -> None:
    def unavailable(settings: Settings) -> embedding.Encoder:
        raise ModelUnavailable("not needed")

    monkeypatch.setattr(embedding, "load_encoder", unavailable)
    records = [make_record(name) for name in sorted(TEXTS)]
    report = write_table(tmp_path / "next", records, settings=Settings(model="own"), earlier=tmp_path / "search")
    assert (report.embedded, report.note) == (report.passages, "")


def test_without_the_model_words_still_find_and_a_note_says_so(index: PassageIndex, monkeypatch: Any) -> None:
    def unavailable(settings: Settings) -> embedding.Encoder:
        raise ModelUnavailable("no model here")

    monkeypatch.setattr(embedding, "load_encoder", unavailable)
    assert index.search("roof")[0].document == "roof.md"
    assert "words alone" in index.note


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ("torch is not installed; get it", ": torch is not installed; get it; then ingest again"),
        ("", "; ingest again to fill them in"),
    ],
)
def test_without_vectors_the_note_says_what_is_lacking_or_to_ingest_again(
    tmp_path: Path, index: PassageIndex, monkeypatch: pytest.MonkeyPatch, lacks: str, said: str
) -> None:
    monkeypatch.setattr(embedding, "why_unavailable", lambda settings: lacks)
    without = open_index(tmp_path / "search", settings=Settings(), model="")
    assert without.search("roof")[0].document == "roof.md"
    assert without.note == f"found by words alone, since no passage has a vector yet{said}"


def test_an_index_of_no_documents_finds_nothing(tmp_path: Path) -> None:
    write_table(tmp_path / "search", [], settings=Settings())
    assert open_index(tmp_path / "search", settings=Settings(), model="").search("roof") == []


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(DamagedWorkspace, match="index of passages"):
        open_index(tmp_path / "search", settings=Settings(), model="")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (BOILERPLATE.upper(), True),
        (BOILERPLATE + " of 2011", True),
        (BOILERPLATE + " for £5", False),
        ("Repair of the roof", False),
    ],
)
def test_passages_are_alike_when_nearly_all_words_and_all_amounts_are(other: str, alike: bool) -> None:
    assert are_alike(BOILERPLATE, other) is alike


def test_a_passage_id_is_of_the_words_alone() -> None:
    assert passage_id("The  roof, repaired.") == passage_id("the roof repaired")
    assert passage_id("£5") != passage_id("£6")


def test_everyday_words_find_the_field_s_terms_for_the_same(index: PassageIndex) -> None:
    assert index.search("ankle bracelet", by="words and things")[0].document == "tags.md"
    assert index.search("ankle bracelet", by="words") == []


@pytest.mark.parametrize("by", list(WAYS))
def test_every_way_of_looking_finds_what_the_words_say(index: PassageIndex, by: str) -> None:
    assert index.search("repair of the roof of the police station", by=by)[0].document != "dogs.md"


def test_a_decision_that_has_all_the_query_s_words_comes_before_what_the_thesaurus_brings(index: PassageIndex) -> None:
    assert index.search("repair drivers roof police station")[0].document == "roof.md"
    assert index.search("dogs")[0].document == "dogs.md"
