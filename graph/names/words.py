"""Words of a text with their offsets, in one normalised spelling for comparing names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum


class Gap(IntEnum):
    """The sort of characters between a word and the word before it."""

    SOFT = 0  #: space, hyphen, quotation mark, trade mark sign: a name runs on
    HARD = 1  #: comma, colon, bracket, slash: a name runs on only where it has such a mark itself
    BREAK = 2  #: full stop, bar, tab, empty line: no name runs on


@dataclass(frozen=True, slots=True)
class Word:
    """One word: printed as `text[start:end]`, and normalised for comparison."""

    start: int
    end: int
    key: str  #: lower case, no accents, no apostrophes, "and" for "&"
    stem: str  #: the key without a possessive 's, "" where it has none
    stem_end: int  #: where the stem ends
    gap: Gap


_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*['’]?|&amp;|&")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)>\]]+|[\w.+-]{1,64}@[\w.-]{1,100}"
)  #: the words of an address name nobody
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_SOFT = re.compile(r"(?:[^\S\t]|[-‐-―−­™®*_\"'“”‘’`+]|&(?:nbsp|trade|reg);|</?(?:sup|b|i|em|strong)>)*")
_HARD = re.compile(r"(?:[^\S\t]|[-‐-―−\"'“”‘’*_™®]|[,:()/&;\[\]])*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def words(text: str) -> list[Word]:
    """Return the words of a text in order, without those of web and e-mail addresses."""
    found: list[Word] = []
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    before, last = 0, 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while addresses and addresses[0][1] <= start:
            before = max(before, addresses.pop(0)[1])
        if addresses and start >= addresses[0][0]:
            continue
        printed = match.group()
        key, stem, stem_end = _spelling(printed, start, end)
        found.append(Word(start, end, key, stem, stem_end, _gap(text[before:start], last)))
        before, last = end, end - start
    return found


def name_key(text: str) -> str:
    """Return the normalised words of a name: "The Drive  Project™" gives "drive project"."""
    keys = [word.key for word in words(text)]
    if len(keys) > 1 and keys[0] == "the":
        keys = keys[1:]
    return " ".join(keys)


def _spelling(printed: str, start: int, end: int) -> tuple[str, str, int]:
    if printed[0] == "&":
        return "and", "", end
    folded = printed.casefold()
    if not folded.isascii():
        folded = "".join(
            letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter)
        )
    parts = _APOSTROPHE.split(folded)
    key = "".join(parts)
    if len(parts) > 1 and parts[-1] == "s":
        return key, key[:-1], end - 2
    if len(parts) > 1 and parts[-1] == "":
        return key, key, end - 1
    return key, "", end


def _gap(between: str, last_length: int) -> Gap:
    """Return the sort of characters between two words; a full stop after one or two letters ("St.") counts as soft."""
    if between == " ":
        return Gap.SOFT
    if last_length <= 2 and between[:1] == "." and "\n" not in between:
        between = between[1:]
    if _BLANK_LINE.search(between):
        return Gap.BREAK
    if _SOFT.fullmatch(between):
        return Gap.SOFT
    return Gap.HARD if _HARD.fullmatch(between) else Gap.BREAK
