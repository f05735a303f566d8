"""Plain text and Markdown to blocks: sections, numbers, items, fields, tables and their locators."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Document
from ingest.readers import SUFFIXES, read, read_bytes
from ingest.readers.cleaning import clean

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = sorted([*SHARED.glob("decisions/*.txt"), *SHARED.glob("digests/*/*.md")]) if SHARED.is_dir() else []


def read_text(text: str, name: str = "notice.txt") -> Document:
    return read_bytes(text.encode(), name)


def locators(document: Document) -> list[str]:
    return [block.locator for block in document.blocks if block.kind is not BlockKind.HEADING]


def tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def check_offsets(document: Document) -> None:
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
        if block.kind is not BlockKind.TABLE:
            assert clean(document.text[block.start : block.end]) == block.text
        for row in (*block.header, *block.rows):
            raw = clean(document.text[row.start : row.end]).replace(" ", "")
            for cell in row.cells:
                assert all(part in clean(document.text[cell.start : cell.end]) for part in cell.text.split())
                assert all(part in raw for part in cell.text.split())


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (r"totalling $\pm 1,237,813$ as set out", "totalling £1,237,813 as set out"),
        (r"\pounds1,000", "£1,000"),
        ("±45,000", "£45,000"),
        ("f45,000 and E1,200,000", "£45,000 and £1,200,000"),
        ("£\n334", "£334"),
        ("£697 ,385.11", "£697,385.11"),
        ("on 30<sup>th</sup> June", "on 30th June"),
        ("<b>✓</b>", "✓"),
        (r"(\checkmark)", "(✓)"),
        ("**MAPPA** – the *Getting it Right* paper", "MAPPA – the Getting it Right paper"),
        ("[the record](https://example.org/a_(b)) says", "the record says"),
        ("Until [Insert date]", "Until [Insert date]"),
        ("need to\n\n7\n\neliminate", "need to eliminate"),
        ("5 * 3 = 15 and a_b_c", "5 * 3 = 15 and a_b_c"),
    ],
)
def test_crumbs_are_cleaned(raw: str, words: str) -> None:
    assert clean(raw) == words


@given(
    st.text(alphabet=st.one_of(st.sampled_from("aE £1,0$\\*[]()<b>\n\f-_&;\x1f\u00a0¹"), st.characters()), max_size=80)
)
def test_any_words_are_cleaned_to_one_line(raw: str) -> None:
    assert clean(raw) == " ".join(clean(raw).split())


def test_numbered_paragraphs_items_and_bullets_have_their_locators() -> None:
    document = read_text(
        "Executive Summary:\n\nThe first paragraph says what it is about.\n\nThe second says how much.\n\n"
        "Recommendation:\n\nThe Commissioner is recommended to:\n\n- 1. Approve it.\n  - to one\n  - to another\n"
        "- 2. Delegate it.\n\n3. Financial Comments\n\n- 3.1 It costs £5.\n3.2. It is made up of:\n  - one\n  - two\n"
    )
    assert locators(document) == [
        "Executive summary, paragraph 1", "Executive summary, paragraph 2", "Recommendation, paragraph 1",
        "Recommendation 1", "Recommendation 1, bullet 1", "Recommendation 1, bullet 2", "Recommendation 2",
        "3.1", "3.2", "3.2, bullet 1", "3.2, bullet 2",
    ]  # fmt: skip
    assert document.blocks[-1].section == "Financial comments"


def test_a_bullet_among_numbered_paragraphs_is_a_paragraph() -> None:
    document = read_text("1. Background\n\n- 1.1 It has these aims:\n  - one\n  - two\n- It began in a certain year.\n")
    assert locators(document)[-1] == "Background, paragraph 1"


def test_letters_nest_under_numbers() -> None:
    document = read_text("Recommendations\n\n1. Approve:\n   a) one thing\n   b) another\n2. Note it\n")
    assert locators(document) == ["Recommendation 1", "Recommendation 1(a)", "Recommendation 1(b)", "Recommendation 2"]


def test_numbering_that_starts_again_keeps_its_locators_apart() -> None:
    document = read_text(
        "Recommendation\n\nThe DMPC is asked to:\n\n1. Approve.\n\nThe MOPAC CEO is asked to:\n\n1. Note.\n"
    )
    assert locators(document)[-1] == "Recommendation 1 (list 2)"


def test_a_wrapped_cell_and_a_page_break_leave_one_table() -> None:
    document = read_text(
        "3. Financial Comments\n\nProject\tProvider\t2023/24\t2024/25\n"
        "One\tBody A (on behalf of\t£10.00\t£20.00\n\tOther Body)\t\t\n"
        "One\tBody B\t£1\t£0\n\n\fOne\tBody C\t£3\t£4\n\tTotal\t£14\t£24\n"
    )
    (table,) = tables(document)
    assert table.header[0].texts == ("Project", "Provider", "2023/24", "2024/25")
    assert [row.texts[1] for row in table.rows] == ["Body A (on behalf of Other Body)", "Body B", "Body C", "Total"]
    assert table.rows[0].locator == "Financial comments, table 1, row 1"
    assert [row.page for row in table.rows] == [1, 1, 2, 2]
    check_offsets(document)


def test_a_repeated_header_is_left_out_of_a_continued_table() -> None:
    document = read_text("Body\tGrant\nA\t£1\n\n\fBody\tGrant\nB\t£2\n")
    (table,) = tables(document)
    assert [row.texts for row in table.rows] == [("A", "£1"), ("B", "£2")]


def test_tables_with_other_headers_stay_apart() -> None:
    document = read_text("Costs\n\nBorough\tVictims\nA\t£1\nTotal\t£1\n\nBorough\tJustice\nB\t£2\nTotal\t£2\n")
    assert [table.header[0].texts[1] for table in tables(document)] == ["Victims", "Justice"]
    assert tables(document)[1].rows[0].locator == "Costs, table 2, row 1"


def test_titles_above_the_header_are_header_rows_and_a_table_may_have_none() -> None:
    document = read_text(
        "The fund\t\t\nAs revised\t\t\n\t18/19\t19/20\nHere\t£1\t£2\n\nas follows;\n\nOne\t£150\nTwo\t£190\n"
    )
    first, second = tables(document)
    assert [row.texts for row in first.header][-1] == ("", "18/19", "19/20")
    assert second.header == () and len(second.rows) == 2


def test_a_markdown_head_gives_fields_and_its_sections_tables() -> None:
    document = read_text(
        "# X 1 A title\n\n- Reference: X 1\n- Date signed: not stated\n- Source: https://example.org/x\n\n> A note.\n\n"
        "## Financial comments\n| Body | Grant |\n|---|---|\n| A \\| B | £1 |\n",
        "x.md",
    )
    fields = {block.field_name: block.text for block in document.blocks if block.kind is BlockKind.FIELD}
    assert fields == {"Reference": "X 1", "Date signed": "not stated", "Source": "https://example.org/x"}
    (table,) = tables(document)
    assert table.rows[0].texts == ("A | B", "£1")
    assert table.rows[0].locator == "Financial comments, table 1, row 1"


def test_numbers_alone_are_crumbs_or_belong_to_what_follows() -> None:
    document = read_text(
        "1. Background\n\n1.1\n\nThe first paragraph, whose number stood alone on a line.\n\n7\n\n"
        "1.2 The second paragraph goes on for a while, over the page, and\n\n8\n\nends here.\n"
    )
    assert [(block.number, block.text) for block in document.blocks[1:]] == [
        ("1.1", "The first paragraph, whose number stood alone on a line."),
        ("1.2", "The second paragraph goes on for a while, over the page, and ends here."),
    ]


@pytest.mark.skipif(not FILES, reason="the texts in ../shared are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_offsets_of_real_documents_hold_the_words(path: Path) -> None:
    document = read(path)
    check_offsets(document)
    assert not document.issues


LINES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
        st.sampled_from([
            "", "1. Heading", "- 1.1 Words here", "  - bullet", "a\tb\t£1", "\tb\t", "| a | £2 |", "|---|---|",
            "**Bold**",
            "Title: a thing", "3", "1.9", "\f", "## 2. Section", "the rest of a line", "Total\t£3", "$\\pm 5,000$",
        ]),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read_and_offsets_hold(lines: list[str], name: str) -> None:
    text = "A first line.\n" + "\n".join(lines)
    document = read_bytes(text.encode("utf-8", "replace"), name)
    check_offsets(document)


def test_suffixes_are_those_of_the_contract() -> None:
    assert {".md", ".txt", ".html", ".pdf", ".docx"} <= SUFFIXES
