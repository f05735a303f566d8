"""Where a second reader is, as the settings say."""

from __future__ import annotations

from graph import chat
from graph.settings import Settings


def is_asked(settings: Settings) -> bool:
    """Return True if documents are read with a second reader."""
    return bool(settings.second_reader)


def address_of(settings: Settings) -> chat.Address:
    """Return the second reader's address.

    Raises:
        WhofundsError: It is no address of the web, or holds what belongs elsewhere; the message does not repeat it.
    """
    return chat.address_of(
        settings.second_reader, model=settings.second_reader_model, key=settings.second_reader_key,
        timeout_seconds=settings.second_reader_timeout_seconds, setting="WHOFUNDS_SECOND_READER",
    )  # fmt: skip
