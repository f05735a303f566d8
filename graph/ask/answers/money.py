"""Answers about who pays whom: funders, recipients, how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.ask.citing import checks_on, cite_flows
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.measure import OWN, PAID_OUT, Measure, delivered, measure
from graph.ask.question import Focus, Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import ROLES, Scope, find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, names_of, pounds, subject
from graph.ask.shares import Share, shares, spread, years_of
from graph.ask.whom import ids, is_of_focus, party_ids
from graph.counting.left_out import HOLDS, LeftOut, is_money
from graph.counting.sides import sources
from graph.counting.tally import Tally, tally
from graph.model import FlowKind, FlowStatus
from graph.stated.flows import StatedFlow


def funders(question: Question, facts: Facts) -> Draft | None:
    """Who funds: each source once, with what it puts in."""
    question = question.but(parties=question.parties + question.recipients, recipients=())
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s)]
    if not flows:
        return None
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    counted = tally(_sources(question, facts, flows, context), facts.grounds, programmes=ids(question.programmes))
    by_funder = [share for share in shares(counted, "funder") if share.entity is not None]
    if question.focus not in {Focus.ANY, Focus.ORGANISATION, Focus.FUNDER}:
        by_funder = [s for s in by_funder if s.entity is not None and is_of_focus(s.entity, question.focus, facts)]
    if not by_funder:
        return None
    text = _said(by_funder, question, "is funded by", facts)
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
    """Who receives: deliveries, each recipient once."""
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s) or s.flow.status in question.statuses]
    if not flows:
        return None
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    chosen: Sequence[StatedFlow] = flows
    if not (question.funders or question.parties):
        chosen = delivered(tuple(flows), context, facts)
    else:
        given = party_ids(question.funders + question.parties, facts)
        chosen = [s for s in flows if s.flow.recipient is None or s.flow.recipient.id not in given]
    chosen = [s for s in chosen if s.flow.recipient is not None or s.flow.recipient_words] or chosen
    counted = tally(chosen, facts.grounds, programmes=ids(question.programmes))
    by_recipient = shares(counted, "recipient")
    named = [share for share in by_recipient if share.entity is not None]
    opened = [share for share in by_recipient if share.entity is None]
    if not named and not opened:
        return None
    text = _said(named or opened, question, "goes to", facts)
    if named and opened:
        text += f" Left open in the decision: {listed(share.label for share in opened)}."
    return _draft(question, facts, text, named or opened, counted, scope)


def amount(question: Question, facts: Facts) -> Draft | None:
    """How much, with the flows that make it."""
    found = measure(question, facts)
    if found is None:
        return None
    text = _amount_text(question, found, facts)
    groups = _groups(question, found)
    value = Value(amount=found.own)
    draft = _draft(question, facts, text, groups, found.counted, found.scope)
    if len(groups) == 1 and len(found.flows) > 1 and groups[0].label:
        draft = draft.but(items=_by_year_items(found.flows, groups[0]))
    return draft.but(value=value, status=Status.ANSWERED)


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
            "also in joint sums that are not split: "
            + listed(f"{pounds(s.flow.amount)} for {listed(p.name for p in s.flow.programmes)}" for s in share.joint)
        )
    if any(s.flow.status is FlowStatus.PROVISIONAL for s in share.flows):
        notes.append("provisional")
    return entity_item(share.entity, share.label, amount=share.amount, years=share.years, note="; ".join(notes))


def _draft(
    question: Question, facts: Facts, text: str, groups: Sequence[Share], counted: Tally, scope: Scope
) -> Draft:
    used = [s for g in groups for s in (*g.flows, *g.joint)]
    amounts = [s.flow.amount for s in used]
    checks = checks_on({s.document for s in used}, amounts + _close_totals(used, facts), facts)
    text += _afterwords(question, counted, scope, used)
    return Draft(
        status=Status.ANSWERED,
        text=text,
        items=tuple(share_item(share) for share in groups),
        citations=cite_flows([*used, *counted.joint], facts),
        checks=checks,
        sparql=scope.plan.sparql if scope.plan else "",
        flows=tuple(used),
        level=scope.level,
    )


def _close_totals(used: Sequence[StatedFlow], facts: Facts) -> list[Decimal]:
    """Stated totals over the flows used, so that the checks on them are shown."""
    iris = {s.document for s in used}
    return [total.amount for total in facts.totals if total.document in iris and len(used) > 1]


def _said(groups: Sequence[Share], question: Question, verb: str, facts: Facts) -> str:
    parts = []
    for share in groups:
        if share.amount is not None:
            parts.append(f"{share.label} ({spread(share.flows)})")
        else:
            parts.append(f"{share.label} (in a joint sum of {pounds(share.joint[0].flow.amount)})")
    start = subject(question)
    if verb == "is funded by" and start.startswith("funding from or to "):
        start = start.removeprefix("funding from or to ")
    return f"{start[0].upper()}{start[1:]} {verb} {listed(parts, most=8)}."


def _amount_text(question: Question, found: Measure, facts: Facts) -> str:
    flows = found.flows
    decisions = listed(
        dict.fromkeys(facts.heads[s.document].caption for s in flows if s.document in facts.heads), most=5
    )
    about = subject(question)
    if found.joint_only:
        return f"No sum is recorded for {about} alone. {joint_said(flows)} By {decisions}."
    figure = pounds(found.amount)
    note = ""
    dated = [s for s in flows if s.flow.years]
    if found.spans and dated:
        note = (
            f" The figure covers {in_years(years_of(dated)).removeprefix(' in ')} together; no split by year is stated."
        )
    elif len(flows) > 1:
        note = f" It is the sum of {number_of(len(flows), 'figure')}{in_years(years_of(dated))}."
    if dated and len(dated) < len(flows):
        undated = sum((s.flow.amount for s in flows if not s.flow.years), Decimal(0))
        note += f" For {pounds(undated)} of it no year is stated."
    side = {OWN: " of its own money", PAID_OUT: " paid out"}.get(found.side, "")
    if found.other and found.other.flows and found.side == PAID_OUT:
        note += f" Of this, {pounds(found.other.total)} is the funder's own money."
    start = f"{about[0].upper()}{about[1:]}"
    return f"{start}: {figure}{side}, by {decisions}.{note}" if decisions else f"{start}: {figure}.{note}"


def joint_said(flows: Sequence[StatedFlow]) -> str:
    """Sums for several programmes, in a sentence."""
    sums = listed((f"{pounds(s.flow.amount)}{in_years(s.flow.years)} for {_together(s)}" for s in flows), most=4)
    return f"Recorded for several programmes together, and not split: {sums}."


def _together(stated: StatedFlow) -> str:
    return listed(p.name for p in stated.flow.programmes)


def _afterwords(question: Question, counted: Tally, scope: Scope, used: Sequence[StatedFlow]) -> str:
    """What was left out, and what is uncertain."""
    out = ""
    shown = {s.iri for s in used}
    joint = list(counted.joint) if counted.flows else []
    if joint:
        out += f" Not added: {joint_said(joint)[0].lower()}{joint_said(joint)[1:]}"
    out += _maybe_the_same(used)
    reasons: dict[str, list[LeftOut]] = {}
    for left in counted.left_out:
        if left.reason.startswith(
            ("replaced", "bid for", "proposed", "carried", "contradicts", HOLDS)
        ):
            reasons.setdefault(left.reason, []).append(left)
    for reason, outs in list(reasons.items())[:2]:
        out += f" Left out ({reason}): {listed((pounds(o.flow.flow.amount) for o in outs), most=3)}."
    if scope.across and scope.flows and question.period:
        spans = listed(f"{pounds(s.flow.amount)}{in_years(s.flow.years)}" for s in scope.across[:3] if is_money(s))
        if spans and not {s.iri for s in scope.across} & shown:
            out += f" Besides, not split by year: {spans}."
    return out


def _maybe_the_same(used: Sequence[StatedFlow]) -> str:
    """A word of caution where one funder's match and allocation for the same years stand in different decisions."""
    for one in used:
        for other in used:
            a, b = one.flow, other.flow
            if (
                a.kind is FlowKind.MATCH
                and b.kind is FlowKind.ALLOCATION
                and one.document != other.document
                and a.funder == b.funder
                and set(a.years) & set(b.years)
                and set(a.programmes) & set(b.programmes)
            ):
                return (
                    f" The match funding of {pounds(a.amount)} and the allocation of {pounds(b.amount)} are "
                    f"for the same"
                    " years and may be the same money in part; the decisions don't say."
                )
    return ""


def match_only(flows: Iterable[StatedFlow]) -> list[StatedFlow]:
    """The match funding among flows."""
    return [s for s in flows if s.flow.kind is FlowKind.MATCH]


__all__ = ["amount", "funders", "match_only", "names_of", "recipients", "share_item"]
