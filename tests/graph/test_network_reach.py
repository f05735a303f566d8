"""What a line around a thing may carry, what expanding a node brings in, and that what stood before stays."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Relation, RelationKind
from graph.networks.layout import layout
from graph.networks.network import Filter, Picture, TieKind
from graph.networks.room import Room, apart
from graph.networks.views import Shown, neighbourhood, without
from graph.networks.ways import path
from graph.stated.things import thing_key
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    programme,
)
from tests.builders import programme as make_programme
from tests.graph.test_network import network_of

if TYPE_CHECKING:
    from graph.networks.network import Bond, Network

WARM = thing_key(WARM_HOMES)
OTHER = make_programme("Cool Streets")
THINGS = Filter(kinds=frozenset({"organisation", "programme", "place", "fund"}))


def two_programmes() -> Network:
    """The Treasury pays the Mayor for two programmes, and both are parties to the first."""
    return network_of(
        make_record(
            make_flow("a", funder=TREASURY, recipient=MAYOR, amount="100.00", programmes=(WARM_HOMES,), place=None),
            make_flow("b", funder=TREASURY, recipient=MAYOR, amount="9000.00", programmes=(OTHER,), place=None),
            make_flow("c", funder=TREASURY, recipient=MAYOR, amount="500.00", programmes=(), place=None),
            make_flow("d", funder=MAYOR, recipient=COUNCIL, amount="70.00", programmes=(OTHER,), place=None),
        )
    )


def bond(picture: Picture, source: object, target: object) -> Bond | None:
    ends = thing_key(source), thing_key(target)  # type: ignore[arg-type]
    return next((each for each in picture.bonds if (each.source, each.target) == ends), None)


def test_around_a_programme_two_of_its_parties_are_not_joined_by_their_other_money() -> None:
    picture = neighbourhood(two_programmes(), WARM, keep=THINGS)
    assert bond(picture, TREASURY, MAYOR) is None
    funds = bond(picture, TREASURY, WARM_HOMES)
    assert funds is not None and (funds.amount, funds.about) == (Decimal("100.00"), ())


def test_around_an_organisation_a_line_between_others_carries_only_its_money() -> None:
    flows = [
        make_flow("a", funder=TREASURY, recipient=COUNCIL, amount="100.00", place=None),
        make_flow("b", funder=MAYOR, recipient=COUNCIL, amount="30.00", place=None),
    ]
    picture = neighbourhood(network_of(make_record(*flows)), thing_key(TREASURY), keep=THINGS)
    paid = bond(picture, WARM_HOMES, COUNCIL)
    assert paid is not None and paid.about == (thing_key(TREASURY),)
    assert [tie.flow.flow.id for tie in paid.ties if tie.flow] == ["a"]


def test_an_expanded_node_brings_its_own_lines_and_leaves_the_places_of_the_others() -> None:
    network = two_programmes()
    before = neighbourhood(network, WARM, keep=THINGS)
    after = neighbourhood(network, WARM, keep=THINGS, expanded=[thing_key(MAYOR)])
    pays = bond(after, TREASURY, MAYOR)
    assert pays is not None and pays.about == ()
    assert thing_key(COUNCIL) in after.distance and after.wave[thing_key(COUNCIL)] == thing_key(MAYOR)
    assert after.roots == (WARM, thing_key(MAYOR))
    old, new = layout(before), layout(after)
    assert all(new[key] == place for key, place in old.items())


def test_what_is_not_in_the_picture_is_not_expanded() -> None:
    network = two_programmes()
    picture = neighbourhood(network, WARM, keep=THINGS, expanded=[thing_key(COUNCIL), "organisation/nobody"])
    assert picture == neighbourhood(network, WARM, keep=THINGS)


def test_a_pinned_node_stays_whatever_the_filter_leaves_out() -> None:
    keep = Filter(kinds=THINGS.kinds, least=Decimal(1000))
    network = two_programmes()
    assert thing_key(TREASURY) not in neighbourhood(network, WARM, keep=keep).distance
    picture = neighbourhood(network, WARM, keep=replace(keep, pinned=frozenset([thing_key(TREASURY)])))
    assert thing_key(TREASURY) in picture.distance
    assert picture.bonds == ()


def test_hiding_a_node_takes_what_only_it_tied() -> None:
    picture = neighbourhood(two_programmes(), WARM, keep=THINGS, expanded=[thing_key(MAYOR)])
    rest = without(picture, [thing_key(MAYOR)])
    kept = {node.key for node in rest.nodes}
    assert thing_key(MAYOR) not in kept and WARM in kept
    assert all({each.source, each.target} <= kept for each in rest.bonds)


def test_money_drawn_twice_counts_once_at_a_node() -> None:
    picture = neighbourhood(two_programmes(), thing_key(TREASURY), keep=THINGS)
    assert picture.money[thing_key(TREASURY)].out == Decimal("9600.00")


def test_the_money_of_a_programme_stands_around_it_with_payers_and_paid() -> None:
    picture = neighbourhood(two_programmes(), thing_key(OTHER), shown=Shown.MONEY, keep=THINGS)
    assert {each.kind for each in picture.bonds} == {TieKind.FUNDS, TieKind.PAID_UNDER}


def test_of_ways_of_one_length_the_one_through_a_shared_programme_comes_first() -> None:
    partner = organisation("Neighbours")
    relation = Relation(partner, RelationKind.PARTNER_IN, WARM_HOMES, (make_evidence(),))
    flows = [
        make_flow("a", funder=TREASURY, recipient=MAYOR, place=None),
        make_flow("b", funder=MAYOR, recipient=partner, programmes=(programme("Cold Barns"),), place=None),
    ]
    picture = path(network_of(make_record(*flows, relations=[relation])), thing_key(partner), thing_key(TREASURY))
    assert [way[1] for way in picture.ways] == [WARM, thing_key(MAYOR)]
    assert [way[1] for way in without(picture, [WARM]).ways] == [thing_key(MAYOR)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(-200, 200), st.integers(-200, 200), st.integers(20, 160), st.integers(20, 80)),
        min_size=2,
        max_size=12,
    )
)
def test_rooms_are_moved_apart_and_the_first_stays(given_rooms: list[tuple[int, int, int, int]]) -> None:
    rooms = {str(number): Room(wide, high) for number, (_, _, wide, high) in enumerate(given_rooms)}
    places = {str(number): (float(x), float(y)) for number, (x, y, _, _) in enumerate(given_rooms)}
    moved = apart(places, rooms, rounds=600)
    assert moved["0"] == places["0"]
    boxes = [(x, y - rooms[key].above, rooms[key]) for key, (x, y) in moved.items()]
    for number, (x, top, room) in enumerate(boxes):
        for other_x, other_top, other in boxes[number + 1 :]:
            beside = abs(x - other_x) >= (room.width + other.width) / 2
            below = abs(top + room.height / 2 - other_top - other.height / 2) >= (room.height + other.height) / 2
            assert beside or below
