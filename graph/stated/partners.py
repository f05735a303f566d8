"""Organisations that work together: partners in one thing, or those that a sentence says deliver it together.

Answers and networks both use this module, so that they agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from graph.model import Entity, EntityKind, RelationKind
from graph.stated.relations import StatedRelation

TOGETHER = (RelationKind.PARTNER_IN, RelationKind.DELIVERS)  #: statements by which organisations work together
NamesOf = Callable[[Entity], Iterable[str]]  #: a thing's name and its other names


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that works with another one, and the statement that says so."""

    organisation: Entity
    relation: StatedRelation  #: the statement that says so, the words that name both of them first
    other: StatedRelation | None = None  #: the statement on the other one, where no sentence names both

    @property
    def inferred(self) -> str:
        """What the two are partners by, where no sentence says that they work together; "" where one does."""
        thing = self.relation.object
        if self.other is None or not isinstance(thing, Entity):
            return ""
        return f"inferred: each is said to be a partner in {thing.name}, in different sentences"


def partners_of(
    parties: Sequence[Entity], own: Iterable[StatedRelation], beside: Iterable[StatedRelation], names_of: NamesOf
) -> list[Partner]:
    """Return the organisations that work with one, in the order of the statements.

    Two partners in a thing, or two that deliver it, work together if the evidence of one of them names the other.
    Partners also do if the evidence of both names the thing. So each of the two has the other as a partner.

    Args:
        parties: The organisation, as each of its records names it.
        own: The relations that name it.
        beside: All relations about the things that it is a partner in or delivers.
        names_of: Returns the names of a thing.
    """
    ids = {party.id for party in parties}
    found: list[Partner] = []
    takes_part: dict[tuple[RelationKind, str], list[StatedRelation]] = defaultdict(list)
    for relation in own:
        subject, thing = relation.subject, relation.object
        if not isinstance(subject, Entity) or not isinstance(thing, Entity):
            continue
        if subject.id in ids:
            takes_part[relation.kind, thing.id].append(relation)
        other = thing if subject.id in ids else subject
        if relation.kind is RelationKind.PARTNER_IN and {subject.kind, thing.kind} == {EntityKind.ORGANISATION}:
            found.append(Partner(other, relation))
    for relation in beside:
        subject, thing = relation.subject, relation.object
        if not isinstance(subject, Entity) or not isinstance(thing, Entity) or relation.kind not in TOGETHER:
            continue
        mine = takes_part.get((relation.kind, thing.id), [])
        partner = _together(relation, mine, parties, subject, names_of) if mine else None
        found += [] if partner is None else [partner]
    best: dict[str, Partner] = {}
    for partner in sorted(found, key=lambda partner: bool(partner.inferred)):  # what is said, before what is inferred
        best.setdefault(partner.organisation.id, partner)
    order = dict.fromkeys(partner.organisation.id for partner in found)
    return [best[id] for id in order if id not in ids]


def _together(
    relation: StatedRelation,
    mine: Sequence[StatedRelation],
    parties: Sequence[Entity],
    subject: Entity,
    names_of: NamesOf,
) -> Partner | None:
    """The partner that a statement tells of, by the sentence that names both; else inferred; None for neither."""
    thing = relation.object
    for said, named in ((relation, parties), *((each, [subject]) for each in mine)):
        if _says(said, named, names_of):
            naming = [each for each in said.evidence if _in(each.quote, named, names_of)]
            rest = [each for each in said.evidence if each not in naming]
            return Partner(subject, replace(said, evidence=(*naming, *rest)))
    if relation.kind is not RelationKind.PARTNER_IN or not isinstance(thing, Entity):
        return None
    of_one = next((each for each in mine if _says(each, [thing], names_of)), None)
    return Partner(subject, relation, of_one) if of_one is not None and _says(relation, [thing], names_of) else None


def _says(relation: StatedRelation, things: Collection[Entity], names_of: NamesOf) -> bool:
    return _in(" ".join(evidence.quote for evidence in relation.evidence), things, names_of)


def _in(quote: str, things: Collection[Entity], names_of: NamesOf) -> bool:
    words = quote.lower()
    return any(name.lower() in words for thing in things for name in names_of(thing))


def every_pair(
    relations: Iterable[StatedRelation],
    names_of: NamesOf,
    *,
    ones: Collection[str] | None = None,
    others: Collection[str] | None = None,
) -> list[tuple[Entity, Partner]]:
    """Return each pair of organisations that work together, once, with the relation that says so.

    Args:
        relations: The relations, in order; those of other kinds than TOGETHER are left aside.
        names_of: Returns the names of a thing.
        ones: Only pairs in which one has one of these ids; None for all.
        others: Only those in which the other then has one of these ids; None for all.
    """
    told = [each for each in relations if each.kind in TOGETHER]
    of_party: dict[Entity, list[StatedRelation]] = defaultdict(list)
    for relation in told:
        for end in (relation.subject, relation.object):
            if isinstance(end, Entity) and end.kind is EntityKind.ORGANISATION:
                of_party[end].append(relation)
    of_others, of_ones = (_by_thing(told, ids) for ids in (others, ones))
    pairs: dict[frozenset[str], tuple[Entity, Partner]] = {}
    for party, own in of_party.items():
        is_one, is_other = (ids is None or party.id in ids for ids in (ones, others))
        if not (is_one or is_other):
            continue
        ids, of_thing = (others, of_others) if is_one else (ones, of_ones)
        things = dict.fromkeys(
            relation.object.id for relation in own if relation.subject == party and isinstance(relation.object, Entity)
        )
        beside = [relation for thing in things for relation in of_thing.get(thing, ())]
        for partner in partners_of([party], own, beside, names_of):
            if ids is None or partner.organisation.id in ids:
                pairs.setdefault(frozenset((party.id, partner.organisation.id)), (party, partner))
    return list(pairs.values())


def _by_thing(relations: Iterable[StatedRelation], subjects: Collection[str] | None) -> dict[str, list[StatedRelation]]:
    """Return the relations of some subjects, given by id, by the id of their object; None for all subjects."""
    found: dict[str, list[StatedRelation]] = defaultdict(list)
    for relation in relations:
        subject, thing = relation.subject, relation.object
        is_wanted = subjects is None or (isinstance(subject, Entity) and subject.id in subjects)
        if isinstance(thing, Entity) and is_wanted:
            found[thing.id].append(relation)
    return found
