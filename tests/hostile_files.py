"""Makes files that do harm where they are trusted: of every format that is read, each with what is wrong with it.

Run as `python -m tests.hostile_files FOLDER [COUNT]`.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SECRET = "The Warden of Nowhere gives £987,654,321 to the Secret Society"  #: stands in a file outside the folder
GOOD = """# PCD {number} Homes
- Reference: PCD {number}
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2024-07-06

1. Approve a grant of £{sum:,} to SafeLives for Drive in Croydon in 2024/25.
"""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: how it is made in a folder, and whether it has to go in."""

    name: str
    make: Callable[[Path], None]
    is_good: bool = False


def cases(outside: Path, count: int = 400, *, seed: int = 13) -> list[Case]:
    """Return so many files, the same for a seed; `outside` is a folder that nothing of may be read."""
    every = list(_every(outside, random.Random(seed)))
    assert len(every) >= count, f"{len(every)} cases"
    step = len(every) / count
    return [every[int(number * step)] for number in range(count)]


def make(folder: Path, chosen: list[Case]) -> None:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in chosen:
        case.make(folder / case.name)


def _every(outside: Path, chance: random.Random) -> Iterator[Case]:
    yield from _good()
    yield from _no_files(outside)
    yield from _names()
    yield from _bytes("text", ("md", "txt"), _texts())
    yield from _bytes("page", ("html",), _pages())
    yield from _bytes("list", ("csv", "tsv"), _lists())
    yield from _bytes("pdf", ("pdf",), _pdfs())
    yield from _bytes("word", ("docx",), _words(outside))
    yield from _bytes("book", ("xlsx",), _books(outside))
    yield from _broken(chance)


def _bytes(kind: str, endings: tuple[str, ...], made: Iterator[tuple[str, Callable[[], bytes]]]) -> Iterator[Case]:
    for what, content in made:
        for ending in endings:
            yield Case(f"{kind}-{what}.{ending}", lambda path, content=content: _write(path, content()))  # type: ignore[misc]


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _good() -> Iterator[Case]:
    for number in range(40):
        text = GOOD.format(number=9100 + number, sum=12_345 + 1_000 * number)
        form, data = "md", text.encode()
        if number % 4 == 1:
            form, data = "txt", text.replace("# ", "").encode("utf-16")
        elif number % 4 == 2:
            lines = "".join(f"<p>{line.strip('#- ')}</p>" for line in text.splitlines())
            form, data = "html", f"<html><body><h1>PCD {9100 + number} Homes</h1>{lines}</body></html>".encode()
        elif number % 4 == 3:
            form, data = "docx", word("".join(_paragraph(line.strip("#- ")) for line in text.splitlines() if line))
        yield Case(f"good-{number:02}.{form}", lambda path, data=data: _write(path, data), True)  # type: ignore[misc]


def _no_files(outside: Path) -> Iterator[Case]:
    for ending in ("md", "pdf", "html", "docx", "xlsx", "csv"):
        yield Case(f"pipe.{ending}", lambda path: os.mkfifo(path))
        yield Case(f"socket.{ending}", _socket)
        for what, target in (
            ("zero", "/dev/zero"), ("random", "/dev/urandom"), ("terminal", "/dev/tty"), ("memory", "/proc/self/mem"),
            ("secret", str(outside / "secret.md")), ("gone", "nowhere.md"), ("folder", str(outside)),
            ("up", os.path.join("..", outside.name, "secret.md")),
        ):  # fmt: skip
            yield Case(f"{what}.{ending}", lambda path, target=target: path.symlink_to(target))  # type: ignore[misc]
        yield Case(f"loop.{ending}", lambda path: path.symlink_to(path))
        yield Case(f"huge.{ending}", _huge)
        yield Case(f"directory.{ending}", lambda path: path.mkdir())


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's address is short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 42)  # takes no room on the disk


