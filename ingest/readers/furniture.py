"""What stands around the text of a page: skip links, menus, breadcrumbs, banners, share links and the foot of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cache
from itertools import groupby
from pathlib import Path

from ingest.readers.headings import field_key, is_letterhead, names_field
from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line
from ingest.readers.reading_lists import FOLDER, read_list
from ingest.readers.tables import is_amount

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
    gone.update(_foot(kinds, last) if last >= 0 else ())
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
    if plain in lists["menu"] and not words.startswith("#"):
        return _Kind.MENU
    return _Kind.BODY if _is_body(words, plain) else _Kind.TEXT


def _is_body(words: str, plain: str) -> bool:
    if re.match(r"\s*[#|>]", words) or "\t" in words or read_marker(words) is not None or len(plain) > 140:
        return True
    if len(plain.split()) >= 8 and _SENTENCE.search(words.rstrip()) is not None:
        return True
    if is_amount(words.strip()) or (_FIGURE.search(words) and len(_parts(words)) > 1):
        return True
    return names_field(field_key(words.lstrip("-*• ")))


def _plain(words: str) -> str:
    words = re.sub(r"\A\s*[-*•]\s", "", words)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'&,.:/©-]", " ", words.replace("’", "'"))).strip(" .-:").casefold()


def _is_known(phrase: str) -> bool:
    return phrase in load_furniture()["line"] or phrase in load_furniture()["menu"]


def _parts(words: str) -> list[str]:
    return [part for part in map(_plain, _SPLIT.split(words.strip())) if part]


def _is_menu(words: str) -> bool:
    """Whether a line is a menu or a breadcrumb: phrases of furniture side by side, or a way from Home."""
    parts = _parts(words)
    if len(parts) == 1:
        return _is_run(parts[0].split())
    known = sum(map(_is_known, parts))
    many = known * 2 >= len(parts) > 2 or known == len(parts)
    is_way = _WAY.search(words) is not None or _BEGINS_AT_HOME.match(words.strip()) is not None
    return (is_way or many) and all(len(part.split()) <= 12 for part in parts)


def _is_run(words: Sequence[str]) -> bool:
    """Whether words are nothing but phrases of furniture, run together: "Skip to content News Sport"."""
    found: list[str] = []
    while words:
        length = next((n for n in range(4, 0, -1) if _is_known(" ".join(words[:n]))), 0)
        if length == 0:
            return False
        found.append(" ".join(words[:length]))
        words = words[length:]
    return len(found) > 3 or (len(found) > 1 and any(phrase in load_furniture()["line"] for phrase in found))


def _masthead(lines: Sequence[Line], kinds: Sequence[_Kind], first: int) -> Iterator[int]:
    """Yield the lines above the text that belong to its page: all up to the last menu before what may be the title.

    The name of an office stays: it may be the body whose page this is.
    """
    runs = groupby(range(first), key=lambda place: kinds[place] is not _Kind.BLANK)
    blocks = [list(places) for has_words, places in runs if has_words]
    end = 0  # past the last line of the masthead
    for block, after in zip(blocks, [*blocks[1:], []], strict=False):
        marks = [place for place in block if kinds[place] in _ASIDE]
        leads = len(block) > 1 and bool(after) and _plain(lines[block[-1]].text) == _plain(lines[after[0]].text)
        if len(marks) > 1 or marks == block or leads or any(kinds[place] is _Kind.BAR for place in marks):
            later = leads or any(kinds[place] is _Kind.TEXT for place in range(block[-1] + 1, first))
            end = (block if later else marks)[-1] + 1
        texts = [place for place in block if place >= end and kinds[place] is _Kind.TEXT]
        if any(len(lines[place].text.split()) > 4 for place in texts):
            break
    yield from (place for place in range(end) if kinds[place] in _ASIDE or not is_letterhead(lines[place].text))
    title = next((place for place in range(end, first) if kinds[place] is _Kind.TEXT), first)
    yield from (place for place in range(title, first) if end and kinds[place] is _Kind.MENU)


def _foot(kinds: Sequence[_Kind], last: int) -> range:
    """Return the lines below the text from the first that is furniture on, where there are such."""
    marks = [place for place in range(last + 1, len(kinds)) if kinds[place] in _ASIDE]
    strong = any(kinds[place] is not _Kind.MENU for place in marks)
    return range(marks[0], len(kinds)) if strong or len(marks) > 1 else range(0)
