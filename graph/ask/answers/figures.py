"""Answers that set figures beside each other: ranking, comparison, share, count, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.ask.answers.decisions import decisions_found
from graph.ask.answers.money import share_item
from graph.ask.caveats import JOINT, across_caveats, caveats_of, undated_caveats
from graph.ask.citing import checks_on, cite_flows, cite_heads
from graph.ask.draft import Draft, decision_item
from graph.ask.facts import Facts
from graph.ask.measure import Measure, delivered, measure
from graph.ask.question import Asks, Focus, Period, Question
from graph.ask.result import Item, Status, Value
from graph.ask.scope import ROLES, find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import listed, pounds, subject
from graph.ask.shares import Share, shares, spread, years_of
from graph.ask.whom import ids, is_of_focus
from graph.counting.ledger import part_of
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import Side, sources
from graph.counting.tally import Tally, tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

#: what a ranking is over -> its kind of thing, and the end of the money that it is ranked by, as on its page
RANKED = {
    "programme": (EntityKind.PROGRAMME, Side.SOURCES),
    "fund": (EntityKind.FUND, Side.SOURCES),
    "place": (EntityKind.PLACE, Side.SOURCES),
    "recipient": (EntityKind.ORGANISATION, Side.SOURCES),
    "funder": (EntityKind.ORGANISATION, Side.DELIVERIES),
}
PARTY = {"recipient", "funder"}


def ranking(question: Question, facts: Facts) -> Draft | None:
    """The most first (or the least); those that have as much as the last of a list are in it too."""
    if question.by == "decision":
        return _decisions_by_amount(question, facts)
    groups, counted, sparql = _groups(question, facts)
    if question.focus is Focus.AWARD:
        groups = awards(counted)
    groups = [g for g in groups if g.amount is not None]
    if not groups:
        return None
    groups.sort(key=lambda g: (_rank(g.amount, question), g.label))
    limit = question.limit or (10 if question.focus in {Focus.AWARD, Focus.ANY} else len(groups))
    top = _with_ties(groups, limit)
    used = list(dict.fromkeys(s for g in top for s in g.flows))
    # what is said of a figure is said of the first: sums of several things may be the same money
    shown = Tally(tuple(top[0].flows), tuple(top[0].joint), part_of(counted, top[0].flows).left_out)
    text = _ranked_text(top, question)
    draft = drafted(f"{text}.", [share_item(g) for g in top], used, facts, sparql, counted=shown)
    return draft.but(value=Value(amount=top[0].amount))


def _rank(amount: Decimal | None, question: Question) -> Decimal:
    """A key that puts the most first, or the least."""
    return (amount or Decimal(0)) * (1 if question.ascending else -1)


def _with_ties(groups: list[Share], limit: int) -> list[Share]:
    """The first so many, and those that have as much as the last of them."""
    if not limit or limit >= len(groups):
        return groups
    return groups[:limit] + [g for g in groups[limit:] if g.amount == groups[limit - 1].amount]


def _ranked_text(top: Sequence[Share], question: Question) -> str:
    """ "Drive has the most: £1,200 in 2020/21; next: ...", all of those that have as much as the first named first."""
    first = [g for g in top if g.amount == top[0].amount]
    which = "least" if question.ascending else "most"
    about = subject(question)
    of = "" if about == "funding" else f" of {about}"
    names = listed((g.label for g in first), most=4)
    each = " each" if len(first) > 1 else ""
    said = spread(first[0].flows) if not each else pounds(first[0].amount or Decimal(0))
    text = f"{names} {'have' if each else 'has'} the {which}{of}: {said}{each}"
    if question.focus is Focus.AWARD:
        size = "smallest" if question.ascending else "largest"
        text = f"The {size} single award{of} is to {names}: {said}{each}"
    rest = top[len(first) :]
    if rest:
        text += f"; next: {listed(f'{g.label} ({pounds(g.amount or Decimal(0))})' for g in rest[:3])}"
    return text


def _groups(question: Question, facts: Facts) -> tuple[list[Share], Tally, str]:
    """What a ranking or a count is over, each with its part of the tally that its page shows."""
    side = question.by or "recipient"
    if side not in RANKED or question.focus is Focus.AWARD:
        return _groups_of_scope(question, facts)
    everything = question.is_bare
    scope = find_flows(question, facts, without=() if side in PARTY else {"focus"})
    narrowed = None if everything else [s for s in scope.everything if is_money(s)]
    sparql = scope.plan.sparql if scope.plan else ""
    about = _one_thing(question) if side in PARTY else None
    if about is not None:
        counted = part_of(facts.ledger.tally(about, _end_of(about, side)), narrowed or ())
        found = shares(counted, side)
    else:
        kind, end = RANKED[side]
        keys = facts.ledger.totals(kind, end, narrowed, with_joint=True)
        found = [share for key in keys if (share := _share(key, end, narrowed, facts)) is not None]
        counted = Tally(tuple(dict.fromkeys(s for share in found for s in share.flows)))
    found = [share for share in found if share.entity is not None]
    return [share for share in found if _has_focus(share.entity, question, facts)], counted, sparql


def _one_thing(question: Question) -> Entity | None:
    """The thing whose givers or takers are ranked: the programme, fund, place or organisation that is asked about."""
    for choices in (question.programmes, question.funds, question.places, question.recipients, question.funders):
        if len(choices) == 1 and len(choices[0].entities) == 1:
            return choices[0].entities[0]
    return None


def _end_of(about: Entity, side: str) -> Side:
    """The end of a thing's money where its funders or its recipients stand."""
    return Side.SOURCES if side == "funder" else Side.DELIVERIES


