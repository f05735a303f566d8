"""Financial years (April to March) in every form that decisions print, normalised to "2023/24"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.parse.dates import DateMention, find_dates, month_number
from graph.parse.references import find_references
from graph.parse.windows import digit_windows, matches_in

_LONGEST_SPAN = 12
_CALENDAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
_LONG = r"(?:19|20)\d\d"
_JOIN = r"\s?[-–—−/]\s?"
_ONE = rf"(?:FYs?\s*)?(?:{_LONG}{_JOIN}(?:{_LONG}|\d{{1,2}})|\d\d/\d\d)"
_TO = r"\s*(?:-|–|—|−|to|until|through(?:\s+to)?|\bthro\b)\s*"
_SPAN = re.compile(rf"(?<![\w/.£,-])(?P<first>{_ONE}){_TO}(?P<last>{_ONE})(?![\d/]|[-–.]\d)", re.IGNORECASE)
_CHAIN = re.compile(rf"(?<![\w/.£,-])(?P<years>{_LONG}/\d\d/\d\d)(?![\d/]|[-–.]\d)")
_PAIR = re.compile(
    rf"(?<![\d/.£,-])(?:\bFYs?\s*|(?<![A-Za-z]))(?P<first>{_LONG})(?P<join>{_JOIN}|\s+to\s+)(?P<last>{_LONG}|\d{{1,2}})"
    r"(?![\d/%]|[-–]\d|\.\d|,\d{3}|(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w/.£,-])(?:FYs?\s*)?(?P<first>\d\d)/(?P<last>\d\d)(?![\d/%]|[-–.]\d)", re.IGNORECASE)
_SHORT_DASH = re.compile(
    r"(?:\bFYs?\s*|\byears?\s+|\bin\s+|\bfor\s+|\bfor\s+the\s+)(?P<first>\d\d)\s?[-–]\s?(?P<last>\d\d)(?![\w/%]|[-–.]\d)",
    re.IGNORECASE,
)
#: what each expression of a year holds: four figures, a pair with a sign between, or two figures alone ("July 23")
_YEARLIKE = re.compile(r"(?:19|20)\d\d|\d\s?[-–—−/.]\s?\d\d|(?<=[A-Za-z.,\s'–-])\d\d(?![\w/]|-\d)")
_FRACTION = re.compile(r"\s*(?:of|participants|cases|victims|people|women|men|boroughs|hours?|months|days)\b")
_ENDING = re.compile(
    r"\byear\s+(?:ending|ended|to)\s+(?:in\s+)?(?:31(?:st)?\s+)?March\s+(?P<year>20\d\d)", re.IGNORECASE
)
_PERIOD = (
    r"\b(?P<count>\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen)[\s-]*(?P<unit>months?|years?)"
    r"(?:\s+(?:period|contract|extension|term))?,?\s+(?:(?:that|which)\s+)?"
)
_FROM = re.compile(
    rf"{_PERIOD}(?:(?:start|begin|commenc|run|began)(?:s|ing|ning|ed|es)?\s+)?(?:from|on|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"{_PERIOD}(?:(?:to|until|till|up\s+to)|(?:end|run|last)(?:s|ing|ed)?\s+(?:to|until|in|on))\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}
_THEN = r"(?:(?:and|it|which|will|then)\s++){1,3}+"
_GOES_ON = rf"{_THEN}(?:run|last|go|continue|extend)(?:s|es)?\s++"
_STOPS = rf"{_THEN}(?:end|finish|conclude|expire)(?:s|es|ing)?(?:\s++(?:on|by|in))?"
_BETWEEN_DATES = re.compile(
    rf"\s*+[,;]?+\s*+(?:{_STOPS}|ending(?: on)?|(?:{_GOES_ON})?(?:-|–|—|−|to|until|till|through(?: to)?|up to))"
    r"\s*+(?:the\s++)?(?:end\s++(?:of\s++)?)?",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\s*(?:<sup>)?(?:st|nd|rd|th)(?:</sup>)?)?\s+(?:of\s+)?)?\b(?P<month>[A-Z][a-z]{2,9})"
    r"\s*(?:-|–|—|to|until)\s*(?:the\s+)?$"
)
_LABEL = re.compile(
    r"\b(?:Plan|Strategy|Framework|Manifesto|Blueprint|Policy|Prospectus)(?:\s{1,9}for\s{1,9}[\w\s]{1,30}?)?[\s,(:]{0,80}$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:Q[1-4]|quarter\s+\w+|first half|second half|part[- ]year|months?\s+(?:of|in))[\s,(of]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class YearsMention:
    """One or more financial years, named by one expression in a text."""

    years: tuple[str, ...]  #: "2023/24", in order
    start: int
    end: int
    text: str
    whole: bool = True  #: False for part of a year: "October 2021 to March 2022"
    label: bool = False  #: part of a document's name ("Police and Crime Plan 2013-16"), not a year of money


def find_years(text: str) -> list[YearsMention]:
    """Return the financial years in a text, in order. Years inside references and dates are left out."""
    if not _YEARLIKE.search(text):  # most sentences: much is looked for before nothing is found
        return []
    dates = find_dates(text)
    windows = digit_windows(text, before=24, after=24)
    found = _date_spans(text, dates)
    taken = [(mention.start, mention.end) for mention in found]
    taken += [(date.start, date.end) for date in dates]
    references: list[tuple[int, int]] | None = None  # looked for where a year may be a part of one
    for pattern in (_CHAIN, _SPAN, _PAIR, _SHORT, _SHORT_DASH, _ENDING):
        for match in matches_in(pattern, text, windows):
            others = taken if pattern is not _ENDING else [(mention.start, mention.end) for mention in found]
            if _overlaps(match, others):
                continue
            if pattern is not _ENDING:
                if references is None:
                    references = [(reference.start, reference.end) for reference in find_references(text)]
                if _overlaps(match, references):
                    continue
            years = _years_of(match, text)
            if years:
                found.append(_mention(match, years, text))
                taken.append((match.start(), match.end()))
    return sorted((_counted_from(mention, text) for mention in found), key=lambda mention: mention.start)


def _overlaps(match: re.Match[str], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in others)


def named_years(text: str) -> frozenset[str]:
    """Return the financial and calendar years that a text names, as "2023/24" and "2023"."""
    return frozenset({year for mention in find_years(text) for year in mention.years}.union(_CALENDAR.findall(text)))


def _counted_from(mention: YearsMention, text: str) -> YearsMention:
    """Return one financial year as the run that a count before it makes of it: "three years from 2024/25"."""
    period = _FROM.search(text, max(0, mention.start - 60), mention.start) if len(mention.years) == 1 else None
    count = _months(period) // 12 if period else 0
    if period is None or not 1 < count <= _LONGEST_SPAN:
        return mention
    first = int(mention.years[0][:4])
    years = tuple(year_label(year) for year in range(first, first + count))
    return replace(mention, years=years, start=period.start(), text=text[period.start() : mention.end])


def _months(period: re.Match[str]) -> int:
    count = _COUNTS.get(period["count"].lower()) or int(period["count"])
    return count * 12 if period["unit"].lower().startswith("year") else count


def parse_year(cell: str) -> tuple[str, ...]:
    """Return the years that a table's cell or heading names, in order, each once; () for a misprint such as "21/20"."""
    years = [year for mention in find_years(cell) for year in mention.years]
    if not years:
        short = re.fullmatch(r"\s*+(?:FY|year)?\s*+(\d\d|(?:20)\d\d)\s?[-–/]\s?(\d\d)\s*", cell, re.IGNORECASE)
        years = list(_expand(int(short[1]), int(short[2]))) if short else []
    return tuple(dict.fromkeys(years))


