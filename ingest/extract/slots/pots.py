"""Sums that a fund or budget holds, mentioned beside the awards that a decision makes from it."""

from __future__ import annotations

import re

from ingest.extract.slots.document_view import DocumentView, Place
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sections import Origin
from ingest.extract.words.tokens import Sort

_ROUGHLY = r"(?:(?:up to|around|about|some|just|over|under|nearly|almost|a total of|in total)\s+)*$"
_HAS = re.compile(rf"\b(?:has|have|had|holds?|held|holding|contains?|contained)\s+{_ROUGHLY}", re.I)
_IS = re.compile(rf"\b(?:is|was|stands at|stood at|totals|totalled|amounts to|amounted to)\s+{_ROUGHLY}", re.I)
_MAKES = re.compile(rf"\b(?:made|makes?|making)\s+(?:available\s+)?{_ROUGHLY}", re.I)
_INSIDE = re.compile(r"\s+(?:(?:available|left|remaining)\s+)?(?:in|of|within|under)\s+(?!total\b|all\b)", re.I)
_AVAILABLE = re.compile(r"^\s*(?:of\s+(?:[\w’'-]+\s+){1,4}|(?:[\w’'-]+\s+){0,2})?available\b", re.I)
_ENDS = re.compile(r"\s{0,9}(?:[;,.]|and\b|$)")


def is_pot(statement: Statement, view: DocumentView, lexicon: Lexicon) -> bool:
    """Return True for what a fund or office has available, in a document that awards other sums from it.

    "The office has £5,000 in the Harbour Fund", "the budget was £5,000", "£5,000 was made available for local groups".
    A sum in a recommendation, a sum beside a name, and the only sum of a document are awards, whatever their words.
    """
    if statement.origin is Origin.RECOMMENDATION or statement.label is not None or not _awards_others(statement, view):
        return False
    before, after, words = _words_of(statement)
    pots = lexicon.groups["pot-noun"] & words
    if _IS.search(before):
        return bool(pots & _subject(statement)) and _ENDS.match(after) is not None
    is_open = bool(lexicon.groups["many"] & words)
    if _AVAILABLE.match(after) or "available" in before.lower():
        return is_open and (_MAKES.search(before) is not None or _HAS.search(before) is not None)
    return bool(pots) and _HAS.search(before) is not None and _INSIDE.match(after) is not None


def _awards_others(statement: Statement, view: DocumentView) -> bool:
    """Return True if a list, table or recommendation of the document has another sum."""
    return any(
        one.place in (Place.ENTRY, Place.TABLE) and one.amount != statement.money.amount for one in view.figures
    ) or bool(view.given - {statement.money.amount})


def _words_of(statement: Statement) -> tuple[str, str, frozenset[str]]:
    """Return the words before a sum, the words after it, and all words; sums joined by "and" share the words before."""
    tokens, at = statement.parse.tokens, statement.at
    first = at
    while (last := next((one for one in range(first - 1, -1, -1) if tokens[one].money is not None), None)) is not None:
        if not any(token.sort is Sort.AND for token in tokens[last:first]) or any(
            token.sort in (Sort.VERB, Sort.AUXILIARY) for token in tokens[last:first]
        ):
            break
        first = last
    text = statement.text
    before, after = text[: tokens[first].start], statement.after
    return before, after, frozenset(re.findall(r"[\w’'-]+", f"{before} {after}".lower()))


def _subject(statement: Statement) -> frozenset[str]:
    """Return the words of a sum's clause that stand before the sum."""
    return frozenset(re.findall(r"[\w’'-]+", statement.before.lower()))
