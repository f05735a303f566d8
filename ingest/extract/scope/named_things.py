"""Find programmes and funds that a document names and the registry lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Entity, EntityKind
from graph.names.index import NameContext, NameIndex, new_entity

_WORDS = r"(?:[A-Z][\w'’&-]{0,80}|\d{1,40}|of|for|and|to|the|&|in|on)"
_NAME = rf"[A-Z][\w'’&-]{{0,80}}(?:\s{{1,9}}{_WORDS}){{0,7}}"
_KIND = r"(?:[Pp]rogramme|[Pp]ilot|[Pp]roject|[Ss]ervice|[Ss]cheme|[Ii]nitiative|[Hh]ub|[Ii]ntervention|[Mm]odel)"
_PREFIXED = re.compile(
    r"\b(?:Project|Operation)\s+(?!Fund|Support|Manage|Lead|Grant|Officer|Cost|Board|Team|Worker|Plan)[A-Z][\w'’-]+"
)
_IN_TITLE = re.compile(rf"({_NAME}\s{{1,9}}{_KIND})\b")
_ACRONYM = re.compile(rf"({_NAME})\s{{0,9}}\(([A-Z][A-Za-z-]{{2,9}})(?:\s{{1,9}}[Mm]odel)?\)(?!\s{{1,9}}[A-Z])")
_IN_APPOSITION = re.compile(rf"\b(?:runs?|of|delivers?|extends?)\s+the\s+({_NAME}),\s+an?\s+(?:\w+\s+){{0,3}}{_KIND}\b")
_NO_NAME = re.compile(
    r"^(?:The\s+|A\s+|An\s+|Approval\s+\w*\s*|Appointment\s|Extension\s|Acceptance\s|Award\s|Funding\s|Evaluation\s+of\s+(?:the\s+)?|Commissioning\s+of\s+)+",
    re.I,
)
_GENERIC = re.compile(
    r"^(?:(?:victims?|support|services?|grants?|domestic|abuse|perpetrators?|programmes?|funding|home|office|pilot|project|and|of|the"
    r"|commissioning|commissioned|community|safety|crime|prevention|police|justice|criminal|office|system|violence|local|new|fund|funds"
    r"|extension|contract|award|sexual|referral|process|procurement|scheme|hub|service|initiative|intervention|interventions"
    r"|youth|offending|offenders?|investment|capital|treatment|advocacy|counselling|specialist|commissioner['’]?s)\W*)+$",
    re.I,
)
#: "the Harbour Lights programme" is called Harbour Lights; the Harbour Lights Programme has its kind in its name
_SMALL_KIND = re.compile(r"\s{1,9}(?:programme|project|scheme|initiative)$")
_FUND = re.compile(
    r"\b(?:[Ff]rom|[Ww]ithin|under|through|via)\s{1,9}(?:the\s{1,9}|its\s{1,9}|an?\s{1,9})?(?:£[\d,.]{1,40}\w{0,40}\s{1,9})?(?:\d{4}\S{0,300}\s{1,9})?((?:[A-Z][\w'’&-]{0,80}\s{1,9})(?:[\w'’&-]{1,80}\s{1,9}){0,4}?(?:budget|[Ff]und|[Rr]eserve|[Gg]rant))\b"
)


def named_programme(title: str, sentences: Sequence[str], names: NameIndex, context: NameContext) -> Entity | None:
    """Return the programme that a title or a clear definition names, as a new entity; None for a general name."""
    if found := _PREFIXED.search(title):
        return _entity(found[0], names, context)
    for sentence in sentences:
        if found := _IN_APPOSITION.search(sentence):
            return _entity(found[1], names, context)
    if found := _ACRONYM.search(title):
        return _entity(found[2], names, context)
    for found in _IN_TITLE.finditer(re.sub(r"\s{0,9}\([^()]*\)", "", title)):
        entity = _entity(found[1], names, context)
        if entity is not None:
            return entity
    return None


def _entity(words: str, names: NameIndex, context: NameContext) -> Entity | None:
    name = _NO_NAME.sub("", re.sub(r"\s+", " ", words)).strip()
    own = _SMALL_KIND.sub("", name)
    name = own if len(own) > 3 and not _GENERIC.match(own) else name
    if not name or _GENERIC.match(name):
        return None
    known = names.resolve(name, kinds={EntityKind.PROGRAMME}, context=context)
    if known is not None:
        return known
    if names.resolve(name, kinds={EntityKind.ORGANISATION, EntityKind.FUND, EntityKind.PLACE}, context=context):
        return None
    return new_entity(name, EntityKind.PROGRAMME)


def named_fund(text: str, names: NameIndex, context: NameContext) -> Entity | None:
    """Return the fund that a text says money comes from ("from the X victims' budget"), as an entity; else None."""
    found = _FUND.search(text)
    if found is None:
        return None
    words = re.sub(r"\s+", " ", found[1])
    return names.resolve(words, kinds={EntityKind.FUND}, context=context) or new_entity(words, EntityKind.FUND)
