"""Who partners in, developed, leads, delivers and evaluates a programme, and who sat on a decision's panel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind, Relation, RelationKind
from ingest.extract.relations.listed_names import organisations_after, organisations_before
from ingest.extract.relations.named_texts import NamedDocument, NamedText

_THING = (
    r"(?:programmes?|projects?|pilots?|models?|services?|schemes?|initiatives?|partnerships?|hubs?|consorti\w+|approach|"
    r"elements?|interventions?)"
)
_UNDECIDED = re.compile(
    r"\b(?:unsuccessful|bids?\b(?! won)|appl(?:y|ied|ications?)\b|to be procured|was submitted)", re.IGNORECASE
)
_NO_SERVICE = re.compile(
    r"\s*(?:the\s+|an?\s+|some\s+|this\s+)?(?:[\w-]+\s+){0,2}?(?:fund(?:s|ing)?|grants?|match|£|advice|assurance|money|evaluation|focus|research|interest)\b",
    re.IGNORECASE,
)

_BY = re.compile(r"\b(?:by|through|via)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words that state a relation, and on which side of them the organisations stand."""

    kind: RelationKind
    words: re.Pattern[str]
    find: Callable[[NamedText, int], list[Entity]]
    at_end: bool = True  #: organisations follow the words; otherwise they stand before
    decided: bool = False  #: not in a sentence about a bid or a procurement


def _pattern(kind: RelationKind, words: str, *, before: bool = False, decided: bool = False) -> _Pattern:
    find = organisations_before if before else organisations_after
    return _Pattern(kind, re.compile(words, re.IGNORECASE), find, at_end=not before, decided=decided)


_PATTERNS = (
    _pattern(
        RelationKind.DEVELOPED,
        r"\b(?:developed|designed|created|devised|co-designed)\s+(?:jointly\s+)?(?:by|between|through)"
        r"(?:\s+(?:a|the)\s+(?:[\w-]+\s+)?(?:partnership|consortium)\s+(?:of|between))?\b",
    ),
    _pattern(
        RelationKind.DEVELOPED,
        r"\b(?:have\s+|has\s+|jointly\s+|together\s+)*(?:developed|designed|created|devised|co-designed)\s+"
        r"(?=(?:the|it|this)\b)",
        before=True,
    ),
    _pattern(
        RelationKind.PARTNER_IN,
        r"(?<!\bdeveloped between a )\b(?:partnerships?|consorti(?:um|a))\s+(?:is\s+|are\s+)?"
        r"(?:formed\s+(?:by|of|from)|made up of|comprising|consisting of|comprised of|between|of|including)\b",
    ),
    _pattern(
        RelationKind.PARTNER_IN,
        r"\b(?:in (?:close )?(?:partnership|collaboration|conjunction)|jointly|working together) with\b",
        decided=True,
    ),
    _pattern(RelationKind.PARTNER_IN, r"\bpartners?\b[,:]?\s+(?:are|include|includes|including|namely|being)\b"),
    _pattern(
        RelationKind.PARTNER_IN,
        r"\b(?:is|are|as|remains?)\s+(?:a\s+|an\s+|the\s+)?(?:key\s+|core\s+|delivery\s+)?partners?\s+(?:in|of|for|on|to)\b",
        before=True,
    ),
    _pattern(
        RelationKind.LEADS,
        rf"\b{_THING}(?:\s+[\w&-]+){{0,4}}?,?\s+(?:is\s+|are\s+|was\s+|being\s+|will be\s+)?led\s+by\b",
    ),
    _pattern(RelationKind.LEADS, r"(?<=,\s)led\s+by\b"),
    _pattern(RelationKind.LEADS, r"\bunder the (?:lead|leadership) of\b"),
    _pattern(
        RelationKind.LEADS,
        rf"\b(?:leads?|co-?ordinates?|is leading)\s+(?:on\s+)?the\s+(?=(?:[\w&-]+\s+){{0,3}}{_THING}\b)",
        before=True,
    ),
    _pattern(
        RelationKind.DELIVERS,
        r"\b(?:delivered|provided|run|operated|carried out|staffed|facilitated)\s+(?:\w+\s+)?(?:by|through)\b",
        decided=True,
    ),
    _pattern(
        RelationKind.DELIVERS,
        r"\b(?:(?:who|which)\s+)?(?:will\s+|to\s+|now\s+|also\s+|currently\s+)*(?:continue\s+to\s+)?"
        r"(?:delivers?|provides?|runs?|operates?|go on delivering)\b",
        before=True,
        decided=True,
    ),
    _pattern(RelationKind.EVALUATES, r"\b(?:evaluated|evaluation(?:\s+[\w'’-]+){0,6}?)\s+(?:\w+\s+)?by\b"),
    _pattern(
        RelationKind.EVALUATES,
        r"\b(?:will\s+|to\s+)?(?:evaluates?|(?:deliver|undertake|conduct|develop|carry out|complete)s?\s+"
        r"(?:an?|the|this)\s+(?:\w+\s+)?evaluation)\b",
        before=True,
    ),
    _pattern(RelationKind.EVALUATES, r"['’]s?\s+evaluation\b", before=True),
    _pattern(RelationKind.MEMBER_OF_PANEL, r"\bpanels?,?\s+(?:of|with|from|to which)(?=\s+(?:the\s+)?[A-Z])"),
    _pattern(
        RelationKind.MEMBER_OF_PANEL,
        r"\bpanels?\b[^.;:]{0,90}?\b(?:including|inviting [\w\s]{0,40}?from|comprising|compris(?:ed|es) of|made up of|"
        r"consisting of|members were)(?=\s+(?:the\s+)?[A-Z])",
    ),
)


