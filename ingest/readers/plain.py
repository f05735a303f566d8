"""Turn text in the common plain form into a Document: the last step of every reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from ingest.document import Document
from ingest.readers.lines import cut
from ingest.readers.structure import build_blocks


class Source(NamedTuple):
    """A file: its bytes, its name and its format, as Document.format calls it."""

    data: bytes
    name: str
    form: str


def document_of(
    source: Source,
    text: str,
    *,
    headers: Mapping[int, int] | None = None,
    pages: int | None = None,
    issues: tuple[str, ...] = (),
    ocr_pages: tuple[tuple[int, float], ...] = (),
) -> Document:
    """Return the Document of `text`: each line a paragraph, tabs between cells, form feeds between pages."""
    if pages is None and "\f" in text.strip("\f"):
        pages = text.strip("\f").count("\f") + 1
    return Document(
        source.name,
        source.form,
        hashlib.sha256(source.data).hexdigest(),
        text,
        build_blocks(text, cut(text, headers=headers)),
        pages,
        issues,
        ocr_pages,
    )
