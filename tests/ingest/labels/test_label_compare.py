"""Reported sums, awards and facts against labels."""

from __future__ import annotations

from decimal import Decimal

import pytest
from label_folders import comparison, make_flow, make_row

from ingest.labels.compare import Slot, compare_flows
from ingest.labels.compare_facts import compare_awards, compare_facts
from ingest.labels.records import AwardLabel, FactLabel, FlowLabel
from ingest.labels.years import span_words, years_between


def test_a_sum_with_its_years_is_found_and_with_its_slots_right() -> None:
    result = compare_flows([make_flow()], [make_row()], comparison())
    assert (len(result.found), result.reported, result.required, result.is_right) == (1, 1, 1, True)


@pytest.mark.parametrize(
    ("flow", "row", "wrong"),
    [
        (make_flow(funder=None), make_row(), (Slot.FUNDER,)),
        (make_flow(recipient="Respect"), make_row(), (Slot.RECIPIENT,)),
        (make_flow(programme="Drive"), make_row(), (Slot.PROGRAMME,)),
        (make_flow(programme="Drive"), make_row(programme=("", "Drive")), ()),
        (make_flow(status="proposed"), make_row(), (Slot.STATUS,)),
        (make_flow(fund="Community Fund"), make_row(), ()),
        (make_flow(), make_row(fund=("Community Fund",)), (Slot.FUND,)),
        (make_flow(), make_row(fund=("", "Community Fund")), ()),
    ],
)
def test_the_slots_that_differ_are_named(flow: dict[str, object], row: FlowLabel, wrong: tuple[Slot, ...]) -> None:
    (pair,) = compare_flows([flow], [row], comparison()).found
    assert pair.wrong == wrong


@pytest.mark.parametrize(
    "flow",
    [
        make_flow(amount="5000.01"),
        make_flow(year="2022/23"),
        make_flow(year=None),
        make_flow(year=None, years="2023/24-2024/25"),
    ],
)
def test_another_sum_or_another_year_is_an_error_twice(flow: dict[str, object]) -> None:
    result = compare_flows([flow], [make_row()], comparison())
    assert (len(result.extra), len(result.missing), len(result.found)) == (1, 1, 0)


def test_each_accepted_reading_of_the_years_will_do() -> None:
    row = make_row(years=(("2022/23",), ("2023/24", "2024/25"), ()))
    for said in ({"year": "2022/23"}, {"year": None, "years": "2023/24-2024/25"}, {"year": None}):
        assert compare_flows([make_flow(**said)], [row], comparison()).is_right


def test_an_optional_row_may_be_reported_or_not() -> None:
    row = make_row(is_required=False)
    for flows in ([], [make_flow(year="2019/20", recipient="Respect")]):
        result = compare_flows(flows, [row], comparison())
        assert (result.reported, result.required, result.is_right) == (0, 0, True)


@pytest.mark.parametrize(
    ("status", "accepted", "is_overstated"),
    [("approved", ("context",), True), ("context", ("context",), False), ("approved", ("context", "approved"), False),
     ("superseded", ("context",), False)],
)  # fmt: skip
def test_context_said_to_be_a_flow_is_overstated(status: str, accepted: tuple[str, ...], is_overstated: bool) -> None:
    row = make_row(is_required=False, status=accepted)
    result = compare_flows([make_flow(status=status)], [row], comparison())
    assert bool(result.overstated) == is_overstated
    assert result.reported == is_overstated


def test_of_equal_sums_each_takes_the_row_it_fits_best() -> None:
    rows = [make_row(recipient=("Respect",)), make_row(row=2), make_row(row=3, is_required=False, status=("context",))]
    flows = [make_flow(status="context"), make_flow(), make_flow(recipient="Respect")]
    result = compare_flows(flows, rows, comparison())
    assert [pair.row.row for pair in result.found] == [2, 1]
    assert result.is_right


def test_a_flow_without_an_amount_is_an_award() -> None:
    flow = make_flow(amount=None)
    assert compare_flows([flow], [], comparison()).reported == 0
    label = AwardLabel("one", ("Home Office", ""), ("SafeLives",), ("",), ((),), ("grant",), ("approved",))
    result = compare_awards([flow, make_flow(amount=None, recipient="Respect"), make_flow()], [label], comparison())
    assert (len(result.found), len(result.extra), len(result.missing)) == (1, 1, 0)


def test_an_award_of_another_payer_is_missing() -> None:
    label = AwardLabel("one", ("Ministry of Justice",), ("SafeLives",), ("",), ((),), ("grant",), ("approved",))
    assert compare_awards([make_flow(amount=None)], [label], comparison()).missing == (label,)
    assert compare_awards([make_flow(amount=None, funder=None)], [label], comparison()).found


def test_a_fact_is_found_whatever_the_form_of_its_relation() -> None:
    label = FactLabel("one", ("SafeLives",), "partner in", ("Drive",))
    said = {"subject": "SafeLives", "relation": "partnerIn", "object": "Drive Partnership"}
    assert compare_facts([said], [label], comparison()).found == (label,)
    assert compare_facts([{**said, "relation": "leads"}], [label], comparison()).missing == (label,)


@pytest.mark.parametrize("words", ["", "2023/24", "1999/00", "2018/19-2020/21"])
def test_years_come_back_as_they_were_written(words: str) -> None:
    assert span_words(years_between(words)) == words


@pytest.mark.parametrize("words", ["2023", "2023/25", "2023-24", "2023/24-2023/24", "2023/24,2024/25"])
def test_what_is_no_financial_year_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        years_between(words)


def test_amounts_are_equal_to_the_penny() -> None:
    assert compare_flows([make_flow(amount="5000")], [make_row(amount=Decimal(5000))], comparison()).found
