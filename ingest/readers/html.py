"""Read web pages: the page's own text, without navigation, banners and scripts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.readers.decoding import decode
from ingest.readers.headings import is_letterhead
from ingest.readers.limits import MOST_DEPTH, MOST_TAGS, Room, check
from ingest.readers.plain import Source, document_of
from ingest.readers.writer import SpanCell, Writer, expand, one_line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = [
    "script", "style", "noscript", "template", "nav", "footer", "svg", "iframe", "button", "select", "input", "form",
]  # fmt: skip
_FRAME = ("nav", "footer")  #: those of them whose words tell whose page it is
_LONGEST_FRAME = 10_000  #: characters
#: words in the class, id or role of what stands around a page's text
_ASIDES = frozenset((
    "access", "accessibility", "advert", "advertisement", "alertdialog", "breadcrumb", "breadcrumbs", "comments",
    "complementary", "consent", "contentinfo", "cookie", "cookies", "dialog", "exit", "footer", "language", "login",
    "logo", "masthead", "menu", "modal", "nav", "navbar", "navigation", "newsletter", "offcanvas", "pager",
    "pagination", "popup", "quickexit", "related", "search", "sharing", "share", "skip", "skiplink", "skiplinks",
    "social", "subscribe", "toolbar", "translate", "topbar", "utility",
))  # fmt: skip
_CONTENT = re.compile(r"(?:main|page|primary)?[-_]?content|main", re.IGNORECASE)
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "body", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "header", "figure", "figcaption", "address", "fieldset", "details", "summary", "li", "dt", "dd",
    "hr", "pre", "aside", "center", "html", "td", "th", "tr", "tbody", "thead", "tfoot", "caption",
))  # fmt: skip
_NUMBERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a web page.

    Raises:
        UnreadableDocument: The page holds no text of its own.
        TooMuch: The page has too many tags, or tags nested too deeply.
    """
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    text = decode(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(data if text is None else text, "lxml")
    _check_shape(soup)
    writer = Writer()
    frame = _drop(soup)
    root = _main(soup)
    _write_head(soup, root, writer)
    if root is not None:
        _Walker(writer).blocks(root)
    if not writer.text.strip():
        raise UnreadableDocument(f"{name}: the page holds no text of its own; save the page as shown in the browser.")
    return replace(document_of(Source(data, name, "html"), writer.text, headers=writer.headers), frame=frame)


def _check_shape(soup: BeautifulSoup) -> None:
    """Raise TooMuch for a page with too many tags or too deep nesting, which would take far too long to read."""
    from bs4 import Tag

    deepest = count = 0
    open_tags = [soup.children]
    while open_tags:
        for node in open_tags[-1]:
            if isinstance(node, Tag):
                count += 1
                open_tags.append(node.children)
                deepest = max(deepest, len(open_tags) - 1)
                break
        else:
            open_tags.pop()
    check(deepest, MOST_DEPTH, "tags within each other", "save the page as text")
    check(count, MOST_TAGS, "tags", "split the page, or save it as text")


def _write_head(soup: BeautifulSoup, root: Tag | None, writer: Writer) -> None:
    """Write the page's heading, if its text does not begin with it, and its address."""
    if root is None or root.find("h1") is None:
        heading = soup.find("h1")
        title = heading.get_text(" ") if heading is not None else soup.title.get_text(" ") if soup.title else ""
        parts = re.split(r"\s{1,99}[|–—]\s+|\s-\s(?=[^-]+\Z)", title)
        writer.heading(parts[0] if len(parts) > 1 and (" - " not in title or is_letterhead(parts[-1])) else title, 1)
    for name, attribute, key in (("link", {"rel": "canonical"}, "href"), ("meta", {"property": "og:url"}, "content")):
        found = soup.find_all(name, attrs=attribute)
        address = str(found[0].get(key) or "") if found else ""
        if address.startswith("http"):
            writer.paragraph(f"Source: {address}")
            return


def _drop(soup: BeautifulSoup) -> str:
    """Remove the elements around the page's text, except those that contain its heading or most of its words.

    Returns:
        The page's title and the visible words that were removed, one part per line.
    """
    whole = len(soup.get_text())
    frame = [one_line(soup.title.get_text(" "))] if soup.title else []
    for tag in soup.find_all(_DROPPED):
        if not (tag.decomposed or (tag.name == "form" and len(tag.get_text()) > whole / 2)):
            frame += [one_line(tag.get_text(" "))] if tag.name in _FRAME else []
            tag.decompose()
    tags = soup.find_all(True)
    headings = [(place, tag) for place, tag in enumerate(tags) if tag.name == "h1"]
    for place, tag in enumerate(tags):
        if tag.decomposed or tag.name in {"html", "head", "body", "main"} or len(tag.get_text()) > whole / 3:
            continue
        while headings and headings[-1][1].decomposed:
            headings.pop()
        above = bool(headings) and place < headings[-1][0]
        hidden = _is_hidden(tag)
        if hidden or (_is_aside(tag, above) and tag.find(["h1", "table"]) is None):
            frame += [] if hidden else [one_line(tag.get_text(" "))]
            tag.decompose()
    return "\n".join(frame)[:_LONGEST_FRAME]


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or "display:none" in style


def _is_aside(tag: Tag, above_heading: bool) -> bool:
    marks = [*(tag.get_attribute_list("class") or []), tag.get("id"), tag.get("role"), tag.get("aria-label")]
    words = re.findall(
        r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(str(one) for one in marks if one)).lower()
    )
    of_site = tag.name == "header" and tag.find_parent(["main", "article"]) is None
    return of_site or not _ASIDES.isdisjoint(words) or (above_heading and _is_menu(tag))


