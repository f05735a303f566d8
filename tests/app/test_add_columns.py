"""A spreadsheet on the page Add documents: its columns are shown, one is set in a box, the file is read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app import adding
from app.viewmodels.column_mapping import ROLES, table_views, with_role
from graph.builds.workspace import Workspace
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.batch import Batch
from ingest.columns.flows import mapped_tables
from ingest.columns.kept import NAME, read_kept
from ingest.columns.mapping import Role
from ingest.readers import read_bytes
from tests.made_sheets import make_csv, make_xlsx

MAIN = Path(__file__).resolve().parent.parent.parent / "app" / "main.py"
HEADINGS = ("Date", "Supplier", "Theme", "Net")
ROWS = (("03/04/2024", "Victim Support", "Warmth", 1200.5), ("04/04/2024", "SafeLives", "Warmth", 700))
PAYMENTS = make_csv((("Norfolk Police and Crime Commissioner spend over £500",), (), HEADINGS, *ROWS))
UNCLEAR = make_csv((("Who", "Town", "How much"), ("Alpha Trust", "Norwich", 5), ("Beta Trust", "Thetford", 6)))


@pytest.fixture
def workspace(small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    st.cache_resource.clear()
    st.cache_data.clear()
    return tmp_path / "workspace"


def added(name: str, data: bytes) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    app.switch_page("views/add.py")
    app.run()
    app.get("file_uploader")[0].upload(name, data, "text/csv")
    next(button for button in app.button if button.label == "Read them").click().run()
    batch_of(app).wait(60)
    return app.run()


def batch_of(app: AppTest) -> Batch:
    return adding._held()[app.session_state[adding.CURRENT]]


def words(app: AppTest) -> str:
    assert not app.exception, app.exception
    return " ".join(str(getattr(part, "body", "") or getattr(part.proto, "body", "")) for part in app.get("html"))


def set_column(app: AppTest, label: str, role: Role) -> AppTest:
    box = next(each for each in app.selectbox if each.label == label)
    return box.select(role).run()


@pytest.mark.xdist_group("pages")
def test_a_column_is_set_right_the_file_read_again_and_the_setting_kept(workspace: Path) -> None:
    app = added("payments.csv", PAYMENTS)
    batch = batch_of(app)
    assert batch.found[0].record is not None
    assert {programme for flow in batch.found[0].record.flows for programme in flow.programmes} == set()
    assert "For example Victim Support; SafeLives. The heading is “supplier” (97% sure)." in words(app)
    app = set_column(app, "Theme is", Role.PROGRAMME)
    record = batch.found[0].record
    assert record is not None
    assert {programme.name for flow in record.flows for programme in flow.programmes} == {"Warmth"}
    assert "Set by a person (set by hand)." in words(app)
    assert not (workspace / NAME).exists()
    next(button for button in app.button if button.label == "Publish 1 document").click().run()
    batch.wait(60)
    app.run()
    assert batch.report is not None and not batch.fault
    assert [(each.document, each.columns) for each in read_kept(workspace)] == [
        ("payments.csv", (("Theme", Role.PROGRAMME),))
    ]
    assert "payments.csv" in {document.name for document in Workspace(workspace).current().manifest.documents}


@pytest.mark.xdist_group("pages")
def test_a_list_that_is_not_understood_can_be_told_its_columns(workspace: Path) -> None:
    app = added("unclear.csv", UNCLEAR)
    batch = batch_of(app)
    assert batch.found[0].record is None and "no decision recognised" in words(app)
    assert "No column says the sum." in words(app)
    app = set_column(app, "How much is", Role.AMOUNT)
    record = batch.found[0].record
    assert record is not None and [flow.amount for flow in record.flows] == [5, 6]
    assert "unclear.csv" in words(app)


def test_what_was_said_of_sums_that_are_others_now_is_forgotten(tmp_path: Path) -> None:
    batch = Batch([("payments.csv", PAYMENTS)], Settings(workspace=tmp_path / "workspace"))
    batch.wait(60)
    batch.review.set_sum("payments.csv", "flow", accepted=False)
    batch.review.set_sum("other.csv", "flow", accepted=False)
    batch.read_again("payments.csv", ())
    assert batch.review.sums_out == {("other.csv", "flow")}


def test_tables_with_the_same_headings_are_shown_and_set_together() -> None:
    names = NameIndex(load_registry(Settings().data / "registry"))
    document = read_bytes(make_xlsx({"April": (HEADINGS, *ROWS), "May": (HEADINGS, *ROWS)}), "a.xlsx")
    (view,) = table_views(mapped_tables(document, names))
    assert view.title == "April, row 1, and 1 more table: read as a list of payments"
    assert view.is_sure and view.missing == ""
    kept = with_role((), "a.xlsx", view, view.columns[3], Role.REQUESTED)
    kept = with_role(kept, "a.xlsx", view, view.columns[2], Role.FUND)
    (view,) = table_views(mapped_tables(document, names, kept))
    assert [column.role for column in view.columns[2:]] == [Role.FUND, Role.REQUESTED]
    assert view.missing == "No column says the sum."


def test_every_role_has_its_words() -> None:
    assert set(ROLES) == set(Role)
