"""Where a programme is delivered, and where it is piloted."""

from __future__ import annotations

import re

from graph.model import Entity, EntityKind, Relation, RelationKind
from graph.names.index import NameMention
from graph.parse.years import find_years, year_span
from ingest.extract.relations.listed_names import places_after
from ingest.extract.relations.named_texts import NamedDocument, NamedText

_CUE = re.compile(
    r"\b(?P<verb>(?P<pilot>pilot\w*|test(?:ed|ing)?\s+(?:site|area)?)|deliver\w*|operat\w+|commenc\w+|implement\w*|runs?\b|running|"
    r"launch\w*|roll\w*(?:\s+\w+)?\s+out|rollout|provision|provid\w+|available|live|based|extend\w*|expand\w*|introduc\w+|"
    r"work(?:s|ing)?|services?|programmes?|project|model|approach|scheme)\b",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|across|throughout|within|into|to|covering|serving)"
    r"(?:\s+(?:the|all|both|one\s+area\s+of|parts?\s+of|each\s+of|areas?\s+of))*\s+(?=\S)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\bunsuccessful|\bexpansion of|\bbid\b|suggested as|\breasons?\b|\bnumber of cases|\bcases\b", re.IGNORECASE
)
_FARTHEST = 90


def place_relations(named: NamedDocument) -> list[Relation]:
    """Return the places of delivery and of pilots that the prose, and the title, give for a programme."""
    relations: list[Relation] = []
    topic: tuple[int, Entity] | None = None
    for text in named.sentences:
        if topic and topic[0] != text.block.start:
            topic = None
        if not _NOT_YET.search(text.text):
            relations.extend(_stated(text, topic[1] if topic else None, named.programme))
        programmes = text.of_kind(EntityKind.PROGRAMME)
        if programmes:
            topic = (text.block.start, programmes[0].entity)
    return relations


def _stated(text: NamedText, topic: Entity | None, main: Entity | None) -> list[Relation]:
    found: list[Relation] = []
    programmes = text.of_kind(EntityKind.PROGRAMME)
    if not text.of_kind(EntityKind.PLACE) or not (programmes or topic or main):
        return []
    read_to = 0
    for preposition in _IN.finditer(text.text):
        if preposition.start() < read_to:
            continue
        places, end = places_after(text, preposition.end())
        if not places:
            continue
        read_to = end
        before = _outside_brackets(text.text, [one for one in programmes if one.start < preposition.start()])
        subjects = [before[-1].entity] if before else [topic] if topic else _listed(text, end, programmes)
        subjects = [one for one in subjects if one]
        reach = before[-1].start if before else 0
        cues = [
            c for c in _CUE.finditer(text.text, 0, preposition.start()) if preposition.start() - c.end() < _FARTHEST
        ]
        if not cues or (before and cues[-1].start() < reach - _FARTHEST):
            continue
        piloted = any(cue["pilot"] for cue in cues)
        if not subjects and piloted and main:
            subjects = [main]
        kind = RelationKind.PILOTED_IN if piloted else RelationKind.DELIVERED_IN
        detail = _when(text, preposition.end())
        found += [
            Relation(programme, kind, place, (text.evidence(),), detail) for programme in subjects for place in places
        ]
    return found


def _outside_brackets(text: str, mentions: list[NameMention]) -> list[NameMention]:
    """Return the mentions outside brackets: in "A runs in three sites (B in Town, ...)" the sites are A's."""
    outside = [one for one in mentions if text.count("(", 0, one.start) <= text.count(")", 0, one.start)]
    return outside or mentions


def _listed(text: NamedText, position: int, programmes: list[NameMention]) -> list[Entity]:
    """Return all programmes of "three programmes in A and B: X, Y and Z", else the first named."""
    colon = text.text.find(":", position, position + 40)
    later = [one.entity for one in programmes if one.start > colon] if colon >= 0 else []
    return list(dict.fromkeys(later)) or [one.entity for one in programmes[:1]]


def _when(text: NamedText, position: int) -> str:
    """Return the years that the sentence gives, those after the places first: "2016/17-2018/19"."""
    years = [mention for mention in find_years(text.text) if not mention.label]
    later = [mention for mention in years if mention.start >= position] or [m for m in years if "£" not in text.text]
    return year_span(later[0].years) if later else ""