def financial_year(date: datetime.date) -> str:
    """Return the financial year of a day, such as "2023/24"."""
    return year_label(date.year if date.month >= 4 else date.year - 1)


def year_label(first: int) -> str:
    """Return the financial year that begins in a calendar year: "2023/24" for 2023."""
    return f"{first}/{(first + 1) % 100:02d}"


def year_span(years: Sequence[str]) -> str:
    """Return years as "2023/24" if there is one, "2018/19-2019/20" for several, "" for none."""
    if not years:
        return ""
    ordered = sorted(years)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}-{ordered[-1]}"


def year_run(first: str, last: str) -> tuple[str, ...]:
    """Return the financial years from one to another, both included, in order.

    () if they run backwards or are too many.
    """
    opening, closing = int(first[:4]), int(last[:4])
    if not opening <= closing < opening + _LONGEST_SPAN:
        return ()
    return tuple(year_label(year) for year in range(opening, closing + 1))


def next_year(year: str) -> str:
    """Return the financial year after a financial year such as "2023/24"."""
    return year_label(int(year[:4]) + 1)


def previous_year(year: str) -> str:
    """Return the financial year before a financial year such as "2023/24"."""
    return year_label(int(year[:4]) - 1)


def _mention(match: re.Match[str], years: tuple[str, ...], text: str) -> YearsMention:
    before = text[max(0, match.start() - 60) : match.start()]
    whole, label = not _PART.search(before), bool(_LABEL.search(before))
    return YearsMention(years, match.start(), match.end(), match.group(), whole=whole, label=label)


