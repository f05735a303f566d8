"""The programmes that a text names, and those that a whole decision is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.model import Decision, Entity, EntityKind
from graph.names.index import NameContext, NameIndex, NameMention
from ingest.document import Block
from ingest.extract.scope.named_things import named_programme
from ingest.extract.words.sections import Origin, origin_of
from ingest.extract.words.sentences import Sentence

_DIVERTED = re.compile(r"\s*(?:(?:and|&)\s+\w+\s+)?(?:fund(?:s|ing)?\b|grants?\b|budget|partnership|police)", re.I)
_ITS_NUMBER = re.compile(r"^(Recommendation \w+), .*")  #: a bullet belongs to its recommendation
_THAT_MONEY = re.compile(
    r"\b(?:(?:allocat|pass|award|pay|spend|us|grant|transfer|distribut)\w*\s+(?:it|them|this|these)\b"
    r"|(?:this|that|these|those|such)\s+(?:\w+\s+)?(?:money|monies|funds|funding|grants?|sums?|amounts?|uplift)\b)",
    re.I,
)


def is_diverted(text: str, end: int) -> bool:
    """Return True if the words after a programme's name turn it into another thing's name ("Drive Fund")."""
    return _DIVERTED.match(text, end) is not None


def programmes_in(text: str, mentions: Sequence[NameMention], names: NameIndex) -> tuple[Entity, ...]:
    """Return the programmes that a text names, each once, in order; "Drive Fund" is not the programme Drive.

    An evaluation counts as the programme that it evaluates.
    """
    found: list[Entity] = []
    previous: NameMention | None = None
    for mention in mentions:
        if mention.entity.kind is not EntityKind.PROGRAMME or is_diverted(text, mention.end):
            continue
        if previous is not None and re.fullmatch(r"\s*\(", text[previous.end : mention.start]):
            found.pop()  # "a national scheme (its local part)" is about the part
        found.append(evaluated(mention.entity, names))
        previous = mention
    return tuple(dict.fromkeys(found))


def evaluated(programme: Entity, names: NameIndex) -> Entity:
    """Return the programme that an evaluation is about; any other programme unchanged."""
    row = names.registry.programmes.get(programme.id)
    if row is None or row.kind != "evaluation":
        return programme
    others = [other for other in names.registry.entities(EntityKind.PROGRAMME) if other != programme]
    return max(
        (other for other in others if programme.name.lower().startswith(other.name.lower() + " ")),
        key=lambda other: len(other.name),
        default=programme,
    )


def programmes_of_decision(
    decision: Decision,
    names: NameIndex,
    context: NameContext,
    spoken: Sequence[tuple[Block, Sentence]],
    title: Sequence[NameMention],
) -> tuple[Entity, ...]:
    """Return the programmes of the title; else those of the recommendations; else those of the summary."""
    titled = programmes_in(decision.title, title, names)
    if titled:
        return titled
    invented = named_programme(decision.title, [sentence.text for _, sentence in spoken], names, context)
    recommended = _of_recommendations(names, context, spoken)
    if recommended:
        return recommended
    counted: Counter[Entity] = Counter()
    for block, sentence in spoken:
        if origin_of(block) is Origin.SUMMARY:
            counted.update(programmes_in(sentence.text, names.find(sentence.text, context=context), names))
    kept = tuple(programme for programme, count in counted.items() if count > 1)
    return kept or ((invented,) if invented else ())


def _of_recommendations(
    names: NameIndex, context: NameContext, spoken: Sequence[tuple[Block, Sentence]]
) -> tuple[Entity, ...]:
    """Return the programmes of the recommendations, if the whole decision is about them rather than one line.

    That is so if every recommendation names one, if the summary (or else the first recommendation) opens with one, or
    if a recommendation that names one refers to the money of those before it ("pass this on to ...").
    """
    named: dict[str, list[Entity]] = {}
    opening: list[Entity] | None = None
    points_back = False
    for block, sentence in spoken:
        origin = origin_of(block)
        if origin is Origin.RECOMMENDATION or (origin is Origin.SUMMARY and opening is None):
            found = programmes_in(sentence.text, names.find(sentence.text, context=context), names)
            opening = list(found) if opening is None else opening
            if origin is Origin.RECOMMENDATION:
                named.setdefault(_ITS_NUMBER.sub(r"\1", block.locator), []).extend(found)
                points_back |= bool(found and _THAT_MONEY.search(sentence.text))
    together = dict.fromkeys(programme for found in named.values() for programme in found)
    if points_back or all(named.values()) or together.keys() & set(opening or ()):
        return tuple(together)
    return ()
