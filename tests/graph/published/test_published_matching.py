"""Published records are set beside the sums that they speak of, each beside one at most, and are never added."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.lists import PAYMENTS
from graph.model import Entity, EntityKind, FlowStatus
from graph.published.matching import Ground, Matches, match_published
from graph.published.record import PublishedKind, PublishedRecord
from graph.published.saying import beside
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from tests.builders import make_flow, organisation

BODY, COUNCIL, CHARITY = organisation("Commissioner"), organisation("Council"), organisation("Charity")


def head(document: str, reference: str | None = None, record_type: str = "decision notice") -> DecisionHead:
    return DecisionHead(f"iri:{document}", document, reference, document, BODY, "", "2023-07-06", record_type, "")


def flow(
    id: str, amount: str, payee: Entity = COUNCIL, *, document: str = "one.md", years: tuple[str, ...] = ("2023/24",),
    status: FlowStatus = FlowStatus.APPROVED,
) -> StatedFlow:  # fmt: skip
    made = make_flow(id, amount=amount, funder=BODY, recipient=payee, years=years, status=status)
    return StatedFlow(f"iri:{id}", document, made)


def record(
    amount: str, payee: Entity | None = COUNCIL, *, kind: PublishedKind = PublishedKind.PAYMENT, words: str = "",
    years: tuple[str, ...] = ("2023/24",), date: str = "2023-06-15", id: str = "", payer: Entity = BODY,
) -> PublishedRecord:  # fmt: skip
    return PublishedRecord(
        kind, id, "", payer.name, payer.id, payee.name if payee else "", payee.id if payee else "", Decimal(amount),
        "GBP", date, years, words, "spending.csv", "Row 2",
    )  # fmt: skip


HEADS = {"one.md": head("one.md", "PCD 1460"), "two.md": head("two.md", "PCD 1461")}


def matched(records: list[PublishedRecord], *flows: StatedFlow) -> Matches:
    return match_published(records, flows, HEADS)


def grounds(found: Matches, id: str) -> list[tuple[str, Ground]]:
    return [(str(match.record.amount), match.ground) for match in found.by_flow.get(f"iri:{id}", ())]


def test_payments_of_an_award_stand_beside_it() -> None:
    paid = [record("140000"), record("140000", date="2023-12-15")]
    found = matched(paid, flow("a", "286500"))
    assert grounds(found, "a") == [("140000", Ground.YEARS)] * 2
    said = beside(Decimal("286500"), found.by_flow["iri:a"])
    assert said == "approved £286,500; published as paid £280,000 in 2 payments, £6,500 less"


def test_a_reference_decides_between_two_awards() -> None:
    flows = flow("a", "286500"), flow("b", "300000", document="two.md")
    found = matched([record("1000", words="Safe and Together PCD 1461"), record("1000", date="2023-07-01")], *flows)
    assert grounds(found, "b") == [("1000", Ground.REFERENCE)]
    assert "iri:a" not in found.by_flow
    assert len(found.open) == 1, "without a reference, both would do"


def test_an_equal_sum_decides_between_two_awards_and_is_taken_once() -> None:
    flows = flow("a", "1000"), flow("b", "2000", document="two.md")
    found = matched([record("2000"), record("2000", date="2024-01-09")], *flows)
    assert grounds(found, "b")[0] == ("2000", Ground.SUM)


def test_of_two_equal_sums_none_is_taken() -> None:
    found = matched([record("1000")], flow("a", "1000"), flow("b", "1000", document="two.md"))
    assert not found.by_flow and len(found.open) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"payee": CHARITY},
        {"payee": None},
        {"payer": CHARITY},
        {"years": ("2019/20",)},
        {"years": ()},
    ],
)
def test_what_differs_in_payer_payee_or_years_is_left_alone(other: dict[str, object]) -> None:
    found = matched([record("500", **other)], flow("a", "1000"))  # type: ignore[arg-type]
    assert not found.by_flow and not found.open and len(found.alone) == 1


def test_a_payment_above_the_award_is_not_of_it_unless_it_names_it() -> None:
    assert not matched([record("1001")], flow("a", "1000")).by_flow
    found = matched([record("1001", words="under PCD 1460")], flow("a", "1000"))
    assert beside(Decimal(1000), found.by_flow["iri:a"]) == "approved £1,000; published as paid £1,001, £1 more"


@pytest.mark.parametrize(("amount", "fits"), [("950", True), ("500", False)])
def test_a_grant_is_no_instalment(amount: str, fits: bool) -> None:
    found = matched([record(amount, kind=PublishedKind.GRANT, id="360G-1")], flow("a", "1000"))
    assert bool(found.by_flow) is fits


def test_only_approved_awards_of_decisions_are_matched() -> None:
    heads = {**HEADS, "list.csv": head("list.csv", record_type=PAYMENTS)}
    flows = flow("a", "1000", status=FlowStatus.PROPOSED), flow("b", "1000", document="list.csv")
    assert not match_published([record("1000")], flows, heads).by_flow


def test_a_record_that_two_files_state_is_one() -> None:
    twice = [record("1000", kind=PublishedKind.CONTRACT, id="ocds-1/1") for _ in range(2)]
    found = matched(twice, flow("a", "1000"))
    assert len(found.by_flow["iri:a"]) == 1
    assert (
        beside(Decimal(1000), found.by_flow["iri:a"]) == "approved £1,000; published as a contract £1,000, the same sum"
    )


def test_grants_contracts_and_payments_are_said_apart() -> None:
    records = [
        record("1000", kind=kind, id=kind if kind is not PublishedKind.PAYMENT else "") for kind in PublishedKind
    ]
    said = beside(Decimal(1000), matched(records, flow("a", "1000")).by_flow["iri:a"])
    assert said.count("the same sum") == 3


payees = st.sampled_from([COUNCIL, CHARITY])
sums = st.integers(1, 4).map(lambda n: f"{n * 500}")
spans = st.sampled_from([(), ("2023/24",), ("2022/23", "2023/24")])


@given(
    st.lists(st.tuples(sums, payees, spans, st.sampled_from(["", "PCD 1460"])), max_size=6),
    st.lists(st.tuples(sums, payees, spans, st.sampled_from(["one.md", "two.md"])), max_size=5),
)
def test_every_record_is_in_one_place(
    published: list[tuple[str, Entity, tuple[str, ...], str]], approved: list[tuple[str, Entity, tuple[str, ...], str]]
) -> None:
    records = [
        record(amount, payee, years=years, words=words, id=str(number))
        for number, (amount, payee, years, words) in enumerate(published)
    ]
    flows = [
        flow(str(n), amount, payee, years=years, document=at) for n, (amount, payee, years, at) in enumerate(approved)
    ]
    found = match_published(records, flows, HEADS)
    placed = [match.record for each in found.by_flow.values() for match in each] + [*found.open, *found.alone]
    assert sorted(each.id for each in placed) == sorted(each.id for each in records)
    assert match_published(records[::-1], flows, HEADS) == found, "the order of the files makes no difference"


def test_an_organisation_of_another_kind_is_no_party() -> None:
    place = Entity("council", "Council", EntityKind.PLACE)
    assert not matched([record("1000", None)], flow("a", "1000", place)).by_flow
