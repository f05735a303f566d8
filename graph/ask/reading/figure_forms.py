"""The forms of questions that ask for a figure, or compare figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import structs

from graph.ask.language.terms import (
    Compare,
    Condition,
    Count,
    During,
    Form,
    Kind,
    List,
    Mean,
    Named,
    OfKind,
    Order,
    Period,
    Role,
    Rows,
    Says,
    Scan,
    Share,
    Standing,
    Sum,
    Total,
    What,
)
from graph.ask.reading.asked_conditions import conditions, of_kind
from graph.ask.reading.read import Parts, Reading

_WHATS = {"programme": What.PROGRAMME, "place": What.PLACE, "fund": What.FUND, "decision": What.DECISION,
          "award": What.AWARD, "year": What.YEAR}  # fmt: skip


_TO_KIND = re.compile(r"\bto (?:the |its |all |london )*(boroughs|councils|charities)\b")


_NOUN_KINDS = {"boroughs": Kind.BOROUGH, "councils": Kind.COUNCIL, "charities": Kind.CHARITY}


_GIVES = re.compile(
    r"\b(?:funders?|payers?|backers?|donors?|contributors?|pays|gives?|gave|puts?|contribut\w+|commits?)\b"
)


_GETS = re.compile(r"\b(?:gets?|got|receiv\w+|recipient|won|win|awarded|given|secured|landed|benefit\w*)\b")


_MONTH = re.compile(r"\b(?:a|per|each|every) month\b|\bmonthly\b")


_YEAR = re.compile(r"\b(?:a|per|each|every) (?:financial )?year\b|\b(?:annual(?:ly)?|yearly|per annum)\b")


_OWN = re.compile(r"\b(?:own (?:money|funds?|budget|contribution)|contribut\w+|chip\w* in|put\w* in)\b")


def figures(asks: str, where: tuple[Condition, ...], reading: Reading, parts: Parts) -> Iterator[Form]:
    """Yield the forms that ask for a figure, or compare figures.

    Args:
        asks: The label of what the question asks, such as "total", "most" or "share".
        where: The question's conditions.
        reading: The question, taken apart.
        parts: The role of each name.
    """
    money = Scan(Rows.AWARDS, where)
    if asks == "total":
        paid = _TO_KIND.search(reading.masked)
        to_kind = (OfKind(Role.RECIPIENT, _NOUN_KINDS[paid.group(1)]),) if paid else ()
        yield Total(Scan(Rows.AWARDS, (*where, *to_kind)), own=bool(_OWN.search(reading.masked)))
    elif asks == "mean":
        yield Mean(money, _mean_over(reading))
    elif asks in {"most", "least"}:
        yield from _ranked(asks, where, reading)
    elif asks == "share":
        yield from _shares(where, reading)
    elif asks == "count":
        yield from _counts(where, reading, parts)
    else:
        yield from _compared(where, reading, over_time=asks == "change")
        for literal in _sums_stated(reading):
            yield Compare((Total(money), Total(literal)))


def _ranked(asks: str, where: tuple[Condition, ...], reading: Reading) -> Iterator[Form]:
    order = Order("amount", asks == "least", reading.limit)
    what = _WHATS.get(reading.what[0].label)
    if what is None:
        roles = {c.role for c in where if isinstance(c, Named)}
        gives = bool(_GIVES.search(reading.masked)) and not _GETS.search(reading.masked)
        what = What.FUNDER if (gives and Role.FUNDER not in roles) or Role.RECIPIENT in roles else What.RECIPIENT
    yield List(Scan(Rows.AWARDS, (*where, *of_kind(reading))), what, order)
    if what is What.RECIPIENT and not re.search(r"\bwho\b|\bmost\b|\bmore\b", reading.masked):
        yield List(Scan(Rows.AWARDS, (*where, *of_kind(reading))), What.AWARD, order)


def _mean_over(reading: Reading) -> What:
    """Return the sort of thing that an average is per: month or year by the words, else body, else single sum."""
    if _MONTH.search(reading.masked):
        return What.MONTH
    if _YEAR.search(reading.masked):
        return What.YEAR
    bodies = {"organisation", "borough", "council", "charity", "commissioner", "force"}
    return What.RECIPIENT if reading.what[0].label in bodies else What.AWARD


def _sums_stated(reading: Reading) -> list[Sum]:
    """Return the sums that the question states, unless it uses them as bounds on other amounts."""
    return [Sum(m.amount) for m in reading.linked.mentions if m.amount is not None and reading.sized is None]


def _shares(where: tuple[Condition, ...], reading: Reading) -> Iterator[Form]:
    """Yield forms of a share: of a sum that the question states, or of the set without one of its conditions."""
    part = Scan(Rows.AWARDS, where)
    for stated in _sums_stated(reading):
        yield Share(part, stated)
    for n, condition in enumerate(where):
        droppable = isinstance(condition, Standing | Says) or (
            isinstance(condition, Named)
            and condition.role in {Role.FUNDER, Role.RECIPIENT, Role.PARTY, Role.PROGRAMME, Role.PLACE}
        )
        if droppable and len(where) > 1:
            yield Share(part, Scan(Rows.AWARDS, (*where[:n], *where[n + 1 :])))


def _compared(where: tuple[Condition, ...], reading: Reading, *, over_time: bool) -> Iterator[Form]:
    years = _separate_years(reading.period)
    rest = tuple(c for c in where if not isinstance(c, During))
    if over_time and len(years) < 2:
        return
    if len(years) >= 2:
        yield Compare(
            tuple(Total(Scan(Rows.AWARDS, (*rest, During(Period(years=(y,), words=y))))) for y in years), over_time=True
        )
    for n, condition in enumerate(where):
        several = getattr(condition, "choices", ()) or getattr(condition, "names", ())
        if len(several) >= 2 and not getattr(condition, "without", False):
            field = "choices" if isinstance(condition, Named) else "names"
            each = [(*where[:n], structs.replace(condition, **{field: (one,)}), *where[n + 1 :]) for one in several]
            yield Compare(tuple(Total(Scan(Rows.AWARDS, conditions)) for conditions in each))
    named = [c for c in where if isinstance(c, Named) and not c.without]
    for one, other in pairwise(named):
        if len(one.choices) == len(other.choices) == 1:
            shared = tuple(c for c in where if c not in (one, other))
            yield Compare(tuple(Total(Scan(Rows.AWARDS, (*shared, each))) for each in (one, other)))


def _separate_years(period: Period) -> list[str]:
    """Return the financial years that a period names, each by itself; of a span the first and the last."""
    if period.first and period.last:
        return [f"{date[:4]}/{(int(date[:4]) + 1) % 100:02d}" for date in (period.first, _year_before(period.last))]
    return list(period.years) or [f"{year}/{(year + 1) % 100:02d}" for year in period.calendar]


def _year_before(date: str) -> str:
    """Return the same day a year earlier for a 31 March, so that its first four digits name the year that ends.

    Any other date comes back as it is.
    """
    return f"{int(date[:4]) - 1}{date[4:]}" if date.endswith("-03-31") else date


def _counts(where: tuple[Condition, ...], reading: Reading, parts: Parts) -> Iterator[Form]:
    what = _WHATS.get(reading.what[0].label)
    if what is What.DECISION:
        yield Count(Scan(Rows.DECISIONS, conditions(reading, parts, signed=True)), what)
        return
    kinds = of_kind(reading)
    if what is not None:
        yield Count(Scan(Rows.AWARDS, where), what)
        return
    roles = {c.role for c in where if isinstance(c, Named)}
    side = What.FUNDER if Role.RECIPIENT in roles and Role.FUNDER not in roles else What.RECIPIENT
    yield Count(Scan(Rows.AWARDS, (*where, *kinds)), side)
