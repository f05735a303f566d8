"""Every spelling of every known name as a tree of words, and the longest ones that a text holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity
from graph.names.words import Gap, Word, words


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one entity's name."""

    entity: Entity
    text: str
    is_name: bool = False  #: the canonical name, not an alias
    is_typed: bool = False  #: what people type in questions; no name in a document


@dataclass(slots=True)
class Node:
    """What the words so far lead to, and the names that end here."""

    steps: dict[str, Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """The words `first` to `last` (inclusive) spell these forms; `end` leaves out a possessive 's."""

    first: int
    last: int
    start: int
    end: int
    forms: Sequence[Form]


class NameTrie:
    """A tree of words. A step over a comma or bracket is a step of its own kind."""

    def __init__(self) -> None:
        self.root = Node()

    def add(self, form: Form) -> None:
        """Add a spelling, with and without the marks inside it and the article before it."""
        name = words(form.text)
        if not name:
            return
        if name[0].key == "the" and len(name) > 2:
            name = name[1:]
        plain = [word.key for word in name]
        marked = [_step(word) if index else word.key for index, word in enumerate(name)]
        self._insert(plain, form)
        if marked != plain:
            self._insert(marked, form)

    def _insert(self, steps: Sequence[str], form: Form) -> None:
        node = self.root
        for step in steps:
            node = node.steps.setdefault(step, Node())
        if all(known.entity.id != form.entity.id or known.text != form.text for known in node.forms):
            node.forms.append(form)

    def matches_at(self, text_words: Sequence[Word], first: int) -> list[Match]:
        """Return all names that begin at word `first`, longest first."""
        found: list[Match] = []
        node = self.root
        start = text_words[first].start
        for last in range(first, len(text_words)):
            word = text_words[last]
            if last > first and word.gap is Gap.BREAK:
                break
            mark = "," if last > first and word.gap is Gap.HARD else ""
            if word.stem:
                possessed = node.steps.get(mark + word.stem)
                if possessed is not None and possessed.forms:
                    found.append(Match(first, last, start, word.stem_end, possessed.forms))
                    if word.stem == word.key:
                        node = possessed
                        continue
            step = node.steps.get(mark + word.key)
            if step is None:
                break
            node = step
            if node.forms:
                found.append(Match(first, last, start, word.end, node.forms))
        found.reverse()
        return found

    def forms_of(self, text: str) -> Sequence[Form]:
        """Return the forms that the whole text spells."""
        name = words(text)
        if len(name) > 1 and name[0].key == "the":
            return self._whole(name) or self._whole(name[1:])
        return self._whole(name) if name else ()

    def _whole(self, name: Sequence[Word]) -> Sequence[Form]:
        node: Node | None = self.root
        for index, word in enumerate(name):
            node = node.steps.get(("," if index and word.gap is Gap.HARD else "") + word.key) if node else None
        return node.forms if node else ()

    def spellings(self) -> Iterator[tuple[tuple[str, ...], Sequence[Form]]]:
        """Yield every spelling without marks inside, as its words, with its forms."""
        waiting: list[tuple[tuple[str, ...], Node]] = [((), self.root)]
        while waiting:
            steps, node = waiting.pop()
            if node.forms:
                yield steps, node.forms
            waiting.extend(((*steps, key), step) for key, step in node.steps.items() if key[0] != ",")


def _step(word: Word) -> str:
    return f",{word.key}" if word.gap is Gap.HARD else word.key
