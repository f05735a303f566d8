"""PDF pages as people have them: columns side by side, wrapped and broken words, raised marks, heads of short lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.document import Block, BlockKind
from ingest.readers import read_bytes

HEAD = (
    "Decision reference: 2024-200", "Decision body: Police and Crime Commissioner for Norfolk",
    "Date signed: 17 June 2024",
)  # fmt: skip
COLUMNS = (
    (
        "The Commissioner set up a fund in 2022 for work with young people, and it has been popular with schools.",
        "The Commissioner awards £27,300 to Saltmarsh Youth Trust in 2024/25 for mentoring across the county.",
    ),
    (
        "Officers have looked at the applications and found that they meet the terms of the fund in the annual plan.",
        "The Commissioner awards £14,150 to Pingo Boxing Club in 2024/25 for evening sessions and a summer camp.",
    ),
    (
        "Legal advice is that the commissioner may give grants under section 143 of the Act of 2014 for this purpose.",
        "A third award of £8,400 goes to Holt Angling Club for evening sessions by the river, which many attend.",
    ),
)
LAST = "The cost is met from the fund, which has £120,000 in 2024/25, and no other money is needed for these awards."


def blocks_of(pdf: bytes) -> list[Block]:
    return list(read_bytes(pdf, "a.pdf").blocks)


def words_of(pdf: bytes, *kinds: BlockKind) -> list[str]:
    return [block.text for block in blocks_of(pdf) if block.kind in (kinds or tuple(BlockKind))]


def in_columns(count: int, *, gutter: float, shift: float = 0, headed: bool = True, justified: bool = False) -> bytes:
    """Return a page with a head, text in columns, and text over the whole width below."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph

    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], alignment=4 if justified else 0)
    across, down = A4
    wide = across - 120
    width = (wide - gutter * (count - 1)) / count

    def frame(left: float, bottom: float, right: float, height: float) -> Frame:
        return Frame(left, bottom, right, height, leftPadding=0, rightPadding=0)

    frames = [frame(60, down - 190, wide, 130)]
    frames += [frame(60 + n * (width + gutter), down - 560, width, 360 - n * shift) for n in range(count)]
    frames += [frame(60, 60, wide, 200)]
    story: list[Flowable] = [Paragraph("2024-200 Two grants", styles["Title"])]
    story += [Paragraph(line, body) for line in HEAD]
    for number, column in enumerate(COLUMNS[:count], 1):
        story.append(FrameBreak())
        if headed:
            story.append(Paragraph(f"{number}. Section {'ABC'[number - 1]}", styles["Heading2"]))
        story += [Paragraph(words, body) for words in column]
    story += [FrameBreak(), Paragraph(LAST, body)]
    data = io.BytesIO()
    template = BaseDocTemplate(data, pagesize=A4)
    template.addPageTemplates([PageTemplate(frames=frames)])
    template.build(story)
    return data.getvalue()


LAYOUTS: dict[str, dict[str, Any]] = {
    "two": {"count": 2, "gutter": 24},
    "two, a narrow gap": {"count": 2, "gutter": 12},
    "two, lines at other heights": {"count": 2, "gutter": 24, "shift": 7},
    "two without headings": {"count": 2, "gutter": 24, "headed": False},
    "two, justified": {"count": 2, "gutter": 18, "justified": True},
    "three": {"count": 3, "gutter": 15},
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_columns_are_read_one_after_the_other(layout: dict[str, Any]) -> None:
    pdf = in_columns(**layout)
    expected = [words for column in COLUMNS[: layout["count"]] for words in column]
    assert words_of(pdf, BlockKind.PARAGRAPH) == [*expected, LAST]
    assert words_of(pdf, BlockKind.FIELD) == [line.split(": ")[1] for line in HEAD]
    if layout.get("headed", True):
        assert words_of(pdf, BlockKind.HEADING)[1:] == [f"Section {letter}" for letter in "ABC"[: layout["count"]]]


def of_lines(lines: Sequence[str]) -> bytes:
    """Return a page of lines, one below the other; an empty one leaves a gap."""
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data)
    for number, line in enumerate(lines):
        canvas.drawString(72, 770 - 15 * number, line)
    canvas.save()
    return data.getvalue()


def test_lines_of_a_head_are_kept_apart() -> None:
    lines = [
        "Office of the Police and Crime Commissioner for Norfolk", "Decision Notice", "Outreach", "17 June 2024",
        "Decision body: Police and Crime Commissioner for Norfolk", "Date signed: 6 June 2024", "Status: approved",
    ]  # fmt: skip
    assert words_of(of_lines(lines)) == [line.split(": ")[-1] for line in lines]


