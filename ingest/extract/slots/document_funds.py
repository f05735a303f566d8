"""The funds of a whole document: where each is named, which names mean the same fund, which funds are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity
from ingest.document import Block, BlockKind
from ingest.extract.scope.document import Scope
from ingest.extract.slots.fund_names import FundMention, FundNames, is_aside
from ingest.extract.slots.thing_words import load_thing_words
from ingest.extract.words.sections import origin_of

_MOST_TEXT = 2000  #: characters of a block in which funds are looked for
_MOST = 5  #: funds of a document that every sum of it may come from
_EARLY = 600  #: characters of prose at the start of a document, where it says what it is about
_SHORT = 60  #: characters; a shorter paragraph is a line of a list or a menu, and no prose
_MOST_BETWEEN = 3  #: sums between a fund and another sum that are counted
_IN_TITLE = 4  #: how often a fund of the title counts
_WHERES = ("title", "heading", "field", "early", "late")
_SOURCES = frozenset(("from", "through", "under", "via", "within", "of", "by"))
_JOINTS = frozenset(("the", "and", "of"))


@dataclass(frozen=True, slots=True)
class FundPlace:
    """A place where a document names a fund."""

    mention: FundMention
    start: int  #: offset in Document.text; -1 for the title
    where: str  #: "title", "heading", "field", "early" or "late"


class DocumentFunds:
    """The funds that one document names."""

    def __init__(self, scope: Scope, names: FundNames) -> None:
        self.scope = scope
        self.names = names

    @cached_property
    def places(self) -> Sequence[FundPlace]:
        """Every place where the document names a fund, the title first."""
        document, prose = self.scope.document, 0
        found = [FundPlace(one, -1, "title") for one in self.names.find(self.scope.decision.title)]
        for block in document.blocks:
            where = _where(block, prose)
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(block.text) > _SHORT:
                prose += len(block.text)
            text = document.text[block.start : min(block.end, block.start + _MOST_TEXT)]
            if where:
                named = [one for one in self.names.find(text) if not is_aside(text, one)]
                found += [FundPlace(one, block.start + one.start, where) for one in named]
        return found

    @cached_property
    def titled(self) -> frozenset[Entity]:
        """The funds that the title names."""
        return frozenset(self.same(place.mention.entity) for place in self.places if place.where == "title")

    def same(self, entity: Entity) -> Entity:
        """Return the fund that a name stands for: a shortened name stands for the full name given before it."""
        return self._one_name.get(entity, entity)

    @cached_property
    def features(self) -> Mapping[Entity, Sequence[str]]:
        """The most frequently named funds with their features; a mention in the title counts most."""
        counted: Counter[Entity] = Counter()
        signs: dict[Entity, set[str]] = {}
        for place in self.places:
            mention, entity = place.mention, self.same(place.mention.entity)
            counted[entity] += _IN_TITLE if place.where == "title" else 1
            own = signs.setdefault(entity, set())
            own.update((place.where, strength_of(mention), f"head={mention.head}"))
            own.update(["source"] if mention.role in _SOURCES else [])
        ranked = counted.most_common(_MOST)
        found: dict[Entity, Sequence[str]] = {}
        for entity, count in ranked:
            own = signs[entity]
            where = next(where for where in _WHERES if where in own)
            strength = "firm" if "firm" in own else "weak"
            words = [
                where,
                strength,
                f"{where}|{strength}",
                f"times={min(count, 3)}",
                *sorted(sign for sign in own if sign.startswith("head=")),
                *(["source"] if "source" in own else []),
                *([f"only|{strength}"] if len(counted) == 1 else []),
            ]
            found[entity] = ["F:document", *(f"F:document|{word}" for word in words)]
        return found

    def sums_since(self, fund: Entity, place: int) -> list[str]:
        """Return a feature: how many sums (3 at most) stand between the fund's last mention and the offset `place`."""
        named = [one.start for one in self.places if 0 <= one.start < place and self.same(one.mention.entity) == fund]
        if not named:
            return []
        return [f"F:sums-between|{min(sum(named[-1] < one < place for one in self._sums), _MOST_BETWEEN)}"]

    @cached_property
    def _sums(self) -> Sequence[int]:
        return [one.start() for one in re.finditer("£", self.scope.document.text)]

    def nearest(self, start: int) -> FundPlace | None:
        """Return the last place before an offset where a fund is named; None if there is none."""
        before = [place for place in self.places if 0 <= place.start < start and place.where != "field"]
        return before[-1] if before else None

    @cached_property
    def _one_name(self) -> Mapping[Entity, Entity]:
        found: dict[Entity, Entity] = {}
        for place in self.places:
            entity = place.mention.entity
            if entity not in found:
                longer = [other for other in dict.fromkeys(found.values()) if _is_shorter(entity, other)]
                found[entity] = longer[-1] if longer and not entity.verified else entity
        return {entity: self._best_spelt(one) for entity, one in found.items()}

    def _best_spelt(self, entity: Entity) -> Entity:
        """Return a fund under its clearest spelling: "X Fund" rather than "X funding"."""
        words = _words_of(entity)
        alike = {one.mention.entity: one.mention.head for one in self.places if _words_of(one.mention.entity) == words}
        return min(
            alike,
            key=lambda one: (not one.verified, alike[one] not in ("fund", "name"), one.name != one.name.title()),
            default=entity,
        )


def _is_shorter(entity: Entity, other: Entity) -> bool:
    """Return True if a name shortens another: some of its words, and no other kind of pot ("Reserve" for "Fund")."""
    kinds = {word.removesuffix("s") for one in (entity, other) for word in one.name.lower().split()}
    kinds &= {word.removesuffix("s") for word in load_thing_words()["fund-head-firm"]}
    return _words_of(entity) < _words_of(other) and len(kinds) < 2


def strength_of(mention: FundMention) -> str:
    """Return "firm" if the last word of the name means a fund, "weak" if it means money in general."""
    return "firm" if mention.head == "name" or mention.head in load_thing_words()["fund-head-firm"] else "weak"


def _where(block: Block, prose: int) -> str:
    """Return the part of the document that a block is; "" for parts that never name the source of its money."""
    if block.kind in (BlockKind.HEADING, BlockKind.FIELD):
        return str(block.kind)
    if block.kind is BlockKind.TABLE or origin_of(block) is None:
        return ""
    return "early" if prose < _EARLY else "late"


def _words_of(entity: Entity) -> frozenset[str]:
    return frozenset(re.findall(r"[\w']+", entity.name.lower())) - load_thing_words()["fund-head"] - _JOINTS
