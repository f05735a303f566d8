"""All money judged in parts is all money judged at once."""

from __future__ import annotations

import random
from collections.abc import Collection

import pytest

from graph.columns.next_build import judgements_of
from graph.columns.out_of_records import everything_in
from graph.counting.all_money import all_money_of
from graph.counting.connected import in_parts
from graph.counting.grounds import grounds_of
from graph.counting.judgement import judged
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.settings import Settings
from ingest.reconcile import reconcile
from ingest.work import registry_in
from tests.ingest.test_changed_builds import made_apart


def rows(tally: Tally) -> Collection[object]:
    """Return what a tally says of each flow, without the order."""
    added = [(side, stated.iri, stated.flow.amount) for side in ("flows", "joint") for stated in getattr(tally, side)]
    return {*added, *tally.open, *((out.flow, out.reason, out.other, out.payee) for out in tally.left_out)}


@pytest.mark.parametrize("seed", range(40))
def test_parts_are_judged_as_they_are_among_all(seed: int) -> None:
    chance = random.Random(seed)
    records = [made_apart(f"{number}.md", chance, areas=6) for number in range(chance.randint(6, 30))]
    stated = everything_in(records, judgements_of(reconcile(records).parts), registry_in(Settings().data / "registry"))
    grounds = grounds_of(stated.flows, stated.heads, stated.relations, stated.checks)
    assert len(in_parts(stated.flows, grounds.decisions, grounds.refers_to)) > 1
    money = all_money_of(stated.flows, grounds)
    for side in (Side.SOURCES, Side.DELIVERIES, Side.GRANTS):
        assert rows(money.seen_from(side)) == rows(judged(None, stated.flows, side, grounds))
