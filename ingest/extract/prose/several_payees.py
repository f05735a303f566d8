"""One sum that stands for several: for each of those named, for each of several years, or passed on to another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.model import Entity, FlowKind
from graph.names.index import NameMention
from ingest.extract.drafts import Draft
from ingest.extract.prose.clauses import Window
from ingest.extract.prose.names_around import Setting, party_of
from ingest.extract.prose.parties import read_parties, recipients_in
from ingest.extract.prose.subjects import Subject
from ingest.extract.scope.document import Scope

_EACH = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:of\s+)?(?:funding|grant)\s+)?(?:for\s+)?each\b", re.I)
_AND = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|and|&|,\s*and)\s+(?:the\s+)?")
_SO_MANY_GRANTS = re.compile(
    r"\b([2-6]|two|three|four|five|six)\s+(?:\w+\s+)?(?:grants|awards|payments|contributions)\b", re.I
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def spread(scope: Scope, text: str, mentions: Sequence[NameMention], window: Window, draft: Draft) -> list[Draft]:
    """Return the sums that one stands for: one a payee, one a year, and what the payee passes on."""
    payees = _each(scope, text, mentions, window, draft)
    return [one for each in payees for one in _by_year(scope, text, mentions, window, each)]


def pair_off(scope: Scope, text: str, mentions: Sequence[NameMention], drafts: Sequence[Draft]) -> None:
    """Give each of several sums the party in the same place of the list: "A and B get £5 and £6 respectively"."""
    if not re.search(r"\brespectively\b", text, re.I) or len(drafts) < 2:
        return
    named = [
        one
        for one in (party_of(scope, mention) for mention in mentions)
        if one is not None and one != scope.body and not scope.gives(one)
    ]
    if len(named) != len(drafts):
        return
    for draft, party in zip(drafts, named, strict=True):
        if draft.recipient in named:
            draft.recipient = party
        elif draft.funder in named:
            draft.funder = party


def share_programmes(drafts: Sequence[Draft]) -> None:
    """What the last of a row of sums is for, the others are for too; what an earlier one is for is its own."""
    named = [index for index, draft in enumerate(drafts) if draft.programmes_settled]
    if not named:
        return
    if named == [len(drafts) - 1]:
        for draft in drafts:
            draft.programmes, draft.programmes_settled = drafts[-1].programmes, True
    for draft in drafts:
        draft.programmes_settled = True


def without_shares(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out a sum a year whose years are not told, where its sentence states the whole: "£30 (£10 a year)"."""
    wholes = [draft.amount for draft in drafts if not draft.per_year]
    return [
        draft
        for draft in drafts
        if not draft.per_year
        or sum(draft.amount == other.amount for other in drafts) > 1
        or not any(_is_multiple(whole, draft.amount) for whole in wholes)
    ]


def _is_multiple(whole: Decimal, share: Decimal) -> bool:
    years = whole / share
    return 2 <= round(years) <= 10 and abs(years - round(years)) < Decimal("0.02")


def _each(scope: Scope, text: str, mentions: Sequence[NameMention], window: Window, draft: Draft) -> list[Draft]:
    """A sum for each of several named is as many sums, and so are so many grants of one sum to one payee."""
    each = _EACH.match(text[window.money.end :])
    if each is None:
        return [draft]
    setting = Setting(text, mentions, ((window.money.end, window.end),), window.money)
    payees = recipients_in(scope, setting) or _joined_before(scope, text, mentions, window)
    payees = payees or [one for one in (draft.recipient,) if one is not None]
    if len(payees) > 1:
        return [_copy(scope, draft, payee) for payee in payees]
    count = _SO_MANY_GRANTS.search(text[window.start : window.money.start])
    if count is None or not payees:
        return [draft]
    return [_copy(scope, draft, payees[0]) for _ in range(_COUNTS.get(count[1].lower()) or int(count[1]))]


def _joined_before(scope: Scope, text: str, mentions: Sequence[NameMention], window: Window) -> list[Entity]:
    """Return those who act together in the words before a sum: "X and Y have received"; none where one acts alone."""
    before = [one for one in mentions if window.start <= one.start and one.end <= window.money.start]
    joined = [pair for pair in itertools.pairwise(before) if _AND.fullmatch(text, pair[0].end, pair[1].start)]
    names = list(dict.fromkeys(one for pair in joined for one in pair))
    parties = [party for one in names if (party := party_of(scope, one)) not in (None, scope.body)]
    return [party for party in dict.fromkeys(parties) if party is not None]


def _copy(scope: Scope, draft: Draft, payee: Entity) -> Draft:
    return replace(
        draft,
        funder=draft.funder if draft.funder != payee else scope.body,
        recipient=payee,
        recipient_words="",
        sharers=(),
        kind=FlowKind.GRANT if draft.kind is FlowKind.ALLOCATION else draft.kind,
        is_total=False,
        evidence=list(draft.evidence),
        parts=[],
    )


def _by_year(scope: Scope, text: str, mentions: Sequence[NameMention], window: Window, draft: Draft) -> list[Draft]:
    """A sum "a year" for several years is as many sums; money passed on by the recipient is a second one."""
    setting = Setting(text, mentions, ((window.start, window.end),), window.money)
    passed = read_parties(scope, setting, None, None, Subject()).passed_to
    drafts = [draft]
    if draft.per_year and len(draft.years) > 1:
        drafts = [replace(draft, years=(year,), evidence=list(draft.evidence), parts=[]) for year in draft.years]
    if passed is not None and draft.recipient is not None and passed != draft.recipient:
        drafts += [
            replace(
                one,
                funder=one.recipient,
                recipient=passed,
                kind=FlowKind.SUB_GRANT,
                evidence=list(one.evidence),
                parts=[],
                whole=None,
                source_of_money=None,
            )
            for one in drafts
        ]
    return drafts
