"""What a whole document is about: its body, programmes, place, years and givers; the ground for reading its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Decision, Entity, EntityKind
from graph.names import NameContext, NameIndex, NameMention, definitions, new_entity
from graph.parse.years import YearsMention, find_years
from ingest.document import Block, BlockKind, Document
from ingest.extract.drafts import Origin
from ingest.extract.named_things import named_fund, named_programme
from ingest.extract.new_mentions import with_unlisted
from ingest.extract.periods import ending_period, length_in_months, period_years
from ingest.extract.sentences import Sentence, sentences_of

_SILENT_SECTION = re.compile(
    r"\b(legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral"
    r"|part (?:2|ii)\b.*confidential"
    r"|related decisions|notes?$|declaration|originating officer"
    r"|background/?supporting|supporting papers|background papers"
    r"|risk|privacy|signature|contact|officer approval|human rights)",
    re.I,
)
_RECOMMENDATION = re.compile(r"\b(recommend\w*|decision(?: required)?$|decision is|proposal$|resolved)", re.I)
_SUMMARY = re.compile(r"\b(summary|purpose|synopsis|overview)\b", re.I)
_DIVERTED = re.compile(r"\s*(?:(?:and|&)\s+\w+\s+)?(?:fund(?:s|ing)?\b|grants?\b|budget|partnership|police)", re.I)
_MET_FROM = re.compile(r"\b(?:funded|met|paid|financed|resourced)\s+(?:\w+ly\s+)?((?:from|out\s+of)\b)", re.I)
_AND_ANOTHER = re.compile(
    r"\s*,?\s+(?:and|&)\s+(?:the\s+)?([A-Z][\w’'/&-]*(?:\s+[A-Z][\w’'/&-]*){0,5}(?:\s*\([A-Z]+\))?)\s+(?:services?|schemes?|programmes?|projects?|pilots?)\b"
)
_TITLE_FUND = re.compile(r"\b((?:[A-Z][\w&’'-]*\s+)(?:[\w&’'-]+\s+){0,4}?[Ff]und)\b")
_OF_MONEY = re.compile(r"\b(?:fund|grant|budget|award|financ|contract|cost|spend|extend|extension)", re.I)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SO_MANY = re.compile(
    r"\b(two|both|three|four|five|six)\s+(?:\w+\s+){0,2}?(?:programmes|projects|services|pilots|schemes)\b", re.I
)
_SPENT_BY = re.compile(r"\b(?:spent\s+by|by|until|to)\s+(?:the\s+end\s+of\s+)?(?:31(?:st)?\s+)?March\s+(20\d\d)\b")
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
    funds: tuple[Entity, ...]  #: every fund that the document names
    givers: tuple[Entity, ...]  #: organisations that give the body money, in order of mention
    receives_only: bool  #: the recommendations take money in and award none

    def mentions(self, text: str) -> list[NameMention]:
        """Return the names in a text, those of organisations that the registry lacks among them."""
        return with_unlisted(text, self.names.find(text, context=self.context))

    def is_own_area(self, place: Entity) -> bool:
        """Return whether a place is all that the decision body covers: its name then stands for the body."""
        body, registry = self.body, self.names.registry
        area = registry.place_of_body(body.id) if body is not None else None
        if body is None or area is None or registry.commissioner_of(place.id) != body.id:
            return False
        return registry.place_contains(place.id, area) or place.name.split(" police")[0] in body.name

    def kin_of(self, organisation: Entity | None) -> frozenset[str]:
        """Return the ids of what an organisation is part of and of its parts."""
        if organisation is None:
            return frozenset()
        rows = self.names.registry.organisations
        own = rows.get(organisation.id)
        parts = {row.id for row in rows.values() if row.part_of == organisation.id}
        return frozenset(parts | ({own.part_of} if own is not None and own.part_of else set()))

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

    def fund_of_giver(self, giver: Entity, programmes: Sequence[Entity] = ()) -> Entity | None:
        """Return the one fund of a giver that the document names, or the one named after the programme; else None."""
        own = [fund for fund in self.funds if self.giver_of(fund) == giver]
        if len(own) > 1 and len(programmes) == 1:
            named = [fund for fund in own if re.search(rf"\b{re.escape(programmes[0].name)}\b", fund.name)]
            own = named or own
        return own[0] if len(own) == 1 else None

    def years_of_fund(self, fund: Entity) -> tuple[str, ...]:
        """Return the financial years of a fund that the registry knows to run from one year to another."""
        row = self.names.registry.funds.get(fund.id)
        found = re.fullmatch(r"(\d{4}/\d{2})(?:-(\d{4}/\d{2}))?", row.years.strip()) if row is not None else None
        if found is None:
            return ()
        first, last = int(found[1][:4]), int((found[2] or found[1])[:4])
        return tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(first, last + 1))

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
        fund=_fund(decision, names, context, spoken, title),
        years=_years(decision, spoken),
        funds=_funds(names, context, spoken, title),
        givers=_givers(decision, names, context, spoken, title),
        receives_only=bool(_RECEIPT.search(approved)) and not _PAYMENT.search(approved),
    )


def _body_place(decision: Decision, names: NameIndex) -> Entity | None:
    """The area a body decides for: the region by whose name it is known, where its police area is nearly all of it."""
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
    """A place that the title names and that lies in the body's area is the document's place."""
    for mention in names.find(decision.title, context=context, kinds={EntityKind.PLACE}) or title:
        place = mention.entity
        if place.kind is EntityKind.PLACE and (default is None or names.registry.place_contains(default.id, place.id)):
            return place
    return default


def _fund(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> Entity | None:
    """The one fund of the title; else the one that the text says the whole is met from."""
    titled = {found.entity for found in title if found.entity.kind is EntityKind.FUND}
    if titled:
        return titled.pop() if len(titled) == 1 else None
    if (named := _TITLE_FUND.search(decision.title)) is not None:
        return names.resolve(named[1], kinds={EntityKind.FUND}, context=context) or new_entity(
            named[1], EntityKind.FUND
        )
    met = {
        fund
        for _, sentence in spoken
        for found in _MET_FROM.finditer(sentence.text)
        if (fund := named_fund(sentence.text[found.start(1) :], names, context)) is not None
    }
    return met.pop() if len(met) == 1 else None


def is_diverted(text: str, end: int) -> bool:
    """Return whether the words after a programme's name make it the name of something else ("Drive Fund")."""
    return _DIVERTED.match(text, end) is not None


