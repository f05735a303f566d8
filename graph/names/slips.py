"""Names with typing errors: words a letter or two off, run together, or torn apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from graph.names.trie import Form, Match, NameTrie, Node
from graph.names.words import Gap, Word

_LONGEST_SQUASHED = 4
_MOST_SLIPPED_WORDS = 2
_SHORTEST_ALONE = 4  #: letters of a slipped word that is a name by itself


class NameSlips:
    """Finds names with typing errors in a tree of names. Ordinary English words are never taken for errors."""

    def __init__(self, trie: NameTrie) -> None:
        self._trie = trie
        self._squashed: dict[str, list[Form]] = {}
        for steps, forms in trie.spellings():
            joined = "".join(steps)
            if len(joined) >= 6:
                self._squashed.setdefault(joined, []).extend(forms)

    def squashed_at(self, text_words: Sequence[Word], first: int) -> Match | None:
        """Return the longest name that the words from `first` on spell if blanks are moved: "safe lives"; else None."""
        joined = ""
        best: Match | None = None
        for last in range(first, min(first + _LONGEST_SQUASHED, len(text_words))):
            word = text_words[last]
            if last > first and word.gap is not Gap.SOFT:
                break
            for key, end in ((word.key, word.end), (word.stem, word.stem_end)):
                forms = self._squashed.get(joined + key) if key else None
                if forms:
                    best = Match(first, last, text_words[first].start, end, forms)
            joined += word.key
        return best

    def slipped_at(self, text_words: Sequence[Word], text: str, first: int) -> tuple[Match, int] | None:
        """Return the name that the words from `first` on spell with fewest typing errors, and their number; else None.

        Of names with as few errors, the longest is taken.
        """
        found = [
            (-(end - first), slips, Match(first, end, text_words[first].start, stop, node.forms))
            for node, slips, end, stop in self._walk(text_words, text, first)
            if slips and node.forms and (end > first or len(text_words[first].key) >= _SHORTEST_ALONE)
        ]
        found.sort(key=lambda found_one: found_one[:2])
        return (found[0][2], found[0][1]) if found else None

    def _walk(self, text_words: Sequence[Word], text: str, first: int) -> Iterator[tuple[Node, int, int, int]]:
        waiting = [(self._trie.root, 0, 0, first)]
        while waiting:
            node, slips, slipped, position = waiting.pop()
            if position >= len(text_words) or (position > first and text_words[position].gap is Gap.BREAK):
                continue
            word = text_words[position]
            for step, more, end in _steps(
                node,
                word,
                text[word.start : word.end],
                can_slip=slipped < _MOST_SLIPPED_WORDS,
                is_first=position == first,
            ):
                yield step, slips + more, position, end
                waiting.append((step, slips + more, slipped + bool(more), position + 1))


def _steps(node: Node, word: Word, printed: str, *, can_slip: bool, is_first: bool) -> Iterator[tuple[Node, int, int]]:
    """Yield the steps that a word allows from a node of the tree: (node, number of typing errors, end of the word)."""
    for key, end in ((word.key, word.end), (word.stem, word.stem_end)):
        if key and key in node.steps:
            yield node.steps[key], 0, end
    if not can_slip or not word.key.isalpha():
        return
    other_number = word.key.removesuffix("s") if word.key.endswith("s") else f"{word.key}s"
    if not is_first and len(word.key) >= 4 and other_number in node.steps:
        yield node.steps[other_number], 1, word.end
    if word.key in ordinary_words():
        return
    for key, end in ((word.key, word.end), (word.stem, word.stem_end)):
        for known, slips in _near(key, node.steps, is_acronym=printed.isupper()) if len(key) >= 3 else ():
            yield node.steps[known], slips, end


def _near(key: str, known: Iterable[str], *, is_acronym: bool) -> Iterator[tuple[str, int]]:
    from rapidfuzz.distance import OSA

    for other in known:
        if not other.isalpha() or len(other) < 4 or abs(len(other) - len(key)) > 2:
            continue
        allowed = 1 if len(other) < 8 else 2
        if other[0] != key[0] and sorted(other[:2]) != sorted(key[:2]):
            continue
        slips = OSA.distance(key, other, score_cutoff=allowed)
        if 0 < slips <= allowed and ((not is_acronym and len(other) >= 4) or sorted(key) == sorted(other)):
            yield other, slips


@cache
def ordinary_words() -> frozenset[str]:
    """Return the English words that are similar to a name's words and are no misspellings of them."""
    data = json.loads((Path(__file__).parent / "ordinary_words.json").read_text(encoding="utf-8"))
    return frozenset(" ".join(data["lines"]).split())
