"""The probability that a form's answer is right: a few readable signs, weighed by how often they were right.

`bench/questions_rank.py` fits the weights on data/questions; data/asking/ranking.json holds them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from graph.ask.known.words import stem
from graph.ask.language.terms import Compare, Count, Form, Get, List, Mean, Quote, Scan, Share, Total, Wanted
from graph.ask.reading.candidates import Candidate, wanted_said
from graph.ask.reading.lists import arithmetic_in, countable_as, unit_counted
from graph.ask.reading.read import Reading
from graph.ask.result import Status
from graph.ask.running.draft import Draft
from graph.ask.saying.sureness import ITEMS, Ranked, by_itself, figure_of, load_forest, signs_beside
from graph.errors import InvalidReference

FILE = "asking/ranking.json"
PLAIN = "plain"  #: the sign of a form that goes by names and times alone and uses all of the question's
WORDED = "worded"  #: the sign of how well questions that are worded so are answered
_HELD = 0.85  #: from which level on the words of the question are held by what answers it
_MOST = 8  #: items from which on their number says no more
_TINY = 0.01
#: the types of items that are a name or a place
_TYPES: Mapping[Wanted, frozenset[str]] = {
    Wanted.NAME: frozenset({"organisation", "name", "decision maker", "words"}),
    Wanted.PLACE: frozenset({"place", "organisation", "name"}),
}
_ASKING = re.compile(r"\b(?:who|whom|whose|which|what|when|where|why|how)\b")


@dataclass(frozen=True, slots=True)
class Tried:
    """A form that was executed, with the signs of how well it answers and the probability that its answer is right."""

    candidate: Candidate
    draft: Draft
    signs: Mapping[str, float]
    probability: float = 0.0  #: by these signs alone; the answers are ranked by it
    sureness: float = 0.0  #: of the first: the probability that it is right, beside the others


def signs_of(
    candidate: Candidate, draft: Draft, reading: Reading, others: Sequence[tuple[Candidate, Draft]]
) -> dict[str, float]:
    """Return the signs of how well an answer fits its question, by name; most are 0 to 1."""
    form = candidate.form
    asks = {guess.label: guess.probability for guess in reading.asks}
    found = {
        f"form {name_of(form)}": 1.0,
        "asked": math.log(max(candidate.probability, 0.01)),
        "asked first": float(candidate.asks == reading.asks[0].label),
        "asks nothing here": asks.get("none", 0.0),
        "asks why": asks.get("reason", 0.0),
        "lacks what is wanted": float(_lacks(draft, wanted_said(reading.masked))),
        "speaks otherwise": _otherwise(candidate, reading),
        "arithmetic undone": float(_undone(form, reading)),
        "words": min(len(reading.words), 12) / 12,
        WORDED: reading.worded,
        "asks twice": min(max(len(_ASKING.findall(reading.masked)) - 1, 0), 2) / 2,
        **draft.signs,
    }
    if isinstance(form, Quote):
        found |= {"level": draft.level, f"level {form.wanted.value}": draft.level}
        found["counts another unit"] = float(form.wanted is Wanted.NUMBER and not draft.signs.get("unit", 0.0))
        found["agrees"] = float(any(_same(draft, other) for c, other in others if not isinstance(c.form, Quote)))
        return found
    found["clear"] = _clear(candidate, draft, reading, found)
    found["clear twice"] = found["clear"] ** 4
    quoted = [other for c, other in others if isinstance(c.form, Quote)]
    weight = sum(t.weight for t in reading.words if t.said in reading.telling) or 1.0
    flows = draft.flows
    found |= {
        "parts": math.log(max(candidate.parts, 0.05)),
        "level": draft.level,
        "unused": min(candidate.unused, 2.0),
        "unused share": candidate.unused / (weight + 1.0),
        "items": math.log1p(min(len(draft.items), _MOST)),
        "no data": float(draft.status is Status.NO_DATA),
        "sure": sum(s.flow.confidence for s in flows) / len(flows) if flows else 0.5,
        "no figure": float(draft.value.amount is None and draft.value.count is None),
        "quoted": max((other.level for other in quoted), default=0.0),
        "quote missed": min((other.signs.get("missed most", 0.0) for other in quoted), default=1.0),
        "agrees": float(any(_same(draft, other) for other in quoted)),
        "document agrees": float(_same_document(draft, quoted)),
        "counts another unit": float(_counts_another(form, reading)),
        PLAIN: float(not reading.telling and not candidate.unused and not _names_unused(candidate, reading)),
        "unmet": min(sum(t.weight for t in reading.words if t.said in draft.unmet), 2.0),
        "rivals": _rivals(candidate, draft, others),
    }
    return found


def _clear(candidate: Candidate, draft: Draft, reading: Reading, signs: Mapping[str, float]) -> float:
    """Return the probability of a reading that leaves nothing of the question unused; 0 if it leaves something."""
    left_over = candidate.unused or draft.unmet or draft.level < _HELD or _names_unused(candidate, reading)
    amiss = signs["lacks what is wanted"] or signs["arithmetic undone"] or _counts_another(candidate.form, reading)
    if left_over or amiss or draft.status is Status.NO_DATA:
        return 0.0
    return candidate.probability * candidate.parts


#: what calls for arithmetic: an answer that does none is no answer
_ARITHMETIC = frozenset({"mean", "share", "compare", "change", "least", "most", "count"})


def _otherwise(candidate: Candidate, reading: Reading) -> float:
    """Return the probability that the question asks for arithmetic that the form does not do."""
    asks = candidate.asks.removeprefix("quote ")
    done = {"percent": {"share"}, "number": {"count"}}.get(asks, {asks})
    return sum(g.probability for g in reading.asks if g.label in _ARITHMETIC - done)


#: the forms that do each sort of arithmetic
_DOES: Mapping[str, tuple[type, ...]] = {
    "mean": (Mean,), "difference": (Compare, Get), "share": (Share,), "sum": (Total, List, Compare),
}  # fmt: skip


def _undone(form: Form, reading: Reading) -> bool:
    """Return True if the question's words call for arithmetic that the form does not do."""
    does = arithmetic_in(reading.masked)
    if not does or (isinstance(form, Quote) and does == "share" and form.wanted is Wanted.PERCENT):
        return False
    return not isinstance(form, _DOES[does])


