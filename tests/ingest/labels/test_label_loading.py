"""A folder of labels: what is read, and how each fault is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from label_folders import DECISION, FLOW, SOURCE, SPLIT, body_key, read_folder, write_folder

from graph.errors import InvalidReference
from graph.settings import Settings
from ingest.labels.loading import load_labels
from ingest.labels.records import Form, Group
from ingest.labels.tables import Faults, read_table, write_table


def test_a_document_has_its_rows_its_form_and_its_body(tmp_path: Path) -> None:
    labels, faults = read_folder(write_folder(tmp_path))
    assert not faults.found
    (document,) = labels.documents
    assert (document.key, document.body, document.form, document.group) == ("one", "kent", Form.NOTICE, Group.LABELS)
    (row,) = document.rows
    assert row.amount == Decimal("5000.00")
    assert row.programme == ("Drive", "")
    assert row.years == (("2023/24",),)
    assert row.fund == ("",)


def test_years_of_a_row_have_alternatives(tmp_path: Path) -> None:
    years = [{"document": "one", "row": "1", "alternatives": "2022/23|2022/23-2024/25|"}]
    labels, faults = read_folder(write_folder(tmp_path, years=years))
    assert not faults.found
    assert labels.documents[0].rows[0].years == (
        ("2023/24",), ("2022/23",), ("2022/23", "2023/24", "2024/25"), (),
    )  # fmt: skip


def test_rows_without_numbers_are_numbered_and_years_count_over_the_whole_table(tmp_path: Path) -> None:
    write_folder(
        tmp_path,
        texts=("one.md", "two.md"),
        decisions=[DECISION, {**DECISION, "document": "two.md", "key": "two"}],
        sources=[SOURCE, {**SOURCE, "document": "two.md"}],
        years=[{"document": "two", "row": "3", "alternatives": "2024/25"}],
    )
    (tmp_path / "SPLITS.csv").unlink()
    header = "document,funder,recipient,amount,year,years,programme,place,fund,kind,status,required,where"
    lines = [
        f"{key},,,{amount}.00,2023/24,,,,,grant,approved,yes," for key, amount in (("one", 1), ("two", 2), ("two", 3))
    ]
    (tmp_path / "flows.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    labels, faults = read_folder(tmp_path)
    assert not faults.found
    one, two = labels.documents
    assert [row.row for row in (*one.rows, *two.rows)] == [1, 1, 2]
    assert two.rows[1].years == (("2023/24",), ("2024/25",))
    assert (two.body, two.form) == ("kent", Form.NEWS)


def test_a_table_is_written_without_formulas_and_read_back_as_it_was(tmp_path: Path) -> None:
    words = ["=1+1", "-2+3", "@SUM(A1)", "'= 900", "'Safer Streets' fund", "-5.00", "Drive", ""]
    rows = [{"document": "one", "subject": each, "relation": "leads", "object": each, "where": ""} for each in words]
    file = write_table(tmp_path, "facts", rows)
    assert [line.split(",")[1] for line in file.read_text(encoding="utf-8").splitlines()[1:]] == [
        "'=1+1", "'-2+3", "'@SUM(A1)", "''= 900", "''Safer Streets' fund", "-5.00", "Drive", "",
    ]  # fmt: skip
    faults = Faults()
    assert [line.values["object"] for line in read_table(tmp_path, "facts", faults)] == words
    assert not faults.found


FAULTS = {
    "amount": ({"flows": [{**FLOW, "amount": "5k"}]}, r"flows.csv, line 2: amount '5k' is not a number; write pounds"),
    "pennies": ({"flows": [{**FLOW, "amount": "5.001"}]}, "amount '5.001' is no sum of pounds and pence"),
    "kind": ({"flows": [{**FLOW, "kind": "grant|gift"}]}, r"kind 'gift' is not known; use one of: allocation"),
    "status": ({"flows": [{**FLOW, "status": ""}]}, "status '' is not known"),
    "required": ({"flows": [{**FLOW, "required": "no"}]}, "required 'no' is not known; use one of: optional, yes"),
    "year": ({"flows": [{**FLOW, "year": "2023/25"}]}, "'2023/25' is not a financial year such as 2023/24"),
    "span": ({"flows": [{**FLOW, "year": "", "years": "2023/24-2022/23"}]}, "does not end after it starts"),
    "both years": ({"flows": [{**FLOW, "years": "2023/24-2024/25"}]}, "has both a year and years; keep the one"),
    "same row": ({"flows": [FLOW, FLOW]}, "line 3: row 1 of 'one' stands already in line 2; number it anew"),
    "no number": ({"flows": [{**FLOW, "row": "a"}]}, "row 'a' is not a number from 1"),
    "unknown document": ({"flows": [{**FLOW, "document": "three"}]}, "'three' is not in decisions.csv; add it there"),
    "years of no row": (
        {"years": [{"document": "one", "row": "7", "alternatives": ""}]}, "row 7 of 'one' is not in flows.csv"
    ),
    "wrong alternative": (
        {"years": [{"document": "one", "row": "1", "alternatives": "2023"}]}, "'2023' is not a financial year"
    ),
    "no split": ({"SPLITS": [SPLIT, {**SPLIT, "document": "two"}]}, "'two' is not in"),
    "form": ({"SPLITS": [{**SPLIT, "form": "leaflet"}]}, "SPLITS.csv, line 2: form 'leaflet' is not known"),
    "group": ({"SPLITS": [{**SPLIT, "group": "others"}]}, "group 'others' is not known; use one of: labels, samples"),
    "no body": ({"SPLITS": [{**SPLIT, "body": ""}]}, "names no body; give its key"),
    "twice decided": ({"decisions": [DECISION, DECISION]}, "'one' stands already in line 2; keep one of them"),
    "no file": ({"decisions": [{**DECISION, "document": "one.pdf"}]}, "one.pdf is not there; add the document, or"),
    "no labels": ({"texts": ["one.md", "two.md"]}, "two.md: has no line in decisions.csv; add it there, or move"),
    "fact": ({"facts": [{"document": "one", "subject": "A", "object": "B"}]}, "has no relation; give it or remove"),
    "award": ({"awards": [{"document": "one", "kind": "grant", "status": "given"}]}, "status 'given' is not known"),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_says_where_what_and_what_to_do(
    tables: dict[str, list[dict[str, str]]], message: str, tmp_path: Path
) -> None:
    _, faults = read_folder(write_folder(tmp_path, **tables))  # type: ignore[arg-type]
    assert any(message in str(fault) for fault in faults.found), [str(fault) for fault in faults.found]


def test_a_document_that_no_split_names_is_a_fault(tmp_path: Path) -> None:
    two = {**DECISION, "document": "two.md", "key": "two"}
    _, faults = read_folder(write_folder(tmp_path, texts=("one.md", "two.md"), decisions=[DECISION, two]))
    assert ["'two' is not in SPLITS.csv" in str(fault) for fault in faults.found][:1] == [True]


def test_loading_raises_the_first_fault_and_counts_the_others(tmp_path: Path) -> None:
    bad = [{**FLOW, "amount": "?"}, {**FLOW, "row": "2", "amount": "?"}]
    write_folder(tmp_path, flows=bad)
    with pytest.raises(InvalidReference, match=r"line 2: amount '\?' is not a number.* And 1 more\."):
        load_labels(tmp_path, samples=tmp_path, body_key=body_key)


def test_a_folder_without_labels_says_what_it_lacks(tmp_path: Path) -> None:
    _, faults = read_folder(tmp_path)
    assert "decisions.csv: labels need this table" in str(faults.found[0])


def test_the_labels_of_the_project_hold() -> None:
    data = Settings().data
    labels = load_labels(data / "labels", samples=data / "decisions", body_key=body_key)
    assert len(labels.documents) >= 145
    assert len(labels.bodies) >= 20
