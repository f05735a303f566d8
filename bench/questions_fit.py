"""Fit what a question asks, what it lists and the parts of its names.

    .venv/bin/python -m bench.questions_fit [--all] [--check]        (as `make question-weights` runs it, first)

Fits on data/asking/wordings.csv and on the wordings of data/questions/labelled.csv whose questions are of the split
"train", with --all on those of both. Writes data/asking/weights.npz and weights.json: the same bytes each time from the
same wordings. With --check it writes nothing, and prints how often the first and the first three guesses are right on
wordings that were left out, one fifth at a time.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bench.question_sets import TRAIN, load_labelled, load_questions
from graph.ask.reading.label_guesses import (
    EXCEPT,
    LABELS,
    MEANING,
    STAND_INS,
    TOKEN,
    WEIGHTS,
    WORDS,
    features_of,
    known_tokens,
    role_features,
)
from graph.ask.reading.wordings import SLOT, Wording, load_wordings
from graph.search.packaged_encoder import load_packaged_encoder
from graph.settings import Settings

#: the sort of name that a slot holds, and the part that it plays
_SORT = {
    "funder": "org", "funder2": "org", "recipient": "org", "recipient2": "org", "party": "org", "body": "org",
    "except": "org", "programme": "prog", "programme2": "prog", "place": "place", "place2": "place", "fund": "fund",
    "fund2": "fund", "decision": "ref", "year": "year", "year2": "year", "date": "date", "amount": "money",
    "person": "person", "topic": "w",
}  # fmt: skip
_PART = {"funder": "funder", "funder2": "funder", "recipient": "recipient", "recipient2": "recipient", "party": "party",
         "body": "body", "place": "place", "place2": "place", "except": EXCEPT}  # fmt: skip
_AS_AREA, _AS_WORDS = 0.3, 0.15  #: how often a body is called by its area's name, and a name is not known
_VARIANTS = 2
_STRENGTH = 2.0  #: the inverse of how much weights are held back


@dataclass(frozen=True, slots=True)
class Taught:
    """A wording with its meaning, and the question that it is of."""

    wording: Wording
    meaning: Any  #: the unit vector of its sentence
    question: str = ""  #: its id; "" where it is of no question in data/questions


def main() -> int:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print figures on wordings left out; write nothing")
    parser.add_argument("--all", action="store_true", help="fit on the wordings of both splits")
    options = parser.parse_args()
    settings = Settings()
    taught = taught_by(settings, all_splits=options.all)
    if options.check:
        _check(taught)
    else:
        write_weights(taught, settings.data)
    return 0


def taught_by(settings: Settings, *, all_splits: bool = False) -> list[Taught]:
    """Return the wordings to fit on: those of no question, and those of the questions of a split."""
    questions = {question.id: question for question in load_questions(settings.data / "questions")}
    labelled = load_labelled(settings.data / "questions", questions)
    wordings = [(wording, "") for wording in load_wordings()] + [
        (each.wording, each.id) for each in labelled if all_splits or not each.id or questions[each.id].split == TRAIN
    ]
    encoder = load_packaged_encoder(settings)
    sentences = [SLOT.sub(lambda m: STAND_INS[_SORT[m.group(1)]], wording.text.lower()) for wording, _ in wordings]
    meanings = encoder.encode(sentences)
    return [Taught(wording, vector, question) for (wording, question), vector in zip(wordings, meanings, strict=True)]


def write_weights(taught: Sequence[Taught], data: Path) -> None:
    """Fit the three choices and write their weights into a folder of data."""
    names: dict[str, Any] = {}
    arrays: dict[str, Any] = {}
    for name, rows in _choices(taught).items():
        _keep(name, _fitted(rows), names, arrays)
    np.savez_compressed(data / WEIGHTS, **arrays)
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    (data / LABELS).write_text(text + "\n", encoding="utf-8")


Row = tuple[list[str], "np.ndarray[Any, Any] | None", str]


def _choices(taught: Sequence[Taught]) -> dict[str, list[Row]]:
    chance = random.Random(1)
    rows: dict[str, list[Row]] = {"asks": [], "what": [], "roles": []}
    for wording, vector in ((each.wording, each.meaning) for each in taught):
        for _ in range(_VARIANTS):
            tokens, parts = _masked(wording, chance)
            features = features_of(tokens)
            rows["asks"].append((features, vector, wording.asks))
            rows["what"].append((features, vector, wording.what or "none"))
            rows["roles"] += [(role_features(tokens, at, wording.asks), None, part) for at, part in parts]
    return rows


def _masked(wording: Wording, chance: random.Random) -> tuple[list[str], list[tuple[int, str]]]:
    """The tokens of a wording, some names called by their area or unknown; and the parts of the names, by place."""
    marked = SLOT.sub(lambda m: f"<{m.group(1)}>", wording.text.lower())
    tokens, parts = [], []
    for token in TOKEN.findall(marked):
        slot = token.strip("<>")
        sort = _SORT.get(slot, "w") if token.startswith("<") else ""
        if sort in {"org", "place"} and chance.random() < _AS_AREA:
            sort = "area"
        elif sort in {"org", "prog", "fund"} and chance.random() < _AS_WORDS:
            sort = "w"
        tokens.append(f"<{sort}>" if sort else token)
        if sort in {"org", "place", "area"}:
            parts.append((len(tokens) - 1, _PART[slot]))
    known = known_tokens(tokens)
    places = [n for n, token in enumerate(known) if token in {"<org>", "<place>", "<area>"}]
    return known, [(at, part) for at, (_, part) in zip(places, parts, strict=True)]


def _matrix(rows: Sequence[Row], features: dict[str, int]) -> Any:
    indices, starts = [], [0]
    for found, _, _ in rows:
        indices += sorted({features[f] for f in found if f in features})
        starts.append(len(indices))
    words = csr_matrix((np.ones(len(indices), np.float32), indices, starts), shape=(len(rows), len(features)))
    if rows[0][1] is None:
        return words
    return hstack([csr_matrix(np.stack([v for _, v, _ in rows]) * MEANING), words * WORDS]).tocsr()


def _fitted(rows: Sequence[Row]) -> tuple[Any, dict[str, int]]:
    counts = Counter(f for found, _, _ in rows for f in set(found))
    features = {f: n for n, f in enumerate(sorted(f for f, count in counts.items() if count >= 2 * _VARIANTS))}
    model = LogisticRegression(C=_STRENGTH, max_iter=400)
    model.fit(_matrix(rows, features), [label for _, _, label in rows])
    return model, features


def _keep(name: str, fitted: tuple[Any, dict[str, int]], names: dict[str, Any], arrays: dict[str, Any]) -> None:
    model, features = fitted
    names[name] = {"labels": list(map(str, model.classes_)), "features": list(features)}
    arrays[f"{name}_values"] = model.coef_.astype(np.float16)
    arrays[f"{name}_bias"] = model.intercept_.astype(np.float16)


def _check(taught: Sequence[Taught]) -> None:
    order = list(range(len(taught)))
    random.Random(2).shuffle(order)
    right: Counter[tuple[str, int]] = Counter()
    total: Counter[str] = Counter()
    for fold in range(5):
        out = set(order[fold::5])
        trained, tried = (_choices([t for n, t in enumerate(taught) if (n in out) == side]) for side in (False, True))
        for name in trained:
            model, features = _fitted(trained[name])
            best = np.argsort(-model.predict_proba(_matrix(tried[name], features)), axis=1)
            for row, guess in zip(tried[name], best, strict=True):
                total[name] += 1
                right[name, 1] += model.classes_[guess[0]] == row[2]
                right[name, 3] += row[2] in model.classes_[guess[:3]]
    for name, count in total.items():
        print(f"{name}: first guess right {right[name, 1] / count:.3f}, first three {right[name, 3] / count:.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
