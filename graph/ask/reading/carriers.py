"""Words around a question that ask for nothing: greetings, "please confirm", who wants to know, by when and what for.

A small network tells these carrier words from the question, using each word's meaning in its sentence according to the
packaged model; `bench/carriers_fit.py` fits the network on data/asking/carriers.csv. Without the model, every word
counts as part of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graph.ask.known.words import words_of
from graph.errors import InvalidReference, ModelUnavailable
from graph.search.packaged_encoder import load_packaged_encoder
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

NETWORK = "asking/carriers.npz"
LAYERS = 3  #: of the model of meaning; more cost time and tell no more
WORD = re.compile(r"\S+")
_SURE = 2.0  #: what the odds of words that stand together must add up to
_DOUBTFUL = -2.5  #: odds from which on a word inside the question may be none of it
_LEAST = 2  #: words of a question
_NAMES = 6.0  #: how much less likely a word of a name is outside
_MOST_OF_ONE = 6.0  #: what one word's odds count at most, so that none decides for its neighbours
_EDGE = " ,;:.!-–—()[]\"'…"
_OPENS = re.compile(r"[,;:(–—-]$|^[-–—]$")


@dataclass(frozen=True, slots=True)
class CoreQuestion:
    """A question without the carrier words around it."""

    text: str
    aside: tuple[str, ...] = ()  #: the words left aside, in order
    doubtful: frozenset[str] = frozenset()  #: words that stayed, and are not sure enough to be a condition


def without_carriers(text: str, settings: Settings, *, named: Sequence[tuple[int, int]] = ()) -> CoreQuestion:
    """Return a question without the words around it that ask for nothing; the whole text where every word asks.

    Args:
        text: The question.
        settings: Where the model and the network lie.
        named: (start, end) character offsets of names, times and sums. These are likely conditions, so that they are
            left
            aside less readily than other words.
    """
    words = [match.span() for match in WORD.finditer(text)]
    found = _odds(text, words, settings)
    if found is None:
        return CoreQuestion(text)
    of_names = [any(start < last and first < end for first, last in named) for start, end in words]
    odds = [each - _NAMES * is_name for each, is_name in zip(found, of_names, strict=True)]
    outside = cut(text, words, odds)
    kept = zip([0, *(last for _, last in outside)], [*(first for first, _ in outside), len(words)], strict=True)
    core = " ".join(_said(text, words, first, last) for first, last in kept if first < last)
    if len(words_of(core)) < _LEAST:
        return CoreQuestion(text)
    aside = (_said(text, words, first, last) for first, last in outside)
    gone = {n for first, last in outside for n in range(first, last)}
    doubtful = (text[slice(*words[n])] for n, each in enumerate(odds) if each > _DOUBTFUL and n not in gone)
    words_in_doubt = frozenset(word for said in doubtful for word in words_of(said))
    return CoreQuestion(core, tuple(each for each in aside if each), words_in_doubt)


def cut(text: str, words: Sequence[tuple[int, int]], odds: Sequence[float]) -> list[tuple[int, int]]:
    """Return the runs of words that are outside the question, in order.

    Args:
        text: The text.
        words: (start, end) character offsets of its words.
        odds: For each word, the log odds that it is outside the question.

    Returns:
        (first, last) word numbers, `last` exclusive.
    """
    start, end = _likeliest_core(odds)
    ranges = [(0, start), _inside(text, words, odds, start, end), (end, len(words))]
    return [each for each in ranges if each is not None and each[0] < each[1]]


def _said(text: str, words: Sequence[tuple[int, int]], first: int, last: int) -> str:
    return text[words[first][0] : words[last - 1][1]].strip(_EDGE)


def _likeliest_core(odds: Sequence[float]) -> tuple[int, int]:
    """Return the run of words with the least odds in sum, likeliest the question: (first, last), `last` exclusive."""
    least, first, total, best = float("inf"), 0, 0.0, (0, len(odds))
    for number, each in enumerate(odds):
        if total > 0:
            first, total = number, 0.0
        total += each
        if total < least:
            least, best = total, (first, number + 1)
    start, end = best
    return (start if sum(odds[:start]) > _SURE else 0, end if sum(odds[end:]) > _SURE else len(odds))


def _inside(
    text: str, words: Sequence[tuple[int, int]], odds: Sequence[float], start: int, end: int
) -> tuple[int, int] | None:
    """Return a run of words between commas that asks nothing: "out of interest" in "who, out of interest, funds"."""
    breaks = [n + 1 for n in range(start, end) if _OPENS.search(text[slice(*words[n])])]
    for first, last in pairwise(breaks):
        if all(each > 0 for each in odds[first:last]) and sum(odds[first:last]) > _SURE and start < first < last < end:
            return first, last
    return None


def _odds(text: str, words: Sequence[tuple[int, int]], settings: Settings) -> list[float] | None:
    """Return for each word the log odds that it is outside the question; None without a model or without words."""
    try:
        states = load_packaged_encoder(settings).encode_words(text, words, layers=LAYERS)
    except ModelUnavailable:
        return None
    if not words:
        return None
    return [min(max(float(each), -_MOST_OF_ONE), _MOST_OF_ONE) for each in load_network(settings.data).odds(states)]


@dataclass(frozen=True, slots=True)
class Network:
    """A recurrent network that reads the words in both directions and gives one number for each.

    It is one layer and a gated recurrent unit (Cho et al. 2014).
    """

    weights: dict[str, Numbers]

    def odds(self, states: Numbers) -> Numbers:
        """Return the log odds that each word is outside the question: (n,) from the words' states, (n, width)."""
        import numpy as np

        seen = np.maximum(states @ self.weights["in_values"].T + self.weights["in_bias"], 0)
        both = np.concatenate([self._read(seen, "forward"), self._read(seen[::-1], "backward")[::-1]], axis=1)
        result: Numbers = both @ self.weights["out_values"] + self.weights["out_bias"]
        return result

    def _read(self, seen: Numbers, way: str) -> Numbers:
        """Return the recurrent unit's state after each word: (n, size)."""
        import numpy as np

        inner, inner_bias = self.weights[f"{way}_inner"], self.weights[f"{way}_inner_bias"]
        given = seen @ self.weights[f"{way}_values"].T + self.weights[f"{way}_bias"]
        size = inner.shape[1]
        state = np.zeros(size, np.float32)
        out = np.zeros((len(seen), size), np.float32)
        for at, each in enumerate(given):
            own = inner @ state + inner_bias
            reset = _sigmoid(each[:size] + own[:size])
            update = _sigmoid(each[size : 2 * size] + own[size : 2 * size])
            fresh = np.tanh(each[2 * size :] + reset * own[2 * size :])
            state = out[at] = (1 - update) * fresh + update * state
        return out


def _sigmoid(values: Numbers) -> Numbers:
    import numpy as np

    result: Numbers = np.float32(1) / (np.float32(1) + np.exp(-values))
    return result


@cache
def load_network(data: Path) -> Network:
    """Return the fitted network.

    Raises:
        InvalidReference: The file of weights is missing or cannot be read.
    """
    import numpy as np

    try:
        with np.load(data / NETWORK, allow_pickle=False) as file:
            return Network({name: file[name].astype(np.float32) for name in file.files})
    except (OSError, ValueError, KeyError) as error:
        raise InvalidReference(f"{data / NETWORK}: cannot be read ({error}); run `make carrier-weights`") from error
