"""Decode bytes to text, and detect the kind of a file from its bytes, whatever its name."""

from __future__ import annotations

import io
import re
import zipfile

_MARKUP = re.compile(
    rb"\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
    rb"<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<(?:!doctype )?html)",
    re.IGNORECASE,
)


def sniff(data: bytes) -> str:
    """Return the kind of the bytes: pdf, word, workbook, zip (any other), ole, html, text or binary."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if head.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _kind_of_zip(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "ole"
    text = decode(data[:4096])
    if text is None:
        return "binary"
    return "html" if _MARKUP.match(text.encode("utf-8", "replace")) else "text"


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"
    if "word/document.xml" in names:
        return "word"
    return "workbook" if "xl/workbook.xml" in names or "xl/workbook.bin" in names else "zip"


def decode(data: bytes) -> str | None:
    """Return the bytes as text with line feeds only; None if they are not text."""
    text = _decoded(data)
    if text is None or _is_binary(text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[:200].count(0) > len(data[:200]) * 0.3:
        little = data[1:200:2].count(0) > data[0:200:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    for cut in (len(data), len(data) - 1, len(data) - 2, len(data) - 3):
        try:
            return data[:cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _is_binary(text: str) -> bool:
    if not text:
        return False
    sample = text[:20000]
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1f]", sample))
    odd = len(re.findall(r"[\x80-\x9f\ufffd]", sample))
    return controls > max(2, len(sample) * 0.01) or odd > max(8, len(sample) * 0.05)
