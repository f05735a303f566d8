"""Payers and payees in prose that the registry lacks, and the words for payees that a text leaves open."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from graph.model import Entity, EntityKind
from graph.names.index import looks_like_organisation, new_entity
from graph.names.new_names import kind_of_name
from graph.parse.money import MoneyMention
from ingest.extract.prose.frames import Act
from ingest.extract.prose.new_subjects import named_before
from ingest.extract.scope.document import Scope

_NAME = r"((?:[A-Z][\w&'’.-]*)(?:\s+(?:[A-Z][\w&'’.-]*|of|and|the|&|in)){0,7})"
_LONG_NAME = r"((?:[A-Z][\w&'’.-]*)(?:\s+(?:[A-Z][\w&'’.-]*|of|and|for|the|&|in)){0,9})"
_AWARDED = re.compile(
    rf"\b(?:[Aa]ward(?:s|ed|ing)?|[Gg]ives?|[Gg]ave|[Pp]ay(?:s|ing)?|[Aa]ppoint(?:s|ed)?|[Cc]ontract)\s+(?:the\s+)?{_NAME}(?=\s+(?:the|an?|up|as|£|to)\b|\s+£)"
)
_PAYEE = re.compile(
    r"\b(?:(?<!relating )(?<!related )(?<!linked )(?<!similar )(?<!lines )(?<!access )(?<!points )to|pays?|funds?)"
    rf"\s+(?:the\s+)?{_NAME}"
)
_ENABLED = re.compile(rf"\b(?:enabl\w+|allow\w*)\s+(?:the\s+)?{_NAME}(?=\s+to\s+[a-z])")
_REQUIRED_FROM = re.compile(
    rf"\b(?:requires?|commission\w*|provided|buys|purchas\w+|procur\w+)\b[^.;£]{{0,60}}\bfrom\s+(?:the\s+)?{_LONG_NAME}"
)
_AT_A_COST = re.compile(r"\bat\s+an?\s+(?:\w+\s+)?cost\s+of\s*(?:\w+\s+){0,2}$")
_PROVIDES = re.compile(r"\b(?:provid|deliver|operat)\w*\b|\br[au]ns?\b|\bsuppl(?:y|ies|ied)\b")
_GIVER = re.compile(rf"\bfrom\s+(?:the\s+)?{_NAME}")
#: "Youth Justice teams": capitals before a general noun name nobody
_GENERIC_AFTER = re.compile(
    r"\s+\d|\s+(?!for\b|to\b|in\b|at\b|on\b|and\b|with\b|from\b|via\b|by\b|over\b|which\b|who\b|under\b|as\b|so\b|until\b|through\b|towards?\b|where\b)[a-z]+"
)
_TAIL = re.compile(r"(?:\s+(?:of|and|for|the|&|in|to))+$")
_NO_PARTY = (
    "Round Tranche Appendix Phase Year Call Lot Director Chief Head Executive Deputy Cabinet Portfolio Leader Member"
    " Officer Assistant Monitoring Strand Option Part Annex Tender"
)
_MONTHS = re.compile(rf"^(?:{'|'.join([*calendar.month_name[1:], *calendar.day_name, *_NO_PARTY.split()])})\b")
_PEOPLE = re.compile(r"(?:Victims|Women|Children|Young People|Families|Survivors|Offenders|Communities|Perpetrators)")
_VERBS = (
    "continue|deliver|support|provide|extend|help|run|fund|pay|develop|enable|expand|cover|meet|ensure|improve|build|work|bring"
    "|allow|make|take|give|use|steer|join|recruit|reach|train|test|evaluate|increase|reduce|sustain"
)
_OPEN = re.compile(
    rf"\b(?:to(?!\s+(?:{_VERBS})\b)|for(?!(?:\s+\w+){{0,4}}\s+services?\b))\s+((?:(?:the|all|each|every|its|their|both|\w+teen|\d+|two|three|four|five|six|seven|eight|nine|ten|lead|local|successful|other|various)\s+)*"
    rf"(?:\w+\s+){{0,3}}?(?:providers?|organisations?|bidders?|authorities|councils?|partners?|boroughs|districts|charities|agencies|groups|services|applicants|evaluator"
    rf"|contractors?|partnerships|supplier)\b[^.;,£]{{0,60}})",
    re.I,
)
_PURPOSE_VERB = re.compile(r"\s+(?:and|to)\s+(?:pay|award|us|allocat|commit|deliver|extend)\w*\b.*$", re.I | re.S)


def unlisted_payee(
    scope: Scope, text: str, stretches: Sequence[tuple[int, int]], money: MoneyMention | None
) -> Entity | None:
    """Return a payee named in the words after the sum, else before it, that no list knows; None where none is."""
    for start, end in stretches:
        if (given := _AWARDED.search(text[start:end])) and (name := _name(given[1])) and _is_new(scope, name):
            return new_entity(name, EntityKind.ORGANISATION)
        if (enabled := _ENABLED.search(text[start:end])) and (name := _name(enabled[1])) and _is_new(scope, name):
            return new_entity(name, EntityKind.ORGANISATION)
        middle = money.end if money is not None and start <= money.start < end else start
        for low, high in ((middle, end), (start, middle)):
            for found in _PAYEE.finditer(text[low:high]):
                name = _name(found[1])
                after = found.start(1) + len(name)
                if name and not _GENERIC_AFTER.match(text[low:high], after) and _is_new(scope, name):
                    return scope.placed(new_entity(name, EntityKind.ORGANISATION))
    return None


def _is_new(scope: Scope, name: str) -> bool:
    """Return whether no known name is in a name, but for a place that is one word of it."""
    known = scope.names.find(name, context=scope.context)
    return all(one.entity.kind is EntityKind.PLACE and one.surface != name for one in known)


def unlisted_seller(scope: Scope, text: str, stretches: Sequence[tuple[int, int]]) -> Entity | None:
    """Return who a service is required or bought from, where no list knows the name."""
    for start, end in stretches:
        found = _REQUIRED_FROM.search(text[start:end])
        name = _name(found[1]) if found else ""
        if name and not [
            one for one in scope.names.find(name, context=scope.context) if one.entity.kind is EntityKind.ORGANISATION
        ]:
            return new_entity(name, EntityKind.ORGANISATION)
    return None


def provider_at_cost(scope: Scope, before: str) -> Entity | None:
    """Return who provides a service that the words before a sum price ("X ran the service in Y at a cost of")."""
    priced = _AT_A_COST.search(before)
    does = list(_PROVIDES.finditer(before, 0, priced.start())) if priced else []
    name = named_before(before[: does[-1].start()]) if does else ""
    if not name:
        return None
    known = scope.names.resolve(name, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
    return known or new_entity(name, EntityKind.ORGANISATION)


def unlisted_giver(scope: Scope, text: str, stretches: Sequence[tuple[int, int]]) -> Entity | None:
    """Return a giver named after "from" that no list knows."""
    for start, end in stretches:
        for found in _GIVER.finditer(text[start:end]):
            name = _name(found[1])
            if (
                name
                and not scope.names.find(name, context=scope.context)
                and not re.search(r"\b[Ff]und(?:ing)?\b", name)
            ):
                return scope.placed(new_entity(name, EntityKind.ORGANISATION))
    return None


def _name(words: str) -> str:
    name = _TAIL.sub("", words).rstrip(".,")
    is_body = looks_like_organisation(name) and not _MONTHS.match(name) and kind_of_name(name) is not EntityKind.FUND
    return name if is_body and not _PEOPLE.fullmatch(name) else ""


def open_payee(text: str, stretches: Sequence[tuple[int, int]], money: MoneyMention | None, act: Act | None) -> str:
    """Return the words for payees that a text describes and does not name ("three lead authorities"); "" for none."""
    for start, end in stretches:
        after = money.end if money is not None and start <= money.start < end else start
        found = _OPEN.search(_PURPOSE_VERB.sub("", text[after:end])) or (
            _OPEN.search(text[start:end]) if act is Act.GIVE else None
        )
        if found:
            return re.sub(r"\s+", " ", found[1]).strip()
    return ""
