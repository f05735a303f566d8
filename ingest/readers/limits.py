"""Limits on the contents of a document. A larger document is refused with a message that says what to do."""

from __future__ import annotations

import zipfile

MOST_DEPTH = 250  #: tags within each other in a web page; the XML of Word and Excel ends at a similar depth
MOST_TAGS = 400_000  #: of a web page
MOST_CELLS = 100_000  #: of the tables of a web page or a Word document, after cells are spread over what they cover
MOST_PAGES = 1_500  #: of a PDF
MOST_SIGNS_OF_PAGE = 60_000  #: letters on one page of a PDF
MOST_SHAPES_OF_PAGE = 20_000  #: lines and shapes on one page of a PDF; beyond, its tables are not looked for
MOST_PARTS = 10_000  #: files in the zip archive of a Word document or a workbook
MOST_BYTES_OF_XML = 60_000_000  #: that the texts of a Word document unpack to; they are held whole
MOST_BYTES_UNPACKED = 400_000_000  #: that all of a Word document unpacks to, pictures included


class TooMuch(Exception):
    """A document has more of something than is read.

    The message gives kind, number and remedy, without the file's name.
    """


def check(count: int, most: int, things: str, advice: str) -> None:
    """Raise an error if a document has more than `most` things.

    Raises:
        TooMuch: There are more; the message gives both numbers and the advice.
    """
    if count > most:
        raise TooMuch(f"{count:,} {things}, more than the {most:,} that are read; {advice}.")


def check_parts(archive: zipfile.ZipFile) -> None:
    """Raise an error if an archive has very many parts.

    Raises:
        TooMuch: There are too many parts.
    """
    check(len(archive.infolist()), MOST_PARTS, "parts in the file", "save it anew, or split it")


class Room:
    """The number of table cells of a document that may still be read."""

    def __init__(self, cells: int = MOST_CELLS) -> None:
        self._cells = self._left = cells

    def take(self, cells: int) -> None:
        """Subtract cells from the number that may still be read.

        Raises:
            TooMuch: More cells than may be read.
        """
        self._left -= cells
        check(self._cells - self._left, self._cells, "cells in tables", "save its tables as .xlsx or .csv, or split it")
