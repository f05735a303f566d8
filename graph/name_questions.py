"""Names in questions as people type them: any case, slips of the keyboard, short forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Entity
from graph.name_mentions import NameContext, NameMention
from graph.name_words import words

if TYPE_CHECKING:
    from graph.names import NameIndex

_NOTHING = NameContext()


class QuestionNames:
    """The reading of questions, over one index."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def find(self, text: str) -> list[NameMention]:
        """Return the names in a question, in order, without overlaps."""
        text_words = words(text)
        found: list[NameMention] = []
        position = 0
        while position < len(text_words):
            matches = self._index.trie.matches_at(text_words, position)
            if not matches:
                position += 1
                continue
            match = matches[0]
            entities = self._index.choice.in_order(match.forms, _NOTHING, key="")
            candidates = (*entities, *self._index.bodies.other_readings(entities[0]))
            found.append(
                NameMention(
                    entities[0],
                    match.start,
                    match.end,
                    text[match.start : match.end],
                    tuple(dict.fromkeys(candidates)) if len(candidates) > 1 else (),
                )
            )
            position = match.last + 1
        return found

    def suggest(self, text: str, *, limit: int) -> list[Entity]:
        """Return the known names nearest to some words, best first."""
        from rapidfuzz import fuzz, process

        names = {entity.name: entity for entity in self._index.registry.entities()}
        near = process.extract(text, names.keys(), scorer=fuzz.WRatio, limit=limit, score_cutoff=60)
        return [names[name] for name, _, _ in near]