def _is_menu(tag: Tag) -> bool:
    """Return True if a list holds only short links, like the menu above a page's heading."""
    if tag.name not in {"ul", "ol"} or re.search(r"\d", tag.get_text()):
        return False
    items = tag.find_all("li", recursive=False)
    return len(items) > 2 and all(item.find("a") is not None and len(item.get_text().split()) < 6 for item in items)


def _main(soup: BeautifulSoup) -> Tag | None:
    """Return the element with the page's own text: main, a sole article, a part called content, or the body."""
    body = soup.body
    whole = len(body.get_text(strip=True)) if body is not None else 0
    articles = list(soup.find_all("article"))
    tags: list[Tag]
    for tags in (
        list(soup.find_all("main")),
        list(soup.find_all(attrs={"role": "main"})),
        articles if len(articles) == 1 else [],
        list(soup.find_all(id=_CONTENT)),
    ):
        if tags and len(tags[0].get_text(strip=True)) > whole / 3:
            return tags[0]
    return body


class _Walker:
    """Walks through a page's elements and writes them as plain text."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.room = Room()

    def blocks(self, root: Tag) -> None:
        """Write the blocks inside an element; loose words between them become paragraphs."""
        from bs4 import Comment, NavigableString, Tag

        loose: list[str] = []
        bold = True
        for child in root.children:
            if isinstance(child, Comment):
                continue
            if isinstance(child, NavigableString):
                loose.append(str(child))
                bold = bold and not str(child).strip()
            elif isinstance(child, Tag) and (child.name in _BLOCKS or child.find(sorted(_BLOCKS)) is not None):
                self._paragraphs("".join(loose), bold=bold)
                loose, bold = [], True
                self._block(child)
            elif isinstance(child, Tag):
                loose.append(_inline(child))
                bold = bold and (child.name in {"b", "strong", "br"} or not child.get_text(strip=True))
        self._paragraphs("".join(loose), bold=bold)

    def _block(self, tag: Tag) -> None:
        if re.fullmatch(r"h[1-6]", tag.name):
            self.writer.heading(tag.get_text(" "), int(tag.name[1]))
        elif tag.name in {"ul", "ol"}:
            self._list(tag, 0)
            self.writer.end_list()
        elif tag.name == "dl":
            self._definitions(tag)
        elif tag.name == "table":
            self._table(tag)
        else:
            self.blocks(tag)

    def _paragraphs(self, words: str, *, bold: bool) -> None:
        for part in re.split(r"\v\s*\v", words):
            lines = [one_line(line) for line in part.split("\v") if line.strip()]
            if len(lines) > 1 and all(len(line) < 100 for line in lines[:-1]):
                for line in lines:
                    self.writer.paragraph(line, bold=bold)
            else:
                self.writer.paragraph(" ".join(lines), bold=bold)

    def _list(self, tag: Tag, depth: int) -> None:
        number = int(str(tag.get("start") or 1)) if str(tag.get("start") or "1").isdigit() else 1
        for item in tag.find_all("li", recursive=False):
            if str(item.get("value") or "").isdigit():
                number = int(str(item["value"]))
            nested = item.find_all(["ul", "ol", "table"])
            inner = [one for one in nested if one.find_parent(["li", "td"]) is item]
            for one in inner:
                one.extract()
            marker = _number(number, str(tag.get("type") or "1")) if tag.name == "ol" else "-"
            self.writer.item(_inline(item).replace("\v", " "), marker, depth)
            for one in inner:
                if one.name == "table":
                    self._table(one)
                else:
                    self._list(one, depth + 1)
            number += 1

    def _definitions(self, tag: Tag) -> None:
        key = ""
        for one in tag.find_all(["dt", "dd"]):
            words = one_line(_inline(one).replace("\v", " "))
            if one.name == "dt":
                key = words.rstrip(": ")
            elif key and words:
                self.writer.paragraph(f"{key}: {words}")

    def _table(self, tag: Tag) -> None:
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        cells = [[cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row] for row in rows]
        if tag.find("table") is not None or max((len(row) for row in cells), default=0) < 2:
            for row in cells:
                for cell in row:
                    self.blocks(cell)
            return
        caption = tag.find("caption")
        if caption is not None:
            self.writer.paragraph(caption.get_text(" "))
        header_rows = 0
        while header_rows < len(rows) - 1 and _is_header(rows[header_rows]):
            header_rows += 1
        spans = [
            [SpanCell(_inline(cell).replace("\v", " "), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row]
            for row in cells
        ]
        self.writer.table(expand(spans, header_rows, self.room), header_rows=header_rows or None)


def _is_header(row: Tag) -> bool:
    cells = row.find_all(["td", "th"])
    return row.find_parent("thead") is not None or (len(cells) > 1 and all(cell.name == "th" for cell in cells))


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name) or "1")
    return min(int(text), 200) if text.isdigit() and int(text) > 0 else 1


def _inline(tag: Tag) -> str:
    """Return an element's words; \\v stands for a line break."""
    return "".join(_words(tag))


def _words(tag: Tag) -> Iterator[str]:
    from bs4 import Comment, NavigableString, Tag

    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            yield re.sub(r"\s+", " ", str(child))
        elif isinstance(child, Tag):
            if child.name == "br":
                yield "\v"
            elif child.name == "sup" and re.fullmatch(r"\[?\d{1,2}\]?", child.get_text(strip=True)):
                continue
            elif child.name in _BLOCKS:
                yield f" {''.join(_words(child))} "
            else:
                yield from _words(child)


def _number(number: int, kind: str) -> str:
    if kind in _NUMBERS and 1 <= number <= 26:
        return f"{_NUMBERS[kind][number - 1]})"
    if kind in "iI" and 1 <= number <= len(_ROMANS):
        return f"{_ROMANS[number - 1]})"
    return f"{number}."
