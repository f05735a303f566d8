"""One notice as people have it - copied text, Markdown, web page, Word file, PDF - gives the same blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from made_documents import make_docx, make_html, make_pdf

from ingest.document import BlockKind, Document
from ingest.readers import read_bytes

NOTICE = """# Small grants for young people

- Decision reference: 2031-104
- Decision body: Police and Crime Commissioner for Norfolk
- Date signed: 5 June 2031

## Background

The Commissioner set up a fund for Café Solidarité, for the Co-operative Trust and for others in Stoke-on-Trent.

## Decision

The Commissioner awards the grants in this table, which come to £56,750 in all, for work with families in 2031/32.

| Organisation | Purpose | 2031/32 |
|---|---|---|
| Marshgate and District Sanctuary Trust | Outreach for families in the north of the county | £45,000 |
| Kettle Yard Project | Multi-agency hub | £7,250 |
| Café Solidarité | Beds | £4,500 |
| Total | | £56,750 |

It also pays £1,250 to the Swaffham Club of Norfolk in 2031/32 for its evenings.
"""


def outline(document: Document) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """Kinds, words and rows; a field's key is among its words."""
    return [
        (str(block.kind), f"{block.field_name}: {block.text}" if block.field_name else block.text, rows)
        for block in document.blocks
        for rows in [tuple(row.texts for row in (*block.header, *block.rows))]
    ]


def plain() -> Document:
    return read_bytes(NOTICE.encode(), "notice.md")


def copied(text: str) -> str:
    """Return the notice as text copied from a page: no marks, and a menu and a foot around it."""
    lines = [line.lstrip("#- ") for line in text.split("\n") if not line.startswith("|---")]
    return "Skip to main content\nHome\nNews\nContact\n\n" + "\n".join(lines) + "\nShare this page\nCookies\n"


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line[1:-1].split("|")]


def one_cell_a_line(text: str) -> str:
    lines = (cells_of(line) if line[:1] == "|" else None for line in text.split("\n"))
    made = ("\n".join(f"{cell} |".strip() for cell in cells) if cells else None for cells in lines)
    return "\n".join(cells or line for cells, line in zip(made, text.split("\n"), strict=True))


def in_columns(text: str) -> str:
    rows = [cells_of(line) for line in text.split("\n") if line[:1] == "|"]
    widths = [max(len(row[column]) for row in rows) + 3 for column in range(3)]
    lines = iter("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(next(lines) if line[:1] == "|" else line for line in text.split("\n"))


def decomposed(text: str) -> str:
    return (
        text.replace("é", "e\u0301")
        .replace("£45,", "£4\u200b5,")
        .replace("ff", "\ufb00")
        .replace("7,250", "7\u00a0250")
    )


FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "copied, one cell a line": ("txt", lambda: one_cell_a_line(copied(NOTICE)).encode()),
    "copied, columns of spaces": ("txt", lambda: in_columns(copied(NOTICE)).encode()),
    "web page": ("html", lambda: make_html(plain())),
    "Word": ("docx", lambda: make_docx(plain())),
    "PDF with rules": ("pdf", lambda: partial(make_pdf, ruled=True)(plain())),
    "PDF without rules": ("pdf", lambda: partial(make_pdf, ruled=False)(plain())),
}


@pytest.mark.parametrize(("form", "make"), FORMS.values(), ids=FORMS)
def test_every_form_of_a_notice_gives_its_blocks(form: str, make: Callable[[], bytes]) -> None:
    found = read_bytes(make(), f"notice.{form}")
    kinds = {str(BlockKind.HEADING), str(BlockKind.PARAGRAPH)}  # a copy has no marks that tell them apart
    strip = [(kind if kind not in kinds else "words", words, rows) for kind, words, rows in outline(found)]
    assert strip == [(kind if kind not in kinds else "words", words, rows) for kind, words, rows in outline(plain())]


def test_odd_characters_change_no_block() -> None:
    text = NOTICE.replace("£7,250", "£7 250")
    assert outline(read_bytes(decomposed(NOTICE).encode(), "a.md")) == outline(read_bytes(text.encode(), "a.md"))
