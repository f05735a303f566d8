"""Signs for the confidence of a flow: numbers computed from its words, its statements and its document.

A sign is a property that occurs more often with right or with wrong readings; its weight is fitted on labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from ingest.extract.account.money import Money

Signs = Mapping[str, float]  #: by name; a sign that is left out is nought

_LEAST = 0.002
#: what spoke for payer and payee where they were chosen -> the sign of it
GROUNDS = {
    "P:not-said": "payer not in the sentence",
    "R:said": "payee in the sentence",
    "R:outside": "payee from around the sentence",
}
_SPENDING = "invest"  #: class of "spend", "invest", "commit": who is paid often stays open


def signs_of(money: Money) -> dict[str, float]:
    """Return the signs of one flow's money, by name; a sign of 0 is left out."""
    return {sign: value for sign, value in (*_of_sum(money), *_of_sentence(money)) if value}


def signs_around(flows: Sequence[Money]) -> dict[str, float]:
    """Return the signs that all flows of a document have in common."""
    open_ones = sum(one.recipient is None for one in flows)
    return {"document: share without payee": open_ones / max(len(flows), 1)}


def log_odds(chance: float) -> float:
    """Return log(p / (1 - p)) of a probability, which is clipped away from 0 and 1."""
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance))


def _of_sum(money: Money) -> Iterator[tuple[str, float]]:
    yield "context", float(not money.is_flow)
    is_row, is_again = money.first.reading is None, len(money.sums) > 1
    yield "said again", float(is_again)
    yield "said again of the same parties", float(is_again and len({one.parties.value for one in money.sums}) == 1)
    yield "row of a table", float(is_row)
    yield "row of a table, said again", float(is_row and is_again)
    yield "other parties", money.parties.ranked[1][1] if len(money.parties.ranked) > 1 else 0.0


def _of_sentence(money: Money) -> Iterator[tuple[str, float]]:
    """Yield the signs of the most trusted statement's sentence; none for a row of a table."""
    reading = money.first.reading
    if reading is None:
        return
    statement = reading.statement
    yield from ((sign, float(ground in reading.parties.grounds)) for ground, sign in GROUNDS.items())
    yield "verb of spending", float(statement.governor is not None and statement.governor.verb_class == _SPENDING)
