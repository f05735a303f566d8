"""Text made from a pattern to make it slow: what its repeats match, said again and again, then a sign that fails."""

from __future__ import annotations

import re
import re._constants as sre
import re._parser as sre_parser
from collections.abc import Iterator, Sequence
from typing import Any

FAILING = "\x01"  #: a sign that hardly any pattern names
_LONG = 30  #: a repeat of fewer is bounded
_MOST_SAMPLES = 2
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_NOT_DIGIT: "a -",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_NOT_SPACE: "a7-",
    sre.CATEGORY_WORD: "a7",
    sre.CATEGORY_NOT_WORD: " -\n",
}
_SIGNS = "a A7 \n-.,£|\"'()*:_"  #: tried where a pattern excludes signs


def attacks(pattern: re.Pattern[Any]) -> tuple[tuple[str, str], ...]:
    """Return pairs of a beginning and what is said again and again after it, for each open repeat of a pattern."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    flags = pattern.flags & ~(re.UNICODE | re.ASCII) if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = sre_parser.parse(text, flags & ~re.DEBUG)
    found: dict[tuple[str, str], None] = {}
    for before, inside in _repeats(list(tree), ""):
        for body in _samples(inside):
            for pump in (body, before + body, before + body + " "):
                if pump:
                    found[before, pump] = None
                    found["", pump] = None
    return tuple(found)


def _repeats(items: Sequence[Any], before: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each open repeat's inside, with a text that leads up to it."""
    for place, (kind, value) in enumerate(items):
        lead = before + _sample(items[:place])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inside = value
            if most > _LONG:
                yield lead, list(inside)
        for inside in _insides(kind, value):
            yield from _repeats(inside, lead)


def _insides(kind: Any, value: Any) -> list[list[Any]]:
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [list(value[2])]
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind is sre.ATOMIC_GROUP:
        return [list(value)]
    if kind is sre.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(value[1])]
    if kind is sre.GROUPREF_EXISTS:
        return [list(one) for one in value[1:] if one]
    return []


def _samples(items: Sequence[Any]) -> list[str]:
    """Return a few texts that a sequence matches, with different signs where it allows them."""
    return list(dict.fromkeys(_sample(items, choice) for choice in range(_MOST_SAMPLES)))


def _sample(items: Sequence[Any], choice: int = 0) -> str:
    return "".join(_one(kind, value, choice) for kind, value in items)


def _one(kind: Any, value: Any, choice: int) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return _pick([sign for sign in _SIGNS if ord(sign) != value], choice)
    if kind is sre.ANY:
        return _pick("a 7", choice)
    if kind is sre.IN:
        return _pick(_members(value), choice)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, inside = value
        return _sample(list(inside), choice) * max(least, min(1, most))
    if kind is sre.BRANCH:
        branches = value[1]
        return _sample(list(branches[choice % len(branches)]), choice)
    if kind is sre.SUBPATTERN:
        return _sample(list(value[3]), choice)
    if kind is sre.ATOMIC_GROUP:
        return _sample(list(value), choice)
    return ""  # a place or a look around


def _members(items: Sequence[Any]) -> str:
    signs = ""
    negated = items[0][0] is sre.NEGATE
    for kind, value in items:
        if kind is sre.LITERAL:
            signs += chr(value)
        elif kind is sre.RANGE:
            signs += chr(value[0])
        elif kind is sre.CATEGORY:
            signs += _CATEGORIES.get(value, "a")
    if not negated:
        return signs or "a"
    outside = re.compile(_class(items))
    return "".join(sign for sign in _SIGNS if not outside.fullmatch(sign)) or "~"


def _class(items: Sequence[Any]) -> str:
    """Return a class of signs, without its negation, as it is written."""
    written = {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_WORD: r"\w",
               sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_NOT_WORD: r"\W"}  # fmt: skip
    parts = ""
    for kind, value in items:
        if kind is sre.LITERAL:
            parts += re.escape(chr(value))
        elif kind is sre.RANGE:
            parts += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        elif kind is sre.CATEGORY:
            parts += written[value]
    return f"[{parts}]"


def _pick(signs: Sequence[str], choice: int) -> str:
    return signs[min(choice * max(1, len(signs) // _MOST_SAMPLES), len(signs) - 1)]
