"""The sign-in page, and the line with the signed-in person."""

from __future__ import annotations

import streamlit as st

from app.components import cards
from app.people.admission import SIGN_IN_BUTTON
from app.people.here import REFUSED
from app.people.roles import Person, Stranger


def draw_sign_in(stranger: Stranger) -> None:
    """Draw why nothing is shown, and the button that leads to the sign-in provider."""
    cards.title("Sign in")
    cards.lead("whofunds says who funds what in policing and crime. Here it is open to people on its list.")
    if stranger.reason:
        cards.card("You are not signed in to this app", stranger.reason, shade="wf-warning")
    label = "Sign in as somebody else" if stranger.identity else "Sign in"
    if st.button(label, type="primary", key=SIGN_IN_BUTTON):
        st.login()


def draw_person(person: Person) -> None:
    """Draw the signed-in person with a sign-out button, if people sign in, and why the last action was refused."""
    if person.label:
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="people"):
            cards.note(f"Signed in as {person.label}, {person.role.word}")
            if st.button("Sign out", type="tertiary", key="people-sign-out"):
                st.logout()
    if reason := st.session_state.pop(REFUSED, ""):
        cards.failed("This was not done", reason)
