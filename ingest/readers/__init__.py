"""Readers turn bytes into a Document, one module per format; each is imported when a file of its format first comes."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.files import chunks_of, shown, too_large
from ingest.readers.decoding import sniff
from ingest.readers.limits import TooMuch

_MODULES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".json": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".csv": "spreadsheet",
    ".tsv": "spreadsheet",
}
SUFFIXES: frozenset[str] = frozenset(_MODULES)  #: what can be read, with the dot, in lower case

_TRUE_MODULES = {"pdf": "pdf", "word": "docx", "workbook": "spreadsheet", "html": "html"}
_CALLED = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "spreadsheet": "a spreadsheet",
    "html": "a web page",
    "text": "plain text",
    "markdown": "Markdown",
}


def is_spreadsheet(name: str) -> bool:
    """Return True if a file is a spreadsheet by its name."""
    return _MODULES.get(Path(name).suffix.lower()) == "spreadsheet"


class _Reader(Protocol):
    def read(self, data: bytes, name: str, settings: Settings) -> Document: ...


def read(path: Path, *, settings: Settings | None = None) -> Document:
    """Return the document in a file.

    Raises:
        UnreadableDocument: The file cannot be turned into text; the message names it and says what to do.
    """
    settings = settings or Settings()
    try:
        data = b"".join(chunks_of(path, settings))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableDocument(
            f"{shown(path.name)}: cannot be opened ({reason}); check the path and the permissions."
        ) from error
    return read_bytes(data, shown(path.name), settings=settings)


def read_bytes(data: bytes, name: str, *, settings: Settings | None = None) -> Document:
    """Return the document in the bytes of file `name`. A wrong file name ending is noted in the document's issues.

    Raises:
        UnreadableDocument: The bytes cannot be turned into text.
    """
    settings = settings or Settings()
    named = _MODULES.get(Path(name).suffix.lower())
    if named is None:
        raise UnreadableDocument(f"{name}: files of this kind are not read; give it as {', '.join(sorted(SUFFIXES))}.")
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise UnreadableDocument(f"{name}: the file is empty; check that it was saved completely.")
    if len(data) > settings.max_document_megabytes * 1_000_000:
        raise UnreadableDocument(too_large(name, len(data), settings))
    module = _true_module(data, name, named)
    reader = cast(_Reader, importlib.import_module(f"{__name__}.{module}"))
    try:
        document = reader.read(data, name, settings)
    except (UnreadableDocument, MemoryError):
        raise
    except TooMuch as error:
        raise UnreadableDocument(f"{name}: {error}") from error
    except Exception as error:  # the libraries below raise anything on damaged files; a batch goes on
        raise UnreadableDocument(
            f"{name}: cannot be read as {_CALLED[module]}; it is probably damaged "
            f"or incomplete ({type(error).__name__})."
        ) from error
    if module != named and {module, named} != {"text", "markdown"}:
        issue = f"{name}: named {Path(name).suffix} but holds {_CALLED[module]}; read as that."
        document = replace(document, issues=(issue, *document.issues))
    return document


def _true_module(data: bytes, name: str, named: str) -> str:
    """Return the reader module that fits the bytes; the file name ending decides between kinds of text."""
    kind = sniff(data)
    if kind == "ole":
        raise UnreadableDocument(
            f"{name}: an old or encrypted Office file; save it as .docx or .xlsx, without a password."
        )
    if kind == "binary":
        called = "text" if named in {"text", "markdown"} else _CALLED[named]
        raise UnreadableDocument(f"{name}: the content is not {called}; it is damaged or of another format.")
    if kind == "zip":  # damaged, or of another program
        return named if named == "spreadsheet" else "docx"
    if kind in _TRUE_MODULES:
        return named if kind == "html" and named == "markdown" else _TRUE_MODULES[kind]
    return named if named in {"text", "markdown", "html", "spreadsheet"} else "text"