def _share(key: str, end: Side, narrowed: Sequence[StatedFlow] | None, facts: Facts) -> Share | None:
    entity = facts.with_page.get(key)
    if entity is None:
        return None
    tally = facts.ledger.tally(entity, end)
    part = tally if narrowed is None else part_of(tally, narrowed)
    return Share(entity, entity.name, list(part.flows), list(part.joint))


def _groups_of_scope(question: Question, facts: Facts) -> tuple[list[Share], Tally, str]:
    """The flows of a ranking by year, or of single awards: these where money ends, not at each step on the way."""
    scope = find_flows(question, facts, without=() if question.focus is Focus.AWARD else {"focus"})
    flows = [s for s in scope.everything if is_money(s)]
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    if question.focus is Focus.AWARD and not question.recipients:
        flows = [s for s in delivered(tuple(flows), context, facts) if s.flow.recipient is not None]
    elif question.asks is not Asks.COUNT and not (question.funders or question.parties or question.recipients):
        flows = sources(flows, context, facts.grounds) or flows
    counted = tally(flows, facts.grounds, programmes=ids(question.programmes))
    found: dict[str, Share] = {}
    for stated in counted.flows:
        if len(stated.flow.years) == 1:
            year = stated.flow.years[0]
            found.setdefault(year, Share(None, year)).flows.append(stated)
    return list(found.values()), counted, scope.plan.sparql if scope.plan else ""


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


def _decisions_by_amount(question: Question, facts: Facts) -> Draft | None:
    scope = find_flows(question, facts, without={"focus"})
    heads = {head.iri: document for document, head in facts.heads.items()}
    here: dict[str, list[StatedFlow]] = {}
    for stated in scope.everything:
        here.setdefault(facts.grounds.decision_of(stated), []).append(stated)
    sums: dict[str, tuple[StatedFlow, ...]] = {}
    for iri, flows in here.items():
        moved = part_of(facts.ledger.tally_of_decision(iri), flows).flows
        if moved and iri in heads:
            sums[heads[iri]] = moved
    if not sums:
        return None
    totals = {d: total(flows) for d, flows in sums.items()}
    ordered = sorted(totals, key=lambda d: (_rank(totals[d], question), d))[: question.limit or 10]
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