def programmes_in(text: str, mentions: Sequence[NameMention], names: NameIndex) -> tuple[Entity, ...]:
    """Return the programmes that a text speaks of, each once, in order; "Drive Fund" is no programme.

    An evaluation's money is the evaluated programme's.
    """
    found: list[Entity] = []
    previous: NameMention | None = None
    for mention in mentions:
        if mention.entity.kind is not EntityKind.PROGRAMME or is_diverted(text, mention.end):
            continue
        if previous is not None and re.fullmatch(r"\s*\(", text[previous.end : mention.start]):
            found.pop()  # "a national scheme (its local part)" is about the part
        found.append(_evaluated(mention.entity, names))
        other = _AND_ANOTHER.match(text, mention.end)
        if other is not None and not any(mention.end < later.start < other.end(1) for later in mentions):
            found.append(new_entity(other[1], EntityKind.PROGRAMME))
        previous = mention
    return tuple(dict.fromkeys(found))


def _evaluated(programme: Entity, names: NameIndex) -> Entity:
    row = names.registry.programmes.get(programme.id)
    if row is None or row.kind != "evaluation":
        return programme
    others = [other for other in names.registry.entities(EntityKind.PROGRAMME) if other != programme]
    return max(
        (other for other in others if programme.name.lower().startswith(other.name.lower() + " ")),
        key=lambda other: len(other.name),
        default=programme,
    )


