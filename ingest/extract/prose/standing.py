"""What kind of money a sum is (match, carry-forward, bid ...) and how far it got (approved, provisional, context)."""

from __future__ import annotations

import re

from graph.model import EntityKind, FlowKind, FlowStatus
from graph.parse.references import find_references, reference_key
from ingest.extract.prose.clauses import Window
from ingest.extract.prose.frames import Act
from ingest.extract.prose.parties import Parties
from ingest.extract.scope.document import Scope

_ACTED = re.compile(
    r"\s+(?:(?:has|had|have|also|then|previously|already)\s+){0,2}(?:approved|allocated|awarded|accepted|agreed|gave|let|set|committed|granted|confirmed)\b",
    re.I,
)
_RAISED_FROM = re.compile(r"\b(?:ris\w+|increas\w+|rais\w+|uplift\w*|grow\w*|up|chang\w+)\s+from\s*$", re.I)
_KEPT = re.compile(
    r"\b(?:retain|keep|kept|held\s+back|withh)\w*\b[^.;£]{0,20}$|^[^.;£]{0,25}\b(?:retained|kept|held\s+back)\s+by\b",
    re.I,
)
_ITS_COSTS = re.compile(
    r"['’]s?\s+(?:own\s+)?(?:\w+\s+){0,2}?(?:administration|management|staff\w*|running|overhead)\s+costs?\s+of\s*$",
    re.I,
)
_BIDS_RECEIVED = re.compile(
    r"\breceiv\w+\s+(?:\w+\s+){0,3}(?:bids|applications|expressions|requests)\b[^.;£]{0,50}$", re.I
)
_LEFT_OVER = re.compile(
    r"\b(?:balance|shortfall|deficit|surplus|funding\s+gap)\s+(?:of|is|was)\s+(?:\w+\s+){0,2}$", re.I
)
_TO_BID_FOR = re.compile(
    r"\bavailable\s+(?:to\s+(?:bid|apply)|for\s+(?:bids|applications))|\binvit\w+\s+(?:\w+\s+){0,2}(?:bids|applications)\b",
    re.I,
)
_BUDGETED = re.compile(
    r"\bbudgets?\s+(?:requirement\b[^.;£]{0,25}|(?:allocat|includ)\w+\s+|sets?\s+(?:aside\s+)?)$"
    r"|\b(?:from|out\s+of|within)\s+(?:an?|the)\s+(?:\w+\s+)?(?:approved|agreed)\s+(?:budget\s+of\s+)?$"
    r"|\b(?:kept|held|maintained|protected)\b[^.;£]{0,40}\b(?:budget|fund)\b[^.;£]{0,25}\bat\s+$"
    r"|\bcontinuation\s+of\s+(?:an?\s+|the\s+)?$",
    re.I,
)
#: "the £5 million Government funding"; "the funding available this year (£5m)"; "the office is holding £5"
_PUBLIC_MONEY = re.compile(
    r"\s+(?:of\s+)?(?:[Cc]entral\s+)?(?:Government|Treasury)\s+(?:funding|funds?|investment|money|pot)\b"
)
_HELD = re.compile(
    r"\b(?:funding|money|budget|resources?)\s+(?:that\s+is\s+)?available\b[^.;£]{0,60}\(\s*$|\bholds?\s+$|\bholding\s+$",
    re.I,
)
#: a report of spending against the budget: no sum of it is an award
_ACCOUNTS = re.compile(
    r"\b(?:forecast\w*|report\w*)\s+(?:an?\s+)?(?:\w+\s+)?(?:under|over)spend|\bcapital\s+expenditure\b|\bopening\s+balance\b"
    r"|\b(?:revised|net)\s+(?:revised\s+)?budget\b|\buse\s+of\s+reserves\b|\bbudget\s+includes\s+further\s+changes\b",
    re.I,
)
_LAST_YEAR = re.compile(r"\s+(?:\w+\s+){0,3}?(?:last|the\s+previous|the\s+prior)\s+(?:financial\s+)?year\b", re.I)
_DEPENDS = re.compile(
    r"\b(?:reliant|dependent|conditional|contingent)\s+(?:up)?on\b[^.;£]{0,60}$|\b(?:requir|need)\w*\b[^.;£]{0,40}$",
    re.I,
)
_MADE_AVAILABLE = re.compile(r"\bmade\s+(?:available\s+)?$", re.I)
_MATCH = re.compile(r"\bmatch(?:ed|ing)?\b(?:[\s-]*(?:fund\w*|contribution\w*|money))?", re.I)
_CONTRIBUTED = re.compile(r"\bcontribut(?:e|es|ed|ing|ion|ions)\b[^.;]{0,25}$", re.I)
_CONTRIBUTION_AFTER = re.compile(r"^\s*(?:\w+\s+){0,3}contributions?\b", re.I)
_NATIONAL = re.compile(
    r"\b(?:england\s+and\s+wales|(?-i:national(?:ly)?)|police\s+and\s+crime\s+commissioners\b(?!\s+for)|PCCs\b|chancellor|spending\s+review\s+\d|government\s+(?:has\s+)?announced"
    r"|across\s+the\s+country|uk[\s-]wide)",
    re.I,
)
_FUND_SIZE = re.compile(
    r"^\s+(?:[A-Z][\w&'’-]*\s+){0,4}(?:national\s+|overall\s+|total\s+)?(?:fund|pot|budget)\b(?!\w)"
)
_FUND_SIZE_BEFORE = re.compile(
    r"\b(?:budget\s+(?:was|is|of)|fund\s+(?:was|is|of)|has|total\s+budget\s+of(?:\s+up\s+to)?|inviting\s+bids\s+for|invest(?:ment|ed)?\s+of|worth)\s*$",
    re.I,
)
_SET_ASIDE = re.compile(
    r"\b(?:set(?:s|ting)?\s+aside|ring-?fenc(?:es|ed|ing)|earmark(?:s|ed|ing)?)\s+(?:(?:up\s+to|some|about|around)\s+)?$",
    re.I,
)
_ANNOUNCED = re.compile(
    r"\b(?:mayor|chancellor|government|minister\w*|plan|secretary)\b[^.;£]{0,60}\bannounc\w+|\bannounc\w+[^.;£]{0,70}$",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:(?:previous(?:ly)?|earlier|already|originally|formerly)\s+(?:\w+\s+)?(?:approved|agreed|awarded|allocated|accepted|committed|used|notified|secured|granted|confirmed)"
    r"|(?:notified|approved|agreed|awarded)\s+(?:before|earlier|previously)|the\s+first\s+grant|had\s+(?:already\s+)?(?:approved|used|awarded|allocated)"
    r"|(?:also\s+)?approved\s+up\s+to)\b",
    re.I,
)
_PROVISIONAL = re.compile(
    r"\b(?:provisional(?:ly)?|subject\s+to\s+(?:\w+\s+){0,3}?(?:approval|confirmation|agreement|availability|funding|budget)|in\s+principle|indicative(?!\s+max))",
    re.I,
)
_AGREED_TO = re.compile(
    r"\b(?:approve|support|agree|grant|fund)(?:s|d|ed|ing|s\s+to|\s+to)?\s+(?:\w+\s+){0,4}(?:applications?|bids?|requests?)\b",
    re.I,
)
_UNSUCCESSFUL = re.compile(
    r"\b(?:unsuccessful|not\s+successful|declined?|not\s+(?:be\s+)?(?:approved|supported|funded)|refused|rejected|turned\s+down)\b",
    re.I,
)
_OFFER = re.compile(r"\b(?:further|new)\s+offer\b|\boffer\s+(?:came|was\s+made)", re.I)
_SUCCESSFUL = re.compile(r"(?<!un)\bsuccessful\b|\bawarded\b|\bwon\b", re.I)
_WAS_APPROVED = re.compile(
    r"\s+(?:\w+\s+){0,3}(?:was|were|has\s+been|had\s+been)\s+(?:\w+\s+)?(?:approved|agreed|awarded|allocated|accepted)\s+(?:in|under|by|through)\b",
    re.I,
)
_COSTS_OF = re.compile(
    r"\b(?:towards?|for)\s+(?:\w+['’]s?\s+)?(?:\w+\s+){0,3}?(?:management|staffing|administration|running)\s+costs?\b",
    re.I,
)


