"""Office-holders by name: the people who sign decisions, as printed, and where a question names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from graph.ask.known.words import is_general

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_NAME = re.compile(r"^(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+$")
_WORD = re.compile(r"[\w'’-]+")
_CLOSE = 88  #: of 100: how far a name may be mistyped


def person_of(decided_by: str) -> str:
    """Return the person's name in words such as "Deputy Mayor (Jane Doe)"; "" where only the office is printed."""
    for words in reversed(_IN_BRACKETS.findall(decided_by)):
        if _NAME.match(words.strip()):
            return str(words.strip())
    return ""


def office_holders(decided_by: Iterable[str]) -> Mapping[str, str]:
    """Return each printed name -> its fullest form: "P. Smith" -> "Paul Smith" where documents print both.

    `decided_by` holds the printed words for who signed, from which the names are taken.
    """
    names = sorted({name for words in decided_by if (name := person_of(words))}, key=lambda n: (-len(n), n))
    return {name: next(full for full in names if _same_person(full, name)) for name in names}


def _same_person(full: str, other: str) -> bool:
    one, two = full.split(), other.split()
    return one[-1].lower() == two[-1].lower() and one[0][0].lower() == two[0][0].lower()


def people_in(text: str, holders: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where a text names an office-holder, by full name (typing errors forgiven) or by an unambiguous surname.

    Returns:
        (start, end, full name) of each match; the offsets are characters of the text.
    """
    from rapidfuzz import fuzz

    found: list[tuple[int, int, str]] = []
    words = list(_WORD.finditer(text))
    for first, second in pairwise(words):
        said = f"{first.group()} {second.group()}".lower()
        for name in holders:
            if fuzz.ratio(said, name.lower(), score_cutoff=_CLOSE):
                found.append((first.start(), second.end(), name))
    for word in words:
        surname = word.group().lower().removesuffix("'s").removesuffix("’s")
        bearers = [name for name in holders if name.split()[-1].lower() == surname]
        taken = any(word.start() < end and start < word.end() for start, end, _ in found)
        if len(bearers) == 1 and not taken and len(surname) >= 4 and not is_general(surname):
            found.append((word.start(), word.start() + len(surname), bearers[0]))
    return found
