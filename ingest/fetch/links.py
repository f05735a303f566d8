"""The links of a web page with their words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.fetch.addresses import joined
from ingest.readers.decoding import decode
from ingest.readers.writer import one_line

MOST_LINKS = 20_000
_AROUND = frozenset({"header", "footer", "aside"})  #: what stands around a page's text; menus are told by `nav`
_EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}


@dataclass(frozen=True, slots=True)
class Link:
    """One link on a page."""

    address: str
    words: str
    is_around: bool  #: stands in the head, a menu or the foot of the page


def links_of(content: bytes, address: str) -> list[Link]:
    """Return the links of a page, in order; of several links to one address, the first one in the page's own text."""
    from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

    text = decode(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(content if text is None else text, "lxml")
    base = soup.find("base")
    start = address
    if isinstance(base, Tag) and base.get("href"):
        start = joined(address, str(base["href"])) or address
    found: dict[str, Link] = {}
    for link in _links(soup.find_all(["a", *_EMBEDDED], limit=MOST_LINKS), start):
        held = found.get(link.address)
        if held is None or (held.is_around and not link.is_around):
            found[link.address] = link
    return list(found.values())


def _links(tags: object, start: str) -> Iterator[Link]:
    from bs4 import Tag

    assert isinstance(tags, list)
    for tag in tags:
        if not isinstance(tag, Tag):
            continue
        reference = tag.get(_EMBEDDED.get(tag.name, "href"))
        target = joined(start, str(reference)) if reference else None
        if target is not None:
            around = any(parent.name in _AROUND or parent.name == "nav" for parent in tag.parents)
            yield Link(target, one_line(tag.get_text(" ")), around)
