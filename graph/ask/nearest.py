"""When nothing fits: what was looked for, and the nearest that is there."""

from __future__ import annotations

from graph.ask.facts import Facts
from graph.ask.matching import topic_stems
from graph.ask.question import Asks, Period, Question
from graph.ask.result import Alternative, Passage
from graph.ask.scope import find_flows
from graph.ask.sentences import in_years, listed, names_of, pounds, subject
from graph.ask.topics import passages_with
from graph.ask.whom import places_within
from graph.counting.left_out import is_money
from graph.model import FlowStatus
from graph.stated.flows import StatedFlow


def nothing_found(question: Question, facts: Facts) -> tuple[str, tuple[Alternative, ...]]:
    """Say what was looked for, and what is there when one condition is left out."""
    looked = _looked_for(question, facts)
    if question.references and not any(
        iri in facts.documents_of for key in question.references for iri in facts.by_key.get(key, ())
    ):
        return f"{listed(question.references)} {_is(question.references)} not among the documents read.", ()
    if question.is_bare:
        return looked, ()
    uncounted = [s for s in find_flows(question, facts).everything if not is_money(s)]
    if uncounted:
        said = listed(f"{pounds(s.flow.amount)}{in_years(s.flow.years)} ({_state(s)})" for s in uncounted[:4])
        return f"{looked} Recorded, but not money that was granted: {said}.", ()
    for name, without in (
        ("place", {"places"}),
        ("year", {"years"}),
        ("party", {"funders", "recipients", "parties", "excluded", "focus"}),
        ("words", {"topic"}),
    ):
        if not _has(question, name):
            continue
        flows = [s for s in find_flows(question, facts, without=without).everything if is_money(s)]
        if flows:
            near, other = _what_is_there(name, flows, question, facts)
            if near:
                return f"{looked} {near}", other
    return looked, ()


def _looked_for(question: Question, facts: Facts) -> str:
    if question.asks in {Asks.DECISION_LINKS, Asks.CHANGES} and question.references:
        return f"No other decision is recorded as changed, extended or cited by {listed(question.references)}."
    if question.asks in _RELATIONS:
        return f"No document read says who {_RELATIONS[question.asks]} {subject(question)}."
    if question.asks is Asks.DECISIONS:
        return f"No decision is recorded on {subject(question)}." if not question.is_bare else "None is recorded."
    if question.asks is Asks.CONNECTION:
        return f"No way from one to the other is recorded: {listed(c.label for c in question.things)}."
    return f"Nothing is recorded on {subject(question)}{_asked(question)}."


_RELATIONS = {
    Asks.PARTNERS: "are the partners in",
    Asks.DELIVERERS: "delivers",
    Asks.DEVELOPERS: "developed",
    Asks.LEADERS: "leads",
    Asks.EVALUATORS: "evaluates",
}


def _is(names: tuple[str, ...]) -> str:
    return "is" if len(names) == 1 else "are"


def _state(stated: StatedFlow) -> str:
    flow = stated.flow
    if flow.status is FlowStatus.SUPERSEDED:
        return "replaced by a later decision"
    return flow.status.value if flow.status is not FlowStatus.APPROVED else flow.kind.value


def _has(question: Question, name: str) -> bool:
    if name == "place":
        return bool(question.places)
    if name == "year":
        return bool(question.period)
    if name == "party":
        anchored = question.programmes or question.funds or question.references or question.topic
        return bool((question.funders or question.recipients or question.parties) and (anchored or question.places))
    return bool(question.topic) and bool(question.programmes or question.funds or question.references)


def _what_is_there(
    name: str, flows: list[StatedFlow], question: Question, facts: Facts
) -> tuple[str, tuple[Alternative, ...]]:
    about = names_of(question.programmes) or names_of(question.funds) or "funding"
    if name == "place":
        within = places_within(question.places, facts)
        places = [s.flow.place.name for s in flows if s.flow.place is not None and s.flow.place.id not in within]
        if places:
            return f"What is recorded is in {listed(places, most=6)}.", (
                Alternative(f"{about} anywhere", f"who funds {about}"),
            )
    if name == "year":
        years = sorted({y for s in flows for y in s.flow.years})
        if years:
            wider = question.but(period=Period())
            return f"What is recorded is for {listed(years, most=8)}.", (Alternative("all years", subject(wider)),)
    if name == "party":
        parties = [e.name for s in flows for e in (s.flow.funder, s.flow.recipient) if e is not None]
        if parties:
            return f"Recorded there: {listed(parties, most=6)}.", (Alternative("all parties", f"who funds {about}"),)
    return "", ()


def _asked(question: Question) -> str:
    return {Asks.BID: " as a bid", Asks.PARTNERS: " as partners", Asks.DEVELOPERS: " as developers"}.get(
        question.asks, ""
    )


def nearest_passages(question: Question, facts: Facts, *, most: int = 3) -> tuple[Passage, ...]:
    """Passages that share the most words with the question; offered as such."""
    stems = topic_stems(question, facts)
    if not stems:
        return ()
    found: list[Passage] = []
    for document in facts.heads:
        for passage in passages_with(stems, document, facts, most=1):
            if len(frozenset(stems) & passage.stems) * 2 >= len(stems):
                head = facts.heads[document]
                found.append(Passage(head.caption, document, passage.locator, passage.text[:600]))
    return tuple(found[:most])
