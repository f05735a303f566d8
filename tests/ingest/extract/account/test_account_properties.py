"""Of any sums: their order makes no difference, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from read_sums import LAMPS, MINISTRY, OARS, OFFICE, read_sum

from graph.model import Basis, FlowKind
from ingest.extract.account.account import account_of
from ingest.extract.account.tax import without_tax
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Said, Sum, rounds
from ingest.extract.words.sections import Origin

_AMOUNTS = (500, 5000, 10000, 15000, 286000, 286500, 300000, 1200000, 1234000)
_PARTIES = ((OFFICE, None), (OFFICE, LAMPS), (OFFICE, OARS), (MINISTRY, OFFICE), (None, LAMPS))


@st.composite
def sums(draw: st.DrawFn) -> list[Sum]:
    """Sums of a document: a few amounts, parties and years, said here and there."""
    found: list[Sum] = []
    for at in range(0, 10 * draw(st.integers(1, 12)), 10):
        amount = draw(st.sampled_from(_AMOUNTS))
        is_rounded = amount % 100000 == 0
        found.append(
            read_sum(
                amount,
                *draw(st.sampled_from(_PARTIES)),
                at=at,
                sentence=draw(st.sampled_from((at, 0))),
                origin=draw(st.sampled_from(Origin)),
                series=draw(st.sampled_from(("", "list 1", "table"))),
                years=draw(st.sampled_from(((), ("2031/32",), ("2031/32", "2032/33"), ("2032/33",)))),
                said=draw(st.sets(st.sampled_from(Said), max_size=1)),
                standing=draw(st.sampled_from(Standing)),
                sure=draw(st.sampled_from((0.5, 0.9))),
                kind=draw(st.sampled_from((None, None, FlowKind.MATCH, FlowKind.BID, FlowKind.CARRY_FORWARD))),
                basis=Basis.ROUNDED if is_rounded else Basis.EXACT,
                unit=Decimal(100000 if is_rounded else 1),
            )
        )
    return found


@given(sums(), st.randoms(use_true_random=False))
def test_the_order_of_the_sums_makes_no_difference(read: list[Sum], random: object) -> None:
    mixed = list(read)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert account_of(mixed) == account_of(read)


@given(sums())
def test_every_sum_is_in_one_flow_or_total_or_is_left_out(read: list[Sum]) -> None:
    made, net_of = account_of(read), without_tax(read)
    held: dict[int, list[Decimal]] = {}
    for record in (*made.flows, *made.totals):
        for words in record.evidence:
            held.setdefault(words.start, []).append(record.amount)
    for words in made.left_out:
        held.setdefault(words.start, []).append(Decimal(-1))
    assert sorted(held) == sorted(one.spot.at for one in read)
    for one in read:
        (amount,) = held[one.spot.at]
        is_taxed = one.order in net_of and amount in {net.amount for net in net_of.values()}
        assert (
            amount in (one.amount, -1)
            or is_taxed
            or any(other.amount == amount and rounds(one, other) for other in read)
        )


@given(sums())
def test_entries_of_one_list_and_figures_of_one_sentence_stay_apart(read: list[Sum]) -> None:
    read = [replace(one, said=one.said - {Said.BACK}) for one in read]  # "the £5,000" is one with an entry before it
    net_of = without_tax(read)
    made = account_of(read)
    for record in (*made.flows, *made.totals):
        places = {words.start for words in record.evidence}
        own = [one for one in read if one.spot.at in places and one.order not in net_of]  # a sum with tax says another
        for key in ({one.spot.series for one in own} - {""}) | {one.spot.sentence for one in own}:
            assert sum(key in (one.spot.series, one.spot.sentence) for one in own) == 1


@given(sums())
def test_links_and_totals_speak_of_flows_that_are_there(read: list[Sum]) -> None:
    made = account_of(read)
    known = {flow.id for flow in made.flows}
    assert len(known) == len(made.flows)
    assert {id for total in made.totals for id in total.parts} <= known
    assert all({one.subject, one.object} <= known and one.subject != one.object for one in made.relations)
