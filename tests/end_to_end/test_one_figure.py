"""One figure everywhere: a page's total, its bars, the answer to the same question and the lines of the network.

Held for every programme, organisation, place and fund of the sample decisions. docs/design.md says where figures may
differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from app.viewmodels.comparison import comparison
from app.viewmodels.money import JOINT, bars, by_funder, by_recipient
from graph.ask import answer_question
from graph.ask.facts import Facts
from graph.ask.result import Status
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import ENDS, Side
from graph.counting.tally import Tally
from graph.identifiers import RECONCILED_GRAPH, REGISTRY_GRAPH, graph_iri
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from graph.networks.network import TieKind, build_network
from graph.networks.views import neighbourhood
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import load_registry
from graph.settings import Settings
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.things import named_things, thing_key
from graph.stores.store import open_memory
from graph.story.chapters import chapters_of
from ingest.extract import extract_record
from ingest.readers import read
from ingest.reconcile import reconcile

DECISIONS = Settings().data / "decisions"
SUBJECTS = (EntityKind.PROGRAMME, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.FUND)


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    registry = load_registry(Settings().data / "registry")
    names = NameIndex(registry)
    records = [extract_record(read(path), names) for path in documents()]
    store = open_memory()
    graphs = {graph_iri(record.document): record_triples(record) for record in records}
    graphs |= {REGISTRY_GRAPH: registry_triples(registry), RECONCILED_GRAPH: reconcile(records).triples}
    store.replace_graphs(graphs)
    yield Facts(store, names, lambda: [(r.document, p) for r in records for p in r.passages])
    store.close()


def documents() -> list[Path]:
    return [path for path in sorted(DECISIONS.glob("*.md")) if path.name != "README.md"]


@pytest.fixture(scope="module")
def things(facts: Facts) -> dict[EntityKind, list[tuple[Entity, tuple[StatedFlow, ...]]]]:
    """Everything that money names, with the flows that its page is made of."""
    found: dict[EntityKind, list[tuple[Entity, tuple[StatedFlow, ...]]]] = defaultdict(list)
    for named in named_things(facts.store):
        found[named.entity.kind].append((named.entity, flows_of(facts.store, named.entity)))
    assert all(found[kind] for kind in SUBJECTS)
    return found


Things = dict[EntityKind, list[tuple[Entity, tuple[StatedFlow, ...]]]]


def counted(entity: Entity, flows: Sequence[StatedFlow], side: Side, facts: Facts) -> Tally:
    return facts.ledger.tally(entity, side)


def each(things: Things, *kinds: EntityKind) -> Iterable[tuple[Entity, tuple[StatedFlow, ...]]]:
    return (pair for kind in kinds or SUBJECTS for pair in things[kind])


def test_the_bars_add_up_to_the_total_of_the_page(things: Things, facts: Facts) -> None:
    for entity, flows in each(things):
        for side, label in ((Side.SOURCES, by_funder), (Side.DELIVERIES, by_recipient)):
            found = counted(entity, flows, side, facts)
            chart = bars(flows, found, label, facts.heads)
            if chart is None:
                assert not found.total
                continue
            full = [row for part, row in zip(chart.parts, chart.amounts, strict=True) if part not in chart.faint]
            assert sum((sum(row) for row in full), Decimal(0)) == found.total, entity.id
            joint = [row for part, row in zip(chart.parts, chart.amounts, strict=True) if part == JOINT]
            assert sum((sum(row) for row in joint), Decimal(0)) == total(found.joint), entity.id


def test_every_flow_of_a_page_is_counted_or_has_its_reason(things: Things, facts: Facts) -> None:
    for entity, flows in each(things):
        for side in ENDS:
            found = counted(entity, flows, side, facts)
            told = [s.iri for s in (*found.flows, *found.joint)] + [left.flow.iri for left in found.left_out]
            assert len(told) == len(set(told)), entity.id
            assert set(told) <= {stated.iri for stated in flows}


def test_every_figure_of_a_total_stands_in_a_chapter_of_the_story(things: Things, facts: Facts) -> None:
    for entity, flows in each(things):
        documents = {stated.document for stated in flows}
        chapters = chapters_of(entity, flows, documents, (), facts.heads, facts.ledger)
        elsewhere = {chapter.head.document for chapter in chapters if chapter.counted_elsewhere == "all"}
        for stated in counted(entity, flows, Side.SOURCES, facts).flows:
            assert stated.document in {chapter.head.document for chapter in chapters}, entity.id
            assert stated.document not in elsewhere, entity.id


def test_the_comparison_has_the_total_of_the_page(things: Things, facts: Facts) -> None:
    (one, flows), (other, more) = things[EntityKind.PROGRAMME][:2]
    view = comparison(one, other, facts.ledger, facts.heads)
    assert (view.one.amount, view.other.amount) == (
        counted(one, flows, Side.SOURCES, facts).total,
        counted(other, more, Side.SOURCES, facts).total,
    )


def asked(question: str, facts: Facts) -> Decimal | None:
    """The amount answered; None where the question was not understood as one about the thing."""
    answer = answer_question(question, facts)
    if answer.status is not Status.ANSWERED:
        return Decimal(0) if answer.status is Status.NO_DATA else None
    amount = answer.value.amount if answer.value else None
    return amount or Decimal(0)


def test_an_answer_about_a_programme_is_the_total_of_its_page(things: Things, facts: Facts) -> None:
    """A name that a fund or an organisation has too may ask for these."""
    shared = {entity.name for entity, _ in each(things, EntityKind.FUND, EntityKind.ORGANISATION)}
    for entity, flows in each(things, EntityKind.PROGRAMME):
        if entity.name in shared:
            continue
        expected = counted(entity, flows, Side.SOURCES, facts).total
        assert asked(f"How much funding has {entity.name} received?", facts) == expected, entity.id


def test_an_answer_about_an_organisation_is_the_total_of_its_page(things: Things, facts: Facts) -> None:
    verified = [(entity, flows) for entity, flows in each(things, EntityKind.ORGANISATION) if entity.verified]
    for entity, flows in verified:
        received = counted(entity, flows, Side.SOURCES, facts).total
        given = counted(entity, flows, Side.DELIVERIES, facts).total
        assert not received or asked(f"How much did {entity.name} receive?", facts) == received, entity.id
        assert not given or asked(f"How much did {entity.name} give?", facts) == given, entity.id


def test_an_answer_about_a_fund_or_a_place_is_the_total_of_its_page(things: Things, facts: Facts) -> None:
    """A name of a place that is a body's too, or that asks for a part of it alone, may be read as another question."""
    for kind, question in (
        (EntityKind.FUND, "How much money came from the {}?"),
        (EntityKind.PLACE, "How much funding was there in {}?"),
    ):
        said = {
            entity.name: (asked(question.format(entity.name), facts), counted(entity, flows, Side.SOURCES, facts).total)
            for entity, flows in each(things, kind)
        }
        wrong = {name: pair for name, pair in said.items() if pair[0] is not None and pair[0] != pair[1]}
        assert not wrong
        assert sum(pair[0] is not None for pair in said.values()) >= 0.9 * len(said)


