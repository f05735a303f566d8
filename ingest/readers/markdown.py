"""Read Markdown files."""

from __future__ import annotations

from graph.settings import Settings
from ingest.document import Document
from ingest.readers.text import read_text


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a Markdown file; its markup is interpreted, not shown."""
    return read_text(data, name, "md")
