"""Roles hold at the server: a reader can do nothing by page, address or socket; sessions end, and never mix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.people.way_back import COOKIE
from graph.builds.workspace import Workspace
from graph.corrections.file import corrections_file, read_corrections
from tests.app.people.conftest import CROWD, Office
from tests.app.people.sockets import Browser, Socket

pytestmark = pytest.mark.xdist_group("people")
BACK = "Go back to the build before"
FILE = """# PCD 9077 Drive in Croydon

- Reference: PCD 9077
- Title: Drive in Croydon
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2024-07-06
- Record type: decision notice

## Recommendation
1. Approve a grant of £12,345 to SafeLives for Drive in Croydon in 2024/25.
"""


@pytest.fixture(autouse=True)
def let_in(office: Office) -> None:
    office.let_in()


def signed_in(office: Office, subject: str) -> Browser:
    browser = Browser(office.address)
    browser.sign_in(subject)
    return browser


@pytest.fixture(scope="module")
def people(office: Office) -> dict[str, Browser]:
    office.let_in()
    return {subject: signed_in(office, subject) for subject in ("rita", "ed", "pia")}


@pytest.fixture
def rita(people: dict[str, Browser]) -> Iterator[Socket]:
    with people["rita"].socket() as socket:
        yield socket


@pytest.fixture
def ed(people: dict[str, Browser]) -> Iterator[Socket]:
    with people["ed"].socket() as socket:
        yield socket


@pytest.fixture
def pia(people: dict[str, Browser]) -> Iterator[Socket]:
    with people["pia"].socket() as socket:
        yield socket


def logged(office: Office, event: str) -> list[dict[str, Any]]:
    lines = (office.workspace / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry for entry in map(json.loads, lines) if entry["event"] == event]


def state_of(office: Office) -> tuple[Any, ...]:
    """What nobody without the role may change: the current build, all builds, corrections."""
    workspace = Workspace(office.workspace)
    corrections = read_corrections(corrections_file(office.workspace))
    return workspace.current_id(), [build.id for build in workspace.builds()], corrections


def correction_sent(socket: Socket) -> dict[str, dict[str, Any]]:
    """Return the widgets of the form that puts two names together, filled in and sent, as an editor's page has it."""
    socket.open("corrections")
    return {
        socket.id_of("This name"): {"string_value": "SafeLives"},
        socket.id_of("is the same as"): {"string_value": "Rise Mutual CIC"},
        socket.id_of("corrections:same:why"): {"string_value": "a test"},
        socket.id_of("Put together"): {"trigger_value": True},
    }


def test_who_is_not_signed_in_sees_the_page_to_sign_in_and_nothing_else(office: Office) -> None:
    with Browser(office.address).socket() as socket:
        for page in ("", "add", "corrections", "decisions", "method", "programme"):
            shown = socket.open(page, "id=drive").words()
            assert "Sign in" in shown
            assert not [word for word in ("Drive", "£", "Corrections", "Method") if word in shown]


def test_a_signed_in_person_stands_on_the_page_with_the_role(rita: Socket, ed: Socket, pia: Socket) -> None:
    assert "Signed in as rita@office.example (Rita Read), reader" in rita.open().words()
    assert "Signed in as ed@office.example (Ed Itor), editor" in ed.open().words()
    assert "Signed in as pia@office.example (Pia Press), publisher" in pia.open().words()


@pytest.mark.parametrize(("subject", "said"), [("eve", "no role here"), ("sly", "does not vouch for the address")])
def test_who_is_on_no_list_or_not_vouched_for_sees_nothing(office: Office, subject: str, said: str) -> None:
    with signed_in(office, subject).socket() as socket:
        shown = socket.open("decisions").words()
        assert said in shown and "Drive" not in shown


def test_a_reader_sees_neither_forms_nor_buttons_that_change_something(rita: Socket) -> None:
    assert "Your role does not add documents" in rita.open("add").words()
    assert BACK not in rita.words() and "file_uploader" not in rita.words()
    shown = rita.open("corrections").words()
    assert "Editors set figures right" in shown and "Put together" not in shown
    assert "Set a sum right" not in rita.open("decision", "document=pcd-9001.md").words()


def test_a_reader_cannot_correct_with_an_editors_own_message(office: Office, rita: Socket, ed: Socket) -> None:
    sent = correction_sent(ed)
    before = state_of(office)
    for page in ("corrections", "add", ""):
        rita.open(page)
        rita.set(sent)
    assert state_of(office) == before


def test_a_reader_and_an_editor_cannot_go_back_with_a_publishers_own_message(
    office: Office, rita: Socket, ed: Socket, pia: Socket
) -> None:
    ed.set(correction_sent(ed))
    button = pia.open("add").id_of(BACK)
    before = state_of(office)
    for socket in (rita, ed):
        socket.open("add").press_id(button)
        assert BACK not in socket.words()
    assert state_of(office) == before
    pia.press_id(button)
    assert state_of(office) != before
    assert logged(office, "roll-back")[-1]["who"] == "pia@office.example (Pia Press)"


