"""Sums that by their own words are not moved by this decision: moved by another one, or including a stated rise."""

from __future__ import annotations

import re

from graph.parse.references import find_references, reference_key
from ingest.extract.scope.document import Scope
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import group

_PAST = r"(?!(?:dated|signed|entitled|titled|named|called|numbered|published)\b)(?:\w+ed|set|gave|made|took|put)\b"
_DID = re.compile(rf",?\s+(?:(?:which|that|has|had|also|then|first|previously|already)\s+){{0,3}}{_PAST}")
_WAS_DONE = re.compile(rf"\s+(?:was|were|had\s+been)\s+{_PAST}\s+(?:in|under|by|through)\s+")
_INTRODUCED = re.compile(r"^\W*(?:in|under|by|through|with|via)\s+(?:[\w’'-]+\s+){0,4}$", re.I)
_SOMEBODY_DID = re.compile(rf",?\s+(?:[\w’'()&-]+\s+){{1,6}}?{_PAST}")
_OWN_ACT = re.compile(r"[;:]|\b(?:this|the present|our)\s+(?:decision|report|paper|request)\b|\bnow\b", re.I)
OF_THAT = re.compile(r"\s*(?:\([^()]*\)\s*)?of\s+(?:this|that|those|these|which|it)\b", re.I)  #: behind a part of a sum
_BROKEN = re.compile(r"[;:.]\s|£")
_NEAR = 12  #: words before a rise in which "increased" stands


def is_background(statement: Statement, scope: Scope) -> bool:
    """Return True if a sum's own words say that this decision does not move it."""
    return _is_of_another_decision(statement, scope) or _is_raised_total(statement)


def _is_of_another_decision(statement: Statement, scope: Scope) -> bool:
    """Return True for a sum of another decision: "Decision 2021/08 approved £5,000", "In 2021/08 the PCC set aside"."""
    text, end = statement.text, statement.token.start
    own = reference_key(scope.decision.reference or "")
    for cited in find_references(text[:end]) if scope.decision.reference else ():
        did = _DID.match(text, cited.end, end)
        if did is None and _INTRODUCED.match(text[: cited.start]):
            did = _SOMEBODY_DID.match(text, cited.end, end)
        if cited.key != own and did is not None:
            return _OWN_ACT.search(text, did.end(), end) is None or OF_THAT.match(text, statement.token.end) is not None
    was = _WAS_DONE.match(text, statement.token.end) if scope.decision.reference else None
    return was is not None and any(one.start == was.end() and one.key != own for one in find_references(text))


def _is_raised_total(statement: Statement) -> bool:
    """Return True for the last sum of "a further £5,000, bringing the grant to £9,000", or "up by £5,000 to £9,000"."""
    tokens = statement.parse.tokens
    rise = next((token for token in reversed(tokens[: statement.at]) if token.money is not None), None)
    if rise is None or rise.money is None or not rise.money.amount < statement.money.amount or statement.money.per_year:
        return False
    between = statement.text[rise.end : statement.token.start]
    words, before = _words(between), _words(statement.text[: rise.start])[-_NEAR:]
    while words and words[-1] in group("total-word"):
        words.pop()
    if _BROKEN.search(between) or words[-1:] != ["to"]:
        return False
    is_rise = bool(before) and before[-1] in group("rise-before") and not group("raises").isdisjoint(before)
    return is_rise or not group("raises").isdisjoint(words[:-2])  # "increasing to £9,000" next year is no total


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.lower())
