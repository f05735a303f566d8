"""One figure in files too: page, answer, ranking, chart, CSV, workbook and 360Giving say the same of every thing.

Held to the penny for every programme, organisation, place and fund of the sample decisions, by the files that an export
narrowed to the thing writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.viewmodels import words
from app.viewmodels.money import bars, by_funder, by_recipient
from app.viewmodels.subject import subject_view
from graph.ask.known.facts import Facts
from graph.builds.workspace import Workspace
from graph.counting.graph_ledger import counting_of
from graph.counting.left_out import Reason, is_grant
from graph.counting.likeness import total
from graph.counting.sides import ENDS, Side
from graph.counting.tally import Tally
from graph.export import rows_of
from graph.exports.filters import Filters
from graph.exports.selection import Selection
from graph.exports.source import Source
from graph.exports.table import flows_csv, read_flows_csv
from graph.exports.threesixtygiving import Package, grant_files
from graph.exports.workbook import TotalRow, total_rows
from graph.model import Basis, Entity, EntityKind
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.things import named_things, thing_key
from tests.end_to_end.test_one_figure import PARTS, about, asked, money
from tests.samples import share_the_samples

pytestmark = share_the_samples

FILTER = {
    EntityKind.PROGRAMME: "programme",
    EntityKind.ORGANISATION: "body",
    EntityKind.PLACE: "place",
    EntityKind.FUND: "fund",
}


@dataclass(frozen=True)
class Held:
    """All that figures are read from."""

    facts: Facts
    source: Source

    def things(self, kind: EntityKind) -> list[Entity]:
        found = [named.entity for named in named_things(self.source.store) if named.entity.kind is kind]
        assert len(found) > 20
        return found

    def selection(self, thing: Entity) -> Selection:
        return Selection(self.source, Filters(**{FILTER[thing.kind]: thing}))  # type: ignore[arg-type]

    def tally(self, thing: Entity, side: Side) -> Tally:
        return self.source.ledger.tally(thing, side)


@pytest.fixture(scope="module")
def held(sample_workspace: Path) -> Iterator[Held]:
    build = Workspace(sample_workspace, settings=Settings()).current()
    store = build.store()
    names = NameIndex(load_registry(Settings().data / "registry"))
    yield Held(Facts(store, names), Source(store, build.path, build.created))
    store.close()


every_kind = pytest.mark.parametrize("kind", list(FILTER), ids=list(FILTER.values()))


def both(found: Tally) -> tuple[Decimal, Decimal]:
    """What adds up, and the joint sums beside it."""
    return found.total, total(found.joint)


@every_kind
def test_the_page_of_a_thing_has_the_total_of_the_ledger(kind: EntityKind, held: Held) -> None:
    for thing in held.things(kind):
        flows = flows_of(held.source.store, thing)
        view = subject_view(thing, flows, [], held.source.heads, held.source.ledger)
        tallies = [found for side in ENDS if (found := held.tally(thing, side)).flows or found.joint]
        totals = [words.pounds(found.total) if found.flows else words.NO_SUM for found in tallies]
        assert totals == [each.total for each in view.money if each.total != words.NO_SUM or each.bars.faint], thing


@every_kind
def test_the_chart_of_a_thing_adds_up_to_its_total(kind: EntityKind, held: Held) -> None:
    for thing in held.things(kind):
        flows = flows_of(held.source.store, thing)
        for side, label in zip(ENDS, (by_funder, by_recipient), strict=True):
            found = held.tally(thing, side)
            chart = bars(flows, found, label, held.source.heads)
            known = [amount for amount in (chart.totals if chart is not None else ()) if amount is not None]
            assert sum(known, Decimal(0)) == found.total, (thing, side)
            if chart is not None:
                said = " ".join([chart.summary, *(each for row in chart.says for each in row)])
                assert not re.search(r"£0(?![\d.,])", said), (thing, side)
                ceilings = any(stated.flow.basis is Basis.CEILING for stated in found.flows)
                assert not ceilings or "up to" in chart.summary, (thing, side)


@pytest.mark.parametrize(("kind", "role", "side"), PARTS, ids=[f"{role}" for _, role, _ in PARTS])
def test_the_answer_and_the_ranking_of_a_thing_have_its_total(
    kind: EntityKind, role: Any, side: Side, held: Held
) -> None:
    ranked = held.source.ledger.totals(kind, side)
    for thing in held.things(kind):
        expected = held.tally(thing, side).total
        assert asked(money(about(role, thing)), held.facts) == expected, thing
        assert ranked.get(thing_key(thing), Decimal(0)) == expected, thing


@every_kind
def test_the_table_of_a_thing_adds_up_to_its_totals(kind: EntityKind, held: Held) -> None:
    for thing in held.things(kind):
        rows = [row for row in read_flows_csv(flows_csv(rows_of(held.selection(thing)))) if row.entry == "sum"]
        for side, cells in (
            (Side.SOURCES, [(row.counted_in, row.amount_in) for row in rows]),
            (Side.DELIVERIES, [(row.counted_out, row.amount_out) for row in rows]),
        ):
            added = sum((Decimal(amount) for word, amount in cells if word in ("yes", "partly")), Decimal(0))
            joint = sum((Decimal(amount) for word, amount in cells if word == "jointly"), Decimal(0))
            assert (added, joint) == both(held.tally(thing, side)), (thing, side)


def test_the_workbook_has_the_totals_of_every_thing(held: Held) -> None:
    rows = list(total_rows(Selection(held.source, Filters())))
    assert len(rows) > 300
    for row in rows:
        thing = thing_of_row(row)
        for side, cell in ((Side.SOURCES, row.total_in), (Side.DELIVERIES, row.total_out)):
            found = held.source.ledger.tally(thing, side)
            assert cell == (f"{found.total:.2f}" if found.flows else ""), (row, side)


def thing_of_row(row: TotalRow) -> Entity | None:
    if row.kind not in FILTER:
        return None
    return Entity(row.id.rpartition("/")[2], row.name, EntityKind(row.kind))


def grants_of(selection: Selection) -> dict[str, Mapping[str, Any]]:
    files = grant_files(selection, Package())
    written = [json.loads(text, parse_float=Decimal)["grants"] for text in (files.main, files.rest) if text]
    return {grant["whofundsId"]: grant for grants in written for grant in grants}


@every_kind
def test_the_grants_of_a_page_stand_in_the_file_of_grants(kind: EntityKind, held: Held) -> None:
    for thing in held.things(kind):
        grants = grants_of(held.selection(thing))
        judged = held.selection(thing).grants
        amounts = {iri: Decimal(grant["amountAwarded"]) for iri, grant in grants.items()}
        assert amounts == {s.iri: s.flow.amount for s in (*judged.flows, *judged.joint)}, thing
        whole = {stated.iri: stated.flow.amount for stated in held.source.flows}
        for side in ENDS:
            counted = [s for s in held.tally(thing, side).flows if is_grant(s.flow)]
            assert {s.iri: amounts.get(s.iri) for s in counted} == {s.iri: whole[s.iri] for s in counted}, thing


@pytest.mark.parametrize("kind", [EntityKind.PROGRAMME, EntityKind.PLACE, EntityKind.FUND])
def test_what_grants_add_where_money_comes_in_is_their_part_of_the_page(kind: EntityKind, held: Held) -> None:
    for thing in held.things(kind):
        found = held.tally(thing, Side.SOURCES)
        expected = {s.iri: s.flow.amount for s in (*found.flows, *found.joint) if is_grant(s.flow)}
        grants = grants_of(held.selection(thing))
        added = {iri: Decimal(grant["whofundsAmountWhereItComesIn"]) for iri, grant in grants.items()}
        assert {iri: amount for iri, amount in added.items() if amount} == expected, thing


def test_related_grants_stand_in_the_files(held: Held) -> None:
    grants = grants_of(Selection(held.source, Filters())).values()
    ids = {grant["id"] for grant in grants}
    related = [id for grant in grants for id in grant.get("relatedActivity", ())]
    assert len(related) > 60
    assert set(related) <= ids
    passed_on = [grant for grant in grants if grant.get("whofundsIsPassedOn")]
    assert len(passed_on) > 40
    assert sum("relatedActivity" in grant for grant in passed_on) > 40


#: reasons whose flow always has another that counts in its place, gave its money or takes it on
WITH_ANOTHER = (
    *(Reason.AGAIN, Reason.PART, Reason.TOTAL, Reason.YEARS, Reason.HOLDS, Reason.FILLED, Reason.CONTRADICTS),
    *(Reason.PASSED_ON, Reason.GOES_ON, Reason.MATCH_IN_PAYMENT, Reason.MATCH_PART, Reason.MATCH_AGAIN),
)


def test_what_is_left_out_names_the_other_flow(held: Held) -> None:
    flows = {stated.iri: stated for stated in held.source.flows}
    counting = counting_of(held.source.store, held.source.flows)
    judged = [counting.tally(key, side) for key, side in list(counting.keys())]
    left = [out for tally in judged for out in tally.left_out]
    assert len(left) > 1_000
    assert not [out for out in left if out.reason in WITH_ANOTHER and out.other not in flows]
    passed_on = [(out.flow, flows[out.other]) for out in left if out.reason is Reason.PASSED_ON]
    assert all(holds(given, paid) for paid, given in passed_on)


def holds(given: StatedFlow, paid: StatedFlow) -> bool:
    """Whether who pays a sum was given another, or set it aside."""
    return paid.flow.funder in (given.flow.recipient, given.flow.funder)
