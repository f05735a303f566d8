"""Money that lies inside other money: awards in what is set aside for them, set-asides in what was given, match."""

from __future__ import annotations

from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.judgement import judged
from graph.counting.ledger import Counting, Ledger, LineSum
from graph.counting.left_out import Reason
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import tally
from graph.model import Basis, FlowKind, FlowLink
from graph.stated.flows import StatedFlow
from tests.builders import ASHFORD, COUNCIL, MAYOR, TREASURY, WARM_HOMES, fund, make_flow, organisation, programme

SAFETY, OTHER = fund("Safety Fund"), fund("Other Fund")
BUILDER, LIGHT = organisation("Builder"), programme("Street Light")
ALONE = Grounds()


def stated(name: str, *links: tuple[FlowLink, str], document: str = "pcd-1.md", **given: object) -> StatedFlow:
    return StatedFlow(name, document, make_flow(name, **given), tuple(links))  # type: ignore[arg-type]


def pot(amount: str = "1000.00", **given: object) -> StatedFlow:
    given = {"kind": FlowKind.ALLOCATION, "programmes": (), "fund": SAFETY, **given}
    return stated("pot", amount=amount, funder=MAYOR, recipient=None, **given)


def award(name: str, amount: str, **given: object) -> StatedFlow:
    given = {"recipient": organisation(name), "programmes": (), "fund": SAFETY, **given}
    return stated(name, amount=amount, funder=MAYOR, **given)


def names(flows: tuple[StatedFlow, ...]) -> set[str]:
    return {flow.iri for flow in flows}


def seen(flows: list[StatedFlow], side: Side) -> set[str]:
    return names(judged(WARM_HOMES, flows, side, ALONE).flows)


def test_awards_out_of_a_pot_are_not_added_to_it() -> None:
    assert names(tally([pot(), award("a", "300.00"), award("b", "200.00")], ALONE).flows) == {"pot"}


def test_who_is_paid_out_of_a_pot_is_seen_from_the_other_side() -> None:
    found = judged(WARM_HOMES, [pot(), award("a", "300.00"), award("b", "200.00")], Side.DELIVERIES, ALONE)
    assert {s.iri.rpartition("/")[2]: s.flow.amount for s in found.flows} == {"a": 300, "b": 200, "pot": 500}
    assert found.total == pot().flow.amount, "what is not said to be paid is left open"


def test_awards_that_exceed_a_sum_are_not_out_of_it() -> None:
    assert total(tally([pot("400.00"), award("a", "300.00"), award("b", "200.00")], ALONE).flows) == 900


def test_an_award_from_another_fund_is_new_money() -> None:
    assert total(tally([pot(), award("a", "300.00", fund=OTHER)], ALONE).flows) == 1300


def test_a_part_for_one_programme_counts_for_it_and_the_open_sum_for_several_does_not() -> None:
    both = pot(programmes=(WARM_HOMES, LIGHT))
    found = tally([both, award("a", "300.00", programmes=(WARM_HOMES,))], ALONE, programmes=frozenset({WARM_HOMES.id}))
    assert names(found.flows) == {"a"}
    assert [left.reason for left in found.left_out] == [Reason.HOLDS]


def test_a_large_sum_without_a_payer_is_the_one_that_another_decision_states_with_its_payer() -> None:
    known = stated("known", amount="3500000.00", recipient=MAYOR, years=())
    again = stated("again", amount="3500000.00", funder=None, recipient=MAYOR, years=(), document="pcd-2.md")
    other = stated("other", amount="3500000.00", funder=None, recipient=COUNCIL, years=(), document="pcd-2.md")
    assert names(tally([known, again, other], ALONE).flows) == {"known", "other"}


def test_what_is_spent_exactly_as_it_was_given_is_passed_on_though_no_year_is_stated() -> None:
    given = stated("given", amount="1400000.00", recipient=MAYOR, years=())
    spent = stated("spent", amount="1400000.00", funder=MAYOR, recipient=COUNCIL, document="pcd-2.md")
    assert seen([given, spent], Side.SOURCES) == {"given"}
    assert seen([given, spent], Side.DELIVERIES) == {"spent"}


