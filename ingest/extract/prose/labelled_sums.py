"""Names that stand right before their sums in a sentence: "X (£5) and Y (£6)", "the following: X £5; Y £6"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Entity, EntityKind
from graph.names.index import NameMention, looks_like_organisation, new_entity
from graph.names.new_names import has_legal_head
from graph.parse.money import MoneyMention
from ingest.extract.prose.names_around import party_of
from ingest.extract.prose.parties import Parties
from ingest.extract.scope.document import Scope

_NAME = r"[A-Z][\w'’&.-]*(?:\s+(?:[A-Z][\w'’&.-]*|of|and|for|the|&|in|on))*"
_LABEL = re.compile(
    rf"(?P<lead>^|[:;,)]\s*(?:and\s+)?(?:the\s+)?|\b(?:and|between|by|from|for|to)\s+(?:the\s+)?)(?P<name>{_NAME})"
    r"\s*(?:\([^()£]*\)\s*)?(?P<mark>\(|:|[–—-])?\s*(?:up\s+to\s+|a\s+maximum\s+of\s+)?$"
)
_PAID_BY = re.compile(
    r"\b(?:(?:funded|paid|met|financed|provided|contributed|matched|shared)\s+(?:\w+\s+)?by|(?:contributions?|funding|match\w*|money)"
    r"\s+(?:\w+\s+)?(?:from|of)|come[s]?\s+from)\s+(?:the\s+|both\s+)?$|\b(?:contributions|sources|funders|funding\s+from)\b[^.;]{0,30}:\s*$",
    re.I,
)
_TO_PAYEES = re.compile(
    r"\b(?:organisations?|applica\w+|bids|grants?|award\w*|between|providers?|charities|groups?|recipients?|supported|partners"
    r"|following|funded|contributions?)\b",
    re.I,
)
_TO = re.compile(r"\s+(?:(?:go(?:es)?|is|was|will)\s+(?:\w+\s+){0,2})?to\s+(?:the\s+)?[A-Z]")  #: the payee comes after
_ASKED_BY = re.compile(r"\b(?:applications?|bids?|requests?|proposals?)\s+(?:\w+\s+)?(?:from|by)\s+(?:the\s+)?$", re.I)
_GIVES_SUM = re.compile(
    r"\b(?:fund|pay|give|contribute|provide|commit|put|add|invest)(?:s|ed|ing|ting)?\s+(?:up\s+to\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """The party whose name stands right before a sum."""

    party: Entity
    is_payer: bool

    def applied(self, parties: Parties, scope: Scope) -> Parties:
        """Return the parties of the sum with this one in its place."""
        bare = replace(parties, recipient_words="", several=False, sharers=(), open_award=False)
        if self.is_payer or self.party == scope.body:
            return replace(bare, funder=self.party, recipient=scope.body if scope.gives(self.party) else None)
        if scope.gives(self.party):
            return replace(bare, funder=self.party, recipient=scope.body)
        funder = parties.funder if parties.funder != self.party else scope.body
        return replace(bare, funder=funder or scope.body, recipient=self.party)


def labels_of(
    scope: Scope, text: str, sums: Sequence[MoneyMention], mentions: Sequence[NameMention]
) -> dict[int, Label]:
    """Return the labels of a sentence's sums by where the sum starts; none unless they are marked or one of a list."""
    found: dict[int, tuple[Entity, re.Match[str], int]] = {}
    floor = 0
    for money in sums:
        match = _LABEL.search(text, floor, money.start)
        party = _party(scope, text, match, mentions) if match is not None else None
        if match is not None and party is not None and not money.part and not _TO.match(text, money.end):
            found[money.start] = (party, match, floor)
        floor = money.end
    marked = [match for _, match, _ in found.values() if match["mark"]]
    if not found or (not marked and not _is_list(text, found, sums)):
        return {}
    first = text[: min(match.start("name") for _, match, _ in found.values())]
    payers = bool(_PAID_BY.search(first)) or (
        len(found) < len(sums) and any(_GIVES_SUM.search(text[: money.start]) for money in sums)
    )
    if re.search(r"\bfrom\s+(?:the\s+)?$", first) and not _ASKED_BY.search(first):
        payers = True
    if not payers and marked and len(found) == 1 and len(sums) == 1:
        return {}  # one name with its sum in brackets: the sentence's verb says more
    return {start: Label(party, payers) for start, (party, _, _) in found.items()}


def _is_list(text: str, found: dict[int, tuple[Entity, re.Match[str], int]], sums: Sequence[MoneyMention]) -> bool:
    """Return whether names without a mark stand in a list after a colon, or share the verb of the sum before."""
    if len(found) > 1:
        first = min(match.start("lead") for _, match, _ in found.values())
        return ":" in text[: first + 1]
    (_, match, floor) = next(iter(found.values()))
    before = next((money.start for money in sums if money.end == floor), 0)
    return before > 0 and match["lead"].strip().startswith("and") and bool(_GIVES_SUM.search(text[:before]))


def _party(scope: Scope, text: str, match: re.Match[str], mentions: Sequence[NameMention]) -> Entity | None:
    """Return the party that the words of a label name, by the name that ends them; a new one where none is known."""
    start, end = match.span("name")
    known = [one for one in mentions if start <= one.start and one.end <= end + 1 and one.end >= end - 1]
    if known:
        return party_of(scope, known[-1])
    if any(start <= one.start < end for one in mentions):
        return None
    name = match["name"]
    if re.search(r"\s(?:of|and|for|the|in|on)$", name) or not looks_like_organisation(name):
        return None
    if not has_legal_head(name) and not _TO_PAYEES.search(text, 0, start):
        return None  # "Training £5; Equipment £6" may be what is bought
    return new_entity(name, EntityKind.ORGANISATION)
