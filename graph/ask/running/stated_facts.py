"""Executes forms over relations: who delivers, leads, works with; where; which programmes, funds and purposes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.ask.known.facts import Facts
from graph.ask.known.text import Term
from graph.ask.known.words import stems_of
from graph.ask.language.english import RELATED, subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import listed
from graph.ask.language.terms import Choice, Condition, List, Named, Referred, Role, Rows, Scan, States, What
from graph.ask.reading.terms import terms_said
from graph.ask.result import Item, Status, Value
from graph.ask.running.citing import cite_flows, cite_relations, unique
from graph.ask.running.draft import Draft, drafted, entity_item, opened
from graph.ask.running.matching import Known, choices_of, fitting
from graph.ask.running.shares import Share, ceiling_of, figure
from graph.ask.running.sums import delivered, measure
from graph.ask.running.whom import ids, party_ids, places_within
from graph.counting.tally import Tally, tally
from graph.model import Entity, EntityKind, RelationKind
from graph.stated.flows import StatedFlow
from graph.stated.partners import TOGETHER, Partner, partners_of
from graph.stated.relations import StatedRelation

_SAID = 8  #: programmes of a list that are said in a sentence
_PLACED = (RelationKind.DELIVERED_IN, RelationKind.PILOTED_IN)


def subjects(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer to who does what a set's facts state; if no document says who delivers, who is paid for it."""
    del form
    kinds = _kinds(scan)
    found = relations_in(scan, facts, kinds)
    if RelationKind.PARTNER_IN in kinds:
        return _partners(scan, facts)
    if found:
        return _people(found, scan, facts)
    if RelationKind.DELIVERS in kinds:
        return _paid_for(scan, facts)
    return None


def _kinds(scan: Scan) -> tuple[RelationKind, ...]:
    return tuple(kind for c in scan.where if isinstance(c, States) for kind in c.kinds)


def relations_in(scan: Scan, facts: Facts, kinds: Sequence[RelationKind]) -> list[StatedRelation]:
    """Return the relations of some kinds that meet the conditions of a set, each once."""
    wanted = _subjects_of(scan, facts)
    parties = party_ids(choices_of(scan, Role.PARTY, Role.FUNDER, Role.RECIPIENT), facts)
    documents = _documents_of(scan, facts)
    words = terms_said(scan.where, facts)
    found = []
    for relation in facts.relations_where(kinds, documents=documents, ids=parties or wanted or None):
        ends = {e.id for e in (relation.subject, relation.object) if isinstance(e, Entity)}
        if (wanted and not ends & wanted) or (parties and not ends & parties):
            continue
        if words and not _says(relation, words, facts):
            continue
        if wanted or parties or words or documents is not None:
            found.append(relation)
    return _each_once(found)


def _says(relation: StatedRelation, terms: Sequence[Term], facts: Facts) -> bool:
    """Whether a fact's own words, or the title of its decision, hold most of what is said."""
    names = [e.name for e in (relation.subject, relation.object) if isinstance(e, Entity)]
    words = stems_of(" ".join([*names, *(e.quote for e in relation.evidence)]))
    words |= facts.title_stems.get(relation.document, frozenset())
    every = sum(t.weight for t in terms)
    held = sum(t.weight for t in terms if t.holds(words))
    return bool(every) and held / every >= 0.75


def _subjects_of(scan: Scan, facts: Facts) -> frozenset[str]:
    """Ids of what the facts are about: programmes, and partnerships that bear their name."""
    choices = choices_of(scan, Role.PROGRAMME, Role.FUND)
    names = [name.lower() for c in choices for name in (c.words, c.label)]
    same = {
        e.id
        for e in facts.entities_called("partnership")
        if any(e.name.lower().startswith(f"{name} ") for name in names)
    }
    return ids(choices) | same


def _documents_of(scan: Scan, facts: Facts) -> frozenset[str] | None:
    """Where the facts must stand: in the decisions named, in those of a body, or on a place; None for anywhere."""
    found: list[frozenset[str]] = []
    for c in scan.where:
        if isinstance(c, Referred) and c.role is Role.DECISION:
            found.append(facts.documents_of_keys(c.names))
        elif isinstance(c, Named) and c.role is Role.PLACE and not c.without:
            within = places_within(c.choices, facts)
            found.append(facts.documents_of_money("place", within) | facts.documents_of_areas(within))
        elif isinstance(c, Named) and c.role is Role.BODY and not c.without:
            found.append(facts.documents_of_bodies(party_ids(c.choices, facts)))
    return found[0].intersection(*found[1:]) if found else None


def _each_once(relations: Iterable[StatedRelation]) -> list[StatedRelation]:
    seen: dict[tuple[str, str, str, str], StatedRelation] = {}
    for r in relations:
        seen.setdefault(_key(r), r)
    return list(seen.values())


def _key(relation: StatedRelation) -> tuple[str, str, str, str]:
    return str(relation.subject), relation.kind, str(relation.object or relation.object_words), relation.document