def _names() -> Iterator[Case]:
    odd = ["a\nb", "\x1b[31mred", "moc.\u202edm", "\udcff\udcfe", "ÅÄÖ 詩", "'; DROP TABLE x; --", "$(touch x)", "-rf",
           "..%2f..%2fetc%2fpasswd", "CON", "a" * 240, " ", "<script>alert(1)</script>", "=cmd|' /C calc'!A1", "a\tb",
           "\u0000".replace("\0", "%00"), "a:b", "a|b", "?", "#", "%s%n", "{0.__class__}", "\u202e\u202e",
           "\u00e9", "e\u0301",
           ]  # fmt: skip
    for place, name in enumerate(odd):
        text = GOOD.format(number=9500 + place, sum=1_000 + place)
        safe = name.replace("/", "∕")
        yield Case(f"{safe}.md", lambda path, text=text: _write(path, text.encode()), True)  # type: ignore[misc]


_PUMPS = (
    ":",
    " ", "\n", "\t", "£", "£1,", "1", "1,000 ", "(", "[", "*", "- ", "a ", "A ", "Aa", "and ", "the ", "of the ", ".",
    "|", "a|", "#", ">", "\0", "\u200b", "é", "𝒳", "&amp;", "£5,000 to A ", "2023/24 ", "1.1 ", "PCD 1 ", "’s ", "www.",
    "a-\n", "up to ", "$\\pm", "\u202e", "Drive ", "Home Office ", "£1m each year and ", "January ", "<b>", "```\n",
)  # fmt: skip


def _texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    for place, pump in enumerate(_PUMPS):
        yield f"pump-{place}", lambda pump=pump: (pump * (60_000 // len(pump)) + "!").encode()  # type: ignore[misc]
    yield "line", lambda: b"word " * 400_000
    yield "large", lambda: b"Approve 5 pounds.\n" * 2_000_000
    yield "binary", lambda: bytes(range(256)) * 1_000
    yield "nul", lambda: b"\0" * 1_000_000
    for encoding in ("utf-16", "utf-32", "utf-7", "cp037", "shift_jis", "gb18030", "utf-8-sig"):
        yield encoding, lambda encoding=encoding: GOOD.format(number=1, sum=2).encode(encoding, "replace")  # type: ignore[misc]
    yield "surrogates", lambda: b"\xed\xa0\x80" * 10_000
    yield "overlong", lambda: b"\xc0\xaf" * 10_000


def _pages() -> Iterator[tuple[str, Callable[[], bytes]]]:
    tags = ("div", "b", "table><tr><td", "ul><li", "span", "p", "font", "form", "section", "blockquote", "a href=x")
    for place, tag in enumerate(tags):
        yield f"deep-{place}", lambda tag=tag: f"<html><body>{f'<{tag}>' * 40_000}x".encode()  # type: ignore[misc]
        yield f"wide-{place}", lambda tag=tag: f"<html><body>{f'<{tag}>x</{tag}>' * 20_000}".encode()  # type: ignore[misc]
    yield "colspan", lambda: b"<html><table>" + b"<tr><td colspan=200 rowspan=200>x" * 5_000
    yield "colspan-one-row", lambda: b"<html><table><tr>" + b"<td colspan=999999999 rowspan=999999999>x" * 5_000
    yield "attributes", lambda: b"<html><body><p " + b"a=b " * 500_000 + b">x</p>"
    yield "attribute", lambda: b"<html><body><p class='" + b"a " * 1_000_000 + b"'>x</p>"
    yield "entities", lambda: b"<html><body>" + b"&nbsp;&#x41;" * 200_000
    yield "laughs", lambda: _laughs() + b"<html><body>&i;</body></html>"
    yield (
        "outside",
        lambda: b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x; word</body></html>',
    )
    yield "frames", lambda: b"<html><body>" + b"<iframe src='file:///etc/passwd'></iframe>x" * 10_000
    yield "comment", lambda: b"<html><body><!--" + b"-" * 2_000_000
    yield "numbers", lambda: b"<html><body><ol start='" + b"9" * 10_000 + b"'><li>x</ol>"
    yield "cells", lambda: b"<html><table>" + (b"<tr>" + b"<td>1" * 200) * 3_000


def _laughs() -> bytes:
    lines = [b'<!DOCTYPE a [<!ENTITY a "ha">']
    lines += [b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 30) for n in range(8)]
    return b"".join(lines) + b"]>"


def _lists() -> Iterator[tuple[str, Callable[[], bytes]]]:
    head = b"Recipient,Amount,Date\n"
    yield "rows", lambda: head + b"A,5,2024-01-01\n" * 1_000_000
    yield "columns", lambda: b"a," * 1_000_000 + b"\n"
    yield "quote", lambda: head + b'"' + b"a,b\n" * 500_000
    yield "cell", lambda: head + b"A" * 10_000_000 + b",5,2024-01-01\n"
    yield "formulas", lambda: head + b'=HYPERLINK("http://x/"),5,2024-01-01\n' * 1_000
    yield "digits", lambda: head + b"A," + b"9" * 1_000_000 + b",2024-01-01\n"
    yield "empty", lambda: head + b"\n" * 5_000_000
    yield "quotes", lambda: head + b'""""' * 500_000
    yield "exponent", lambda: head + b"A,1e999999999,2024-01-01\n" * 100


def _pdf(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _stream(content: bytes, *filters: bytes) -> bytes:
    import zlib

    for _ in filters:
        content = zlib.compress(content, 9)
    kinds = b" ".join(b"/FlateDecode" for _ in filters)
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), kinds, content)


