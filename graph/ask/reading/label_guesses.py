"""The likeliest labels of a question: what it asks, what it lists, and the roles of its names.

Weights that were fitted on data/asking/wordings.csv decide, by the single words and by the meaning of the whole
sentence, in both of which names are replaced by their sort. Where the model of meaning is not installed, the words
alone decide. `bench/questions_fit.py` fits the weights.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graph.ask.reading.wordings import load_wordings
from graph.errors import InvalidReference
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

WEIGHTS, LABELS = "asking/weights.npz", "asking/weights.json"
TOKEN = re.compile(r"<\w+>|[a-z0-9£%']+")
_MENTION = re.compile(r"\b(org|prog|place|area|fund|year|cal|date|money|ref|person)_\d+\b")
#: what stands for a name of each sort in a sentence whose meaning is compared
STAND_INS: Mapping[str, str] = {
    "org": "the organisation", "area": "the organisation", "place": "the area", "prog": "the programme",
    "fund": "the fund", "year": "2023/24", "cal": "2023", "date": "1 May 2023", "money": "£50,000",
    "ref": "decision 12", "person": "Jane Smith", "w": "support services",
}  # fmt: skip
MEANING, WORDS = 4.0, 0.75  #: how much meaning and words count beside each other
EXCEPT = "except"
SPEAKS = 0.35  #: weight from which on a word speaks for what is asked
KNOWN_TWICE = 3  #: wordings that must have a word for it to be one that asks


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights of one sort of label: "asks", "what" or "roles"."""

    labels: tuple[str, ...]
    features: Mapping[str, int]
    values: Numbers  #: (labels, meaning and features)
    bias: Numbers


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with its probability, 0 to 1."""

    label: str
    probability: float


def masked_tokens(masked: str) -> list[str]:
    """Return the tokens of a masked question: a name as its sort ("<org>"), words that do not ask as "<w>"."""
    return known_tokens(TOKEN.findall(_MENTION.sub(lambda m: f"<{m.group(1)}>", masked)))


def known_tokens(tokens: Sequence[str]) -> list[str]:
    """Return the tokens with each word that few wordings contain replaced by "<w>", and a run of "<w>" by one."""
    asking = asking_words()
    out: list[str] = []
    for token in tokens:
        plain = "<year>" if token == "<cal>" else token
        kept = plain if plain.startswith("<") or plain in asking else "<w>"
        if not (kept == "<w>" and out and out[-1] == "<w>"):
            out.append(kept)
    return out


@cache
def asking_words() -> frozenset[str]:
    """Return the words that at least `KNOWN_TWICE` of the collected wordings contain outside their slots."""
    counts = Counter(t for w in load_wordings() for t in set(TOKEN.findall(w.without_slots.lower())))
    return frozenset(word for word, count in counts.items() if count >= KNOWN_TWICE)


def sentence_for_meaning(masked: str) -> str:
    """Return a masked question as a sentence, with an ordinary word in the place of each name."""
    return _MENTION.sub(lambda m: STAND_INS[m.group(1)], masked)


def features_of(tokens: Sequence[str]) -> list[str]:
    """Return the features of a question's tokens: each token, each pair of neighbours, and the first four by place."""
    row = ["^", *tokens, "$"]
    pairs = [f"{one} {two}" for one, two in pairwise(row)]
    return [*row, *pairs, *(f"at{n}:{token}" for n, token in enumerate(row[:4]))]


def role_features(tokens: Sequence[str], at: int, asks: str) -> list[str]:
    """Return the features that tell a name's role: the tokens around it and what the question asks.

    Args:
        tokens: The tokens of the question, of `masked_tokens`.
        at: The position of the name among them.
        asks: The label of what the question asks.
    """
    row = ["^", "^", "^", *tokens, "$", "$", "$"]
    at += 3
    before, after = row[at - 1], row[at + 1]
    names = [n for n, token in enumerate(tokens) if token in {"<org>", "<area>", "<place>"}]
    order = names.index(at - 3) if at - 3 in names else 0
    verb = next((t for t in reversed(tokens[: at - 3]) if not t.startswith("<") and len(t) > 2), "")
    later = next((t for t in tokens[at - 2 :] if not t.startswith("<") and len(t) > 2), "")
    return [
        f"is:{row[at]}", f"-1:{before}", f"-2:{row[at - 2]}", f"+1:{after}", f"+2:{row[at + 2]}",
        f"-2-1:{row[at - 2]} {before}", f"+1+2:{after} {row[at + 2]}", f"-1+1:{before} {after}",
        f"-3-2-1:{row[at - 3]} {row[at - 2]} {before}", f"verb:{verb}", f"later:{later}", f"asks:{asks}",
        f"asks:{asks} {order} of {min(len(names), 3)}", f"asks:{asks} {row[at]}", f"asks:{asks} -1:{before}",
        f"asks:{asks} +1:{after}",
    ]  # fmt: skip


def guesses(name: str, features: Sequence[str], meaning: Numbers | None, settings: Settings) -> list[Guess]:
    """Return all labels of one sort with their probabilities, the most probable first.

    Args:
        name: The sort of label: "asks", "what" or "roles".
        features: The features of the words.
        meaning: The unit vector of the sentence; None where there is no model, or where meaning does not bear on the
            label.
        settings: Where the weights lie.
    """
    import numpy as np

    weights = load_weights(settings.data)[name]
    width = weights.values.shape[1] - len(weights.features)
    scores = weights.bias.copy()
    known = [weights.features[f] + width for f in dict.fromkeys(features) if f in weights.features]
    scores += weights.values[:, known].sum(axis=1) * (WORDS if width else 1.0)
    if width and meaning is not None:
        scores += weights.values[:, :width] @ meaning * MEANING
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    ranked = sorted(zip(weights.labels, odds.tolist(), strict=True), key=lambda pair: -pair[1])
    return [Guess(label, float(probability)) for label, probability in ranked]


def speaks_for(words: Sequence[str], label: str, settings: Settings) -> frozenset[str]:
    """Return the words of a question that speak for a label of "asks", and so are no condition of the form."""
    weights = load_weights(settings.data)["asks"]
    if label not in weights.labels:
        return frozenset()
    width = weights.values.shape[1] - len(weights.features)
    of_label = weights.values[weights.labels.index(label)]
    known = {word: of_label[weights.features[word] + width] for word in words if word in weights.features}
    return frozenset(word for word, value in known.items() if value >= SPEAKS)


@cache
def load_weights(data: Path) -> Mapping[str, Weights]:
    """Return the fitted weights of each sort of label, by "asks", "what" and "roles".

    Raises:
        InvalidReference: The file of weights is missing or cannot be read.
    """
    import numpy as np

    try:
        named = json.loads((data / LABELS).read_text(encoding="utf-8"))
        with np.load(data / WEIGHTS, allow_pickle=False) as file:
            return {
                name: Weights(
                    tuple(parts["labels"]),
                    {feature: number for number, feature in enumerate(parts["features"])},
                    file[f"{name}_values"].astype(np.float32),
                    file[f"{name}_bias"].astype(np.float32),
                )
                for name, parts in named.items()
            }
    except (OSError, ValueError, KeyError) as error:
        raise InvalidReference(f"{data / WEIGHTS}: cannot be read ({error}); run `make question-weights`") from error
