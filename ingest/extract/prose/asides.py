"""Sums that are no money of a decision: thresholds, rates, statistics, ceilings for each of many, shares a year."""

from __future__ import annotations

import re

from graph.model import Basis
from graph.parse.money import MoneyMention
from ingest.extract.prose.clauses import Window

_THRESHOLD = re.compile(
    r"^\s*(?:and|or)\s+(?:above|over|more|below|under)|^\s*threshold"
    r"|^\s*per\s+(?:organisation|applicant|bid|grant|project|hour|day|week|month|head|person|victim|household|officer|session|property|group|area|site|school|ward)\b",
    re.I,
)
_EACH = re.compile(r"^[\s.,(]*(?:for\s+)?each\b", re.I)
_RATE = re.compile(
    r"\b(?:council\s+tax|band\s+[A-H]\s+(?:property|properties|charge)|salar(?:y|ies)|remuneration|hourly\s+rate|daily\s+rate)\s+"
    r"(?:\w+\s+){0,5}?(?:of|to|by|at|from|between|is|are|range)\s+(?:£[\d,.]+k?\s*(?:to|-|–|and)\s*)?$",
    re.I,
)
_STATISTIC = re.compile(
    r"\bcost(?:s|ing)?\s+(?:to\s+)?(?:society|the\s+(?:economy|taxpayer|public\s+purse|country|nation|UK))\b"
    r"|\b(?:economic\s+and\s+social|social\s+and\s+economic)\s+costs?\b|\bfor\s+every\s+£|\breturn\s+on\s+investment\b",
    re.I,
)
_RANGE_END = re.compile(r"\bbetween\s+£[\d,.]+\s?\w*\s+and\s+$", re.I)
_EACH_MAY = re.compile(
    r"\b(?:each|any|every)\s+(?:\w+\s+)?(?:applicant|organisation|group|bid|project|bidder)s?\b[^.;£]{0,40}"
    r"\b(?:can|could|may|might)\b"
    r"|\bfines?\s+(?:of|up)\b",
    re.I,
)
_THRESHOLD_BEFORE = re.compile(
    r"\b(?:above|exceeding|in excess of|(?<!not )(?<!not be )(?<!no )more than|less than"
    r"|(?<!just )(?<!slightly )under|below|equal to)"
    r"\s+(?:a\s+value\s+of\s+)?$",
    re.I,
)
_WAS_PAID = re.compile(
    r"\s+(?:(?:was|were|is|has\s+been|have\s+been|had\s+been|will\s+be)\s+(?:\w+\s+)?)"
    r"(?:awarded|given|invested|allocated|granted|provided|distributed|paid|committed|secured)\b"
)
_DELEGATION = re.compile(
    r"\b(?:scheme of (?:delegation|consent|governance)|delegated authority"
    r"|contract regulations|financial regulations)\b",
    re.I,
)
_DELEGATED = re.compile(r"^\W*(?:\d+[.)]\s*)?(?:to\s+)?delegat", re.I)
_CARRIED = re.compile(r"\bcarr(?:y|ied)\b[^.;]{0,20}\bforward", re.I)
_TAKEN_OFF = re.compile(
    r"\b(?:cut|reduced|decreas\w+|fell|lost|underspen\w+|savings?"
    r"|reduction(?!\s+(?:grants?|funds?|unit|partnership|network|services?|programme|project)\b))\b[^.;£]{0,20}$",
    re.I,
)
_CEILING = r"(?:up\s*to(?:\s+a\s+maximum\s+of)?|over|under|above|between|max(?:imum)?\.?(?:\s+of)?)"
_GRANTS_OF = re.compile(
    rf"\b(?:grants|awards|bids|lots?(?:\s+\d)?|applications)\s+(?:of\s+)?{_CEILING}\s*$"
    rf"|\b(?:organisations|groups|applicants|projects|bidders)\s+(?:with|for)\s+(?:funding|grants?|awards?)\s+of\s+{_CEILING}\s*$",
    re.I,
)

_VAT = re.compile(r"\bVAT\s+(?:of|at|is|being|amounting\s+to)\s+$")
_VAT_AFTER = re.compile(r"\s+(?:of\s+|in\s+)?(?:irrecoverable\s+|recoverable\s+)?VAT\b(?!\s*(?:incl|excl|exempt))")
#: what the area raises and keeps: "the precept raises £90m and reserves stand at £12m"
_LEVIES = re.compile(
    r"\b(?:precept|council\s+tax|reserves?)\s+(?:(?:income|funding|balances?|currently|now|will|would|then|also)\s+){0,3}"
    r"(?:raises?|raised|generat\w+|stands?|stood|is|are|was|were|totals?|totall\w+)\s+(?:at\s+|up\s+to\s+)?(?:\w+\s+){0,2}$",
    re.I,
)
_TO_MANY = re.compile(
    r"\s+(?:to|for)\s+(\d{2,3})\s+(?:[\w-]+\s+){0,2}(?:projects|groups|organisations|charities|schemes|applicants|services)\b"
)
_LEAST_AWARD = 500  #: pounds; no award seen is smaller than about that


def is_aside(text: str, window: Window) -> bool:
    """Return whether a sum is no money of this decision: a threshold of delegation, a ceiling for each of many."""
    before, after = text[: window.money.start], text[window.money.end :]
    if window.money.amount < 1000 and -int(window.money.amount.as_tuple().exponent) > 2:
        return True  # "£2.965": a misprint that cannot be read as it stands
    return bool(
        _THRESHOLD.match(after)
        or (_EACH.match(after) and window.money.basis is Basis.CEILING)
        or _VAT.search(before)
        or _VAT_AFTER.match(after)
        or _LEVIES.search(before)
        or _is_for_each_of_many(window.money, after)
        or _RATE.search(before)
        or _EACH_MAY.search(before)
        or _STATISTIC.search(text)
        or _RANGE_END.search(before)
        or _DELEGATION.search(text)
        or _DELEGATED.match(text)
        or (_TAKEN_OFF.search(before) and not _CARRIED.search(after))
        or _GRANTS_OF.search(before)
        or (
            _THRESHOLD_BEFORE.search(before)
            and not re.search(r"\b(?:total|overall)\b", before[-40:], re.I)
            and not _WAS_PAID.match(after)
        )
    )


def _is_for_each_of_many(money: MoneyMention, after: str) -> bool:
    """Return whether a ceiling is for each of many, who would have next to nothing of it together."""
    many = _TO_MANY.match(after)
    return many is not None and money.basis is Basis.CEILING and money.amount / int(many[1]) < _LEAST_AWARD
