"""The scope of a document: its body, programmes, place, years and givers, for figures that do not state their own."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Decision, Entity, EntityKind
from graph.names.definitions import definitions
from graph.names.index import NameContext, NameIndex, NameMention, new_entity
from ingest.document import Block, Document
from ingest.extract.scope.named_things import named_fund
from ingest.extract.scope.new_mentions import with_unlisted
from ingest.extract.scope.programmes import programmes_of_decision
from ingest.extract.scope.years import years_of_decision
from ingest.extract.words.sections import Origin, origin_of
from ingest.extract.words.sentences import Sentence, sentences_of

_MET_FROM = re.compile(r"\b(?:funded|met|paid|financed|resourced)\s+(?:\w+ly\s+)?((?:from|out\s+of)\b)", re.I)
_TITLE_FUND = re.compile(r"\b((?:[A-Z][\w&’'-]{0,80}\s{1,9})(?:[\w&’'-]{1,80}\s{1,9}){0,4}?[Ff]und)\b")
_ITS_OWNER = re.compile(r"^(?:Police\s+(?:and|&)\s+)?(?:Crime\s+)?Commissioner(?:['’]s)?\s+(?:recovered\s+)?(?=\w+\s)")
_RECEIPT = re.compile(r"\b(accept\w*|receipt|receiv\w*|take up)\b", re.I)
_PAYMENT = re.compile(r"\b(award\w*|grant(?:s|ed)? (?:to|of)|pay|pass\w* on|fund(?:ing)? to|allocat\w*)\b", re.I)
_DEPARTMENT = re.compile(r"(?:Department|Ministry)\s+(?:of|for)\b")
_COMMISSIONER = re.compile(
    r"(?:Office of (?:the )?)?Police(?:,| and) (?:Fire and )?Crime Commissioner|OPF?CC[A-Z]?|PCVC"
)
_FORCE = re.compile(r"(?:the\s+)?(?:Police\s+)?(?:Force|Constabulary)", re.I)
_GIVING_TYPES = frozenset({"government-department", "nhs-body", "fund-administrator"})


@dataclass(frozen=True)
class Scope:
    """Facts about the whole document, used for figures whose own words do not state them."""

    document: Document
    decision: Decision
    names: NameIndex
    context: NameContext
    programmes: tuple[Entity, ...]  #: one: the document's programme; several: it is about all of them
    place: Entity | None
    fund: Entity | None
    years: tuple[str, ...]
    funds: tuple[Entity, ...]  #: every fund that the document names
    givers: tuple[Entity, ...]  #: organisations that give the body money, in order of mention
    owners: Mapping[str, Entity]  #: id of a fund -> whose it is in the document's words: "the Home Office's X Fund"
    receives_only: bool  #: the recommendations take money in and award none

    def mentions(self, text: str) -> list[NameMention]:
        """Return the names in a text, including organisations that the registry lacks."""
        found = with_unlisted(text, self.names.find(text, context=self.context))
        return [replace(one, entity=self.placed(one.entity)) for one in found]

    def placed(self, entity: Entity) -> Entity:
        """Return the local commissioner or force for a name without area, "the Commissioner".

        Other entities unchanged.
        """
        is_force = _FORCE.fullmatch(entity.name) is not None
        if entity.verified or not (is_force or _COMMISSIONER.fullmatch(entity.name)):
            return entity
        registry = self.names.registry
        area = registry.place_of_body(self.body.id) if self.body is not None else None
        if area is None:
            return entity
        id = registry.force_of(area) if is_force else registry.commissioner_of(area)
        return (self.names.registry.get_entity(id) if id is not None else None) or entity

    def is_own_area(self, place: Entity) -> bool:
        """Return True if a place is exactly the deciding body's area, so that its name stands for the body."""
        body, registry = self.body, self.names.registry
        area = registry.place_of_body(body.id) if body is not None else None
        if body is None or area is None or registry.commissioner_of(place.id) != body.id:
            return False
        return registry.place_contains(place.id, area) or place.name.split(" police")[0] in body.name

    @property
    def body(self) -> Entity | None:
        """The deciding body; it pays, unless the text says otherwise."""
        return self.decision.body

    def gives(self, organisation: Entity) -> bool:
        """Return True if an organisation is of a kind that gives money to commissioners, such as a department."""
        return organisation != self.body and _is_giver(self.names, organisation)

    def giver_of(self, fund: Entity) -> Entity | None:
        """Return the giver of a fund: its owner by the document, else its administrator by the registry.

        None if unknown.
        """
        if fund.id in self.owners:
            return self.owners[fund.id]
        row = self.names.registry.funds.get(fund.id)
        return self.names.registry.get_entity(row.administered_by) if row is not None and row.administered_by else None

    def fund_of_giver(self, giver: Entity) -> Entity | None:
        """Return the only fund of a giver that the document names; None if there are several or none."""
        own = [fund for fund in self.funds if self.giver_of(fund) == giver]
        return own[0] if len(own) == 1 else None

    def fund_of(self, payer: Entity | None) -> Entity | None:
        """Return the fund of a payer's money if no words name it: the payer's own, or the document's.

        None if unknown.
        """
        if payer is None:
            return None
        own = self.fund_of_giver(payer) if payer != self.body else None
        if own is not None or self.fund is None:
            return own
        return self.fund if payer == self.body or self.giver_of(self.fund) == payer else None

    def years_of_fund(self, fund: Entity) -> tuple[str, ...]:
        """Return the financial years in which a fund runs by the registry; () if unknown."""
        row = self.names.registry.funds.get(fund.id)
        found = re.fullmatch(r"(\d{4}/\d{2})(?:-(\d{4}/\d{2}))?", row.years.strip()) if row is not None else None
        if found is None:
            return ()
        first, last = int(found[1][:4]), int((found[2] or found[1])[:4])
        return tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(first, last + 1))

    def place_of(self, organisation: Entity) -> Entity | None:
        """Return the place that an organisation covers; None if unknown."""
        place = self.names.registry.place_of_body(organisation.id)
        return self.names.registry.get_entity(place) if place else None