@pytest.mark.parametrize(
    ("question", "kind", "side"),
    [
        ("Which programme got the most money?", EntityKind.PROGRAMME, Side.SOURCES),
        ("Which fund gave the most money?", EntityKind.FUND, Side.SOURCES),
        ("Which place got the most money?", EntityKind.PLACE, Side.SOURCES),
        ("Which organisation received the most money?", EntityKind.ORGANISATION, Side.SOURCES),
        ("Which organisation gave the most money?", EntityKind.ORGANISATION, Side.DELIVERIES),
    ],
)
def test_a_ranking_has_the_total_of_every_page(
    question: str, kind: EntityKind, side: Side, things: Things, facts: Facts
) -> None:
    pages = {entity.name: counted(entity, flows, side, facts).total for entity, flows in each(things, kind)}
    ranked = answer_question(question, facts).items
    sums = [item.amount for item in ranked if item.amount is not None]
    assert sums and sums == sorted(sums, reverse=True)
    assert all(item.amount == pages[item.label] for item in ranked), question
    rest = [amount for name, amount in pages.items() if amount and name not in {item.label for item in ranked}]
    assert all(amount < sums[-1] for amount in rest), "what is left out of a list has less than its last"


def test_the_totals_of_a_ledger_are_those_of_its_tallies(things: Things, facts: Facts) -> None:
    for kind in SUBJECTS:
        for side in ENDS:
            sums = facts.ledger.totals(kind, side)
            pages = {thing_key(entity): counted(entity, (), side, facts).total for entity, _ in each(things, kind)}
            assert {key: amount for key, amount in pages.items() if amount} == {
                key: amount for key, amount in sums.items() if key in pages
            }