def _counts_another(form: Form, reading: Reading) -> bool:
    """Return True if the form counts something else than the question, such as people, beds or applications."""
    unit = unit_counted(reading.masked)
    if not isinstance(form, Count) or not unit:
        return False
    return not countable_as(form.what.value) & {stem(word) for word in unit.split()}


def _lacks(draft: Draft, wanted: Wanted | None) -> bool:
    """Return True if an answer lacks the sort of expression that the asking words want."""
    value = draft.value
    if wanted in {Wanted.AMOUNT, Wanted.DATE, Wanted.PERCENT}:
        return {Wanted.AMOUNT: value.amount, Wanted.DATE: value.date, Wanted.PERCENT: value.percent}[wanted] is None
    if wanted is Wanted.NUMBER:
        return value.count is None
    types = _TYPES.get(wanted) if wanted is not None else None
    return types is not None and not any(item.type in types for item in draft.items)


def name_of(form: Form) -> str:
    """Return the sort of a form: its type, and what it lists or counts, such as "Count recipient"."""
    if isinstance(form, List):
        order = "" if form.order is None else " ordered"
        rows = form.of.rows.value if isinstance(form.of, Scan) else "set"
        return f"List {rows} {form.what.value}{order}"
    if isinstance(form, Count):
        return f"Count {form.what.value}"
    if isinstance(form, Quote):
        return f"Quote {form.wanted.value}"
    return f"{type(form).__name__} {getattr(form, 'attribute', '')}".strip()


def _names_unused(candidate: Candidate, reading: Reading) -> bool:
    """Return True if a name of the question is not a condition of the form."""
    text = repr(candidate.form)
    return any(m.choice is not None and repr(m.choice.words) not in text for m in reading.linked.mentions)


def _same(one: Draft, other: Draft) -> bool:
    """Return True if two answers give the same figure."""
    for field in ("amount", "count", "date", "percent"):
        mine, theirs = getattr(one.value, field), getattr(other.value, field)
        if mine is not None and theirs is not None:
            close = abs(Decimal(str(mine)) - Decimal(str(theirs))) < 1 if field != "date" else mine == theirs
            return bool(close)
    return False


def _same_document(draft: Draft, quoted: Sequence[Draft]) -> bool:
    mine = {c.document for c in draft.citations}
    return any(other.citations and other.citations[0].document in mine for other in quoted)


def _rivals(candidate: Candidate, draft: Draft, others: Sequence[tuple[Candidate, Draft]]) -> float:
    """Return how likely a different figure is, 0 to 1: the best rival with other roles and no more unused words."""
    alike = (
        (c, other)
        for c, other in others
        if c.asks == candidate.asks and c.form != candidate.form and c.unused <= candidate.unused and other is not draft
    )
    odds = (c.parts for c, other in alike if not _same(draft, other) and other.value != draft.value)
    return min(max(odds, default=0.0) / max(candidate.parts, _TINY), 1.0)


def probability(signs: Mapping[str, float], data: Path) -> float:
    """Return the probability that an answer with these signs is right, 0 to 1."""
    is_quote = any(sign.startswith("form Quote") for sign in signs)
    weights = load_ranking(data)["quote" if is_quote else "clear" if signs.get("clear") else "form"]
    score = weights.get("", 0.0) + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def with_sureness(tried: Sequence[Tried], data: Path) -> list[Tried]:
    """Return executed forms, the most probable first, the first with how sure its answer is."""
    if not tried:
        return []
    ranked = [
        Ranked(
            each.probability,
            isinstance(each.candidate.form, Quote),
            figure_of(each.draft.value, [item.label for item in each.draft.items[:ITEMS]]),
        )
        for each in tried
    ]
    signs = by_itself(tried[0].signs) | signs_beside(ranked)
    return [replace(tried[0], sureness=load_forest(data).probability(signs)), *tried[1:]]


def is_given(tried: Tried, data: Path) -> bool:
    """Return True if the first answer is sure enough to be given.

    `bench/questions_rank.py` says how the threshold is set.
    """
    return tried.sureness >= load_ranking(data)["threshold"][""]


def says_nothing_is_stated(tried: Tried) -> bool:
    """Return True if the likeliest answer is that the documents state no such sum or date about a plainly named thing.

    Such an answer has no figure that could be wrong, and tells more than "not understood".
    """
    return tried.draft.status is Status.NO_DATA and bool(tried.signs.get(PLAIN))


@cache
def load_ranking(data: Path) -> Mapping[str, Mapping[str, float]]:
    """Return the weights of the signs, by the sort of form and by sign; the key "" holds the weights for any form.

    Raises:
        InvalidReference: The file of weights is missing or cannot be read.
    """
    try:
        found: Mapping[str, Mapping[str, float]] = json.loads((data / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidReference(f"{data / FILE}: cannot be read ({error}); run `make question-weights`") from error
    return found
