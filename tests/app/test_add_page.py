"""Adding documents: what was found is shown, set right, published, taken back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app import adding
from app.components import by_address
from app.viewmodels.intake import KEEP
from graph.builds.workspace import Workspace
from graph.corrections.file import corrections_file, read_corrections
from graph.model import Alternative, Award, Band, Doubt, FlowKind, FlowStatus, Unread
from graph.settings import Settings
from ingest import work
from ingest.fetch import for_review
from ingest.fetch.for_review import Fetched
from ingest.fetch.run import WrongWish
from ingest.origin import Origin
from ingest.work import Reading
from tests.app.conftest import SECOND
from tests.ingest.read_here import reading_here

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
    return settled(press(app, "Read them"))


def settled(app: AppTest) -> AppTest:
    """Return the page when its batch is no longer at work."""
    batch = adding._held()[app.session_state[adding.CURRENT]]
    batch.wait(60)
    return app.run()


def box(app: AppTest, label: str) -> Any:
    return next(each for each in app.text_input if each.label.startswith(label))


def test_a_document_is_read_corrected_published_and_taken_back(workspace: Path) -> None:
    before = Workspace(workspace).current().id
    app = with_file(opened(), "new.md", DECISION)
    shown = words(app)
    assert "£12,345" in shown and "SafeLives" in shown
    assert "<img" not in shown
    assert Workspace(workspace).current().id == before
    box(app, "Your name").set_value("A. Reader")
    box(app, "The right value").set_value("Respect")
    box(app, "Reason").set_value("the annex says so")
    app = press(app, "Set it right")
    assert "Recipient: SafeLives → Respect" in words(app)
    app = settled(press(app, "Publish 1 document"))
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


class NextYear(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(days=365)


def test_what_was_taken_back_is_no_news(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.publication.datetime", NextYear)
    app = with_file(opened(), "pcd-9002.md", SECOND.replace("£30,000", "£31,000"))
    app = settled(press(app, "Publish 1 document"))
    app = press(app, "Go back to the build before")
    app = settled(press(with_file(app, "new.md", DECISION), "Publish 1 document"))
    assert len(Workspace(workspace).builds()) == 3
    app.query_params["since"] = f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}"
    app.switch_page("views/new.py")
    shown = words(app.run())
    assert "1 decision new since" in shown and "PCD 9077" in shown and "with another text" not in shown


def test_a_decision_is_fetched_by_its_address_and_looked_over(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = DECISION.encode()
    origin = Origin("https://decisions.example/9077", sha256(data).hexdigest(), "2026-11-02T09:00:00+00:00")
    asked: list[tuple[str, bool]] = []

    def fetched(address: str, settings: Settings, *, linked: bool, tell: Callable[[str], None]) -> Fetched:
        asked.append((address, linked))
        return Fetched((("9077.md", data),), (origin,), ("1 paper could not be fetched",))

    monkeypatch.setattr(for_review, "fetch_for_review", fetched)
    app = opened()
    box(app, "Or the web address").set_value("https://decisions.example/9077")
    app = settled(press(app, "Fetch and read it"))
    assert asked == [("https://decisions.example/9077", False)]
    assert "£12,345" in words(app)
    assert adding._held()[app.session_state[adding.CURRENT]].found[0].origin == origin


def test_a_slow_site_holds_up_nothing_else(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()

    def fetched(address: str, settings: Settings, *, linked: bool, tell: Callable[[str], None]) -> Fetched:
        tell("one.md")
        goes_on.wait(30)
        return Fetched((), (), ("robots.txt keeps it out",))

    monkeypatch.setattr(for_review, "fetch_for_review", fetched)
    app = opened()
    box(app, "Or the web address").set_value("https://decisions.example/9077")
    app = press(app, "Fetch and read it")
    assert "Fetching, at the pace that the site allows" in words(app) and "1 file so far" in words(app)
    assert [button for button in app.button if button.label == "Read them"]
    goes_on.set()
    app.session_state[by_address.FETCHING].wait(5)
    assert "robots.txt keeps it out" in words(app.run())
    assert by_address.FETCHING not in app.session_state


def test_a_fetch_that_nobody_waits_for_any_more_is_forgotten(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(for_review, "fetch_for_review", lambda *given, **named: goes_on.wait(30))
    app = opened()
    box(app, "Or the web address").set_value("https://decisions.example/9077")
    app = press(press(app, "Fetch and read it"), "Do not wait for it")
    goes_on.set()
    assert "Fetching" not in words(app) and by_address.FETCHING not in app.session_state


def test_a_fetch_that_fails_says_why_where_it_was_asked_for(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*given: object, **named: object) -> Fetched:
        raise WrongWish("the site cannot be reached")

    monkeypatch.setattr(for_review, "fetch_for_review", fetched)
    app = opened()
    box(app, "Or the web address").set_value("https://decisions.example/9077")
    assert "the site cannot be reached" in words(press(app, "Fetch and read it"))


@pytest.mark.parametrize("given", ["", "/etc/passwd", "mopac"])
def test_what_is_no_web_address_is_refused_in_words(workspace: Path, given: str) -> None:
    app = opened()
    box(app, "Or the web address").set_value(given)
    assert "is no address that begins with http" in words(press(app, "Fetch and read it"))


def test_a_correction_without_a_reason_is_refused_in_words(workspace: Path) -> None:
    app = with_file(opened(), "new.md", DECISION)
    assert "the name is missing" in words(press(app, "Set it right"))


def test_a_file_that_cannot_be_read_is_told(workspace: Path) -> None:
    app = with_file(opened(), "bad.pdf", "no pdf at all")
    shown = words(app)
    assert "1 file cannot be added" in shown and "bad.pdf: " in shown
    assert not [button for button in app.button if button.label.startswith("Publish")]


def test_what_was_said_of_a_batch_is_there_when_its_page_is_opened_again(workspace: Path) -> None:
    app = with_file(opened(), "new.md", DECISION)
    next(each for each in app.checkbox if each.label == "Sum 1").uncheck().run()
    app.switch_page("views/checks.py")
    app.run()
    app.switch_page("views/add.py")
    app = app.run()
    assert "<s>£12,345 to SafeLives</s> Left out" in words(app)
    assert "write your name" in words(press(app, "Publish 1 document"))


def test_a_second_page_of_a_batch_puts_nothing_back(workspace: Path) -> None:
    first = with_file(opened(), "new.md", DECISION)
    second = opened()
    second.query_params[adding.PARAMETER] = first.session_state[adding.CURRENT]
    second = second.run()
    box(first, "Your name").set_value("A. Reader").run()
    next(each for each in first.checkbox if each.label == "Sum 1").uncheck().run()
    second = second.run()
    assert "<s>£12,345 to SafeLives</s> Left out" in words(second)
    assert not next(each for each in second.checkbox if each.label == "Sum 1").value
    assert box(second, "Your name").value == "A. Reader"
    assert "<s>£12,345 to SafeLives</s> Left out" in words(first.run())
    next(each for each in second.checkbox if each.label == "Sum 1").check().run()
    assert "<s>£12,345" not in words(first.run())


def test_what_a_new_name_stands_for_is_shown_as_another_page_of_the_batch_said_it(workspace: Path) -> None:
    app = with_file(opened(), "new.md", DECISION.replace("SafeLives", "Utterly New Shelter CIC"))
    review = adding._held()[app.session_state[adding.CURRENT]].review
    name = next(each for each in app.selectbox if each.label.startswith("What new name 1"))
    assert name.value == KEEP
    review.same_as["new-utterly-new-shelter-cic"] = "Refuge"
    app = app.run()
    name = next(each for each in app.selectbox if each.label.startswith("What new name 1"))
    assert name.value == "Refuge"
    name.set_value(KEEP).run()
    assert review.same_as == {}


def test_a_document_that_is_left_out_is_not_published(workspace: Path) -> None:
    app = with_file(opened(), "new.md", DECISION)
    app = next(each for each in app.checkbox if each.label == "Publish this document").uncheck().run()
    assert next(button for button in app.button if button.label == "Publish 0 documents").disabled
    app = press(app, "Leave all out")
    assert app.get("file_uploader")


def test_an_app_without_any_data_leads_to_adding_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "none"))
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    st.cache_resource.clear()
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert "Nothing is loaded yet" in words(app) and 'href="add"' in words(app)
    app.switch_page("views/add.py")
    app = settled(press(with_file(app.run(), "new.md", DECISION), "Publish 1 document"))
    assert "Published" in words(app)
    assert Workspace(tmp_path / "none").current().record("new.md") is not None


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
    box(app, "Your name").set_value("A. Reader")
    app = next(each for each in app.selectbox if each.label == "What is wrong").set_value("amount").run()
    box(app, "The right value").set_value("£31,000")
    box(app, "Reason").set_value("the annex <b>says</b> so")
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


def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every document be read with its recipient in doubt, an award beside, and two figures not read."""
    from ingest import intake

    def read_and_extract(*given: Any, **named: Any) -> Reading:
        reading = work.read_and_extract(*given, **named)
        record = reading.record
        refuge = Alternative("Women's Aid [East] *Ltd*", 0.22)
        doubt = Doubt("recipient", "SafeLives", 0.61, (refuge, Alternative("", 0.1)))
        large = replace(record.flows[0], id="large", amount=Decimal(99), band=Band.CHECK, doubts=(doubt,))
        sure = replace(record.flows[0], band=Band.SURE, doubts=())
        first = large.evidence[0]
        award = Award(
            id="bare", funder=large.funder, recipient=large.recipient, recipient_words="", years=(), programmes=(),
            place=None, fund=None, kind=FlowKind.GRANT, status=FlowStatus.APPROVED, evidence=(first,), confidence=0.9,
            purpose="a <b>warm</b> room", band=Band.LIKELY,
        )  # fmt: skip
        found = replace(record, flows=(sure, large), awards=(award,), unread=Unread(2, (first,)))
        return Reading(reading.document, found)

    monkeypatch.setattr(intake, "read_and_extract", read_and_extract)
    monkeypatch.setattr("ingest.batch.reading_process", reading_here)


