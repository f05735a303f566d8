"""Read plain text files."""

from __future__ import annotations

import html
import re

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.readers.characters import tidy
from ingest.readers.decoding import decode
from ingest.readers.hyphens import Hyphens
from ingest.readers.plain import Source, document_of
from ingest.readers.releases import read_release

_ENTITY = re.compile(r"&(?!(?:lt|gt);)(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a text file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        UnreadableDocument: The content is binary, or holds no words.
    """
    return read_text(data, name, "txt")


def read_text(data: bytes, name: str, form: str) -> Document:
    """Return the Document of text bytes; `form` becomes Document.format.

    Raises:
        UnreadableDocument: The content is binary, or holds no words.
    """
    text = decode(data)
    if text is None:
        raise UnreadableDocument(f"{name}: the content is binary, not text; give it the suffix of its true format.")
    if not text.strip():
        raise UnreadableDocument(f"{name}: the file holds no words; check that it was saved completely.")
    source = Source(data, name, form)
    release = read_release(source, text)
    if release is not None:
        return release
    text = tidy(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
    return document_of(source, Hyphens(text).mend(text))
