"""Facts that follow from the awards of a decision or from names: who delivers what and where, parts of programmes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from graph.model import Award, Entity, EntityKind, Evidence, FlowKind, FlowStatus, FundingFlow, Relation, RelationKind
from ingest.extract.facts.spoken import Spoken
from ingest.extract.scope.document import Scope

_MOST_DELIVERERS = 3  #: payees of one programme; more of them share a pot
_FARTHEST = 90  #: characters between a payee and what it is paid for
_OWN = re.compile(
    r"(?:\bits?\b|\bfor|\brun|\bwith|\bproject|\bdeliver|[-–—:‘“'\"])\W*(?:the\s+)?$"
)  #: before a project's name
_PART = re.compile(r"\W{0,300}(?:tranche|round|phase|strand|stage|part|lot|year|pilot|\d)", re.I)  #: "X Fund Tranche 1"
_NO_AWARD = (FlowStatus.UNSUCCESSFUL, FlowStatus.SUPERSEDED)


def facts_of_awards(scope: Scope, funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield which payee delivers each funded programme, and in which place."""
    payees: dict[Entity, set[Entity | None]] = {}
    for one in funded:
        for programme in one.programmes:
            payees.setdefault(programme, set()).add(one.recipient)
    for one in funded:
        is_award = one.status not in _NO_AWARD and one.kind in (FlowKind.GRANT, FlowKind.SUB_GRANT, FlowKind.ALLOCATION)
        for programme in one.programmes if is_award and len(one.programmes) == 1 else ():
            payee = one.recipient
            is_pot = len(payees[programme]) > _MOST_DELIVERERS or programme.kind is EntityKind.FUND
            is_body = payee is not None and payee.kind is EntityKind.ORGANISATION and payee.name != programme.name
            if payee is not None and is_body and payee != scope.body and not is_pot:
                yield Relation(payee, RelationKind.DELIVERS, programme, one.evidence[:1])
            if one.place is not None and payee != scope.body and programme.kind is EntityKind.PROGRAMME and not is_pot:
                yield Relation(programme, RelationKind.DELIVERED_IN, one.place, one.evidence[:1])


def refusals(scope: Scope, funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield, for each refused award, that the applicant's bid failed and that the deciding body declined it."""
    for one in funded:
        bidder = one.recipient
        if one.status is not FlowStatus.UNSUCCESSFUL or bidder is None:
            continue
        sought = next(iter(one.programmes), None) or one.fund
        asked = sought or (one.funder if one.funder != bidder else None)
        if asked is not None and asked != bidder:
            yield Relation(bidder, RelationKind.BID_UNSUCCESSFUL, asked, one.evidence[:1])
        if scope.body is not None and bidder != scope.body and one.funder in (None, scope.body):
            yield Relation(scope.body, RelationKind.DECLINED, bidder, one.evidence[:1])


def services_of_payees(spoken: Spoken, scope: Scope, funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield that a payee delivers the service that a sentence names directly after it: "X, for its project Y"."""
    payees = {one.recipient for one in funded if one.status not in _NO_AWARD and one.recipient is not None}
    anchors = [one for one in spoken.anchors if one.sort in ("thing", "name", "organisation")]
    for one, behind in pairwise(anchors):
        if one.value not in payees or one.value == scope.body or behind.value in payees or behind.start < one.end:
            continue
        between = spoken.parse.text[one.end : behind.start]
        is_own = behind.sort == "thing" or _OWN.search(between) is not None
        is_fund = isinstance(behind.value, Entity) and behind.value.kind is EntityKind.FUND
        is_apart = re.search(r"[a-z]{2}", re.sub(r"\b(?:and|the|or)\b", "", between)) is not None
        if is_own and is_apart and not is_fund and len(between) < _FARTHEST and not re.search(r"[;£]|\.\s", between):
            yield Relation(one.value, RelationKind.DELIVERS, behind.value, (spoken.sentence.evidence(),))


def dates_of_awards(facts: Iterable[Relation], funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield the start and end of a funded programme, if the sentence of its award states them."""
    by_sentence: dict[int, list[Entity]] = {}
    for one in funded:
        by_sentence.setdefault(one.evidence[0].start, []).extend(one.programmes)
    for fact in facts:
        if fact.kind in (RelationKind.STARTS, RelationKind.ENDS):
            for programme in by_sentence.get(fact.evidence[0].start, ()):
                yield Relation(programme, fact.kind, fact.object, fact.evidence)


def parts_of_funds(funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield which fund a programme is part of, if the sentence or row of its award names the fund."""
    for one in funded:
        fund, is_given = one.fund, one.status not in _NO_AWARD
        for programme in one.programmes if is_given and fund is not None else ():
            is_other = fund is not None and fund.id != programme.id and fund.name not in programme.name
            if fund is not None and is_other:
                yield Relation(programme, RelationKind.FUNDED_FROM, fund, one.evidence[:1])


def parts_by_name(spoken: Mapping[Entity, Evidence]) -> Iterator[Relation]:
    """Yield that "X Fund Tranche 1" is part of X Fund: a name that begins with another name of at least two words."""
    kinds = (EntityKind.PROGRAMME, EntityKind.FUND)
    wholes = {entity.name: entity for entity in spoken if entity.kind in kinds}
    for part, evidence in spoken.items():
        words = part.name.split() if part.kind in kinds else []
        for length in range(2, len(words)):
            whole = wholes.get(" ".join(words[:length]))
            if whole is not None and _PART.match(words[length]):
                yield Relation(part, RelationKind.PART_OF, whole, (evidence,))
