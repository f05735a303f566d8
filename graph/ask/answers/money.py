"""Answers about who pays whom: funders, recipients, how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.ask.answers.bounded import bounds_said, each_sum, is_bounded, lists_sums, parties_within
from graph.ask.awards import caveats_without_sum, without_sum
from graph.ask.caveats import across_caveats, caveats_of, not_spent
from graph.ask.citing import checks_on, cite_flows
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.measure import OWN, PAID_OUT, Measure, delivered, measure
from graph.ask.plain import named_in_words, only_thing, plain_tally
from graph.ask.question import Focus, Question
from graph.ask.result import Caveat, Item, Status, Value
from graph.ask.scope import ROLES, Scope, find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, pounds, subject
from graph.ask.shares import Share, shares, spread, years_of
from graph.ask.whom import ids, is_of_focus, party_ids
from graph.counting.left_out import Reason, is_money, no_money
from graph.counting.likeness import total
from graph.counting.sides import Side, sources
from graph.counting.tally import Tally, tally
from graph.counting.unsure import unsure_part
from graph.model import FlowStatus
from graph.stated.flows import StatedFlow

_SPENT = re.compile(r"\b(?:spent|spend|spends|spending|expenditure)\b")


def funders(question: Question, facts: Facts) -> Draft | None:
    """Who funds: each source once, with what it puts in."""
    question = question.but(parties=question.parties + question.recipients, recipients=())
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s)]
    if not flows:
        return without_sum(question, facts, side="funder")
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    counted = plain_tally(question, Side.SOURCES, facts) or tally(
        _sources(question, facts, flows, context), facts.grounds, programmes=ids(question.programmes)
    )
    by_funder = [share for share in shares(counted, "funder") if share.entity is not None]
    if question.focus not in {Focus.ANY, Focus.ORGANISATION, Focus.FUNDER}:
        by_funder = [s for s in by_funder if s.entity is not None and is_of_focus(s.entity, question.focus, facts)]
    if not by_funder:
        return None
    text = _said(by_funder, question, "is funded by" if len(question.programmes) < 2 else "are funded by")
    return _draft(question, facts, text, by_funder, counted, scope)


def _sources(
    question: Question, facts: Facts, flows: list[StatedFlow], context: Sequence[StatedFlow]
) -> list[StatedFlow]:
    """Who gives to the party asked about, or where the money of a programme comes in."""
    asked = party_ids(question.recipients + question.parties, facts)
    through_title = question.parties and any(not _touches(s, asked) for s in flows)
    if asked and not through_title:
        return [s for s in flows if s.flow.funder is None or s.flow.funder.id not in asked] or flows
    return sources(flows, context, facts.grounds) or flows


def _touches(stated: StatedFlow, parties: frozenset[str]) -> bool:
    return any(e is not None and e.id in parties for e in (stated.flow.funder, stated.flow.recipient))


def recipients(question: Question, facts: Facts) -> Draft | None:
    """Who receives: deliveries, each recipient once; single sums where these are asked for by their size."""
    if lists_sums(question):
        return each_sum(question, facts)
    if question.recipients and question.focus is Focus.AWARD:
        return amount(question, facts)
    bounded, question = question, question.but(at_least=None, at_most=None)
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s) or s.flow.status in question.statuses]
    if not flows:
        return without_sum(bounded, facts, side="recipient")
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    chosen: Sequence[StatedFlow] = flows
    if not (question.funders or question.parties):
        chosen = delivered(tuple(flows), context, facts)
    else:
        given = party_ids(question.funders + question.parties, facts)
        chosen = [s for s in flows if s.flow.recipient is None or s.flow.recipient.id not in given]
    chosen = [s for s in chosen if s.flow.recipient is not None or s.flow.recipient_words] or chosen
    counted = plain_tally(question, Side.DELIVERIES, facts) or _named_first(chosen, question, facts)
    by_recipient = shares(counted, "recipient")
    if is_bounded(bounded):
        by_recipient = parties_within(bounded, by_recipient)
    named = [share for share in by_recipient if share.entity is not None]
    opened = [share for share in by_recipient if share.entity is None]
    if not named and not opened:
        return None
    text = _said(named or opened, question, "goes to")
    if is_bounded(bounded):
        of_whom = _said_of(named or opened)
        about = subject(question).removeprefix("funding").strip()
        number = number_of(len(named or opened), "recipient")
        text = f"{number} {bounds_said(bounded)} in all{f', {about}' if about else ''}: {of_whom}."
    elif named and opened:
        text += f" Left open in the decision: {listed(share.label for share in opened)}."
    draft = _draft(question, facts, text, named or opened, counted, scope)
    return draft.but(caveats=(*draft.caveats, *caveats_without_sum(bounded, facts, side="recipient")))


def _named_first(flows: Sequence[StatedFlow], question: Question, facts: Facts) -> Tally:
    """Who is named gets what is said of them; a sum for no one by name that may hold it is left out."""
    programmes = ids(question.programmes)
    named = [s for s in flows if s.flow.recipient is not None]
    counted = tally(named, facts.grounds, programmes=programmes)
    every = tally(flows, facts.grounds, programmes=programmes)
    wholes = {out.flow.document for out in every.left_out if out.reason is Reason.PART and out.flow in counted.flows}
    opened = [s for s in every.flows if s.flow.recipient is None and s.document not in wholes]
    return Tally((*counted.flows, *opened), counted.joint, counted.left_out)


def amount(question: Question, facts: Facts) -> Draft | None:
    """How much, with the flows that make it."""
    found = measure(question, facts)
    if found is None:
        return None
    text = _amount_text(question, found, facts)
    groups = _groups(question, found)
    value = Value(amount=found.own)
    draft = _draft(question, facts, text, groups, found.counted, found.scope)
    draft = draft.but(caveats=(*_of_side(question, found), *draft.caveats))
    if len(groups) == 1 and len(found.flows) > 1 and groups[0].label:
        draft = draft.but(items=_by_year_items(found.flows, groups[0]))
    return draft.but(value=value, status=Status.ANSWERED)


def _of_side(question: Question, found: Measure) -> list[Caveat]:
    """What the figure is money of, where that can be mistaken."""
    out = [not_spent()] if _SPENT.search(question.text.lower()) else []
    if found.passed_on:
        text = f"Besides, {pounds(found.passed_on)} is passed on of money that others gave: it counts where it came in."
        out.append(Caveat("passed on", text, found.passed_on))
    if found.other and found.other.flows and found.side == PAID_OUT:
        own = pounds(found.other.total)
        out.append(Caveat("the funder's own money", f"Of this, {own} is the funder's own money.", found.other.total))
    return out


def _groups(question: Question, found: Measure) -> list[Share]:
    counted = Tally(found.counted.flows, found.counted.joint if found.joint_only else ())
    side = "funder"
    if question.funders and not question.recipients:
        side = "recipient"
    groups = [share for share in shares(counted, side) if share.label]
    covered = sum(len(g.flows) + len(g.joint) for g in groups)
    return groups if covered == len(found.flows) else [s for s in shares(counted, "funder") if s.label]


def _by_year_items(flows: Sequence[StatedFlow], share: Share) -> tuple[Item, ...]:
    """One line for the party, since the sum is what was asked."""
    del flows
    return (share_item(share),)


def share_item(share: Share) -> Item:
    """A line of the answer for one party."""
    notes = []
    if share.joint:
        notes.append(
            f"{'also' if share.flows else 'only'} in sums for several programmes together: "
            + listed(f"{pounds(s.flow.amount)} for {listed(p.name for p in s.flow.programmes)}" for s in share.joint)
        )
    if share.onward:
        notes.append(f"passes on {pounds(total(share.onward))} of money that others gave")
    if any(s.flow.status is FlowStatus.PROVISIONAL for s in share.flows):
        notes.append("provisional")
    if clause := unsure_part(share.flows).clause:
        notes.append(clause)
    return entity_item(share.entity, share.label, amount=share.amount, years=share.years, note="; ".join(notes))


def _draft(question: Question, facts: Facts, text: str, groups: Sequence[Share], counted: Tally, scope: Scope) -> Draft:
    named = [s for g in groups for s in (*g.flows, *g.joint)]
    used = named or [*counted.flows, *counted.joint]  # no party of them has a name
    amounts = [s.flow.amount for s in used]
    checks = checks_on({s.document for s in used}, amounts, facts, totals=_close_totals(used, facts))
    return Draft(
        status=Status.ANSWERED,
        text=text,
        items=tuple(share_item(share) for share in groups),
        citations=cite_flows([*used, *counted.joint], facts),
        checks=checks,
        sparql=scope.plan.sparql if scope.plan else "",
        flows=tuple(used),
        level=scope.level,
        caveats=(
            *caveats_of(counted, used, facts),
            *_of_scope(question, scope, used, facts),
            *(named_in_words(scope.everything, counted) if only_thing(question) else ()),
        ),
        counted=_only(counted, used),
    )


def _only(counted: Tally, used: Sequence[StatedFlow]) -> Tally:
    """The tally of those that the answer lists."""
    listed_here = set(used)
    return replace(counted, flows=tuple(s for s in counted.flows if s in listed_here))


def _of_scope(question: Question, scope: Scope, used: Sequence[StatedFlow], facts: Facts) -> list[Caveat]:
    """What fits the question but is not money that counts: replaced sums, and sums for more years than were asked."""
    replaced = [s for s in scope.flows if s.flow.status is FlowStatus.SUPERSEDED and s not in used]
    found = list(caveats_of(Tally((), (), tuple(no_money(s) for s in replaced)), (), facts))
    if question.period and scope.flows and not set(scope.across) & set(used):
        found += across_caveats([s for s in scope.across if is_money(s)], facts)
    return found


def _close_totals(used: Sequence[StatedFlow], facts: Facts) -> list[Decimal]:
    """Stated totals over the flows used, so that the checks on them are shown."""
    iris = {s.document for s in used}
    return [total.amount for total in facts.totals if total.document in iris and len(used) > 1]


def _said(groups: Sequence[Share], question: Question, verb: str) -> str:
    start = subject(question)
    if verb.endswith("funded by") and start.startswith("funding from or to "):
        start = start.removeprefix("funding from or to ")
    return f"{start[0].upper()}{start[1:]} {verb} {_said_of(groups)}."


def _said_of(groups: Sequence[Share]) -> str:
    parts = []
    for share in groups:
        if share.amount is not None:
            parts.append(f"{share.label} ({spread(share.flows)})")
        else:
            sums = listed((pounds(s.flow.amount) for s in share.joint), most=3)
            parts.append(f"{share.label} ({sums} for several programmes together)")
    return listed(parts, most=8)


def _amount_text(question: Question, found: Measure, facts: Facts) -> str:
    flows = found.flows
    about = subject(question)
    start = f"{about[0].upper()}{about[1:]}"
    if found.joint_only:
        return f"{start} has no sum of its own on record: only {_joint_sums(flows)} ({_sums_in(flows, facts)})."
    years = in_years(years_of(flows))
    if found.spans:
        years = f" for {years.removeprefix(' in ')} together, not split by year"
    elif question.period:
        years = ""
    side = {OWN: " of its own money", PAID_OUT: " paid out"}.get(found.side, "")
    besides = len(wholes_of(found.counted)) + len(found.counted.joint if found.counted.flows else ())
    beside = f"; besides, {number_of(besides, 'sum')} for several programmes together" if besides else ""
    return f"{start}: {pounds(found.amount)}{side}{years} ({_sums_in(flows, facts)}){beside}."


def _sums_in(flows: Sequence[StatedFlow], facts: Facts) -> str:
    """Where sums stand: "PCD 1", "3 sums in PCD 1 and PCD 2"."""
    captions = list(dict.fromkeys(facts.caption_of(s.document) for s in flows))
    most = 4 if len(captions) > 4 else len(captions)
    rest = [f"{number_of(len(captions) - most, 'more decision')}"] if len(captions) > most else []
    named = listed([*captions[:most], *rest])
    return named if len(flows) == 1 else f"{len(flows)} sums in {named}"


def _joint_sums(flows: Sequence[StatedFlow]) -> str:
    """Sums for several programmes: "£3 in 2023/24 and £4 for several programmes together"."""
    sums = listed((f"{pounds(s.flow.amount)}{in_years(s.flow.years)}" for s in flows), most=3)
    return f"{sums} for several programmes together"


def wholes_of(counted: Tally) -> list[StatedFlow]:
    """Joint sums that hold what was counted."""
    return [left.flow for left in counted.left_out if left.reason is Reason.HOLDS]
