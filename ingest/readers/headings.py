"""Recognise headings, and name the sections that they open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graph.parse.dates import find_dates
from ingest.readers.reading_lists import FOLDER, read_list

_KINDS = ("section", "subject", "matter", "label", "letterhead", "field", "paper", "capitals", "untitled", "sums")
_VALUE = re.compile(r"[£$€]\s*\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}|\d,\d{3}")
_SMALL = re.compile(r"(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|via|with|per|[–—&/-]|\(?[A-Z].*|\(?\d.*)\Z")
_BESIDE_DATES = re.compile(
    r"(?:date|dated|published|posted|updated|on|at|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[ap]m)*", re.I
)
_KEY = re.compile(r"\s*(?:\*\*)?([A-Z][\w/()'’.& -]{1,40}):(?:\*\*)?(?:\s|\Z)")


@cache
def load_headings(folder: Path = FOLDER) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of headings.csv by kind: sections, labels, letterheads, fields of a head."""
    rows = read_list(folder / "headings.csv", ("kind", "words"), _KINDS)
    lists = {kind: "|".join(words for one, words in rows if one == kind) for kind in _KINDS}
    lists["section"] += rf"|(?:{lists['subject']})(?:[\s/&,]+(?:and\s)?[\w-]+){{0,3}}\s(?:{lists['matter']})"
    return {kind: re.compile(words, re.IGNORECASE) for kind, words in lists.items()}


def field_key(line: str) -> str:
    """Return the words before the colon of a line such as "Date signed: 6 June"; "" if it has no such label."""
    match = _KEY.match(line)
    return match[1] if match else ""


def names_field(key: str) -> bool:
    """Return True if a label is a field in the head of decisions, such as "Date signed"."""
    return load_headings()["field"].fullmatch(key) is not None


def stands_alone(words: str) -> bool:
    """Return True if a line only names the kind of paper or a date, so that no neighbouring line continues it."""
    words = words.strip()
    if load_headings()["paper"].fullmatch(words):
        return True
    dates = find_dates(words) if 6 <= len(words) <= 50 and words[-1].isalnum() else []
    rest = "".join(re.findall(r"[^\W\d_]+", words[: dates[0].start] + words[dates[0].end :])) if dates else "x"
    return _BESIDE_DATES.fullmatch(rest) is not None


def is_known(words: str) -> bool:
    """Return True if `words` (cleaned, without number) are a usual heading of decisions."""
    return len(words) <= 110 and load_headings()["section"].fullmatch(_bare(words)) is not None


def is_letterhead(words: str) -> bool:
    """Return True if `words` name the body or the kind of paper, as the head of a decision does."""
    return re.search(rf"\b(?:{load_headings()['letterhead'].pattern})\b", words, re.IGNORECASE) is not None


def is_capitals(words: str) -> bool:
    """Return True if `words` are a line of capitals too long to be initials."""
    letters = [character for character in words if character.isalpha()]
    return (
        len(words) <= 120
        and len(letters) >= 6
        and all(character.isupper() for character in letters)
        and _VALUE.search(words) is None
        and not words.endswith((".", ";", ","))
    )


def is_title_like(words: str) -> bool:
    """Return True if `words` are short, capitalised like a title, and without a final stop."""
    listed = _bare(words).split()
    return (
        0 < len(listed) <= 12
        and len(words) <= 100
        and words[0].isupper()
        and words[-1] not in ".;,?!"
        and not (words.endswith(":") and len(listed) > 8)
        and _VALUE.search(words) is None
        and (len(listed) > 1 or words.endswith(":"))
        and all(_SMALL.match(word) for word in listed)
    )


def can_be_heading(words: str) -> bool:
    """Return True if `words` can be a heading: short, not a sentence, a value or a signature's label."""
    return (
        0 < len(words) <= 160
        and any(character.isalpha() for character in words)
        and re.fullmatch(rf"(?:{load_headings()['label'].pattern})\b[\s:.]*", words, re.IGNORECASE) is None
        and _VALUE.search(words) is None
        and not words.endswith((";", ","))
        and not (words.endswith(".") and len(words.split()) > 8)
    )


def section_name(words: str) -> str:
    """Return the name of the section that a heading opens, without its colon and not in capitals.

    Usual headings of decisions get one form: "FINANCIAL COMMENTS" becomes "Financial comments".
    """
    name = _bare(words)
    if is_known(name) and "/" not in name and not re.match(r"part\b", name, re.IGNORECASE):
        return _sentence_case(name)
    return _sentence_case(name) if is_capitals(name) else name


def _bare(words: str) -> str:
    return re.sub(r"(?<![\s:–—-])[\s:–—-]+\Z", "", words.strip())


def _sentence_case(name: str) -> str:
    kept = load_headings()["capitals"]
    words = [word if word.isupper() and kept.fullmatch(word) else word.lower() for word in name.split(" ")]
    lowered = " ".join(words)
    return lowered[:1].upper() + lowered[1:]