def test_what_is_set_aside_out_of_one_receipt_is_no_source_beside_it() -> None:
    given = stated("given", amount="900.00", recipient=MAYOR)
    aside = (FlowLink.PASSES_ON, "given")
    flows = [given, stated("aside", aside, amount="300.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION)]
    assert seen(flows, Side.SOURCES) == {"given"}


def test_a_bodys_own_money_that_feeds_a_larger_sum_is_not_an_end_beside_it() -> None:
    flows = [
        stated("given", amount="600.00", recipient=MAYOR),
        stated("whole", amount="1000.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION),
        stated("own", amount="400.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION),
    ]
    assert seen(flows, Side.SOURCES) == {"given", "own"}
    assert seen(flows, Side.DELIVERIES) == {"whole"}


def test_match_funding_is_not_given_beside_the_payment_that_it_goes_into() -> None:
    match = stated("match", amount="200.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH)
    paid = stated("paid", amount="1200.00", funder=MAYOR, recipient=COUNCIL)
    given = judged(MAYOR, [match, paid], Side.DELIVERIES, ALONE)
    assert names(given.flows) == {"paid"}
    assert names(judged(MAYOR, [match], Side.DELIVERIES, ALONE).flows) == {"match"}


def test_a_restatement_lies_where_what_it_restates_lies() -> None:
    match = stated("match", amount="190.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH)
    again = (FlowLink.RESTATES, "match")
    said = stated("said", again, amount="170.00", funder=MAYOR, recipient=None, basis=Basis.ROUNDED)
    paid = stated("paid", amount="500.00", funder=MAYOR, recipient=COUNCIL)
    assert seen([match, said, paid], Side.DELIVERIES) == {"paid"}


def test_a_line_of_the_network_is_a_part_of_the_total_and_tells_what_is_joint_and_passed_on() -> None:
    flows = [
        stated("in", amount="900.00", funder=TREASURY, recipient=MAYOR),
        stated("out", amount="900.00", funder=MAYOR, recipient=BUILDER),
        stated("both", amount="70.00", funder=TREASURY, recipient=MAYOR, programmes=(WARM_HOMES, LIGHT)),
    ]
    ledger = Ledger(Counting(flows, ALONE))
    assert ledger.line(WARM_HOMES, Side.SOURCES, [flows[0], flows[2]]) == LineSum(
        Decimal(900), Decimal(70), counted={"in": Decimal(900)}
    )
    assert ledger.line(WARM_HOMES, Side.SOURCES, [flows[1]]) == LineSum(passed_on=Decimal(900))


def test_what_is_set_aside_for_one_programme_is_not_paid_by_money_for_another() -> None:
    aside = pot(programmes=(LIGHT,), fund=None)
    paid = award("paid", "300.00", programmes=(WARM_HOMES,), fund=None)
    assert names(judged(ASHFORD, [aside, paid], Side.DELIVERIES, ALONE).flows) == {"pot", "paid"}


def test_match_funding_is_not_drawn_beside_the_payments_that_it_goes_into() -> None:
    match = stated("match", amount="200.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH)
    paid = stated("paid", amount="1200.00", funder=MAYOR, recipient=COUNCIL)
    assert names(judged(WARM_HOMES, [match, paid], Side.PAYMENTS, ALONE).flows) == {"paid"}
    assert names(judged(WARM_HOMES, [match], Side.PAYMENTS, ALONE).flows) == {"match"}


THREE = ("2023/24", "2024/25", "2025/26")


def test_an_award_for_one_year_or_none_is_not_presumed_to_be_out_of_a_sum_for_three() -> None:
    aside = pot(years=THREE)
    assert names(tally([aside, award("a", "300.00")], ALONE).flows) == {"pot", "a"}
    assert names(tally([aside, award("a", "300.00", years=())], ALONE).flows) == {"pot", "a"}
    each_year = [award(year, "300.00", years=(year,)) for year in THREE]
    assert names(tally([aside, *each_year], ALONE).flows) == {"pot"}, "together they are for its years"
    out = {
        number: {s.iri: s.flow.amount for s in judged(SAFETY, [aside, *paid], Side.DELIVERIES, ALONE).flows}
        for number, paid in ((1, each_year[:1]), (3, each_year))
    }
    assert out == {1: {"pot": 1000, THREE[0]: 300}, 3: {"pot": 100, **dict.fromkeys(THREE, 300)}}


def test_what_is_set_aside_out_of_what_was_given_is_no_source_though_parts_of_that_are_stated_too() -> None:
    given = stated("given", amount="900.00", recipient=MAYOR)
    share = stated("share", (FlowLink.PART_OF, "given"), amount="200.00", recipient=MAYOR)
    aside = stated("aside", amount="1000.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION)
    found = judged(WARM_HOMES, [given, share, aside], Side.SOURCES, ALONE)
    assert {s.iri: s.flow.amount for s in found.flows} == {"given": 900, "aside": 100}
    part = stated("aside", amount="300.00", funder=MAYOR, recipient=None, kind=FlowKind.ALLOCATION)
    assert seen([given, part], Side.SOURCES) == {"given"}


def test_a_payment_for_no_programme_is_not_taken_from_what_is_set_aside_for_one() -> None:
    aside = pot(programmes=(LIGHT,), fund=None)
    paid = award("paid", "300.00", programmes=(), fund=None)
    found = judged(ASHFORD, [aside, paid], Side.DELIVERIES, ALONE)
    assert {s.iri: s.flow.amount for s in found.flows} == {"pot": 1000, "paid": 300}


def test_a_row_that_is_said_to_be_a_part_goes_and_not_the_whole_that_the_rows_sum() -> None:
    whole = stated("whole", amount="900.00", recipient=MAYOR)
    part = stated("part", (FlowLink.PART_OF, "whole"), amount="200.00", recipient=MAYOR)
    rest = stated("rest", amount="700.00", recipient=MAYOR, years=())
    grounds = Grounds(flows={"pcd-1.md": (whole, part, rest)})
    found = tally([whole, part, rest], grounds)
    assert names(found.flows) == {"whole"}
    assert {out.flow.iri: (out.reason, out.other) for out in found.left_out} == {
        "part": (Reason.PART, "whole"),
        "rest": (Reason.PART, "whole"),
    }
    unlinked = stated("part", amount="200.00", recipient=MAYOR)
    assert names(tally([whole, unlinked, rest], Grounds(flows={"pcd-1.md": (whole, unlinked, rest)})).flows) == {
        "part",
        "rest",
    }


def test_money_is_passed_on_between_decisions_that_share_a_programme_a_fund_or_a_citation() -> None:
    def is_passed_on(grounds: Grounds, given: dict[str, object], paid: dict[str, object]) -> bool:
        came = stated("in", amount="900.00", recipient=MAYOR, **given)
        went = stated("out", amount="300.00", funder=MAYOR, document="pcd-2.md", **paid)
        return names(judged(ASHFORD, [came, went], Side.SOURCES, grounds).flows) == {"in"}

    bare: dict[str, object] = {"programmes": (), "fund": None}
    warm, safe = {**bare, "programmes": (WARM_HOMES,)}, {**bare, "fund": SAFETY}
    cited = Grounds(refers_to={"pcd-2.md": frozenset({"pcd-1.md"})})
    citing = Grounds(refers_to={"pcd-1.md": frozenset({"pcd-2.md"})})
    one_decision = Grounds(decisions={"pcd-1.md": "one", "pcd-2.md": "one"})
    assert is_passed_on(ALONE, warm, warm)
    assert is_passed_on(ALONE, safe, safe)
    for given, paid in ((bare, bare), (warm, bare), (bare, warm), (bare, safe), (warm, safe)):
        assert not is_passed_on(ALONE, given, paid)
        assert is_passed_on(cited, given, paid)
        assert is_passed_on(citing, given, paid)
        assert is_passed_on(one_decision, given, paid)
    for grounds in (ALONE, cited, one_decision):
        assert not is_passed_on(grounds, warm, {**bare, "programmes": (LIGHT,)})
        assert not is_passed_on(grounds, safe, {**bare, "fund": OTHER})
