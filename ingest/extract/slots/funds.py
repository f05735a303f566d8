"""Which pot a sum comes from: the funds that its words and its document name, as candidates with features."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity
from ingest.document import Block, BlockKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.sections import origin_of
from ingest.extract.slots.choice import Option
from ingest.extract.slots.fund_names import FundMention, FundNames
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import role_of
from ingest.extract.words.lexicon import Lexicon

_MOST_TEXT = 2000  #: characters of a block in which funds are looked for
_MOST = 5  #: funds of a document that every sum of it may come from
_EARLY = 600  #: characters of prose at the start of a document, where it says what it is about
_SOURCES = frozenset(("from", "through", "under", "via", "within", "of", "by"))
_NEAR = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document names a fund."""

    entity: Entity
    start: int  #: offset in Document.text; -1 for the title
    where: str  #: "title", "heading", "field", "early" or "late"
    role: str
    head: str


class FundReader:
    """Makes the candidates for the fund of the statements of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self._names = FundNames(scope, names, lexicon)

    def options(self, statement: Statement) -> list[Option[Entity | None]]:
        """Return the funds that a sum may come from, and None."""
        found: dict[Entity, list[str]] = {}
        for mention in self._names.find(statement.text):
            _add(found, self._same(mention.entity), self._of_sentence(statement, mention))
        said = bool(found)
        for name, text in (
            ("lead", statement.lead.parse.text if statement.lead else ""),
            ("previous", statement.previous.text if statement.previous else ""),
            ("section", statement.block.section),
        ):
            for mention in self._names.find(text):
                _add(found, self._same(mention.entity), [f"F:{name}", f"F:{name}|{_strength(mention)}"])
        for entity, features in self._of_document(statement).items():
            if entity in found or len(found) < _MOST + 2:
                _add(found, entity, features)
        about = self._about(statement)
        for entity, features in found.items():
            where = "sentence" if "F:sentence" in features else "elsewhere"
            features += [f"F:{where}|{word}" for word in about]
            features += self._giver(statement, entity, where)
            features.append("F:known" if entity.verified else "F:new")
            if said and not any(feature.startswith("F:sentence") for feature in features):
                features.append("F:another-in-sentence")
        none = [*self._none(statement, said), *(f"F:none|{word}" for word in about)]
        options: list[Option[Entity | None]] = [Option(None, tuple(none))]
        options += [Option(entity, tuple(features)) for entity, features in found.items()]
        return options

    # -- the sentence --------------------------------------------------------------------------------------------

    def _of_sentence(self, statement: Statement, mention: FundMention) -> list[str]:
        parse = statement.parse
        low, high = sorted((mention.start, statement.token.start))
        crossed = min(sum(t.money is not None and low < t.start < high for t in parse.tokens), 2)
        side = "before" if mention.start < statement.token.start else "after"
        index = next(
            (i for i, t in enumerate(parse.tokens) if t.name and t.start < mention.end and mention.start < t.end), None
        )
        role = role_of(parse, index, statement.at, statement.governor) if index is not None else mention.role
        near = "near" if high - low < _NEAR else "far"
        strength = _strength(mention)
        return [
            "F:sentence",
            f"F:sentence|{role}",
            f"F:sentence|{mention.role}.",
            f"F:sentence|{near}",
            f"F:sentence|{side}|sums={crossed}",
            f"F:sentence|{strength}",
        ]

    def _about(self, statement: Statement) -> list[str]:
        """Return what the sentence says beside names: the body's own money, a fund spoken of before, a list."""
        groups = load_thing_words()
        words = [plain_word(word) for word in statement.text.split()]
        found = []
        if groups["own-money"] & set(words):
            found.append("own-money")
        if any(
            first in ("the", "this", "that", "its") and second in groups["fund-pointer"]
            for first, second in itertools.pairwise(words)
        ):
            found.append("points-to-fund")
        if statement.list_key is not None:
            found.append("list")
        return found

    def _giver(self, statement: Statement, entity: Entity, where: str) -> list[str]:
        """Return whether the sentence names who gives a fund, or another who gives money."""
        named = [t.name.entity for t in statement.parse.tokens if t.name is not None]
        giver = self.scope.giver_of(entity)
        if giver is not None and giver in named:
            return [f"F:{where}|giver-said"]
        givers = [one for one in named if one != giver and self.scope.gives(one)]
        return [f"F:{where}|another-gives"] if givers and giver is not None else []

    # -- the document --------------------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> Sequence[_Place]:
        """Every place where the document names a fund, in order; the title first."""
        document, found, prose = self.scope.document, [], 0
        found = [self._place(one, -1, "title") for one in self._names.find(self.scope.decision.title)]
        for block in document.blocks:
            where = _where(block, prose)
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(block.text) > _NEAR:
                prose += len(block.text)
            text = document.text[block.start : min(block.end, block.start + _MOST_TEXT)]
            if where:
                found += [self._place(one, block.start + one.start, where) for one in self._names.find(text)]
        return found

    def _place(self, mention: FundMention, start: int, where: str) -> _Place:
        return _Place(mention.entity, start, where, mention.role, mention.head)

    @cached_property
    def _one_name(self) -> Mapping[Entity, Entity]:
        """What each name of a fund stands for: a shorter one for the longer that the document has named before it."""
        found: dict[Entity, Entity] = {}
        for place in self._places:
            if place.entity in found:
                continue
            own = _words_of(place.entity)
            longer = [other for other in dict.fromkeys(found.values()) if own < _words_of(other)]
            found[place.entity] = longer[-1] if longer and not place.entity.verified else place.entity
        return {entity: self._best_spelt(one) for entity, one in found.items()}

    def _best_spelt(self, entity: Entity) -> Entity:
        """Return a fund under the spelling that says most clearly that it is one: "X Fund" rather than "X funding"."""
        alike = {place.entity: place for place in self._places if _words_of(place.entity) == _words_of(entity)}
        return min(
            alike,
            key=lambda one: (not one.verified, alike[one].head not in ("fund", "name"), one.name != one.name.title()),
            default=entity,
        )

    def _same(self, entity: Entity) -> Entity:
        return self._one_name.get(entity, entity)

    @cached_property
    def _document_funds(self) -> Mapping[Entity, list[str]]:
        """The funds that a document speaks of, those of its title and the most named first, with their features."""
        counted: Counter[Entity] = Counter()
        wheres: dict[Entity, set[str]] = {}
        for place in self._places:
            entity = self._same(place.entity)
            counted[entity] += 4 if place.where == "title" else 1
            wheres.setdefault(entity, set()).update((place.where, _strength(place), f"head={place.head}"))
            if place.role in _SOURCES:
                wheres[entity].add("source")
        ranked = counted.most_common(_MOST)
        best = {"title", "heading"}
        titled = sum(bool(best & wheres[entity]) for entity, _ in ranked)
        found: dict[Entity, list[str]] = {}
        for rank, (entity, count) in enumerate(ranked):
            own = wheres[entity]
            where_first = next(w for w in ("title", "heading", "field", "early", "late") if w in own)
            strength = "firm" if "firm" in own else "weak"
            features = [
                "F:document",
                f"F:document|{where_first}",
                f"F:document|{strength}",
                f"F:document|{where_first}|{strength}",
                f"F:document|times={min(count, 3)}",
            ]
            features += [
                f"F:document|head={head.removeprefix('head=')}" for head in sorted(own) if head.startswith("head=")
            ]
            features.append(f"F:document|of={min(len(counted), 3)}")
            features.append(f"F:document|{'first' if rank == 0 else 'later'}")
            if "source" in own:
                features.append("F:document|source")
            if len(counted) == 1:
                features.append(f"F:document|only|{strength}")
            if where_first in best and titled == 1:
                features.append("F:document|the-titled-one")
            found[entity] = features
        return found

    def _of_document(self, statement: Statement) -> Mapping[Entity, list[str]]:
        found = {entity: list(features) for entity, features in self._document_funds.items()}
        before = [place for place in self._places if 0 <= place.start < statement.start and place.where != "field"]
        if before:
            nearest = self._same(before[-1].entity)
            in_block = before[-1].start >= statement.block.start
            found.setdefault(nearest, []).append("F:nearest|block" if in_block else "F:nearest")
        if self.scope.fund is not None:
            found.setdefault(self._same(self.scope.fund), []).append("F:met-from")
        return found

    def _none(self, statement: Statement, said: bool) -> list[str]:
        number = min(len(self._document_funds), 2)
        titled = any("F:document|title" in own for own in self._document_funds.values())
        features = ["F:none", f"F:none|{statement.origin.name}", f"F:none|funds={number}"]
        if said:
            features.append("F:none|said")
        if titled:
            features.append("F:none|titled")
        return features


def _where(block: Block, prose: int) -> str:
    """Return what part of a document a block is; "" for parts that never say where its money comes from."""
    if block.kind is BlockKind.HEADING:
        return "heading"
    if block.kind is BlockKind.FIELD:
        return "field"
    if block.kind is BlockKind.TABLE or origin_of(block) is None:
        return ""
    return "early" if prose < _EARLY else "late"


def _strength(mention: FundMention | _Place) -> str:
    """Return whether the last word says that it is a fund ("firm"), or money in general ("weak")."""
    return "firm" if mention.head in load_thing_words()["fund-head-firm"] | {"name"} else "weak"


def _words_of(entity: Entity) -> frozenset[str]:
    words = re.findall(r"[\w']+", entity.name.lower())
    return frozenset(
        word for word in words if word not in load_thing_words()["fund-head"] and word not in ("the", "and", "of")
    )


def _add(found: dict[Entity, list[str]], entity: Entity, features: Sequence[str]) -> None:
    own = found.setdefault(entity, [])
    own.extend(feature for feature in features if feature not in own)
