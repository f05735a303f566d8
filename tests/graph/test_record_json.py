"""Records to JSON and back, and the contract's shape."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import (
    Alternative,
    Award,
    Band,
    Basis,
    Check,
    Decision,
    Doubt,
    Entity,
    EntityKind,
    Evidence,
    FlowKind,
    FlowStatus,
    FundingFlow,
    Record,
    Relation,
    RelationKind,
    Unread,
    Verdict,
)
from graph.record_json import contract_json
from graph.typed_json import decoded, from_json, to_json

AMOUNTS = st.decimals(min_value=0, max_value=10**10, places=2, allow_nan=False)
st.register_type_strategy(Decimal, AMOUNTS)
st.register_type_strategy(float, st.floats(min_value=0, max_value=1))


def make_flow(**given: object) -> FundingFlow:
    values: dict[str, object] = {
        "id": "f1",
        "funder": Entity("a", "A Council", EntityKind.ORGANISATION),
        "recipient": None,
        "recipient_words": "Provider (to be procured)",
        "amount": Decimal("286500"),
        "basis": Basis.EXACT,
        "years": ("2023/24",),
        "programmes": (),
        "place": None,
        "fund": None,
        "kind": FlowKind.GRANT,
        "status": FlowStatus.APPROVED,
        "evidence": (Evidence("3.1", "Provider £286,500", 2, 10, 27),),
        "confidence": 0.97,
    }
    return FundingFlow(**{**values, **given})  # type: ignore[arg-type]


def make_record(**given: object) -> Record:
    decision = Decision("X 1", "A title", None, None, "2021-11", "decision notice", None)
    values: dict[str, object] = {"document": "a.md", "digest": "0" * 64, "decision": decision}
    return Record(**{**values, **given})  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.from_type(Record))
def test_any_record_comes_back_exactly(record: Record) -> None:
    written = json.dumps(to_json(record), ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert decoded(Record, written) == record


def test_an_older_record_without_a_newer_field_takes_its_default() -> None:
    values = to_json(make_record())
    del values["issues"]
    assert from_json(Record, values) == make_record()


def test_a_relation_end_stays_a_reference_or_an_entity() -> None:
    partner = Entity("b", "B", EntityKind.ORGANISATION, verified=False)
    record = make_record(relations=(Relation("X 1", RelationKind.MENTIONS, partner, ()),))
    assert from_json(Record, to_json(record)).relations == record.relations


@pytest.mark.parametrize("damaged", [{}, {"document": 3}, {"document": "a", "digest": "b", "decision": None}])
def test_values_of_another_form_are_refused(damaged: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        from_json(Record, damaged)


def test_a_flow_of_one_year_has_year_and_an_open_recipient_is_null() -> None:
    flow = contract_json(make_record(flows=(make_flow(),)))["flows"][0]
    assert (flow["amount"], flow["year"], flow["years"], flow["recipient"]) == ("286500.00", "2023/24", None, None)
    assert (flow["funder"], flow["locator"], flow["quote"]) == ("A Council", "3.1", "Provider £286,500")


def test_a_flow_of_several_years_has_a_span() -> None:
    flow = contract_json(make_record(flows=(make_flow(years=("2018/19", "2019/20")),)))["flows"][0]
    assert (flow["year"], flow["years"]) == (None, "2018/19-2019/20")


def test_several_programmes_of_one_sum_stay_together() -> None:
    both = tuple(Entity(name, name.upper(), EntityKind.PROGRAMME) for name in ("p", "q"))
    flow = contract_json(make_record(flows=(make_flow(programmes=both),)))["flows"][0]
    assert (flow["programme"], flow["programmes"]) == (None, ["P", "Q"])


def test_findings_about_days_stand_apart_from_figures() -> None:
    late = Check(Verdict.CONFLICT, (), "Signed after the money starts.", (), kind="dates")
    found = contract_json(make_record(checks=(late,)))
    assert (found["checks"], [one["message"] for one in found["dates"]]) == ([], ["Signed after the money starts."])


def test_figures_of_a_check_are_numbers() -> None:
    check = Check(Verdict.ROUNDING, (Decimal("575290.00"), Decimal("0.50")), "Near.", (Evidence("2", "x"),))
    assert contract_json(make_record(checks=(check,)))["checks"][0]["figures"] == [575290, 0.5]


def make_award(**given: object) -> Award:
    values: dict[str, object] = {
        "id": "a1",
        "funder": None,
        "recipient": Entity("h", "Harbour", EntityKind.ORGANISATION),
        "recipient_words": "",
        "years": (),
        "programmes": (),
        "place": None,
        "fund": None,
        "kind": FlowKind.GRANT,
        "status": FlowStatus.APPROVED,
        "evidence": (Evidence("2", "Harbour was appointed."),),
        "confidence": 0.8,
    }
    return Award(**{**values, **given})  # type: ignore[arg-type]


def test_an_award_without_a_sum_is_a_flow_with_the_same_keys_and_no_amount() -> None:
    flow, award = contract_json(make_record(flows=(make_flow(),), awards=(make_award(purpose="refuge"),)))["flows"]
    assert list(award) == list(flow)
    assert (award["amount"], award["recipient"], award["purpose"]) == (None, "Harbour", "refuge")
    assert award["currency"] is None and award["basis"] is None


def test_a_flow_says_its_band_and_the_slots_in_doubt() -> None:
    doubt = Doubt("recipient", "A Council", 0.6149, (Alternative("B Trust", 0.2), Alternative("", 0.1)))
    flow = contract_json(make_record(flows=(make_flow(band=Band.LIKELY, doubts=(doubt,)),)))["flows"][0]
    assert flow["band"] == "likely"
    assert flow["doubts"] == [
        {
            "slot": "recipient",
            "value": "A Council",
            "probability": 0.615,
            "alternatives": [{"value": "B Trust", "probability": 0.2}, {"value": None, "probability": 0.1}],
        }
    ]


def test_figures_that_were_not_read_are_counted_with_the_first_of_them() -> None:
    unread = Unread(11, (Evidence("4", "£5 for tea"),))
    assert contract_json(make_record(unread=unread))["unread"] == {
        "figures": 11,
        "examples": [{"locator": "4", "words": "£5 for tea"}],
    }
    assert contract_json(make_record())["unread"] == {"figures": 0, "examples": []}
    (issue,) = contract_json(make_record(unread=unread))["issues"]
    assert issue.startswith("11 figures stand in it and no funding was read")
    assert contract_json(make_record(unread=unread, flows=(make_flow(),)))["issues"] == []


def test_a_fact_beside_money_is_a_relation_with_its_words() -> None:
    programme = Entity("p", "P", EntityKind.PROGRAMME)
    starts = Relation(programme, RelationKind.STARTS, "2024-04-01", (Evidence("1", "from 1 April 2024"),))
    said = contract_json(make_record(relations=(starts,)))["relations"][0]
    assert (said["subject"], said["relation"], said["object"], said["locator"]) == ("P", "starts", "2024-04-01", "1")
