"""The address of the second reader, from the settings."""

from __future__ import annotations

from graph import chat
from graph.settings import Settings


def is_asked(settings: Settings) -> bool:
    """Return True if the settings name a second reader."""
    return bool(settings.second_reader)


def address_of(settings: Settings) -> chat.Address:
    """Return the second reader's address.

    Raises:
        WhofundsError: The setting is not a web address, or holds a password or the like; the message does not
            repeat it.
    """
    return chat.address_of(
        settings.second_reader, model=settings.second_reader_model, key=settings.second_reader_key,
        timeout_seconds=settings.second_reader_timeout_seconds, setting="WHOFUNDS_SECOND_READER",
    )  # fmt: skip
