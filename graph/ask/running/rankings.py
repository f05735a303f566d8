"""Rankings: the things of a sort by their money, each with its part of the tally that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from graph.ask.known.facts import Facts
from graph.ask.language.english import subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import listed, pounds
from graph.ask.language.terms import List, OfKind, Role, Scan, What
from graph.ask.running.citing import cite_flows
from graph.ask.running.draft import Draft, decision_item, drafted, value_of
from graph.ask.running.matching import choices_of, fitting
from graph.ask.running.shares import Share as PartyShare
from graph.ask.running.shares import ceiling_of, figure, shares, spread, with_level, years_of
from graph.ask.running.sums import given, is_narrow, measure, received
from graph.ask.running.whom import is_of_kind
from graph.counting.ledger import part_of
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

#: what a ranking is over -> its kind of thing, and the end of the money that it is ranked by, as on its page
RANKED = {
    What.PROGRAMME: (EntityKind.PROGRAMME, Side.SOURCES),
    What.FUND: (EntityKind.FUND, Side.SOURCES),
    What.PLACE: (EntityKind.PLACE, Side.SOURCES),
    What.RECIPIENT: (EntityKind.ORGANISATION, Side.SOURCES),
    What.FUNDER: (EntityKind.ORGANISATION, Side.DELIVERIES),
}


ROLE_OF = {What.FUNDER: Role.FUNDER, What.RECIPIENT: Role.RECIPIENT}


def is_wanted(share: PartyShare, scan: Scan, facts: Facts) -> bool:
    """Return True if a party is of the kind of body that a set asks for."""
    kinds = [c for c in scan.where if isinstance(c, OfKind) and c.role is Role.PARTY]
    if not kinds:
        return True
    return share.entity is not None and all(is_of_kind(share.entity, c.kind, facts) != c.without for c in kinds)


def ranking(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that ranks things by money, most or least first; parties level with the last are listed too."""
    assert form.order is not None
    if form.what is What.AWARD:
        groups, counted = single_awards_of(scan, facts)
    elif form.what is What.DECISION:
        groups, counted = _decisions(scan, facts)
    else:
        groups, counted = grouped(form.what, scan, facts, most=None if form.order.ascending else form.order.limit)
    by_decision = form.what is What.DECISION
    groups = [g for g in groups if g.amount is not None and (by_decision or is_wanted(g, scan, facts))]
    if not groups:
        return None
    sign = 1 if form.order.ascending else -1
    groups.sort(key=lambda g: ((g.amount or Decimal(0)) * sign, g.label))
    limit = form.order.limit or (10 if by_decision or form.what is What.AWARD else len(groups))
    top, untold = with_level(groups, limit, lambda group: group.amount)
    used = tuple(dict.fromkeys(s for g in top for s in g.flows))
    first = Tally(tuple(top[0].flows), tuple(top[0].joint), part_of(counted, top[0].flows).left_out)
    more = f"; {number_of(untold, 'other is', 'others are')} level with the last" if untold else ""
    draft = drafted(f"{_ranked(top, form, scan, facts)}{more}.", top, first, facts)
    if by_decision:
        draft = draft.but(items=tuple(decision_item(facts.heads[g.flows[0].document], g.flows) for g in top))
    # the figure is that of the first, how sure it is of all
    return draft.but(value=value_of(top[0].flows), flows=used, citations=cite_flows(used, facts), counted=None)


def _ranked(top: Sequence[PartyShare], form: List, scan: Scan, facts: Facts) -> str:
    assert form.order is not None
    first = [g for g in top if g.amount == top[0].amount]
    names = listed((g.label for g in first), most=4)
    each = " each" if len(first) > 1 else ""
    of = f" of {subject(scan)}" if is_narrow(scan) else ""
    said = figure(first[0].flows) if each else spread(first[0].flows, facts.heads)
    if len({ceiling_of(g.flows) for g in first}) > 1:
        said, each = pounds(top[0].amount or Decimal(0)), f"{each}, in part “up to”"
    if form.what is What.AWARD:
        text = f"The {'smallest' if form.order.ascending else 'largest'} single award{of} is to {names}: {said}{each}"
    else:
        text = (
            f"{names} {'have' if each else 'has'} the {'least' if form.order.ascending else 'most'}{of}: {said}{each}"
        )
    if each:
        text += f"; {number_of(len(first), 'thing')} are level" if len(first) > 4 else ""
    rest = top[len(first) :]
    nexts = (f"{g.label} ({figure(g.flows)})" for g in rest[:3])
    return f"{text}; next: {listed(nexts)}" if rest else text


