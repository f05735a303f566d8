"""A programme's name that is also a kind of service: other decisions on such services stand beside the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.ask.citing import cite_flows, unique
from graph.ask.draft import Draft
from graph.ask.facts import Facts
from graph.ask.question import Asks, Choice, Question
from graph.ask.result import Alternative, Caveat
from graph.ask.scope import find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, pounds
from graph.ask.whom import ids
from graph.counting.left_out import is_money
from graph.counting.tally import tally
from graph.stated.flows import StatedFlow

_ASKED = {Asks.FUNDERS, Asks.RECIPIENTS, Asks.AMOUNT, Asks.BY_YEAR, Asks.RANKING, Asks.COUNT}
_SERVICE = r"(?:'?s)?\s+(?:services?|support|provision|workers?|advocates?|posts?|roles?|schemes?|projects?)\b"
_REASON = "another service of this kind"


def with_kindred(question: Question, draft: Draft, facts: Facts) -> Draft:
    """Return the draft with the sums of other decisions that speak of the same kind of service."""
    if question.asks not in _ASKED or len(question.programmes) != 1 or question.references:
        return draft
    choice = question.programmes[0]
    if not _is_kind(choice, question, draft):
        return draft
    others = _others(choice, question, draft, facts)
    if not others:
        return draft
    decisions = list(dict.fromkeys(facts.caption_of(s.document) for s in others))
    others = sorted(others, key=lambda s: -s.flow.amount)
    funders = listed((s.flow.funder.name for s in others if s.flow.funder is not None), most=4)
    number = number_of(len(decisions), "other decision")
    verb = "speaks" if len(decisions) == 1 else "speak"
    caveats = (Caveat(_REASON, f"{_said(s, facts)}: not in the answer.", s.flow.amount, facts.caption_of(s.document),
                      s.document, s.iri) for s in others)  # fmt: skip
    whose = f", with money from {funders}" if funders else ""
    return draft.but(
        text=f"{draft.text.rstrip('.')}; {number} {verb} of {choice.words} services{whose}.",
        citations=unique([*draft.citations, *cite_flows(others, facts)]),
        caveats=(*draft.caveats, *caveats),
        alternatives=(*draft.alternatives, *_asked_otherwise(choice, others)),
    )


def _is_kind(choice: Choice, question: Question, draft: Draft) -> bool:
    """Whether the question speaks of a kind of service, or the programme has no sum of its own."""
    named = re.search(rf"{re.escape(choice.words)}{_SERVICE}", question.text, re.IGNORECASE)
    own = any(len(s.flow.programmes) == 1 for s in draft.flows)
    return choice.words.isupper() and len(choice.words) >= 3 and (named is not None or not own)


def _others(choice: Choice, question: Question, draft: Draft, facts: Facts) -> list[StatedFlow]:
    known = {s.document for s in draft.flows}
    name = re.compile(rf"\b{re.escape(choice.words)}s?\b")
    wanted = ids(question.programmes)
    scope = find_flows(question.but(programmes=(), topic=()), facts)
    found = [
        s
        for s in scope.everything
        if is_money(s)
        and s.document not in known
        and not any(p.id in wanted for p in s.flow.programmes)
        and name.search(_words(s))
    ]
    return list(tally(found, facts.grounds).flows)


def _words(stated: StatedFlow) -> str:
    flow = stated.flow
    names = [programme.name for programme in flow.programmes]
    return " | ".join([flow.purpose, flow.recipient_words, *names, *(e.quote for e in flow.evidence)])


def _said(stated: StatedFlow, facts: Facts) -> str:
    flow = stated.flow
    whom = f" from {flow.funder.name}" if flow.funder is not None else ""
    return f"{pounds(flow.amount)}{in_years(flow.years)}{whom} ({facts.caption_of(stated.document)})"


def _asked_otherwise(choice: Choice, others: Iterable[StatedFlow]) -> list[Alternative]:
    number = len({s.document for s in others})
    label = f"{number_of(number, 'other decision')} on {choice.words} services"
    return [Alternative(label, f"which decisions mention {choice.words}")]