def test_both_readings_are_shown_and_the_second_readers_is_one_click_away(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import intake

    hostile = "Refuge <b>& all</b>"

    def read_and_extract(*given: Any, **named: Any) -> Reading:
        reading = work.read_and_extract(*given, **named)
        others = (Alternative(hostile, 0.02, "second reader"), Alternative("", 0.3))
        doubt = Doubt("recipient", "SafeLives", 0.61, others)
        flow = replace(reading.record.flows[0], band=Band.CHECK, doubts=(doubt,))
        return Reading(reading.document, replace(reading.record, flows=(flow,)))

    monkeypatch.setattr(intake, "read_and_extract", read_and_extract)
    monkeypatch.setattr("ingest.batch.reading_process", reading_here)
    app = with_file(opened(), "new.md", DECISION)
    shown = words(app)
    assert "right about 6 times in 10; the second reader reads it as Refuge &lt;b&gt;&amp; all&lt;/b&gt;" in shown
    assert "It may also be: nobody named (about 3 in 10)" in shown
    assert "<b>&" not in shown
    box(app, "Your name").set_value("A. Reader")
    assert [label for label in labels(app) if label.startswith("Use Refuge")]


def test_the_page_says_what_leaves_the_machine(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing leaves this machine" in words(opened())
    monkeypatch.setenv("WHOFUNDS_SECOND_READER", "http://127.0.0.1:9/v1")
    st.cache_resource.clear()
    assert "are sent to http://127.0.0.1:9." in words(opened())


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_a_doubtful_part_is_settled_with_one_click_and_the_money_not_sure_comes_first(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful(monkeypatch)
    app = with_file(opened(), "new.md", DECISION)
    shown = words(app)
    assert shown.index("<strong>£99 to SafeLives") < shown.index("<strong>£12,345 to SafeLives")
    assert "To be checked" in shown and "£99 of the money in it" in shown
    assert "Who receives it: SafeLives, right about 6 times in 10" in shown
    assert "It may also be: Women&#x27;s Aid [East] *Ltd* (about 2 in 10), nobody named (about 1 in 10)" in shown
    assert "2 figures were not read; the first:" in shown
    assert "SafeLives, no sum printed" in shown and "<b>warm" not in shown
    box(app, "Your name").set_value("A. Reader")
    app = press(app, "Use Women's Aid \\[East\\] \\*Ltd\\* instead")
    assert "You chose: Women&#x27;s Aid [East] *Ltd*" in words(app)
    assert "Corrected; read as £99 to SafeLives" in words(app)
    app = press(app, "Take this back")
    app = press(app, "It is right as read")
    assert "Said to be right as it was read" in words(app)
    app = settled(press(app, "Publish 1 document"))
    record = Workspace(workspace).current().record("new.md")
    assert record is not None
    flow = next(flow for flow in record.flows if flow.amount == 99)
    assert (flow.recipient and flow.recipient.name, flow.band, flow.doubts) == ("SafeLives", Band.SURE, ())
    app.query_params["document"] = "new.md"
    app.switch_page("views/decision.py")
    shown = words(app.run())
    assert "Named without a sum" in shown and "2 sums of money in this document led to nothing" in shown
    assert "Likely right" in shown


def test_a_runner_up_that_was_chosen_is_published(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful(monkeypatch)
    app = with_file(opened(), "new.md", DECISION)
    app = press(app, "Leave it open instead")
    assert "write your name" in words(press(app, "Publish 1 document"))
    box(app, "Your name").set_value("A. Reader")
    settled(press(app, "Publish 1 document"))
    record = Workspace(workspace).current().record("new.md")
    assert record is not None
    assert [flow.recipient for flow in record.flows if flow.amount == 99] == [None]
    (made,) = read_corrections(corrections_file(workspace))
    assert (made.who, made.why) == ("A. Reader", "chosen when the document was added")
