"""What a whole document is about: its body, programmes, place, years and givers; the ground for reading its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Decision, Entity, EntityKind
from graph.names import NameContext, NameIndex, NameMention, definitions
from graph.parse.years import YearsMention, find_years
from ingest.document import Block, BlockKind, Document
from ingest.extract.drafts import Origin
from ingest.extract.named_things import named_programme
from ingest.extract.periods import period_years
from ingest.extract.sentences import Sentence, sentences_of

_SILENT_SECTION = re.compile(
    r"\b(legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral|part (?:2|ii)\b.*confidential"
    r"|related decisions|notes?$|declaration|originating officer|background/?supporting|supporting papers|background papers"
    r"|risk|privacy|signature|contact|officer approval|human rights)",
    re.I,
)
_RECOMMENDATION = re.compile(r"\b(recommend\w*|decision(?: required)?$|decision is|proposal$|resolved)", re.I)
_SUMMARY = re.compile(r"\b(summary|purpose|synopsis|overview)\b", re.I)
_DIVERTED = re.compile(r"\s*(?:(?:and|&)\s+\w+\s+)?(?:fund(?:s|ing)?\b|grants?\b|budget|partnership|police)", re.I)
_RECEIPT = re.compile(r"\b(accept\w*|receipt|receiv\w*|take up)\b", re.I)
_PAYMENT = re.compile(r"\b(award\w*|grant(?:s|ed)? (?:to|of)|pay|pass\w* on|fund(?:ing)? to|allocat\w*)\b", re.I)
_GIVING_TYPES = frozenset({"government-department", "nhs-body", "fund-administrator"})


@dataclass(frozen=True)
class Scope:
    """The document-wide facts that a figure falls back on where its own words are silent."""

    document: Document
    decision: Decision
    names: NameIndex
    context: NameContext
    programmes: tuple[Entity, ...]  #: one: the document's programme; several: it is about all of them
    place: Entity | None
    fund: Entity | None
    years: tuple[str, ...]
    givers: tuple[Entity, ...]  #: organisations that give the body money, in order of mention
    receives_only: bool  #: the recommendations take money in and award none

    @property
    def body(self) -> Entity | None:
        """The decision body: pays, unless the text says otherwise."""
        return self.decision.body

    def gives(self, organisation: Entity) -> bool:
        """Return whether an organisation is of a kind that gives commissioners money."""
        row = self.names.registry.organisations.get(organisation.id)
        return row is not None and row.type in _GIVING_TYPES and organisation != self.body

    def giver_of(self, fund: Entity) -> Entity | None:
        """Return who administers a fund; None where the registry does not say."""
        row = self.names.registry.funds.get(fund.id)
        return self.names.registry.get_entity(row.administered_by) if row is not None and row.administered_by else None

    def place_of(self, organisation: Entity) -> Entity | None:
        """Return the place that an organisation covers."""
        place = self.names.registry.place_of_body(organisation.id)
        return self.names.registry.get_entity(place) if place else None


def origin_of(block: Block) -> Origin | None:
    """Return how much weight a block's figures have; None where a section never states this decision's money."""
    if block.kind is BlockKind.FIELD or _SILENT_SECTION.search(block.section):
        return None
    if block.kind is BlockKind.TABLE:
        return Origin.TABLE
    if _SUMMARY.search(block.section):
        return Origin.SUMMARY
    if _RECOMMENDATION.search(block.section) or block.locator.startswith("Recommendation"):
        return Origin.RECOMMENDATION
    return Origin.BODY


def read_scope(document: Document, decision: Decision, names: NameIndex) -> Scope:
    """Return what the document as a whole says: the ground for every figure that leaves something open."""
    place = _body_place(decision, names)
    context = NameContext(body=decision.body, place=place, definitions=definitions(document.text, names))
    spoken = [
        (block, sentence)
        for block in document.blocks
        if origin_of(block) is not None
        for sentence in sentences_of(document, block)
    ]
    title = names.find(decision.title, context=context)
    programmes = _programmes(decision, names, context, spoken, title)
    wanted = [block for block, _ in spoken if origin_of(block) is Origin.RECOMMENDATION]
    approved = " ".join(block.text for block in dict.fromkeys(wanted))
    return Scope(
        document=document,
        decision=decision,
        names=names,
        context=context,
        programmes=programmes,
        place=_place(decision, names, context, title, place),
        fund=next((found.entity for found in title if found.entity.kind is EntityKind.FUND), None),
        years=_years(decision, spoken),
        givers=_givers(decision, names, context, spoken, title),
        receives_only=bool(_RECEIPT.search(approved)) and not _PAYMENT.search(approved),
    )


def _body_place(decision: Decision, names: NameIndex) -> Entity | None:
    place = names.registry.place_of_body(decision.body.id) if decision.body else None
    return names.registry.get_entity(place) if place else None


def _place(
    decision: Decision, names: NameIndex, context: NameContext, title: Sequence[NameMention], default: Entity | None
) -> Entity | None:
    """A place that the title names and that lies in the body's area is the document's place."""
    for mention in names.find(decision.title, context=context, kinds={EntityKind.PLACE}) or title:
        place = mention.entity
        if place.kind is EntityKind.PLACE and (default is None or names.registry.place_contains(default.id, place.id)):
            return place
    return default


def is_diverted(text: str, end: int) -> bool:
    """Return whether the words after a programme's name make it the name of something else ("Drive Fund")."""
    return _DIVERTED.match(text, end) is not None


