"""Signing in with a browser: from the button to the provider and back, what each role sees, and signing out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.settings import PROJECT
from tests.app.people.conftest import FILE, PEOPLE, SECRET, free_port
from tests.browser.conftest import PATIENCE, QUIET, _wait

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Yield the address of an OpenID provider with some people."""
    from oidc_provider_mock import User, run_server_in_thread

    users = [User(sub=sub, claims=dict(claims)) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=users, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def office(workspace: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app, served for people who sign in."""
    folder, port = tmp_path_factory.mktemp("signing"), free_port()
    address = f"http://localhost:{port}/"
    text = FILE.format(address=address, secret=SECRET, provider=provider, hours=8, editors='["whofunds-editors"]')
    (folder / "sign-in.toml").write_text(text, encoding="utf-8")
    environment = {
        **os.environ, "WHOFUNDS_WORKSPACE": str(workspace / "workspace"), "WHOFUNDS_SIGN_IN": "sign-in.toml",
        "WHOFUNDS_AUDIT_LOG": str(folder / "audit.jsonl"), "PYTHONPATH": str(PROJECT),
    }  # fmt: skip
    command = [sys.executable, "-m", "app.cli", "app", "--port", str(port), "--no-browser"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
        try:
            _wait(address, server, folder / "log")
            yield address
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def page(browser: Any, office: str) -> Iterator[Any]:
    """Yield a page of a browser that knows nobody yet; at its end the app may have caused no error in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    made = context.new_page()
    errors: list[str] = []

    def note(said: Any) -> None:
        if said.type == "error" and said.location["url"].startswith(office):  # the provider's pages are its own
            errors.append(f"{said.location['url']}: {said.text}")

    made.on("console", note)
    yield made
    context.close()
    assert errors == []


def settled(page: Any) -> Any:
    page.wait_for_selector("h1.wf")
    page.wait_for_function(QUIET)
    return page


def sign_in(page: Any, office: str, subject: str) -> None:
    """Press the button, say at the provider who it is, and come back."""
    page.goto(office)
    settled(page).get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize*")
    page.get_by_role("button", name=subject, exact=True).click()
    page.wait_for_url(f"{office}*")
    page.get_by_text("Signed in as").wait_for()
    settled(page)


def test_a_deep_link_shows_nothing_before_signing_in(page: Any, office: str) -> None:
    page.goto(f"{office}decision?document=mopac-pcd-1583.md")
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    assert "£" not in page.content() and page.get_by_role("link", name="Ask").count() == 0


def test_a_deep_link_is_opened_after_signing_in(page: Any, office: str) -> None:
    page.goto(f"{office}decision?document=mopac-pcd-1583.md")
    settled(page).get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize*")
    page.get_by_role("button", name="rita", exact=True).click()
    page.wait_for_url(f"{office}decision?document=mopac-pcd-1583.md")
    page.get_by_text("Signed in as").wait_for()
    assert "PCD 1583" in settled(page).locator("main, [data-testid=stMain]").first.inner_text()
    assert "whofunds-way-back" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_reader_signs_in_reads_and_signs_out(page: Any, office: str) -> None:
    sign_in(page, office, "rita")
    assert page.get_by_text("Signed in as rita@office.example (Rita Read), reader").count() == 1
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Corrections", exact=True).wait_for()
    assert page.get_by_role("menuitem", name="Add documents", exact=True).count() == 0
    page.goto(f"{office}?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.wait_for_selector("[data-status]")
    page.goto(f"{office}add")
    assert settled(page).get_by_text("Your role does not add documents").count() == 1
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session*")
    page.goto(office)
    assert settled(page).get_by_role("heading", level=1).inner_text() == "Sign in"
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_publisher_signs_in_and_has_every_button(page: Any, office: str) -> None:
    sign_in(page, office, "pia")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Add documents", exact=True).click()
    page.get_by_role("button", name="Read them").wait_for()
    page.goto(f"{office}corrections")
    page.get_by_role("button", name="Put together").wait_for()
    assert page.get_by_label("Your name").count() == 0


def test_who_has_no_role_is_told_so_and_can_sign_in_as_somebody_else(page: Any, office: str) -> None:
    page.goto(office)
    settled(page).get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize*")
    page.get_by_role("button", name="eve", exact=True).click()
    page.get_by_text("has no role here").wait_for()
    page.get_by_role("button", name="Sign in as somebody else").click()
    page.wait_for_url("**/oauth2/authorize*")
    page.get_by_role("button", name="ed", exact=True).first.click()
    page.get_by_text("Signed in as ed@office.example (Ed Itor), editor").wait_for()
