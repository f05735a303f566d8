"""Subjects that no list knows: the name, or the description of several, that stands right before a verb."""

from __future__ import annotations

import calendar
import re

from graph.names.index import looks_like_organisation

_AUXILIARIES = (
    r"(?:(?:will|would|should|has|have|had|also|each|both|then|is|are|was|were|be|been|being|to|now|jointly|already"
    r"|previously|subsequently|\w+ly)\s+){0,4}"
)
_START = (
    r"(?:^|[.;:•]\s+|,\s+|\b(?:and|while|whilst|with|that)\s+)(?:(?:In|For|During)\s+[\d/–-]+,?\s+)?(?:[Tt]he\s+)?"
    r"(?:[A-Z]\w+[ -]based\s+)?"
)
_NAMED = re.compile(
    rf"{_START}([A-Z][\w&!'’.-]*(?:\s+(?:of|and|for|the|in|on|against|with|&|\([A-Z][\w&-]*\)|[A-Z][\w&!'’.-]*))*?)"
    rf"\s+(?:(?:from|based\s+in)\s+[A-Z]\w+\s+)?(?:(?:who|which)\s+)?{_AUXILIARIES}$"
)
_WHO = re.compile(r"\s(?:who|which)\s+(?:\w+\s+){0,3}$")
_WHERE_FROM = re.compile(r"\s+in\s+[A-Z][\w'’-]+$")
_IS_FUND = re.compile(r"\b(?:Fund|Grants?|Budget)$")
_DESCRIBED = re.compile(
    r"(?:^|[.;:,]\s+|\band\s+)"
    r"((?:(?:each|both|all|every|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})(?:\s+of)?(?:\s+the)?"
    r"|the\s+(?:successful|following|other|local|two|three|four|five|six))\s+(?:[\w-]+\s+){0,3}?"
    r"(?:services?|authorit(?:y|ies)|councils?|boroughs?|providers?|organisations?|partners?|districts?|forces?|charit(?:y|ies)"
    r"|projects?|hubs?|centres?|areas?|sites?|groups?|schools?|bidders?|applicants?|teams?|partnerships?))"
    rf"(?:\s+\([^()]*\))?\s+{_AUXILIARIES}$",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:a|acceptance|all|an|another|any|application|applications|applicants|approval|as|at|award|awards|bid"
    r"|bids|both|commissioner|consultation|consultees|councils|decision|department|each|every|evaluation"
    r"|following|from|funding|funds|grants|he|however|i|if|in|it|its|mayor|money|more|most|no|office"
    r"|officers|on|opcc|opfcc|organisations|partners|pcc|pfcc|police|project|projects|programme|proposals"
    r"|providers|responses|savings|services|she|since|staff|successful|that|the|their|there|these|they"
    r"|this|those|to|under|victims|we|when|where)$",
    re.IGNORECASE,
)
_CAPITAL_WORD = re.compile(r"\b[A-Z][\w’'-]*\s+$")
_NO_END = re.compile(r"\s(?:of|and|for|the|in|on)$|^[A-Z][a-z]+ly$")  # a small word; an adverb that opens a sentence
_DATE = re.compile(rf"^(?:{'|'.join([*calendar.month_name[1:], *calendar.day_name])})\b")


def named_before(before: str) -> str:
    """Return the name that a verb's own words follow, as a text prints it; "" for none."""
    found = _NAMED.search(before)
    if found is None:
        return ""
    name = re.sub(r"\s+", " ", found[1]).strip()
    if _WHO.search(found[0]):
        name = _WHERE_FROM.sub("", name)
    joins_names = found[0].startswith("and") and _CAPITAL_WORD.search(before[: found.start()])
    if (
        joins_names
        or _NO_NAME.match(re.split(r"[\s'’]", name)[0])
        or _DATE.match(name)
        or _NO_END.search(name)
        or _IS_FUND.search(name)
    ):
        return ""
    return name if looks_like_organisation(name) else ""


def described_before(before: str) -> str:
    """Return the words for several payees, or each of them, that a verb follows ("each local authority")."""
    found = _DESCRIBED.search(before)
    return re.sub(r"\s+", " ", found[1]).strip() if found else ""


def is_several(name: str, text: str) -> bool:
    """Return whether a name with "and" in it is that of two who act together."""
    return " and " in name and bool(re.search(r"\b(?:jointly|both|each|together|respectively)\b", text))
