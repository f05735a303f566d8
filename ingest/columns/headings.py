"""The meaning of column headings, by the phrases of data/reading/columns.csv that they contain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph.errors import InvalidReference
from ingest.columns.mapping import ListKind, Role
from ingest.columns.phrases import FOLDER, Tokens, phrases_in, place_of, read_table, tokens_of

#: senses of headings that become one of the roles only beside the others: see ingest/columns/sums.py
SUMS = frozenset({"amount", "net", "gross", "vat", "requested", "paid", "other sum", "row total", "yearly sum"})
_ROLES = {role.value.replace("-", " "): role for role in Role}
SENSES = frozenset({*_ROLES, *SUMS, "count"})
_LISTS = {kind.value for kind in ListKind} | {""}
_NEEDED = ("identifier", "title", "amount awarded", "award date", "recipient org:name", "funding org:name")
_EXACT = 0.97
_POUND = "£"
_NO_NOUNS = frozenset({"gbp", "000", "000s", "k", "m", "pounds"})
_FOLLOWS_NOUN = frozenset({"of", "for", "to", "in", "by", "from", "on", "where", "that", "which", "over"})
_MOST_SEEN = 20_000  #: headings whose senses are remembered
_LONGEST_SHORT = 4  #: letters of a word that means too many things to be found in the middle of a heading


@dataclass(frozen=True, slots=True)
class HeadingSense:
    """One possible meaning of a heading, with its score."""

    sense: str
    score: float  #: 0 to 1
    list_kind: ListKind | None  #: the sort of list that has such headings; None where every list may
    reason: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: Tokens
    sense: str
    list_kind: ListKind | None


@dataclass(frozen=True)
class Headings:
    """All phrases of headings, prepared for look-up."""

    phrases: tuple[_Phrase, ...]
    standard: Mapping[str, str]  #: a heading of the 360Giving standard, in small letters -> its sense
    seen: dict[str, tuple[HeadingSense, ...]] = field(default_factory=dict, repr=False, compare=False)

    def senses_of(self, heading: str) -> tuple[HeadingSense, ...]:
        """Return the possible meanings of a heading, best first; equal ones in the order of the file."""
        if heading not in self.seen:
            if len(self.seen) >= _MOST_SEEN:
                self.seen.clear()
            self.seen[heading] = self._senses_of(heading)
        return self.seen[heading]

    def _senses_of(self, heading: str) -> tuple[HeadingSense, ...]:
        if heading.strip("() ") == _POUND:
            return (HeadingSense("amount", _EXACT, None, "the heading is a pound sign"),)
        tokens = tuple(token for token in tokens_of(heading) if token not in _NO_NOUNS) or tokens_of(heading)
        best: dict[str, HeadingSense] = {}
        for phrase in self.phrases:
            score = _score(phrase.tokens, tokens)
            if score > (best[phrase.sense].score if phrase.sense in best else 0):
                words = " ".join(phrase.tokens)
                reason = f"the heading is “{words}”" if score == _EXACT else f"the heading has “{words}” in it"
                best[phrase.sense] = HeadingSense(phrase.sense, score, phrase.list_kind, reason)
        return tuple(sorted(best.values(), key=lambda sense: -sense.score))

    def standard_senses(self, headings: Iterable[str]) -> list[str] | None:
        """Return the meaning of each heading of a table that follows the 360Giving standard.

        None for any other table.
        """
        plain = [_without_number(heading) for heading in headings]
        if not set(_NEEDED) <= set(plain):
            return None
        return [self.standard.get(heading, "ignored") for heading in plain]


def is_heading(words: str) -> bool:
    """Return True if the words are exactly a known column heading."""
    senses = load_headings().senses_of(words)
    return bool(senses) and senses[0].score == _EXACT


def role_of(sense: str) -> Role:
    """Return the role of a column from the meaning of its heading, for meanings other than amounts."""
    return _ROLES.get(sense, Role.IGNORED)


@cache
def load_headings(folder: Path = FOLDER) -> Headings:
    """Return the phrases of `columns.csv`.

    Raises:
        InvalidReference: The file is missing or a line cannot be used; the message names it.
    """
    file = folder / "columns.csv"
    phrases: list[_Phrase] = []
    standard: dict[str, str] = {}
    seen: set[tuple[str, Tokens]] = set()
    for line, row in read_table(file, ("sense", "list", "phrases")):
        sense, kind = row["sense"], row["list"]
        if sense not in SENSES:
            raise InvalidReference(
                f"{file}, line {line}: sense {sense!r} is not known; use {', '.join(sorted(SENSES))}."
            )
        if kind not in _LISTS:
            raise InvalidReference(f"{file}, line {line}: list {kind!r} is not known; use {', '.join(sorted(_LISTS))}.")
        for words in phrases_in(row["phrases"]):
            if kind == ListKind.STANDARD:
                standard[words.casefold()] = sense
                continue
            tokens = tokens_of(words)
            if not tokens or (sense, tokens) in seen:
                raise InvalidReference(f"{file}, line {line}: {words!r} has no words or stands twice; take it out.")
            seen.add((sense, tokens))
            phrases.append(_Phrase(tokens, sense, ListKind(kind) if kind else None))
    return Headings(tuple(phrases), standard)


def _score(phrase: Tokens, tokens: Tokens) -> float:
    """Return how well a phrase explains a heading, 0 to 1; 0 if it does not.

    A phrase of one word counts only as the heading's noun: its last word, or the word before "of", "for" and the like.
    """
    if phrase == tokens:
        return _EXACT
    start = place_of(phrase, tokens)
    if start < 0:
        return 0.0
    end = start + len(phrase)
    is_noun = end == len(tokens) or tokens[end] in _FOLLOWS_NOUN
    if len(phrase) == 1 and not is_noun and (start > 0 or len(phrase[0]) <= _LONGEST_SHORT):
        return 0.0
    return 0.55 + 0.35 * len(phrase) / len(tokens) + (0.03 if is_noun else -0.1)


def _without_number(heading: str) -> str:
    """Return a heading of the 360Giving standard in small letters, without the "0" that counts repeated columns."""
    return re.sub(r":0(?=:)", "", re.sub(r"\s?:\s?", ":", " ".join(heading.split()))).casefold()
