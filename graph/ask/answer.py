"""From a read question to the answer: the right kind of answer, its status, and how the question was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graph.ask.ambiguity import place_or_body, two_bodies
from graph.ask.answers import (
    comparison,
    decisions,
    definition,
    figures,
    history,
    money,
    one_decision,
    partners,
    paths,
    programmes,
    reasons,
    relations,
)
from graph.ask.draft import Draft
from graph.ask.facts import Facts
from graph.ask.kindred import with_kindred
from graph.ask.nearest import nearest_passages, nothing_found
from graph.ask.question import Asks, Choice, Question
from graph.ask.result import Alternative, Answer, Status
from graph.ask.sentences import listed
from graph.ask.whom import places_within
from graph.ask.words import SOFT
from graph.counting.left_out import is_money
from graph.counting.unsure import Unsure, unsure_part

_ANSWERERS: Mapping[Asks, Callable[[Question, Facts], Draft | None]] = {
    Asks.FUNDERS: money.funders,
    Asks.RECIPIENTS: money.recipients,
    Asks.AMOUNT: money.amount,
    Asks.RANKING: figures.ranking,
    Asks.COMPARISON: comparison.comparison,
    Asks.SHARE: comparison.share,
    Asks.COUNT: figures.count,
    Asks.BY_YEAR: figures.by_year,
    Asks.DECISIONS: decisions.decisions,
    Asks.DECISION: one_decision.one_decision,
    Asks.CHANGES: one_decision.changes,
    Asks.DECISION_LINKS: one_decision.decision_links,
    Asks.WHEN: one_decision.when,
    Asks.WHO_DECIDED: one_decision.who_decided,
    Asks.HISTORY: history.history,
    Asks.FIRST_LAST: history.first_last,
    Asks.CHECKS: history.checks,
    Asks.PARTNERS: partners.partners,
    Asks.DELIVERERS: relations.deliverers,
    Asks.DEVELOPERS: relations.developers,
    Asks.LEADERS: relations.leaders,
    Asks.EVALUATORS: relations.evaluators,
    Asks.PLACES: relations.places,
    Asks.PILOTS: relations.pilots,
    Asks.PROGRAMMES: programmes.programmes,
    Asks.FUNDS: programmes.funds,
    Asks.DEFINITION: definition.definition,
    Asks.NAMES: definition.other_names,
    Asks.REASON: reasons.reason,
    Asks.BID: paths.bid,
    Asks.CONNECTION: paths.connection,
}
_WHOLE_GRAPH = {Asks.CHECKS, Asks.DECISIONS, Asks.RANKING, Asks.COUNT, Asks.BID}
_OF_MONEY = {Asks.FUNDERS, Asks.RECIPIENTS, Asks.PROGRAMMES, Asks.COUNT, Asks.RANKING, Asks.PLACES, Asks.FUNDS}
_MORE = (
    "Ask about a programme, an organisation, a place, a year or a decision, for example 'who funds Drive in West "
    "Mercia'."
)


def answer(question: Question, facts: Facts) -> Answer:
    """Return the answer to a question as it was read."""
    refusal = _not_understood(question, facts)
    if refusal:
        return _refused(question, facts, refusal)
    if _is_lone_name(question):
        return _which_question(question, facts)
    if question.negated and question.asks in _OF_MONEY:
        return _refused(question, facts, "The decisions say who funds and who is funded, not who is not.")
    both = place_or_body(question, facts)
    if both is not None:
        return _finished(question, question, both, facts)
    for reading in _readings(question):
        draft = _ANSWERERS[reading.asks](reading, facts)
        if draft is not None and draft.citations:
            return _finished(question, reading, with_kindred(reading, draft, facts), facts)
    if (
        question.topic
        and not question.things
        and not question.references
        and question.asks in {Asks.DEFINITION, Asks.NOTHING}
    ):
        return _refused(question, facts, "These decisions don't answer that.")
    text, alternatives = nothing_found(question, facts)
    return Answer(
        question.text, Status.NO_DATA, text, interpretation=interpretation(question, facts), alternatives=alternatives,
        nearest=nearest_passages(question, facts), confidence=question.confidence,
    )  # fmt: skip


def _not_understood(question: Question, facts: Facts) -> str:
    """Why a question cannot be answered at all; "" where it can."""
    if question.asks is Asks.NOTHING:
        return "These decisions don't answer that."
    if question.is_bare and question.asks not in _WHOLE_GRAPH:
        return "The question does not say about what."
    if question.is_bare and question.asks is Asks.COUNT and not question.by:
        return "The question does not say about what."
    return ""


def _is_lone_name(question: Question) -> bool:
    """Whether there is an organisation's or a place's name and nothing that asks anything of it."""
    alone = len(question.things) == 1 and not (question.programmes or question.funds)
    rest = question.topic or question.references or question.period or question.money or question.kinds
    return question.asks is Asks.AMOUNT and not question.cued and alone and not rest and question.settled_by == "rules"


def _which_question(question: Question, facts: Facts) -> Answer:
    name = question.things[0].label
    asked = (
        f"who funds {name}",
        f"how much has {name} paid",
        f"how much has {name} received",
        f"decisions about {name}",
    )
    return Answer(
        question.text,
        Status.AMBIGUOUS,
        f"What about {name}? It can be asked: {listed((f'{a!r}' for a in asked), last='or')}.",
        interpretation=interpretation(question, facts),
        alternatives=tuple(Alternative(a, a) for a in asked),
        confidence=question.confidence,
    )


def _refused(question: Question, facts: Facts, why: str) -> Answer:
    return Answer(
        question.text, Status.NOT_UNDERSTOOD, f"{why} {_MORE}", interpretation=interpretation(question, facts),
        nearest=nearest_passages(question, facts), confidence=question.confidence,
    )  # fmt: skip


def _readings(question: Question) -> list[Question]:
    """The question as read, and then with the conditions that people state loosely taken loosely."""
    out = [question]
    anchored = bool(question.programmes or question.funds or question.references)
    if question.topic and anchored and all(word in SOFT for word in question.topic):
        out.append(question.but(topic=()))
    narrower = _narrower(question)
    if narrower:
        out.append(narrower)
    if question.loose and question.funders:
        out.append(question.but(funders=(), parties=(*question.parties, *question.funders)))
    if question.funders and not question.recipients and question.asks in {Asks.AMOUNT, Asks.PROGRAMMES, Asks.HISTORY}:
        loose = [c for c in question.funders if any(e.kind.value == "place" for e in c.entities)]
        if loose:
            rest = tuple(c for c in question.funders if c not in loose)
            out.append(question.but(funders=rest, places=(*question.places, *(replace(c, said="") for c in loose))))
    if question.recipients and any(e.kind.value == "place" for c in question.recipients for e in c.entities):
        places = tuple(replace(choice, said="") for choice in question.recipients)
        out.append(question.but(recipients=(), places=(*question.places, *places)))
    return out


def _narrower(question: Question) -> Question | None:
    """A name that no money is recorded under ("Drive evaluation") read as a programme and a word."""
    for choice in question.programmes:
        words = choice.words.split()
        if len(words) >= 2 and choice.alternatives:
            others = tuple(c for c in question.programmes if c is not choice)
            return question.but(programmes=(*others, *choice.alternatives), hints=(*question.hints, words[-1].lower()))
    return None


def _finished(question: Question, reading: Question, draft: Draft, facts: Facts) -> Answer:
    text = draft.text
    alternatives = two_bodies(reading, draft.flows)
    if alternatives:
        named = " or ".join(alternative.label for alternative in alternatives)
        text = f"The question can mean {named}. Both are in the figures here: {text}"
    if (
        question.yes_no
        and draft.status is Status.ANSWERED
        and reading.asks in {Asks.AMOUNT, Asks.FUNDERS, Asks.RECIPIENTS}
    ):
        text = f"Yes. {text}"
    unsure = _unsure(draft)
    if unsure and unsure.sentence and "£" in draft.text:
        text = f"{text} {unsure.sentence}"
    return Answer(
        question=question.text,
        status=Status.AMBIGUOUS if alternatives else draft.status,
        text=text,
        items=draft.items,
        value=draft.value,
        citations=draft.citations,
        checks=draft.checks,
        interpretation=interpretation(reading, facts, draft),
        alternatives=(*draft.alternatives, *alternatives),
        sparql=draft.sparql,
        confidence=min(question.confidence, 1.0) - 0.1 * draft.level,
        flows=tuple(dict.fromkeys(draft.flows)),
        caveats=tuple(dict.fromkeys(draft.caveats)),
        counted=draft.counted,
        unsure=unsure,
    )


def _unsure(draft: Draft) -> Unsure | None:
    """What of an answer's money is not sure; None where the answer gives no sum."""
    if draft.value.amount is None and all(item.amount is None for item in draft.items):
        return None
    if draft.counted is not None:
        return unsure_part(draft.counted.flows or draft.counted.joint)
    return unsure_part(stated for stated in dict.fromkeys(draft.flows) if is_money(stated))


