"""The amount of a set of sums, read from the ledger: the same figure that pages, rankings and exports show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec import structs

from graph.arrow import among
from graph.ask.known.facts import Facts
from graph.ask.language.terms import Condition, During, Named, OfKind, Referred, Role, Says, Scan, Sized, Standing
from graph.ask.running.matching import Fitting, Known, choices_of, fitting
from graph.ask.running.whom import ids, party_ids
from graph.counting.judgement import judged_alone
from graph.counting.left_out import LeftOut, Reason, is_money
from graph.counting.likeness import total
from graph.counting.sides import Side, deliveries, is_own, sources, spent
from graph.counting.tally import Tally, tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

#: what is not looked at when it is asked where money comes from and where it goes
ROLES = frozenset({Role.FUNDER, Role.RECIPIENT, Role.PARTY, OfKind, Sized, Standing, During})
_OF_KIND = {Role.PROGRAMME: EntityKind.PROGRAMME, Role.FUND: EntityKind.FUND, Role.PLACE: EntityKind.PLACE,
            Role.FUNDER: EntityKind.ORGANISATION, Role.RECIPIENT: EntityKind.ORGANISATION}  # fmt: skip
_SIDE = {Role.FUNDER: Side.DELIVERIES, Role.RECIPIENT: Side.SOURCES}


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount with the flows that it is made of."""

    counted: Tally
    found: Fitting
    spans: bool = False  #: the flows cover more years than were asked, and nothing narrower is known
    joint_only: bool = False  #: only sums for several programmes together are known
    passed_on: Decimal = Decimal(0)  #: what the funder had been given for it and passes on, counted at its source

    @property
    def flows(self) -> tuple[StatedFlow, ...]:
        """The flows whose amounts are added."""
        return self.counted.flows or self.counted.joint

    @property
    def amount(self) -> Decimal:
        """The sum of the flows."""
        return total(self.flows)

    @property
    def own(self) -> Decimal | None:
        """The sum that belongs only to the thing asked about; None where only joint sums are known."""
        return None if self.joint_only else self.amount


def only_thing(scan: Scan) -> tuple[Entity, Role] | None:
    """Return the thing, with its role, if the set names exactly one and has no further condition; else None."""
    if len(scan.where) != 1 or not isinstance(scan.where[0], Named) or scan.where[0].without:
        return None
    named = scan.where[0]
    kind = _OF_KIND.get(named.role)
    things = {entity for choice in named.choices for entity in choice.entities if entity.kind is kind}
    return (things.pop(), named.role) if len(named.choices) == 1 and len(things) == 1 else None


def plain_tally(scan: Scan, side: Side, facts: Facts) -> Tally | None:
    """Return the tally of the one thing that a set is about, as on its page; None for another set, or without money."""
    only = only_thing(scan)
    if only is None:
        return None
    found = facts.ledger.tally(only[0], side_of(only[1], side))
    return found if found.flows or found.joint else None


def side_of(role: Role, side: Side) -> Side:
    """Return the side of the tally of the one thing that a set is about; `side` unless it pays or is paid."""
    return _SIDE.get(role, side)


def has_no_sum_of_its_own(scan: Scan, facts: Facts) -> bool:
    """Return True if a set is about one thing whose page has no money.

    A sum that merely names the thing is then not its own.
    """
    only = only_thing(scan)
    if only is None or thing_key(only[0]) not in facts.with_page:
        return False
    return plain_tally(scan, Side.SOURCES, facts) is None


def measure(scan: Scan, facts: Facts, *, own: bool = False, known: Known | None = None) -> Measure | None:
    """Return the amount of a set with its flows; None if no sum fits.

    Args:
        scan: The set.
        facts: The graph.
        own: Only what the funder itself puts in.
        known: Some of the conditions, if the rows that may meet them are known.
    """
    if has_no_sum_of_its_own(scan, facts):
        return None
    found = fitting(scan, facts, known=known)
    plain = plain_tally(scan, Side.SOURCES, facts)
    if plain is not None:
        return Measure(plain, found, joint_only=not plain.flows)
    wants_states = any(isinstance(c, Standing) and c.statuses for c in scan.where)
    chosen = [s for s in found.flows if is_money(s) or wants_states]
    spans = not chosen
    if spans:
        chosen = [s for s in found.across if is_money(s)]
    if not chosen:
        return None
    counted, passed_on = _counted(scan, chosen, facts, own=own)
    if wants_states:
        counted = Tally(tuple(chosen))
    more = () if spans else (LeftOut(s, Reason.MORE_YEARS) for s in found.across if is_money(s))
    counted = replace(counted, left_out=(*counted.left_out, *more))
    return Measure(counted, found, spans, not counted.flows and bool(counted.joint), passed_on)


