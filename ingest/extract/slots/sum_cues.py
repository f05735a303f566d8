"""Cues around a sum: words that distinguish an award from a ceiling, a pot, a total or a price."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon

_NEAR_ONLY = ("range",)  #: cues that say nothing farther from a sum: "from £500"
_LESS_THAN = re.compile(r"\b(?:less|fewer)(?=\s+than\b)", re.I)  #: "less than £5,000" takes nothing off
_JOINS = re.compile(
    r"[\s,;]*(?:[^,;.]{0,40}?[\s,;])?(?:and|plus|then)\s+(?:[\w’'-]+\s+){0,3}|[^,;.]{0,30},\s*|\s*(?:up\s+)?to\s+", re.I
)


def cues_of(statement: Statement, lexicon: Lexicon) -> list[str]:
    """Return the cues around a sum, each as "cue@where"; "-near" is added directly beside the sum."""
    before, after = _LESS_THAN.sub("under", _words_before(statement)), statement.after
    texts = {
        "before": before,
        "after": after,
        "sentence": statement.text,
        "label": statement.label.words if statement.label is not None else "",
        "lead": statement.lead.parse.text if statement.lead is not None else "",
    }
    found: list[str] = []
    for where, text in texts.items():
        for cue, pattern in lexicon.cues["sentence" if where == "lead" else where]:
            matches = list(pattern.finditer(text)) if text else []
            if not matches:
                continue
            near = len(text) - matches[-1].end() < 12 if where == "before" else matches[0].start() < 4
            if near or cue not in _NEAR_ONLY:
                found.append(f"{cue}@{where}")
            if where in ("before", "after") and near:
                found.append(f"{cue}@{where}-near")
    return list(dict.fromkeys(found))


def _words_before(statement: Statement) -> str:
    """Return the words before a sum; in "£5 in 2021 and £6 in 2022" both sums have the words before the first."""
    before, at = statement.before, statement.at
    tokens = statement.parse.tokens
    while (index := next((one for one in range(at - 1, -1, -1) if tokens[one].money is not None), None)) is not None:
        if not _JOINS.fullmatch(statement.text[tokens[index].end : tokens[at].start]):
            break
        at, before = index, replace(statement, at=index).before
    return before


def counts_payees(statement: Statement, lexicon: Lexicon) -> bool:
    """Return True if the sentence gives the number of payees: "shared by 20 groups", "nine partnerships"."""
    return _counts(
        statement, lexicon, lexicon.groups["award-group"] | lexicon.groups["counted"] - lexicon.groups["award-plural"]
    )


def counts_bids(statement: Statement, lexicon: Lexicon) -> bool:
    """Return True if the sentence gives the number of applications: "188 applications, £895,000 in all"."""
    return _counts(statement, lexicon, lexicon.groups["asking-noun"])


def _counts(statement: Statement, lexicon: Lexicon, things: frozenset[str]) -> bool:
    """Return True if a number stands closely before one of these nouns."""
    words = [token.text.lower() for token in statement.parse.tokens]
    return any(
        (word.isdigit() or word in lexicon.groups["number"]) and things & set(words[place + 1 : place + 4])
        for place, word in enumerate(words)
    )
