"""Conditions in a question that are not names: time, bounds on amounts, kinds and statuses of money, entry limits."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from graph.ask.language.terms import Period, Sized, Standing
from graph.ask.reading.link import LinkedQuestion, Mention
from graph.model import FlowKind, FlowStatus
from graph.parse.years import financial_year

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"dozen": 12, "twenty": 20}
_TIME = r"((?:year|cal|date)_\d+)"
_SINCE = re.compile(
    rf"\b(?:since|from|after|starting|as of|post|beginning)(?: the)?(?: start of| end of|"
    rf" year)? {_TIME}(?:(?: financial year| year)? ?(?:on|onwards|onward|forward))?"
)
_ONWARDS = re.compile(rf"{_TIME} (?:onwards?|on\b|and (?:after|later|since)|or later)")
_BEFORE = re.compile(
    rf"\b(?:before|until|till|up to|prior to|by|pre|earlier than|to the end of)(?: the)?(?: end of| start of|"
    rf" year)? {_TIME}"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from) {_TIME} (?:and|to|until|till|-) {_TIME}|{_TIME} (?:to|until|through|-) {_TIME}"
)
_AFTER_STRICTLY = re.compile(r"\bafter\b")
_LAST_YEARS = re.compile(r"\b(?:last|past|previous|recent) (\w+) years?\b")
_OVER = re.compile(
    r"\b(over|more than|above|exceed(?:ing|s|ed)?|greater than|bigger than|larger than|higher than|upwards of|"
    r"at least|minimum(?: of)?|no less than|not less than|or more|or above|or over|from)\b"
)
_UNDER = re.compile(
    r"\b(under|less than|below|smaller than|lower than|fewer than|at most|maximum(?: of)?|no more than|"
    r"not more than|up to|or less|or below|or under|within)\b"
)
_INCLUSIVE = re.compile(
    r"at least|minimum(?: of)?|no less than|not less than|or more|or above|at most|maximum(?: of)?|no more than|"
    r"not more than|up to|or less|or below|from|within"
)


def period_of(linked: LinkedQuestion, *, signed: bool, today: datetime.date | None = None) -> Period:
    """Return the time that the question is about; an empty `Period` where it names none.

    Args:
        linked: The question with its names and dates found.
        signed: Dates are days of signature and stay days; otherwise they stand for the financial years of money.
        today: The day from which "this year" is counted; the current day where None.
    """
    mentions, masked = linked.mentions, linked.masked
    times = linked.of("year", "cal", "date")
    if not times:
        return _recent_years(masked, today)
    by_token = {linked.token(n): mentions[n] for n in times}
    words = ", ".join(mentions[n].words for n in times)
    if match := _BETWEEN.search(masked):
        first, last = [by_token[token] for token in match.groups() if token]
        if first.tag != "date" or last.tag != "date" or signed:
            return _bounded(first, last, words)
    since = _SINCE.search(masked) or _ONWARDS.search(masked)
    before = _BEFORE.search(masked)
    if since and _is_open_ended(since.group(0)):
        mention = by_token[since.group(1)]
        if not (mention.tag == "date" and len(mention.date) == 10 and before):
            return _bounded(mention, None, words, strictly=bool(_AFTER_STRICTLY.search(since.group(0))))
    if before and "signed by" not in masked and not (since and by_token[before.group(1)].tag == "date"):
        return _bounded(
            None,
            by_token[before.group(1)],
            words,
            strictly=not re.match(r"until|till|up to|by|to the end", before.group(0)),
        )
    years = tuple(dict.fromkeys(year for n in times for year in mentions[n].years))
    calendar = tuple(dict.fromkeys(m.calendar for n in times if (m := mentions[n]).calendar))
    dates = [mentions[n].date for n in times if mentions[n].tag == "date"]
    if dates and not years and not calendar and signed:
        return Period(first=min(dates), last=max(dates), words=words)
    if dates and not years and not calendar:
        years = _years_between(min(dates), max(dates))
    return Period(years=years, calendar=tuple(c for c in calendar if c), words=words)


def _years_between(first: str, last: str) -> tuple[str, ...]:
    """Return the financial years from one month or day to another, both included."""
    low, high = (int(date[:4]) - (1 if len(date) >= 7 and date[5:7] < "04" else 0) for date in (first, last))
    return tuple(_name(year) for year in range(low, min(high, low + 20) + 1))


def _is_open_ended(words: str) -> bool:
    """Return True if "from 2023/24" means that year and all later ones."""
    opening = re.match(r"since|after|post|starting|beginning|as of", words)
    return bool(opening or re.search(r"on\b|onward|forward|later", words.split("_")[-1]))


def _bounded(first: Mention | None, last: Mention | None, words: str, *, strictly: bool = False) -> Period:
    low = _start(first, strictly=strictly) if first else None
    high = _end(last, strictly=strictly) if last else None
    return Period(first=low, last=high, words=words)


def _start(mention: Mention, *, strictly: bool) -> str:
    if mention.years:
        year = int(mention.years[0][:4]) + (len(mention.years) if strictly else 0)
        return f"{year}-04-01"
    if mention.calendar:
        return f"{mention.calendar + (1 if strictly else 0)}-01-01"
    return _day_after(mention.date) if strictly else mention.date


def _end(mention: Mention, *, strictly: bool) -> str:
    if mention.years:
        year = int(mention.years[-1][:4])
        return f"{year}-03-31" if strictly else f"{year + 1}-03-31"
    if mention.calendar:
        return f"{mention.calendar - 1}-12-31" if strictly else f"{mention.calendar}-12-31"
    return str(_first_day(mention.date) - datetime.timedelta(days=1)) if strictly else mention.date


def _first_day(date: str) -> datetime.date:
    return datetime.date.fromisoformat(date if len(date) == len("2025-03-01") else f"{date}-01")


def _day_after(date: str) -> str:
    """The day after a day or a month: "2025-04-01" after "2025-03"."""
    first = _first_day(date)
    if date == str(first):
        return str(first + datetime.timedelta(days=1))
    return str((first + datetime.timedelta(days=31)).replace(day=1))


def _recent_years(masked: str, today: datetime.date | None) -> Period:
    today = today or datetime.date.today()
    this = int(financial_year(today)[:4])
    if match := _LAST_YEARS.search(masked):
        count = _NUMBER_WORDS.get(match.group(1)) or (int(match.group(1)) if match.group(1).isdigit() else 0)
        if 0 < count <= 20:
            return Period(years=tuple(_name(this - back) for back in range(count, -1, -1)), words=match.group(0))
    if match := re.search(r"\b(this|current|last|next) (?:financial )?year\b", masked):
        word = match.group(1).replace("current", "this")
        return Period(years=(_name(this + {"last": -1, "next": 1}.get(word, 0)),), words=f"{word} year")
    return Period()


def _name(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def sized(linked: LinkedQuestion) -> Sized | None:
    """Return the bounds that the question sets on an amount; None where it sets none."""
    numbers = linked.of("money")
    if not numbers:
        return None
    masked = linked.masked
    low: Decimal | None = None
    high: Decimal | None = None
    strict = False
    if match := re.search(r"between (money_\d+) (?:and|to) (money_\d+)", masked):
        one, other = (linked.mentions[int(token.split("_")[1])].amount for token in match.groups())
        return Sized(one, other)
    for number in numbers:
        token = linked.token(number)
        start = masked.find(token)
        before = masked[max(0, start - 24) : start].strip()
        after = masked[start + len(token) : start + len(token) + 12].strip()
        over = list(_OVER.finditer(before))
        under = list(_UNDER.finditer(before))
        amount = linked.mentions[number].amount
        word = (over or under or [None])[-1]  # type: ignore[list-item]
        if re.match(r"or (?:more|above|over|higher)|plus\b|\+|and (?:above|over|up)", after) or (
            over and not (under and under[-1].end() > over[-1].end())
        ):
            low, strict = amount, bool(word and not _INCLUSIVE.fullmatch(word.group(1)) and not after.startswith("or"))
        elif re.match(r"or (?:less|below|under|fewer)", after) or under:
            bound = under[-1] if under else None
            high, strict = amount, bool(bound and not _INCLUSIVE.fullmatch(bound.group(1)))
    return Sized(low, high, strict) if low is not None or high is not None else None


def limit_of(masked: str) -> int | None:
    """Return how many entries a question asks for: 3 for "top 3", 5 for "the five biggest".

    Return None where it does not say.
    """
    number = r"(\d{1,3}|" + "|".join(_NUMBER_WORDS) + r")"
    match = re.search(
        rf"\b(?:top|first|last|biggest|largest|smallest|highest|lowest|latest) {number}\b|"
        rf"\b{number} (?:biggest|largest|highest|smallest|lowest|most recent|latest|top)\b",
        masked,
    )
    if not match:
        return None
    word = match.group(1) or match.group(2)
    return int(word) if word.isdigit() else _NUMBER_WORDS[word]


_KINDS = (
    (FlowKind.MATCH, re.compile(r"\bmatch(?:es|ed|ing)?[ -]?(?:fund\w*|money|contribution\w*|grant\w*|share)?\b")),
    (FlowKind.SUB_GRANT, re.compile(r"\bsub-?grant\w*|\bsub grant\w*|pass(?:es|ed)? on\b|\bonward\b")),
    (
        FlowKind.CARRY_FORWARD,
        re.compile(r"\bcarr(?:y|ied|ies)[ -]?(?:it )?(?:forward|over)|\bcarry-forwards?\b|\brolled (?:over|forward)"),
    ),
    (
        FlowKind.OWN_COST,
        re.compile(r"\b(?:staffing|own costs?|management costs?|kept|keeps?|retain\w*|administration costs?)\b"),
    ),
)
_STATUSES = (
    (FlowStatus.UNSUCCESSFUL, re.compile(r"\b(?:unsuccessful|failed|rejected|turned down|lost|declined)\b")),
    (FlowStatus.PROVISIONAL, re.compile(r"\bprovisional(?:ly)?\b")),
    (FlowStatus.SUPERSEDED, re.compile(r"\bsuperseded|\breplaced\b.{0,300}\b(?:award|money|grant|figure)")),
)


def standing(masked: str) -> Standing | None:
    """Return the kinds and statuses of money that the words name.

    Return None if they name none, which means all granted money.
    """
    kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(masked))
    statuses = next(((status,) for status, pattern in _STATUSES if pattern.search(masked)), ())
    return Standing(kinds, statuses) if kinds or statuses else None
