"""Names that the registry lacks: which words look like an organisation's name, and an entity for them."""

from __future__ import annotations

import re
import unicodedata

from graph.model import Entity, EntityKind

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_HEADS = (
    r"Trust|Ltd|Limited|CIC|CIO|LLP|plc|PLC|Council|University|Foundation|Partnership|Services?|Association|Charity|"
    r"Centre|Center|Society|Network|Alliance|Federation|Institute|College|School|Academy|Consortium|Forum|Hospital|"
    r"Police|Constabulary|Authority|Commission|Commissioner|Agency|Department|Ministry|Office|Board|Mind|Housing|Homes|"
    r"Refuge|Aid|Group|Company|Collective|Community|Union|Church|Club|Corporation|Executive|Inspectorate|Unit|Team|"
    r"Consultancy|Consulting|Solutions|Project|Support|Crisis|Hub|Victim|NHS|MBC|MDC|CCG|ICB"
)
_HEAD = re.compile(rf"\b(?:{_HEADS})\b")
_LEGAL_HEAD = re.compile(
    r"\b(?:Trust|Ltd|Limited|CIC|CIO|LLP|plc|Council|University|Foundation|Association|Charity|Society|Institute|College|"
    r"Federation|Authority|Company|Corporation|Commission|Inspectorate|Women[’']?s Aid|Police|Constabulary)\b"
)
_NAME_WORD = re.compile(r"[A-Z0-9][\w'’.\-]*|&|\+")
_SMALL_WORD = re.compile(r"(?:and|of|for|the|in|on|to|against|with|at|by|de|la|upon)$")
_OPEN = re.compile(
    r"(?i)\b(?:tb[cda]|to be (?:confirmed|procured|agreed|determined|appointed|advised|identified|decided)|unknown|"
    r"not yet|various|n/?a|none|others?|open competition|subject to|procurement|successful (?:bidders?|applicants?))\b"
)
_TO_BE_CHOSEN = re.compile(
    r"(?i)\b(?:to be|not yet) (?:procured|appointed|commissioned|confirmed|awarded|selected|tendered)\b|\btb[ca]\b"
)
_NO_NAME = re.compile(
    r"(?i)^(?:(?:sub-?\s*)?totals?\b.*|grand total.*|year\b.*|amount|funding|cost|costs|provider|providers|recipient|"
    r"recipients|organisation|organisations|borough|boroughs|programme|project|description|purpose|source|funder|"
    r"area|staff\w*|salar\w+|evaluation|evaluator|training|management|delivery|overheads?|contingency|"
    r"administration|income|expenditure|balance|surplus|deficit|remaining.*|unallocated.*|all .*|each .*|a .*|an .*)$"
)


def new_entity(name: str, kind: EntityKind) -> Entity:
    """Return an unverified entity for a name that the registry lacks; the same name always gives the same id."""
    plain = " ".join(name.replace("’", "'").split())
    folded = unicodedata.normalize("NFKD", plain.casefold().replace("'", "").replace("&", " and "))
    slug = _NOT_LETTERS.sub("-", "".join(letter for letter in folded if not unicodedata.combining(letter))).strip("-")
    return Entity(f"new-{slug[:80].rstrip('-') or 'name'}", plain, kind, verified=False)


def kind_of_name(name: str) -> EntityKind:
    """Return the kind of thing that the last words of a name indicate; an organisation if they indicate none."""
    if re.search(r"\b(?:Fund|Funding|Grants?)\b(?:\s+\d{4}\S*)?$", name):
        return EntityKind.FUND
    if re.search(r"\b(?:Programme|Project|Pilot|Scheme|Initiative|Pathfinder)s?$", name):
        return EntityKind.PROGRAMME
    return EntityKind.ORGANISATION


def is_left_open(text: str) -> bool:
    """Return True if the words say that the party is not named yet, such as "to be procured" or "TBC"."""
    return bool(_OPEN.search(text))


def is_to_be_chosen(text: str) -> bool:
    """Return True if the words are for a role that somebody will be chosen for, such as "provider (to be procured)"."""
    return bool(_TO_BE_CHOSEN.search(text))


def has_legal_head(text: str) -> bool:
    """Return True if a name says that it is a body: "... Trust", "... Ltd", "... Council"."""
    return bool(_LEGAL_HEAD.search(text))


def looks_like_organisation(text: str) -> bool:
    """Return True if a whole cell or phrase reads like an organisation's proper name."""
    name = " ".join(re.sub(r"\([^)]{0,300}\)", " ", text).split()).strip(" .,;:–-")
    if not 2 <= len(name) <= 120 or is_left_open(text) or _NO_NAME.match(name) or re.search(r"[£€$%]|\d{4,}", name):
        return False
    parts = name.replace("/", " ").split()
    if len(parts) > 12:
        return False
    capital = [part for part in parts if _NAME_WORD.match(part)]
    plain = [part for part in parts if not _NAME_WORD.match(part) and not _SMALL_WORD.match(part)]
    if plain and not (_HEAD.search(name) and len(capital) > len(plain)):
        return bool(re.fullmatch(r"[a-z]+[A-Z]\w*", name))
    if not capital:
        return False
    return bool(_HEAD.search(name)) or (len(capital) >= 2 and not plain) or len(parts) == 1