def grouped(what: What, scan: Scan, facts: Facts, *, most: int | None = None) -> tuple[list[PartyShare], Tally]:
    """Return each thing of a sort with its part of the tally that its page shows, and a tally of all their flows.

    With `most`, only the largest are looked at.
    """
    if what is What.YEAR:
        return _years(scan, facts)
    kind, end = RANKED.get(what, RANKED[What.RECIPIENT])
    narrowed = None
    if scan.where:
        narrowed = list(fitting(scan, facts, side=ROLE_OF.get(what)).money)
    about = _one_thing(scan) if what in ROLE_OF else None
    if about is not None and about.kind is not EntityKind.ORGANISATION:
        side = Side.SOURCES if what is What.FUNDER else Side.DELIVERIES
        counted = facts.ledger.part(about, side, narrowed or ())
        return [s for s in shares(counted, what.value) if s.entity is not None], counted
    is_small = narrowed is not None and len({s.document for s in narrowed}) <= 2
    if what in ROLE_OF and is_small:  # what one decision splits is ranked by that split
        counted = (given if what is What.FUNDER else received)(scan, facts)[0]
        return [s for s in shares(counted, what.value) if s.entity is not None], counted
    keys = _largest(facts.ledger.totals(kind, end, narrowed), most, scan, facts) if most else []
    keys = keys or list(facts.ledger.totals(kind, end, narrowed, with_joint=True))
    groups = []
    for key in keys:
        entity = facts.with_page.get(key)
        if entity is not None:
            part = facts.ledger.tally(entity, end) if narrowed is None else facts.ledger.part(entity, end, narrowed)
            groups.append(PartyShare(entity, entity.name, list(part.flows), list(part.joint)))
    return groups, Tally(tuple(dict.fromkeys(s for g in groups for s in g.flows)))


def _largest(totals: Mapping[str, Decimal], most: int, scan: Scan, facts: Facts) -> list[str]:
    """The keys of the largest things of the kind that is asked for, with those level with the last; none if too few.

    Only these are looked at one by one: a build may hold many thousands.
    """
    found: list[str] = []
    for key in sorted(totals, key=lambda key: -totals[key]):
        if len(found) >= most and totals[key] < totals[found[most - 1]]:
            return found
        entity = facts.with_page.get(key)
        if entity is not None and is_wanted(PartyShare(entity, entity.name), scan, facts):
            found.append(key)
    return found if len(found) >= most else []


def _one_thing(scan: Scan) -> Entity | None:
    for role in (Role.PROGRAMME, Role.FUND, Role.PLACE, Role.RECIPIENT, Role.FUNDER):
        choices = choices_of(scan, role)
        if len(choices) == 1 and len(choices[0].entities) == 1:
            return choices[0].entities[0]
    return None


def _years(scan: Scan, facts: Facts) -> tuple[list[PartyShare], Tally]:
    found = measure(scan, facts)
    groups: dict[str, PartyShare] = {}
    for stated in found.counted.flows if found else ():
        if len(stated.flow.years) == 1:
            groups.setdefault(stated.flow.years[0], PartyShare(None, stated.flow.years[0])).flows.append(stated)
    return list(groups.values()), found.counted if found else Tally(())


def single_awards_of(scan: Scan, facts: Facts) -> tuple[list[PartyShare], Tally]:
    """Return each award in a set by itself, and the tally that they come from."""
    counted = received(scan, facts)[0]
    return single_awards(counted), counted


def single_awards(counted: Tally) -> list[PartyShare]:
    """Return each award of a tally by itself: one row of a decision, with all its years."""
    found: dict[tuple[str, str, str], PartyShare] = {}
    for stated in counted.flows:
        flow = stated.flow
        label = flow.recipient.name if flow.recipient is not None else flow.recipient_words or flow.purpose
        if not label:
            continue
        place = flow.evidence[0].locator if flow.evidence else ""
        key = (stated.document, label, place if flow.years else stated.iri)
        share = found.get(key)
        if share is not None and set(flow.years) & set(years_of(share.flows)):
            share, key = None, (stated.document, label, stated.iri)
        if share is None:
            share = found[key] = PartyShare(flow.recipient, label)
        share.flows.append(stated)
    return list(found.values())


def _decisions(scan: Scan, facts: Facts) -> tuple[list[PartyShare], Tally]:
    """Each decision with what of a set it moves."""
    here: dict[str, list[StatedFlow]] = {}
    for stated in fitting(scan, facts).everything:
        here.setdefault(stated.document, []).append(stated)
    heads = [(facts.heads[document], flows) for document, flows in here.items() if document in facts.heads]
    moved = [(head, part_of(facts.ledger.tally_of_decision(head.iri), flows)) for head, flows in heads]
    groups = [PartyShare(None, head.caption, list(part.flows)) for head, part in moved if part.flows]
    return groups, Tally(tuple(stated for group in groups for stated in group.flows))
