"""Lists of names in prose: the organisations or places that follow a word, joined by commas and "and"."""

from __future__ import annotations

import re

from graph.model import Entity, EntityKind
from graph.names.index import NameMention, looks_like_organisation, new_entity
from ingest.extract.relations.named_texts import NamedText

_JOIN = re.compile(
    r"(?:[\s,;:]+|\b(?:and|or|the|both|with|between|either|a|an|of|also|by)\b|&|<[^>]*>|\*+|\s-\s|including|namely)*"
)
_BRACKET = re.compile(r"\s*\((?![^)]*\b(?:led|who|which)\b)[^()]{1,40}\)")
_BODY_WORDS = re.compile(
    r"(?:['’]s)?\s+(?:Public Health(?: team)?|Council|[Pp]olice|[Tt]eam|commissioner|Health|areas?|boroughs?)\b"
)
_OWNS = re.compile(r"['’]s?\s+(?!Public|police|Police|team|Team)[a-z]")
_LONGER = re.compile(
    r"\s+for\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*"
)  #: "Essex Council for Voluntary Services" is no council
_UNKNOWN = re.compile(r"[A-Z][\w'’.-]*(?:\s+(?:(?:of|for|the|&)\s+)*[A-Z][\w'’.-]*)*")
_COUNTED = re.compile(
    r"\s*(?:the\s+)?(?:(?:all|other|following|further|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+)+"
    r"(?:[\w-]+\s+){0,3}?(?:boroughs?|areas?|sites?|places?|counties|forces?|authorities|districts?|wards|locations?)"
    r"(?:\s+(?:across|in|of|within)\s+[\w\s&]{2,40}?)?\s*[,:–-]?\s*"
)


def organisations_after(text: NamedText, position: int) -> list[Entity]:
    """Return the organisations listed from the position on; a name that the registry lacks becomes a new one."""
    listed: list[Entity] = []
    places = {mention.start: mention for mention in text.of_kind(EntityKind.ORGANISATION)}
    while True:
        join = _JOIN.match(text.text, position)
        start = join.end() if join else position
        mention = places.get(start) or _inside_possessive(text, start)
        if mention and _OWNS.match(text.text, mention.end):
            return list(dict.fromkeys(listed))
        longer = _LONGER.match(text.text, mention.end) if mention else None
        if mention and longer:
            listed.append(new_entity(text.text[start : longer.end()], EntityKind.ORGANISATION))
            position = _past(text.text, longer.end())
            continue
        if mention:
            listed.append(mention.entity)
            position = _past(text.text, mention.end)
            continue
        unknown = _unlisted(text, start)
        if unknown is None or not (listed or unknown[1] >= 2):
            return list(dict.fromkeys(listed))
        listed.append(new_entity(unknown[0], EntityKind.ORGANISATION))
        position = _past(text.text, start + len(unknown[0]))


def places_after(text: NamedText, position: int) -> tuple[list[Entity], int]:
    """Return the places listed from the position on, and where the list ends.

    Where a bracket spells them out, "in six boroughs across the county (A, B and C)", they are those in it.
    """
    counted = _COUNTED.match(text.text, position)
    mentions = {mention.start: mention for mention in text.of_kind(EntityKind.PLACE)}
    if counted:
        bracket = text.text.find("(", position, counted.end() + 60)
        if bracket >= 0 and not re.search(r"[.;]", text.text[position:bracket]):
            return _run(text, mentions, bracket + 1)
        colon = re.match(r"[^.;:(]{0,60}:", text.text[counted.start() :])
        spelt, end = _run(text, mentions, counted.start() + colon.end()) if colon else ([], 0)
        if spelt:
            return spelt, end
        position = counted.end()
    listed, end = _run(text, mentions, position)
    opening = re.match(r"\s*(?:BCU\s*)?\(", text.text[end:]) if listed else None
    if opening:
        members, end = _run(text, mentions, end + opening.end())
        listed += members
    return list(dict.fromkeys(listed)), end


def organisations_before(text: NamedText, position: int) -> list[Entity]:
    """Return the organisations that are the subject of the verb at the position: "A, B and C deliver"."""
    found: list[Entity] = []
    for mention in reversed(text.of_kind(EntityKind.ORGANISATION)):
        if mention.end > position:
            continue
        between = text.text[mention.end : position]
        bare = _BODY_WORDS.sub("", _BRACKET.sub("", between), count=1)
        if not _JOIN.fullmatch(bare):
            break
        found.append(mention.entity)
        position = mention.start
    return list(reversed(found))


def _run(text: NamedText, mentions: dict[int, NameMention], position: int) -> tuple[list[Entity], int]:
    listed: list[Entity] = []
    while True:
        join = _JOIN.match(text.text, position)
        mention = mentions.get(join.end() if join else position)
        if mention is None:
            return listed, position
        listed.append(mention.entity)
        position = mention.end


def _inside_possessive(text: NamedText, start: int) -> NameMention | None:
    """Return the organisation in "London's Victim Support": a place or body may own it."""
    owner = next((m for m in text.mentions if m.start == start and text.text[m.end : m.end + 2] in ("'s", "’s")), None)
    if owner is None:
        return None
    after = owner.end + 3
    return next((m for m in text.of_kind(EntityKind.ORGANISATION) if m.start == after), None)


def _past(text: str, position: int) -> int:
    for pattern in (_BODY_WORDS, _BRACKET):
        match = pattern.match(text, position)
        position = match.end() if match else position
    return position


def _unlisted(text: NamedText, start: int) -> tuple[str, int] | None:
    """Return a capitalised name that no mention touches, with its number of words."""
    match = _UNKNOWN.match(text.text, start)
    if not match or any(m.start < match.end() and match.start() < m.end for m in text.mentions):
        return None
    name = match.group().rstrip(".")
    return (name, len(name.split())) if looks_like_organisation(name) else None