def _one_page(stream: bytes, *, box: bytes = b"0 0 595 842", rest: bytes = b"") -> bytes:
    return _pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"
        % (box, rest),
        stream, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip


def _pdfs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    f = b"f"
    yield "bomb", lambda: _one_page(_stream(bytes(1_500_000_000), f))
    yield "bomb-twice", lambda: _one_page(_stream(bytes(300_000_000), f, f))
    yield "letters", lambda: _one_page(_stream(b"BT /F 1 Tf " + b"(aaaaaaaaaa) Tj " * 100_000 + b"ET", f))
    yield "lines", lambda: _one_page(_stream(b"".join(b"%d 0 m %d 800 l S " % (n, n) for n in range(60_000)), f))
    yield "grid", lambda: _one_page(_stream(b"".join(
        b"%d 0 m %d 800 l S 0 %d m 500 %d l S " % (n, n, n, n) for n in range(1_500)), f))  # fmt: skip
    yield (
        "boxes",
        lambda: _one_page(_stream(b"".join(b"%d %d 5 5 re S " % (n % 500, n // 500) for n in range(19_000)), f)),
    )
    yield "states", lambda: _one_page(_stream(b"q " * 3_000_000, f))
    yield "sheet", lambda: _one_page(_stream(b"BT /F 9 Tf (One pound) Tj ET", f), box=b"0 0 9999999 9999999")
    yield "pages", lambda: _pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b"3 0 R " * 20_000 + b"] /Count 20000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ])  # fmt: skip
    yield "loop", lambda: _pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    ])  # fmt: skip
    yield "self", lambda: _one_page(_stream(b"/X Do " * 1_000, f), rest=b"/XObject << /X 4 0 R >>")
    yield "deep", lambda: _pdf([b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b"]" * 200_000 + b" >>"])
    yield "objects", lambda: _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *[b"<< /A 1 0 R >>"] * 200_000])
    yield "no-xref", lambda: b"%PDF-1.7\n" + b"1 0 obj << /A /B >> endobj\n" * 200_000
    yield "picture", lambda: _one_page(_stream(b"q 595 0 0 842 0 0 cm BI /W 4000 /H 4000 /CS /G /BPC 8 ID "
                                               + bytes(range(256)) * 62_500 + b" EI Q", f))  # fmt: skip
    yield "length", lambda: _one_page(b"<< /Length 99999999999999 >>\nstream\nx\nendstream")


