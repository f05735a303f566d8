"""What forms over sums come to, over records made by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from graph.ask.language.terms import (
    Both,
    Compare,
    Count,
    During,
    Either,
    Form,
    Is,
    Kind,
    List,
    Mean,
    OfKind,
    Order,
    Period,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Share,
    Sized,
    Standing,
    States,
    Sum,
    Total,
    What,
    Without,
)
from graph.ask.rereading import answer_form
from graph.ask.result import Status
from graph.ask.running.execute import execute
from graph.model import Band, Basis, FlowKind, FlowStatus, Relation, RelationKind
from graph.parse.references import reference_key
from graph.parse.years import financial_year
from tests.builders import make_award, make_decision, make_evidence
from tests.graph.ask.made import (
    CIFA,
    DRIVE,
    HACKNEY,
    HACKNEY_COUNCIL,
    HOME_OFFICE,
    LONDON,
    MAPPA,
    MERTON,
    MERTON_COUNCIL,
    MINISTRY,
    MOPAC,
    RESPECT,
    SAFELIVES,
    STAC,
    STREETS_FUND,
    TRANSFORMATION_FUND,
    VICTIM_SUPPORT,
    WEST_MERCIA,
    WEST_MERCIA_PCC,
    WORCESTERSHIRE,
    amounts,
    document,
    flow,
    funder_is,
    in_years,
    listed,
    money,
    named,
    not_of,
    other_than,
    over,
    over_flows,
    place_is,
    programme_is,
    ranked,
    recipient_is,
    run,
    says,
    total,
)

JOINT = flow("joint", "9000", programmes=(DRIVE, STAC))
DRIVES = money(programme_is(DRIVE))

# --- totals


def test_a_total_adds_the_sums_of_a_thing() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "500.50", recipient=RESPECT), flow("c", "70", programmes=(STAC,)))
    assert total(DRIVES, facts) == Decimal("1500.50")


def test_a_total_names_its_decisions_and_cites_their_words() -> None:
    draft = run(Total(DRIVES), over_flows(flow("a", "1000")))
    assert draft.text == "Drive: £1,000 in 2023/24 (PCD 1)."
    assert [c.quote for c in draft.citations] == ["The grant a is £1000."]


def test_nothing_recorded_is_no_answer() -> None:
    assert execute(Total(money(programme_is(MAPPA))), over_flows(flow("a", "1000"))) is None


def test_a_total_of_a_year_takes_that_year_alone() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "500", years=("2024/25",)))
    assert total(money(programme_is(DRIVE), in_years("2024/25")), facts) == 500


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(calendar=(2024,)), 500),
        (Period(first="2024-04-01"), 700),
        (Period(last="2024-03-31"), 1000),
        (Period(first="2024-04-01", last="2025-03-31"), 500),
    ],
    ids=["calendar year", "since", "until", "between"],
)
def test_times_bound_the_years_of_money(period: Period, expected: int) -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "500", years=("2024/25",)), flow("c", "200", years=("2025/26",)))
    assert total(money(programme_is(DRIVE), During(period)), facts) == expected


def test_a_span_is_never_split_and_is_told_beside_the_figure_of_one_of_its_years() -> None:
    facts = over_flows(flow("a", "1000"), flow("span", "700", years=("2023/24", "2024/25"), recipient=RESPECT))
    draft = run(Total(money(programme_is(DRIVE), in_years("2023/24"))), facts)
    assert draft.value.amount == 1000
    assert [c.amount for c in draft.caveats if "more years than were asked" in c.text] == [700]


def test_a_span_alone_is_the_figure_and_says_that_it_is_not_split() -> None:
    facts = over_flows(flow("span", "700", years=("2023/24", "2024/25")))
    draft = run(Total(money(programme_is(DRIVE), in_years("2023/24"))), facts)
    assert draft.value.amount == 700
    assert "for 2023/24 and 2024/25 together, not split by year" in draft.text


def test_money_without_a_year_counts_in_that_of_its_decision_and_is_told() -> None:
    facts = over_flows(flow("dated", "1000"), flow("undated", "300", years=(), recipient=RESPECT))
    draft = run(Total(money(programme_is(DRIVE), During(Period(first="2016-04-01")))), facts)
    assert draft.value.amount == 1300
    assert any("£300" in c.text and "no year is stated" in c.text for c in draft.caveats)
    assert total(money(programme_is(DRIVE), During(Period(first="2030-04-01"))), facts) is None


def test_a_joint_sum_stands_apart_and_is_a_caveat() -> None:
    draft = run(Total(DRIVES), over_flows(flow("own", "1000"), JOINT))
    assert draft.value.amount == 1000
    assert "£9,000" not in draft.text and "besides, 1 sum for several programmes together" in draft.text
    assert [(c.amount, c.reason) for c in draft.caveats] == [(9000, "for several programmes together")]


def test_only_joint_sums_give_no_figure() -> None:
    draft = run(Total(DRIVES), over_flows(JOINT))
    assert draft.value.amount is None
    assert draft.text.startswith("Drive has no sum of its own on record: only £9,000 in 2023/24")


def test_a_joint_sum_counts_where_all_its_programmes_are_asked_for() -> None:
    assert total(money(programme_is(DRIVE, STAC)), over_flows(flow("own", "1000"), JOINT)) == 10000


@pytest.mark.parametrize(
    "given",
    [
        {"kind": FlowKind.BID},
        {"kind": FlowKind.ENVELOPE},
        {"status": FlowStatus.CONTEXT},
        {"status": FlowStatus.SUPERSEDED},
        {"status": FlowStatus.UNSUCCESSFUL},
    ],
    ids=["bid", "envelope", "context", "superseded", "unsuccessful"],
)
def test_what_was_not_granted_is_in_no_figure(given: dict[str, object]) -> None:
    facts = over_flows(flow("a", "1000"), flow("other", "50", recipient=RESPECT, **given))
    assert total(DRIVES, facts) == 1000


def test_what_was_not_granted_is_given_where_its_state_is_asked_for() -> None:
    facts = over_flows(flow("a", "1000"), flow("lost", "50", recipient=RESPECT, status=FlowStatus.UNSUCCESSFUL))
    lost = money(programme_is(DRIVE), Standing(statuses=(FlowStatus.UNSUCCESSFUL,)))
    assert total(lost, facts) == 50


def test_a_kind_of_money_narrows_a_total() -> None:
    facts = over_flows(flow("a", "1000"), flow("match", "50", funder=MOPAC, kind=FlowKind.MATCH))
    assert total(money(programme_is(DRIVE), Standing((FlowKind.MATCH,))), facts) == 50


def test_what_a_funder_passes_on_is_told_beside_its_own_part() -> None:
    facts = over_flows(
        flow("in", "800000", recipient=MOPAC),
        flow("match", "50000", funder=MOPAC, recipient=None, kind=FlowKind.MATCH),
        flow("on", "800000", funder=MOPAC),
    )
    draft = run(Total(money(funder_is(MOPAC), programme_is(DRIVE))), facts)
    assert draft.value.amount == 50000
    assert any("£800,000" in c.text and c.reason == "passed on" for c in draft.caveats)


def test_money_accepted_and_passed_on_is_counted_once() -> None:
    facts = over_flows(flow("in", "800", recipient=MOPAC), flow("on", "800", funder=MOPAC))
    assert total(DRIVES, facts) == 800


def test_a_total_of_a_recipient_and_of_a_funder_are_those_of_its_flows() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", recipient=RESPECT, funder=MINISTRY))
    assert total(money(recipient_is(RESPECT)), facts) == 300
    assert total(money(funder_is(MINISTRY)), facts) == 300
    assert total(money(named(Role.PARTY, RESPECT)), facts) == 300


def test_the_sums_of_a_decision_and_of_its_signer_are_found_by_the_decision() -> None:
    signed = make_decision("PCD 2", body=MOPAC, decided_by="Deputy Mayor (Jane Doe)")
    facts = over(document(1, flow("a", "1000")), document(2, flow("b", "300", recipient=RESPECT), decision=signed))
    assert total(money(Referred(Role.DECISION, (reference_key("PCD 2"),))), facts) == 300
    assert total(money(Referred(Role.DECIDER, ("Jane Doe",))), facts) == 300


def test_a_provisional_sum_and_a_ceiling_are_said() -> None:
    facts = over_flows(
        flow("a", "1000", status=FlowStatus.PROVISIONAL), flow("b", "300", recipient=RESPECT, basis=Basis.CEILING)
    )
    draft = run(List(DRIVES, What.RECIPIENT), facts)
    assert {i.label: i.note for i in draft.items} == {"SafeLives": "provisional", "Respect": "£300 of it “up to”"}
    assert [c.amount for c in draft.caveats if c.reason == "provisional, not confirmed"] == [1000]


UP_TO = over_flows(
    flow("a", "1000", basis=Basis.CEILING), flow("b", "300", recipient=RESPECT),
    flow("c", "90", recipient=MERTON_COUNCIL),
    flow("d", "200", recipient=RESPECT, basis=Basis.CEILING, years=("2024/25",)),
)  # fmt: skip
RESPECTS = money(recipient_is(RESPECT))
_MORE = "Respect (£500, £200 of it “up to”)"


@pytest.mark.parametrize(
    ("form", "said", "ceiling"),
    [
        (Total(DRIVES), "£1,590 in 2023/24 and 2024/25, £1,200 of it “up to”", 1200),
        (List(DRIVES, What.RECIPIENT), "SafeLives (up to £1,000 in 2023/24), Respect (£500 in 2023/24 and", None),
        (List(DRIVES, What.RECIPIENT, Order()), f"the most of Drive: up to £1,000 in 2023/24; next: {_MORE}", 1000),
        (List(DRIVES, What.AWARD, Order()), "£1,000 in 2023/24; next: Respect (£300), Respect (up to £200)", 1000),
        (List(DRIVES, What.DECISION, Order()), "PCD 1 has the most of Drive: £1,590", 1200),
        (List(DRIVES, What.PURPOSE), "(up to £1,000)", None),
        (Series(DRIVES), "2023/24 £1,390, £1,000 of it “up to” and 2024/25 up to £200", 1200),
        (Series(DRIVES, What.DECISION), "£1,590 from Home Office, £1,200 of it “up to”", None),
        (Compare((Total(DRIVES), Total(RESPECTS))), "Respect £500 in 2023/24 and 2024/25, £200 of it “up to”", None),
        (Mean(DRIVES, What.RECIPIENT), "on average over 3 recipients, in part “up to”", None),
        (Total(Either(DRIVES, RESPECTS)), "each sum counted once: £1,590, £1,200 of it “up to”", 1200),
        (Share(RESPECTS, DRIVES), "£500, £200 of it “up to”, 31.4 per cent of £1,590, £1,200", 200),
    ],
    ids=lambda each: type(each).__name__,
)  # fmt: skip
def test_up_to_stands_beside_every_figure_that_holds_a_ceiling(form: Form, said: str, ceiling: int | None) -> None:
    answer = answer_form("", form, UP_TO)
    assert said in answer.text
    assert answer.value.ceiling == ceiling
    held = {item.label: item.ceiling for item in answer.items}
    assert held.get(SAFELIVES.name, 1000) == 1000 and held.get(MERTON_COUNCIL.name) is None
    assert answer.to_json()["value"].get("ceiling") == (f"{ceiling}.00" if ceiling else None)


def test_in_part_up_to_stands_beside_a_figure_that_one_of_those_at_the_top_has_as_a_ceiling() -> None:
    facts = over_flows(flow("a", "700", basis=Basis.CEILING), flow("b", "700", recipient=RESPECT))
    said = run(List(DRIVES, What.RECIPIENT, Order()), facts).text
    assert said == "Respect and SafeLives have the most of Drive: £700 each, in part “up to”."


def test_how_sure_a_ranking_is_goes_by_all_that_it_shows() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", recipient=RESPECT, band=Band.CHECK))
    answer = answer_form("", List(DRIVES, What.RECIPIENT, Order()), facts)
    assert answer.text.endswith("Of this money, £300 is to be checked.")


# --- conditions


def test_other_than_leaves_a_funder_out() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", funder=MINISTRY, recipient=RESPECT))
    assert listed(money(programme_is(DRIVE), other_than(Role.PARTY, HOME_OFFICE)), What.FUNDER, facts) == {
        "Ministry of Justice": 300
    }


def test_other_than_a_programme_leaves_its_sums_out() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", programmes=(STAC,)))
    assert total(money(funder_is(HOME_OFFICE), other_than(Role.PROGRAMME, DRIVE)), facts) == 300


COUNCILS_TOO = (
    flow("a", "1000"),
    flow("b", "300", recipient=MERTON_COUNCIL),
    flow("c", "200", recipient=HACKNEY_COUNCIL),
)


def test_a_kind_of_body_is_listed_alone_or_left_out() -> None:
    facts = over_flows(*COUNCILS_TOO)
    councils = money(programme_is(DRIVE), OfKind(Role.PARTY, Kind.COUNCIL))
    assert set(listed(councils, What.RECIPIENT, facts)) == {MERTON_COUNCIL.name, HACKNEY_COUNCIL.name}
    assert set(listed(money(programme_is(DRIVE), not_of(Kind.COUNCIL)), What.RECIPIENT, facts)) == {SAFELIVES.name}


def test_a_kind_of_body_in_a_role_narrows_the_sums() -> None:
    facts = over_flows(*COUNCILS_TOO)
    assert total(money(programme_is(DRIVE), OfKind(Role.RECIPIENT, Kind.BOROUGH)), facts) == 500
    assert total(money(programme_is(DRIVE), OfKind(Role.RECIPIENT, Kind.CHARITY)), facts) == 1000


@pytest.mark.parametrize(
    ("sized", "found"),
    [
        (Sized(at_least=Decimal(300)), {SAFELIVES.name, MERTON_COUNCIL.name}),
        (Sized(at_least=Decimal(300), strict=True), {SAFELIVES.name}),
        (Sized(at_most=Decimal(300)), {MERTON_COUNCIL.name, HACKNEY_COUNCIL.name}),
        (Sized(Decimal(250), Decimal(400)), {MERTON_COUNCIL.name}),
    ],
    ids=["at least", "more than", "at most", "between"],
)
def test_bounds_hold_for_what_a_party_gets(sized: Sized, found: set[str]) -> None:
    assert set(listed(money(programme_is(DRIVE), sized), What.RECIPIENT, over_flows(*COUNCILS_TOO))) == found


def test_bounds_hold_for_all_that_a_party_gets_together() -> None:
    facts = over_flows(
        flow("one", "600"), flow("two", "500", years=("2024/25",)), flow("else", "900", recipient=RESPECT)
    )
    assert list(listed(money(Sized(Decimal(1000), strict=True)), What.RECIPIENT, facts)) == [SAFELIVES.name]


@pytest.mark.xfail(strict=True, reason="a list of single sums leaves out the step by which money came in")
def test_single_sums_over_a_bound_are_listed_passed_on_or_not() -> None:
    facts = over_flows(flow("in", "800000", recipient=MOPAC), flow("on", "700000", funder=MOPAC), flow("small", "100"))
    draft = run(List(money(Sized(Decimal(500000), strict=True)), What.AWARD), facts)
    assert sorted(item.amount for item in draft.items if item.amount is not None) == [700000, 800000]


def test_a_place_holds_what_lies_within_it_and_not_the_other_way_round() -> None:
    facts = over_flows(flow("a", "1000", place=WORCESTERSHIRE), flow("b", "300", place=WEST_MERCIA, recipient=RESPECT))
    assert total(money(programme_is(DRIVE), place_is(WEST_MERCIA)), facts) == 1300
    assert total(money(programme_is(DRIVE), place_is(WORCESTERSHIRE)), facts) == 1000


def test_a_council_that_gets_money_is_in_its_own_area() -> None:
    facts = over_flows(flow("a", "1000", recipient=MERTON_COUNCIL, place=None), flow("b", "300", place=HACKNEY))
    assert total(money(programme_is(DRIVE), place_is(MERTON)), facts) == 1000


def test_a_sum_without_a_place_is_in_the_area_of_the_body_that_decides() -> None:
    west = make_decision("PCC/D/2023/01", body=WEST_MERCIA_PCC)
    facts = over(document(1, flow("a", "1000")), document(2, flow("b", "300", place=None), decision=west))
    assert total(money(programme_is(DRIVE), place_is(WEST_MERCIA)), facts) == 300


def test_a_body_that_decides_narrows_to_its_decisions() -> None:
    west = make_decision("PCC/D/2023/01", body=WEST_MERCIA_PCC)
    facts = over(document(1, flow("a", "1000")), document(2, flow("b", "300", place=None), decision=west))
    assert total(money(programme_is(DRIVE), named(Role.BODY, WEST_MERCIA_PCC)), facts) == 300


def test_a_fund_is_that_of_the_sum_and_match_beside_it_is_not_of_the_fund() -> None:
    facts = over_flows(
        flow("a", "1000", fund=TRANSFORMATION_FUND),
        flow("match", "300", funder=MOPAC, kind=FlowKind.MATCH),
        flow("other", "50", fund=STREETS_FUND, recipient=RESPECT),
    )
    assert total(money(named(Role.FUND, TRANSFORMATION_FUND)), facts) == 1000


def test_words_in_a_row_stand_before_words_in_the_title_of_its_decision() -> None:
    titled = make_decision("PCD 1", body=MOPAC, title="Stalking outreach")
    rows = (
        flow("a", "1000", quote="£1,000 for outreach in schools"),
        flow("b", "300", quote="£300 for the helpline", recipient=RESPECT),
    )
    facts = over(document(1, *rows, decision=titled, passages=["Stalking outreach is funded."]))
    assert total(money(says("outreach")), facts) == 1000


def test_words_in_the_title_alone_hold_for_every_row_of_the_decision() -> None:
    titled = make_decision("PCD 1", body=MOPAC, title="Stalking outreach")
    first = document(1, flow("a", "1000"), flow("b", "300", recipient=RESPECT), decision=titled, passages=["Money."])
    facts = over(first, document(2, flow("c", "70"), passages=["Nothing of the kind."]))
    assert total(money(says("outreach")), facts) == 1300


def test_words_that_no_row_and_no_title_has_find_nothing() -> None:
    facts = over(document(1, flow("a", "1000"), passages=["Money for Drive."]))
    assert total(money(programme_is(DRIVE), says("beekeeping")), facts) is None


def test_rows_with_words_that_are_left_out_are_not_counted() -> None:
    facts = over_flows(flow("a", "1000", quote="£1,000 for outreach"), flow("b", "300", recipient=RESPECT))
    assert total(money(programme_is(DRIVE), Says(("outreach",), without=True)), facts) == 300


def test_a_numbered_round_is_not_another_round() -> None:
    facts = over_flows(
        flow("a", "1000", quote="Round 2: £1,000"),
        flow("b", "300", quote="Round 3: £300", recipient=RESPECT),
        flow("c", "50", quote="The second round: £50", recipient=VICTIM_SUPPORT),
    )
    assert total(money(programme_is(DRIVE), says("round#2")), facts) == 1050


# --- lists and rankings


def test_funders_stand_with_their_sums_the_largest_first() -> None:
    facts = over_flows(flow("a", "300"), flow("b", "1000", funder=MINISTRY, recipient=RESPECT))
    draft = run(List(DRIVES, What.FUNDER), facts)
    assert list(amounts(draft).items()) == [("Ministry of Justice", 1000), ("Home Office", 300)]
    assert draft.text.startswith("Drive is funded by Ministry of Justice (£1,000 in 2023/24) and Home Office")


def test_who_gets_money_that_is_passed_on_is_who_does_the_work() -> None:
    facts = over_flows(flow("in", "800", recipient=MOPAC), flow("on", "800", funder=MOPAC))
    assert listed(DRIVES, What.RECIPIENT, facts) == {SAFELIVES.name: 800}
    assert listed(DRIVES, What.FUNDER, facts) == {HOME_OFFICE.name: 800}


def test_a_recipient_that_is_left_open_is_said() -> None:
    open_one = flow("b", "300", recipient=None, recipient_words="a provider to be found", years=("2024/25",))
    facts = over_flows(flow("a", "1000"), open_one)
    draft = run(List(DRIVES, What.RECIPIENT), facts)
    assert list(amounts(draft)) == [SAFELIVES.name]
    assert draft.text.endswith("Left open in the decision: a provider to be found.")


def test_a_ranking_begins_with_the_most_and_turned_round_with_the_least() -> None:
    facts = over_flows(*COUNCILS_TOO)
    assert ranked(DRIVES, What.RECIPIENT, facts) == [SAFELIVES.name, MERTON_COUNCIL.name, HACKNEY_COUNCIL.name]
    assert ranked(DRIVES, What.RECIPIENT, facts, least=True)[0] == HACKNEY_COUNCIL.name


TIED = (flow("a", "1000"), flow("b", "300", recipient=RESPECT), flow("c", "300", recipient=MERTON_COUNCIL))


def test_those_level_with_the_last_of_a_ranking_are_in_it() -> None:
    facts = over_flows(*TIED, flow("d", "20", recipient=HACKNEY_COUNCIL))
    assert ranked(DRIVES, What.RECIPIENT, facts, limit=2) == [SAFELIVES.name, MERTON_COUNCIL.name, RESPECT.name]


def test_decisions_level_with_the_last_of_a_ranking_are_in_it_and_of_very_many_the_number_is_said() -> None:
    facts = over(*(document(n, flow(f"f{n}", "500", years=("2023/24",), purpose=f"part {n}")) for n in range(1, 31)))
    draft = run(List(money(), What.DECISION, Order(limit=2)), facts)
    assert len(draft.items) == 22 and draft.text.endswith("; 8 others are level with the last.")
    assert "PCD 1" in draft.text and "have the most: £500 each" in draft.text
    assert len(run(List(money(), What.DECISION, Order(limit=12)), facts).items) == 30


def test_those_level_at_the_top_are_all_named() -> None:
    draft = run(List(DRIVES, What.RECIPIENT, Order("amount", True)), over_flows(*TIED))
    assert draft.text.startswith(f"{MERTON_COUNCIL.name} and Respect have the least of Drive: £300 each")


def test_single_sums_are_ranked_by_themselves() -> None:
    facts = over_flows(flow("a", "600"), flow("b", "500", years=("2024/25",)), flow("c", "900", recipient=RESPECT))
    assert ranked(DRIVES, What.AWARD, facts)[0] == RESPECT.name
    assert ranked(DRIVES, What.RECIPIENT, facts)[0] == SAFELIVES.name


@pytest.mark.parametrize(
    ("what", "labels"),
    [
        (What.PROGRAMME, [CIFA.name, "Drive"]),
        (What.FUNDER, ["Ministry of Justice", "Home Office"]),
        (What.YEAR, ["2024/25", "2023/24"]),
        (What.DECISION, ["PCD 2", "PCD 1"]),
    ],
)
def test_other_things_are_ranked_by_their_part_of_the_money(what: What, labels: list[str]) -> None:
    other = flow("b", "2000", programmes=(CIFA,), funder=MINISTRY, years=("2024/25",), recipient=RESPECT)
    facts = over(document(1, flow("a", "1000")), document(2, other))
    if what is What.YEAR:
        assert ranked(money(place_is(LONDON)), what, facts) == labels
    else:
        assert ranked(money(), what, facts) == labels


def test_programmes_of_a_funder_have_the_figure_of_each_alone() -> None:
    facts = over_flows(flow("own", "1000"), JOINT, flow("other", "500", programmes=(STAC,)))
    draft = run(List(money(funder_is(HOME_OFFICE)), What.PROGRAMME), facts)
    alone = total(money(funder_is(HOME_OFFICE), programme_is(DRIVE)), facts)
    assert amounts(draft)[DRIVE.name] == alone == 1000
    assert len(draft.flows) == len(set(draft.flows))
    assert draft.counted is not None and [s.flow.id for s in draft.counted.joint] == ["joint"]


def test_funds_are_those_of_the_sums() -> None:
    facts = over_flows(flow("a", "1000", fund=TRANSFORMATION_FUND), flow("b", "300", recipient=RESPECT))
    assert listed(DRIVES, What.FUND, facts) == {TRANSFORMATION_FUND.name: 1000}


def test_purposes_are_in_the_words_of_the_decisions() -> None:
    facts = over_flows(flow("a", "1000", purpose="a helpline", programmes=()))
    assert listed(money(recipient_is(SAFELIVES)), What.PURPOSE, facts) == {"a helpline": 1000}


# --- counts, averages, shares


def test_counts_are_of_parties_and_of_single_sums() -> None:
    facts = over_flows(*COUNCILS_TOO, flow("d", "70", years=("2024/25",)))
    assert run(Count(DRIVES, What.RECIPIENT), facts).value.count == 3
    assert run(Count(DRIVES, What.AWARD), facts).value.count == 4
    assert run(Count(DRIVES, What.FUNDER), facts).value.count == 1
    boroughs = money(programme_is(DRIVE), OfKind(Role.PARTY, Kind.BOROUGH))
    assert run(Count(boroughs, What.RECIPIENT), facts).text.startswith("2 boroughs for Drive")


@pytest.mark.parametrize(
    ("what", "expected"),
    [(What.AWARD, "400.00"), (What.RECIPIENT, "600.00"), (What.YEAR, "600.00"), (What.MONTH, "50.00")],
)
def test_an_average_is_over_the_things_that_it_is_asked_for(what: What, expected: str) -> None:
    facts = over_flows(
        flow("a", "500"), flow("b", "300", years=("2024/25",)), flow("c", "400", years=("2024/25",), recipient=RESPECT)
    )
    assert run(Mean(DRIVES, what), facts).value.amount == Decimal(expected)


def test_there_is_no_average_of_one_sum_nor_over_time_without_years() -> None:
    assert execute(Mean(DRIVES), over_flows(flow("a", "500"))) is None
    assert execute(Mean(DRIVES, What.YEAR), over_flows(flow("a", "500"), flow("b", "5", years=()))) is None


def test_a_share_is_one_set_of_another() -> None:
    facts = over_flows(flow("a", "750"), flow("b", "250", funder=MINISTRY, recipient=RESPECT))
    draft = run(Share(money(programme_is(DRIVE), funder_is(MINISTRY)), DRIVES), facts)
    assert (draft.value.percent, draft.value.amount) == (Decimal("25.0"), 250)


def test_a_share_of_a_sum_is_of_the_sum_that_was_stated() -> None:
    draft = run(Share(DRIVES, Sum(Decimal(4000))), over_flows(flow("a", "1000")))
    assert draft.value.percent == Decimal("25.0")
    assert "25.0 per cent of £4,000" in draft.text


def test_the_whole_is_no_share_of_itself() -> None:
    facts = over_flows(flow("a", "1000"))
    assert execute(Share(DRIVES, DRIVES), facts) is None
    assert execute(Share(DRIVES, Sum(Decimal(1000))), facts) is None


def test_no_share_is_given_where_part_of_the_money_is_joint() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "500", funder=MINISTRY, recipient=RESPECT), JOINT)
    draft = run(Share(money(programme_is(DRIVE), funder_is(MINISTRY)), DRIVES), facts)
    assert (draft.status, draft.value.percent) == (Status.NO_DATA, None)


# --- comparisons and series


def test_two_things_are_compared_by_their_totals() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", programmes=(STAC,), recipient=RESPECT))
    draft = run(Compare((Total(DRIVES), Total(money(programme_is(STAC))))), facts)
    assert amounts(draft) == {DRIVE.name: 1000, STAC.name: 300}
    assert draft.value.amount == 700 and draft.text.endswith("The difference is £700.")


def test_a_side_without_money_is_said() -> None:
    draft = run(Compare((Total(DRIVES), Total(money(programme_is(MAPPA))))), over_flows(flow("a", "1000")))
    assert f"{MAPPA.name} nothing recorded" in draft.text
    assert draft.value.amount is None and draft.signs["side missing"] == 1


def years_of_drive(*years: str) -> Compare:
    return Compare(tuple(Total(money(programme_is(DRIVE), in_years(year))) for year in years), over_time=True)


def test_two_years_are_compared_in_the_order_of_time() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "1500", years=("2024/25",)))
    draft = run(years_of_drive("2023/24", "2024/25"), facts)
    assert list(amounts(draft)) == ["2023/24", "2024/25"]
    assert draft.text.endswith("It rose by £500 (50.0 per cent).")


def test_no_change_is_told_where_a_year_has_no_money() -> None:
    assert execute(years_of_drive("2023/24", "2026/27"), over_flows(flow("a", "1000"))) is None


def test_a_total_is_compared_with_a_sum_that_was_stated() -> None:
    draft = run(Compare((Total(DRIVES), Total(Sum(Decimal(1200))))), over_flows(flow("a", "1000")))
    assert draft.value.amount == 200
    assert "the sum stated is £1,200" in draft.text


def test_joint_sums_are_on_no_side_of_a_comparison() -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "300", programmes=(STAC,), recipient=RESPECT), JOINT)
    draft = run(Compare((Total(DRIVES), Total(money(programme_is(STAC))))), facts)
    assert draft.value.amount == 700
    assert [c.amount for c in draft.caveats] == [9000]


def test_a_series_has_a_line_for_each_year_and_for_each_span() -> None:
    facts = over_flows(
        flow("a", "1000"), flow("b", "500", years=("2024/25",)),
        flow("c", "90", years=("2025/26", "2026/27"), recipient=RESPECT),
    )  # fmt: skip
    draft = run(Series(DRIVES), facts)
    assert amounts(draft) == {"2023/24": 1000, "2024/25": 500, "2025/26 to 2026/27": 90}
    assert draft.value.amount == 1590


def test_joint_sums_and_undated_money_have_lines_of_their_own_in_a_series() -> None:
    draft = run(Series(DRIVES), over_flows(flow("a", "1000"), flow("u", "70", years=(), recipient=RESPECT), JOINT))
    assert [(i.label, i.amount, i.note) for i in draft.items] == [
        ("2023/24", 1000, ""),
        ("2023/24", 9000, "for several programmes together"),
        ("year not stated, from a decision of 2023/24", 70, ""),
    ]


def test_a_history_says_of_money_without_a_year_only_what_is_in_its_figure() -> None:
    joint = flow("j", "900", years=(), programmes=(DRIVE, STAC), recipient=None)
    facts = over(document(1, flow("a", "500", years=())), document(2, joint))
    said = [each.text for each in run(Series(DRIVES, What.DECISION), facts).caveats if "no year" in each.text]
    assert len(said) == 1 and said[0].startswith("For £500 no year is stated (PCD 1)")


def test_a_history_has_a_line_for_each_decision_in_the_order_of_the_money() -> None:
    later = document(1, flow("b", "500", years=("2024/25",)))
    facts = over(later, document(2, flow("a", "1000"), flow("other", "70", programmes=(STAC,), recipient=RESPECT)))
    draft = run(Series(DRIVES, What.DECISION), facts)
    assert list(amounts(draft).items()) == [("PCD 2", 1000), ("PCD 1", 500)]
    assert draft.text.startswith("Drive: 2 decisions in 2023/24 and 2024/25. ")
    assert draft.text.count("£1,500") == 1
    assert [c.reason for c in draft.caveats] == ["not added"]


# --- awards without a sum


BARE = make_award(funder=MOPAC, recipient=RESPECT, programmes=(DRIVE,), place=LONDON)


def test_who_is_named_without_a_sum_stands_beside_the_list() -> None:
    facts = over(document(1, flow("a", "1000", funder=MOPAC), awards=(BARE,)))
    draft = run(List(DRIVES, What.RECIPIENT), facts)
    assert amounts(draft) == {SAFELIVES.name: 1000}
    assert [c.text for c in draft.caveats if c.reason == "named without a sum"] == [
        "Besides, Respect is named without a sum (PCD 1); that money is in no figure."
    ]


def test_who_is_named_without_a_sum_is_all_that_is_known_where_nothing_else_is() -> None:
    facts = over(document(1, awards=(BARE,)))
    draft = run(List(DRIVES, What.RECIPIENT), facts)
    assert (amounts(draft), draft.value.amount) == ({RESPECT.name: None}, None)
    assert "no document read prints a sum" in draft.text and draft.citations
    assert total(DRIVES, facts) is None


@pytest.mark.parametrize("form", [Total(DRIVES), List(DRIVES, What.AWARD)], ids=["how much", "each sum"])
def test_where_no_sum_is_printed_there_is_no_figure_and_who_gets_it_is_said(form: Total | List) -> None:
    draft = run(form, over(document(1, awards=(BARE,))))
    assert draft.status is Status.NO_DATA and draft.value.amount is None
    assert RESPECT.name in draft.text and "no document read prints a sum" in draft.text


def test_an_award_without_a_sum_lies_between_no_bounds() -> None:
    facts = over(document(1, awards=(BARE,)))
    assert listed(money(programme_is(DRIVE), Sized(at_most=Decimal(10))), What.RECIPIENT, facts) == {}


# --- yes or no, and sets put together


def test_there_is_something_says_yes_with_what_there_is() -> None:
    now = financial_year(datetime.date.today())
    facts = over_flows(flow("a", "1000", years=(now,)))
    assert run(Is(money(programme_is(DRIVE), place_is(LONDON))), facts).text.startswith("Yes. Drive in London: £1,000")
    assert execute(Is(money(programme_is(MAPPA))), facts) is None


def test_of_money_of_years_that_are_over_is_said_until_when() -> None:
    facts = over_flows(flow("a", "1000", years=("2018/19",)), flow("b", "2000", years=("2019/20",)))
    said = run(Is(money(programme_is(DRIVE))), facts).text
    assert said.startswith("Yes, up to 2019/20; no later year is stated. Drive: £3,000")
    asked = money(programme_is(DRIVE), During(Period(years=("2018/19",))))
    assert run(Is(asked), facts).text.startswith("Yes. Drive in 2018/19: £1,000")


def test_yes_may_rest_on_a_statement_alone() -> None:
    works = Relation(RESPECT, RelationKind.DELIVERS, DRIVE, (make_evidence("Respect delivers Drive."),))
    facts = over(document(1, relations=(works,)))
    scan = Scan(Rows.FACTS, (programme_is(DRIVE), States((RelationKind.DELIVERS,))))
    assert run(Is(scan), facts).text.startswith("Yes. Respect delivers Drive")


BY_BOTH = (
    flow("a", "1000"),
    flow("b", "300", funder=MINISTRY, years=("2024/25",)),
    flow("c", "70", funder=MINISTRY, recipient=RESPECT, programmes=(STAC,)),
)
ONE, OTHER = money(funder_is(HOME_OFFICE)), money(funder_is(MINISTRY))


def test_what_lies_in_both_sets_and_in_the_one_alone() -> None:
    facts = over_flows(*BY_BOTH)
    assert list(listed(Both(OTHER, ONE), What.RECIPIENT, facts)) == [SAFELIVES.name]
    assert list(listed(Without(OTHER, ONE), What.RECIPIENT, facts)) == [RESPECT.name]
    assert run(Count(Both(OTHER, ONE), What.PROGRAMME), facts).value.count == 1


def test_what_two_funders_both_give_to_is_counted_where_it_came_in() -> None:
    facts = over_flows(flow("in", "1000", recipient=MOPAC), flow("on", "1000", funder=MOPAC))
    assert listed(Both(ONE, money(funder_is(MOPAC))), What.PROGRAMME, facts) == {DRIVE.name: 1000}


def test_the_total_of_either_set_counts_each_sum_once() -> None:
    facts = over_flows(*BY_BOTH)
    assert total(Either(ONE, OTHER), facts) == 1370
    assert set(listed(Either(ONE, OTHER), What.RECIPIENT, facts)) == {SAFELIVES.name, RESPECT.name}
    assert total(Either(ONE, DRIVES), facts) == 1300, "the first sum lies in both"
    assert total(Either(ONE, Either(OTHER, DRIVES)), facts) == 1370
    assert execute(Total(Either(ONE, Both(ONE, OTHER))), facts) is None


def test_what_one_of_several_parties_passes_on_to_another_is_counted_once() -> None:
    facts = over_flows(flow("in", "800", recipient=MOPAC), flow("on", "800", funder=MOPAC))
    assert total(Either(money(recipient_is(MOPAC)), money(recipient_is(SAFELIVES))), facts) == 800
    assert total(money(recipient_is(MOPAC, SAFELIVES)), facts) == 800
    assert total(Either(money(funder_is(HOME_OFFICE)), money(funder_is(MOPAC))), facts) == 800
    assert total(money(funder_is(HOME_OFFICE, MOPAC)), facts) == 800
    average = run(Mean(money(), What.RECIPIENT), facts)
    assert average.value.amount == 800 and average.text == "Funding: £800 on average over 2 recipients."


def test_no_sum_is_given_of_what_lies_in_both() -> None:
    assert total(Both(ONE, OTHER), over_flows(*BY_BOTH)) is None
