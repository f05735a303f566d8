"""The words of each decision: which decision says most of a query's words, or speaks most of a thesaurus entry."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.search.stems import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE_COUNTS = 3  #: times that a title's words count
SATURATION, LENGTH = 1.2, 0.5  #: k1 and b of BM25 (Robertson and Zaragoza 2009)
SPEAKS_OF = 0.3  #: strength from which a decision counts as one that speaks of a thing


class DocumentWords:
    """The stems of a build's decisions; made once, then only read."""

    def __init__(self, texts: Iterable[Iterable[tuple[Sequence[str], bool]]]) -> None:
        """Keep the stems of each decision.

        Args:
            texts: For each decision its passages, each as (stems, whether it is the title).
        """
        import numpy as np

        self._joined: list[str] = []
        self._number_of: dict[str, int] = {}
        lengths: list[int] = []
        held, holders = array("i"), array("i")  # words by their numbers, and the decisions that have them
        for number, passages in enumerate(texts):
            parts = [f" {' '.join(words)} " for words, title in passages for _ in range(TITLE_COUNTS if title else 1)]
            self._joined.append(";".join(parts))
            found = " ".join(parts).split()
            lengths.append(len(found))
            for word in dict.fromkeys(found):
                held.append(self._number_of.setdefault(word, len(self._number_of)))
                holders.append(number)
        numbers = np.asarray(held, dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        self._holding = np.asarray(holders, dtype=np.int32)[order]  #: decisions, word by word
        self._starts = np.searchsorted(numbers[order], np.arange(len(self._number_of) + 1))
        self.count = len(lengths)
        size = np.asarray(lengths, dtype=np.float64)
        self._bound = SATURATION * (1 - LENGTH + LENGTH * size / max(float(size.mean()) if lengths else 1.0, 1.0))

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

    def strength(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Return for each decision how much it uses some terms, in proportion to the decision that uses them most.

        Returns:
            (decisions,) float64, 0 to 1.
        """
        import numpy as np

        strengths = np.zeros(self.count)
        for term in terms:
            counts = self._counts(stems(term))
            if holders := int((counts > 0).sum()):
                strengths += self.rarity(holders) * counts / (counts + self._bound)
        most = float(strengths.max(initial=0.0))
        return strengths / most if most else strengths

    def specificity(self, strength: NDArray[np.float64]) -> float:
        """Return how few decisions have a `strength` above 0: near 1 if it is only one, near 0 if it is nearly all."""
        return self.rarity(int((strength > SPEAKS_OF).sum())) / self.rarity(0)

    def _counts(self, term: Sequence[str]) -> NDArray[np.float64]:
        import numpy as np

        counts = np.zeros(self.count)
        if term:
            phrase = f" {' '.join(term)} "
            first, *others = (self._holders(word) for word in dict.fromkeys(term))
            for more in others:
                first = np.intersect1d(first, more, assume_unique=True)
            for number in first.tolist():
                counts[number] = self._joined[number].count(phrase)
        return counts

    def _holders(self, word: str) -> NDArray[np.int32]:
        """Return the numbers of the decisions that contain a stem, in order."""
        number = self._number_of.get(word)
        return self._holding[:0] if number is None else self._holding[self._starts[number] : self._starts[number + 1]]
