"""Find organisations in running text that the registry lacks, by the form of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Entity, EntityKind
from graph.names.index import NameMention, new_entity

_WORD = r"(?:[A-Z][\w&'’.-]*[\w]|[A-Z])"
_PHRASE = re.compile(rf"\b{_WORD}(?:\s+(?:(?:of|and|for|the|&|in|on|against)\s+){{0,2}}{_WORD}){{0,8}}")
_HEAD = re.compile(
    r"\b(?:Trust|Ltd|Limited|CIC|CIO|LLP|plc|Council|University|Foundation|Association|Charity|Society|Institute|College"
    r"|Federation|Company|Corporation|Women['’]?s Aid|Chaplaincy|Forum|Alliance|Consortium|Centre|Charities|Mind"
    r"|Refuge|CVS|Farm|Academy|Police|Constabulary|Board|Office)$"
    r"|\w\s+(?:(?:Youth\s+(?:Offending|Justice)|Fire\s+(?:and|&)\s+Rescue|Ambulance|Probation|Drug\s+and\s+Alcohol)\s+(?:Service|Team)"
    r"|Community\s+Safety\s+Partnership|Safeguarding\s+(?:\w+\s+)?Partnership|Citizens\s+Advice|Rape\s+Crisis"
    r"|Neighbourhood\s+Watch)$"
    r"|^(?:University|College|Institute|Council|Centre|Society|Friends|Department|Ministry)\s+(?:of|for)\b"
)
#: last words of a body's name where a place is its first: "... Youth Justice Service", "... safer communities network"
_LOCAL_HEAD = re.compile(
    r"\b(?:Services?|Teams?|Partnership|Network|Watch|Group|Unit|Crisis|Line|Hub|Club|Church|Forum|Project|Aid|Centre)$",
    re.I,
)
_LOCAL_TAIL = re.compile(
    r"\s+(?:(?:and|of|for)\s+)?(?:network|partnership|forum|consortium|team|board|service|group|association|trust|club)\b"
)
#: a department whose name has commas in it
_DEPARTMENT = re.compile(
    rf"\b(?:Department|Ministry)\s+(?:of|for)\s+{_WORD}(?:\s+{_WORD})*(?:,\s+{_WORD}(?:\s+{_WORD})*)*,?"
    rf"\s+(?:and|&)\s+{_WORD}(?:\s+{_WORD})*"
    r"|\b(?:Office\s+of\s+the\s+)?Police,\s+Fire\s+and\s+Crime\s+Commissioner\b"
)
_SMALL_END = re.compile(r"(?:\s{1,9}(?:of|and|for|the|&|in|on|against)){0,40}\s{0,9}$")
_OWNER = re.compile(r"['’]s?$")
_LEADING = re.compile(
    r"^(?:(?:The|A|An|In|To|From|And|Award|Accept|Approve|Note|Pay|Agree|For|With|By|On|At|That|This|Both)\s+)+"
)


def unlisted_organisations(text: str, known: Sequence[NameMention]) -> list[NameMention]:
    """Return the organisations that a text names and the registry lacks, in order.

    A known place inside such a name ("University of Central ...") is treated as part of the name.
    """
    found = [
        _mention(one[0], one.start())
        for one in _DEPARTMENT.finditer(text)
        if "," in one[0] and not any(name.start < one.end() and one.start() < name.end for name in known)
    ]
    for match in _PHRASE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        lead = None if text[: match.start()].endswith("the ") else _LEADING.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        name = _SMALL_END.sub("", text[start : _cut(start, match.end(), known)]).rstrip(".")
        name = _shortest(_OWNER.sub("", name))
        end = start + len(name)
        if len(name.split()) < 2:
            continue
        if not _HEAD.search(name):
            name = _local_name(text, start, name, known)
            end = start + len(name)
        if not name:
            continue
        inside = [one for one in known if one.start < end and start < one.end]
        if any(not _is_place(one) or (one.start <= start and one.end >= end) for one in inside):
            continue
        found.extend(_mention(part, start + offset) for offset, part in _bodies_in(name))
    return sorted(found, key=lambda one: one.start)


def _shortest(name: str) -> str:
    """Return a phrase up to the last word of its first body name: "X Watch" for "X Watch for Y"."""
    for cut in re.finditer(r"\s{1,9}(?:for|to|in|on|against)\s{1,9}", name):
        head = name[: cut.start()]
        if len(head.split()) > 1 and (_HEAD.search(head) or _LOCAL_HEAD.search(head)) and not _HEAD.search(name):
            return head
    return name


def _bodies_in(name: str) -> list[tuple[int, str]]:
    """Return (offset, name) of the one body in a phrase, or of two that "and" joins if each ends like a body's name."""
    for joint in re.finditer(r"\s{1,9}(?:and|&)\s{1,9}", name):
        first, second = name[: joint.start()], name[joint.end() :]
        if _HEAD.search(first) and _HEAD.search(second) and min(len(first.split()), len(second.split())) > 1:
            return [(0, first), (joint.end(), second)]
    return [(0, name)]


def _mention(name: str, start: int) -> NameMention:
    entity: Entity = new_entity(name, EntityKind.ORGANISATION)
    return NameMention(entity=entity, start=start, end=start + len(name), surface=name, candidates=(), score=0.6)


def _is_place(mention: NameMention) -> bool:
    """Return True if a mention is a place's name, whether it was read as the place or as its council."""
    return EntityKind.PLACE in {mention.entity.kind, *(one.kind for one in mention.candidates)}


def _local_name(text: str, start: int, name: str, known: Sequence[NameMention]) -> str:
    """Return the name of a body that begins with a place and ends in a small word; "" if there is none."""
    if not any(one.start == start and _is_place(one) for one in known):
        return ""
    tail = _LOCAL_TAIL.match(text, start + len(name))
    whole = name + tail[0] if tail and len(name.split()) > 2 else name
    return whole if len(whole.split()) > 2 and _LOCAL_HEAD.search(whole) else ""


def _cut(start: int, end: int, known: Sequence[NameMention]) -> int:
    """Return where a phrase ends: before a known name that "and" joins to it."""
    inside = [one.start for one in known if start < one.start < end and one.entity.kind is not EntityKind.PLACE]
    return min(inside, default=end)


def with_unlisted(text: str, known: Sequence[NameMention]) -> list[NameMention]:
    """Return known and unlisted names of a text together, in order, without overlaps."""
    new = unlisted_organisations(text, known)
    kept = [one for one in known if not any(one.start < other.end and other.start < one.end for other in new)]
    return sorted([*kept, *new], key=lambda one: one.start)
