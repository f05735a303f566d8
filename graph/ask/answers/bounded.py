"""Answers to "list ... over £500,000": every single sum between the bounds, or everyone whose sums come to as much."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.ask.bounds import within_bounds
from graph.ask.citing import cite_flows
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.question import Asks, Focus, Question
from graph.ask.result import Caveat, Item, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, pounds, subject
from graph.ask.shares import Share
from graph.ask.whom import is_of_focus
from graph.counting.left_out import REPEATED, is_money
from graph.counting.tally import tally
from graph.model import FlowKind
from graph.stated.flows import StatedFlow

_NO_GRANT = {FlowKind.OWN_COST, FlowKind.CARRY_FORWARD}
_TO_KIND = re.compile(r"\bto (?:\w+ ){0,2}?(borough|council|charit|commissioner)")
_KINDS = {
    Focus.BOROUGH: "borough",
    Focus.COUNCIL: "council",
    Focus.CHARITY: "charit",
    Focus.BODY: "commissioner",
}


def is_bounded(question: Question) -> bool:
    """Whether sums are asked for by how large they are."""
    return question.at_least is not None or question.at_most is not None


def each_sum(question: Question, facts: Facts) -> Draft | None:
    """Every sum between the bounds, the largest first, passed on or not."""
    free = question.but(at_least=None, at_most=None)
    scope = find_flows(free, facts)
    money = [s for s in scope.everything if is_money(s) and s.flow.kind not in _NO_GRANT]
    counted = tally(money, facts.grounds)
    repeated = {out.flow.iri for out in counted.left_out if out.reason in REPEATED}
    found = [s for s in money if s.iri not in repeated and within_bounds(question, s.flow.amount)]
    found = [s for s in found if _goes_to_kind(s, question, facts)]
    if not found:
        return None
    found.sort(key=lambda s: (s.flow.amount, s.iri), reverse=not question.ascending)
    said = [f"{pounds(s.flow.amount)} to {_recipient(s)}{in_years(s.flow.years)}" for s in found]
    about = subject(question).removeprefix("funding").strip()
    which = " ".join(part for part in (number_of(len(found), "sum"), bounds_said(question), about) if part)
    text = f"{which}: {listed(said, most=6)}."
    passed_on = Caveat(
        "listed, not added", "The sums are listed, not added: money that is passed on is listed at each step."
    )
    return Draft(
        Status.ANSWERED,
        text,
        tuple(_item(s, facts) for s in found),
        Value(count=len(found)),
        cite_flows(found, facts),
        sparql=scope.plan.sparql if scope.plan else "",
        flows=tuple(found),
        caveats=(passed_on,),
    )


def _goes_to_kind(stated: StatedFlow, question: Question, facts: Facts) -> bool:
    """ "Awards to boroughs": whether the recipient is of the kind named."""
    match = _TO_KIND.search(question.text.lower())
    if match is None:
        return True
    kind = next(focus for focus, noun in _KINDS.items() if match.group(1).startswith(noun))
    return stated.flow.recipient is not None and is_of_focus(stated.flow.recipient, kind, facts)


def _recipient(stated: StatedFlow) -> str:
    flow = stated.flow
    return flow.recipient.name if flow.recipient is not None else flow.recipient_words or "a recipient not named"


def _item(stated: StatedFlow, facts: Facts) -> Item:
    flow = stated.flow
    about = [f"from {flow.funder.name}" if flow.funder is not None else ""]
    about += [f"for {listed(p.name for p in flow.programmes)}" if flow.programmes else flow.purpose]
    note = "; ".join(part for part in (*about, facts.caption_of(stated.document)) if part)
    return entity_item(flow.recipient, _recipient(stated), amount=flow.amount, years=flow.years, note=note)


def parties_within(question: Question, shares: list[Share]) -> list[Share]:
    """Those of the parties whose sums together lie between the bounds."""
    return [share for share in shares if share.amount is not None and within_bounds(question, share.amount)]


def bounds_said(question: Question) -> str:
    """ "over £500,000", "of at least £5", "between £5 and £10"."""
    low, high = question.at_least, question.at_most
    if low is not None and high is not None:
        return f"between {pounds(low)} and {pounds(high)}"
    if low is not None:
        return f"{'over' if question.strict else 'of at least'} {pounds(low)}"
    return f"{'under' if question.strict else 'of at most'} {pounds(high or Decimal(0))}"


def lists_sums(question: Question) -> bool:
    """Whether single sums are to be listed, not who gets how much in all."""
    return is_bounded(question) and question.asks is Asks.RECIPIENTS and question.focus is Focus.AWARD
