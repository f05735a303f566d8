"""The names around one sum, by the parts that they play beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.index import NameMention
from graph.parse.money import MoneyMention
from ingest.extract.prose.mention_roles import Part, parts_of
from ingest.extract.scope.document import Scope

_ITS_GRANT = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}(?:grant|award|contract)\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """The words around one sum: the sentence, its names, and the stretches that speak of the sum, nearest first."""

    text: str
    mentions: Sequence[NameMention]
    stretches: tuple[tuple[int, int], ...]
    money: MoneyMention | None


class NamesFound:
    """The names around a sum by the part they play; the nearest stretch that has one wins."""

    def __init__(self, scope: Scope, setting: Setting) -> None:
        self._scope, self._setting = scope, setting
        self._parts = parts_of(setting.text, setting.mentions)

    def mentions(self, part: Part) -> list[NameMention]:
        for start, end in self._setting.stretches:
            found = [
                one
                for one in self._setting.mentions
                if start <= one.start < end and self._parts[one.start] is part and self.party(one, part) is not None
            ]
            if found:
                return self._after_the_sum(found, start, end)
        return []

    def has_grant(self) -> bool:
        """Whether the money that a name qualifies is what it gets: "X's grant"."""
        return any(_ITS_GRANT.match(self._setting.text, one.end) for one in self.mentions(Part.MONEY))

    def own(self, part: Part) -> list[NameMention]:
        """Names of a part in the sum's own words."""
        start, end = self._setting.stretches[0]
        return [one for one in self._setting.mentions if start <= one.start < end and self._parts[one.start] is part]

    def _after_the_sum(self, found: list[NameMention], start: int, end: int) -> list[NameMention]:
        """Names after a sum are nearer to it than those before: "for two bodies, shortlisted with ...: £5 to one"."""
        money = self._setting.money
        if money is None or not start <= money.start < end:
            return found
        return [one for one in found if one.start >= money.end] or found

    def pays_after(self, body: Entity | None) -> bool:
        """Return whether the words after the sum say that the body pays it."""
        money = self._setting.money
        return money is not None and any(
            one.start >= money.end and self.party(one, Part.FUNDER) == body for one in self.mentions(Part.FUNDER)
        )

    def parties(self, part: Part) -> list[Entity]:
        out = [entity for one in self.mentions(part) if (entity := self.party(one, part)) is not None]
        return list(dict.fromkeys(out))

    def first(self, part: Part) -> Entity | None:
        return next(iter(self.parties(part)), None)

    def several(self, part: Part) -> bool:
        found = self.mentions(part)
        joined = self._setting.text[found[0].end : found[-1].start] if len(found) > 1 else ""
        return len(self.parties(part)) > 1 and bool(re.search(r"\b(?:and|&)\s", joined))

    def party(self, mention: NameMention, part: Part = Part.NONE) -> Entity | None:
        if mention.entity.kind is EntityKind.FUND and part in (Part.FUNDER, Part.MONEY):
            return self._scope.giver_of(mention.entity)
        return party_of(self._scope, mention)

    def right_after(self, start: int, end: int) -> list[Entity]:
        """The party whose name directly follows a verb."""
        out = [
            self.party(one)
            for one in self._setting.mentions
            if start <= one.start < end
            and self._parts[one.start] is Part.NONE
            and re.fullmatch(r"\s+(?:the\s+|\w+\s+){0,3}", self._setting.text[start : one.start])
        ]
        return [entity for entity in out if entity is not None]

    def between(self, start: int, end: int) -> list[Entity]:
        """Parties without a part of their own between two places: the one that money is given to."""
        out = [
            self.party(one)
            for one in self._setting.mentions
            if start <= one.start < end and self._parts[one.start] is Part.NONE
        ]
        return [entity for entity in out if entity is not None]


def party_of(scope: Scope, mention: NameMention) -> Entity | None:
    """Return the organisation that a name stands for as payer or payee: a place is its commissioner or its council."""
    entity = mention.entity
    if entity.kind is EntityKind.ORGANISATION:
        return entity
    if entity.kind is not EntityKind.PLACE:
        return None
    if scope.is_own_area(entity):
        return scope.body
    return scope.names.resolve(mention.surface, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
