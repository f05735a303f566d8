"""The words of each decision: which decision says most of a query's words, or speaks most of a thesaurus entry."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graph.search.ranges import Ranges, ranges_at
from graph.search.stems import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE_COUNTS = 3  #: times that a title's words count
SATURATION, LENGTH = 1.2, 0.5  #: k1 and b of BM25 (Robertson and Zaragoza 2009)
SPEAKS_OF = 0.3  #: strength from which a decision counts as one that speaks of a thing
BETWEEN = -1  #: what stands after the words of each passage, so that no phrase goes from one into the next
AT_ONCE = 2_000_000  #: words that are looked at together
HALF = 32  #: bits of a key that hold its second part


@dataclass(frozen=True, slots=True)
class Strength:
    """How much some decisions use some terms, in proportion to the decision that uses them most."""

    decisions: NDArray[np.int64]  #: the numbers of those that use them, in order
    values: NDArray[np.float64]  #: above 0, at most 1


class DocumentWords:
    """The stems of a build's decisions, as numbers in arrays; made once, then only read."""

    def __init__(self, passages: Any, counts: NDArray[np.int64], decisions: Ranges, count: int) -> None:
        """Keep the stems of each passage.

        Args:
            passages: An Arrow array with the stems of each passage, separated by blanks.
            counts: How many times the words of each passage count; 0 for a passage that says nothing of any decision.
            decisions: The numbers of the decisions in which each passage stands.
            count: The number of decisions.
        """
        import numpy as np

        numbers, self._starts, self._number_of = _numbered(passages)
        self._words = numbers
        self._passages = np.repeat(np.arange(len(passages), dtype=np.int32), np.diff(self._starts))
        self._counts_of, self._decisions, self.count = counts, decisions, count
        lengths = np.diff(self._starts) - 1  # without what stands between
        owners = np.repeat(np.arange(len(passages)), np.diff(decisions.starts))
        size = np.bincount(decisions.values, weights=(counts * lengths)[owners], minlength=count)
        self._bound = SATURATION * (1 - LENGTH + LENGTH * size / max(float(size.mean()) if count else 1.0, 1.0))

    def rarity(self, holders: int) -> float:
        """Return the weight of a word that `holders` decisions contain; it is the greater the fewer these are."""
        return math.log(1 + (self.count - holders + 0.5) / (holders + 0.5))

    def share(self, words: Iterable[str]) -> NDArray[np.float64]:
        """Return for each decision the share of a query's stems that it contains, with rare ones counting more.

        Returns:
            (decisions,) float64, 0 to 1.
        """
        import numpy as np

        shares, whole = np.zeros(self.count), 0.0
        for word in set(words):
            holders = self._holders(word)
            weight = self.rarity(len(holders))
            shares[holders] += weight
            whole += weight
        return shares / whole if whole else shares

    def rare_in(self, text: str, share: float) -> str:
        """Return the words of a text that stand in at most a share of all decisions; all, if each is in more."""
        most = share * self.count
        return " ".join(w for w in text.split() if any(len(self._holders(s)) <= most for s in stems(w))) or text

    def strength(self, terms: Sequence[str]) -> Strength:
        """Return how much the decisions use some terms."""
        import numpy as np

        strengths = np.zeros(self.count)
        for term in terms:
            decisions, counts = self._uses(term)
            if len(decisions):
                strengths[decisions] += self.rarity(len(decisions)) * counts / (counts + self._bound[decisions])
        users = np.flatnonzero(strengths)
        return Strength(users, strengths[users] / float(strengths.max(initial=0.0) or 1.0))

    def specificity(self, strength: Strength) -> float:
        """Return how few decisions have a `strength` above 0: near 1 if it is only one, near 0 if it is nearly all."""
        return self.rarity(int((strength.values > SPEAKS_OF).sum())) / self.rarity(0)

    def terms_in(self, passages: NDArray[np.int64], terms: Sequence[str]) -> NDArray[np.float64]:
        """Return the number of terms that each of some passages contains; passages are given by their rows."""
        import numpy as np

        among = Ranges(self._words, self._starts)
        words, owners = ranges_at(among, passages)
        found = np.zeros(len(passages))
        for phrase in filter(None, map(self._phrase, terms)):
            at = _begins(words, phrase, np.flatnonzero(words == phrase[0]))
            found[np.unique(owners[at])] += 1
        return found

    def _phrase(self, term: str) -> list[int]:
        """Return the numbers of a term's words; [] if some of them stand in no passage."""
        phrase = [self._number_of.get(word, BETWEEN) for word in stems(term)]
        return [] if BETWEEN in phrase else phrase

    def _uses(self, term: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return the numbers of the decisions that contain a term's stems one after the other, and how often each."""
        import numpy as np

        phrase = self._phrase(term)
        if not phrase:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        passages = self._passages[_begins(self._words, phrase, self._standing(phrase[0]))]
        decisions, owners = ranges_at(self._decisions, passages)
        counts = np.bincount(decisions, weights=self._counts_of[passages[owners]], minlength=self.count)
        users: NDArray[np.int64] = np.flatnonzero(counts)
        return users, counts[users]

    def _standing(self, number: int) -> NDArray[np.int32]:
        """Return where a word stands among all words, in order."""
        places, starts = self._places
        found: NDArray[np.int32] = places[starts[number] : starts[number + 1]]
        return found

    def _holders(self, word: str) -> NDArray[np.int32]:
        """Return the numbers of the decisions that contain a stem, in order."""
        number = self._number_of.get(word, BETWEEN)
        holding, starts = self._holding
        return holding[:0] if number == BETWEEN else holding[starts[number] : starts[number + 1]]

    @cached_property
    def _places(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Where words stand among all words, word by word; and where each word's places start."""
        import numpy as np

        keys = _keys(self._words, np.arange(len(self._words), dtype=np.int32))
        keys.sort()
        return (keys & ((1 << HALF) - 1)).astype(np.int32), self._starts_in(keys)

    @cached_property
    def _holding(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The decisions that contain each word, word by word; and where each word's decisions start."""
        import numpy as np

        keys = _distinct(np.concatenate([np.zeros(0, dtype=np.int64), *self._pairs()]))
        return (keys & ((1 << HALF) - 1)).astype(np.int32), self._starts_in(keys)

    def _pairs(self) -> Iterator[NDArray[np.int64]]:
        """Yield pairs of words and decisions that contain them, a part of the words at a time to save memory."""
        for start in range(0, len(self._words), AT_ONCE):
            words, passages = self._words[start : start + AT_ONCE], self._passages[start : start + AT_ONCE]
            telling = (words >= 0) & (self._counts_of[passages] > 0)
            decisions, owners = ranges_at(self._decisions, passages[telling])
            yield _distinct(_keys(words[telling][owners], decisions))

    def _starts_in(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        import numpy as np

        starts: NDArray[np.int64] = np.searchsorted(keys, np.arange(int(self._words.max(initial=BETWEEN)) + 2) << HALF)
        return starts


def _numbered(passages: Any) -> tuple[NDArray[np.int32], NDArray[np.int64], dict[str, int]]:
    """Return the number of each word, with BETWEEN after each passage; where passages start; and each word's number."""
    import numpy as np
    from pyarrow import compute

    split = compute.split_pattern(passages, " ")
    encoded = split.flatten().dictionary_encode()
    lengths = np.asarray(compute.list_value_length(split), dtype=np.int64)
    del split
    number_of = {word: number for number, word in enumerate(encoded.dictionary.to_pylist()) if word}
    empty = np.asarray(compute.equal(passages, ""), dtype=np.bool_)  # it is split into one word of no letters
    numbers = np.asarray(encoded.indices, dtype=np.int32)[~np.repeat(empty, lengths)]
    lengths[empty] = 0
    starts = np.concatenate([[0], np.cumsum(lengths + 1)])
    within = np.ones(int(starts[-1]), dtype=np.bool_)
    within[starts[1:] - 1] = False
    words = np.full(len(within), BETWEEN, dtype=np.int32)
    words[within] = numbers
    return words, starts, number_of


def _keys(first: NDArray[np.int32], second: NDArray[Any]) -> NDArray[np.int64]:
    """Return pairs of numbers as single ones, whose order is that of the first numbers and then of the second."""
    import numpy as np

    keys = first.astype(np.int64)
    keys <<= HALF
    keys |= second
    return keys


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the keys in order, each once."""
    import numpy as np

    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def _begins(words: NDArray[np.int32], phrase: Sequence[int], at: NDArray[Any]) -> NDArray[Any]:
    """Return where a phrase begins among words: those of the places `at` of its first word where the others follow."""
    for distance, word in enumerate(phrase[1:], start=1):
        at = at[at + distance < len(words)]
        at = at[words[at + distance] == word]
    return at
