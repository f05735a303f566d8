"""Answers that set two or more things beside each other, and one part beside its whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.ask.answers.figures import drafted, ranking
from graph.ask.answers.money import share_item, wholes_of
from graph.ask.caveats import JOINT, joint_caveats
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.measure import Measure, measure
from graph.ask.question import Asks, Choice, Period, Question
from graph.ask.result import Item, Status, Value
from graph.ask.sentences import listed, pounds, subject
from graph.ask.shares import shares, spread, years_of
from graph.ask.whom import council_place, ids
from graph.counting.tally import Tally
from graph.model import Entity
from graph.stated.flows import StatedFlow


def comparison(question: Question, facts: Facts) -> Draft | None:
    """The same measure for each of the things compared."""
    lines: list[tuple[str, Question, Entity | None]] = []
    for field in ("programmes", "recipients", "funders", "parties", "places", "funds"):
        choices: tuple[Choice, ...] = getattr(question, field)
        if len(choices) >= 2:
            lines = [(c.label, question.but(**{field: (c,)}), c.entities[0]) for c in choices]
            break
    times = question.period.years or tuple(str(y) for y in question.period.calendar)
    if not lines and len(times) >= 2:
        lines = [(t, question.but(period=_one_year(t)), None) for t in times]
    if not lines and len(question.references) >= 2:
        lines = [(r, question.but(references=(r,)), None) for r in question.references]
    if not lines:
        return ranking(question.but(asks=Asks.RANKING), facts)
    items: list[Item] = []
    used: list[StatedFlow] = []
    joint: list[StatedFlow] = []
    measured: list[Measure] = []
    said: list[str] = []
    sparql = ""
    for label, one, entity in lines:
        found = measure(one.but(asks=Asks.AMOUNT), facts)
        entity, label = _party_of(found, one, entity, label, facts)
        own = found.own if found else None
        note = "" if own is not None else f"only {JOINT}" if found else "nothing recorded"
        items.append(entity_item(entity, label, amount=own, years=years_of(found.flows) if found else (), note=note))
        told = note if found is None or own is None else pounds(own) if entity is None else spread(found.flows)
        said.append(f"{label} {told}")
        if found:
            measured.append(found)
            used += found.counted.flows
            joint += [s for s in (*found.counted.joint, *wholes_of(found.counted)) if s not in joint]
            sparql = sparql or (found.scope.plan.sparql if found.scope.plan else "")
    if not measured:
        return None
    amounts = [i.amount for i in items if i.amount is not None]
    text = f"{listed(said)}."
    if len(amounts) == 2:
        difference = abs(amounts[0] - amounts[1])
        text += f" The difference is {pounds(difference)}." if difference else " They are equal."
    left = [out for m in measured for out in m.counted.left_out]
    counted = Tally(tuple(dict.fromkeys(used)), tuple(joint), tuple(left))
    return drafted(text, items, [*used, *joint], facts, sparql, counted=counted).but(value=Value(amount=None))


def _party_of(
    found: Measure | None, one: Question, entity: Entity | None, label: str, facts: Facts
) -> tuple[Entity | None, str]:
    """A council rather than its area, where the money goes to the council."""
    if found and entity is not None and (one.recipients or one.parties or one.places):
        recipients = {s.flow.recipient for s in found.flows}
        if len(recipients) == 1 and (only := next(iter(recipients))) is not None:
            asked = ids(one.recipients + one.parties + one.places)
            if one.recipients or only.id in asked or council_place(only, facts) in asked:
                return only, only.name
    return entity, label


def _one_year(time: str) -> Period:
    return Period(years=(time,), words=time) if "/" in time else Period(calendar=(int(time),), words=time)


def share(question: Question, facts: Facts) -> Draft | None:
    """One party's part of the whole, in per cent."""
    if len(question.parties) >= 2 and not (question.funders or question.recipients):
        question = question.but(funders=question.parties[:1], parties=question.parties[1:])
    part = measure(question.but(asks=Asks.AMOUNT, own_money=True), facts)
    if part is None:
        return None
    if not (question.funders or question.recipients or question.parties or question.kinds):
        return _share_of_programme(question, facts)
    received = bool(question.recipients) or (not question.funders and part.side == "received")
    of_whom = "recipients" if question.recipients else "funders" if question.funders else "parties"
    whole_question = question.but(asks=Asks.AMOUNT, kinds=(), excluded=(), statuses=(), **{of_whom: ()})
    whole = measure(whole_question, facts)
    if whole is not None and question.recipients and re.search(r"\b(?:grants|awards)\b", question.text.lower()):
        whole = replace(whole, counted=replace(whole.counted, flows=_to_someone(whole.counted.flows)))
    if whole is None or not whole.amount or not _says_of_what(whole_question):
        return None
    if joint := _joint_in(part, whole):
        return _no_share(question, joint, facts)
    percent = (part.amount / whole.amount * 100).quantize(Decimal("0.1"))
    who = listed(c.label for c in (*question.funders, *question.recipients, *question.parties)) or "Match funding"
    text = f"{who}: {pounds(part.amount)} of {pounds(whole.amount)}, {percent} per cent, of {subject(whole_question)}."
    used = [*part.flows, *(s for s in whole.flows if s not in part.flows)]
    items = [
        share_item(g)
        for g in shares(Tally(whole.flows), "recipient" if received else "funder")
        if g.entity is not None
    ]
    sparql = part.scope.plan.sparql if part.scope.plan else ""
    draft = drafted(text, items, used, facts, sparql, counted=whole.counted)
    return draft.but(value=Value(amount=part.amount, percent=percent))


def _to_someone(flows: Sequence[StatedFlow]) -> tuple[StatedFlow, ...]:
    """The grants among flows: money that someone gets."""
    return tuple(s for s in flows if s.flow.recipient is not None or s.flow.recipient_words)


def _says_of_what(question: Question) -> bool:
    """Whether a whole is named of which a part is asked: the money of a year alone is none."""
    return bool(question.things or question.references or question.topic or question.phrases)


def _joint_in(part: Measure, whole: Measure) -> list[StatedFlow]:
    """Sums for several programmes that would have to be split for a share to be right."""
    found = [s for m in (part, whole) for s in (*m.counted.joint, *wholes_of(m.counted))]
    return list(dict.fromkeys(found))


def _no_share(question: Question, joint: list[StatedFlow], facts: Facts) -> Draft:
    text = f"No share of {subject(question)} can be given: part of the money is {JOINT}, and no decision splits it."
    return drafted(text, [], joint, facts, "").but(status=Status.NO_DATA, caveats=tuple(joint_caveats(joint, facts)))


def _share_of_programme(question: Question, facts: Facts) -> Draft | None:
    """ "What share of the fund goes to X": one programme's part of the fund or the decision."""
    if not (question.programmes and (question.funds or question.references)):
        return None
    part = measure(question.but(asks=Asks.AMOUNT), facts)
    whole = measure(question.but(asks=Asks.AMOUNT, programmes=(), topic=()), facts)
    if part is None or whole is None or not whole.amount:
        return None
    if joint := _joint_in(part, whole):
        return _no_share(question, joint, facts)
    percent = (part.amount / whole.amount * 100).quantize(Decimal("0.1"))
    text = f"{subject(question)}: {pounds(part.amount)} of {pounds(whole.amount)}, {percent} per cent."
    return drafted(text, [], [*part.flows, *whole.flows], facts, "").but(
        value=Value(amount=part.amount, percent=percent)
    )
