"""Which way money goes, seen from the decision body."""

from __future__ import annotations

import pytest

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.slots.ways import way_of

BODY, GIVER, CLUB = (new_entity(name, EntityKind.ORGANISATION) for name in ("Board of Trade", "Treasury", "Kites Club"))


@pytest.mark.parametrize(
    ("payer", "payee", "way"),
    [
        (GIVER, BODY, "in"),
        (None, BODY, "in"),
        (BODY, CLUB, "out"),
        (BODY, None, "out"),
        (GIVER, CLUB, "past"),
        (None, CLUB, "to"),
        (GIVER, None, "from"),
        (None, None, "open"),
    ],
)
def test_the_body_is_where_money_goes_in_and_out(payer: Entity | None, payee: Entity | None, way: str) -> None:
    assert way_of(payer, payee, BODY) == way
