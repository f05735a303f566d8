"""Adding documents: what was found is shown, set right, published, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.builds.workspace import Workspace
from graph.corrections.file import corrections_file, read_corrections

MAIN = Path(__file__).resolve().parent.parent.parent / "app" / "main.py"
pytestmark = pytest.mark.xdist_group("pages")
DECISION = """# PCD 9077 Drive in Croydon

- Reference: PCD 9077
- Title: Drive <img src=x onerror=alert(1)> in Croydon
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2024-07-06
- Record type: decision notice

## Recommendation
1. Approve a grant of £12,345 to SafeLives for Drive in Croydon in 2024/25.
"""


@pytest.fixture
def workspace(small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    st.cache_resource.clear()
    st.cache_data.clear()
    return tmp_path / "workspace"


def opened() -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    app.switch_page("views/add.py")
    return app.run()


def words(app: AppTest) -> str:
    assert not app.exception, app.exception
    return " ".join(str(getattr(part, "body", "") or getattr(part.proto, "body", "")) for part in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def with_file(app: AppTest, name: str, text: str) -> AppTest:
    app.get("file_uploader")[0].upload(name, text.encode(), "text/markdown")
    return press(app, "Read them")


def test_a_document_is_read_corrected_published_and_taken_back(workspace: Path) -> None:
    before = Workspace(workspace).current().id
    app = with_file(opened(), "new.md", DECISION)
    shown = words(app)
    assert "£12,345" in shown and "SafeLives" in shown
    assert "<img" not in shown
    assert Workspace(workspace).current().id == before
    next(box for box in app.text_input if box.label.startswith("Your name")).set_value("A. Reader")
    next(box for box in app.text_input if box.label == "The right value").set_value("Respect")
    next(box for box in app.text_input if box.label == "Reason").set_value("the annex says so")
    app = press(app, "Set it right")
    assert "Recipient: SafeLives → Respect" in words(app)
    app = press(app, "Publish 1 document")
    assert "Published" in words(app)
    record = Workspace(workspace).current().record("new.md")
    assert record is not None and record.flows[0].recipient is not None
    assert record.flows[0].recipient.name == "Respect"
    assert [each.who for each in read_corrections(corrections_file(workspace))] == ["A. Reader"]
    app.query_params["document"] = "new.md"
    app.switch_page("views/decision.py")
    assert "Recipient corrected from SafeLives to Respect (A. Reader, " in words(app.run())
    app.switch_page("views/add.py")
    app = press(app.run(), "Go back to the build before")
    assert "Gone back" in words(app)
    assert Workspace(workspace).current().id == before


def test_a_correction_without_a_reason_is_refused_in_words(workspace: Path) -> None:
    app = with_file(opened(), "new.md", DECISION)
    assert "the name is missing" in words(press(app, "Set it right"))


def test_a_file_that_cannot_be_read_is_told(workspace: Path) -> None:
    app = with_file(opened(), "bad.pdf", "no pdf at all")
    assert "bad.pdf cannot be added" in words(app)
    assert next(button for button in app.button if button.label.startswith("Publish")).disabled


def test_a_read_only_app_adds_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOFUNDS_READ_ONLY", "1")
    app = opened()
    assert "Nothing can be added here" in words(app)
    assert not app.get("file_uploader")


def test_a_loaded_decision_is_set_right_and_the_correction_taken_back(workspace: Path) -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    app.query_params["document"] = "pcd-9002.md"
    app.switch_page("views/corrections.py")
    app = app.run()
    assert "There are none yet." in words(app)
    next(box for box in app.text_input if box.label.startswith("Your name")).set_value("A. Reader")
    next(box for box in app.selectbox if box.label == "What is wrong").set_value("amount")
    next(box for box in app.text_input if box.label == "The right value").set_value("£31,000")
    next(box for box in app.text_input if box.label == "Reason").set_value("the annex <b>says</b> so")
    app = press(app, "Set it right")
    shown = words(app)
    assert "Correction c1 is published" in shown and "£30,000 → £31,000" in shown and "In force" in shown
    assert "<b>says" not in shown
    record = Workspace(workspace).current().record("pcd-9002.md")
    assert record is not None and record.flows[0].amount == 31000
    next(box for box in app.text_input if box.key == "corrections:undo:why").set_value("a mistake")
    assert "Taken back" in words(press(app, "Take it back"))
    record = Workspace(workspace).current().record("pcd-9002.md")
    assert record is not None and record.flows[0].amount == 30000
