"""360Giving, OCDS and spending lists as files of published records, kept in the workspace."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableDocument
from graph.published.record import PublishedKind, PublishedRecord
from graph.settings import Settings
from ingest.origin import Origin, beside, written
from ingest.published.files import add_published, drop_published, held_published, read_published

SETTINGS = Settings()
MOPAC, SAFELIVES = "Mayor's Office for Policing and Crime", "SafeLives"

GRANT: dict[str, Any] = {
    "id": "360G-mopac-1", "title": "Drive in London", "description": "Under PCD 1460", "currency": "GBP",
    "amountAwarded": 286500.00, "awardDate": "2023-07-06T00:00:00Z",
    "plannedDates": [{"startDate": "2023-04-01", "endDate": "2025-03-31"}],
    "fundingOrganization": [{"id": "GB-X-1", "name": MOPAC}],
    "recipientOrganization": [{"id": "GB-X-2", "name": SAFELIVES}],
}  # fmt: skip
RELEASE: dict[str, Any] = {
    "ocid": "ocds-b5fd17-1", "id": "1", "date": "2023-08-01T00:00:00Z", "tag": ["award"],
    "buyer": {"id": "buyer-1", "name": MOPAC},
    "parties": [{"id": "s-1", "name": SAFELIVES, "roles": ["supplier"]}],
    "tender": {"id": "t", "title": "Victims' advocates", "description": "A service for victims, PCD 1461"},
    "awards": [{
        "id": "1", "status": "active", "date": "2023-07-20T00:00:00Z", "value": {"amount": 90000, "currency": "GBP"},
        "suppliers": [{"id": "s-1"}], "contractPeriod": {"startDate": "2023-09-01", "endDate": "2024-03-31"},
    }],
}  # fmt: skip
SPENDING = f"""Body Name,Payment Date,Supplier Name,Amount,Description,Transaction Number
{MOPAC},15/06/2023,SafeLives,"140,000.00",Drive PCD 1460,1001
{MOPAC},15/12/2023,SafeLives,"140,000.00",Drive PCD 1460,1002
"""


def read(values: object, name: str = "grants.json") -> tuple[PublishedRecord, ...]:
    return read_published(json.dumps(values).encode(), name, SETTINGS).records


def test_a_grant_of_360giving_is_read_whole() -> None:
    (grant,) = read({"grants": [GRANT]})
    assert (grant.kind, grant.id, grant.amount, grant.date) == (
        PublishedKind.GRANT, "360G-mopac-1", Decimal("286500.0"), "2023-07-06",
    )  # fmt: skip
    assert (grant.payer_id, grant.payee_id) == ("mopac", "safelives")
    assert grant.years == ("2023/24", "2024/25") and "PCD 1460" in grant.words


def test_what_was_paid_of_a_grant_is_a_payment() -> None:
    kinds = {each.kind: each.amount for each in read({"grants": [{**GRANT, "amountDisbursed": 280000}]})}
    assert kinds == {PublishedKind.GRANT: Decimal("286500.0"), PublishedKind.PAYMENT: Decimal(280000)}


@pytest.mark.parametrize(
    "package",
    [{"releases": [RELEASE]}, {"records": [{"compiledRelease": RELEASE}]}, {"records": [{"releases": [RELEASE]}]},
     RELEASE, [RELEASE]],
)  # fmt: skip
def test_a_contract_is_read_out_of_every_sort_of_package(package: object) -> None:
    (contract,) = read(package, "contracts.json")
    assert (contract.kind, contract.id) == (PublishedKind.CONTRACT, "ocds-b5fd17-1/1")
    assert (contract.payer_id, contract.payee_id, contract.amount) == ("mopac", "safelives", Decimal(90000))
    assert (contract.years, contract.date) == (("2023/24",), "2023-07-20")
    assert "PCD 1461" in contract.words
    assert contract.period == "2023-09-01/2024-03-31"


def test_of_several_releases_the_latest_counts_and_a_signed_contract_wins_over_its_award() -> None:
    signed = {**RELEASE, "date": "2023-09-01T00:00:00Z", "contracts": [
        {"id": "c", "awardID": "1", "dateSigned": "2023-08-30", "value": {"amount": 95000.5, "currency": "GBP"}},
    ]}  # fmt: skip
    (contract,) = read({"releases": [signed, RELEASE]})
    assert (contract.amount, contract.date) == (Decimal("95000.5"), "2023-08-30")


def test_what_was_not_awarded_or_has_no_sum_is_left_out() -> None:
    award = RELEASE["awards"][0]
    for other in ({"status": "cancelled"}, {"status": "pending"}, {"value": {}}):
        with pytest.raises(UnreadableDocument):
            read({"releases": [{**RELEASE, "awards": [{**award, **other}]}]})


def test_several_suppliers_are_named_and_stand_for_none() -> None:
    award = {**RELEASE["awards"][0], "suppliers": [{"name": "A Ltd"}, {"name": "B Ltd"}]}
    (contract,) = read({"releases": [{**RELEASE, "awards": [award]}]})
    assert (contract.payee, contract.payee_id) == ("A Ltd; B Ltd", "")


def test_spending_is_read_as_payments() -> None:
    found = read_published(SPENDING.encode(), "spending.csv", SETTINGS).records
    assert [(each.kind, each.amount, each.date, each.payee_id) for each in found] == [
        (PublishedKind.PAYMENT, Decimal("140000.00"), "2023-06-15", "safelives"),
        (PublishedKind.PAYMENT, Decimal("140000.00"), "2023-12-15", "safelives"),
    ]
    assert found[0].payer_id == "mopac" and found[0].years == ("2023/24",)


def test_360giving_as_a_table_is_read_as_grants() -> None:
    table = (
        "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Funding Org:Name\n"
        f"360G-1,Drive,GBP,1000,2023-07-06,SafeLives,{MOPAC}\n"
    )
    (grant,) = read_published(table.encode(), "grants.csv", SETTINGS).records
    assert (grant.kind, grant.amount, grant.payee_id) == (PublishedKind.GRANT, Decimal(1000), "safelives")


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"{", "a.json"), (b"[]", "a.json"), (b'{"grants": []}', "a.json"), (b'{"a": 1}', "a.json"),
     (b"\xff\xfe", "a.json"), (b"[" * 100_000, "a.json"),
     (b"a,b\n1,2\n", "a.csv"), (b"%PDF-1.4", "a.pdf"), (b"words", "a.md")],
)  # fmt: skip
def test_what_is_no_published_data_is_refused_in_a_line(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableDocument, match=name.replace(".", r"\.")):
        read_published(data, name, SETTINGS)


FIELDS = st.sampled_from([*GRANT, *RELEASE, "name", "value"])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "2023-04-01", "1e999", "NaN"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*GRANT, *RELEASE]), values, max_size=6),
    st.sampled_from(["grants", "releases", "records"]),
)
def test_any_json_is_read_or_refused(odd: dict[str, Any], package: str) -> None:
    try:
        found = read({package: [{**GRANT, **RELEASE, **odd}, odd]})
    except UnreadableDocument:
        return
    assert all(each.amount.is_finite() for each in found)


def test_files_are_kept_replaced_and_set_aside(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "workspace")
    file = tmp_path / "spending.csv"
    file.write_text(SPENDING, encoding="utf-8")
    beside(file).write_bytes(written(Origin("https://a.org/s.csv", _digest(file), "2026")))
    read_files, faults = add_published([file, tmp_path / "none.csv"], settings)
    assert [len(each.records) for each in read_files] == [2]
    assert len(faults) == 1 and "none.csv" in faults[0]
    assert held_published(settings) == read_files
    assert read_files[0].records[0].address == "https://a.org/s.csv"
    file.write_text(SPENDING.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    add_published([file], settings)
    assert [len(each.records) for each in held_published(settings)] == [1]
    aside = drop_published("spending.csv", settings)
    assert aside.read_bytes() == file.read_bytes()
    assert held_published(settings) == []
    with pytest.raises(UnreadableDocument, match="no published file"):
        drop_published("spending.csv", settings)


def test_damaged_records_are_read_again_from_their_file(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path)
    file = tmp_path / "grants.json"
    file.write_text(json.dumps({"grants": [GRANT]}), encoding="utf-8")
    read_files, _ = add_published([file], settings)
    (tmp_path / "published" / "grants.json.records.json").write_bytes(b"{")
    assert held_published(settings) == read_files


def _digest(file: Path) -> str:
    from hashlib import sha256

    return sha256(file.read_bytes()).hexdigest()