def undated(scan: Scan, facts: Facts, side: Role | None = None) -> tuple[StatedFlow, ...]:
    """Return the sums that would count in a set, if its time were theirs: no year is stated for them, nor a date."""
    found = fitting(scan, facts, side=side)
    missing = {s.iri for s in found.undated if is_money(s)}
    if not missing:
        return ()
    if is_narrow(scan):
        chosen = [s for s in (*found.everything, *found.undated) if is_money(s)]
        counted, _ = _counted(scan, chosen, facts, own=False)
    else:
        counted = facts.ledger.part(None, Side.SOURCES, found.undated)
    return tuple(s for s in (*counted.flows, *counted.joint) if s.iri in missing)


def _counted(scan: Scan, chosen: Sequence[StatedFlow], facts: Facts, *, own: bool) -> tuple[Tally, Decimal]:
    """The judgement on some sums: their part of the tally of what they are about, or one among themselves."""
    kinds = [kind for c in scan.where if isinstance(c, Standing) for kind in c.kinds]
    programmes = ids(choices_of(scan, Role.PROGRAMME))
    parties = [len(choices_of(scan, role)) for role in (Role.FUNDER, Role.RECIPIENT)]
    judge = judged_alone if max(parties) > 1 else tally  # the one may pass on what the other gave or got
    if kinds:
        return tally(chosen, facts.grounds, programmes=programmes), Decimal(0)
    if choices_of(scan, Role.RECIPIENT):
        got = [s for s in chosen if not is_own(s)] or list(chosen)
        return judge(got, facts.grounds, programmes=programmes), Decimal(0)
    thing = _one_thing(scan)
    if thing is not None and not choices_of(scan, Role.PARTY):
        part = _part_of(thing, chosen, facts)
        if part is not None:
            if not choices_of(scan, Role.FUNDER):
                return part, Decimal(0)
            return part, facts.ledger.line(thing, Side.SOURCES, chosen).passed_on
    return judge(_side(scan, chosen, facts, own=own), facts.grounds, programmes=programmes), Decimal(0)


def _one_thing(scan: Scan) -> Entity | None:
    """The one programme that a set is about, else its one fund; None where it is about several or none."""
    for role in (Role.PROGRAMME, Role.FUND):
        choices = choices_of(scan, role)
        if choices:
            things = {e for c in choices for e in c.entities if e.kind is _OF_KIND[role]}
            return things.pop() if len(things) == 1 else None
    return None


def _part_of(thing: Entity, flows: Sequence[StatedFlow], facts: Facts) -> Tally | None:
    """The part that some sums have in the tally of where a thing's money comes in; None where they have none."""
    part = facts.ledger.part(thing, Side.SOURCES, flows)
    return part if part.flows or part.joint else None


def _side(scan: Scan, flows: Sequence[StatedFlow], facts: Facts, *, own: bool) -> list[StatedFlow]:
    """Those of the sums that lie on the side asked for."""
    parties = party_ids(choices_of(scan, Role.PARTY), facts)
    if parties:
        received = [s for s in flows if s.flow.recipient is not None and s.flow.recipient.id in parties]
        if received:
            return received
    brought = sources(list(flows), _given_to(flows, scan, facts), facts.grounds)
    if choices_of(scan, Role.FUNDER) or parties:
        if len(brought) == len(flows) or (own and brought):
            return brought
        return spent(list(flows), facts.grounds)
    return brought or list(flows)


def _given_to(funders: Sequence[StatedFlow], scan: Scan, facts: Facts) -> Sequence[StatedFlow]:
    """The sums on the subject of a set that the funders of some flows were given, whoever gives them and when."""
    parties = (stated.flow.funder for stated in funders)
    return _wider(scan, facts, "recipient", parties)