def word(body: str, parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file with the content of its body, and other parts beside."""
    written = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode(),
    }
    return _zip(written | (parts or {}))


def _paragraph(words: str) -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return f"<w:p><w:r><w:t xml:space='preserve'>{escaped}</w:t></w:r></w:p>"


def _zip(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _words(outside: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>' + _paragraph("x") + "</w:tc>"
    table = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    document = f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>A &x; &i;</w:t></w:r></w:p></w:body></w:document>'
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(outside / "secret.md").as_uri()}">]>'
    yield "paragraphs", lambda: word(_paragraph("One pound") * 200_000)
    yield "cells", lambda: word("<w:tbl>" + f"<w:tr>{cell * 3}</w:tr>" * 3_000 + "</w:tbl>")
    yield "runs", lambda: word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 200_000 + "</w:p>")
    yield "deep", lambda: word("<w:sdt><w:sdtContent>" * 5_000 + _paragraph("x") + "</w:sdtContent></w:sdt>" * 5_000)
    yield "deep-tables", lambda: word("".join("<w:tbl><w:tr><w:tc>" for _ in range(80)) + _paragraph("x")
                                      + "".join("</w:tc></w:tr></w:tbl>" for _ in range(80)))  # fmt: skip
    yield "bomb", lambda: word(_paragraph("x"), {"word/media/a.png": bytes(900_000_000)})
    yield "bomb-text", lambda: word(_paragraph("a" * 70_000_000))
    yield "long-word", lambda: word(_paragraph("a" * 9_000_000))
    yield "laughs", lambda: word("", {"word/document.xml": _laughs() + document.replace("&x;", "").encode()})
    yield "outside", lambda: word("", {"word/document.xml": (entity + document.replace("&i;", "")).encode()})
    yield "parts", lambda: word(_paragraph("x"), {f"word/{n}.xml": b"<a/>" for n in range(30_000)})
    yield "climb", lambda: word(_paragraph("One pound"), {"../../climbed.txt": b"x", "/tmp/climbed.txt": b"x"})
    yield "style-loop", lambda: word(
        "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>",
        {"word/styles.xml": f"<w:styles xmlns:w='{_WORD}'><w:style w:styleId='a'><w:basedOn w:val='a'/></w:style>"
                            "</w:styles>".encode()},
    )  # fmt: skip
    yield "level", lambda: word("<w:p><w:pPr><w:numPr><w:ilvl w:val='999999999'/><w:numId w:val='1'/></w:numPr></w:pPr>"
                                "<w:r><w:t>x</w:t></w:r></w:p>")  # fmt: skip
    yield "nested-zip", lambda: word(_paragraph("x"), {"word/embeddings/a.zip": _zip({"a": bytes(50_000_000)})})
    yield "one-table", lambda: word(table.format(_paragraph("x")) * 20_000)
    yield "no-body", lambda: _zip({"word/document.xml": b"<a/>"})
    yield "gzip", lambda: gzip.compress(bytes(1_000_000))


def _book(sheet: bytes, parts: dict[str, bytes] | None = None) -> bytes:
    from openpyxl import Workbook

    book, data = Workbook(), io.BytesIO()
    book.active.append(["Recipient", "Amount"])
    book.save(data)
    plain = zipfile.ZipFile(data)
    written = {name: plain.read(name) for name in plain.namelist()}
    return _zip(written | {"xl/worksheets/sheet1.xml": sheet or written["xl/worksheets/sheet1.xml"]} | (parts or {}))


def _books(outside: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    def sheet(rows: str) -> bytes:
        return f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode()

    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>A</t></is></c><c r="B{0}"><v>5</v></c></row>'
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(outside / "secret.md").as_uri()}">]>'
    one = row.format(1)
    yield "rows", lambda: _book(sheet("".join(row.format(number) for number in range(1, 200_000))))
    yield "columns", lambda: _book(sheet('<row r="1">' + "<c><v>5</v></c>" * 500_000 + "</row>"))
    yield "far", lambda: _book(sheet(one + row.format(1_048_576).replace("B", "XFD")))
    yield "dimension", lambda: _book(sheet(one).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'))
    yield "bomb", lambda: _book(sheet(one) + b" " * 900_000_000)
    yield (
        "bomb-texts",
        lambda: _book(b"", {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 8_000_000 + b"</sst>"}),
    )
    yield "laughs", lambda: _book(_laughs() + sheet(one.replace("A</t>", "&i;</t>")))
    yield "outside", lambda: _book(entity.encode() + sheet(one.replace("A</t>", "&x;</t>")))
    yield (
        "outside-texts",
        lambda: _book(b"", {"xl/sharedStrings.xml": entity.encode() + b"<sst><si><t>&x;</t></si></sst>"}),
    )
    yield (
        "merged",
        lambda: _book(
            sheet(one).replace(
                b"</worksheet>",
                b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 100_000 + b"</mergeCells></worksheet>",
            )
        ),
    )
    yield "parts", lambda: _book(b"", {f"xl/{n}.xml": b"<a/>" for n in range(30_000)})
    yield "styles", lambda: _book(b"", {"xl/styles.xml": b"<styleSheet>" * 100_000})
    yield "deep", lambda: _book(sheet("<row>" * 100_000))
    yield "number", lambda: _book(sheet('<row r="1"><c r="A1"><v>' + "9" * 1_000_000 + "</v></c></row>"))
    yield "date", lambda: _book(sheet('<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>'))
    one_sheet = '<sheet name="a" sheetId="1"/>'
    sheets = f'<workbook xmlns="{_SHEET}"><sheets>{one_sheet * 200_000}</sheets></workbook>'
    yield "sheets", lambda: _book(b"", {"xl/workbook.xml": sheets.encode()})
    yield (
        "formula",
        lambda: _book(sheet('<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>5</v></c></row>')),
    )


def _broken(chance: random.Random) -> Iterator[Case]:
    """Yield whole files with parts cut off, and with bytes changed."""
    whole = {
        "docx": word(_paragraph("PCD 1 Approve £5,000 to SafeLives for Drive in 2024/25") * 30),
        "xlsx": _book(b""),
        "pdf": _one_page(_stream(b"BT /F 9 Tf 50 700 Td (PCD 1 Approve 5,000 pounds to SafeLives) Tj ET", b"f")),
        "html": GOOD.format(number=1, sum=2).replace("\n", "<br>\n").encode(),
        "md": GOOD.format(number=1, sum=2).encode(),
    }
    for ending, data in whole.items():
        for number in range(14):
            cut = bytearray(data[: chance.randrange(4, len(data))] if number % 2 else data)
            for _ in range(chance.randrange(1, 30) if number % 2 == 0 else 0):
                cut[chance.randrange(len(cut))] = chance.randrange(256)
            yield Case(f"broken-{number}.{ending}", lambda path, data=bytes(cut): _write(path, data))  # type: ignore[misc]
    for ending, other in (
        ("pdf", "docx"),
        ("docx", "pdf"),
        ("xlsx", "docx"),
        ("html", "xlsx"),
        ("txt", "pdf"),
        ("csv", "pdf"),
    ):
        data = whole.get(other, b"")
        yield Case(f"named-otherwise.{ending}", lambda path, data=data: _write(path, data))  # type: ignore[misc]
        yield Case(f"empty.{ending}", lambda path: _write(path, b""))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    beside = target.parent / "outside"
    beside.mkdir(parents=True, exist_ok=True)
    (beside / "secret.md").write_text(SECRET, encoding="utf-8")
    make(target, cases(beside, int(sys.argv[2]) if len(sys.argv) > 2 else 400))
