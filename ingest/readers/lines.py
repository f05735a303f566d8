"""Cut plain text and Markdown into pieces. Other formats are first written out as plain text, then cut here too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.readers.flattened import flattened_tables
from ingest.readers.furniture import without_furniture
from ingest.readers.headings import field_key, stands_alone
from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line, Piece, Span
from ingest.readers.spaced import spaced_tables

_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s*+){3,}|(?:\*\s*+){3,}|(?:_\s*+){3,}|=+|`{3,}\w*|<!--.*-->)\s*\Z")
_PIPES = re.compile(r"\s*\|.*\|\s*\Z|(?=[^|\n]*\S)[^|\n]{1,300}\s\|(?:\s.*)?\s?\|\s*\Z")
_PIPE_RULE = re.compile(r"\s*+\|?(?:\s*+:?-{2,}+:?\s*+\|)*\s*+:?-{2,}+:?\s*+\|?\s*+\Z")
_TABBED_MARKER = re.compile(
    r"\s*(?:(?:\d{1,2}(?:\.\d{1,3})+[.)]?|\d{1,2}[.)]|\(?[a-z][.)]|[-*•▪◦‣·●○■–\uf0b7])[ \t]+"
    r"|(?<=\t)(?=[-*•]\s|\d+[.)]\s))"
)
_NOTE = re.compile(r"\s*(?:[¹²³⁰⁴-⁹]+|[†‡])\s*\S")  #: the words of a footnote
_OFFICE_END = re.compile(r"\bcommissioner for [A-Z][\w-]+\Z|\bcombined authority\Z", re.IGNORECASE)
_LONG_LINE = 160  #: a longer line is a whole paragraph, not one line of a wrapped one


def cut(text: str, *, headers: Mapping[int, int] | None = None) -> list[Piece]:
    """Return the pieces of `text` in order; form feeds separate pages.

    Args:
        text: The document's text.
        headers: For tables of marked-up formats: offset of the table -> number of its header rows.
    """
    pieces: list[Piece] = []
    lines = without_furniture(list(_lines(text)))
    tables = flattened_tables(lines)
    place = 0
    for start, (end, table) in [*sorted(tables.items(), key=lambda one: one[0]), (len(lines), (0, None))]:
        for run in _runs(lines[place:start]):
            pieces.extend(_pieces(run, headers or {}))
        if table is not None:
            pieces.append(table)
        place = end
    return pieces


def _pieces(run: list[Line], headers: Mapping[int, int]) -> Iterator[Piece]:
    if "\t" in run[0].text or _PIPES.match(run[0].text):
        yield _table(run, headers)
        return
    place = 0
    for start, end, table in spaced_tables(run):
        if place < start:
            yield from _paragraphs(run[place:start])
        yield table
        place = end
    if place < len(run):
        yield from _paragraphs(run[place:])


def _lines(text: str) -> Iterator[Line]:
    page = 1 if "\f" in text else None
    start = 0
    for part in re.split(r"(\n|\f)", text):
        if part == "\f" and page is not None:
            page += 1
        elif part != "\n":
            yield Line(start, part, page)
        start += len(part)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank line in between; table lines form runs of their own."""
    run: list[Line] = []
    for line in lines:
        blank = not line.text.strip() or _RULE.match(line.text) is not None
        if run and (blank or line.page != run[-1].page or _kind(line) != _kind(run[-1])):
            yield run
            run = []
        if not blank:
            run.append(line)
    if run:
        yield run


def _kind(line: Line) -> str:
    if _PIPES.match(line.text):
        return "pipes"
    marker = _TABBED_MARKER.match(line.text)
    if "\t" not in line.text[marker.end() if marker else 0 :]:
        return "text"
    return "tabs"


def _table(run: list[Line], headers: Mapping[int, int]) -> Piece:
    piece = Piece(run[0].start, run[-1].span[1], page=run[0].page, header_rows=headers.get(run[0].start))
    for index, line in enumerate(run):
        if _PIPES.match(line.text):
            if _PIPE_RULE.match(line.text):
                if index == 1 and piece.header_rows is None:
                    piece.header_rows = 1
                continue
            cells = _cells(line, r"(?<!\\)\|", outer=True) if line.text.lstrip().startswith("|") else _left_open(line)
        else:
            cells = _cells(line, "\t", outer=False)
        piece.grid.append(cells)
        piece.grid_pages.append(line.page)
    if len({len(cells) for cells in piece.grid}) > 1:  # one tab or more between two cells, as far as they reach
        filled = [[span for span in cells if span[0] < span[1]] for cells in piece.grid]
        piece.grid = filled if len({len(cells) for cells in filled}) == 1 else piece.grid
    return piece


def _left_open(line: Line) -> list[Span]:
    """Return the cells of a row with a bar after each cell and none before the first."""
    return _cells(line, r"(?<!\\)\|", outer=False)[:-1]


def _cells(line: Line, separator: str, *, outer: bool) -> list[Span]:
    ends = [match.span() for match in re.finditer(separator, line.text)]
    edges = [0, *(edge for span in ends for edge in span), len(line.text)]
    cells = list(zip(edges[0::2], edges[1::2], strict=True))
    spans = []
    for start, end in cells[1:-1] if outer else cells:
        words = line.text[start:end]
        lead = len(words) - len(words.lstrip())
        spans.append((line.start + start + lead, line.start + start + max(lead, len(words.rstrip()))))
    return spans


def _paragraphs(run: list[Line]) -> Iterator[Piece]:
    width = max(40, *(len(line.text) for line in run))
    piece: Piece | None = None
    before: Line | None = None
    count = 0
    repeated = False
    bold_marks = 0  # in the lines of the piece so far; an odd number leaves bold open
    for line in run:
        hashes = _HASHES.match(line.text)
        marked = read_marker(line.text) is not None or _NOTE.match(line.text) is not None
        starts = piece is None or before is None or hashes or piece.level or marked
        if not starts and piece is not None and before is not None:
            starts = repeated or not _continues(line, before, width, bold_open=bold_marks % 2 == 1)
        again = before is not None and line.text.strip() == before.text.strip()
        again = again or stands_alone(line.text) or (before is not None and stands_alone(before.text))
        starts, repeated = starts or again, again  # a title printed twice stands by itself
        if starts:
            if piece is not None:
                yield piece
            count += 1
            bold_marks = 0
            text = line.text.lstrip("> ") if line.text.startswith(">") else line.text
            start = line.start + (hashes.end() if hashes else len(line.text) - len(text.lstrip()))
            piece = Piece(
                start,
                line.span[1],
                page=line.page,
                level=len(hashes[1]) if hashes else 0,
                indent=line.indent,
                alone=count == 1,
            )
        elif piece is not None:
            piece.end = line.span[1]
        bold_marks += line.text.count("**")
        before = line
    if piece is not None:
        piece.alone = count == 1
        yield piece


def _continues(line: Line, before: Line, width: int, *, bold_open: bool) -> bool:
    """Return True if a line continues the one before: it begins in small letters, or its first word did not fit."""
    words, above = line.text.strip(), before.text.strip()
    if bold_open or words[0].islower():
        return True
    if len(above) > _LONG_LINE or len(above) < 0.6 * min(width, _LONG_LINE) or field_key(line.text):
        return False
    apart = len(above) + len(words.split()[0]) < 0.85 * width or _OFFICE_END.search(above) is not None
    return not (words[0].isupper() and above[-1].isalnum() and apart)
