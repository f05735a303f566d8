"""How often questions worded like a given one were answered rightly: by their words, and by the meaning of the whole.

The wording tells what the answer itself cannot: "who funds" is read rightly nearly always, "how much is left once"
seldom. `bench/questions_rank.py` fits the weights on questions with known answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InvalidReference
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

PHRASES = "asking/phrases.npz"
MEANING, WORDS = 3.0, 0.7  #: how much meaning and words count beside each other
_MOST = 4.0  #: log odds, at most and at least
_TOKEN = re.compile(r"[a-z]+(?=_\d)|[a-z']+|£")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Fitted weights of each word, of each pair of words, and of the meaning of the sentence."""

    words: Mapping[str, float]
    meaning: Numbers
    bias: float

    def odds(self, features: Sequence[str], meaning: Numbers | None) -> float:
        """Return the log odds that a question with these words and this meaning is answered rightly."""
        value = self.bias + WORDS * sum(self.words.get(feature, 0.0) for feature in features)
        value += MEANING * float(self.meaning @ meaning) if meaning is not None else 0.0
        return max(-_MOST, min(_MOST, value))


def phrase_features(masked: str) -> list[str]:
    """Return the words of a masked question, a name as its sort, and the pairs of neighbouring words, each once."""
    row = ["^", *_TOKEN.findall(masked), "$"]
    return list(dict.fromkeys([*row[1:-1], *(f"{one} {two}" for one, two in pairwise(row))]))


def worded(masked: str, meaning: Numbers | None, settings: Settings) -> float:
    """Return the log odds that a question in this wording is answered rightly.

    Args:
        masked: The question's words, with names replaced by their sort.
        meaning: The unit vector of the sentence; None without a model of meaning.
        settings: Where the fitted weights lie.
    """
    return load_phrases(settings.data).odds(phrase_features(masked), meaning)


@cache
def load_phrases(data: Path) -> Phrases:
    """Return the fitted weights of wordings.

    Raises:
        InvalidReference: The file of weights is missing or cannot be read.
    """
    import numpy as np

    try:
        with np.load(data / PHRASES, allow_pickle=False) as file:
            words = dict(zip(file["words"].tolist(), file["values"].astype(np.float32).tolist(), strict=True))
            return Phrases(words, file["meaning"].astype(np.float32), float(file["bias"]))
    except (OSError, ValueError, KeyError) as error:
        raise InvalidReference(f"{data / PHRASES}: cannot be read ({error}); run `make question-weights`") from error
