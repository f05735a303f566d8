"""Page furniture around a text: skip links, menus, breadcrumbs, banners, share links and the page's foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from ingest.readers.headings import field_key, is_letterhead, names_field, stands_alone
from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line
from ingest.readers.reading_lists import FOLDER, read_list
from ingest.readers.tables import is_amount

_WHERE = ("line", "menu", "start", "end")
_SPLIT = re.compile(r"\s{2,}|\t|\s*[|>»›·•]\s*|\s+/\s+")
_FIGURE = re.compile(r"£\s?\d|\d,\d{3}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_NOT_WORDS = re.compile(r"\A\s*[-*•]\s|[^\w\s'&,.:/©-]")
_WAY = re.compile(r"\S\s+[>»›]\s+\S")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}/?|.{0,60}\b0\d{2,4} \d{3,4} \d{3,4}", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;][\"'’”)\]]*\Z")
_BEGINS_AT_HOME = re.compile(r"home(?:\s*[|>»›·/]|\s{2,})", re.IGNORECASE)


class _Kind(IntEnum):
    """The kind of a line on a page."""

    BLANK = 0
    TEXT = 1  #: may be a title, a name, a date
    MENU = 2  #: furniture beside other furniture: "News", "Decisions"
    FURNITURE = 3
    BAR = 4  #: a menu or a breadcrumb in one line
    BODY = 5  #: a sentence, a field, a list item, a heading, a row of a table


_ASIDE = (_Kind.MENU, _Kind.FURNITURE, _Kind.BAR)


@cache
def load_furniture(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    """Return the phrases of furniture.csv by kind: whole lines, words of menus, beginnings and ends."""
    rows = read_list(folder / "furniture.csv", ("where", "phrase"), _WHERE)
    return {where: frozenset(phrase for one, phrase in rows if one == where) for where in _WHERE}


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with menus and mastheads above the text, and links and notes below it, made blank."""
    kinds = [_kind(line.text) for line in lines]
    many = [len(_parts(line.text)) for line in lines]
    for number, (above, below) in enumerate(pairwise(many)):
        if above == below > 2:
            kinds[number : number + 2] = [_Kind.BODY, _Kind.BODY]  # rows of a table
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
        return _Kind.BLANK
    lists = load_furniture()
    is_set = "\t" in words or words.lstrip()[0] in "#|"
    if not is_set and len(words) < 300 and (_FIGURE.search(words) is None or _WAY.search(words)) and _is_menu(words):
        return _Kind.BAR
    if _FIGURE.search(words) is None and len(words) < 300:
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
    words = _NOT_WORDS.sub(" ", words.replace("’", "'"))
    return " ".join(words.split()).strip(" .-:").casefold()


def _is_known(phrase: str) -> bool:
    return phrase in load_furniture()["line"] or phrase in load_furniture()["menu"]


def _parts(words: str) -> list[str]:
    return [part for part in map(_plain, _SPLIT.split(words.strip())) if part]


def _is_menu(words: str) -> bool:
    """Return True if a line is a menu or a breadcrumb: menu phrases side by side, or a path from Home."""
    parts = _parts(words)
    if len(parts) < 2:
        return _is_run(_plain(words).split()) or "home" in re.split(r"\s[-–]\s", _plain(words))
    known = sum(map(_is_known, parts))
    many = known * 2 >= len(parts) > 2 or known == len(parts)
    unknown = len(parts) > 3 and not re.search(r"\d", words) and all(len(part.split()) < 4 for part in parts)
    is_way = _WAY.search(words) is not None or _BEGINS_AT_HOME.match(words.strip()) is not None
    return (is_way or many or unknown) and all(len(part.split()) <= 12 for part in parts)


def _is_run(words: Sequence[str]) -> bool:
    """Return True if words are only furniture phrases run together: "Skip to content News Sport"."""
    found: list[str] = []
    while words:
        length = next((n for n in range(4, 0, -1) if _is_known(" ".join(words[:n]))), 0)
        if length == 0:
            return False
        found.append(" ".join(words[:length]))
        words = words[length:]
    return len(found) > 3 or (len(found) > 1 and any(phrase in load_furniture()["line"] for phrase in found))


def _masthead(lines: Sequence[Line], kinds: Sequence[_Kind], first: int) -> Iterator[int]:
    """Yield the indices of lines above the text that belong to the page: up to the last menu before a possible title.

    Office names are kept, as one may be the body of the page; so are dates.
    """
    runs = groupby(range(first), key=lambda place: kinds[place] is not _Kind.BLANK)
    blocks = [list(places) for has_words, places in runs if has_words]
    last_text = max((place for place in range(first) if kinds[place] is _Kind.TEXT), default=-1)
    end, leads = 0, False  # past the last line of the masthead; whether that was a way to the title
    for block, after in zip(blocks, [*blocks[1:], []], strict=False):
        marks = [place for place in block if kinds[place] in _ASIDE]
        leads = len(block) > 1 and bool(after) and _plain(lines[block[-1]].text) == _plain(lines[after[0]].text)
        later = leads or last_text > block[-1]
        strong = any(kinds[place] is not _Kind.MENU for place in marks)  # "Grants" alone may be the title
        is_bar = any(kinds[place] is _Kind.BAR for place in marks)
        if len(marks) > 1 or leads or is_bar or (marks == block and (strong or (end and later))):
            below = [place for place in block if not leads and place > marks[-1] and _is_title(lines[place])]
            end = (block if later and not below else marks)[-1] + 1
        texts = [place for place in block if place >= end and kinds[place] is _Kind.TEXT]
        if leads or any(_is_title(lines[place]) for place in texts):
            break
    yield from (place for place in range(end) if kinds[place] in _ASIDE or not _says_more(lines[place].text))
    named = (_Kind.TEXT, _Kind.MENU) if leads else (_Kind.TEXT,)
    title = next((place + leads for place in range(end, first) if kinds[place] in named), first)
    yield from (place for place in range(title, first) if end and kinds[place] is _Kind.MENU)


def _says_more(words: str) -> bool:
    return is_letterhead(words) or stands_alone(words)


def _is_title(line: Line) -> bool:
    return len(line.text.split()) > 4


def _foot(kinds: Sequence[_Kind], last: int) -> range:
    """Return the range of lines below the text that are furniture; empty if there are none."""
    marks = [place for place in range(last + 1, len(kinds)) if kinds[place] in _ASIDE]
    strong = any(kinds[place] is not _Kind.MENU for place in marks)
    return range(marks[0], len(kinds)) if strong or len(marks) > 1 else range(0)
