"""What stands around the text of a page: skip links, menus, breadcrumbs, banners, share links and the foot of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cache
from pathlib import Path

from ingest.readers.headings import field_key, is_letterhead, names_field
from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line
from ingest.readers.reading_lists import FOLDER, read_list

_WHERE = ("line", "menu", "start", "end")
_SPLIT = re.compile(r"\s{2,}|\t|\s*[|>»›·•]\s*|\s+/\s+")
_FIGURE = re.compile(r"£\s?\d|\d,\d{3}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_WAY = re.compile(r"\S\s+[>»›]\s+\S")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}/?|[\d\s()+]{9,}", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;][\"'’”)\]]*\Z")
_BEGINS_AT_HOME = re.compile(r"home(?:\s*[|>»›·/]|\s{2,})", re.IGNORECASE)


class _Kind(IntEnum):
    """What a line is to a page."""

    BLANK = 0
    TEXT = 1  #: may be a title, a name, a date
    MENU = 2  #: furniture beside other furniture: "News", "Decisions"
    FURNITURE = 3
    BAR = 4  #: a menu or a breadcrumb in one line
    BODY = 5  #: a sentence, a field, a list item, a heading, a row of a table


_ASIDE = (_Kind.MENU, _Kind.FURNITURE, _Kind.BAR)


@cache
def load_furniture(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    """Return the phrases of furniture.csv: whole lines, words of menus, what furniture starts or ends with."""
    rows = read_list(folder / "furniture.csv", ("where", "phrase"), _WHERE)
    return {where: frozenset(phrase for one, phrase in rows if one == where) for where in _WHERE}


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Return the lines; blank are menus and mastheads above a page's text, and links and notes below it."""
    kinds = [_kind(line.text) for line in lines]
    for number in range(len(lines) - 1):
        below = lines[number + 1].text
        if (
            kinds[number] is _Kind.BAR
            and _FIGURE.search(below)
            and len(_parts(below)) == len(_parts(lines[number].text))
        ):
            kinds[number] = _Kind.BODY  # the head of a table
    gone = {number for number, kind in enumerate(kinds) if kind in (_Kind.FURNITURE, _Kind.BAR)}
    first = next((number for number, kind in enumerate(kinds) if kind is _Kind.BODY), len(lines))
    last = next((number for number in range(len(lines) - 1, -1, -1) if kinds[number] is _Kind.BODY), -1)
    gone.update(_masthead(lines, kinds, first))
    if first <= last:
        gone.update(_foot(kinds, last))
    return [replace(line, text="") if number in gone else line for number, line in enumerate(lines)]


def _kind(line: str) -> _Kind:
    words = _LINK.sub(r"\1", line)
    plain = _plain(words)
    if not plain:
        return _Kind.FURNITURE if re.fullmatch(r"\s*[|>/»›]\s*", words) else _Kind.BLANK
    lists = load_furniture()
    if _FIGURE.search(words) is None and len(words) < 300:
        if "\t" not in words and words.lstrip()[0] not in "#|" and _is_menu(words):
            return _Kind.BAR
        named = plain in lists["line"] or plain.startswith(tuple(lists["start"])) or plain.endswith(tuple(lists["end"]))
        if named or re.search(r"\bcookies?\b", plain) or _ADDRESS.fullmatch(words.strip()):
            return _Kind.FURNITURE
    if plain in lists["menu"]:
        return _Kind.MENU
    return _Kind.BODY if _is_body(words, plain) else _Kind.TEXT


def _is_body(words: str, plain: str) -> bool:
    if re.match(r"\s*[#|>]", words) or "\t" in words or read_marker(words) is not None or len(plain) > 140:
        return True
    if len(plain.split()) >= 8 and _SENTENCE.search(words.rstrip()) is not None:
        return True
    return names_field(field_key(words.lstrip("-*• ")))


def _plain(words: str) -> str:
    words = re.sub(r"\A\s*[-*•]\s", "", words)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'&,.:/©-]", " ", words.replace("’", "'"))).strip(" .-:").casefold()


def _is_menu(words: str) -> bool:
    """Whether a line is a menu or a breadcrumb: phrases of furniture side by side, or a way from Home."""
    parts = _parts(words)
    if _WAY.search(words) and all(len(part.split()) <= 12 for part in parts):
        return True
    lists = load_furniture()
    known = [part for part in parts if part in lists["line"] or part in lists["menu"]]
    if len(parts) > 1:
        from_home = _BEGINS_AT_HOME.match(words.strip()) is not None
        many = len(known) * 2 >= len(parts) > 2 or len(known) == len(parts)
        return (from_home or many) and all(len(part.split()) <= 12 for part in parts)
    return len(parts) == 1 and _is_run(parts[0])


def _parts(words: str) -> list[str]:
    return [part for part in map(_plain, _SPLIT.split(words.strip())) if part]


def _is_run(words: str) -> bool:
    """Whether a line is nothing but phrases of furniture, run together: "Skip to content News Sport"."""
    lists, rest, found = load_furniture(), words.split(), []
    while rest:
        length = next((n for n in range(4, 0, -1) if _is_phrase(rest[:n], lists)), 0)
        if length == 0:
            return False
        found.append(" ".join(rest[:length]))
        rest = rest[length:]
    return len(found) > 3 or (len(found) > 1 and any(phrase in lists["line"] for phrase in found))


def _is_phrase(words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> bool:
    phrase = " ".join(words)
    return phrase in lists["line"] or phrase in lists["menu"]


def _masthead(lines: Sequence[Line], kinds: Sequence[_Kind], first: int) -> Iterator[int]:
    """Yield the lines above the text that belong to its page: all up to the last menu before what may be the title.

    The name of an office stays: it may be the body whose page this is.
    """
    blocks = list(_blocks(kinds, first))
    end = 0  # past the last line of the masthead
    for block, after in zip(blocks, [*blocks[1:], []], strict=False):
        marks = [place for place in block if kinds[place] in _ASIDE]
        leads = bool(after) and len(block) > 1 and _same(lines[block[-1]], lines[after[0]])  # a way to the title
        if len(marks) > 1 or marks == block or leads or any(kinds[place] is _Kind.BAR for place in marks):
            later = any(kinds[place] is _Kind.TEXT for place in range(block[-1] + 1, first))
            end = block[-1] + 1 if later or leads else marks[-1] + 1
        if any(_is_title_like(lines[place], kinds[place]) for place in block if place >= end):
            break
    yield from (place for place in range(end) if kinds[place] in _ASIDE or not is_letterhead(lines[place].text))
    titles = [place for place in range(end, first) if kinds[place] is _Kind.TEXT]
    if end and titles:
        yield from (place for place in range(titles[0], first) if kinds[place] is _Kind.MENU)


def _same(line: Line, other: Line) -> bool:
    return _plain(line.text) == _plain(other.text)


def _is_title_like(line: Line, kind: _Kind) -> bool:
    return kind is _Kind.TEXT and len(line.text.split()) > 4


def _blocks(kinds: Sequence[_Kind], end: int) -> Iterator[list[int]]:
    """Yield the lines before `end` in runs without a blank line between."""
    block: list[int] = []
    for place in range(end):
        if kinds[place] is not _Kind.BLANK:
            block.append(place)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _foot(kinds: Sequence[_Kind], last: int) -> range:
    """Return the lines below the text from the first that is furniture on, where there are such."""
    below = range(last + 1, len(kinds))
    marks = [place for place in below if kinds[place] in _ASIDE]
    strong = any(kinds[place] is not _Kind.MENU for place in marks)
    return range(marks[0], len(kinds)) if marks and (strong or len(marks) > 1) else range(0)
