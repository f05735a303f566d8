"""A document that holds more than is read is refused in a line that names it, what was found and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from made_documents import make_docx

from graph.errors import UnreadableDocument
from ingest.readers import docx, html, read_bytes
from ingest.readers.limits import MOST_CELLS, Room, TooMuch
from tests.growth import grows_in_step

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_with(parts: dict[str, bytes]) -> bytes:
    """Return a Word file with parts put in place of, or beside, its own."""
    plain = zipfile.ZipFile(io.BytesIO(make_docx(read_bytes(b"Title\n\nSome words of it.\n", "a.txt"))))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            if name not in parts:
                archive.writestr(name, plain.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def body(content: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'.encode()


def wide_table() -> str:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="100"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    return "<w:tbl>" + f"<w:tr>{cell * 2}</w:tr>" * 600 + "</w:tbl>"


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nested tags": ("a.html", lambda: b"<html>" + b"<div>" * 3_000 + b"x", "tags within each other"),
    "nested tables": ("a.html", lambda: b"<html>" + b"<table><tr><td>" * 3_000 + b"x", "tags within each other"),
    "many tags": ("a.html", lambda: b"<html><p>" + b"<br>x" * 3_000, "3,00. tags, more than the 2,000"),
    "wide cells": (
        "a.html",
        lambda: b"<html><table>" + b"<tr><td colspan=200 rowspan=200>x<td>y" * 900,
        "cells in tables, more than the 100,000 .* save its tables as .xlsx",
    ),
    "many parts": ("a.docx", lambda: docx_with({f"x/{n}": b"" for n in range(10_001)}), "parts in the file"),
    "unpacked": ("a.docx", lambda: docx_with({"word/media/a.png": bytes(5_000_000)}), "bytes when unpacked"),
    "unpacked text": ("a.docx", lambda: docx_with({"word/a.xml": bytes(2_000_000)}), "bytes of text when unpacked"),
    "wide table": ("a.docx", lambda: docx_with({"word/document.xml": body(wide_table())}), "cells in tables"),
}


@pytest.mark.parametrize(("name", "data", "says"), REFUSED.values(), ids=REFUSED)
def test_what_holds_too_much_is_refused(
    name: str, data: Callable[[], bytes], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "MOST_TAGS", 2_000 if says.startswith("3,00") else html.MOST_TAGS)
    monkeypatch.setattr(docx, "MOST_BYTES_UNPACKED", 4_000_000)
    monkeypatch.setattr(docx, "MOST_BYTES_OF_XML", 1_000_000)
    with pytest.raises(UnreadableDocument, match=rf"^{name}: .*{says}") as caught:
        read_bytes(data(), name)
    assert "\n" not in str(caught.value)


def test_entities_that_stand_for_each_other_are_not_written_out() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (after, b"&%c;" % before * 20)
        for before, after in zip(b"abcdefgh", b"bcdefghi", strict=True)
    )
    content = body("<w:p><w:r><w:t>Some words &i;</w:t></w:r></w:p>")
    data = docx_with({"word/document.xml": laughs + b"]>" + content})
    try:
        assert len(read_bytes(data, "a.docx").text) < 1_000
    except UnreadableDocument as error:
        assert str(error).startswith("a.docx: ")


def test_a_list_that_is_said_to_be_very_deep_is_read() -> None:
    level = '<w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item = f"<w:p>{level}<w:r><w:t>A word</w:t></w:r></w:p>"
    assert len(read_bytes(docx_with({"word/document.xml": body(item)}), "a.docx").text) < 100


def test_the_cells_of_all_tables_count_together() -> None:
    room = Room()
    room.take(MOST_CELLS)
    with pytest.raises(TooMuch, match=r"100,001 cells in tables, more than the 100,000"):
        room.take(1)


PAGES = {
    "paragraphs": "<p>x", "lists": "<ul><li>x</li></ul>", "one list": "<li>x", "words": "<b>x</b>", "lines": "x<br>",
    "tables": "<table><tr><td>a<td>b</table>", "rows": "<tr><td>x<td>y", "cells": "<td>x", "headings": "<h1>x</h1>",
    "headers": "<header>x</header>", "sections": "<section><p>x</section>", "definitions": "<dt>x<dd>y",
    "closed": "</p></div>", "notes": "<!-- x -->", "hidden": "<div style='display: none'>x</div>", "marks": "<a id=",
}  # fmt: skip


@pytest.mark.parametrize("words", PAGES.values(), ids=PAGES)
def test_four_times_the_page_takes_about_four_times_the_time(words: str) -> None:
    def read(count: int) -> None:
        try:
            read_bytes(f"<html><body>{words * count}".encode(), "a.html")
        except UnreadableDocument as error:
            assert "holds no text" in str(error)

    assert grows_in_step(read, 500)
