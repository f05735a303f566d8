"""Which part an organisation or fund plays beside a sum: pays, gets, or neither; from the words that touch it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from graph.model import EntityKind
from graph.names.index import NameMention


class Part(StrEnum):
    """The part of a mention."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    MONEY = "money"  #: its name qualifies the money: "Home Office funding of"
    PASSED_TO = "passed to"  #: gets it from the recipient: "to sub-grant on to"
    BENEFICIARY = "beneficiary"  #: "for MOPAC": who it is meant for
    OWN_COST = "own cost"  #: "towards MOPAC's staffing"
    ADJECTIVE = "adjective"  #: "London boroughs"
    NONE = "none"


_FILL = r"(?:(?:the|its|their|an?|both|three|four|five|lead|existing|successful|to|new|current|all)\s+){0,3}[\"'“*(]*$"
_PASSED = re.compile(rf"\b(?:sub-?grant\w*|on-?grant\w*|on-?award\w*)\b[^.£]*?\b(?:to|with)\s+{_FILL}", re.I)
_FROM = re.compile(rf"(?<!partly )(?<!part )(?<!mainly )\b(?:from|by|via)\s+{_FILL}", re.I)
_TO = re.compile(rf"(?<!open )(?<!also )(?<!linked )(?<!related )\b(?:to|into)\s+{_FILL}", re.I)
_AGREEMENT = re.compile(rf"\b(?:agreements?|contracts?)\b[^.;£]{{0,25}}\b(?:with|from)\s+{_FILL}", re.I)
_REQUIRED = re.compile(
    rf"\b(?:requires?|buys?|purchas\w+|commission\w*|procur\w+)\b[^.;£]{{0,40}}\bfrom\s+{_FILL}", re.I
)
#: "get external counselling from X": X is paid for it
_GOT_FROM = re.compile(
    rf"\b(?:get|obtain|access|receive)\s+(?:\w+\s+){{0,2}}(?:counselling|support|advice|training|therapy|services?|help)"
    rf"\s+(?:\w+\s+)?from\s+{_FILL}",
    re.I,
)
#: "£5 to enable X to do it": X is given it
_ENABLED = re.compile(rf"\b(?:enabl\w+|allow\w*)\s+{_FILL}", re.I)
_TO_DO = re.compile(r"\s+(?:[a-z]+\s+){0,3}to\s+[a-z]")
_LED_BY = re.compile(
    rf"\bto\s+(?:an?|the)\s+(?:consortium|partnership|group)[^.;£]{{0,30}}\b(?:led|headed)\s+by\s+{_FILL}", re.I
)
#: what is sent by somebody is no money of theirs: "a proposal from X"
_ASKED_BY = re.compile(
    rf"\b(?:proposal|(?:re)?submission|bid|application|request|advice|report|submission|letter|notification)s?\s+(?:from|by)\s+{_FILL}",
    re.I,
)
_ON_BEHALF = re.compile(rf"\bon\s+behalf\s+of\s+{_FILL}", re.I)
_TO_IT = re.compile(r"\s+to\s+(?:the|that)\s+(?:borough|council|authority|force|district|partnership)\b", re.I)
_OF = re.compile(rf"\b(?:of|in)\s+{_FILL}", re.I)
#: "the services paid for by X": X pays for the services, not this sum
_OF_OTHERS = re.compile(
    rf"\b(?:services?|projects?|programmes?|posts?|schemes?|work|pilots?|activit\w+)\s+(?:\w+\s+){{0,2}}"
    rf"(?:paid|funded|run|led|delivered|managed|commissioned|provided)\s+(?:for\s+)?by\s+{_FILL}",
    re.I,
)
_FOR = re.compile(rf"\bfor\s+{_FILL}", re.I)
_COSTS = re.compile(
    r"^(?:['’]s?)?\s+(?:own\s+)?(?:\w+\s+){0,3}?(?:costs?|staff\w*|overheads?|management|administration)\b", re.I
)
_TOWARDS = re.compile(r"\b(?:towards?|for|cover)\s+(?:the\s+)?$", re.I)
_MONEY = re.compile(
    r"^(?:['’]s?)?[\s,]+(?:\w+\s+){0,3}?(?:match(?:ed)?[\s-]+funding|match|funding|funds?|grants?|awards?|money|contributions?|allocations?|budget|offer)\b",
    re.I,
)
_WHERE = re.compile(r"\b(?:in|across|within|throughout|around|covering)\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.I)
_ADJECTIVE = re.compile(
    r"^\s+(?:boroughs?|councils?|districts?|forces?|organisations?|authorities|providers?|services?)\b", re.I
)
#: a place that is one word of a longer name: "Survivors X", "X Action on Street Health"
_LONGER_NAME = re.compile(r"^\s+(?!PCC\b|OPCC\b|Council\b)[A-Z][a-z]+")
_OF_A_PAYEE = re.compile(
    r"^\s+(?:who|which|that)\s+(?:\w+\s+){0,2}(?:received|got|was|were|will|has|have)\b|^[ -]based\b"
)
_LONGER_BEFORE = re.compile(
    r"(?<![.:;!?]\s)(?<!^)\b(?!The|In|To|For|From|At|And|Of|With|By|Across|Award|Accept|Pay|Fund|Grant|Approve)[A-Z][a-z]+\s+$"
)
_VERBAL_AWARD = re.compile(r"^\s+(?:award|grant|fund)(?:s|ed|ing)\s+(?:[A-Z]|the\s+[A-Z]|£)")


def part_of_mention(text: str, mention: NameMention) -> Part:
    """Return the part that the words right before and after a mention give it; NONE where they give none."""
    before, after = text[: mention.start], text[mention.end :]
    if mention.entity.kind is EntityKind.PLACE and (
        _WHERE.search(before)
        or _ADJECTIVE.match(after)
        or _LONGER_NAME.match(after)
        or _LONGER_BEFORE.search(before)
        or _OF_A_PAYEE.match(after)
    ):
        return Part.ADJECTIVE
    if _TOWARDS.search(before) and _COSTS.match(after):
        return Part.OWN_COST
    if _PASSED.search(before):
        return Part.PASSED_TO
    if _AGREEMENT.search(before) or _REQUIRED.search(before) or _GOT_FROM.search(before):
        return Part.RECIPIENT
    if _OF_OTHERS.search(before):
        return Part.NONE
    if _LED_BY.search(before) or (_ENABLED.search(before) and _TO_DO.match(after)):
        return Part.RECIPIENT
    if _ON_BEHALF.search(before) and _TO_IT.match(after):
        return Part.RECIPIENT
    if _ASKED_BY.search(before):
        return Part.NONE
    if _FROM.search(before):
        return Part.FUNDER
    if _TO.search(before):
        return Part.RECIPIENT
    if mention.entity.kind is EntityKind.FUND and _OF.search(before):
        return Part.MONEY
    if _MONEY.match(after) and not _VERBAL_AWARD.match(after):
        return Part.MONEY
    if _FOR.search(before):
        return Part.BENEFICIARY
    return Part.NONE


_JOINED = re.compile(r"^\s*(?:\([^)]*\))?\s*(?:,|and|&|,\s*and|or|/)\s*(?:to\s+|from\s+)?(?:the\s+)?$")
_BRACKET = re.compile(r"^[^().;]{0,40}\(\s*$")


def parts_of(text: str, mentions: Sequence[NameMention]) -> dict[int, Part]:
    """Return the part of each mention by its start; a list of names, or a name in brackets, has its first's part."""
    parts: dict[int, Part] = {}
    previous: NameMention | None = None
    for mention in mentions:
        part = part_of_mention(text, mention)
        if part in (Part.NONE, Part.MONEY) and previous is not None:
            between = text[previous.end : mention.start]
            inherited = parts[previous.start]
            if (_JOINED.match(between) or _BRACKET.match(between)) and inherited in (Part.FUNDER, Part.RECIPIENT):
                part = inherited
        parts[mention.start] = part
        previous = mention
    return parts