def _people(found: Sequence[StatedRelation], scan: Scan, facts: Facts) -> Draft | None:
    people = list(dict.fromkeys(r.subject for r in found if isinstance(r.subject, Entity)))
    if not people:
        return None
    documents = listed(dict.fromkeys(facts.caption_of(r.document) for r in found), most=4)
    verb = RELATED.get(found[0].kind, "takes part in")
    verb = verb if len(people) == 1 else {"is a partner in": "are partners in", "delivers": "deliver", "leads": "lead",
                                          "evaluates": "evaluate"}.get(verb, verb)  # fmt: skip
    text = f"{listed(p.name for p in people)} {verb} {_about(scan)} (from {documents})."
    items = tuple(entity_item(p) for p in people)
    return Draft(Status.ANSWERED, text, items, Value(count=len(people)), cite_relations(found, facts))


def _paid_for(scan: Scan, facts: Facts) -> Draft | None:
    """Who is paid, where no document says in words who delivers."""
    fit = fitting(Scan(scan.rows, _of_money(scan)), facts)
    flows = delivered(fit.money, fit.everything, facts)
    entities = list(dict.fromkeys(s.flow.recipient for s in flows if s.flow.recipient is not None))
    if not entities:
        return None
    verb = "is" if len(entities) == 1 else "are"
    names = listed(e.name for e in entities)
    text = (
        f"Going by the money, {names} {verb} paid for {_about(scan)}; no document read says in words who delivers it."
    )
    draft = drafted(text, [], Tally(tuple(flows)), facts, level=fit.fit)
    return draft.but(items=tuple(entity_item(e) for e in entities), counted=None, caveats=())


def _about(scan: Scan) -> str:
    """What facts are about, in words."""
    return subject(Scan(Rows.AWARDS, _of_money(scan))).removeprefix("money for ")


def _of_money(scan: Scan) -> tuple[Condition, ...]:
    return tuple(c for c in scan.where if not isinstance(c, States))


def _partners(scan: Scan, facts: Facts) -> Draft | None:
    """Who works with whom: with an organisation, its partners."""
    parties = party_ids(choices_of(scan, Role.PARTY, Role.FUNDER, Role.RECIPIENT), facts)
    if not parties:
        others = relations_in(scan, facts, (RelationKind.PARTNER_IN,))
        others = others or relations_in(scan, facts, (RelationKind.DELIVERS, RelationKind.LEADS))
        return _people(others, scan, facts)
    asked = {_key(relation) for relation in relations_in(scan, facts, TOGETHER)}
    found = [r for r in facts.relations_where(TOGETHER, ids=parties) if _key(r) in asked]
    known = [entity for id in sorted(parties) if (entity := facts.entity_of(id)) is not None]
    partners = partners_by(known, found, facts)
    if not partners:
        return None
    who = listed(c.label for c in choices_of(scan, Role.PARTY, Role.FUNDER, Role.RECIPIENT))
    verb = "works" if len(partners) == 1 else "work"
    text = f"{listed(partner.organisation.name for partner in partners)} {verb} with {who}."
    inferred = [partner.organisation.name for partner in partners if partner.inferred]
    if inferred:
        text += f" No one sentence says so of {listed(inferred)}: it is inferred from two, on partners in one thing."
    items = tuple(entity_item(partner.organisation, note=partner.inferred) for partner in partners)
    grounds = [relation for partner in partners for relation in (partner.relation, partner.other) if relation]
    return Draft(Status.ANSWERED, text, items, Value(count=len(items)), cite_relations(grounds, facts))


def partners_by(parties: Sequence[Entity], found: Sequence[StatedRelation], facts: Facts) -> list[Partner]:
    """Return the organisations that work with one by some of its relations, and by those of the things in them.

    Args:
        parties: The organisation, as each of its records names it.
        found: Its relations, of the kinds by which organisations work together.
        facts: The graph.
    """
    ids_of = {party.id for party in parties}
    things = [
        r.object.id
        for r in found
        if isinstance(r.object, Entity) and isinstance(r.subject, Entity) and r.subject.id in ids_of
    ]
    beside = facts.relations_where(TOGETHER, ids=things) if things else []
    return partners_of(parties, found, beside, facts.names_of)


