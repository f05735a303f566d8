"""Answers that set figures beside each other: ranking, comparison, share, count, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graph.ask.answer_decisions import decisions_found
from graph.ask.answer_money import joint_said, share_item
from graph.ask.citing import checks_on, cite_flows, cite_heads
from graph.ask.draft import Draft, decision_item, entity_item
from graph.ask.facts import Facts
from graph.ask.measure import Measure, delivered, measure
from graph.ask.money import HOLDS, Counted, Share, counted_once, is_source, shares, spread, years_of
from graph.ask.question import Asks, Choice, Focus, Period, Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import ROLES, council_place, counts, find_flows, ids, is_of_focus
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import listed, pounds, subject
from graph.flows import StatedFlow
from graph.model import Entity


def ranking(question: Question, facts: Facts) -> Draft | None:
    """The most first (or the least)."""
    if question.by == "decision":
        return _decisions_by_amount(question, facts)
    groups, counted, sparql = _groups(question, facts)
    if question.focus is Focus.AWARD:
        groups = awards(counted)
    groups = [g for g in groups if g.amount is not None]
    if not groups:
        return None
    groups.sort(key=lambda g: (g.amount or Decimal(0), g.label), reverse=not question.ascending)
    limit = question.limit or (10 if question.focus in {Focus.AWARD, Focus.ANY} else len(groups))
    top = groups[:limit]
    used = [s for g in top for s in g.flows]
    best = top[0]
    which = "least" if question.ascending else "most"
    text = f"{best.label} has the {which} of {subject(question)}: {spread(best.flows)}."
    if question.focus is Focus.AWARD:
        size = "smallest" if question.ascending else "largest"
        text = f"The {size} single award of {subject(question)} is to {best.label}: {spread(best.flows)}."
    if len(top) > 1:
        text += f" Next: {listed(f'{g.label} ({pounds(g.amount or Decimal(0))})' for g in top[1:4])}."
    return _of(text, [share_item(g) for g in top], used, facts, sparql).but(value=Value(amount=best.amount))


def _groups(question: Question, facts: Facts) -> tuple[list[Share], Counted, str]:
    """The flows of a ranking or a count, by what it is over."""
    side = question.by or "recipient"
    scope = find_flows(question, facts, without=() if side in {"recipient", "funder"} else {"focus"})
    flows = [s for s in scope.everything if counts(s)]
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    if side == "funder":
        flows = [s for s in flows if is_source(s, context)] or flows
    elif side == "recipient":
        flows = list(delivered(tuple(flows), context)) if not question.recipients else flows
    elif not (question.funders or question.parties or question.recipients):
        flows = [s for s in flows if is_source(s, context)] or flows
    counted = counted_once(flows, facts, programmes=ids(question.programmes))
    sparql = scope.plan.sparql if scope.plan else ""
    if side in {"recipient", "funder"}:
        found = [g for g in shares(counted, side) if g.entity is not None]
        return [g for g in found if _has_focus(g.entity, question, facts)], counted, sparql
    return _by(counted, side), counted, sparql


def awards(counted: Counted) -> list[Share]:
    """Each award by itself: one row of a decision, its years together."""
    found: dict[tuple[str, str, str], Share] = {}
    for stated in counted.flows:
        flow = stated.flow
        label = flow.recipient.name if flow.recipient is not None else flow.recipient_words
        if not label:
            continue
        place = flow.evidence[0].locator if flow.evidence else ""
        key = (stated.document, label, place if flow.years else stated.iri)
        share = found.get(key)
        if share is not None and set(flow.years) & set(years_of(share.flows)):
            share = None
            key = (stated.document, label, stated.iri)
        if share is None:
            share = found[key] = Share(flow.recipient, label)
        share.flows.append(stated)
    return list(found.values())


def _has_focus(entity: Entity | None, question: Question, facts: Facts) -> bool:
    if entity is None or question.focus not in {Focus.BOROUGH, Focus.COUNCIL, Focus.BODY, Focus.CHARITY}:
        return entity is not None
    return is_of_focus(entity, question.focus, facts)


def _by(counted: Counted, side: str) -> list[Share]:
    found: dict[str, Share] = {}
    for stated in counted.flows:
        flow = stated.flow
        things: list[tuple[str, Entity | None, str]]
        if side == "programme":
            if len(flow.programmes) > 1:
                for p in flow.programmes:
                    found.setdefault(p.id, Share(p, p.name)).joint.append(stated)
                continue
            things = [(p.id, p, p.name) for p in flow.programmes]
        elif side == "place":
            things = [(flow.place.id, flow.place, flow.place.name)] if flow.place else []
        elif side == "fund":
            things = [(flow.fund.id, flow.fund, flow.fund.name)] if flow.fund else []
        else:
            things = [(y, None, y) for y in flow.years] if len(flow.years) == 1 else []
        for key, entity, label in things:
            found.setdefault(key, Share(entity, label)).flows.append(stated)
    return list(found.values())


def _decisions_by_amount(question: Question, facts: Facts) -> Draft | None:
    scope = find_flows(question, facts, without={"focus"})
    counted = counted_once([s for s in scope.everything if counts(s)], facts)
    sums: dict[str, list[StatedFlow]] = {}
    for stated in counted.flows:
        if is_source(stated, scope.everything):
            sums.setdefault(stated.document, []).append(stated)
    if not sums:
        return None
    totals = {d: sum((s.flow.amount for s in flows), Decimal(0)) for d, flows in sums.items()}
    ordered = sorted(totals, key=lambda d: (totals[d], d), reverse=not question.ascending)[: question.limit or 10]
    items = [
        decision_item(facts.heads[d], amount=totals[d], years=years_of(sums[d])) for d in ordered if d in facts.heads
    ]
    if not items:
        return None
    text = (
        f"{items[0].label} has the {'least' if question.ascending else 'most'}: "
        f"{pounds(items[0].amount or Decimal(0))}."
    )
    return _of(text, items, [s for d in ordered for s in sums[d]], facts, scope.plan.sparql if scope.plan else "")


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
    said: list[str] = []
    sparql = ""
    for label, one, entity in lines:
        found = measure(one.but(asks=Asks.AMOUNT), facts)
        entity, label = _party_of(found, one, entity, label, facts)
        own = found.own if found else None
        note = "only in joint sums" if found and own is None else "" if found else "nothing recorded"
        items.append(entity_item(entity, label, amount=own, years=years_of(found.flows) if found else (), note=note))
        said.append(f"{label} {spread(found.flows)}" if found and own is not None else f"{label} {note}")
        if found:
            used += found.flows
            joint += [s for s in (*found.counted.joint, *_wholes(found)) if s not in joint]
            sparql = sparql or (found.scope.plan.sparql if found.scope.plan else "")
    if not used:
        return None
    amounts = [i.amount for i in items if i.amount is not None]
    text = f"{listed(said)}."
    if len(amounts) == 2:
        difference = abs(amounts[0] - amounts[1])
        text += f" The difference is {pounds(difference)}." if difference else " They are equal."
    if joint:
        text += f" {joint_said(joint)}"
    return _of(text, items, [*used, *(s for s in joint if s not in used)], facts, sparql).but(value=Value(amount=None))


def _wholes(found: Measure) -> list[StatedFlow]:
    """Joint sums that hold what was counted."""
    return [left.flow for left in found.counted.left_out if left.reason == HOLDS]


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
        for g in shares(Counted(whole.flows), "recipient" if received else "funder")
        if g.entity is not None
    ]
    sparql = part.scope.plan.sparql if part.scope.plan else ""
    return _of(text, items, used, facts, sparql).but(value=Value(amount=part.amount, percent=percent))


def _says_of_what(question: Question) -> bool:
    """Whether a whole is named of which a part is asked: the money of a year alone is none."""
    return bool(question.things or question.references or question.topic or question.phrases)


def _joint_in(part: Measure, whole: Measure) -> list[StatedFlow]:
    """Sums for several programmes that would have to be split for a share to be right."""
    found = [s for m in (part, whole) for s in (*m.counted.joint, *_wholes(m))]
    return list(dict.fromkeys(found))


def _no_share(question: Question, joint: list[StatedFlow], facts: Facts) -> Draft:
    text = f"No share of {subject(question)} can be given. {joint_said(joint)}"
    return _of(text, [], joint, facts, "").but(status=Status.NO_DATA)


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
    return _of(text, [], [*part.flows, *whole.flows], facts, "").but(value=Value(amount=part.amount, percent=percent))


def count(question: Question, facts: Facts) -> Draft | None:
    """How many."""
    if question.by == "decision":
        heads = decisions_found(question, facts)
        if not heads:
            return None
        text = f"{number_of(len(heads), 'decision')}: {listed((h.caption for h in heads), most=8)}."
        return Draft(
            Status.ANSWERED, text, tuple(decision_item(h) for h in heads), Value(count=len(heads)), cite_heads(heads)
        )
    if question.focus is Focus.AWARD:
        return _count_awards(question, facts)
    groups, _, sparql = _groups(question, facts)
    if not groups:
        return None
    used = [s for g in groups for s in (*g.flows, *g.joint)]
    noun = {Focus.BOROUGH: "borough", Focus.COUNCIL: "council", Focus.PROGRAMME: "programme", Focus.FUNDER: "funder",
            Focus.FUND: "fund", Focus.YEAR: "year", Focus.PLACE: "place"}.get(question.focus, question.by)  # fmt: skip
    text = f"{number_of(len(groups), noun)} for {subject(question)}: {listed((g.label for g in groups), most=10)}."
    return _of(text, [share_item(g) for g in groups], used, facts, sparql).but(value=Value(count=len(groups)))


def _count_awards(question: Question, facts: Facts) -> Draft | None:
    scope = find_flows(question, facts)
    counted = counted_once([s for s in scope.everything if counts(s)], facts)
    each = awards(counted)
    if not each:
        return None
    used = [s for award in each for s in award.flows]
    total = sum((s.flow.amount for s in used), Decimal(0))
    text = f"{number_of(len(each), 'award')} of {subject(question)}, {pounds(total)} in all."
    items = [share_item(g) for g in each]
    sparql = scope.plan.sparql if scope.plan else ""
    return _of(text, items, used, facts, sparql).but(value=Value(count=len(each)))


def by_year(question: Question, facts: Facts) -> Draft | None:
    """The amount of each financial year, spans apart."""
    found = measure(question.but(asks=Asks.AMOUNT), facts)
    if found is None:
        return None
    keyed: dict[tuple[str, ...], list[StatedFlow]] = {}
    for stated in (*found.counted.flows, *found.counted.joint):
        keyed.setdefault(stated.flow.years, []).append(stated)
    items, said = [], []
    for years, flows in sorted(keyed.items(), key=lambda kv: kv[0] or ("9999",)):
        apart = [s for s in flows if s in found.counted.flows] or flows
        total = sum((s.flow.amount for s in apart), Decimal(0))
        label = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}" if years else "year not stated"
        note = "for several programmes together" if apart[0] not in found.counted.flows else ""
        items.append(Item(label, "", "year", total, years, note))
        said.append(f"{label} {pounds(total)}")
    used = [s for flows in keyed.values() for s in flows]
    used += [s for s in found.scope.everything if counts(s) and s not in used]
    text = f"{subject(question)}, by year: {listed(said, most=12)}."
    sparql = found.scope.plan.sparql if found.scope.plan else ""
    return _of(text, items, used, facts, sparql).but(value=Value(amount=found.counted.total or None))


def _of(text: str, items: Iterable[Item], used: Iterable[StatedFlow], facts: Facts, sparql: str) -> Draft:
    flows = tuple(used)
    text = text[:1].upper() + text[1:]
    return Draft(
        Status.ANSWERED,
        text,
        tuple(items),
        citations=cite_flows(flows, facts),
        checks=checks_on({s.document for s in flows}, [s.flow.amount for s in flows], facts),
        sparql=sparql,
        flows=flows,
    )