def opens_bidding(text: str) -> bool:
    """Return whether a text says that money is there to be bid for."""
    return bool(_TO_BID_FOR.search(text))


def depends(before: str) -> bool:
    """Return whether the words before a sum say that an award depends on it: it is then not the giver's."""
    return bool(_DEPENDS.search(before))


def kind_and_status(
    scope: Scope, words: str, text: str, window: Window, act: Act | None, parties: Parties
) -> tuple[FlowKind, FlowStatus, bool]:
    """Return the kind, the status, and whether the sum is context that never counts.

    Args:
        words: The sentence, with the one before where it points back to it.
    """
    clause = text[window.start : window.end]
    before, after = text[window.start : window.money.start], text[window.money.end : window.end]
    if ";" in text:  # each part of such a sentence tells of its own sums
        stop = text.find(";", window.money.end)
        words = text[text.rfind(";", 0, window.money.start) + 1 : stop if stop > 0 else len(text)]
    status = _status(words, clause, act)
    if act is Act.REQUEST and status is FlowStatus.APPROVED and parties.funder == scope.body != parties.recipient:
        said = re.split(r";\s", text[window.start :])[0]
        if _AGREED_TO.search(text[: window.money.start]) or re.search(
            r"\b(?:approved|supported|agreed|granted)\b", said
        ):
            return FlowKind.GRANT, status, False
    if _BIDS_RECEIVED.search(before) and not _SUCCESSFUL.search(before):
        return FlowKind.ENVELOPE, FlowStatus.CONTEXT, True  # all that was asked for, by all who asked
    if act is Act.REQUEST:
        if status is FlowStatus.APPROVED:
            status = FlowStatus.PROPOSED
        return FlowKind.BID, status, False
    if _is_context(scope, text, before, after, parties):
        return FlowKind.ENVELOPE, FlowStatus.CONTEXT, True
    if parties.own_cost or (_COSTS_OF.search(after[:70]) and parties.recipient in (None, scope.body)):
        return FlowKind.OWN_COST, status, False
    if (
        parties.funder in (None, scope.body)
        and parties.recipient in (None, scope.body)
        and (_KEPT.search(before) or _KEPT.match(after) or _ITS_COSTS.search(before))
    ):
        return FlowKind.OWN_COST, status, False
    if act is Act.CARRY and parties.recipient is None:
        return FlowKind.CARRY_FORWARD, status, False
    near = before[-45:] + " # " + re.sub(r"\bsubject\s+to\b.*", "", after[:60])
    if _MATCH.search(near) and (parties.recipient in (None, scope.body)) and not _is_accepted(scope, act, parties):
        return FlowKind.MATCH, status, False
    if parties.funder is not None and parties.recipient is not None:
        return (FlowKind.OWN_COST if parties.funder == parties.recipient else FlowKind.GRANT), status, False
    if _CONTRIBUTED.search(before) or _CONTRIBUTION_AFTER.match(after):
        return FlowKind.MATCH, status, False
    return (FlowKind.GRANT if act is Act.GIVE or parties.open_award else FlowKind.ALLOCATION), status, False