def _is_giver(names: NameIndex, organisation: Entity) -> bool:
    """Return True if an organisation is a department or fund, by the registry or by its name."""
    row = names.registry.organisations.get(organisation.id)
    return row.type in _GIVING_TYPES if row is not None else _DEPARTMENT.match(organisation.name) is not None


def read_scope(document: Document, decision: Decision, names: NameIndex) -> Scope:
    """Return the scope of a document: the facts that fill in for figures whose own words leave something open."""
    place = _body_place(decision, names)
    context = NameContext(body=decision.body, place=place)
    context = NameContext(
        body=decision.body, place=place, definitions=definitions(document.text, names, context=context)
    )
    spoken = [
        (block, sentence)
        for block in document.blocks
        if origin_of(block) is not None
        for sentence in sentences_of(document, block)
    ]
    title = names.find(decision.title, context=context)
    programmes = programmes_of_decision(decision, names, context, spoken, title)
    wanted = [block for block, _ in spoken if origin_of(block) is Origin.RECOMMENDATION]
    approved = " ".join(block.text for block in dict.fromkeys(wanted))
    return Scope(
        document=document,
        decision=decision,
        names=names,
        context=context,
        programmes=programmes,
        place=_place(decision, names, context, title, place),
        fund=_fund(decision, names, context, spoken, title),
        years=years_of_decision(decision, spoken),
        funds=_funds(names, context, spoken, title),
        givers=_givers(decision, names, context, spoken, title),
        owners=_owners(names, context, spoken),
        receives_only=bool(_RECEIPT.search(approved)) and not _PAYMENT.search(approved),
    )


def _body_place(decision: Decision, names: NameIndex) -> Entity | None:
    """Return the area that a body decides for; a region instead of a police area that is nearly the same."""
    registry, body = names.registry, decision.body
    area = registry.place_of_body(body.id) if body else None
    if body is None or area is None:
        return None
    wider = [
        place for place in registry.places_around(area) if place != area and registry.commissioner_of(place) == body.id
    ]
    return registry.get_entity(wider[0] if len(wider) == 1 else area)


