"""One figure everywhere: a page's total, its bars, the answer to the same question and the lines of the network.

Held for every programme, organisation, place and fund of the sample decisions. docs/design.md says where figures may
differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import pytest

from app.viewmodels.across import Stated, across
from app.viewmodels.comparison import comparison
from app.viewmodels.money import JOINT, bars, by_funder, by_recipient
from graph.ask.known.facts import Facts
from graph.ask.language.terms import Choice, Condition, List, Named, Order, Role, Rows, Scan, Series, Total, What
from graph.ask.running.execute import execute
from graph.ask.saying.answer import answer_of_form
from graph.counting.bounds import bounds, slots_of
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import ENDS, Side
from graph.counting.tally import Tally
from graph.identifiers import RECONCILED_GRAPH, REGISTRY_GRAPH, graph_iri
from graph.model import Entity, EntityKind, Record
from graph.names.index import NameIndex
from graph.networks.network import Filter, TieKind, build_network
from graph.networks.views import neighbourhood
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import load_registry
from graph.settings import Settings
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.things import named_things, thing_key
from graph.stores.store import open_memory
from graph.story.chapters import chapters_of
from ingest.reconcile import reconcile
from ingest.reconcile_candidates import Candidates
from tests.samples import share_the_samples

pytestmark = share_the_samples
SUBJECTS = (EntityKind.PROGRAMME, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.FUND)


@pytest.fixture(scope="module")
def facts(sample_records: tuple[Record, ...]) -> Iterator[Facts]:
    registry = load_registry(Settings().data / "registry")
    names, records = NameIndex(registry), sample_records
    store = open_memory()
    graphs = {graph_iri(record.document): record_triples(record) for record in records}
    graphs |= {REGISTRY_GRAPH: registry_triples(registry), RECONCILED_GRAPH: reconcile(records).triples}
    store.replace_graphs(graphs)
    yield Facts(store, names, lambda: [(r.document, p) for r in records for p in r.passages])
    store.close()


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


def test_commissioners_by_years_are_parts_of_the_total_of_the_page(things: Things, facts: Facts) -> None:
    for entity, flows in each(things, EntityKind.PROGRAMME, EntityKind.FUND):
        found = counted(entity, flows, Side.SOURCES, facts)
        view = across(Stated(found, flows, (), ()), facts.heads, {})
        assert sum((each.money.total for each in view.cells.values()), Decimal(0)) == found.total, entity.id
        assert sum((each.money.total for each in view.rows.values()), Decimal(0)) == found.total, entity.id
        chart = bars(flows, found, by_funder, facts.heads)
        for year in {*view.columns} & {*(chart.years if chart else ())}:
            assert chart is not None
            drawn = [row for part, row in zip(chart.parts, chart.amounts, strict=True) if part not in chart.faint]
            bar = sum((row[chart.years.index(year)] for row in drawn), Decimal(0))
            assert bar == view.columns[year].money.total, (entity.id, year)


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


#: the kind of a thing -> the part that it plays in a form about it alone, and the end of the money that this means
PARTS = (
    (EntityKind.PROGRAMME, Role.PROGRAMME, Side.SOURCES),
    (EntityKind.FUND, Role.FUND, Side.SOURCES),
    (EntityKind.PLACE, Role.PLACE, Side.SOURCES),
    (EntityKind.ORGANISATION, Role.RECIPIENT, Side.SOURCES),
    (EntityKind.ORGANISATION, Role.FUNDER, Side.DELIVERIES),
)


def about(role: Role, *entities: Entity) -> Named:
    return Named(role, tuple(Choice(entity.name, (entity,)) for entity in entities))


def money(*where: Condition) -> Scan:
    return Scan(Rows.AWARDS, where)


def asked(scan: Scan, facts: Facts) -> Decimal:
    """What a set comes to by the answer about it; nothing where there is none, or only joint sums."""
    draft = execute(Total(scan), facts)
    return draft.value.amount or Decimal(0) if draft is not None else Decimal(0)


@pytest.mark.parametrize(("kind", "role", "side"), PARTS, ids=[f"{role}" for _, role, _ in PARTS])
def test_an_answer_about_a_thing_is_the_total_of_its_page(
    kind: EntityKind, role: Role, side: Side, things: Things, facts: Facts
) -> None:
    said = {entity.id: asked(money(about(role, entity)), facts) for entity, _ in each(things, kind)}
    pages = {entity.id: counted(entity, flows, side, facts).total for entity, flows in each(things, kind)}
    assert {id: (amount, pages[id]) for id, amount in said.items() if amount != pages[id]} == {}


@pytest.mark.parametrize(("kind", "role", "side"), PARTS, ids=[f"{role}" for _, role, _ in PARTS])
def test_an_answer_about_a_thing_has_the_bounds_of_its_page(
    kind: EntityKind, role: Role, side: Side, things: Things, facts: Facts
) -> None:
    compared = 0
    for entity, flows in each(things, kind):
        form = Total(money(about(role, entity)))
        draft = execute(form, facts)
        answer = answer_of_form("", form, draft, facts) if draft is not None else None
        if answer is not None and answer.bounds is not None:
            assert answer.bounds == bounds(counted(entity, flows, side, facts), slots_of(entity, side)), entity.id
            assert answer.bounds.clause in answer.text
            compared += bool(answer.bounds.clause)
    assert compared > 1


@pytest.mark.parametrize(("what", "side"), [(What.FUNDER, Side.SOURCES), (What.RECIPIENT, Side.DELIVERIES)])
def test_the_parties_of_a_programme_or_a_fund_have_the_sums_of_its_page(
    what: What, side: Side, things: Things, facts: Facts
) -> None:
    for kind, role in ((EntityKind.PROGRAMME, Role.PROGRAMME), (EntityKind.FUND, Role.FUND)):
        for entity, flows in each(things, kind):
            draft = execute(List(money(about(role, entity)), what), facts)
            found = counted(entity, flows, side, facts).flows
            paid: dict[str, Decimal] = defaultdict(Decimal)
            for stated in found:
                party = stated.flow.funder if what is What.FUNDER else stated.flow.recipient
                paid[party.name if party is not None else ""] += stated.flow.amount
            paid.pop("", None)
            said = {item.label: item.amount for item in draft.items if item.amount is not None} if draft else {}
            assert {name: amount for name, amount in said.items() if name in paid} == paid, entity.id


RANKINGS = (
    (What.PROGRAMME, EntityKind.PROGRAMME, Side.SOURCES),
    (What.FUND, EntityKind.FUND, Side.SOURCES),
    (What.PLACE, EntityKind.PLACE, Side.SOURCES),
    (What.RECIPIENT, EntityKind.ORGANISATION, Side.SOURCES),
    (What.FUNDER, EntityKind.ORGANISATION, Side.DELIVERIES),
)


@pytest.mark.parametrize(("what", "kind", "side"), RANKINGS, ids=[f"{what}" for what, _, _ in RANKINGS])
def test_a_ranking_has_the_total_of_every_page(
    what: What, kind: EntityKind, side: Side, things: Things, facts: Facts
) -> None:
    pages = {entity.name: counted(entity, flows, side, facts).total for entity, flows in each(things, kind)}
    draft = execute(List(money(), what, Order()), facts)
    assert draft is not None
    sums = [item.amount for item in draft.items if item.amount is not None]
    assert sums and sums == sorted(sums, reverse=True)
    assert {item.label: item.amount for item in draft.items} == {name: sum for name, sum in pages.items() if sum}


def test_the_end_of_a_ranking_is_the_beginning_of_it_turned_round(things: Things, facts: Facts) -> None:
    first, last = (execute(List(money(), What.PROGRAMME, Order(ascending=turned)), facts) for turned in (False, True))
    assert first is not None and last is not None
    assert [item.amount for item in first.items] == [item.amount for item in last.items][::-1]


def test_the_totals_of_a_ledger_are_those_of_its_tallies(things: Things, facts: Facts) -> None:
    for kind in SUBJECTS:
        for side in ENDS:
            sums = facts.ledger.totals(kind, side)
            pages = {thing_key(entity): counted(entity, (), side, facts).total for entity, _ in each(things, kind)}
            assert {key: amount for key, amount in pages.items() if amount} == {
                key: amount for key, amount in sums.items() if key in pages
            }


def test_programmes_of_a_funder_have_its_part_of_the_total_of_each_page(things: Things, facts: Facts) -> None:
    parts: dict[Entity, dict[Entity, Decimal]] = defaultdict(dict)
    for programme, flows in each(things, EntityKind.PROGRAMME):
        found = counted(programme, flows, Side.SOURCES, facts).flows
        for funder in dict.fromkeys(s.flow.funder for s in flows if s.flow.funder is not None and is_money(s)):
            parts[funder][programme] = total(s for s in found if s.flow.funder == funder)
    assert parts
    for funder, expected in parts.items():
        draft = execute(List(money(about(Role.FUNDER, funder)), What.PROGRAMME), facts)
        said = {item.label: item.amount or Decimal(0) for item in draft.items} if draft is not None else {}
        assert {programme.name: said.get(programme.name, Decimal(0)) for programme in expected} == {
            programme.name: amount for programme, amount in expected.items()
        }, funder.id
        for programme, amount in expected.items():
            alone = money(about(Role.FUNDER, funder), about(Role.PROGRAMME, programme))
            assert not amount or asked(alone, facts) == amount, (funder, programme)


def test_a_funding_history_has_no_sum_of_other_programmes(things: Things, facts: Facts) -> None:
    for programme, flows in each(things, EntityKind.PROGRAMME):
        answer = execute(Series(money(about(Role.PROGRAMME, programme)), What.DECISION), facts)
        if answer is None:
            continue
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
        picture = neighbourhood(network, key, keep=Filter(limit=2000))
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


def test_comparing_each_flow_with_each_finds_no_more_of_the_same_money(
    sample_records: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reconcile(sample_records)
    assert found.judgements
    monkeypatch.setattr(Candidates, "of", lambda candidates, one: iter(candidates._flows))
    assert reconcile(sample_records) == found
