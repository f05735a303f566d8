"""The thesaurus entries ("things") that a query speaks of, and the decisions that speak of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.search.document_words import DocumentWords, Strength
from graph.search.passage_vectors import phrase_vectors
from graph.search.stems import stems
from graph.search.thesaurus import FILE, Entry, load_thesaurus
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR, SAME = 0.5, 0.9  #: cosines of a query and a phrase: from which one may mean the other, and surely does
BY_NEARNESS = 0.7  #: how much a phrase counts that is only near, beside one that is said
MOST_NEAR = 8  #: things that are taken by nearness alone
#: a word said alone may mean another thing ("bars"): it counts from AMBIGUOUS, where the cosine of the query and the
#: entry's nearest phrase is UNLIKE, to 1, where it is LIKE
AMBIGUOUS, UNLIKE, LIKE = 0.2, 0.25, 0.65


@dataclass(frozen=True, slots=True)
class Said:
    """What a query says, in terms of the thesaurus."""

    decisions: NDArray[np.float64]  #: how much each decision speaks of it
    terms: tuple[str, ...]  #: the field's terms for it
    sureness: float  #: that it says any of it, 0 to 1


class Things:
    """The entries of the thesaurus, each compared once with a build's decisions."""

    def __init__(
        self, entries: Sequence[Entry], words: DocumentWords, vectors: Mapping[str, NDArray[np.float32]]
    ) -> None:
        import numpy as np

        self.words = words
        self._entries = entries
        self._strengths: dict[int, Strength] = {}
        known = [
            (at, vectors[phrase]) for at, entry in enumerate(entries) for phrase in entry.phrases if phrase in vectors
        ]
        self._owners = np.asarray([at for at, _ in known], dtype=np.int64)
        self._phrases = np.asarray([vector for _, vector in known], dtype=np.float32)

    def warm(self) -> None:
        """Compare every entry with the decisions, so that the next search is quick."""
        for at in range(len(self._entries)):
            self._strength(at)

    def said(self, query: str, vector: NDArray[np.float32] | None) -> Said:
        """Return what a query says; with its vector, entries whose phrases are near in meaning count too."""
        import numpy as np

        weights = self._weights(query, vector)
        sums = np.zeros(self.words.count)
        for at, weight in weights.items():
            strength = self._strength(at)
            sums[strength.decisions] += weight * strength.values
        terms = tuple(dict.fromkeys(term for at in weights for term in self._entries[at].meant))
        return Said(sums, terms, max(weights.values(), default=0.0))

    def _weights(self, query: str, vector: NDArray[np.float32] | None) -> dict[int, float]:
        """Return how surely the query speaks of each entry, 0 to 1, by the entry's number."""
        import numpy as np

        words = stems(query)
        known = frozenset(words)
        said = {at: count for at, entry in enumerate(self._entries) if (count := entry.words_said(words, known))}
        if vector is None or not len(self._phrases):
            return dict.fromkeys(said, 1.0)
        nearest = np.full(len(self._entries), -1.0)
        np.maximum.at(nearest, self._owners, self._phrases @ vector)
        weights = {at: 1.0 if count > 1 else _likeliness(float(nearest[at])) for at, count in said.items()}
        for at in np.argsort(-nearest, kind="stable")[:MOST_NEAR].tolist():
            if nearest[at] > NEAR:
                near = BY_NEARNESS * min((float(nearest[at]) - NEAR) / (SAME - NEAR), 1.0)
                weights[at] = max(weights.get(at, 0.0), near)
        return weights

    def _strength(self, at: int) -> Strength:
        """Return how much each decision speaks of an entry: rare entries count more, and repetition hardly counts."""
        if at not in self._strengths:
            strength = self.words.strength(self._entries[at].meant)
            values = (self.words.specificity(strength) * strength.values) ** 0.5
            self._strengths[at] = Strength(strength.decisions, values)
        return self._strengths[at]


def _likeliness(nearness: float) -> float:
    """Return the probability that a phrase of this nearness to the query means its entry."""
    share = min(max((nearness - UNLIKE) / (LIKE - UNLIKE), 0.0), 1.0)
    return AMBIGUOUS + (1 - AMBIGUOUS) * share


def open_things(words: DocumentWords, settings: Settings, folder: Path | None) -> Things:
    """Return the settings' thesaurus over the words of some decisions.

    Args:
        words: The words of the decisions.
        settings: Where the thesaurus is.
        folder: The folder of the build with the vectors of its phrases; None without a build.
    """
    vectors = phrase_vectors(folder, settings) if folder else {}
    return Things(load_thesaurus(settings.data / FILE), words, vectors)
