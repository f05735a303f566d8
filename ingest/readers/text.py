"""Plain text to a Document."""

from __future__ import annotations

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.readers.decoding import decode
from ingest.readers.plain import document_of


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a text file in UTF-8, UTF-16 or Windows-1252."""
    return read_text(data, name, "txt")


def read_text(data: bytes, name: str, form: str, issues: tuple[str, ...] = ()) -> Document:
    """Return the Document of text bytes under the given form's name."""
    text = decode(data)
    if text is None:
        raise UnreadableDocument(f"{name}: the content is binary, not text; give it the suffix of its true format.")
    if not text.strip():
        raise UnreadableDocument(f"{name}: the file holds no words; check that it was saved completely.")
    return document_of(data, name, form, text, issues=issues)
