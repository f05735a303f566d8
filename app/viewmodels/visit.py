"""The questions of this visit, the latest first, each with a short answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.links import FORM, Asked, Asking, ask_link
from app.viewmodels.reading import ASKS, CHIP

MOST = 30  #: questions kept
SHORT = 160  #: characters of a short answer


@dataclass(frozen=True, slots=True)
class Visited:
    """One question of the visit."""

    asking: Asking
    words: str  #: the question with those that it follows up, and what was changed in how they were read
    answer: str  #: in short

    @property
    def href(self) -> str:
        """The link that asks the question again in the same way."""
        return ask_link(self.asking)


def visited(before: Sequence[Visited], asking: Asking, answer: str, names: Mapping[str, str]) -> list[Visited]:
    """Return the visit's questions with one more, the latest first; a repeated question moves to the front."""
    others = [each for each in before if each.asking != asking]
    return [Visited(asking, asking_words(asking, names), short(answer)), *others][:MOST]


def asking_words(asking: Asking, names: Mapping[str, str]) -> str:
    """Return a question with its history, "who funds X (place: Kent) › and in 2023/24?"; `names` are by key."""
    return " › ".join(asked_words(each, names) for each in (*asking.after, Asked(asking.question, asking.changes)))


def asked_words(asked: Asked, names: Mapping[str, str]) -> str:
    """Return a question with the changes to its reading: "who funds X (place: Kent, any year)"."""
    said: list[str] = []
    for part, value in asked.changes:
        if part == FORM:
            said = []  # the question was read anew; what was changed before is in the form
            continue
        label = CHIP.get(part.partition(".")[0], part).lower()
        said.append(f"{label}: {names.get(value, ASKS.get(value, value))}" if value else f"any {label}")
    return f"{asked.question} ({', '.join(said)})" if said else asked.question


def short(text: str, most: int = SHORT) -> str:
    """Return the first sentence of a text, cut between words if it is long."""
    line = " ".join(text.split())
    first = line.split(". ", 1)[0].removesuffix(".") + ("." if line else "")
    if len(first) <= most:
        return first
    return f"{first[:most].rsplit(' ', 1)[0].rstrip(',;:(')} …"
