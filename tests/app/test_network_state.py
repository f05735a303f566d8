"""The address of Explore: which filter it names, what it says was done to the picture, and the links that change it."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from app.viewmodels.network_state import (
    CHANGES,
    FILTERS,
    USUAL,
    address_link,
    chips,
    cleared,
    explored,
    filter_of,
    filters_in_words,
    picture_at,
    unfiltered,
    without,
)
from graph.model import FlowStatus
from graph.networks.network import build_network
from tests.app.view_fixtures import HOSTILE, graph_of, money_passed_on
from tests.builders import make_flow, make_record, organisation

FULL = {
    "around": ["programme/warm-homes"],
    "kind": ["organisation", "programme"],
    "year": ["2023/24"],
    "least": ["10000"],
    "status": ["approved"],
    "checked": ["yes"],
    "with": ["organisation/treasury-office"],
    "hide": ["place/ashford"],
}


def test_the_address_names_the_filter() -> None:
    keep = filter_of(FULL)
    assert keep.kinds == {"organisation", "programme"}
    assert (keep.years, keep.statuses, keep.least) == ({"2023/24"}, {FlowStatus.APPROVED}, Decimal(10000))
    assert keep.verified_only


def test_words_that_are_no_choice_filter_nothing() -> None:
    keep = filter_of({"kind": ["<b>"], "status": ["no such"], "least": ["-5"], "checked": ["maybe"]})
    assert (keep.kinds, keep.statuses, keep.least) == (USUAL, set(), Decimal(0))
    assert not keep.verified_only


def test_each_chip_takes_its_own_part_away() -> None:
    shown = chips(FULL, lambda key: key.rpartition("/")[2])
    assert [chip.label for chip in shown] == [
        "Only", "Only", "Year", "Amount", "Standing", "Names", "Also around", "Hidden",
    ]  # fmt: skip
    left = parse_qs(shown[0].without.partition("?")[2])
    assert left["kind"] == ["programme"] and left["year"] == ["2023/24"]


def test_clearing_keeps_what_the_picture_is_around() -> None:
    assert parse_qs(cleared(FULL).partition("?")[2]) == {"around": ["programme/warm-homes"]}
    assert set(parse_qs(unfiltered(FULL).partition("?")[2])) == {"around", "with", "hide"}


def test_the_caption_names_filters_and_not_what_was_expanded() -> None:
    said = filters_in_words(FULL, str)
    assert said.startswith("only: organisations; only: programmes; year: 2023/24")
    assert "treasury" not in said


def test_names_of_markup_stay_in_links_as_text() -> None:
    link = without({"around": [HOSTILE], "with": [HOSTILE]}, "with", HOSTILE)
    assert "<" not in link and parse_qs(link.partition("?")[2]) == {"around": [HOSTILE]}


def test_expanding_and_pinning_reach_the_picture() -> None:
    small = money_passed_on()
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    address = {"around": ["place/ashford"], "with": ["programme/warm-homes"]}
    assert len(picture_at(network, address).nodes) >= len(picture_at(network, {"around": ["place/ashford"]}).nodes)
    assert picture_at(network, {"around": ["organisation/nobody"]}).nodes == ()
    assert explored(address).expanded == ("programme/warm-homes",)


def test_only_checked_names_leave_new_ones_out() -> None:
    flow = make_flow(recipient=organisation("Newcomer", verified=False))
    small = graph_of(make_record(flow))
    network = build_network(small.flows, small.relations, small.heads, small.ledger)
    address = {"around": ["programme/warm-homes"]}
    assert "organisation/new-newcomer" in picture_at(network, address).distance
    assert "organisation/new-newcomer" not in picture_at(network, {**address, "checked": ["yes"]}).distance


@given(
    st.dictionaries(
        st.sampled_from(["around", *FILTERS, *CHANGES]),
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=1, max_size=3),
    )
)
def test_any_address_is_kept_whole_in_its_link(address: dict[str, list[str]]) -> None:
    assert parse_qs(address_link(address).partition("?")[2], strict_parsing=bool(address)) == address
    filter_of(address)
    chips(address, str)
