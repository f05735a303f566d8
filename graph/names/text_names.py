"""Finds known names in running text, the longest at each place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from graph.model import Entity, EntityKind
from graph.names.bodies import BodyNames, defined, is_inside_longer_name, is_place
from graph.names.choice import NameChoice
from graph.names.forms import forms_of_registry, typed_forms
from graph.names.funds import FundRounds
from graph.names.initials import CouncilInitials
from graph.names.mentions import NameContext, NameMention
from graph.names.trie import Form, Match, NameTrie
from graph.names.words import Word, words
from graph.registry import Registry

_NOTHING = NameContext()
_COUNCIL_FOR = re.compile(r"\s+for\s+[A-Z]")


class TextNames:
    """Every known name, with the search for them in a text. It never changes after it is made."""

    def __init__(self, registry: Registry, more: Iterable[Entity] = ()) -> None:
        """Index a registry's names, and further things that documents brought in and the registry lacks."""
        self.registry = registry
        self.trie = NameTrie()
        for form in forms_of_registry(registry):
            self.trie.add(form)
        for entity in more:
            if entity.id not in registry:
                self.trie.add(Form(entity, entity.name, is_name=True))
        self.typed_forms = typed_forms(registry)
        for spelling, entities in self.typed_forms.items():
            self.trie.add(Form(entities[0], spelling, is_typed=True))
        self.choice = NameChoice(registry)
        self.bodies = BodyNames(registry)
        self._rounds = FundRounds(registry)
        self._initials = CouncilInitials(registry)

    def find(
        self, text: str, *, context: NameContext | None = None, kinds: Collection[EntityKind] | None = None
    ) -> list[NameMention]:
        """Return the names in a running text, in order, the longest at each place, without overlaps.

        Args:
            text: A paragraph, a cell or a whole document.
            context: The decision body, its place, and the short forms that the document defined.
            kinds: The kinds of thing to find; None for all.
        """
        context = context or _NOTHING
        text_words = words(text)
        roles = {body.start: body for body in self.bodies.roles(text, context)}
        found: list[NameMention] = []
        index, floor = 0, 0
        while index < len(text_words):
            word = text_words[index]
            role = roles.get(word.start)
            matches = self.trie.matches_at(text_words, index)
            mention = self._first_name(matches, text, text_words, index, context, floor)
            if role is not None and (mention is None or mention.end < role.end):
                mention = _mention(text, role.entity, role.start, role.end)
            if mention is not None and mention.start >= floor:
                found.append(mention)
                floor = mention.end
                while index < len(text_words) and text_words[index].start < floor:
                    index += 1
            else:
                index += 1
        return [mention for mention in found if kinds is None or mention.entity.kind in kinds]

    def _first_name(
        self,
        matches: list[Match],
        text: str,
        text_words: list[Word],
        index: int,
        context: NameContext,
        floor: int,
    ) -> NameMention | None:
        word = text_words[index]
        printed = text[word.start : word.end]
        short = defined(context.definitions, printed) or self._council_by_initials(printed, context)
        if short is not None and not any(match.last > match.first for match in matches):
            return _mention(text, short, word.start, word.end)
        for match in matches:
            surface = text[match.start : match.end]
            stands_for = defined(context.definitions, surface)
            if stands_for is not None:
                return _mention(text, stands_for, match.start, match.end)
            entities = self.choice.entities(match, text, context, None)
            if not entities:
                continue
            mention = self._in_role(entities, text, match, context, floor)
            if mention is not None:
                return mention
        return None

    def _council_by_initials(self, printed: str, context: NameContext) -> Entity | None:
        if not 3 <= len(printed) <= 5 or not printed.isupper() or self.trie.forms_of(printed):
            return None
        place = self.choice.place_of_context(context)
        return self._initials.inside(place).get(printed) if place else None

    def _in_role(
        self, entities: tuple[Entity, ...], text: str, match: Match, context: NameContext, floor: int
    ) -> NameMention | None:
        """Return the mention of a match; a place's name may be the name of a body there."""
        first = entities[0]
        if first.kind is EntityKind.FUND:
            first = self._rounds.at(first, text, match.start, match.end)
            entities = (first, *entities)
        if not is_place(first):
            if _COUNCIL_FOR.match(text, match.end) and text[match.start : match.end].endswith("Council"):
                return None
            return _mention(text, first, match.start, match.end, entities)
        for place in entities:
            body = self.bodies.get_body(place, text, match.start, match.end) if is_place(place) else None
            if body is not None and body.start >= floor:
                return _mention(text, body.entity, body.start, body.end)
        if is_inside_longer_name(text, match.end):
            return None
        others = tuple(dict.fromkeys((*entities, *self.bodies.other_readings(first))))
        party = self.bodies.council(first)
        if party is not None and (context.payee or self.bodies.is_party(text, match.start, match.end)):
            return _mention(text, party, match.start, match.end, (party, *others))
        return _mention(text, first, match.start, match.end, others)


def _mention(
    text: str, entity: Entity, start: int, end: int, candidates: tuple[Entity, ...] = (), score: float = 1.0
) -> NameMention:
    """Return a mention; a bracket that opens inside the name and closes right after it is included."""
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    others = tuple(dict.fromkeys(candidates))
    return NameMention(entity, start, end, text[start:end], others if len(others) > 1 else (), score)
