"""Workbooks and separated values become the same rows, each named by its own number in the sheet."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableDocument
from ingest.document import Block, BlockKind, Document, Row
from ingest.extract.words.passages import cut_passages
from ingest.readers import read_bytes
from ingest.readers.cleaning import clean
from ingest.readers.sheet_values import words_of_value
from tests.made_sheets import Rows, make_csv, make_xlsx

APRIL = datetime.date(2024, 4, 3)
PAYMENTS: Rows = (
    ("Ashford Police and Crime Commissioner",),
    ("Payments over £500",),
    (),
    ("Date", "Supplier", "Net"),
    (APRIL, "Harbour & Hope CIC", 1200.5),
    (APRIL, "Northside Trust", 700),
    (),
    ("Total", None, 1900.5),
    ("Salaries are not listed.",),
)


def rows_of(document: Document) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row of a document by its number in the sheet, whatever it was taken for."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            for row in (*block.header, *block.rows):
                yield number_of(row.locator), tuple(text for text in row.texts if text)
        elif block.kind is not BlockKind.HEADING:
            words = (f"{block.field_name}:", block.text) if block.field_name else (block.text,)
            yield number_of(block.locator), words


def number_of(locator: str) -> int:
    return int(locator.rpartition(" ")[2])


def table(document: Document, place: int = 0) -> Block:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE][place]


def texts(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [row.texts for row in rows]


def test_a_sheet_is_a_heading_lines_and_a_table_with_the_sheets_own_row_numbers() -> None:
    document = read_bytes(make_xlsx({"Payments": PAYMENTS}, merged=["A1:C1"]), "april.xlsx")
    assert [(block.kind.value, block.locator) for block in document.blocks] == [
        ("heading", "Payments"),
        ("paragraph", "Payments, row 1"),
        ("paragraph", "Payments, row 2"),
        ("table", "Payments, row 4"),
        ("paragraph", "Payments, row 9"),
    ]
    payments = table(document)
    assert texts(payments.header) == [("Date", "Supplier", "Net")]
    assert [row.locator for row in payments.rows] == ["Payments, row 5", "Payments, row 6", "Payments, row 8"]
    assert payments.rows[0].texts == ("03/04/2024", "Harbour & Hope CIC", "1200.5")
    assert document.format == "xlsx" and document.issues == ()


def test_every_word_stands_where_its_block_row_and_cell_say() -> None:
    document = read_bytes(make_xlsx({"Payments": PAYMENTS, "More": PAYMENTS}), "april.xlsx")
    for block in document.blocks:
        raw = document.text[block.start : block.end]
        assert clean(raw) == clean(block.text)
        for row in block.rows:
            assert document.text[row.start : row.end].split("\t")[0] == next(text for text in row.texts if text)
            for cell in row.cells:
                assert clean(document.text[cell.start : cell.end]) == cell.text


def test_separated_values_have_no_sheet_name_in_their_locators() -> None:
    document = read_bytes(make_csv(PAYMENTS), "april.csv")
    assert document.format == "csv"
    assert [row.locator for row in table(document).rows] == ["Row 5", "Row 6", "Row 8"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_are_recognised(separator: str, encoding: str) -> None:
    rows = (("Supplier", "Net (£)"), ("Café “Été”, Ashford", "£1,200.00"), ("Northside; South", "£700.00"))
    name = "april.tsv" if separator == "\t" else "april.csv"
    document = read_bytes(make_csv(rows, separator=separator, encoding=encoding), name)
    assert texts(table(document).header) == [("Supplier", "Net (£)")]
    assert table(document).rows[0].texts == ("Café “Été”, Ashford", "£1,200.00")


def test_a_first_line_that_names_the_separator_is_no_row() -> None:
    document = read_bytes(b"sep=;\r\nSupplier;Net\r\nA, B;1,5\r\nC, D;2,5\r\n", "a.csv")
    assert [row.locator for row in table(document).rows] == ["Row 3", "Row 4"]


def test_a_cell_of_several_lines_is_one_row() -> None:
    document = read_bytes(b'Supplier,Purpose,Net\r\nA,"one\ntwo",5.00\r\nB,three,6.00\r\n', "a.csv")
    assert texts(table(document).rows) == [("A", "one two", "5.00"), ("B", "three", "6.00")]


def test_a_quotation_mark_that_is_never_closed_is_said_and_loses_no_row() -> None:
    lines = "".join(f"Supplier {number},{number}.00\n" for number in range(100))
    document = read_bytes(f'Supplier,Net\n"Harbour,5.00\n{lines}'.encode(), "a.csv")
    assert len(table(document).rows) == 101
    assert "never closed" in document.issues[0]


_TEXT = st.text(st.sampled_from("abcXYZ 0123456789£%,.'\"()-/&éß’–\n"), max_size=12).filter(
    lambda text: not text.lower().startswith("sep")
)
_VALUES = st.one_of(
    st.none(),
    _TEXT,
    st.integers(-(10**9), 10**9),
    st.integers(-(10**8), 10**8).map(lambda pence: pence / 100),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_VALUES, min_size=1, max_size=5), min_size=1, max_size=9))
def test_any_table_gives_the_same_rows_as_workbook_and_as_separated_values(rows: list[list[object]]) -> None:
    values = [[shown(value) for value in row] for row in rows]
    try:
        book = read_bytes(make_xlsx({"Sheet": rows}), "a.xlsx")  # type: ignore[dict-item]
    except UnreadableDocument:
        assert not any(sign.isalnum() for row in values for text in row for sign in text)
        return
    separated = read_bytes(make_csv(values), "a.csv")
    assert list(rows_of(book)) == list(rows_of(separated))
    assert [(b.kind, b.header and texts(b.header)) for b in book.blocks if b.kind is not BlockKind.HEADING] == [
        (b.kind, b.header and texts(b.header)) for b in separated.blocks
    ]
    for number, words in rows_of(book):
        assert number >= 1 and all(words)


def shown(value: object) -> str:
    return "" if value == "" else words_of_value(value)


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (1200, "General", "1200"),
        (1200.50, "General", "1200.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234.56, "[$£-809]#,##0", "£1,234.56"),
        (-200, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-', "-£200"),
        (0.4, "0%", "40%"),
        (datetime.datetime(2024, 4, 3), "dd/mm/yyyy", "03/04/2024"),
        (datetime.datetime(2024, 4, 3, 12, 30), "General", "03/04/2024"),
        (datetime.datetime(2024, 4, 1), "mmm-yy", "April 2024"),
        (datetime.date(2024, 4, 3), "General", "03/04/2024"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (float("inf"), "General", "inf"),
    ],
)
def test_values_read_as_the_sheet_shows_them(value: object, number_format: str, words: str) -> None:
    assert words_of_value(value, number_format) == words


def test_formats_of_the_workbook_reach_the_words() -> None:
    rows: Rows = (("Paid", "Supplier", "Net"), (APRIL, "A", 1200), (APRIL, "B", -50.5))
    document = read_bytes(make_xlsx({"S": rows}, formats={"A": "mmm yyyy", "C": '"£"#,##0.00'}), "a.xlsx")
    assert texts(table(document).rows) == [("April 2024", "A", "£1,200"), ("April 2024", "B", "-£50.50")]


def test_groups_over_the_headings_stand_over_each_of_their_columns() -> None:
    rows: Rows = (
        ("Awards",),
        (),
        (None, "2023/24", None, "2024/25", None),
        ("Recipient", "Asked", "Given", "Asked", "Given"),
        ("A", 5, 4, 3, 2),
        ("B", 5, 4, 3, 2),
    )
    document = read_bytes(make_xlsx({"S": rows}, merged=["A1:E1", "B3:C3", "D3:E3"]), "a.xlsx")
    assert texts(table(document).header) == [
        ("", "2023/24", "2023/24", "2024/25", "2024/25"),
        ("Recipient", "Asked", "Given", "Asked", "Given"),
    ]


def test_words_of_a_cell_over_several_rows_stand_in_each_and_a_figure_stands_once() -> None:
    rows: Rows = (
        ("Provider", "Service", "Amount"),
        ("A", "x", 100),
        (None, "y", None),
        ("B", "z", 50),
    )
    document = read_bytes(make_xlsx({"S": rows}, merged=["A2:A3", "C2:C3"]), "a.xlsx")
    assert texts(table(document).rows) == [("A", "x", "100"), ("A", "y", ""), ("B", "z", "50")]


def test_a_second_table_of_a_sheet_has_its_own_heading() -> None:
    rows: Rows = (
        ("Recipient", "Amount"), ("A", 5), ("B", 6), (),
        ("Other awards",), ("Project", "Recipient", "Amount"), ("x", "C", 7), ("y", "D", 8),
    )  # fmt: skip
    document = read_bytes(make_csv(rows), "a.csv")
    assert texts(table(document).rows) == [("A", "5"), ("B", "6")]
    assert texts(table(document, 1).header) == [("Project", "Recipient", "Amount")]
    assert [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH] == ["Other awards"]


def test_a_heading_that_each_page_repeats_is_no_row() -> None:
    rows: Rows = (("Recipient", "Amount"), ("A", 5), ("Recipient", "Amount"), ("B", 6))
    assert texts(table(read_bytes(make_csv(rows), "a.csv")).rows) == [("A", "5"), ("B", "6")]


def test_an_amount_that_is_still_open_after_an_empty_row_is_no_heading() -> None:
    rows: Rows = (
        ("Recipient", "Amount"),
        ("A", 5),
        ("", 6),
        (),
        ("C", "TBC"),
        ("D", 7),
        (),
        ("East",),
        ("E", "TBC"),
        ("F", 8),
    )
    assert len(table(read_bytes(make_csv(rows), "a.csv")).rows) == 7


def test_a_name_with_a_colon_above_the_table_is_a_field() -> None:
    rows: Rows = (("Period:", "April 2024"), ("Published:", APRIL), (), ("Supplier", "Net"), ("A", 5), ("B", 6))
    fields = [block for block in read_bytes(make_csv(rows), "a.csv").blocks if block.kind is BlockKind.FIELD]
    assert [(field.field_name, field.text) for field in fields] == [
        ("Period", "April 2024"),
        ("Published", "03/04/2024"),
    ]


def test_a_table_may_begin_without_heading_and_at_any_column() -> None:
    document = read_bytes(make_xlsx({"S": ((), (None, None, "A", 5.5), (None, None, "B", 6.5))}), "a.xlsx")
    assert table(document).header == ()
    assert texts(table(document).rows) == [("A", "5.5"), ("B", "6.5")]


def test_units_below_the_headings_belong_to_them() -> None:
    rows: Rows = (("Recipient", "2023/24", "2024/25"), (None, "£000", "£000"), ("A", 5, 6), ("B", 6, 7))
    assert texts(table(read_bytes(make_csv(rows), "a.csv")).header)[1] == ("", "£000", "£000")


def test_rows_are_passages_with_their_headings() -> None:
    passages = cut_passages(read_bytes(make_csv(PAYMENTS), "april.csv"))
    assert [p.text for p in passages if p.locator == "Row 5"] == [
        "Date: 03/04/2024; Supplier: Harbour & Hope CIC; Net: 1200.5"
    ]


def test_hidden_sheets_rows_and_columns_are_said() -> None:
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(make_xlsx({"Payments": PAYMENTS, "Working": PAYMENTS}, hidden=["Working"]))
    )
    book["Payments"].row_dimensions[6].hidden = True
    book["Payments"].column_dimensions["B"].hidden = True
    data = io.BytesIO()
    book.save(data)
    document = read_bytes(data.getvalue(), "a.xlsx")
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Payments"]
    said = " ".join(document.issues)
    assert "1 hidden sheet not read: 'Working'" in said
    assert "1 hidden rows" in said and "1 hidden columns" in said
    assert len(table(document).rows) == 3


def test_formulas_without_a_saved_value_are_said() -> None:
    rows: Rows = (("Supplier", "Net"), ("A", 5), ("B", 6), ("Total", "=SUM(B2:B3)"))
    document = read_bytes(make_xlsx({"S": rows}), "a.xlsx")
    assert "1 formula without a saved value, the first in B4" in document.issues[0]


def test_cells_in_error_count_as_empty_and_are_said() -> None:
    rows: Rows = (("Supplier", "Net"), ("A", 5), ("#REF!", 6), ("C", "#N/A"))
    document = read_bytes(make_xlsx({"S": rows}), "a.xlsx")
    assert texts(table(document).rows)[1] == ("", "6")
    assert "2 cells in error, the first in row 3" in document.issues[0]


def changed(data: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    """The workbook with some bytes of a part put in place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(*change) if name == part else content)
    return out.getvalue()


