"""The same money counted once: totals by source and by delivery, with the arithmetic written out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graph.ask.known.facts import Facts
from graph.counting.judgement import judged
from graph.counting.sides import Side
from graph.identifiers import graph_iri
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import load_registry
from graph.settings import Settings
from graph.stated.flows import StatedFlow
from graph.stores.store import open_memory
from ingest.extract import extract_record
from ingest.readers import read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "decisions"

DRIVE = Entity("drive", "Drive", EntityKind.PROGRAMME)

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/decisions is not beside the project")


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    registry = load_registry(Settings().data / "registry")
    names = NameIndex(registry)
    store = open_memory()
    graphs = {graph_iri("registry-of-test"): registry_triples(registry)}
    for path in sorted(SHARED.glob("*.txt")):
        graphs[graph_iri(path.name)] = record_triples(extract_record(read(path), names))
    store.replace_graphs(graphs)
    yield Facts(store, names)
    store.close()


def drive_flows(facts: Facts, document: str) -> list[StatedFlow]:
    return [
        stated
        for stated in facts.flows.values()
        if stated.document.startswith(document) and {programme.id for programme in stated.flow.programmes} == {"drive"}
    ]


def counted(facts: Facts, flows: list[StatedFlow], side: Side) -> Decimal:
    return judged(DRIVE, flows, side, facts.grounds).total


def sources(facts: Facts, flows: list[StatedFlow]) -> Decimal:
    return counted(facts, flows, Side.SOURCES)


def test_drive_in_worcestershire_is_counted_once_by_source(facts: Facts) -> None:
    flows = drive_flows(facts, "pcc-d-2018-25")
    home_office = Decimal(92126) + Decimal(142834)
    commissioner, council = Decimal(190331), Decimal(150000)
    assert sources(facts, flows) == home_office + commissioner + council == Decimal(575291)


def test_drive_in_london_has_the_same_money_by_source_and_by_delivery(facts: Facts) -> None:
    flows = drive_flows(facts, "pcd-1583")
    award, match = Decimal("1790932"), Decimal("652150.80")
    assert sources(facts, flows) == award + match == Decimal("2443082.80")
    safelives = Decimal(226369) + Decimal(170423) + Decimal(150000)
    university = Decimal(48144)  # by way of SafeLives: not counted there too
    own_staff = 2 * Decimal(32575)
    police = 2 * Decimal(82380)
    victim_service = Decimal(158933) + Decimal(361774)
    to_be_procured = Decimal(365347) + Decimal(732183)
    paid = safelives + university + own_staff + police + victim_service + to_be_procured
    assert counted(facts, flows, Side.DELIVERIES) == paid == Decimal(2443083)