def _years_of(match: re.Match[str], text: str) -> tuple[str, ...]:
    pattern = match.re
    if pattern is _ENDING:
        return (year_label(int(match["year"]) - 1),)
    if pattern is _CHAIN:
        first, *rest = (int(part) for part in match["years"].split("/"))
        return _expand(first, rest[-1]) if rest == [(first + 1) % 100, (first + 2) % 100] else ()
    if pattern is _SPAN:
        opening, closing = _one_year(match["first"]), _one_year(match["last"])
        if not opening or not closing or closing[-1] <= opening[0]:
            return ()
        return _expand(int(opening[0][:4]), int(closing[-1][:4]) + 1)
    first, last = int(match["first"]), int(match["last"])
    if pattern is _PAIR:
        return _expand(first, last)
    if _FRACTION.match(text, match.end()) or first < 5 or first > 60 or last != first + 1:
        return ()
    return _expand(first, last)


def _one_year(text: str) -> tuple[str, ...]:
    numbers = re.findall(r"\d+", text)
    return _expand(int(numbers[0]), int(numbers[1]))


def _expand(first: int, last: int) -> tuple[str, ...]:
    """Return the years from the start of the first to the end of the last; () if they run backwards or too far."""
    start = first if first >= 1900 else 2000 + first
    if last >= 1900:
        end = last
    elif last < 10 and first >= 1900:
        end = start - start % 10 + last
        end = end if end > start else end + 10
        if end != start + 1:
            return ()
    else:
        end = start - start % 100 + last
    if not start < end <= start + _LONGEST_SPAN:
        return ()
    return tuple(year_label(year) for year in range(start, end))


def _date_spans(text: str, dates: list[DateMention]) -> list[YearsMention]:
    """Return spans between dates: "1 April 2023 to 31 March 2025", "October to December 2022"."""
    found: list[YearsMention] = []
    used: set[int] = set()
    for place, date in enumerate(dates):
        if place in used:
            continue
        following = dates[place + 1] if place + 1 < len(dates) else None
        if following is not None and _joined(text, date, following):
            used.add(place + 1)
            found.extend(_span(text, date.start, following.end, _first_day(date.date), _last_day(following.date)))
            continue
        yearless = _YEARLESS.search(text, max(0, date.start - 40), date.start)
        month = month_number(yearless["month"]) if yearless else None
        if yearless and month:
            found.extend(_yearless_span(text, yearless, month, date))
            continue
        period = _FROM.search(text, max(0, date.start - 60), date.start)
        if period:
            found.extend(_period(text, period, date))
        elif until := _UNTIL.search(text, max(0, date.start - 60), date.start):
            found.extend(_period_before(text, until, date))
    return found


def _joined(text: str, date: DateMention, following: DateMention) -> bool:
    between = text[date.end : following.start]
    if _BETWEEN_DATES.fullmatch(between):
        return following.date > date.date
    if re.fullmatch(r"\s+and\s+", between) and re.search(
        r"\bbetween\s+(?:the\s+)?$", text[: date.start], re.IGNORECASE
    ):
        return following.date > date.date
    whole_years = date.date.endswith("-04-01") and following.date.endswith("-03-31")
    return not between.strip() and whole_years and following.date > date.date


def _yearless_span(text: str, opening: re.Match[str], month: int, closing: DateMention) -> list[YearsMention]:
    last = _last_day(closing.date)
    year = last.year if month <= last.month else last.year - 1
    try:
        first = datetime.date(year, month, int(opening["day"] or 1))
    except ValueError:
        return []
    return _span(text, opening.start(), closing.end, first, last)


def _period(text: str, period: re.Match[str], date: DateMention) -> list[YearsMention]:
    months = _months(period)
    first = _first_day(date.date)
    index = first.year * 12 + first.month - 1 + months - (1 if first.day == 1 else 0)
    last = _last_day(f"{index // 12}-{index % 12 + 1:02d}")
    return _span(text, period.start(), date.end, first, last)


def _period_before(text: str, period: re.Match[str], date: DateMention) -> list[YearsMention]:
    last = _last_day(date.date)
    after = last + datetime.timedelta(days=1)
    index = after.year * 12 + after.month - 1 - _months(period)
    first = datetime.date(index // 12, index % 12 + 1, 1)
    return _span(text, period.start(), date.end, first, last) if after.day == 1 else []


def _span(text: str, start: int, end: int, first: datetime.date, last: datetime.date) -> list[YearsMention]:
    opening, closing = int(financial_year(first)[:4]), int(financial_year(last)[:4])
    if not opening <= closing < opening + _LONGEST_SPAN:
        return []
    years = tuple(year_label(year) for year in range(opening, closing + 1))
    whole = (first.month, first.day) == (4, 1) and (last.month, last.day) == (3, 31)
    return [YearsMention(years, start, end, text[start:end], whole=whole)]


def _first_day(date: str) -> datetime.date:
    return datetime.date.fromisoformat(date if len(date) == 10 else f"{date}-01")


def _last_day(date: str) -> datetime.date:
    if len(date) == 10:
        return datetime.date.fromisoformat(date)
    year, month = int(date[:4]), int(date[5:7])
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