def added(data: bytes, part: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = make_xlsx({"Payments": PAYMENTS})


def test_a_million_empty_rows_are_passed_over() -> None:
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(10, 1_000_001))
    data = changed(GOOD, SHEET, (b"</sheetData>", empty + b"</sheetData>"))
    started = time.process_time()
    document = read_bytes(data, "a.xlsx")
    assert len(table(document).rows) == 3 and document.issues == ()
    assert time.process_time() - started < 10


def test_words_far_below_empty_rows_are_said() -> None:
    far = b'<row r="90000"><c r="A90000" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    document = read_bytes(changed(GOOD, SHEET, (b"</sheetData>", far)), "a.xlsx")
    assert "after 2,000 empty rows below row 9" in document.issues[0]


def test_a_bomb_in_the_shared_texts_is_refused() -> None:
    bomb = added(GOOD, "xl/more.xml", b" " * 90_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableDocument, match=r"a\.xlsx: unpacks to far more"):
        read_bytes(bomb, "a.xlsx")


def test_a_sheet_without_end_is_read_to_the_limit_and_said() -> None:
    row = b'<row r="%d">' + b'<c r="A%d"/>' * 400 + b'<c r="B%d"><v>1</v></c></row>'
    rows = b"".join(row.replace(b"%d", b"%d" % number) for number in range(10, 7_000))
    data = changed(GOOD, SHEET, (b"</sheetData>", rows + b"</sheetData>"))
    started = time.process_time()
    document = read_bytes(data, "a.xlsx")
    assert "were not read" in document.issues[0] and "Split" in document.issues[0]
    assert time.process_time() - started < 20


