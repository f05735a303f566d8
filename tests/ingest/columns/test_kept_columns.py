"""What a person says of columns: on the command line, kept in the workspace, found again by name and headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from list_records import csv_of, xlsx_of

from graph.errors import InvalidReference
from graph.settings import Settings
from ingest.columns.kept import (
    NAME,
    KeptMapping,
    UnknownColumn,
    chosen_roles,
    keep,
    kept_key,
    mappings_of_choice,
    parse_choice,
    read_kept,
    with_mappings,
)
from ingest.columns.mapping import Role
from ingest.versions import document_version

HEADINGS = ("Supplier Name", "Net", "Fund", "")
LIST = csv_of(HEADINGS, ("A Trust", 5, "x", "y"), ("B Trust", 6, "x", "z"))


def test_a_choice_names_headings_and_roles_and_nothing_ignores() -> None:
    assert parse_choice("Supplier=payee, Net = Amount,Fund=") == (
        ("Supplier", Role.PAYEE), ("Net", Role.AMOUNT), ("Fund", Role.IGNORED)
    )  # fmt: skip
    assert parse_choice('"Amount, net=amount",A=B=payee_id') == (
        ("Amount, net", Role.AMOUNT), ("A=B", Role.PAYEE_ID)
    )  # fmt: skip
    assert parse_choice("") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Supplier", "'Supplier' is not 'Heading=role'"),
        ("=payee", "is not 'Heading=role'"),
        ("Net=sum", "'sum' is no role"),
    ],
)
def test_a_choice_that_cannot_be_understood_says_what_can(text: str, says: str) -> None:
    with pytest.raises(UnknownColumn, match=says):
        parse_choice(text)


def test_a_column_is_meant_by_its_heading_its_beginning_or_its_place() -> None:
    (mapping,) = mappings_of_choice([LIST], parse_choice("supplier=payer,NET=amount,Column 4=purpose"))
    assert mapping.headings == HEADINGS
    assert mapping.columns == (("Supplier Name", Role.PAYER), ("Net", Role.AMOUNT), ("column 4", Role.PURPOSE))
    assert chosen_roles((mapping,), "list.csv", HEADINGS) == {0: Role.PAYER, 1: Role.AMOUNT, 3: Role.PURPOSE}


def test_a_column_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(UnknownColumn, match=r"list\.csv: no column 'Payee'; the columns are Supplier Name; Net; Fund"):
        mappings_of_choice([LIST], parse_choice("Payee=payee,Net=amount"))
    with pytest.raises(UnknownColumn, match="no spreadsheet"):
        mappings_of_choice([], parse_choice("Net=amount"))


def test_of_several_documents_each_keeps_the_columns_that_it_has() -> None:
    other = csv_of(("Recipient", "Award"), ("A Trust", 5), ("B Trust", 6), name="other.csv")
    found = mappings_of_choice([LIST, other], parse_choice("Fund=,Award=amount"))
    assert [(each.document, each.columns) for each in found] == [
        ("list.csv", (("Fund", Role.IGNORED),)),
        ("other.csv", (("Award", Role.AMOUNT),)),
    ]


def test_sheets_with_the_same_headings_are_set_together() -> None:
    rows = (("Supplier", "Net"), ("A Trust", 5), ("B Trust", 6))
    book = xlsx_of({"April": rows, "May": rows})
    assert len(mappings_of_choice([book], parse_choice("Net=amount"))) == 1


def test_mappings_survive_the_workspace_and_later_ones_win(tmp_path: Path) -> None:
    first, second = (mappings_of_choice([LIST], parse_choice(text)) for text in ("Fund=,Net=amount", "Fund=purpose"))
    keep(tmp_path, first)
    keep(tmp_path, second)
    kept = read_kept(tmp_path)
    assert chosen_roles(kept, "list.csv", HEADINGS) == {1: Role.AMOUNT, 2: Role.PURPOSE}
    assert chosen_roles(kept, "other.csv", HEADINGS) == {}
    assert chosen_roles(kept, "list.csv", HEADINGS[:2]) == {}
    assert (tmp_path / NAME).read_text(encoding="utf-8").startswith("# What the columns of spreadsheets hold")


_TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=8)


@given_settings(deadline=None)  # it writes files, and a busy disk is no fault
@given(st.lists(st.tuples(_TEXT, st.sampled_from(Role)), max_size=5, unique_by=lambda each: each[0]))
def test_any_mapping_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, columns: list) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("kept")
    mapping = KeptMapping("a b.csv", tuple(heading for heading, _ in columns), tuple(columns))
    keep(folder, [mapping])
    assert read_kept(folder) == (mapping,)


def test_one_entry_may_stand_for_every_month(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        "- document: payments-*.csv\n  headings: [Supplier, Net]\n  columns: {Net: amount, Supplier: payee}\n"
    )
    kept = read_kept(tmp_path)
    assert chosen_roles(kept, "payments-may.csv", ("supplier", "NET")) == {0: Role.PAYEE, 1: Role.AMOUNT}
    assert kept_key(kept, "payments-may.csv") and not kept_key(kept, "other.csv")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "not YAML"),
        ("a: b", "not a list"),
        ("- document: a\n", "entry 1: has to have document, headings and columns"),
        ("- {document: a, headings: x, columns: {}}", "headings is a list"),
        ("- {document: a, headings: [x], columns: {x: sum}}", "'sum' is no role"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises((InvalidReference, UnknownColumn), match=says):
        read_kept(tmp_path)


def test_only_documents_that_a_change_is_about_are_read_again(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path)
    before = {name: document_version(settings, name) for name in ("list.csv", "other.csv", "pcd.md")}
    keep(tmp_path, mappings_of_choice([LIST], parse_choice("Net=amount")))
    changed = {name for name, version in before.items() if document_version(settings, name) != version}
    assert changed == {"list.csv"}


def test_a_file_that_is_gone_is_read_from_the_copy_of_the_build(tmp_path: Path) -> None:
    kept = tmp_path / "builds" / "b1" / "kept" / NAME
    kept.parent.mkdir(parents=True)
    kept.write_text(with_mappings(tmp_path, mappings_of_choice([LIST], parse_choice("Net=amount"))))
    (tmp_path / "current").write_text("b1")
    assert chosen_roles(read_kept(tmp_path), "list.csv", HEADINGS) == {1: Role.AMOUNT}
    keep(tmp_path, mappings_of_choice([LIST], parse_choice("Fund=")))
    assert chosen_roles(read_kept(tmp_path), "list.csv", HEADINGS) == {1: Role.AMOUNT, 2: Role.IGNORED}