def interpretation(question: Question, facts: Facts, draft: Draft | None = None) -> dict[str, Any]:
    """How the question was read, in words that people can check."""
    out: dict[str, Any] = {"asks": question.asks.value}
    for name, field in (
        ("programme", question.programmes),
        ("place", question.places),
        ("funder", question.funders),
        ("recipient", question.recipients),
        ("party", question.parties),
        ("body", question.bodies),
        ("fund", question.funds),
        ("other_than", question.excluded),
    ):
        if field:
            names = [_label(choice) for choice in field]
            out[name] = names[0] if len(names) == 1 else names
    included = _included(question, facts, draft)
    if included:
        out["includes"] = included
    if question.references:
        out["decision"] = list(question.references)
    period = question.period
    out["years"] = list(period.years or [str(y) for y in period.calendar]) or (
        [period.first or "", period.last or ""] if period else None
    )
    if question.deciders:
        out["decided_by"] = list(question.deciders)
    if question.kinds:
        out["kinds"] = [kind.value for kind in question.kinds]
    if question.at_least is not None:
        out["at_least"] = f"{question.at_least:.2f}"
    if question.at_most is not None:
        out["at_most"] = f"{question.at_most:.2f}"
    if question.topic:
        out["words"] = list(question.topic)
    out["settled_by"] = question.settled_by
    return out


def _label(choice: Choice) -> str:
    return choice.label


def _included(question: Question, facts: Facts, draft: Draft | None) -> list[str]:
    """Places inside the place asked that the answer covers."""
    if not question.places or draft is None:
        return []
    asked = {e.id for c in question.places for e in c.entities}
    within = places_within(question.places, facts) - asked
    return list(
        dict.fromkeys(s.flow.place.name for s in draft.flows if s.flow.place is not None and s.flow.place.id in within)
    )