def _programmes(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> tuple[Entity, ...]:
    """The programmes of the title; else those of the recommendations; else those of the summary."""
    titled = programmes_in(decision.title, title, names)
    if titled:
        return titled
    counted_out = _enumerated(names, context, spoken)
    if counted_out:
        return counted_out
    invented = named_programme(decision.title, [sentence.text for _, sentence in spoken], names, context)
    for origin in (Origin.RECOMMENDATION, Origin.SUMMARY):
        counted: Counter[Entity] = Counter()
        for block, sentence in spoken:
            if origin_of(block) is origin:
                counted.update(programmes_in(sentence.text, names.find(sentence.text, context=context), names))
        kept = [
            programme for programme, count in counted.items() if count > (0 if origin is Origin.RECOMMENDATION else 1)
        ]
        if kept:
            return tuple(kept)
    return (invented,) if invented else ()


def _funds(
    names: NameIndex, context: NameContext, spoken: Sequence[tuple[Block, Sentence]], title: Sequence[NameMention]
) -> tuple[Entity, ...]:
    found = [*title, *(mention for _, sentence in spoken for mention in names.find(sentence.text, context=context))]
    return tuple(dict.fromkeys(mention.entity for mention in found if mention.entity.kind is EntityKind.FUND))


def _enumerated(names: NameIndex, context: NameContext, spoken: Sequence[tuple[Block, Sentence]]) -> tuple[Entity, ...]:
    """The programmes that a sentence counts and names: "three projects: X, Y and Z"."""
    for _, sentence in spoken:
        said = _SO_MANY.search(sentence.text)
        if said is None:
            continue
        found = programmes_in(sentence.text, names.find(sentence.text, context=context), names)
        if len(found) == _NUMBERS.get(said[1].lower(), 0):
            return found
    return ()


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
    givers = (names.registry.get_entity(id) for id, _ in counted.most_common() if id != body)
    return tuple(giver for giver in givers if giver is not None)


def joined_years(text: str, mentions: Sequence[YearsMention]) -> list[tuple[YearsMention, tuple[str, ...]]]:
    """Return runs of years that the words join ("18/19 and 19/20", "2023/24, 2024/25 and 2025/26"), each one span."""
    runs: list[list[YearsMention]] = []
    for mention in mentions:
        if runs and re.fullmatch(
            r"\s*(?:,|and|&|,\s*and|/|to)\s*(?:in\s+|for\s+)?", text[runs[-1][-1].end : mention.start]
        ):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [(run[0], tuple(sorted({year for mention in run for year in mention.years}))) for run in runs]


def _years(decision: Decision, spoken: Sequence[tuple[Block, Sentence]]) -> tuple[str, ...]:
    """The years most spoken of where money is: the title weighs most, then recommendations, then sentences with a sum.

    A length in the same places ("for two years") widens them to as many consecutive years as it says.
    """
    votes: Counter[tuple[str, ...]] = Counter()
    lengths: Counter[int] = Counter()
    for text, weight in [
        (decision.title, 5),
        *((sentence.text, _weight(block, sentence)) for block, sentence in spoken),
    ]:
        for _, years in joined_years(text, usable_years(text)) if weight else ():
            votes[years] += weight
        if weight and (ending := ending_period(text)):
            votes[ending] += weight + 1
        months = length_in_months(text)
        if months is not None and months % 12 == 0 and weight > 1:
            lengths[months // 12] += weight
    if not votes:
        ends = {int(found[1]) for _, sentence in spoken for found in _SPENT_BY.finditer(sentence.text)}
        spent = tuple(f"{year - 1}/{year % 100:02d}" for year in sorted(ends)) if len(ends) == 1 else ()
        return period_years([sentence.text for _, sentence in spoken]) or spent
    best = max(votes.values())
    chosen = max((years for years, count in votes.items() if count == best), key=len)
    length = lengths.most_common(1)[0][0] if lengths else 1
    return _widened(chosen, length, votes) if len(chosen) < length <= 5 else chosen


def _weight(block: Block, sentence: Sentence) -> int:
    if origin_of(block) is Origin.RECOMMENDATION:
        return 3
    return 2 if "£" in sentence.text else 1 if _OF_MONEY.search(sentence.text) else 0


def _widened(chosen: tuple[str, ...], length: int, votes: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The consecutive years of that length that hold the chosen ones and that the text names too; else the chosen."""
    named = sorted({year for years in votes for year in years})
    runs = [named[index : index + length] for index in range(len(named) - length + 1)]
    weights = {year: sum(count for years, count in votes.items() if year in years) for year in named}
    fitting = [run for run in runs if set(chosen) <= set(run) and int(run[-1][:4]) - int(run[0][:4]) == length - 1]
    return tuple(max(fitting, key=lambda run: sum(weights[year] for year in run))) if fitting else chosen


def usable_years(text: str) -> list[YearsMention]:
    """Return the years of a text that say when money is spent; those in a plan's name ("Plan 2013-16") do not."""
    return [mention for mention in find_years(text) if mention.years and not getattr(mention, "label", False)]
