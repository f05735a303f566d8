"""A whole cell or phrase that is one name: "MPS", "LB X", "X (on behalf of Y)", "X staffing"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.model import Entity, EntityKind
from graph.name_bodies import defined, is_place
from graph.name_mentions import NameContext, NameMention
from graph.new_names import is_left_open

if TYPE_CHECKING:
    from graph.names import NameIndex

_AROUND = ' \t\n.,;:–-*_•|"“”'
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_LED_BY = re.compile(r"(?i)\b(?:consortium|partnership|group)?\s*(?:led|hosted|run|delivered)\s+by\s+(?:the\s+)?")
_ASIDE = re.compile(
    r"(?i)\s*(?:\(?\b(?:on behalf of|for and on behalf of|as lead|via|through|in partnership with|working with|"
    r"acting for)\b.*)$"
)


class CellNames:
    """The reading of whole cells, over one index."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def resolve(
        self, text: str, *, kinds: Collection[EntityKind] | None, context: NameContext, as_payee: bool
    ) -> Entity | None:
        """Return what the words name as a whole; None where nothing is known or the party is left open."""
        cell = " ".join(text.split()).strip(_AROUND)
        if not cell or is_left_open(cell):
            return None
        payee = as_payee or context.payee
        for phrase in _phrases(cell):
            entity = self._whole(phrase, kinds, context, payee)
            if entity is not None:
                return entity
        return self._main(cell, kinds, context, payee)

    def _whole(
        self, phrase: str, kinds: Collection[EntityKind] | None, context: NameContext, payee: bool
    ) -> Entity | None:
        known = defined(context.definitions, phrase)
        if known is not None and (kinds is None or known.kind in kinds):
            return known
        forms = [form for form in self._index.trie.forms_of(phrase)]
        entities = self._index.choice.in_order(forms, context, key=phrase.casefold())
        chosen = _wanted(entities, kinds, self._index, payee)
        if chosen is not None:
            return chosen
        for mention in self._index.find(phrase, context=context):
            if mention.start <= 4 and mention.end >= len(phrase) - 2:
                return _wanted((mention.entity, *mention.candidates), kinds, self._index, payee)
        return None

    def _main(
        self, cell: str, kinds: Collection[EntityKind] | None, context: NameContext, payee: bool
    ) -> Entity | None:
        """Return the one name that a longer cell holds where the rest is small words about it."""
        mentions = [
            mention
            for mention in self._index.find(cell, context=context)
            if _wanted((mention.entity, *mention.candidates), kinds, self._index, payee) is not None
        ]
        if not mentions or not _carries(cell, mentions[0]):
            return None
        first = mentions[0]
        return _wanted((first.entity, *first.candidates), kinds, self._index, payee)


def _phrases(cell: str) -> list[str]:
    """Return the cell, and what is left of it without brackets and asides."""
    led = _LED_BY.split(cell, maxsplit=1)
    plain = _BRACKET.sub(" ", cell).strip(_AROUND)
    phrases = [cell, plain, _ASIDE.sub("", plain).strip(_AROUND)]
    if len(led) > 1:
        phrases.insert(0, led[1].strip(_AROUND))
    return [phrase for phrase in dict.fromkeys(phrases) if phrase]


def _carries(cell: str, mention: NameMention) -> bool:
    """Return whether a name opens the cell and the rest of it is no other capitalised name."""
    rest = cell[mention.end :]
    return mention.start <= 4 and not any(word[:1].isupper() for word in re.findall(r"\b[\w'’]+", rest)[:4])


def _wanted(
    entities: Collection[Entity], kinds: Collection[EntityKind] | None, index: NameIndex, payee: bool
) -> Entity | None:
    """Return the first entity of the wanted kinds; a place's council where a payee is wanted."""
    wants_body = payee or (kinds is not None and EntityKind.PLACE not in kinds)
    for entity in entities:
        if wants_body and is_place(entity) and (kinds is None or EntityKind.ORGANISATION in kinds):
            body = index.bodies.as_party(entity)
            if body is not None:
                return body
        if kinds is None or entity.kind in kinds:
            return entity
    return None