def _paid_by(recipients: Sequence[StatedFlow], scan: Scan, facts: Facts) -> Sequence[StatedFlow]:
    """The sums on the subject of a set that the recipients of some flows pay, whoever gets them and when."""
    return _wider(scan, facts, "funder", (stated.flow.recipient for stated in recipients))


def _wider(scan: Scan, facts: Facts, column: str, parties: Iterable[Entity | None]) -> Sequence[StatedFlow]:
    """The sums on the subject of a set, whoever gives or gets them, that have one of some parties in a column."""
    found = fitting(scan, facts, without=ROLES)
    numbers = facts.columns.numbers_of_ids({party.id for party in parties if party is not None}).tolist()
    rows = found.rows
    return found.funding.rows.at(rows[among(found.funding.numbers(column)[rows], numbers)])


def delivered(flows: Sequence[StatedFlow], context: Sequence[StatedFlow], facts: Facts) -> list[StatedFlow]:
    """Return the sums that reach those who do the work; if none does, the sums with a named recipient."""
    ends = deliveries(list(flows), context, facts.grounds)
    return ends or [s for s in flows if s.flow.recipient is not None]


def received(scan: Scan, facts: Facts) -> tuple[Tally, Fitting]:
    """Return the tally of those who get money of a set, and the sums found.

    A sum for no named payee is left out if it may contain the sums of named ones.
    """
    found = fitting(scan, facts, side=Role.RECIPIENT)
    plain = plain_tally(scan, Side.DELIVERIES, facts)
    if plain is not None:
        return plain, found
    flows = [s for s in found.everything if is_money(s) or _is_asked(s, scan)]
    given = party_ids(choices_of(scan, Role.FUNDER, Role.PARTY), facts)
    if given:
        chosen = [s for s in flows if s.flow.recipient is None or s.flow.recipient.id not in given]
    else:
        chosen = delivered(flows, _paid_by(flows, scan, facts), facts)
    chosen = [s for s in chosen if s.flow.recipient is not None or s.flow.recipient_words] or chosen
    programmes = ids(choices_of(scan, Role.PROGRAMME))
    named = tally([s for s in chosen if s.flow.recipient is not None], facts.grounds, programmes=programmes)
    if all(s.flow.recipient is not None for s in chosen):
        return named, found
    every = tally(chosen, facts.grounds, programmes=programmes)
    held = {out.flow.document for out in every.left_out if out.flow in named.flows}
    opened = [s for s in every.flows if s.flow.recipient is None and s.document not in held]
    return replace(named, flows=(*named.flows, *opened)), found


def given(scan: Scan, facts: Facts) -> tuple[Tally, Fitting]:
    """Return the tally of those who fund a set, taken where the money first comes in, and the sums found."""
    asked = Scan(scan.rows, tuple(_as_party(c) for c in scan.where))
    found = fitting(asked, facts, side=Role.FUNDER)
    plain = plain_tally(scan, Side.SOURCES, facts)
    if plain is not None:
        return plain, found
    flows = [s for s in found.everything if is_money(s) or _is_asked(s, scan)]
    parties = party_ids(choices_of(asked, Role.PARTY), facts)
    ends = {e.id for s in flows for e in (s.flow.funder, s.flow.recipient) if e is not None}
    if parties & ends:
        chosen = [s for s in flows if s.flow.funder is None or s.flow.funder.id not in parties] or flows
    else:
        thing = _one_thing(scan)
        part = _part_of(thing, flows, facts) if thing is not None else None
        if part is not None:
            return part, found
        chosen = sources(flows, _given_to(flows, scan, facts), facts.grounds) or flows
    return tally(chosen, facts.grounds, programmes=ids(choices_of(scan, Role.PROGRAMME))), found


def _as_party(condition: Condition) -> Condition:
    """Who gets the money may pass it on: who funds it may stand beside."""
    if isinstance(condition, Named) and condition.role is Role.RECIPIENT and not condition.without:
        return structs.replace(condition, role=Role.PARTY)
    return condition


def _is_asked(stated: StatedFlow, scan: Scan) -> bool:
    return any(isinstance(c, Standing) and stated.flow.status in c.statuses for c in scan.where)


def is_narrow(scan: Scan) -> bool:
    """Return True if a set says what it is about, rather than only its sort or its time."""
    named = [c for c in scan.where if isinstance(c, Named) and not c.without]
    return bool(named) or any(isinstance(c, Referred | Says) for c in scan.where)