def programmes_in(text: str, mentions: Iterable[NameMention]) -> tuple[Entity, ...]:
    """Return the programmes that a text speaks of, each once, in order; "Drive Fund" is no programme."""
    found = [
        mention.entity
        for mention in mentions
        if mention.entity.kind is EntityKind.PROGRAMME and not is_diverted(text, mention.end)
    ]
    return tuple(dict.fromkeys(found))


def _programmes(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> tuple[Entity, ...]:
    """The programmes of the title; else those of the recommendations; else those of the summary."""
    titled = programmes_in(decision.title, title)
    if titled:
        return titled
    invented = named_programme(decision.title, [sentence.text for _, sentence in spoken], names, context)
    for origin in (Origin.RECOMMENDATION, Origin.SUMMARY):
        counted: Counter[Entity] = Counter()
        for block, sentence in spoken:
            if origin_of(block) is origin:
                counted.update(programmes_in(sentence.text, names.find(sentence.text, context=context)))
        if counted:
            return tuple(counted)
    return (invented,) if invented else ()


def _givers(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> tuple[Entity, ...]:
    counted: Counter[str] = Counter()
    for found in (*title, *(m for _, s in spoken for m in names.find(s.text, context=context))):
        entity = found.entity
        if entity.kind is EntityKind.FUND and (fund := names.registry.funds.get(entity.id)) and fund.administered_by:
            counted[fund.administered_by] += 1
        elif entity.kind is EntityKind.ORGANISATION:
            row = names.registry.organisations.get(entity.id)
            if row is not None and row.type in _GIVING_TYPES:
                counted[entity.id] += 2
    body = decision.body.id if decision.body else ""
    found_ids = [id for id, _ in counted.most_common() if id != body]
    return tuple(entity for id in found_ids if (entity := names.registry.get_entity(id)) is not None)


def joined_years(text: str, mentions: Sequence[YearsMention]) -> list[tuple[YearsMention, tuple[str, ...]]]:
    """Return runs of years that the words join ("18/19 and 19/20", "2023/24, 2024/25 and 2025/26"), each as one span."""
    runs: list[list[YearsMention]] = []
    for mention in mentions:
        if runs and re.fullmatch(r"\s*(?:,|and|&|,\s*and|/|to)\s*(?:in\s+|for\s+)?", text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [(run[0], tuple(sorted({year for mention in run for year in mention.years}))) for run in runs]


def _years(decision: Decision, spoken: Sequence[tuple[Block, Sentence]]) -> tuple[str, ...]:
    """The years most spoken of where money is: the title weighs most, then recommendations, then sentences with a sum."""
    votes: Counter[tuple[str, ...]] = Counter()
    for _, years in joined_years(decision.title, usable_years(decision.title)):
        votes[years] += 5
    for block, sentence in spoken:
        weight = 3 if origin_of(block) is Origin.RECOMMENDATION else 2 if "£" in sentence.text else 1
        for _, years in joined_years(sentence.text, usable_years(sentence.text)):
            votes[years] += weight
    if votes:
        best = max(votes.values())
        return max((years for years, count in votes.items() if count == best), key=len)
    return period_years([sentence.text for _, sentence in spoken])


def usable_years(text: str) -> list[YearsMention]:
    """Return the years of a text that say when money is spent, not the name of a plan ("Police and Crime Plan 2013-16")."""
    return [mention for mention in find_years(text) if mention.years and not getattr(mention, "label", False)]