def test_words_and_names_broken_at_line_ends_are_whole() -> None:
    pdf = of_lines(
        [
            "The Commissioner awards £31,400 in 2024/25 to Calder-", "dale Sanctuary Trust for work with families.", "",
            "The Commissioner awards £18,600 in 2024/25 to Stoke-on-", "Trent Families for group work.", "",
            "The Commissioner awards £9,900 in 2024/25 to the Co-", "operative Trust for multi-", "agency training.",
        ]
    )  # fmt: skip
    assert words_of(pdf) == [
        "The Commissioner awards £31,400 in 2024/25 to Calderdale Sanctuary Trust for work with families.",
        "The Commissioner awards £18,600 in 2024/25 to Stoke-on-Trent Families for group work.",
        "The Commissioner awards £9,900 in 2024/25 to the Co-operative Trust for multi-agency training.",
    ]


ROWS = [
    ("Organisation", "Project", "2024/25", "2025/26"),
    ("Marshgate and District Community Sanctuary Trust<super>1</super>", "Outreach work with families in the north of "
     "the county", "£45,000", "£46,000"),
    ("Kettle Yard Project", "Co-<br/>operative learning", "£7,250<super>2</super>", "£0"),
    ("Stoke-on-<br/>Trent Families", "Group work", "£18,600.50", "£1,200,000"),
    ("Calder-<br/>dale Refuge¹", "Beds", "£3,000*", "£4,000"),
    ("Total", "", "£73,850.50", "£1,250,000"),
]  # fmt: skip
READ = [
    ("Marshgate and District Community Sanctuary Trust", "Outreach work with families in the north of the county",
     "£45,000", "£46,000"),
    ("Kettle Yard Project", "Co-operative learning", "£7,250", "£0"),
    ("Stoke-on-Trent Families", "Group work", "£18,600.50", "£1,200,000"),
    ("Calderdale Refuge", "Beds", "£3,000", "£4,000"),
    ("Total", "", "£73,850.50", "£1,250,000"),
]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
@pytest.mark.parametrize("place", ["TOP", "MIDDLE", "BOTTOM"])
def test_wrapped_cells_are_one_row_and_marks_of_notes_are_left_out(place: str, ruled: bool) -> None:
    from reportlab.lib.colors import black
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    body = getSampleStyleSheet()["BodyText"]
    table = Table([[Paragraph(cell, body) for cell in row] for row in ROWS], colWidths=[95, 150, 80, 80])
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, black)] if ruled else []
    table.setStyle([("VALIGN", (0, 0), (-1, -1), place), *rules])
    data = io.BytesIO()
    first = Paragraph("The awards of the 30<super>th</super> of June:", body)
    last = Paragraph("<super>1</super> Subject to a signed agreement.", body)
    SimpleDocTemplate(data).build([first, table, last])
    before, made, after = blocks_of(data.getvalue())
    assert before.text == "The awards of the 30th of June:"
    assert [row.texts for row in made.header] == [ROWS[0]]
    assert [row.texts for row in made.rows] == READ
    assert after.text == "Subject to a signed agreement."


WRAPPED = [
    (["Organisation"], ["Purpose"], "2024/25"),
    (["Marshgate and District", "Sanctuary Trust"], ["Outreach with families"], "£45,000"),
    (["Kettle Yard"], ["Boxing"], "£7,250"),
    (["The Very Reverend", "Hopkins Almshouses of", "Great Snoring"], ["Repairs of the", "roof"], "£18,600"),
    (["Holt Club"], ["Chess"], "£900"),
    (["Total"], [""], "£71,750"),
]


@pytest.mark.parametrize("place", [0, 0.5, 1], ids=["top", "middle", "bottom"])
@pytest.mark.parametrize("apart", [14, 16, 22])
def test_rows_a_little_further_apart_than_their_lines_are_told_apart(apart: int, place: float) -> None:
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.setFont("Helvetica", 10)
    down = 780.0
    for names, purposes, amount in WRAPPED:
        for left, lines in ((60, names), (220, purposes)):
            for number, line in enumerate(lines):
                canvas.drawString(left, down - 12 * number, line)
        last = 12 * (len(names) - 1)
        canvas.drawRightString(430, down - place * last, amount)
        down -= last + apart
    canvas.save()
    (made,) = blocks_of(data.getvalue())
    joined = [(" ".join(names), " ".join(purposes), amount) for names, purposes, amount in WRAPPED]
    assert [row.texts for row in (*made.header, *made.rows)] == joined
