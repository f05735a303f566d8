"""How a question was read, in parts that can be changed or taken away, and what can be asked next."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.links import Asking, ask_link
from app.viewmodels import words
from graph.ask.rereading import CHANGEABLE, THINGS
from graph.model import Entity
from graph.parse.years import financial_year

ASKS = {
    "funders": "who funds it",
    "recipients": "who is paid",
    "amount": "how much",
    "by-year": "how much in each year",
    "ranking": "largest first",
    "comparison": "a comparison",
    "share": "a share of the total",
    "count": "how many",
    "first-last": "the first or last",
    "decisions": "decisions",
    "decision": "one decision",
    "changes": "what it changed",
    "decision-links": "decisions before and after",
    "when": "when",
    "who-decided": "who decided",
    "reason": "why",
    "history": "the history over time",
    "partners": "who works together",
    "deliverers": "who delivers it",
    "developers": "who developed it",
    "leaders": "who leads it",
    "evaluators": "who evaluates it",
    "places": "where",
    "pilots": "where it was piloted",
    "programmes": "programmes",
    "funds": "funds",
    "bid": "bids and what became of them",
    "checks": "figures that do not add up",
    "definition": "what it is",
    "connection": "how they are connected",
    "names": "other names",
}
AMOUNTS = frozenset({"at_least", "at_most"})
ALWAYS = ("programme", "place")  #: parts that can be added where the question names none
LISTED = frozenset({"asks", "years", *THINGS})
NOT_SHOWN = {"settled_by", "confidence", "score"}  #: how the reading came about, not what was read
CHIP = {
    "asks": "Looking for",
    "programme": "Programme",
    "programmes": "Programmes",
    "place": "Place",
    "includes": "Including",
    "years": "Years",
    "year": "Year",
    "funder": "Funder",
    "recipient": "Recipient",
    "organisation": "Organisation",
    "party": "Organisation",
    "other_than": "Other than",
    "decided_by": "Signed by",
    "kinds": "Kind of money",
    "at_least": "At least",
    "at_most": "At most",
    "words": "About",
    "body": "Decision body",
    "fund": "Fund",
    "decision": "Decision",
    "reference": "Decision",
    "amount": "Amount",
    "topic": "About",
    "statuses": "Standing",
    "side": "Counting",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT = (
    ("funders", "Who funds {about}?"),
    ("recipients", "Who is paid for {about}?"),
    ("by-year", "How much for {about} in each year?"),
    ("deliverers", "Who delivers {programme}?"),
    ("decisions", "Which decisions are about {about}?"),
    ("history", "What is the funding history of {programme}?"),
    ("partners", "Who works with {organisation}?"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of how the question was read."""

    label: str
    value: str
    without: str = ""  #: the link that asks without this part; "" where it cannot be taken away
    chosen_from_list: bool = False  #: whether it is shown as a box of choices instead


AS_READ = "as read"  #: the value of a part that no single choice stands for: several programmes, a span of years


@dataclass(frozen=True, slots=True)
class Chooser:
    """One part of the reading with what may take its place."""

    part: str
    label: str
    now: str  #: one of the choices; "" for any
    shown: Mapping[str, str]  #: choice: words


def choosers(reading: Mapping[str, Any], things: Mapping[str, Entity], years: Sequence[str]) -> tuple[Chooser, ...]:
    """Return the parts that are chosen from lists: what is looked for, programme, place and years, and others read.

    Args:
        reading: How the question was read.
        things: What can be chosen, by key.
        years: Financial years with money, the latest first.
    """
    asks = str(reading.get("asks", ""))
    found = [Chooser("asks", CHIP["asks"], asks if asks in ASKS else "", ASKS)]
    for part, (_, kind) in THINGS.items():
        value = reading.get(part)
        if value or part in ALWAYS:
            named = {key: entity.name for key, entity in things.items() if entity.kind is kind}
            found.append(_chooser(part, value, dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))))
    found.append(_chooser("years", reading.get("years"), {year: year for year in years}))
    return tuple(found)


def _chooser(part: str, value: object, known: Mapping[str, str]) -> Chooser:
    label = CHIP.get(part, part.replace("_", " ").capitalize())
    names = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)] if value else []
    if not names:
        return Chooser(part, label, "", known)
    now = next((key for key, name in known.items() if names == [name]), "")
    if now:
        return Chooser(part, label, now, known)
    read = _period(names) if part == "years" else words.listed(names, limit=4)
    return Chooser(part, label, AS_READ, {AS_READ: read, **known})


def chips_of(reading: Mapping[str, Any], asking: Asking) -> tuple[Chip, ...]:
    """Return how a question was read, each part with the link that asks without it."""
    chips = []
    for key, value in reading.items():
        if key in NOT_SHOWN or value in (None, "", [], (), {}, "nothing", "any"):
            continue
        shown = _shown(key, value)
        if shown:
            without = ask_link(asking.changed(key)) if key in CHANGEABLE else ""
            label = CHIP.get(key, key.replace("_", " ").capitalize())
            chips.append(Chip(label, shown, without, chosen_from_list=key in LISTED))
    return tuple(chips)


def _shown(key: str, value: object) -> str:
    if key == "asks":
        return ASKS.get(str(value), str(value).replace("_", " "))
    if key in AMOUNTS:
        return words.pounds(Decimal(str(value)))
    if isinstance(value, list | tuple):
        names = [str(each) for each in value]
        return _period(names) if key == "years" else words.listed(names, limit=6)
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items() if each not in (None, "", []))
    return "yes" if value is True else "" if value is False else str(value)


def _period(given: Sequence[str]) -> str:
    """Financial years, or the first and the last day of a period as the financial years that it covers."""
    if not any(_DAY.fullmatch(each) for each in given):
        return words.years_covered(given)
    first, last = (_year_of(each) for each in (*given, "")[:2])
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"


def _year_of(day: str) -> str:
    """The financial year of an ISO day; the one that begins in it for the first day of a calendar year."""
    if not _DAY.fullmatch(day):
        return day
    begins = f"{day[:4]}-04-01" if day.endswith("-01-01") else day
    return financial_year(datetime.date.fromisoformat(begins))


def also_asked(reading: Mapping[str, Any], *, most: int = 4) -> tuple[str, ...]:
    """Return other questions about the same, those of another kind than the one asked."""
    programme, place = _only(reading.get("programme")), _only(reading.get("place"))
    party = next((name for part in ("party", "recipient", "funder") if (name := _only(reading.get(part)))), "")
    about = " in ".join(name for name in (programme, place) if name)
    known = {"about": about, "programme": programme, "organisation": party}
    found = []
    for asks, pattern in _NEXT:
        if asks != reading.get("asks") and all(value for name, value in known.items() if f"{{{name}}}" in pattern):
            found.append(pattern.format(**known))
    return tuple(found[:most])


def follow_ups(reading: Mapping[str, Any], years: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return short questions that follow an answer up, for the latest of the years that it covers."""
    if reading.get("years"):
        return ()
    return tuple(f"And in {year}?" for year in sorted(set(years), reverse=True)[:most])


def _only(value: object) -> str:
    return value if isinstance(value, str) else ""
