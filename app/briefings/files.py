"""The file formats of a briefing, with their file names."""

from __future__ import annotations

import re
import unicodedata

from app.briefings.content import Briefing

#: by ending: what a button calls it, and its media type
FORMS = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_NO_NAME = re.compile("[^a-z0-9]+")
_LONGEST_NAME = 60


def file_of(text: Briefing, ending: str) -> bytes:
    """Return the briefing as the bytes of a file with this ending, "docx" or "xlsx".

    Raises:
        ValueError: The ending is neither of the two.
    """
    if ending == "docx":
        from app.briefings.word import word_file

        return word_file(text)
    if ending == "xlsx":
        from app.briefings.excel import excel_file

        return excel_file(text)
    raise ValueError(f"{ending!r} is no form of a briefing; they are {', '.join(FORMS)}")


def file_name(title: str, ending: str) -> str:
    """Return a file name such as "whofunds-safe-together.docx", made of letters, digits and hyphens only."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = _NO_NAME.sub("-", plain)[:_LONGEST_NAME].strip("-") or "briefing"
    return f"whofunds-{stem}.{ending}"
