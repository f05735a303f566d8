"""Periods stated by their first and last day, as in contracts and contract notices."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph.parse.dates import DateMention, find_dates
from ingest.columns.headings import load_headings
from ingest.document import Block
from ingest.extract.scope.labelled_lines import LabelledLine, labelled_lines
from ingest.extract.scope.periods import whole_date, years_between, years_to_end
from ingest.extract.words.lexicon import FOLDER, phrases
from ingest.readers.reading_lists import read_list

_KINDS = ("begin", "until", "end", "other", "contract")
_NEAR = 60  #: characters beside a date in which words of beginning and ending are its own
_FAR = 120  #: characters between the two days of one period
_NEW_SENTENCE = re.compile(r"[.;!?]\s+[A-Z(]")
_NEXT = re.compile(r"[,;]|\band\b")
_EVENING = re.compile(r"[,\sT]{0,3}(?:at\s)?2[23]:\d\d")  #: midnight as a clock of winter shows it in summer time
_MIDNIGHT = re.compile(r"[,\sT]{0,3}00:00")
_SHORTEST, _LONGEST = datetime.timedelta(days=28), datetime.timedelta(days=366 * 15)
_DAY = datetime.timedelta(days=1)
_MOST_BETWEEN = 4  #: words between "until" and its day: "until the end of", "the start of the contract on"
_MOST_TO_VERB = 6  #: words between a day and its verb: "on 1 April 2020 the contract period will begin"
_MOST_LINES = 4  #: labelled lines from that of a start to that of its end


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """The financial years of a period, and the offsets of the text that states it."""

    years: tuple[str, ...]
    start: int
    end: int


@cache
def period_words() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each kind of words in periods.csv: of beginning, of ending, of periods that do not count.

    "last" joins the words that may stand before a last day: "until" and the verbs of ending.
    """
    rows = read_list(FOLDER / "periods.csv", ("what", "words"), _KINDS)
    lists = {kind: "|".join(words for what, words in rows if what == kind) for kind in _KINDS}
    lists["last"] = f"{lists['until']}|{lists['end']}"
    return {kind: phrases(words) for kind, words in lists.items()}


def stated_periods(text: str) -> list[StatedPeriod]:
    """Return the periods in a text, in order: "from 1 April 2026 the contract is to run until 31 March 2030"."""
    found: list[StatedPeriod] = []
    dates = find_dates(text)
    before = 0
    for first, last in pairwise(dates):
        if _is_period(text, before, first, last) and not years_to_end(text, last):
            years = _years(text, first, text, last)
            found += [StatedPeriod(years, first.start, last.end)] if years else []
        before = first.end
    return found


def runs_on(text: str) -> bool:
    """Return True if a text's first and last day are as far apart as those of a contract, not of a single event."""
    days = [day for mention in find_dates(text) if (day := whole_date(mention.date)) is not None]
    return len(days) > 1 and _SHORTEST <= days[-1] - days[0] <= _LONGEST


def _is_period(text: str, place: int, first: DateMention, last: DateMention) -> bool:
    """Return True if the words around two days say that something begins on the first and ends on the second."""
    words = period_words()
    before = _after_last_stop(text[max(place, first.start - _NEAR) : first.start])
    between = text[first.end : last.start]
    after = _NEW_SENTENCE.split(text[last.end : last.end + _NEAR])[0]
    if len(between) > _FAR or _NEW_SENTENCE.search(between) or words["other"].search(f"{before} {between}"):
        return False
    if begins := words["begin"].search(between):
        is_of_first = _NEXT.search(between, begins.start()) is not None  # "... will begin, on 31 March it will end"
        return is_of_first and _opens(words["begin"], between) and _opens(words["end"], after)
    return _closes(words["begin"], before) and (_closes(words["last"], between) or _opens(words["end"], after))


def _after_last_stop(words: str) -> str:
    return _NEW_SENTENCE.split(words)[-1]


def _closes(pattern: re.Pattern[str], words: str) -> bool:
    """Return True if the last significant word before a day fits the pattern: "until the end of"."""
    found = list(pattern.finditer(words))
    if not found:
        return False
    rest = words[found[-1].end() :]
    return "," not in rest and len(re.findall(r"[^\W\d_]+", rest)) <= _MOST_BETWEEN


def _opens(pattern: re.Pattern[str], words: str) -> bool:
    """Return True if a word of the pattern follows a day closely: "the contract period will begin"."""
    found = pattern.search(words)
    if found is None:
        return False
    ahead = words[: found.start()]
    return "," not in ahead and len(re.findall(r"[^\W\d_]+", ahead)) <= _MOST_TO_VERB


def labelled_periods(blocks: Sequence[Block]) -> list[StatedPeriod]:
    """Return the periods given by labelled lines for start and end, such as "Contract Start" above its day."""
    found: list[StatedPeriod] = []
    start: LabelledLine | None = None
    since = 0
    for line in labelled_lines(blocks):
        if not isinstance(line, LabelledLine):
            continue
        since += 1
        end_of = label_of_period(line.key)
        if end_of == "start":
            start, since = line, 0
        elif end_of == "end" and start is not None and since <= _MOST_LINES:
            if years := years_of_days(start.value, line.value):
                found.append(StatedPeriod(years, start.block.start, line.block.end))
            start = None
    return found


def label_of_period(key: str) -> str:
    """Return "start" or "end" if the label is one of a start or an end; else ""."""
    senses = load_headings().senses_of(key)
    return senses[0].sense if senses and senses[0].sense in ("start", "end") else ""


def years_of_days(start: str, end: str) -> tuple[str, ...]:
    """Return the financial years from the day in one text to the day in the other; () if either has none."""
    first, last = find_dates(start), find_dates(end)
    return _years(start, first[0], end, last[0]) if len(first) == len(last) == 1 else ()


def _years(of_first: str, first: DateMention, of_last: str, last: DateMention) -> tuple[str, ...]:
    """Return the financial years between two days; a start late in the evening counts as the next day.

    Registers print British midnight in Greenwich time, an hour earlier in summer: 31 March, 23:00 is 1 April.
    """
    begin, end = whole_date(first.date), whole_date(last.date)
    if begin is None or end is None:
        return ()
    if _EVENING.match(of_first, first.end):
        begin += _DAY
    if last.date.count("-") > 1 and (_MIDNIGHT.match(of_last, last.end) or _is_same_day(begin, end)):
        end -= _DAY
    return years_between(begin, end) if _SHORTEST <= end - begin <= _LONGEST else ()


def _is_same_day(begin: datetime.date, end: datetime.date) -> bool:
    """Return True if a period ends on the day of the year on which it began: then its last day is the day before."""
    return (begin.month, begin.day) == (end.month, end.day)
