"""Words broken at a line's end: "Calder-" and "dale" are one word, "Stoke-" and "on-Trent" keep the hyphen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ingest.readers.reading_lists import FOLDER, read_list

_PLACES = ("first", "last", "head", "tail", "link")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BROKEN = re.compile(
    r"(?<![\w'’-])(?P<first>[^\W\d_][\w'’-]*-)[^\S\n]*\n[^\S\n]*(?P<rest>[A-Za-z]\S*)(?:[^\S\n]+|(?=\n)|\Z)"
)
_LAST = re.compile(r"(?:^|[^\w'’-])(?P<first>[^\W\d_][\w'’-]*-)\Z")


@cache
def load_hyphens(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    """Return words that keep their hyphen, by their place at it: always first, always last, in pairs, in the middle."""
    rows = read_list(folder / "hyphens.csv", ("place", "words"), _PLACES)
    return {place: frozenset(words.split()) for place, words in rows}


class Hyphens:
    """Decides whether a hyphen at a line's end belongs to the word, using the other words of the document."""

    def __init__(self, text: str) -> None:
        """Collect the words of a document, except those broken at a line's end."""
        self._words = frozenset(word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text)))
        self._lists = load_hyphens()

    def join(self, before: str, after: str) -> str:
        """Return two lines as one, with a broken word between them joined."""
        broken = _LAST.search(before)
        if broken is None or not after[:1].isalpha():
            return f"{before} {after}"
        first, rest = broken["first"], after.split(maxsplit=1)[0]
        return (before if self._is_own(first, rest) else before[:-1]) + after

    def mend(self, text: str) -> str:
        """Return the text with broken words joined; each stands on the line where it begins."""
        return _BROKEN.sub(self._mended, text)

    def _mended(self, match: re.Match[str]) -> str:
        first, rest = match["first"], match["rest"]
        end = match.string[match.end() : match.end() + 1]
        return (first if self._is_own(first, rest) else first[:-1]) + rest + ("" if end in ("\n", "") else "\n")

    def _is_own(self, first: str, rest: str) -> bool:
        """Return True if the hyphen belongs to the word: by the document's other words, else by the word's parts."""
        word = _WORD.match(rest)
        if word is None or not rest[0].islower() or "-" in first[:-1]:
            return True
        head, tail = first[:-1].lower(), word[0].lower()
        if f"{head}-{tail}" in self._words or f"{head}{tail}" in self._words:
            return f"{head}-{tail}" in self._words
        lists, parts = self._lists, tail.split("-")
        if head in lists["first"] or parts[0] in lists["last"] or (len(parts) > 1 and parts[0] in lists["link"]):
            return True
        if head in lists["head"] and parts[0] in lists["tail"]:
            return True
        return first[0].islower() and len(head) > 2 and len(parts[0]) > 3 and {head, parts[0]} <= self._words
