"""Answers about what money is for: programmes, purposes, and the funds it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ask.citing import cite_flows
from graph.ask.draft import Draft
from graph.ask.facts import Facts
from graph.ask.question import Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import listed, subject
from graph.counting.left_out import is_money
from graph.stated.flows import StatedFlow


def programmes(question: Question, facts: Facts) -> Draft | None:
    """Which programmes are funded, with what each gets."""
    from graph.ask.answers.money import share_item
    from graph.ask.shares import Share
    from graph.counting.sides import sources
    from graph.counting.tally import tally

    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s)]
    counted = tally(flows, facts.grounds)
    found: dict[str, Share] = {}
    for stated in counted.flows:
        several = len(stated.flow.programmes) > 1
        for programme in stated.flow.programmes:
            share = found.setdefault(programme.id, Share(programme, programme.name))
            (share.joint if several else share.flows).append(stated)
    for share in found.values():
        share.flows = sources(share.flows, scope.everything, facts.grounds) or share.flows
    if not found:
        return _what_for(question, facts, counted.flows)
    shares = sorted(found.values(), key=lambda s: (-(s.amount or 0), s.label))
    from graph.ask.sentences import in_years, pounds

    said = listed(
        (f"{s.label} ({pounds(s.amount)}{in_years(s.years)})" if s.amount is not None else s.label for s in shares),
        most=10,
    )
    used = [s for g in shares for s in (*g.flows, *g.joint)]
    sparql = scope.plan.sparql if scope.plan else ""
    text = f"{subject(question)}: {said}."
    return Draft(
        Status.ANSWERED,
        text,
        tuple(share_item(s) for s in shares),
        Value(count=len(shares)),
        cite_flows(used, facts),
        sparql=sparql,
        flows=tuple(used),
    )


def _what_for(question: Question, facts: Facts, flows: Sequence[StatedFlow]) -> Draft | None:
    """What money without a named programme is for, in the decisions' words."""
    if not flows:
        return None
    from graph.ask.sentences import pounds

    items = [
        Item(s.flow.purpose or facts.heads[s.document].title, s.iri, "purpose", s.flow.amount, s.flow.years)
        for s in flows
        if s.document in facts.heads
    ]
    text = (
        f"{subject(question)}: "
        f"{listed((f'{i.label} ({pounds(i.amount)})' for i in items if i.amount is not None), most=6)}."
    )
    return Draft(Status.ANSWERED, text, tuple(items), citations=cite_flows(flows, facts), flows=tuple(flows))


def funds(question: Question, facts: Facts) -> Draft | None:
    """From which funds money comes."""
    from graph.ask.answers.money import share_item
    from graph.ask.shares import Share
    from graph.counting.tally import tally

    scope = find_flows(question, facts)
    counted = tally([s for s in scope.everything if is_money(s)], facts.grounds)
    found: dict[str, Share] = {}
    for stated in counted.flows:
        if stated.flow.fund is not None:
            found.setdefault(stated.flow.fund.id, Share(stated.flow.fund, stated.flow.fund.name)).flows.append(stated)
    if not found:
        return None
    shares = sorted(found.values(), key=lambda s: (-(s.amount or 0), s.label))
    used = [s for g in shares for s in g.flows]
    text = f"{subject(question)} is paid from {listed(s.label for s in shares)}."
    sparql = scope.plan.sparql if scope.plan else ""
    return Draft(
        Status.ANSWERED,
        text,
        tuple(share_item(s) for s in shares),
        Value(count=len(shares)),
        cite_flows(used, facts),
        sparql=sparql,
        flows=tuple(used),
    )
