"""The page of a programme, organisation, place or fund: what it is, its money, its decisions, its partners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.links import decision_link, thing_link
from app.viewmodels import words
from app.viewmodels.money import Bands, Bars, bands, bars, by_funder, by_recipient
from graph.model import Entity, EntityKind, FlowStatus, RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.subject_totals import Tally, plain_tally
from graph.stated.totals import Side, counted, is_money, total

Counting = Callable[[Entity, Sequence[StatedFlow], Side], Tally]

LINEAGE = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES)


@dataclass(frozen=True, slots=True)
class Headline:
    """A large figure and what it is."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class MoneyView:
    """One direction of money: a heading, a chart by year."""

    heading: str
    total: str
    bars: Bars | None


@dataclass(frozen=True, slots=True)
class Event:
    """One decision on the time line."""

    when: str  #: "6 July 2023"; "Date not stated"
    caption: str
    title: str
    href: str
    body: str
    money: str  #: what it moves for this subject, "" where nothing
    changed: str  #: "changes PCD 1436", "" where nothing


@dataclass(frozen=True, slots=True)
class Tied:
    """Another thing and how it stands to this one."""

    name: str
    href: str
    how: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Everything on the page but the table of flows."""

    name: str
    kind: str  #: "Programme"
    headlines: tuple[Headline, ...]
    money: tuple[MoneyView, ...]
    bands: Bands | None
    events: tuple[Event, ...]
    tied: Mapping[str, tuple[Tied, ...]]  #: heading: things
    caveat: str  #: what is left out of the totals, in a sentence; "" where nothing


def subject_view(
    subject: Entity,
    flows: Sequence[StatedFlow],
    relations: Sequence[StatedRelation],
    heads: Mapping[str, DecisionHead],
    tally: Counting = plain_tally,
) -> SubjectView:
    """Return the page of a thing from the flows and relations that name it, its money counted by `tally`."""
    documents = {stated.document for stated in flows} | {
        relation.document for relation in relations if relation.kind is not RelationKind.MENTIONS
    }
    return SubjectView(
        name=subject.name,
        kind=words.THING[subject.kind],
        headlines=_headlines(subject, flows, documents, tally),
        money=_money(subject, flows, tally),
        bands=bands([stated for stated in flows if is_money(stated)]),
        events=_events(documents, flows, relations, heads),
        tied=_tied(subject, flows, relations),
        caveat=_caveat(flows, tally(subject, flows, Side.SOURCES)),
    )


def _directions(subject: Entity, flows: Sequence[StatedFlow]) -> list[tuple[str, list[StatedFlow], Side]]:
    if subject.kind is EntityKind.ORGANISATION:
        paid_in = [stated for stated in flows if stated.flow.recipient == subject and stated.flow.funder != subject]
        paid_out = [stated for stated in flows if stated.flow.funder == subject]
        return [("Money received", paid_in, Side.SOURCES), ("Money given or spent", paid_out, Side.DELIVERIES)]
    return [("Where the money comes from", list(flows), Side.SOURCES), ("Who it goes to", list(flows), Side.DELIVERIES)]


def _money(subject: Entity, flows: Sequence[StatedFlow], tally: Counting) -> tuple[MoneyView, ...]:
    views = []
    for heading, known, side in _directions(subject, flows):
        found = tally(subject, known, side)
        chart = bars(known, found, by_funder if side is Side.SOURCES else by_recipient)
        if chart:
            views.append(MoneyView(heading, words.pounds(found.amount), chart))
    return tuple(views)


def _headlines(
    subject: Entity, flows: Sequence[StatedFlow], documents: set[str], tally: Counting
) -> tuple[Headline, ...]:
    named = ("received", "given or spent") if subject.kind is EntityKind.ORGANISATION else ("committed", "")
    headlines = []
    for (_, known, side), name in zip(_directions(subject, flows), named, strict=True):
        amount = tally(subject, known, side).amount
        if amount and name:
            headlines.append(Headline(words.pounds(amount), name))
    years = sorted({year for stated in flows if is_money(stated) for year in stated.flow.years})
    if years:
        headlines.append(Headline(words.years((years[0], years[-1]) if len(years) > 1 else years), "financial years"))
    headlines.append(Headline(f"{len(documents):,}", "decision" if len(documents) == 1 else "decisions"))
    return tuple(headlines)


def _caveat(flows: Sequence[StatedFlow], tally: Tally) -> str:
    sums: dict[str, list[Decimal]] = defaultdict(list)
    if tally.joint:
        sums["sums for several programmes together, which no document splits"] = [
            stated.flow.amount for stated in tally.joint
        ]
    for stated in flows:
        if stated.flow.status in (FlowStatus.SUPERSEDED, FlowStatus.PROPOSED, FlowStatus.UNSUCCESSFUL):
            sums[words.STATUS[stated.flow.status].lower()].append(stated.flow.amount)
        elif not is_money(stated):
            sums["ceilings, bids and background figures"].append(stated.flow.amount)
    if not sums:
        return ""
    parts = [f"{words.count(len(amounts), 'figure')} ({name})" for name, amounts in sums.items()]
    return f"Left out of the totals: {words.listed(parts, limit=9)}. All are in the table below."


def _events(
    documents: Iterable[str],
    flows: Sequence[StatedFlow],
    relations: Sequence[StatedRelation],
    heads: Mapping[str, DecisionHead],
) -> tuple[Event, ...]:
    money: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        money[stated.document].append(stated)
    changed: dict[str, list[str]] = defaultdict(list)
    for relation in relations:
        if relation.kind in LINEAGE and relation.object_words:
            changed[relation.document].append(f"{words.RELATION[relation.kind][0]} {relation.object_words}")
    known = [heads[name] for name in documents if name in heads]
    return tuple(
        Event(
            when=words.date(head.signed) if head.signed else "Date not stated",
            caption=head.caption,
            title=head.title if head.reference else "",
            href=decision_link(head.document),
            body=head.body.name if head.body else "",
            money=_moved(money[head.document]),
            changed=words.listed(list(dict.fromkeys(changed[head.document])), limit=4),
        )
        for head in sorted(known, key=lambda head: (head.signed or "9", head.caption))
    )


def _moved(flows: Sequence[StatedFlow]) -> str:
    amount = total(counted(flows, Side.SOURCES))
    return words.pounds(amount) if amount else ""


def _tied(
    subject: Entity, flows: Sequence[StatedFlow], relations: Sequence[StatedRelation]
) -> dict[str, tuple[Tied, ...]]:
    hows: dict[Entity, dict[str, None]] = defaultdict(dict)
    for relation in relations:
        if isinstance(relation.subject, Entity) and isinstance(relation.object, Entity):
            forward = relation.subject == subject
            other = relation.object if forward else relation.subject
            hows[other][words.RELATION[relation.kind][0]] = None
    for stated in flows:
        flow = stated.flow
        parties = ((flow.funder, "funder"), (flow.recipient, "paid"), (flow.fund, "fund"), (flow.place, "place"))
        for party, how in parties:
            if party:
                hows[party][how] = None
        for programme in flow.programmes:
            hows[programme]["programme"] = None
    hows.pop(subject, None)
    return {
        words.THINGS[kind]: tuple(
            Tied(other.name, thing_link(other), words.listed(list(how), limit=5))
            for other, how in sorted(hows.items(), key=lambda pair: pair[0].name.casefold())
            if other.kind is kind
        )
        for kind in (EntityKind.ORGANISATION, EntityKind.PROGRAMME, EntityKind.PLACE, EntityKind.FUND)
        if any(other.kind is kind for other in hows)
    }
