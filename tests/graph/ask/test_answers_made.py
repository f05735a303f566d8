"""What answers say and leave out, over records made by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph.ask import answer_question
from graph.ask.facts import Facts
from graph.ask.result import Answer, Status
from graph.model import Award, Band, Entity, FlowKind, FundingFlow, Relation, RelationKind
from tests.builders import make_award, make_decision, make_evidence, make_flow, make_record, programme
from tests.graph.ask import gold_graph

INDEX = gold_graph.names()
DRIVE = INDEX.registry.entity("drive")
STAC = INDEX.registry.entity("s-tac")
HOME_OFFICE = INDEX.registry.entity("home-office")
MOPAC = INDEX.registry.entity("mopac")
SAFELIVES = INDEX.registry.entity("safelives")
RESPECT = INDEX.registry.entity("respect")
LONDON = INDEX.registry.entity("london")
HELPERS = programme("HLPR", verified=False)


def flow(id: str, amount: str, **given: object) -> FundingFlow:
    settled = {"funder": HOME_OFFICE, "recipient": SAFELIVES, "programmes": (DRIVE,), "place": LONDON} | given
    quote = str(settled.pop("quote", f"The grant is £{amount}."))
    return make_flow(id, amount=amount, evidence=(make_evidence(quote),), **settled)  # type: ignore[arg-type]


def over(*flows: FundingFlow, others: tuple[FundingFlow, ...] = (), relations: tuple[Relation, ...] = ()) -> Facts:
    first = make_record(*flows, document="one.md", decision=make_decision("PCD 1", body=MOPAC), relations=relations)
    second = make_record(*others, document="two.md", decision=make_decision("PCD 2", body=MOPAC))
    return gold_graph.facts_of_records([first, second] if others else [first], INDEX)


def ask(text: str, facts: Facts) -> Answer:
    return answer_question(text, facts)


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    return {item.label: item.amount for item in answer.items}


JOINT = flow("joint", "9000", programmes=(DRIVE, STAC))


def test_a_programme_has_the_figure_of_the_question_about_it_alone() -> None:
    facts = over(flow("own", "1000"), JOINT, flow("other", "500", programmes=(STAC,)))
    answer = ask("which programmes does the Home Office fund", facts)
    alone = ask("how much has the Home Office given for Drive", facts)
    assert amounts(answer)[DRIVE.name] == alone.value.amount == 1000
    assert len(answer.flows) == len(set(answer.flows))
    assert answer.counted is not None and [s.flow.id for s in answer.counted.joint] == ["joint"]


def test_what_a_body_passes_on_for_a_programme_is_not_its_own_part() -> None:
    facts = over(
        flow("in", "800000", recipient=MOPAC),
        flow("match", "50000", funder=MOPAC, recipient=None, kind=FlowKind.MATCH),
        flow("on", "800000", funder=MOPAC),
    )
    answer = ask("which programmes does MOPAC fund", facts)
    alone = ask("how much did MOPAC give to Drive", facts)
    assert amounts(answer)[DRIVE.name] == alone.value.amount == 50000
    assert any("£800,000" in caveat.text and "passed on" in caveat.text for caveat in alone.caveats)


def test_a_history_has_the_sums_of_the_programme_alone() -> None:
    facts = over(flow("own", "1000"), flow("other", "500", programmes=(STAC,), recipient=RESPECT))
    assert [item.amount for item in ask("what is the funding history of Drive", facts).items] == [1000]


def test_a_joint_sum_is_a_caveat_and_not_in_the_sentence() -> None:
    answer = ask("how much for Drive", over(flow("own", "1000"), JOINT))
    assert "£9,000" not in answer.text
    assert [caveat.amount for caveat in answer.caveats] == [Decimal("9000.00")]
    assert answer.to_json()["caveats"][0]["decision"] == "PCD 1"


def test_money_without_a_year_counts_in_that_of_its_decision_and_is_told() -> None:
    facts = over(flow("dated", "1000"), flow("undated", "300", years=()))
    answer = ask("how has Drive funding changed since 2016", facts)
    assert answer.value.amount == 1300
    assert any("£300" in caveat.text and "no year is stated" in caveat.text for caveat in answer.caveats)
    assert ask("how much did Drive get since 2030", facts).value.amount is None, "it was signed before"


def test_a_list_over_a_sum_holds_every_such_sum_passed_on_or_not() -> None:
    facts = over(flow("in", "800000", recipient=MOPAC), flow("on", "700000", funder=MOPAC), flow("small", "100"))
    answer = ask("list grants over £500,000 in 2023/24", facts)
    assert sorted(item.amount for item in answer.items if item.amount is not None) == [700000, 800000]


def test_recipients_of_more_than_a_sum_are_those_who_get_as_much_in_all() -> None:
    facts = over(flow("one", "600"), flow("two", "500", years=("2024/25",)), flow("else", "900", recipient=RESPECT))
    assert [item.label for item in ask("list recipients of more than £1,000", facts).items] == [SAFELIVES.name]


def test_a_region_is_offered_as_the_place_and_as_its_bodies() -> None:
    facts = over(flow("body", "1000", recipient=MOPAC), flow("other", "700", years=("2024/25",)))
    answer = ask("how much did London get", facts)
    assert answer.status is Status.AMBIGUOUS
    assert {alternative.question for alternative in answer.alternatives} >= {
        "how much funding in London", f"how much did {MOPAC.name} get",
    }  # fmt: skip


def test_a_kind_of_service_points_to_other_decisions() -> None:
    other = flow("kind", "700", programmes=(), quote="£700 for HLPR workers", recipient=RESPECT)
    answer = ask("who funds HLPR services", over(flow("own", "1000", programmes=(HELPERS,)), others=(other,)))
    assert "1 other decision speaks of HLPR services" in answer.text
    assert [alternative.question for alternative in answer.alternatives] == ["which decisions mention HLPR"]


def partner(who: Entity, quote: str) -> Relation:
    return Relation(who, RelationKind.PARTNER_IN, DRIVE, (make_evidence(quote),))


def test_partners_stand_on_words_that_name_both() -> None:
    relations = (
        partner(SAFELIVES, "Drive is run by SafeLives and Respect."),
        partner(RESPECT, "Drive is run by SafeLives and Respect."),
        partner(MOPAC, "The council buys in partnership with the PCC."),
    )
    answer = ask("who works with SafeLives", over(flow("own", "1000"), relations=relations))
    assert [item.label for item in answer.items] == [RESPECT.name]
    assert answer.text.endswith("works with SafeLives.")


def test_an_organisation_is_told_by_the_register_and_by_what_it_does() -> None:
    facts = over(flow("own", "1000"), relations=(partner(SAFELIVES, "SafeLives: Drive."),))
    answer = ask("what does SafeLives do", facts)
    assert answer.text == "SafeLives, a charity, is a partner in Drive; got £1,000."


@pytest.mark.parametrize(
    "text",
    ["who doesn't fund Drive", "which organisations get no Drive money", "which programmes are not funded by MOPAC"],
)
def test_who_does_not_fund_is_declined(text: str) -> None:
    answer = ask(text, over(flow("own", "1000")))
    assert answer.status is Status.NOT_UNDERSTOOD
    assert not answer.items


def test_why_without_a_reason_on_record_is_declined() -> None:
    assert ask("why was Drive extended", over(flow("own", "1000"))).status is Status.NO_DATA


def test_money_from_both_is_counted_at_its_source() -> None:
    facts = over(flow("in", "1000", recipient=MOPAC), flow("on", "1000", funder=MOPAC))
    answer = ask("which programmes get money from both the Home Office and MOPAC", facts)
    assert amounts(answer) == {DRIVE.name: Decimal("1000.00")}




def test_an_answer_says_how_much_of_its_money_is_not_sure() -> None:
    facts = over(flow("a", "1000"), flow("b", "500", recipient=RESPECT, years=("2024/25",), band=Band.CHECK))
    answer = ask("how much funding has Drive received", facts)
    assert answer.value.amount == 1500
    assert answer.text.endswith(" Of this money, £500 is to be checked.")
    assert answer.to_json()["unsure"] == {"amount": "500.00", "likely": "0.00", "check": "500.00", "ceiling": "0.00"}


def test_a_sure_answer_and_one_without_money_say_nothing_of_it() -> None:
    facts = over(flow("a", "1000"), relations=(Relation(SAFELIVES, RelationKind.DELIVERS, DRIVE, (make_evidence(),)),))
    sure = ask("how much funding has Drive received", facts)
    assert "sure" not in sure.text
    assert set(sure.to_json()["unsure"].values()) == {"0.00"}
    assert ask("who delivers Drive", facts).to_json()["unsure"] is None


def with_awards(*awards: Award, flows: tuple[FundingFlow, ...] = ()) -> Facts:
    record = make_record(*flows, document="one.md", decision=make_decision("PCD 1", body=MOPAC), awards=awards)
    return gold_graph.facts_of_records([record if flows else replace(record, flows=())], INDEX)


BARE = make_award(funder=MOPAC, recipient=RESPECT, programmes=(DRIVE,), place=LONDON)


def test_who_is_named_without_a_sum_stands_beside_the_answer() -> None:
    facts = with_awards(BARE, flows=(flow("a", "1000", funder=MOPAC),))
    answer = ask("who is paid for Drive", facts)
    assert amounts(answer) == {SAFELIVES.name: Decimal(1000)}
    assert [c.text for c in answer.caveats if c.reason == "named without a sum"] == [
        "Besides, Respect is named without a sum (PCD 1); that money is in no figure."
    ]


def test_who_is_named_without_a_sum_is_the_answer_where_nothing_else_is_known() -> None:
    answer = ask("who is paid for Drive", with_awards(BARE))
    assert (answer.status, amounts(answer)) == (Status.ANSWERED, {RESPECT.name: None})
    assert "no document read prints a sum" in answer.text and answer.citations
    assert ask("how much has Drive received", with_awards(BARE)).status is Status.NO_DATA
