"""Dates as decisions print them, to ISO dates as precise as the print. The day comes before the month."""

from __future__ import annotations

import datetime
import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from graph.parse.windows import digit_windows, matches_in

MONTHS = ("january", "february", "march", "april", "may", "june",
          "july", "august", "september", "october", "november", "december")  # fmt: skip
_NO_MONTHS = frozenset(
    ("mary", "mark", "many", "match", "mayor", "marac", "marching", "juno", "manual", "just", "jury", "major", "make")
)
_ORDINAL = r"(?:\s*(?:<sup>\s*)?(?:st|nd|rd|th)(?:\s*</sup>)?)?"
_DAY = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_DAY_FIRST = re.compile(
    rf"(?<![\d/.£,]){_DAY}\s{{0,9}}(?:(?:day\s{{1,9}})?of\s{{1,9}})?[-–]?\s{{0,9}}\b(?P<month>[A-Za-z]{{3,10}})\.?,?\s{{0,9}}[-–']?\s{{0,9}}"
    r"(?P<year>(?:19|20)\d\d|'?\d\d)(?![\w/]|-\d)",
)
_MONTH_ONLY = re.compile(
    r"\b(?P<month>[A-Za-z]{3,10})\.?,?(?P<day>)(?:\s{0,9}[-–]?\s{0,9}(?P<year>(?:19|20)\d\d)|\s{0,9}'(?P<short>\d\d))(?![\w/]|-\d)"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>[A-Za-z]{{3,10}})\.?\s+{_DAY},?\s+(?P<year>(?:19|20)\d\d)(?![\d/]|-\d)",
)
_NUMERIC = re.compile(
    r"(?<![\d/.£,-])(?P<day>\d{1,2})(?P<first>\s?[/.-]\s?|\s)(?P<month>\d{1,2})(?P<second>\s?[/.-]\s?)"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/]|[-.,]\d)"
)
_ISO = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])")


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in a text, as precisely as the text gives it."""

    date: str  #: "2023-07-06" or "2021-11"
    start: int
    end: int
    text: str


def find_dates(text: str) -> list[DateMention]:
    """Return the dates in a text that have a year, in order. Dates that no calendar has (31 June) are left out."""
    found: list[DateMention] = []
    windows = digit_windows(text, before=24, after=24)
    for pattern in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY):
        for match in matches_in(pattern, text, windows):
            mention = _mention(match, text)
            if mention and not any(m.start < mention.end and mention.start < m.end for m in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def parse_date(text: str) -> str | None:
    """Return the ISO date that a whole text is ("27/8/15", "November 2021", "2021"); None if it is no date."""
    cleaned = re.sub(r"\s+", " ", text).strip(" .,;:()")
    found = find_dates(cleaned)
    if found:
        return found[0].date
    month_year = re.fullmatch(r"(\d{1,2})[/.-]((?:19|20)\d\d)", cleaned)
    if month_year and 1 <= int(month_year[1]) <= 12:
        return f"{month_year[2]}-{int(month_year[1]):02d}"
    return cleaned if re.fullmatch(r"(?:19|20)\d\d", cleaned) else None


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """Return 1 to 12 for the name of a month, short, whole or misspelt ("Sept", "Jund"); None for any other word."""
    plain = word.lower().strip(".")
    if plain in _NO_MONTHS or len(plain) < 3:
        return None
    for number, name in enumerate(MONTHS, start=1):
        if plain == name or plain == name[:3] or (plain == "sept" and number == 9):
            return number
    if len(plain) < 4:
        return None
    scores = [difflib.SequenceMatcher(None, plain, name).ratio() for name in MONTHS]
    best = max(scores)
    number = scores.index(best) + 1
    return number if best >= 0.75 and plain[0] == MONTHS[number - 1][0] else None


def _mention(match: re.Match[str], text: str) -> DateMention | None:
    month_text = match["month"]
    month = int(month_text) if month_text.isdigit() else month_number(month_text)
    if month is None or not 1 <= month <= 12 or _is_number_of_section(match, text):
        return None
    year_text = (match["year"] or match["short"]).lstrip("'")
    year = int(year_text) if len(year_text) == 4 else _century(int(year_text))
    day = match["day"]
    if not day:
        return DateMention(f"{year}-{month:02d}", match.start(), match.end(), match.group())
    try:
        date = datetime.date(year, month, int(day))
    except ValueError:
        return None
    return DateMention(date.isoformat(), match.start(), match.end(), match.group())


def _century(year: int) -> int:
    return 2000 + year if year < 70 else 1900 + year


def _is_number_of_section(match: re.Match[str], text: str) -> bool:
    if match.re is not _NUMERIC:
        return False
    first, second = match["first"].strip(), match["second"].strip()
    mixed = first != second and "/" not in (first, second)
    if mixed:
        return True
    opens_line = not text[: match.start()].strip(" \t-*") or text[: match.start()].rstrip(" \t-*").endswith("\n")
    return first == "." and len(match["year"]) == 2 and opens_line and bool(text[match.end() :].strip())