def thing_relations(named: NamedDocument, decision: str) -> list[Relation]:
    """Return what the prose says that organisations are to programmes, and who sat on the panel."""
    relations: list[Relation] = []
    topic: tuple[int, Entity] | None = None
    for text in named.sentences:
        programmes = text.of_kind(EntityKind.PROGRAMME)
        if topic is None or topic[0] != text.block.start:
            topic = None
        for pattern in _PATTERNS:
            for match in pattern.words.finditer(text.text):
                relations.extend(_stated(pattern, match, text, topic[1] if topic else None, named, decision))
        if programmes:
            topic = (text.block.start, programmes[0].entity)
    return relations


def _stated(
    pattern: _Pattern, match: re.Match[str], text: NamedText, topic: Entity | None, named: NamedDocument, decision: str
) -> list[Relation]:
    if pattern.decided and _UNDECIDED.search(text.text):
        return []
    if pattern.kind is RelationKind.DELIVERS and not pattern.at_end and _NO_SERVICE.match(text.text, match.end()):
        return []
    found = pattern.find(text, match.end() if pattern.at_end else match.start())
    if not found:
        return []
    target: Entity | str | None = decision
    if pattern.kind is not RelationKind.MEMBER_OF_PANEL:
        target = _programme_at(text, match, topic, named)
    if target is None:
        return []
    return [Relation(one, pattern.kind, target, (text.evidence(),)) for one in found if one != target]


def _programme_at(text: NamedText, match: re.Match[str], topic: Entity | None, named: NamedDocument) -> Entity | None:
    """Return the programme that the words speak of: before them, right after, of the paragraph, of the document."""
    programmes = text.of_kind(EntityKind.PROGRAMME)
    before = [
        mention for mention in programmes if mention.start < match.end() and not _BY.search(text.text[: mention.start])
    ]
    after = [mention for mention in programmes if mention.start >= match.end()]
    if before:
        return before[-1].entity
    if after and not re.search(r"[;:]|\bto\b\s+(?:the\s+)?(?:fund|support)\b", text.text[match.end() : after[0].start]):
        return after[0].entity
    return topic or (named.programme if _speaks_of_a_thing(text.text) else None)


def _speaks_of_a_thing(text: str) -> bool:
    return re.search(rf"\b(?:it|{_THING}|evaluation)\b", text, re.IGNORECASE) is not None


def merged(relations: Sequence[Relation]) -> list[Relation]:
    """Return each relation once, with all its evidence and the first detail given."""
    kept: dict[tuple[object, RelationKind, object], Relation] = {}
    for relation in relations:
        key = (relation.subject, relation.kind, relation.object)
        known = kept.get(key)
        if known:
            evidence = tuple(dict.fromkeys(known.evidence + relation.evidence))
            relation = Relation(known.subject, known.kind, known.object, evidence, known.detail or relation.detail)
        kept[key] = relation
    return list(kept.values())