def _is_accepted(scope: Scope, act: Act | None, parties: Parties) -> bool:
    return act is Act.RECEIVE and parties.funder is not None and parties.recipient == scope.body


def _names_body(scope: Scope, words: str) -> bool:
    """Return whether words name the body, or its area in place of it."""
    return any(
        found.entity == scope.body or (found.entity.kind is EntityKind.PLACE and scope.is_own_area(found.entity))
        for found in scope.mentions(words)
    )


def _by_another_decision(scope: Scope, before: str) -> bool:
    """Return whether another decision is who approved the sum: "PCD 12 allocated ..."."""
    own = reference_key(scope.decision.reference or "")
    cited = [found for found in find_references(before) if found.key != own]
    return bool(cited) and bool(_ACTED.match(before[cited[-1].end :]))


def _approved_elsewhere(scope: Scope, after: str) -> bool:
    """Return whether a sum "was approved in" another decision."""
    said = _WAS_APPROVED.match(after)
    own = reference_key(scope.decision.reference or "")
    return said is not None and any(found.key != own for found in find_references(after[said.end() : said.end() + 40]))


def _status(words: str, clause: str, act: Act | None) -> FlowStatus:
    if _UNSUCCESSFUL.search(words) and act is Act.REQUEST:
        return FlowStatus.UNSUCCESSFUL
    if act is Act.REQUEST and _SUCCESSFUL.search(words):
        return FlowStatus.APPROVED
    if _PROVISIONAL.search(clause):
        return FlowStatus.PROVISIONAL
    if _OFFER.search(clause):
        return FlowStatus.PROPOSED
    return FlowStatus.APPROVED


def _is_context(scope: Scope, text: str, before: str, after: str, parties: Parties) -> bool:
    if _RAISED_FROM.search(before) or _approved_elsewhere(scope, after):
        return True
    if (
        _LAST_YEAR.match(after)
        or _PUBLIC_MONEY.match(after)
        or _HELD.search(before)
        or _ACCOUNTS.search(text)
        or _LEFT_OVER.search(before)
        or _BUDGETED.search(before)
    ):
        return True
    if (
        _EARLIER.search(before)
        or _EARLIER.search(re.split(r"[,;.]\s", after[:75])[0])
        or _by_another_decision(scope, before)
    ):
        return True
    if _ANNOUNCED.search(before) or re.match(r"\s+(?:that\s+)?the\s+Mayor\s+announced", after):
        return True
    if _SET_ASIDE.search(before) and parties.funder not in (None, scope.body) and not _names_body(scope, text):
        return True  # another's pot, for whoever gets from it
    is_open = parties.recipient is None and parties.funder in (None, scope.body)
    if is_open and (_TO_BID_FOR.search(text) or (_MADE_AVAILABLE.search(before) and parties.subject == scope.body)):
        return True
    if _NATIONAL.search(text) and parties.subject != scope.body and not _names_body(scope, before + "£" + after):
        return True
    is_let = parties.recipient not in (None, scope.body)  # "a contract with X worth £5"
    return bool(_FUND_SIZE.match(after) or (_FUND_SIZE_BEFORE.search(before) and not is_let))