def test_a_long_list_is_read_to_the_limit_and_said() -> None:
    lines = "".join(f"Supplier {number},{number}.00\n" for number in range(10_500))
    document = read_bytes(f"Supplier,Net\n{lines}".encode(), "a.csv")
    assert len(table(document).rows) == 9_999
    assert "Split the file" in document.issues[0]


def test_links_to_other_files_are_said() -> None:
    document = read_bytes(added(GOOD, "xl/externalLinks/externalLink1.xml", b"<a/>"), "a.xlsx")
    assert "takes values from other files" in document.issues[0]


def test_a_sheet_that_breaks_off_keeps_its_first_rows() -> None:
    document = read_bytes(changed(GOOD, SHEET, (b'<row r="8"', b'<row r="8"><<')), "a.xlsx")
    assert table(document).rows[0].texts[1] == "Harbour & Hope CIC"
    assert "is damaged" in document.issues[0]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (GOOD[: len(GOOD) // 2], "a.xlsx", "truncated or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "encrypted Office file"),
        (changed(GOOD, "xl/workbook.xml", (b"<workbook", b"<<workbook")), "a.xlsx", "damaged"),
        (make_xlsx({"S": ()}), "a.xlsx", "no words"),
        (make_xlsx({"A": (("a", 1), ("b", 2)), "S": ()}, hidden=["A"]), "a.xlsx", "1 hidden sheet not read: 'A'"),
        (bytes(range(256)) * 20, "a.csv", "is not a spreadsheet"),
        (b"", "a.csv", "empty"),
        (b",,,\r\n,,,\r\n", "a.csv", "no words"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=re.escape(says)):
        read_bytes(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [(GOOD, "a.csv"), (GOOD, "a.docx"), (GOOD, "a.txt"), (make_csv(PAYMENTS), "a.xlsx")],
)
def test_a_spreadsheet_of_another_name_is_read_as_what_it_is(data: bytes, name: str) -> None:
    assert len(table(read_bytes(data, name)).rows) == 3


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["PK\x03\x04", "", "a,b\n", '"']), st.sampled_from(["a.xlsx", "a.csv"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: str, name: str) -> None:
    try:
        read_bytes(start.encode("latin-1") + data, name)
    except UnreadableDocument as error:
        assert str(error).startswith(f"{name}: ")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(place: int, bytes_: bytes) -> None:
    data = GOOD[:place] + bytes_ + GOOD[place + len(bytes_) :]
    try:
        read_bytes(data, "a.xlsx")
    except UnreadableDocument as error:
        assert str(error).startswith("a.xlsx: ")
