"""Which financial years a sum is for: the years named around it, or none."""

from __future__ import annotations

import itertools
import re

from graph.parse.dates import find_dates
from graph.parse.years import financial_year, find_years
from ingest.extract.scope.document import Scope
from ingest.extract.scope.periods import ending_period, length_in_months, whole_date
from ingest.extract.scope.years import joined_years, usable_years
from ingest.extract.slots.choice import Option
from ingest.extract.statements.statement import Statement
from ingest.extract.words.tokens import Sort

Years = tuple[str, ...]


def years_options(statement: Statement, scope: Scope) -> list[Option[Years]]:
    """Return the years that may be a sum's, each with the features of its place; the empty one first."""
    found: dict[Years, list[str]] = {(): ["Y:none", f"Y:none|origin={statement.origin.name}"]}
    _of_sentence(statement, found)
    if not any(years for years in found):
        found[()].append("Y:none|no-years-in-sentence")
    for name, text in _around(statement, scope):
        for _, years in joined_years(text, usable_years(text)):
            _add(found, years, f"Y:{name}")
            _add(found, years, f"Y:{name}|{'alone' if len(found) == 2 else 'others'}")
    for years in [ending_period(statement.text)]:
        if years:
            _add(found, years, "Y:ending-period")
    if scope.years:
        _add(found, scope.years, "Y:document")
        _add(found, scope.years, f"Y:document|{len(scope.years)}|{statement.origin.name}")
    months = length_in_months(statement.text)
    for years, features in found.items():
        if years and months is not None and months % 12 == 0 and statement.text.count("£") == 1:
            features.append("Y:length-fits" if months // 12 == len(years) else "Y:length-differs")
        if years and statement.money.per_year:
            features.append("Y:per-year")
    return [Option(years, tuple(features)) for years, features in found.items()]


def _add(found: dict[Years, list[str]], years: Years, feature: str) -> None:
    own = found.setdefault(years, ["Y:some"])
    if feature not in own:
        own.append(feature)


def _of_sentence(statement: Statement, found: dict[Years, list[str]]) -> None:
    parse, at = statement.parse, statement.at
    sums = [index for index, token in enumerate(parse.tokens) if token.money is not None]
    mentions = [token.years for token in parse.tokens if token.years is not None]
    where = {token.years.start: index for index, token in enumerate(parse.tokens) if token.years is not None}
    for first, years in joined_years(parse.text, mentions):
        index = where[first.start]
        low, high = min(index, at), max(index, at)
        crossed = min(sum(low < other < high for other in sums), 2)
        nearer = sum(low < other < high for other in where.values())
        side = "before" if index < at else "after"
        same = "same" if parse.clause[index] == parse.clause[at] else "other"
        _add(found, years, f"Y:{side}|{same}|sums={crossed}|years={min(nearer, 1)}")
        _add(found, years, f"Y:{side}|sums={crossed}")
        words = parse.text[max(0, first.start - 30) : first.start].lower()
        if re.search(r"\b(?:compared|from|than|as|same|previous|since|last)\b[^,.;]*$", words):
            _add(found, years, "Y:compared")
    for date in find_dates(parse.text):
        day = whole_date(date.date)
        if day is not None:
            side = "before" if date.start < statement.token.start else "after"
            until = re.search(r"\b(?:to|until|till|by|end(?:ing)?(?:\s+on)?)\s+(?:the\s+)?$", parse.text[: date.start])
            _add(found, (financial_year(day),), f"Y:date|{side}|{'until' if until else 'on'}")


def _around(statement: Statement, scope: Scope) -> list[tuple[str, str]]:
    texts = [("section", statement.block.section), ("title", scope.decision.title)]
    if statement.lead is not None:
        texts.insert(0, ("lead", statement.lead.parse.text))
    if statement.previous is not None:
        texts.append(("previous", statement.previous.text))
    return texts


def years_of(text: str) -> Years:
    """Return all financial years that a text names, in order."""
    return tuple(sorted(set(itertools.chain.from_iterable(one.years for one in find_years(text)))))


__all__ = ["Sort", "Years", "years_of", "years_options"]