def test_programmes_of_a_funder_have_its_part_of_the_total_of_each_page(things: Things, facts: Facts) -> None:
    parts: dict[Entity, dict[str, Decimal]] = defaultdict(dict)
    for programme, flows in each(things, EntityKind.PROGRAMME):
        found = counted(programme, flows, Side.SOURCES, facts).flows
        for funder in dict.fromkeys(s.flow.funder for s in flows if s.flow.funder is not None and is_money(s)):
            parts[funder][programme.name] = total(s for s in found if s.flow.funder == funder)
    assert parts
    for funder, expected in parts.items():
        answer = answer_question(f"Which programmes does {funder.name} fund?", facts)
        said = {item.label: item.amount or Decimal(0) for item in answer.items}
        assert {name: said.get(name, Decimal(0)) for name in expected} == expected, funder.id
        for name, amount in expected.items():
            assert not amount or asked(f"How much did {funder.name} give to {name}?", facts) == amount, (funder, name)


def test_a_funding_history_has_no_sum_of_other_programmes(things: Things, facts: Facts) -> None:
    for programme, flows in each(things, EntityKind.PROGRAMME):
        answer = answer_question(f"What is the funding history of {programme.name}?", facts)
        own = {facts.caption_of(s.document) for s in flows if is_money(s)}
        for item in answer.items:
            assert item.amount is None or item.label in own, (programme.id, item.label)
        said = [s for s in answer.flows if facts.caption_of(s.document) in own and is_money(s)]
        assert all(programme in s.flow.programmes for s in said), programme.id


def test_the_lines_of_the_network_add_up_to_the_total_of_the_page(things: Things, facts: Facts) -> None:
    flows = list(facts.flows.values())
    network = build_network(flows, facts.relations, facts.heads, facts.ledger)
    for entity, known in each(things, EntityKind.PROGRAMME):
        key = thing_key(entity)
        picture = neighbourhood(network, key, limit=2000)
        lines = [bond for bond in picture.bonds if bond.kind == TieKind.FUNDS and bond.target == key]
        found = counted(entity, known, Side.SOURCES, facts)
        payer_unknown = total(stated for stated in found.flows if stated.flow.funder is None)
        assert sum((bond.amount for bond in lines), Decimal(0)) + payer_unknown == found.total, entity.id


def test_lines_into_an_organisation_add_up_to_what_it_received(things: Things, facts: Facts) -> None:
    ledger = facts.ledger
    for entity, known in each(things, EntityKind.ORGANISATION):
        found = counted(entity, known, Side.SOURCES, facts)
        lines = [
            ledger.line(entity, Side.SOURCES, [s for s in known if s.flow.funder == funder]).amount
            for funder in dict.fromkeys(s.flow.funder for s in known if s.flow.funder is not None)
        ]
        payer_unknown = total(stated for stated in found.flows if stated.flow.funder is None)
        assert sum(lines, Decimal(0)) + payer_unknown == found.total, entity.id


def test_no_payment_is_drawn_twice(things: Things, facts: Facts) -> None:
    for entity, _ in each(things):
        drawn = [stated.iri for stated in facts.ledger.payments(entity)]
        assert len(drawn) == len(set(drawn)), entity.id
