"""Answers that set figures beside each other: ranking, comparison, share, count, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graph.ask.answers.decisions import decisions_found
from graph.ask.answers.money import share_item
from graph.ask.caveats import JOINT, across_caveats, caveats_of, undated_caveats
from graph.ask.citing import checks_on, cite_flows, cite_heads
from graph.ask.draft import Draft, decision_item
from graph.ask.facts import Facts
from graph.ask.measure import Measure, delivered, measure
from graph.ask.question import Asks, Focus, Period, Question
from graph.ask.result import Caveat, Item, Status, Value
from graph.ask.scope import ROLES, find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import listed, pounds, subject
from graph.ask.shares import Share, shares, spread, years_of
from graph.ask.whom import ids, is_of_focus
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import sources
from graph.counting.tally import Tally, tally
from graph.model import Entity
from graph.stated.flows import StatedFlow

_ENDS = Caveat("where money ends", "Money that is passed on is ranked where it ends, not at each step on the way.")


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
    about = subject(question)
    of = "" if about == "funding" else f" of {about}"
    text = f"{best.label} has the {which}{of}: {spread(best.flows)}"
    if question.focus is Focus.AWARD:
        size = "smallest" if question.ascending else "largest"
        text = f"The {size} single award{of} is to {best.label}: {spread(best.flows)}"
    if len(top) > 1:
        text += f"; next: {listed(f'{g.label} ({pounds(g.amount or Decimal(0))})' for g in top[1:4])}"
    shown = Tally(tuple(used), counted.joint, counted.left_out)
    draft = drafted(f"{text}.", [share_item(g) for g in top], used, facts, sparql, counted=shown)
    ends = (_ENDS,) if question.by == "recipient" and not question.recipients else ()
    return draft.but(value=Value(amount=best.amount), caveats=(*draft.caveats, *ends))


def _groups(question: Question, facts: Facts) -> tuple[list[Share], Tally, str]:
    """The flows of a ranking or a count, by what it is over."""
    side = question.by or "recipient"
    scope = find_flows(question, facts, without=() if side in {"recipient", "funder"} else {"focus"})
    flows = [s for s in scope.everything if is_money(s)]
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    if side == "funder":
        flows = sources(flows, context, facts.grounds) or flows
    elif side == "recipient":
        flows = list(delivered(tuple(flows), context, facts)) if not question.recipients else flows
    elif question.asks is not Asks.COUNT and not (question.funders or question.parties or question.recipients):
        flows = sources(flows, context, facts.grounds) or flows
    if side == "recipient":
        flows = [s for s in flows if s.flow.recipient is not None]
    counted = tally(flows, facts.grounds, programmes=ids(question.programmes))
    sparql = scope.plan.sparql if scope.plan else ""
    if side in {"recipient", "funder"}:
        found = [g for g in shares(counted, side) if g.entity is not None]
        return [g for g in found if _has_focus(g.entity, question, facts)], counted, sparql
    return _by(counted, side), counted, sparql


def awards(counted: Tally) -> list[Share]:
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


def _by(counted: Tally, side: str) -> list[Share]:
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
    counted = tally([s for s in scope.everything if is_money(s)], facts.grounds)
    sums: dict[str, list[StatedFlow]] = {}
    for stated in sources(counted.flows, scope.everything, facts.grounds):
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
    return drafted(text, items, [s for d in ordered for s in sums[d]], facts, scope.plan.sparql if scope.plan else "")


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
    return drafted(text, [share_item(g) for g in groups], used, facts, sparql).but(value=Value(count=len(groups)))


def _count_awards(question: Question, facts: Facts) -> Draft | None:
    scope = find_flows(question, facts)
    counted = tally([s for s in scope.everything if is_money(s)], facts.grounds)
    each = awards(counted)
    if not each:
        return None
    used = [s for award in each for s in award.flows]
    text = f"{number_of(len(each), 'award')} of {subject(question)}, {pounds(total(used))} in all."
    items = [share_item(g) for g in each]
    sparql = scope.plan.sparql if scope.plan else ""
    return drafted(text, items, used, facts, sparql).but(value=Value(count=len(each)))


def by_year(question: Question, facts: Facts) -> Draft | None:
    """The amount of each financial year, spans apart."""
    found = measure(question.but(asks=Asks.AMOUNT), facts)
    if found is None:
        return None
    items = _year_items(found.counted.flows) + _year_items(found.counted.joint, JOINT)
    items.sort(key=lambda item: item.years or ("9999",))
    said = [f"{i.label} {pounds(i.amount)}" for i in items if i.amount is not None and not i.note]
    used = [*found.counted.flows, *found.counted.joint]
    every = found.counted.total
    in_all = f", {pounds(every)} in all" if len(said) > 1 else ""
    text = f"{subject(question)}, by year: {listed(said, most=12)}{in_all}."
    if not said:
        text = f"{subject(question)} has no sum of its own on record, only sums for several programmes together."
    sparql = found.scope.plan.sparql if found.scope.plan else ""
    draft = drafted(text, items, used, facts, sparql, counted=found.counted)
    left = undated_caveats(_undated(question, found, facts), facts, inside=False)
    across = across_caveats([s for s in found.scope.across if is_money(s) and s not in used], facts)
    citations = cite_flows([*used, *(s for s in found.scope.everything if is_money(s))], facts)
    value = Value(amount=every or None)
    return draft.but(value=value, citations=citations, caveats=(*draft.caveats, *left, *across))


def _year_items(flows: Iterable[StatedFlow], note: str = "") -> list[Item]:
    """A line for each year or span of years."""
    keyed: dict[tuple[str, ...], list[StatedFlow]] = {}
    for stated in flows:
        keyed.setdefault(stated.flow.years, []).append(stated)
    return [
        Item(
            years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}" if years else "year not stated",
            "", "year", total(of_years), years, note,
        )
        for years, of_years in keyed.items()
    ]  # fmt: skip


def _undated(question: Question, found: Measure, facts: Facts) -> tuple[StatedFlow, ...]:
    """Money that has no year, where a period keeps it out of the figures."""
    if not question.period:
        return ()
    ever = measure(question.but(asks=Asks.AMOUNT, period=Period()), facts)
    return tuple(s for s in ever.flows if not s.flow.years and s not in found.flows) if ever else ()


def drafted(
    text: str,
    items: Iterable[Item],
    used: Iterable[StatedFlow],
    facts: Facts,
    sparql: str,
    *,
    counted: Tally | None = None,
) -> Draft:
    """An answer over these flows; with the tally they come from, it tells what is left out."""
    flows = tuple(dict.fromkeys(used))
    text = text[:1].upper() + text[1:]
    return Draft(
        Status.ANSWERED,
        text,
        tuple(items),
        citations=cite_flows(flows, facts),
        checks=checks_on({s.document for s in flows}, [s.flow.amount for s in flows], facts),
        sparql=sparql,
        flows=flows,
        caveats=caveats_of(counted, flows, facts) if counted is not None else (),
        counted=counted,
    )
