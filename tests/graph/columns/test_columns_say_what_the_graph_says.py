"""The columns of a build say what its graph says: every row, every name, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ask import answer_question
from graph.ask.known.facts import Facts
from graph.ask.known.touching import awards_touching, flows_touching, relations_touching
from graph.ask.running.things import _definition_patterns
from graph.columns.columns import Columns
from graph.columns.everything import read_everything
from graph.columns.making import make_tables, own_words
from graph.columns.opening import open_columns
from graph.columns.tables import FOLDER, holds_tables, open_tables
from graph.columns.texts import title_text
from graph.columns.writing import write_all
from graph.counting.grounds import grounds_of
from graph.model import Record
from graph.parse.years import named_years
from graph.settings import Settings
from graph.stated.awards import all_awards, awards_of
from graph.stated.checks import checks_of, contradictions
from graph.stated.decisions import decision_heads
from graph.stated.flows import all_flows, flows_of
from graph.stated.relations import all_relations, relations_of
from graph.stated.things import named_things, thing_key
from graph.stems import stems_of
from graph.stores.store import Store
from tests.graph.ask.record_graph import names, read_records, store_of

SOME = ("drive", "pcd-1307", "safe-together", "restorative", "stalking", "essex-0")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    folder = tmp_path_factory.mktemp("some")
    for path in sorted((Settings().data / "decisions").glob("*.md")):
        if any(part in path.name for part in SOME):
            (folder / path.name).write_bytes(path.read_bytes())
    found = read_records(folder, names())
    assert len(found) > 5
    return found


@pytest.fixture(scope="module")
def store(records: list[Record]) -> Store:
    return store_of(records, names())


@pytest.fixture(scope="module")
def build(records: list[Record], store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    write_all(folder, read_everything(store), records, names())
    return folder


def test_what_touches_a_thing_or_a_decision_is_what_the_graph_says(store: Store, facts: Facts) -> None:
    areas = [facts.registry.entity(id) for id in ("london", "england", "essex-police-area", "west-mercia-police-area")]
    for thing in [*(each.entity for each in named_things(store)), *areas, *(h.iri for h in facts.heads.values())]:
        assert flows_touching(thing, facts) == flows_of(store, thing), thing
        assert awards_touching(thing, facts) == awards_of(store, thing), thing
        assert relations_touching(thing, facts) == relations_of(store, thing), thing


@pytest.fixture(scope="module")
def facts(build: Path) -> Facts:
    def refused() -> Store:
        raise AssertionError("the graph was opened")

    return Facts(refused, names(), None, build)


def test_every_statement_is_the_graphs(facts: Facts, store: Store) -> None:
    flows, heads = all_flows(store), decision_heads(store)
    assert list(facts.flows.values()) == list(flows)
    assert list(facts.flows) == [stated.iri for stated in flows]
    assert dict(facts.heads) == heads
    assert list(facts.heads) == list(heads)
    assert list(facts.awards) == list(all_awards(store))
    assert list(facts.relations) == list(all_relations(store))
    assert list(facts.columns.checks) == [*contradictions(flows, heads), *checks_of(store)]


def test_each_flow_is_found_by_its_address_and_its_document(facts: Facts, store: Store) -> None:
    for stated in all_flows(store):
        assert facts.flows[stated.iri] == stated
        assert stated in facts.flows_of_document(stated.document)
    assert "https://w3id.org/whofunds/id/document/none.md/flow/1" not in facts.flows


def test_everything_with_a_page_is_known_by_its_key(facts: Facts, store: Store) -> None:
    found = {thing_key(each.entity): each.entity for each in named_things(store)}
    assert dict(facts.with_page) == found


def test_every_reference_leads_to_its_decisions(facts: Facts, store: Store) -> None:
    for head in decision_heads(store).values():
        assert head.document in facts.documents_of[head.iri]
        if head.reference:
            printed = facts.references_in(f"what became of {head.reference}?")
            assert head.iri in facts.by_key[printed[head.reference.lower()]]


def test_words_lead_to_the_documents_that_have_them(facts: Facts) -> None:
    words = facts.columns.postings("document_words")
    for number, document in enumerate(facts.columns.documents):
        for part in facts.paragraphs.get(document, ()):
            assert all(words.has(word, number) for word in part.stems)
            assert number in words.with_all(stems_of(part.section) or part.stems)


def test_years_lead_to_the_documents_that_name_them(facts: Facts) -> None:
    columns, known = facts.columns, set(facts.columns.words("document_years", "word"))
    assert {"2016/17", "2018/19"} <= known
    for number, document in enumerate(columns.documents):
        texts = [title_text(facts.heads[document], facts.registry)] if document in facts.heads else [""]
        named = named_years(" ".join([*texts, *(row["text"] for row in columns.passages(number))]))
        years = facts.texts.years(document)
        assert {year for year in known if year in years} == named, document


def test_decisions_are_tied_as_their_relations_say(facts: Facts, store: Store) -> None:
    heads = decision_heads(store)
    stated = grounds_of((), heads, all_relations(store), ())
    ties = {head.iri: stated.tied_to(head.iri) for head in heads.values()}
    assert any(ties.values())
    assert {iri: facts.grounds.tied_to(iri) for iri in ties} == ties


def test_patterns_find_in_passages_what_they_find_one_by_one(facts: Facts) -> None:
    texts = [text.as_py() for text in facts.columns._column("passages", "text")]
    for names_of in (["Drive"], ["Safe & Together", "S&T"], ["SafeLives"], ["Home Office", "office"]):
        said = facts.columns.passages_with(*names_of)
        lowered = [name.lower() for name in names_of]
        holding = [row for row, text in enumerate(texts) if any(name in text.lower() for name in lowered)]
        for pattern in _definition_patterns(names_of):
            assert list(said.matching(pattern)) == [(n, texts[n]) for n in holding if pattern.search(texts[n])]
    assert holding


def test_own_words_lead_to_the_sums_that_have_them(facts: Facts, store: Store) -> None:
    for row, stated in enumerate(all_flows(store)):
        assert facts.columns.flows.saying(own_words(stated.flow))[row]


def test_names_that_the_registry_lacks_are_found_in_a_question(facts: Facts) -> None:
    assert facts.unverified
    for entity in facts.unverified:
        assert entity in facts.brought_in(f"Who funds {entity.name}?")
    assert facts.brought_in("who funds what") == ()


def test_answers_from_columns_are_those_from_the_graph(facts: Facts, records: list[Record], store: Store) -> None:
    fresh = Facts(store, names(), lambda: [(r.document, p) for r in records for p in r.passages])
    for question in (
        "who funds Drive in West Mercia",
        "how much went to SafeLives",
        "what did PCD 1307 decide",
        "which boroughs got restorative justice money",
        "how many people were trained",
        "who delivers Drive",
        "which programme got the most",
    ):
        assert answer_question(question, facts).to_json() == answer_question(question, fresh).to_json()


def test_places_of_titles_are_kept_and_are_those_that_would_be_found(facts: Facts, store: Store) -> None:
    fresh = Facts(store, names())
    for document in facts.heads:
        assert facts.places_named(document) == fresh.places_named(document)


def test_a_build_without_columns_is_read_from_its_graph_and_says_so(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    columns = open_columns(tmp_path, lambda: store, names().registry)
    assert list(columns.flows.rows) == list(all_flows(store))
    assert "its whole graph is read first" in caplog.text
    assert not holds_tables(tmp_path)


def test_damaged_columns_are_read_from_the_graph_and_named(
    build: Path, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import shutil

    shutil.copytree(build / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / "flows.arrow").write_bytes(b"no table")
    assert open_tables(tmp_path, names().registry) is None
    assert str(tmp_path / FOLDER) in caplog.text
    columns = open_columns(tmp_path, lambda: store, names().registry)
    assert list(columns.flows.rows) == list(all_flows(store))


def test_columns_made_with_other_names_are_not_used(build: Path) -> None:
    from dataclasses import replace

    registry = names().registry
    fewer = dict(list(registry.funds.items())[1:])
    assert open_tables(build, registry) is not None
    assert open_tables(build, replace(registry, funds=fewer)) is None


def test_an_empty_graph_has_columns(tmp_path: Path) -> None:
    from graph.stores.store import open_memory

    columns = Columns(make_tables(read_everything(open_memory()), (), names().registry))
    assert list(columns.flows.rows) == []
    assert columns.held == 0
    assert columns.names_in("who funds what") == []
    empty = Facts(open_memory(), names())
    assert answer_question("who funds Drive in West Mercia", empty).to_json()["status"] == "no_data"
