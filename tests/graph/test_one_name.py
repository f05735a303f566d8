"""What documents print in several ways has one preferred name in the graph."""

from __future__ import annotations

from pathlib import Path

from rdflib.namespace import SKOS

from graph.builds.archive import GRAPH
from graph.identifiers import entity_iri
from graph.model import Entity, Record
from graph.rdf.one_name import with_one_name
from graph.rdf.validation import violations
from graph.settings import Settings
from graph.stores.store import open_disk
from ingest.load import load_graph
from tests.builders import TREASURY, make_flow, make_record, organisation

UPPER = organisation("Warm Help", id="new-warm-help", verified=False)
LOWER = organisation("Warm help", id="new-warm-help", verified=False)


def paper(name: str, recipient: Entity) -> Record:
    return make_record(make_flow("a", recipient=recipient), document=name)


def names(folder: Path) -> list[str]:
    """The names that the graph of a build has, and that it conforms."""
    store = open_disk(folder / GRAPH, read_only=True)
    triples = list(store.triples())
    store.close()
    assert violations(triples) == []
    return [str(value) for subject, term, value in triples if (subject, term) == (entity_iri(UPPER), SKOS.prefLabel)]


def load(folder: Path, *records: Record, changed: tuple[str, ...] = (), anew: bool = False) -> list[str]:
    load_graph(folder, records, changed, settings=Settings(), anew=anew)
    return names(folder)


def test_the_first_name_in_the_alphabet_is_taken() -> None:
    one, other = with_one_name([paper("a.md", LOWER), paper("b.md", UPPER)])
    assert {one.flows[0].recipient, other.flows[0].recipient} == {UPPER}


def test_a_record_whose_names_stand_is_the_same_object() -> None:
    record = paper("a.md", LOWER)
    assert with_one_name([record, paper("b.md", TREASURY)])[0] is record


def test_a_document_that_brings_another_form_changes_the_name_in_all(tmp_path: Path) -> None:
    lower = paper("a.md", LOWER)
    assert load(tmp_path, lower, anew=True) == ["Warm help"]
    assert load(tmp_path, lower, paper("b.md", UPPER), changed=("b.md",)) == ["Warm Help"]


def test_a_form_that_leaves_is_forgotten_in_all(tmp_path: Path) -> None:
    lower = paper("a.md", LOWER)
    assert load(tmp_path, lower, paper("b.md", UPPER), anew=True) == ["Warm Help"]
    assert load(tmp_path, lower, paper("b.md", TREASURY), changed=("b.md",)) == ["Warm help"]
