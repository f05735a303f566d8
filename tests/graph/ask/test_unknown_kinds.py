"""The bodies whose kind is not known, read from the ledger without a flow being made, are those of the tally."""

from __future__ import annotations

import pytest

from graph.ask.known.facts import Facts
from graph.ask.language.terms import Named, Rows, Scan, What
from graph.ask.running.shares import shares
from graph.ask.running.sums import given, received
from graph.ask.running.unknown_kinds import _is_known, _of_one_thing
from graph.model import Entity, EntityKind, FlowKind, FlowStatus
from tests.graph.ask.made import (
    DRIVE,
    HOME_OFFICE,
    LONDON,
    MERTON_COUNCIL,
    MOPAC,
    SAFELIVES,
    STAC,
    document,
    flow,
    funder_is,
    over,
    place_is,
    programme_is,
    recipient_is,
)


def _body(name: str) -> Entity:
    return Entity(name.lower().replace(" ", "-"), name, EntityKind.ORGANISATION, verified=False)


LIGHTS, BELLS = _body("Northern Lights"), _body("Small Bells")


def _facts() -> Facts:
    first = document(
        1,
        flow("a", "900", recipient=MOPAC),
        flow("b", "300", funder=MOPAC, recipient=LIGHTS),
        flow("c", "200", funder=MOPAC, recipient=BELLS, years=["2022/23"]),
        flow("d", "50", funder=MOPAC, recipient=None, recipient_words="a small provider"),
        flow("e", "70", funder=MOPAC, recipient=LIGHTS, programmes=(DRIVE, STAC)),
        flow("f", "40", funder=LIGHTS, recipient=SAFELIVES),
    )
    second = document(
        2,
        flow("g", "800", recipient=LIGHTS, programmes=(STAC,)),
        flow("h", "100", recipient=MERTON_COUNCIL),
        flow("i", "60", recipient=None, kind=FlowKind.ALLOCATION),
        flow("j", "30", recipient=BELLS, status=FlowStatus.PROPOSED),
        flow("k", "300", funder=BELLS, recipient=None, recipient_words="others"),
    )
    return over(first, second)


@pytest.mark.parametrize(
    "about",
    [
        funder_is(HOME_OFFICE), funder_is(MOPAC), funder_is(BELLS), recipient_is(LIGHTS), recipient_is(SAFELIVES),
        programme_is(DRIVE), programme_is(STAC), place_is(LONDON),
    ],
)  # fmt: skip
def test_bodies_of_one_thing_whose_kind_is_not_known_are_those_of_its_tally(about: Named) -> None:
    facts, scan = _facts(), Scan(Rows.AWARDS, (about,))
    for what, tallied in ((What.FUNDER, given), (What.RECIPIENT, received)):
        parties = shares(tallied(scan, facts)[0], what.value)
        expected = tuple(party.label for party in parties if not _is_known(party.entity, facts))
        for each in (facts, _facts()):  # with the tally made, and without
            assert _of_one_thing(scan, what, each) == expected


def test_bodies_of_all_money_are_looked_at_one_by_one() -> None:
    assert _of_one_thing(Scan(Rows.AWARDS, ()), What.RECIPIENT, _facts()) is None