def _place(
    decision: Decision, names: NameIndex, context: NameContext, title: Sequence[NameMention], default: Entity | None
) -> Entity | None:
    """Return the place in the body's area that the title names, if it names no wider one; else the default."""
    wider = default.name.split(" police")[0] if default is not None else ""
    if wider and re.search(rf"\b(?:and|&)\b[^,]{{0,300}}\b{re.escape(wider)}\b(?!\s{{1,9}}Borough)", decision.title):
        return default  # "a pilot in X and the programme of all the area"
    named = [found.entity for found in names.find(decision.title, context=context, kinds={EntityKind.PLACE})]
    for found in title:
        if found.entity.kind is EntityKind.PROGRAMME:  # "Programme South District"
            rest = found.surface.partition(found.entity.name)[2]
            named += [one.entity for one in names.find(rest, context=context, kinds={EntityKind.PLACE})]
    inside = (place for place in named if default is None or names.registry.place_contains(default.id, place.id))
    return next(inside, default)


def _fund(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> Entity | None:
    """Return the document's fund: the only fund in its title, else the fund that the text says pays for everything."""
    titled = {found.entity for found in title if found.entity.kind is EntityKind.FUND}
    if titled:
        return titled.pop() if len(titled) == 1 else None
    said = [one[1] for one in _TITLE_FUND.finditer(decision.title)]
    if len(said) > 1:
        return None  # "X Fund and Y Fund applications" don't say which award is from which
    if said:
        name = _ITS_OWNER.sub("", said[0])
        return names.resolve(name, kinds={EntityKind.FUND}, context=context) or new_entity(name, EntityKind.FUND)
    met = {
        fund
        for _, sentence in spoken
        for found in _MET_FROM.finditer(sentence.text)
        if (fund := named_fund(sentence.text[found.start(1) :], names, context)) is not None
    }
    return met.pop() if len(met) == 1 else None


def _funds(
    names: NameIndex, context: NameContext, spoken: Sequence[tuple[Block, Sentence]], title: Sequence[NameMention]
) -> tuple[Entity, ...]:
    found = [*title, *(mention for _, sentence in spoken for mention in names.find(sentence.text, context=context))]
    return tuple(dict.fromkeys(mention.entity for mention in found if mention.entity.kind is EntityKind.FUND))


def _owners(names: NameIndex, context: NameContext, spoken: Sequence[tuple[Block, Sentence]]) -> dict[str, Entity]:
    """Return the owner of each fund by the document's words: the department named directly before it."""
    owners: dict[str, Entity] = {}
    for _, sentence in spoken:
        found = with_unlisted(sentence.text, names.find(sentence.text, context=context))
        for owner, fund in itertools.pairwise(found):
            if (
                fund.entity.kind is EntityKind.FUND
                and _is_giver(names, owner.entity)
                and re.fullmatch(r"(?:['’]s?)?\s+", sentence.text[owner.end : fund.start])
            ):
                owners.setdefault(fund.entity.id, owner.entity)
    return owners


def _givers(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> tuple[Entity, ...]:
    counted: Counter[str] = Counter()
    unlisted: dict[str, Entity] = {}
    for found in (*title, *(m for _, s in spoken for m in with_unlisted(s.text, names.find(s.text, context=context)))):
        entity = found.entity
        if entity.kind is EntityKind.FUND and (fund := names.registry.funds.get(entity.id)) and fund.administered_by:
            counted[fund.administered_by] += 1
        elif entity.kind is EntityKind.ORGANISATION and _is_giver(names, entity):
            counted[entity.id] += 2
            unlisted |= {} if entity.verified else {entity.id: entity}
    body = decision.body.id if decision.body else ""
    givers = (unlisted.get(id) or names.registry.get_entity(id) for id, _ in counted.most_common() if id != body)
    return tuple(giver for giver in givers if giver is not None)
