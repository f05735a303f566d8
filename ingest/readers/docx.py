"""Read Word documents: paragraphs and tables in order, with numbers as Word shows them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.readers.docx_numbering import Numbering
from ingest.readers.limits import MOST_BYTES_OF_XML, MOST_BYTES_UNPACKED, Room, check, check_parts
from ingest.readers.plain import Source, document_of
from ingest.readers.writer import SpanCell, Writer, expand, one_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a Word file.

    Raises:
        UnreadableDocument: The file is encrypted, damaged or no Word document, or it holds no words.
        TooMuch: The file unpacks to too many bytes.
    """
    _check(data, name)
    import docx

    word = docx.Document(io.BytesIO(data))
    writer = Writer()
    _write_page_head(word, writer)
    walker = _Walker(writer, Numbering(word))
    for element in _parts(word.element.body):
        walker.add(element)
    writer.end_list()
    if not writer.text.strip():
        raise UnreadableDocument(
            f"{name}: the Word document holds no words; if it is a picture of a page, save it as PDF."
        )
    return document_of(Source(data, name, "docx"), writer.text, headers=writer.headers)


def _check(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: info for info in archive.infolist()}
            if any(info.flag_bits & 1 for info in parts.values()):
                raise UnreadableDocument(f"{name}: the file is encrypted; save it without a password.")
            if "word/document.xml" not in parts:
                raise UnreadableDocument(f"{name}: a zip file, but no Word document; save it as .docx.")
            check_parts(archive)
            whole = sum(info.file_size for info in archive.infolist())
            xml = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
            check(whole, MOST_BYTES_UNPACKED, "bytes when unpacked", "save it without pictures, or split it")
            check(xml, MOST_BYTES_OF_XML, "bytes of text when unpacked", "split it")
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(f"{name}: the Word document is truncated or damaged; fetch it again.") from error


def _write_page_head(word: WordDocument, writer: Writer) -> None:
    """Write the words of the first page's header, which may hold the letterhead."""
    section = word.sections[0] if word.sections else None
    if section is None:
        return
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    for paragraph in header.paragraphs:
        words = one_line(paragraph.text)
        if words and not re.fullmatch(r"(?:page\s*+)?\d*(?:\s*+of\s*\d*)?", words, re.IGNORECASE):
            writer.paragraph(words)


def _parts(body: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a body in order, including those inside content controls."""
    for element in body.iterchildren():
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _parts(element)


class _Walker:
    """Writes Word's paragraphs and tables as plain text."""

    def __init__(self, writer: Writer, numbering: Numbering) -> None:
        self.writer = writer
        self.numbering = numbering
        self.in_list = False
        self.room = Room()

    def add(self, element: Any) -> None:
        """Write one paragraph or table of the body."""
        if element.tag == f"{_W}tbl":
            self._end_list()
            self._table(element)
        else:
            self._paragraph(element)

    def _end_list(self) -> None:
        if self.in_list:
            self.writer.end_list()
        self.in_list = False

    def _paragraph(self, element: Any) -> None:
        words = _words(element)
        if not words.strip():
            return
        label = self.numbering.label(element)
        level = self.numbering.heading_level(element)
        if level:
            self._end_list()
            self.writer.heading(f"{label.text} {words}" if label and label.text != "-" else words, level)
        elif label is not None and re.fullmatch(r"\d+(?:\.\d+)+\.?", label.text):
            self._end_list()
            self.writer.paragraph(f"{label.text} {words}")
        elif label is not None:
            self.writer.item(words, label.text, label.depth)
            self.in_list = True
        else:
            self._end_list()
            bold = _all_bold(element)
            for line in words.split("\v") if words.count("\v") and len(words) < 400 else [words]:
                self.writer.paragraph(line.replace("\v", " "), bold=bold)

    def _table(self, table: Any) -> None:
        rows = table.findall(f"{_W}tr")
        cells = [list(_row_cells(row)) for row in rows]
        if max((sum(_columns(cell) for cell in row) for row in cells), default=0) < 2 or any(
            cell.find(f".//{_W}tbl") is not None for row in cells for cell in row
        ):
            for row in cells:
                for cell in row:
                    for element in _parts(cell):
                        self.add(element)
            return
        header_rows = 0
        while header_rows < len(rows) - 1 and rows[header_rows].find(f"{_W}trPr/{_W}tblHeader") is not None:
            header_rows += 1
        self.writer.table(expand(_spans(cells), max(header_rows, 1), self.room), header_rows=header_rows or None)


def _row_cells(row: Any) -> Iterator[Any]:
    for element in row.iterchildren():
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag == f"{_W}sdt":
            yield from element.iter(f"{_W}tc")


def _spans(cells: list[list[Any]]) -> list[list[SpanCell]]:
    """Return the cells with the columns and rows that they cover; continuations of a cell above are left out."""
    starts: list[dict[int, Any]] = []
    for row in cells:
        places, column = {}, 0
        for cell in row:
            places[column] = cell
            column += _columns(cell)
        starts.append(places)
    made: list[list[SpanCell]] = []
    for index, places in enumerate(starts):
        line = []
        for column, cell in places.items():
            if _continues(cell):
                continue
            down = 1
            while (
                index + down < len(starts)
                and column in starts[index + down]
                and _continues(starts[index + down][column])
            ):
                down += 1
            text = " ".join(_words(paragraph).replace("\v", " ") for paragraph in cell.iter(f"{_W}p"))
            line.append(SpanCell(text, _columns(cell), down))
        made.append(line)
    return made


def _columns(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val") if span is not None else "1"
    return min(int(value), 100) if value and value.isdigit() and int(value) > 0 else 1


def _continues(cell: Any) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _words(paragraph: Any) -> str:
    """Return a paragraph's words with tracked insertions and without tracked deletions; \\v stands for a line break."""
    parts: list[str] = []
    for element in paragraph.iter():
        if any(parent.tag == _FALLBACK for parent in element.iterancestors(_FALLBACK)):
            continue
        if element.tag == f"{_W}t":
            parts.append("" if _is_note_mark(element) else element.text or "")
        elif element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}r":
            parts.append(" ")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\v")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts).strip("\v ")


def _is_note_mark(words: Any) -> bool:
    """Return True if a run of text is a raised digit or sign that refers to a footnote."""
    raised = words.getparent().find(f"{_W}rPr/{_W}vertAlign")
    is_raised = raised is not None and raised.get(f"{_W}val") == "superscript"
    return is_raised and re.fullmatch(r"[\s\d,*†‡()\[\]]*|[a-e]", words.text or "") is not None


def _all_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false", "off"}
