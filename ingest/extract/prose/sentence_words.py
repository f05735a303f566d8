"""What a sentence's own words say a sum is for: years, fund, programmes, place; and what the words before it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind, FlowKind
from graph.names.index import NameMention
from graph.parse.money import find_money
from ingest.extract.drafts import Draft, Origin
from ingest.extract.prose.clauses import Window
from ingest.extract.prose.frames import Act, verbs_in
from ingest.extract.prose.labelled_sums import labels_of
from ingest.extract.prose.parties import Parties
from ingest.extract.scope.document import Scope
from ingest.extract.scope.named_places import narrowest, places_in
from ingest.extract.scope.named_things import named_fund, programmes_meant, same_programme
from ingest.extract.scope.programmes import programmes_in
from ingest.extract.scope.years import joined_years, usable_years
from ingest.extract.sentences import Sentence

_CARRIED_FROM = re.compile(r"\bfrom\s+(?:[\w'’]+\s+){0,3}$|\bcarr\w+\s+forward\s+from\s[^.;]{0,40}$", re.I)
_CARRIED_INTO = re.compile(r"\bcarr\w+\s+(?:it|this|them|these)\s+forward\s+(?:in)?to\s+$", re.I)
_ORDINAL_YEAR = re.compile(r"\byear\s+(one|two|three|1|2|3)\b|\b(first|second|third)\s+(?:financial\s+)?year\b", re.I)
_ORDINALS = {"one": 0, "1": 0, "first": 0, "two": 1, "2": 1, "second": 1, "three": 2, "3": 2, "third": 2}


MOST_SUMS = 100  #: of one sentence; more stand only in text that is no sentence


@dataclass(slots=True)
class Lead:
    """What the words before say, for a sentence or list item that does not say it again."""

    act: Act | None = None
    parties: Parties = field(default_factory=Parties)
    programmes: tuple[Entity, ...] = ()
    fund: Entity | None = None
    years: tuple[str, ...] = ()
    whole: Draft | None = None
    text: str = ""
    subject: Entity | None = None
    lists_payers: bool = False  #: the entries of a list that follow pay, where others are paid


class SentenceWords:
    """One sentence with its names, verbs, years and sums."""

    def __init__(
        self, scope: Scope, sentence: Sentence, origin: Origin, previous: Lead | None, lead: Lead | None
    ) -> None:
        self.scope, self.sentence, self.origin, self.previous, self.list_lead = scope, sentence, origin, previous, lead
        self.text = sentence.text
        self.sums = [money for money in find_money(self.text) if money.amount > 0][:MOST_SUMS]
        self.mentions: list[NameMention] = scope.mentions(self.text)
        self.verbs = verbs_in(self.text)
        self.labels = labels_of(scope, self.text, self.sums, self.mentions)
        self.years = [year for year in usable_years(self.text) if not self._inside_name(year.start, year.end)]

    def _inside_name(self, start: int, end: int) -> bool:
        return any(found.start <= start and end <= found.end for found in self.mentions)

    def years_of(self, window: Window, kind: FlowKind, inherited: Lead | None, whole: Draft | None) -> tuple[str, ...]:
        usable = [
            year
            for year in self.years
            if not (
                any(verb.act is Act.CARRY for verb in self.verbs)
                and len(year.years) == 1
                and _CARRIED_FROM.search(self.text[: year.start])
            )
            and not (
                kind is not FlowKind.CARRY_FORWARD and _CARRIED_INTO.search(self.text[window.money.end : year.start])
            )
        ]
        runs = joined_years(self.text, usable)
        after = [years for first, years in runs if window.money.end <= first.start < window.end]
        before = [years for first, years in runs if window.start <= first.start < window.money.start]
        if after or before:
            chosen = (after or before[::-1])[0]
            return chosen[-1:] if kind is FlowKind.CARRY_FORWARD and len(chosen) == 2 else chosen
        ordinal = _ORDINAL_YEAR.search(self.text, window.start, window.end)
        if ordinal is not None and (place := _ORDINALS[(ordinal[1] or ordinal[2]).lower()]) < len(self.scope.years):
            return (self.scope.years[place],)
        if whole is not None and whole.years:
            return whole.years
        if inherited is not None and inherited.years:
            return inherited.years
        anywhere = {years for _, years in runs}
        if not anywhere and self.previous is not None and self.previous.whole is not None:
            return self.previous.years  # the sentence before, in the same paragraph, spoke of money too
        return next(iter(anywhere)) if len(anywhere) == 1 else ()

    def fund_of(self, start: int, end: int) -> Entity | None:
        """The one fund of a stretch; several funds together are none that the sum could be said to come from."""
        funds = {
            found.entity
            for found in self.mentions
            if found.entity.kind is EntityKind.FUND and start <= found.start < end
        }
        if funds:
            return funds.pop() if len(funds) == 1 else None
        return named_fund(self.text[start:end], self.scope.names, self.scope.context)

    def programmes_of(
        self, window: Window, inherited: Lead | None, whole: Draft | None
    ) -> tuple[tuple[Entity, ...], bool]:
        inside = [found for found in self.mentions if window.start <= found.start < window.end]
        found = programmes_in(self.text, inside, self.scope.names)
        if not found and (
            label := re.search(r"(?:^|[.;:]\s*)(?:For|In)\s+([^:£]{2,60}):", self.text[: window.money.start])
        ):
            found = programmes_in(
                label[1], self.scope.names.find(label[1], context=self.scope.context), self.scope.names
            )
        if not found:
            found = self._programmes_of_funds(inside)
        if not found:
            meant = programmes_meant(self.text[window.start : window.end], self.scope.names, self.scope.context)
            found = tuple(same_programme(one, self.scope.programmes) for one in meant)
        stated = {money.amount for money in find_money(self.scope.decision.title)}
        if window.money.amount in stated and len(self.scope.programmes) > 1:
            return self.scope.programmes, True  # a sum that the title states is for all that the title names
        if found:
            return found, True
        if whole is not None and whole.programmes:
            return whole.programmes, whole.programmes_settled
        if inherited is not None and inherited.programmes:
            return inherited.programmes, False
        return (), False

    def _programmes_of_funds(self, inside: Sequence[NameMention]) -> tuple[Entity, ...]:
        """A fund named after a programme pays for it ("Drive Programme Fund")."""
        for found in inside:
            if found.entity.kind is EntityKind.FUND:
                first = self.scope.names.find(found.surface.rsplit(" ", 1)[0], kinds={EntityKind.PROGRAMME})
                if first:
                    return (first[0].entity,)
        return ()

    def place_of(self, window: Window) -> Entity | None:
        """The place of the sum's own words; the document's, where that is the part of it that the decision is about."""
        inside = [found for found in self.mentions if window.start <= found.start < window.end]
        place = narrowest(places_in(inside, self.scope.names, self.scope.context), self.scope.names)
        own = self.scope.place
        if place is not None and own is not None and self.scope.names.registry.place_contains(place.id, own.id):
            return own
        return place
