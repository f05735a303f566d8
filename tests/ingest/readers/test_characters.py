"""Invisible and odd characters, split and joined letters, footnote marks and broken words, before a text is read."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document
from ingest.readers import read_bytes
from ingest.readers.characters import tidy
from ingest.readers.hyphens import Hyphens

TIDIED = [
    ("zero width", "£4\u200b6,000 to \ufeffa\u2060 club", "£46,000 to a club"),
    ("soft hyphen", "Sanc\u00adtuary, Sanc\u00ad\ntuary", "Sanctuary, Sanctuary"),
    ("letter and accent apart", "Cafe\u0301 Solidarite\u0301", "Café Solidarité"),
    ("ligatures", "She\ufb03eld o\ufb03ce, \ufb01nancial", "Sheffield office, financial"),
    ("spaces", "£\u00a01,250 to\u2009a\u202fclub", "£ 1,250 to a club"),
    ("hyphens", "Stoke\u2011on\u2010Trent", "Stoke-on-Trent"),
    ("full width", "\uff21\uff22 \uffe1\uff15", "AB £5"),
    ("wrong encoding", "Â£20 for Cafâ€™s â€“ CafÃ©", "£20 for Caf’s – Café"),
    ("lost sign", "\ufffd45,000", "£45,000"),
    ("raised digit after a figure", "£45,000¹ and £7,250²,³", "£45,000 and £7,250"),
    ("raised digit after a name", "Kettle Yard Project² | £7,250", "Kettle Yard Project | £7,250"),
    ("raised digit before a note", "¹ Subject to an agreement", "¹ Subject to an agreement"),
    ("square metres", "100 m² of floor", "100 m² of floor"),
    ("tag", "stalking<sup>1</sup>, on 30<sup>th</sup> June", "stalking, on 30<sup>th</sup> June"),
    ("bracket after a figure", "£7,250(2), £1.2m(a)", "£7,250, £1.2m"),
    ("bracket at a cell's end", "£7,250 (2)\tA (1)", "£7,250\tA (1)"),
    (
        "section of an Act",
        "section 143(1) of the Act, paragraph 3.12(1)",
        "section 143(1) of the Act, paragraph 3.12(1)",
    ),
    ("numbered list in a line", "pay £7,250 (2) note it", "pay £7,250 (2) note it"),
    ("stars", "Marsh Trust* was given £45,000** for it", "Marsh Trust was given £45,000 for it"),
    ("emphasis stays", "the *Getting it Right* paper, 5 * 3", "the *Getting it Right* paper, 5 * 3"),
    ("daggers", "Marsh Trust† £45,000‡", "Marsh Trust £45,000"),
    ("square brackets", "£45,000[1] to a club[^note] [1](https://x.org)", "£45,000 to a club [1](https://x.org)"),
    ("copied raised digit", "£45,0001 and £22,5000", "£45,000 and £22,5000"),
]


@pytest.mark.parametrize(("printed", "words"), [case[1:] for case in TIDIED], ids=[case[0] for case in TIDIED])
def test_characters_are_tidied(printed: str, words: str) -> None:
    assert tidy(printed) == words


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once_for_letters(text: str) -> None:
    assert tidy(tidy(text)) == tidy(tidy(tidy(text)))


JOINED = [
    ("a Calder-", "dale Trust", "a Calderdale Trust"),
    ("Stoke-", "on-Trent Families", "Stoke-on-Trent Families"),
    ("Stoke-on-", "Trent", "Stoke-on-Trent"),
    ("the Co-", "operative Trust", "the Co-operative Trust"),
    ("a multi-", "agency hub", "a multi-agency hub"),
    ("the part-", "nership, which", "the partnership, which"),
    ("trauma-", "informed care", "trauma-informed care"),
    ("year-on-", "year", "year-on-year"),
    ("Marsh-", "gate Trust", "Marshgate Trust"),
    ("a drop-", "zone", "a drop-zone"),  # the document prints it so elsewhere
    ("a help-", "desk", "a helpdesk"),
    ("Title -", "next line", "Title - next line"),
]


@pytest.mark.parametrize(("before", "after", "line"), JOINED)
def test_words_broken_at_a_line_end_are_joined_and_names_keep_their_hyphens(before: str, after: str, line: str) -> None:
    hyphens = Hyphens("The drop-zone and the helpdesk. To help at a desk.")
    assert hyphens.join(before, after) == line
    assert hyphens.mend(f"{before}\n{after}").replace("\n", " ") == line


NOTICE = "Award £4\u200b6,000¹ to Cafe\u0301 She\ufb03eld² in 2024/25."
READ = "Award £46,000 to Café Sheffield in 2024/25."


def as_docx(text: str) -> bytes:
    import docx

    word = docx.Document()
    word.add_paragraph(text)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


@pytest.mark.parametrize("form", ["txt", "md", "html", "docx"])
@pytest.mark.parametrize("frame", ["{}", "- {}", "## {}", "| A | {} |", "Title: {}"])
def test_every_format_and_block_is_tidy_and_quotes_are_the_text(form: str, frame: str) -> None:
    if form == "docx":
        data = as_docx(NOTICE)
    else:
        data = (f"<main><p>{NOTICE}</p></main>" if form == "html" else frame.format(NOTICE)).encode()
    document: Document = read_bytes(data, f"a.{form}")
    (block,) = [block for block in document.blocks if "46,000" in block.text]
    assert READ in block.text
    assert READ in document.text[block.start : block.end]


def test_raised_marks_of_word_are_left_out_and_ordinals_stay() -> None:
    import docx

    word = docx.Document()
    paragraph = word.add_paragraph("Marsh Trust gets £45,000")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" on the 30")
    paragraph.add_run("th").font.superscript = True
    paragraph.add_run(" of June")
    data = io.BytesIO()
    word.save(data)
    assert [block.text for block in read_bytes(data.getvalue(), "a.docx").blocks] == [
        "Marsh Trust gets £45,000 on the 30th of June"
    ]


def test_notes_below_a_text_stand_apart() -> None:
    document = read_bytes("Words of the text.\n\n¹ Subject to agreement.\n² Paid in two parts.\n".encode(), "a.txt")
    assert [block.text for block in document.blocks] == [
        "Words of the text.", "¹ Subject to agreement.", "² Paid in two parts.",
    ]  # fmt: skip