def test_a_correction_is_made_in_the_name_of_who_is_signed_in(office: Office, ed: Socket) -> None:
    sent = correction_sent(ed)
    assert "Your name" not in ed.words()
    ed.set(sent)
    made = read_corrections(corrections_file(office.workspace))[-1]
    assert made.who == "ed@office.example (Ed Itor)"
    build = Workspace(office.workspace).current()
    assert build.manifest.who == "ed@office.example (Ed Itor)"
    assert logged(office, "correction")[-1] == {
        **logged(office, "correction")[-1], "who": made.who, "correction": made.id, "build": build.id,
    }  # fmt: skip


def test_an_editor_whose_role_is_taken_away_cannot_press_what_is_still_drawn(office: Office, ed: Socket) -> None:
    sent = correction_sent(ed)
    before = state_of(office)
    office.let_in(editors="[]")
    ed.set(sent)
    assert "reader" in ed.words()
    assert state_of(office) == before


def uploaded(browser: Browser, socket: Socket, name: str) -> dict[str, dict[str, Any]]:
    """Send a file as the page does, and return the widgets of the form that reads it."""
    urls = socket.upload_place(name)
    body = b'--part\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n--part--\r\n' % (
        name.encode(), FILE.encode(),
    )  # fmt: skip
    status, said = browser.ask(
        urls.upload_url.lstrip("/"), body, "PUT",
        **{
            "Content-Type": "multipart/form-data; boundary=part",
            "X-Xsrftoken": browser.cookie("_streamlit_xsrf"),
        },
    )  # fmt: skip
    if status != 204:
        raise PermissionError(f"{status} {said}")
    file = {"file_id": urls.file_id, "name": name, "size": len(FILE), "file_urls": urls}
    return {
        _uploader(socket): {"file_uploader_state_value": {"uploaded_file_info": [file]}},
        socket.id_of("Read them"): {"trigger_value": True},
    }


def _uploader(socket: Socket) -> str:
    return next(str(each.file_uploader.id) for each in socket.elements() if each.WhichOneof("type") == "file_uploader")


def test_a_reader_cannot_send_a_file(office: Office, people: dict[str, Browser], rita: Socket) -> None:
    rita.open("add")
    with pytest.raises(PermissionError, match="403 Not your role"):
        uploaded(people["rita"], rita, "x.md")
    assert "sending a file" in logged(office, "refusal")[-1]["what"]


def test_an_editor_prepares_a_publisher_publishes_and_nobody_else_sees_it(
    office: Office, people: dict[str, Browser], rita: Socket, ed: Socket, pia: Socket
) -> None:
    ed.open("add")
    ed.set(uploaded(people["ed"], ed, "pcd-9077.md"))
    batch = ed.address.partition("batch=")[2]
    ed.open_until("12,345", "add")
    assert "A publisher publishes them" in ed.words()
    assert "Publish 1 document" not in ed.words()
    assert "12,345" not in rita.open("add", f"batch={batch}").words()
    shown = pia.open("add", f"batch={batch}").words()
    assert "12,345" in shown and "Publish 1 document" in shown
    publish, before = pia.id_of("add:publish"), state_of(office)
    for socket in (rita, ed):
        socket.open("add", f"batch={batch}").press_id(publish)
    assert state_of(office) == before
    pia.press_id(publish)
    pia.open_until("Add more documents", "add", f"batch={batch}")
    build = Workspace(office.workspace).current()
    assert build.manifest.entry("pcd-9077.md") and build.manifest.who == "pia@office.example (Pia Press)"
    assert logged(office, "addition")[-1]["names"] == ["pcd-9077.md"]


def test_a_reader_takes_data_away_which_is_written_down_and_no_stranger_fetches_it(
    office: Office, people: dict[str, Browser], rita: Socket
) -> None:
    place = rita.open("method").made_file("CSV").lstrip("/")
    status, text = people["rita"].ask(place)
    assert status == 200 and "SafeLives" in text
    assert Browser(office.address).ask(place)[0] == 403
    assert logged(office, "export")[-1]["who"] == "rita@office.example (Rita Read)"
    assert logged(office, "export")[-1]["what"] == "all as csv"


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"])
def test_no_message_that_touches_all_sessions_gets_through(office: Office, rita: Socket, kind: str) -> None:
    rita.open()
    rita.kinds_until_heartbeat()
    message = BackMsg()
    setattr(message, kind, True)
    rita.send(message)
    assert not rita.kinds_until_heartbeat() & {"session_status_changed", "git_info_changed", "new_session"}
    assert "rita@office.example" in rita.open("decisions").words()


def test_a_session_ends_after_its_hours_on_every_page_and_socket(
    office: Office, people: dict[str, Browser], pia: Socket
) -> None:
    button, before = pia.open("add").id_of(BACK), state_of(office)
    office.let_in(hours=0.0000001)
    shown = pia.press_id(button).words()
    assert "Your session has ended" in shown and BACK not in shown
    assert "Drive" not in pia.open("decisions").words()
    assert state_of(office) == before
    assert people["pia"].ask("media/0123.csv")[0] == 403


