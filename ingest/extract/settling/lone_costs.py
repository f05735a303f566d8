"""A decision of one award: its price is its money, and goes to the one whom its words award the work to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Entity, EntityKind, FlowKind, FlowStatus
from graph.names.index import looks_like_organisation, new_entity
from ingest.extract.drafts import Draft, Origin
from ingest.extract.scope.document import Scope
from ingest.extract.sections import origin_of
from ingest.extract.sentences import sentences_of

_AWARDED_TO = re.compile(
    r"\b(?:award\w*|let|extend\w*|extension|enter\w*(?:\s+into)?|commission\w*|appoint\w*|var\w+)\b[^.;£]{0,90}?"
    r"\b(?:contracts?|agreements?|grants?|services?|provider)\b[^.;£]{0,60}?\b(?:to|with|by|from)\s+(?:the\s+)?$"
    r"|\b(?:awarded|let)\s+to\s+(?:the\s+)?$|\b(?:grant\s+)?fund(?:s|ing)?\s+(?:the\s+)?$|\bappoint\w*\s+(?:the\s+)?$",
    re.I,
)
_FUNDS_NEW = re.compile(r"\b(?:grant\s+)?funds\s+(?:the\s+)?((?:[A-Z][\w&'’-]*\s+){2,6})to\s+[a-z]")
_WITH_NEW = re.compile(
    r"\bcontracts?\b[^.;£]{0,90}\bwith\s+(?:the\s+)?((?:[A-Z][\w&'’-]+\s+){1,4}(?:[a-z]+\s+){0,3}"
    r"(?:consortium|partnership|alliance|trust|centre|foundation|charity|group|service))\b"
)
_NOT_AGREED = re.compile(
    r"\b(?:procurement\s+(?:process|route)|preferred|previous\w*|earlier|in\s+20\d\d|since\s+20\d\d|was\s+commissioned|were\s+commissioned)\b",
    re.I,
)
_PREFERRED = re.compile(r"\s+as\s+(?:the\s+|a\s+)?preferred\b", re.I)
_PART_OF_OTHERS = re.compile(r"\b(?:per\s+cent|%|estimat\w+|budget|fund|reserve|nationally|turnover)\b", re.I)


def priced_flows(scope: Scope, totals: Sequence[Draft], flows: Sequence[Draft]) -> list[Draft]:
    """Return the prices among the totals that are a decision's own money, as no sum of it counts otherwise."""
    if any(flow.status is not FlowStatus.CONTEXT for flow in flows):
        return []
    prices = [
        total
        for total in totals
        if total.origin is not Origin.TABLE
        and total.status is FlowStatus.APPROVED
        and not total.parts
        and not _PART_OF_OTHERS.search(total.label)
    ]
    prices = [price for price in prices if not _is_yearly_share(price, prices)]
    if len({price.amount for price in prices}) != 1:
        return []
    payee = _payee(scope)
    for price in prices:
        price.is_total = False
        price.funder = price.funder or scope.body
        if price.recipient in (None, scope.body) and not price.recipient_words:
            price.recipient = payee if payee != price.funder else None
        price.kind = FlowKind.GRANT if price.recipient is not None else FlowKind.ALLOCATION
    return prices


def _is_yearly_share(price: Draft, prices: Sequence[Draft]) -> bool:
    """Return whether a sum a year stands beside the sum of the whole term."""
    return price.per_year and any(not other.per_year and other.amount > price.amount for other in prices)


def fill_lone_award(scope: Scope, flows: Sequence[Draft]) -> None:
    """Give a decision's one award without a payee to the one whom its title or summary says it is for."""
    counted = [flow for flow in flows if flow.status is FlowStatus.APPROVED and flow.kind is not FlowKind.ENVELOPE]
    own = [flow for flow in counted if flow.funder == scope.body and flow.kind is not FlowKind.OWN_COST]
    if len(own) != 1 or any(flow.recipient not in (None, scope.body) for flow in counted):
        return
    award = own[0]
    is_open = award.recipient is None and not award.recipient_words and award.origin is not Origin.TABLE
    if is_open and award.kind is not FlowKind.CARRY_FORWARD and (payee := _payee(scope)) is not None:
        award.recipient, award.kind = payee, FlowKind.GRANT


def _payee(scope: Scope) -> Entity | None:
    """Return the one organisation that the text awards a contract or funds to; None for none or several."""
    found: set[Entity] = set()
    for block in scope.document.blocks:
        if origin_of(block) is None:
            continue
        for sentence in sentences_of(scope.document, block):
            if (funded := _FUNDS_NEW.search(sentence.text)) and looks_like_organisation(funded[1]):
                name = funded[1].strip()
                known = scope.names.resolve(name, kinds={EntityKind.ORGANISATION}, context=scope.context)
                found.add(known or new_entity(name, EntityKind.ORGANISATION))
            if new := _WITH_NEW.search(sentence.text):
                found.add(new_entity(new[1], EntityKind.ORGANISATION))
                continue
            for mention in scope.mentions(sentence.text):
                before = sentence.text[: mention.start]
                if (
                    mention.entity.kind is EntityKind.ORGANISATION
                    and mention.entity != scope.body
                    and not scope.gives(mention.entity)
                    and _AWARDED_TO.search(before)
                    and not _NOT_AGREED.search(before)
                    and not _PREFERRED.match(sentence.text, mention.end)
                ):
                    found.add(mention.entity)
    return found.pop() if len(found) == 1 else None