def places(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the places where something is delivered or was piloted, else the places of its money."""
    if form.order is not None:
        return None
    kinds = _kinds(scan) or _PLACED
    asked = tuple(c for c in scan.where if not (isinstance(c, Named) and c.role is Role.PLACE))
    found = relations_in(Scan(scan.rows, asked), facts, kinds) or relations_in(Scan(scan.rows, asked), facts, _PLACED)
    within = places_within(choices_of(scan, Role.PLACE), facts)
    found = [r for r in found if isinstance(r.object, Entity) and (not within or r.object.id in within)]
    named = ids(choices_of(scan, Role.PLACE))
    found = [r for r in found if isinstance(r.object, Entity) and r.object.id not in named] or found
    things = list(dict.fromkeys(r.object for r in found if isinstance(r.object, Entity)))
    if things:
        text = f"{opened(_about(Scan(scan.rows, asked)))} {RELATED[found[0].kind]} {listed(t.name for t in things)}."
        return Draft(
            Status.ANSWERED,
            text,
            tuple(entity_item(t) for t in things),
            Value(count=len(things)),
            cite_relations(found, facts),
        )
    fit = fitting(Scan(scan.rows, _of_money(scan)), facts)
    flows = [s for s in fit.money if s.flow.place is not None]
    areas = list(dict.fromkeys(s.flow.place for s in flows if s.flow.place is not None))
    if not areas:
        return None
    text = f"{opened(subject(scan))} is funded in {listed(t.name for t in areas)}."
    draft = drafted(text, [], Tally(tuple(flows)), facts, level=fit.fit)
    items = tuple(entity_item(t) for t in areas)
    return draft.but(items=items, value=Value(count=len(areas)), counted=None, caveats=())


def programmes(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists the funded programmes, each with the figure that a question about it would give."""
    del form
    known = Known(scan.where, facts)
    fit = fitting(scan, facts, known=known)
    flows = fit.money
    named = list(dict.fromkeys(p for stated in flows for p in stated.flow.programmes))
    if not named:
        return _purposes(scan, facts, flows)
    groups = []
    for programme in named:
        one = Named(Role.PROGRAMME, (Choice(programme.name, (programme,)),))
        found = measure(Scan(scan.rows, (*scan.where, one)), facts, known=known)
        if found is not None:
            groups.append(Share(programme, programme.name, list(found.counted.flows), list(found.counted.joint)))
    groups = [g for g in groups if g.flows or g.joint]
    groups.sort(key=lambda g: (-(g.amount or 0), g.label))
    if not groups:
        return None
    own = dict.fromkeys(s for g in groups for s in g.flows)
    joint = dict.fromkeys(s for g in groups for s in g.joint if s not in own)
    are_told_apart = len({group.label for group in groups}) == len(groups)
    told = groups[:_SAID] if are_told_apart else groups  # two that say the same are said once
    sums = (f"{g.label} ({figure(g.flows) if g.flows else 'only together with others'})" for g in told)
    said = listed(sums, most=_SAID, untold=len(groups) - len(told))
    text = f"{opened(subject(scan))}: {number_of(len(groups), 'programme')}: {said}."
    counted = Tally(tuple(own), tuple(joint))
    return drafted(text, groups, counted, facts, level=fit.fit).but(value=Value(count=len(groups)))


def purposes(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the purposes of money, in the decisions' words."""
    del form
    return _purposes(scan, facts, fitting(scan, facts).money)


def _purposes(scan: Scan, facts: Facts, flows: Sequence[StatedFlow]) -> Draft | None:
    counted = tally(list(flows), facts.grounds)
    chosen = (*counted.flows, *counted.joint)
    if not chosen:
        return None
    items = [
        Item(_purpose(s, facts), s.iri, "purpose", s.flow.amount, s.flow.years, ceiling=ceiling_of([s]))
        for s in chosen
        if s.document in facts.heads
    ]
    told = listed((f"{_purpose(s, facts)} ({figure([s])})" for s in chosen if s.document in facts.heads), most=6)
    draft = drafted(f"{opened(subject(scan))}: {told}.", [], counted, facts)
    return draft.but(items=tuple(items), counted=None)


def _purpose(stated: StatedFlow, facts: Facts) -> str:
    flow = stated.flow
    return flow.purpose or listed(p.name for p in flow.programmes) or facts.heads[stated.document].title


def funds(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists the funds that money comes from."""
    del form
    fit = fitting(scan, facts)
    counted = tally(fit.money, facts.grounds, programmes=ids(choices_of(scan, Role.PROGRAMME)))
    found: dict[str, Share] = {}
    for stated, joint in [(s, False) for s in counted.flows] + [(s, True) for s in counted.joint]:
        fund = stated.flow.fund
        if fund is not None:
            group = found.setdefault(fund.id, Share(fund, fund.name))
            (group.joint if joint else group.flows).append(stated)
    stated_from = relations_in(scan, facts, (RelationKind.FUNDED_FROM,))
    for relation in stated_from:
        if isinstance(relation.object, Entity) and relation.object.kind is EntityKind.FUND:
            found.setdefault(relation.object.id, Share(relation.object, relation.object.name))
    if not found:
        return None
    groups = sorted(found.values(), key=lambda g: (-(g.amount or 0), g.label))
    text = f"{opened(subject(scan))} is paid from {listed(g.label for g in groups)}."
    used = Tally(tuple(s for g in groups for s in g.flows), tuple(s for g in groups for s in g.joint))
    draft = drafted(text, groups, used, facts, level=fit.fit)
    citations = unique([*cite_flows([*used.flows, *used.joint], facts), *cite_relations(stated_from, facts)])
    return draft.but(value=Value(count=len(groups)), citations=citations)


LISTED = {
    What.PLACE: places,
    What.PROGRAMME: programmes,
    What.PURPOSE: purposes,
    What.FUND: funds,
    What.SUBJECT: subjects,
}