def test_signing_out_ends_the_session_for_every_tab_and_for_a_copy_of_its_cookie(office: Office) -> None:
    browser = signed_in(office, "pia")
    copy = Browser(office.address)
    for cookie in browser.jar:
        copy.jar.set_cookie(cookie)
    with browser.socket() as first, browser.socket() as second, copy.socket() as third:
        for socket in (first, second, third):
            assert "Signed in as pia" in socket.open("add").words()
        button, before = second.id_of(BACK), state_of(office)
        way = first.press("people-sign-out").way
        assert way.endswith("auth/logout")
        browser.ask(way.lstrip("/"))
        assert not browser.cookie("_streamlit_user")
        assert "session has ended" in second.press_id(button).words()
        assert "session has ended" in third.open("decisions").words()
        assert state_of(office) == before
    assert logged(office, "sign-out")[-1]["who"] == "pia@office.example (Pia Press)"
    with copy.socket() as later:
        assert "session has ended" in later.open("decisions").words()


def test_sign_ins_stand_in_the_log_and_no_question_does(office: Office, rita: Socket) -> None:
    rita.open("", "q=who funds Drive")
    assert {"rita@office.example (Rita Read)", "pia@office.example (Pia Press)"} <= {
        each["who"] for each in logged(office, "sign-in")
    }
    assert logged(office, "question") == []
    assert "who funds" not in (office.workspace / "audit.jsonl").read_text()


def test_a_cookie_that_somebody_made_opens_nothing(office: Office, people: dict[str, Browser]) -> None:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    origin = office.address.rstrip("/")
    claims = json.dumps({"is_logged_in": True, "email": "pia@office.example", "email_verified": True, "iat": 2e9,
                         "origin": origin})  # fmt: skip
    forged = Browser(office.address)
    for cookie in people["pia"].jar:
        forged.jar.set_cookie(cookie)
        if cookie.name == "_streamlit_user":
            cookie.value, kept = create_signed_value("f" * 32, cookie.name, claims).decode(), cookie.value
            try:
                with forged.socket() as socket:
                    assert "Drive" not in socket.open("decisions").words()
                assert forged.ask("media/0123.csv")[0] == 403
            finally:
                cookie.value = kept


def test_a_page_of_another_site_is_not_signed_in(office: Office, people: dict[str, Browser]) -> None:
    from websockets.exceptions import WebSocketException

    try:
        with people["pia"].socket(origin="http://evil.example") as socket:
            assert "Drive" not in socket.open("decisions").words()
    except WebSocketException:
        pass  # the server did not open the socket at all


def test_a_session_is_not_taken_over_by_its_id(people: dict[str, Browser], pia: Socket) -> None:
    pia.open("decisions")
    with people["rita"].socket(session=pia.session) as taken:
        shown = taken.open("add").words()
        assert taken.session and taken.session != pia.session
        assert "rita@office.example" in shown and "pia@office.example" not in shown
    assert "Signed in as pia" in pia.open().words()


def test_twenty_at_once_never_mix(office: Office) -> None:
    with ThreadPoolExecutor(4) as pool:  # the provider is one process, and its door is narrow
        browsers = list(pool.map(lambda number: signed_in(office, f"u{number}"), range(CROWD)))

    def visit(number: int) -> list[str]:
        browser = browsers[number]
        told = []
        with browser.socket() as socket:
            for turn in range(3):
                socket.open("", f"q=word{number}x{turn}y funds Drive")
                told.append(socket.words())
            told.append(socket.open("").words())
        return told

    with ThreadPoolExecutor(CROWD) as pool:
        shown = list(pool.map(visit, range(CROWD)))
    for number, pages in enumerate(shown):
        for page in pages:
            assert f"u{number}x@crowd.example" in page
            for other in range(CROWD):
                assert other == number or not {f"u{other}x@", f"Nr{other}x", f"word{other}x"} & set(_marks(page))
        assert f"word{number}x1y" in pages[-1]  # its own questions are still there
    signed = [each["who"] for each in logged(office, "sign-in")]
    assert all(signed.count(f"u{number}x@crowd.example (Crowd Nr{number}x)") == 1 for number in range(CROWD))


def _marks(page: str) -> list[str]:
    import re

    return re.findall(r"u\d+x@|Nr\d+x|word\d+x", page)


def test_a_page_that_was_opened_before_signing_in_is_gone_back_to(office: Office) -> None:
    browser = Browser(office.address)
    page = "decision?document=pcd-9002.md"
    assert browser.ask(page)[0] == 200
    browser.sign_in("rita")
    assert browser.at == office.address + page
    assert browser.cookie(COOKIE) == ""
    browser.ask("decisions")
    assert browser.cookie(COOKIE) == ""
