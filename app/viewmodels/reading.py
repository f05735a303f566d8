"""How a question was read, in chips that can be taken away, and what can be asked next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.links import Asking, ask_link
from app.viewmodels import words
from graph.ask.rereading import CHANGEABLE

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
    "body": "Decision body",
    "fund": "Fund",
    "decision": "Decision",
    "reference": "Decision",
    "amount": "Amount",
    "topic": "About",
    "statuses": "Standing",
    "side": "Counting",
}
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


def chips_of(reading: Mapping[str, Any], asking: Asking) -> tuple[Chip, ...]:
    """Return how a question was read, each part with the link that asks without it."""
    chips = []
    for key, value in reading.items():
        if key in NOT_SHOWN or value in (None, "", [], (), {}, "nothing", "any"):
            continue
        shown = _shown(key, value)
        if shown:
            without = ask_link(asking.changed(key)) if key in CHANGEABLE else ""
            chips.append(Chip(CHIP.get(key, key.replace("_", " ").capitalize()), shown, without))
    return tuple(chips)


def _shown(key: str, value: object) -> str:
    if key == "asks":
        return ASKS.get(str(value), str(value).replace("_", " "))
    if isinstance(value, list | tuple):
        names = [str(each) for each in value]
        return words.years(names) if key == "years" else words.listed(names, limit=6)
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items() if each not in (None, "", []))
    return "yes" if value is True else "" if value is False else str(value)


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
