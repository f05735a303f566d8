"""What cannot be read ends in one clear line; what is mislabelled is read as what it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import make_docx, make_html, make_pdf

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.readers import read, read_bytes

TEXT = "DECISION NOTICE\n\nTitle: A grant\n\n1. Background\n\n1.1 The Commissioner gives £5,000 to a charity.\n"
DOCUMENT = read_bytes(TEXT.encode(), "a.txt")


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(DOCUMENT, ruled=True))))
    writer.encrypt("secret", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def other_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b"   \n", "empty"),
        ("a.txt", bytes(range(256)) * 20, "is not text"),
        ("a.pdf", make_pdf(DOCUMENT, ruled=True)[:700], "truncated or damaged"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "truncated or damaged"),
        ("a.pdf", encrypted_pdf(), "encrypted"),
        ("a.docx", make_docx(DOCUMENT)[:2000], "truncated or damaged"),
        ("a.docx", other_zip(), "no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted Office file"),
        ("a.html", b"<!DOCTYPE html><html><body><script>x()</script></body></html>", "no text"),
        ("a.odt", b"anything", "not read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unreadable_files_are_named_in_one_line(name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ") and says in message and "\n" not in message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", make_html(DOCUMENT)),
        ("a.pdf", TEXT.encode()),
        ("a.docx", TEXT.encode()),
        ("a.txt", make_pdf(DOCUMENT, ruled=True)),
        ("a.html", make_docx(DOCUMENT)),
        ("a.txt", make_html(DOCUMENT)),
    ],
    ids=["a page as PDF", "text as PDF", "text as Word", "PDF as text", "Word as a page", "a page as text"],
)
def test_mislabelled_files_are_read_as_what_they_are(name: str, data: bytes) -> None:
    document = read_bytes(data, name)
    assert "£5,000" in document.text
    assert len(document.issues) == 1 and document.issues[0].startswith(f"{name}: named {name[1:]}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    document = read_bytes("The Mayor’s £5,000\r\nfor “it” – at last.\r\n".encode(encoding), "a.txt")
    assert document.text == "The Mayor’s £5,000\nfor “it” – at last.\n"


def test_missing_folders_and_large_files_are_named(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"word " * 400_000)
    for path, says in (
        (tmp_path / "none.txt", "cannot be opened"),
        (tmp_path, "folder"),
        (large, "more than the 1 MB"),
    ):
        with pytest.raises(UnreadableDocument, match=says):
            read(path, settings=Settings(max_document_megabytes=1))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["%PDF-1.4\n", "PK\x03\x04", "<html><body>", ""]),
       st.sampled_from(["a.pdf", "a.docx", "a.html", "a.txt", "a.md"]))  # fmt: skip
def test_any_bytes_are_read_or_refused(data: bytes, start: str, name: str) -> None:
    try:
        read_bytes(start.encode("latin-1") + data, name)
    except UnreadableDocument as error:
        assert str(error).startswith(f"{name}: ")
