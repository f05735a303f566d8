"""Answers about what money is for: programmes, purposes, and the funds it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.ask.answers.money import share_item, wholes_of
from graph.ask.caveats import caveats_of
from graph.ask.citing import cite_flows
from graph.ask.draft import Draft
from graph.ask.facts import Facts
from graph.ask.measure import measure
from graph.ask.question import Asks, Choice, Focus, Period, Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, names_of, period_words, pounds, subject
from graph.ask.shares import Share
from graph.ask.whom import ids, party_ids
from graph.counting.left_out import is_money
from graph.counting.likeness import party_of, total
from graph.counting.sides import Side, sources
from graph.counting.tally import Tally, tally
from graph.model import Entity
from graph.stated.flows import StatedFlow


def programmes(question: Question, facts: Facts) -> Draft | None:
    """Which programmes are funded, each with the figure that a question about it alone would give."""
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s)]
    named = list(dict.fromkeys(p for stated in flows for p in stated.flow.programmes))
    if re.search(r"\bboth\b", question.text.lower()) and len(question.funders) == 2:
        named = [p for p in named if all(_is_funded(p, funder, question, facts) for funder in question.funders)]
        if not named:
            return None
    if not named:
        return _what_for(question, facts, tally(flows, facts.grounds).flows)
    shares = [share for programme in named if (share := _share(question, programme, facts)) is not None]
    shares.sort(key=lambda s: (-(s.amount or 0), s.label))
    own = tuple(dict.fromkeys(s for share in shares for s in share.flows))
    joint = tuple(dict.fromkeys(s for share in shares for s in share.joint if s not in own))
    onward = tuple(s for share in shares for s in share.onward)
    text = f"{_about(question)} {number_of(len(shares), 'programme')}: {_listed(shares)}."
    counted = Tally(own, joint)
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(share_item(s) for s in shares),
        Value(count=len(shares)),
        cite_flows((*own, *joint, *onward), facts),
        sparql=scope.plan.sparql if scope.plan else "",
        flows=(*own, *joint),
        caveats=caveats_of(counted, own, facts),
        counted=counted,
    )


def _is_funded(programme: Entity, funder: Choice, question: Question, facts: Facts) -> bool:
    return any(
        programme in stated.flow.programmes and is_money(stated)
        for stated in find_flows(question.but(funders=(funder,)), facts).everything
    )


def _share(question: Question, programme: Entity, facts: Facts) -> Share | None:
    """What one programme gets, sums for several programmes apart."""
    one = question.but(asks=Asks.AMOUNT, programmes=(Choice(programme.name, (programme,)),), focus=Focus.ANY, by="")
    one = one.but(own_money=bool(question.funders))
    several = len(question.funders) > 1
    found = measure(one.but(funders=()) if several else one, facts)
    if found is None:
        return None
    own, joint = found.counted.flows, (*found.counted.joint, *wholes_of(found.counted))
    if several:  # what one of them passes on to the other is counted at its source
        givers = party_ids(question.funders, facts)
        own, joint = (tuple(s for s in part if party_of(s.flow.funder) in givers) for part in (own, joint))
    elif question.funders and not question.recipients and not _is_tallied(programme, (*own, *joint), facts):
        return Share(programme, programme.name, onward=list(own or joint))
    return Share(programme, programme.name, list(own), list(dict.fromkeys(joint))) if own or joint else None


def _is_tallied(programme: Entity, flows: Sequence[StatedFlow], facts: Facts) -> bool:
    """Whether sums are in a programme's tally; else they are others' money that is passed on."""
    line = facts.ledger.line(programme, Side.SOURCES, flows)
    return bool(line.amount or line.joint)


def _about(question: Question) -> str:
    """ "The Home Office funds" where one funder is all that is asked about."""
    others = question.but(funders=(), period=Period()).things or question.topic or question.references
    if question.funders and not others:
        verb = "funds" if len(question.funders) == 1 else "fund"
        return f"{names_of(question.funders)} {verb}{period_words(question.period)}".rstrip()
    return f"{subject(question)}:"


def _listed(shares: Sequence[Share]) -> str:
    return listed(
        (
            f"{s.label} ({pounds(s.amount)}{in_years(s.years)})"
            if s.amount is not None
            else f"{s.label} ({_without_sum(s)})"
            for s in shares
        ),
        most=8,
    )


def _without_sum(share: Share) -> str:
    if share.joint:
        return "only together with other programmes"
    return f"passes on {pounds(total(share.onward))} of others' money{in_years(share.years)}"


def _what_for(question: Question, facts: Facts, flows: Sequence[StatedFlow]) -> Draft | None:
    """What money without a named programme is for, in the decisions' words."""
    if not flows:
        return None
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
    scope = find_flows(question, facts)
    money = [s for s in scope.everything if is_money(s)]
    counted = tally(money, facts.grounds, programmes=ids(question.programmes))
    found: dict[str, Share] = {}
    for stated in (*counted.flows, *counted.joint, *wholes_of(counted)):
        if stated.flow.fund is not None:
            share = found.setdefault(stated.flow.fund.id, Share(stated.flow.fund, stated.flow.fund.name))
            (share.flows if stated in counted.flows else share.joint).append(stated)
    for share in found.values():
        share.flows = sources(share.flows, scope.everything, facts.grounds) or share.flows
    if not found:
        return None
    shares = sorted(found.values(), key=lambda s: (-(s.amount or 0), s.label))
    used = [s for g in shares for s in (*g.flows, *g.joint)]
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
        caveats=caveats_of(counted, used, facts),
        counted=Tally(tuple(s for g in shares for s in g.flows), tuple(s for g in shares for s in g.joint)),
    )
