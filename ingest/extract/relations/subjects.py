"""Relations to what a decision is about and to everything that it mentions."""

from __future__ import annotations

import re
from collections import Counter

from graph.model import Decision, Entity, EntityKind, Evidence, Relation, RelationKind
from ingest.document import BlockKind
from ingest.extract.relations.named_texts import NamedDocument, NamedText

_ASKS = re.compile(r"\b(?:summary|recommend|proposal|decision|purpose)", re.IGNORECASE)
_SHARE_OF_MOST = 0.25


def about_relations(named: NamedDocument, decision: Decision, subject: str) -> list[Relation]:
    """Return the programmes that the decision is about: named in the title, or in a recommendation and repeatedly."""
    counts: Counter[Entity] = Counter()
    asked: set[Entity] = set()
    titled: dict[Entity, None] = {}
    for text in named.texts:
        if _is_title(text, decision):
            titled.update(dict.fromkeys(_titled(text)))
        for mention in text.of_kind(EntityKind.PROGRAMME):
            counts[mention.entity] += 1
            if _ASKS.search(text.block.section):
                asked.add(mention.entity)
    most = max(counts.values(), default=0)
    repeated = [one for one, count in counts.most_common() if one in asked and count >= max(2, most * _SHARE_OF_MOST)]
    if titled:
        repeated = [one for one in repeated if counts[one] > max(counts[named] for named in titled)]
    subjects = list(dict.fromkeys([*titled, *repeated])) or ([next(iter(counts))] if len(counts) == 1 else [])
    evidence = _first_evidence(named)
    return [Relation(subject, RelationKind.ABOUT, one, (evidence[one],)) for one in subjects]


def mention_relations(named: NamedDocument, decision: Decision, subject: str) -> list[Relation]:
    """Return one relation for each thing that the document names, with the first place where it is named."""
    evidence = _first_evidence(named)
    return [
        Relation(subject, RelationKind.MENTIONS, entity, (first,))
        for entity, first in evidence.items()
        if entity != decision.body
    ]


def _first_evidence(named: NamedDocument) -> dict[Entity, Evidence]:
    first: dict[Entity, Evidence] = {}
    for text in named.texts:
        for mention in text.mentions:
            if mention.entity not in first:
                first[mention.entity] = text.evidence()
    return first


def _titled(text: NamedText) -> list[Entity]:
    """Return the programmes of a title: "Bluebird Funding" is about Bluebird, "the Bluebird Fund" about a fund."""
    return [
        mention.entity
        for mention in text.mentions
        if mention.entity.kind is EntityKind.PROGRAMME and not re.match(r"\s*fund\b", text.text[mention.end :], re.I)
    ]


def _is_title(text: NamedText, decision: Decision) -> bool:
    if text.block.kind is BlockKind.FIELD:
        return text.block.field_name.lower() in {"title", "subject"}
    return text.block.kind is BlockKind.HEADING and bool(decision.title) and decision.title.lower() in text.text.lower()
