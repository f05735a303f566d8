"""Compare names: as plain words, and through the aliases of the registry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from graph.registry import Registry
from ingest.labels.records import Accepted

_OPEN_WORDS = ("to be procured", "tbc", "provider", "evaluator")
_MARKS = re.compile(r"[^\w/£.%']+")
_ARTICLE = re.compile(r"\bthe\b|\s+")
_LAST_BRACKETS = re.compile(r" \([^)]{0,300}\)$")
_GROUP = re.compile(r"\(?(borough|council|district|school)s\)?")
_SHORTEST_HELD = 4  # letters: shorter words stand in others by chance


def plain(words: str | None) -> str:
    """Return a name for comparison, without case, punctuation and "the"; "&" becomes "and"."""
    text = (words or "").casefold().replace("&", " and ").replace("’", "'")
    return _ARTICLE.sub(" ", _MARKS.sub(" ", text)).strip()


class NameComparison:
    """Compares names with those that a label accepts."""

    def __init__(self, registry: Registry) -> None:
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        for entity in registry.entities():
            for name in (entity.name, *registry.row(entity.id).aliases):
                self._ids[plain(name)].add(entity.id)

    def same(self, said: str | None, accepted: Accepted) -> bool:
        """Return True if the name is an accepted one; a final word in brackets may be missing from it."""
        return any(self._is(said or "", option) for option in accepted)

    def _is(self, said: str, option: str) -> bool:
        own, other = plain(said), plain(option)
        if own == other or self._ids.get(own, set()) & self._ids.get(other, set()):
            return True
        bare = _LAST_BRACKETS.sub("", said)
        return bare != said and self._is(bare, option)

    def agrees(self, said: str | None, accepted: Accepted) -> bool:
        """Return True if a party or thing is an accepted one; a party left open does not agree with any name.

        "(to be procured) provider" and a group such as "(boroughs)" are descriptions, not names.
        """
        own = plain(said)
        if any("to be procured" in plain(option) for option in accepted):
            return not own or any(word in own for word in _OPEN_WORDS)
        if len(accepted) == 1 and (group := _described(accepted[0])):
            return not own or group in own
        return self.same(said, accepted) or (len(accepted) == 1 and _is_pot(own, accepted[0]))

    def touches(self, said: str | None, accepted: Accepted) -> bool:
        """Return True if the name agrees with an accepted one, or if one of them contains the other's words."""
        own = plain(said)
        return self.same(said, accepted) or (bool(own) and any(_held(own, other) for other in map(plain, accepted)))


def _held(own: str, other: str) -> bool:
    return len(other) >= _SHORTEST_HELD and (other in own or own in other)


def _described(option: str) -> str:
    """Return the word for one of an unnamed group: "borough" for "(boroughs)"; "" for a name."""
    match = _GROUP.fullmatch(option.strip())
    return match[1] if match else ""


def _is_pot(own: str, option: str) -> bool:
    """Return True if a name has the main word of a payer's budget: "victim" in "the MOPAC victims' budget"."""
    if not option.casefold().endswith(" budget"):
        return False
    return any(word in own for word in _main_words(plain(option).split()[:-1]))


def _main_words(words: Iterable[str]) -> list[str]:
    return [word.rstrip("'s") for word in words if len(word) > 6]
