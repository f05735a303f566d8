"""The entry point of the Streamlit app: the frame around every page, and what is shown if a page cannot be drawn."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from app import resources
from app.components import cards, page, repairing, signing
from app.links import page_link
from app.people.here import who
from app.people.roles import Person, Role, Stranger
from app.people.sign_in import SignInFault
from app.resources import ground
from app.resources.people import lost_work
from graph.errors import DamagedWorkspace, MissingWorkspace, WhofundsError
from graph.machine_faults import machine_fault

VIEWS = Path(__file__).resolve().parent / "views"
ICON = VIEWS.parent / "static" / "icon.png"
WORDMARK = VIEWS.parent / "static" / "wordmark.svg"
ADD = "add"  #: the page that needs no build: it makes the first
log = logging.getLogger(__name__)


def main() -> None:
    """Draw the frame and the page that the URL names."""
    person = _who()
    if isinstance(person, Stranger):  # without the pictures: files are for people who are signed in
        st.set_page_config(page_title="whofunds", layout="wide")
        st.navigation(pages(person), position="hidden")
        page.style()
        signing.draw_sign_in(person)
        return
    st.set_page_config(page_title="whofunds", page_icon=str(ICON), layout="wide")
    st.logo(str(WORDMARK), size="medium")
    chosen = st.navigation(pages(person), position="top")
    page.style()
    page.follow_links()
    signing.draw_person(person)
    repairing.draw_done()
    try:
        if chosen.url_path != ADD:
            _say_what_is_gone(ground().build.missing(), person)
        if person.role >= Role.EDITOR:
            _say_what_is_lost()
        chosen.run()
        page.foot()
    except MissingWorkspace:
        _nothing_loaded()
    except DamagedWorkspace as error:
        cards.title("The data cannot be opened")
        repairing.draw("Part of the current build is missing or damaged", [str(error)], shade="wf-bad")
        cards.note("whofunds repair makes it anew from what is whole, and loses nothing that people made.")
    except WhofundsError as error:
        cards.failed("This could not be done", error)
    except Exception as error:
        log.exception("page=%s failed", chosen.title)
        fault = machine_fault(error, resources.settings().workspace)
        if fault:
            cards.failed("The machine cannot do this now", fault)
            return
        cards.card(
            "Something went wrong on this page",
            "The fault is written in the log of the app, in the terminal where it was started. "
            "Other pages are not touched by it.",
            shade="wf-bad",
        )


def _who() -> Person | Stranger:
    try:
        return who()
    except SignInFault as error:
        log.error("%s", error)
        return Stranger("Sign-in is not set up right. Whoever runs this app finds the fault in its log.")


def _say_what_is_lost() -> None:
    """Show which files made by people are missing or damaged; copies in the build stay in force."""
    lost = lost_work()
    if lost:
        repairing.draw("Work of people is missing or damaged", lost, shade="wf-warning")


def _say_what_is_gone(missing: tuple[str, ...], person: Person) -> None:
    """Show that parts of the build are missing; people who can repair it also see which."""
    if not missing:
        return
    heading = "Part of the data is missing; what is shown does without it, as far as that goes"
    if person.role >= Role.EDITOR:
        repairing.draw(heading, missing, shade="wf-warning")
    else:
        cards.card(heading, "Whoever runs this app can have it repaired.", shade="wf-warning")


def _nothing_loaded() -> None:
    """Show how to begin: in the app if the person may add documents there, else in the terminal."""
    settings = resources.settings()
    cards.title("Nothing is loaded yet")
    cards.lead(
        "whofunds answers questions about who funds what from the decisions that it has read. It has read none so far."
    )
    if settings.read_only:
        cards.card("This app is read only", "Whoever runs it can load decisions: whofunds ingest FOLDER")
        return
    cards.card(
        "Add your own decisions",
        "Drop files in PDF, Word, web or text form. You see what was found before anything is published.",
        links=[(page_link(ADD), "Add documents")],
    )
    cards.card(
        "Or look at the sample decisions first",
        f"Stop the app, run these two lines in the terminal, and reload this page.\n"
        f"whofunds ingest data/decisions\nwhofunds app\nThe data folder is {settings.workspace.resolve()}",
    )


def pages(person: Person | Stranger) -> dict[str, list[st.Page]]:
    """Return the pages by section of the menu; pages of a single thing are hidden and reached by links.

    The menu leaves out pages that the person may not use; these pages check it too, as their addresses are no secret.
    """
    return {
        "": [
            _page("ask", "Ask", default=True),
            _page("programme", "Programmes"),
            _page("organisation", "Organisations"),
            _page("place", "Places"),
            _page("explore", "Explore"),
            _page("decisions", "Decisions"),
            _page("compare", "Compare"),
        ],
        "More": [
            _page("across", "Across commissioners"),
            _page("kind", "Kinds of programme"),
            _page("fund", "Funds"),
            _page("new", "New since"),
            _page("checks", "Checks"),
            _page("add", "Add documents", hidden=not (person.may(Role.EDITOR) or resources.settings().read_only)),
            _page("corrections", "Corrections"),
            _page("method", "Data and method"),
            _page("decision", "Decision", hidden=True),
        ],
    }


def _page(name: str, title: str, *, default: bool = False, hidden: bool = False) -> st.Page:
    visibility = "hidden" if hidden else "visible"
    return st.Page(VIEWS / f"{name}.py", title=title, default=default, visibility=visibility)


main()
