"""Buttons that download a briefing; the file is made only when a button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app import actions, resources
from app.addresses import addresses, shared_address
from app.briefings.content import Briefing
from app.briefings.files import FORMS, file_name, file_of
from app.briefings.known import Known, known_of
from app.components import cards


def briefing_buttons(title: str, write: Callable[[Known], Briefing], *, key: str) -> None:
    """Draw a button for each file format of a briefing.

    Args:
        title: The subject, for the file name and the audit log.
        write: Returns the briefing of the build that this page shows; it is called outside a page.
        key: Prefix of the buttons' keys.
    """
    now, base = resources.ground(), shared_base()

    def made(ending: str) -> bytes:
        return file_of(write(known_of(now.build, now.facts, base)), ending)

    with st.container(horizontal=True, gap="small", key=f"{key}-briefing"):
        for ending, (program, mime) in FORMS.items():
            make = actions.noted_export(f"briefing about {title} ({program})", partial(made, ending))
            label = f"Download briefing ({program})"
            cards.download_when_asked(label, make, file_name(title, ending), key=f"{key}-{ending}", mime=mime)


def shared_base() -> str:
    """Return the app's address for links in files; "" if only this machine can open the app."""
    return shared_address(st.context.url or "", addresses(resources.settings().addresses))
