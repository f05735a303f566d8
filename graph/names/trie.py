"""All spellings of all known names as a tree of words (a trie), which finds the longest names in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity
from graph.names.words import Gap, Word, words


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of the name of one thing."""

    entity: Entity
    text: str
    is_name: bool = False  #: the canonical name, not an alias
    is_typed: bool = False  #: what people type in questions; no name in a document


@dataclass(slots=True)
class Node:
    """A node of the tree: the next words, and the spellings that end here."""

    steps: dict[str, Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """A run of words that spells a name: words `first` to `last`, both included.

    `start` and `end` are character offsets; `end` leaves out a possessive 's.
    """

    first: int
    last: int
    start: int
    end: int
    forms: Sequence[Form]


class NameTrie:
    """A tree of words. A comma or bracket between two words is a step of its own."""

    def __init__(self) -> None:
        self.root = Node()

    def add(self, form: Form) -> None:
        """Add a spelling, with and without the punctuation inside it and the article before it."""
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
        """Return all names that begin at the word of number `first`, longest first."""
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
        """Return the spellings that a whole text equals."""
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
        """Yield every spelling without punctuation: its words, with its forms."""
        waiting: list[tuple[tuple[str, ...], Node]] = [((), self.root)]
        while waiting:
            steps, node = waiting.pop()
            if node.forms:
                yield steps, node.forms
            waiting.extend(((*steps, key), step) for key, step in node.steps.items() if key[0] != ",")


def _step(word: Word) -> str:
    return f",{word.key}" if word.gap is Gap.HARD else word.key
