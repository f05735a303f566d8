"""Fit how probable it is that an answer is right, and the least probability at which one is given.

    .venv/bin/python -m bench.questions_rank [--workspace DIR]       (as `make question-weights` runs it, second)

Executes every form that a question of the split "train" may mean, what it asks being guessed by weights that were
fitted without its own wording, and holds the answers against what is expected. Three logistic models, of forms, of
forms that leave nothing of the question over, and of quotes, learn from the signs of each; a sign that can only speak
against an answer has no weight above zero, and one that can only speak for it none below. One of the signs is how well
questions that are worded alike are answered, by a model of its own over words and meaning, which has not seen the
question that it judges. The models rank the answers; how sure the first one is, a forest judges
(`bench/questions_sureness.py`). An answer is given from the least probability on at which at most --most-wrong of the
free questions are answered wrongly, each question left out of what it is judged by. Writes data/asking/ranking.json,
phrases.npz and sureness.npz: the same bytes each time.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from bench.judge.answers import misses
from bench.judge.reading import comparison
from bench.question_sets import CHECK, TRAIN, Question, load_questions
from bench.questions_fit import taught_by, write_weights
from bench.questions_sureness import (
    Likeliest,
    Outcome,
    forest_of,
    judged_by,
    judged_left_out,
    write_forest,
)
from bench.report import Value, table, write_json
from graph.ask.asking import facts_of, form_of, try_forms
from graph.ask.known.facts import Facts
from graph.ask.language.terms import Quote
from graph.ask.reading.label_guesses import sentence_for_meaning
from graph.ask.reading.link import clean
from graph.ask.reading.phrasing import MEANING, PHRASES, WORDS, Phrases, load_phrases, phrase_features
from graph.ask.result import Answer, Status
from graph.ask.saying.ranking import FILE, WORDED, Tried
from graph.ask.saying.sureness import FILE as SURENESS
from graph.ask.saying.sureness import Figure, Ranked, by_itself, figure_of, signs_beside
from graph.builds.workspace import Workspace
from graph.search.embedding import query_vector
from graph.settings import Settings

FORM, CLEAR, QUOTE, THRESHOLD = "form", "clear", "quote", "threshold"
#: signs that can only speak against an answer
AGAINST = frozenset({
    "missed", "missed most", "lacks what is wanted", "speaks otherwise", "asks nothing here", "unused", "unused share",
    "names unused", "no data", "counts another unit", "arithmetic undone", "rivals", "figures", "no figure",
    "quote missed", "asks why", "unmet", "side missing", "yes or no", "asks twice",
})  # fmt: skip
#: signs that can only speak for an answer
FOR = frozenset({
    "asked first", "clear", "clear twice", "local", "level", "agrees", "document agrees", "near", "words near",
    "name least", "asked", "parts", "plain",
    "sure", "rival", "rival elsewhere", "lead", "quoted", "unit", "one flow", WORDED,
})  # fmt: skip
FOR_ALL = "level "  #: how signs begin that are a level of one sort of quote
WHOLE = "free"  #: how sets begin whose answers were read from all documents: the threshold goes by them
FOLDS = 5
_STEPS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)  #: thresholds that the table shows
_LOWEST, _HIGHEST = 0.3, 0.99
_TINY = 1e-9
_ROUNDS = 3  #: fits, each but the first with attempts that count by the one before it
_SHARPNESS = 4.0  #: how much more the likely attempts at a question count then
_LEAST_COUNT = 0.02  #: of an unlikely one
_PLAINER = 2.0  #: how much a question of the plainer sets counts: what people ask is plainer than what was written
_WORDED_LEAST = 6  #: questions that must have a word for it to have a weight
_WORDED_STRENGTH = 0.1  #: the inverse of how much the weights of words are held back

Ranking = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form that was executed for a question."""

    signs: Mapping[str, float]
    sort: str  #: FORM, CLEAR (a form that leaves nothing of the question over) or QUOTE
    is_answer: bool  #: and not the word that nothing is recorded
    is_right: bool
    figure: Figure = ()  #: what it says, to be compared with the others


@dataclass(frozen=True, slots=True)
class Attempted:
    """A question with all that it may mean."""

    question: Question
    attempts: tuple[Attempt, ...]
    features: tuple[str, ...] = ()  #: its words and pairs of words
    meaning: Any = None  #: the unit vector of its sentence


def main() -> int:
    """Execute, fit, write, print."""
    options = _options()
    settings = Settings.from_environment(workspace=options.workspace)
    facts = facts_of(Workspace(settings.workspace, settings=settings).current(), settings=settings)
    questions = load_questions(settings.data / "questions")
    chosen = [q for q in questions if options.all or q.split == TRAIN][: options.first]
    attempted = attempts_without_own_wording(chosen, facts, settings, folds=options.folds, all_splits=options.all)
    possible = sum(any(a.is_right for a in each.attempts) for each in attempted if each.question.can_be_answered)
    print(f"{len(attempted)} questions; {possible} have a form that is right among those tried")
    unworded = without_wording(attempted, held_back=options.held_back)
    attempted = with_wordings_left_out(attempted, unworded)
    likeliest = likeliest_left_out(attempted, held_back=options.held_back)
    left_out = judged_left_out(likeliest, folds_of([each.question for each in likeliest], FOLDS), counts=count_of)
    rows = [row_of(f"{step:.2f}", left_out, step) for step in _STEPS]
    print(table(rows) + f"\nwritten to {write_json('questions_rank', rows)}")
    whole = [o for o in left_out if o.set.startswith(WHOLE)] or left_out
    least = threshold_of(whole, allowed=math.floor(options.most_wrong * len(whole)))
    print(table([row_of(f"left out, {least:.3f}", left_out, least)]))
    weights, forest = fitted(attempted, held_back=options.held_back), forest_of(likeliest, counts=count_of)
    ranking: Ranking = {**weights, THRESHOLD: {"": least}}
    if not options.dry_run:
        write_forest(forest, settings.data / SURENESS)
        write_ranking(ranking, settings.data / FILE)
        write_phrases(phrases_of(attempted, unworded), settings.data / PHRASES)
        load_phrases.cache_clear()
    if options.check:
        others = [q for q in questions if q.split == CHECK]
        checked = judged_by(forest, [likeliest_of(attempts(q, facts, settings), weights) for q in others])
        rows = [row_of(f"check, {step:.2f}", checked, step) for step in _STEPS]
        print(table([*rows, row_of(f"check, {least:.3f}", checked, least)]))
    return 0


def attempts_without_own_wording(
    questions: Sequence[Question], facts: Facts, settings: Settings, *, folds: int, all_splits: bool = False
) -> list[Attempted]:
    """Return what questions may mean; each fold's are read by weights fitted without the fold's own wordings."""
    taught = taught_by(settings, all_splits=all_splits)
    found: dict[str, Attempted] = {}
    for out in folds_of([q.id for q in questions], folds):
        with other_data(settings) as fold:
            write_weights([t for t in taught if t.question not in out], fold.data)
            found |= {q.id: attempts(q, facts, fold) for q in questions if q.id in out}
    return [found[question.id] for question in questions]


def folds_of(keys: Sequence[str], count: int) -> list[frozenset[str]]:
    """Return the keys in so many parts, the same each time."""
    order = sorted(keys)
    random.Random(3).shuffle(order)
    return [frozenset(order[number::count]) for number in range(count)]


@contextmanager
def other_data(settings: Settings) -> Iterator[Settings]:
    """Settings whose data is the project's, with a folder `asking` of its own to write weights into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in settings.data.iterdir():
            if path.name != "asking":
                (folder / path.name).symlink_to(path.resolve())
        (folder / "asking").mkdir()
        for path in (settings.data / "asking").iterdir():
            (folder / "asking" / path.name).write_bytes(path.read_bytes())
        yield replace(settings, data=folder)


def attempts(question: Question, facts: Facts, settings: Settings) -> Attempted:
    """Execute every form that a question may mean and hold the answers against what is expected."""
    before = form_of(question.after, facts, settings=settings) if question.after else None
    try:
        trial = try_forms(clean(question.text), facts, settings=settings, before=before)
    except Exception:  # a fault of one question must not end the fit of all
        logging.getLogger(__name__).exception("%s cannot be tried: %s", question.id, question.text)
        return Attempted(question, ())
    masked = trial.reading.masked
    return Attempted(
        question,
        tuple(_attempt(question, each) for each in trial.tried),
        tuple(phrase_features(masked)),
        query_vector(sentence_for_meaning(masked), settings),
    )


def _attempt(question: Question, tried: Tried) -> Attempt:
    draft = tried.draft
    answer = Answer(question.text, draft.status, draft.text, tuple(draft.items), draft.value, draft.citations)
    return Attempt(
        tried.signs,
        QUOTE if isinstance(tried.candidate.form, Quote) else CLEAR if tried.signs.get("clear") else FORM,
        draft.status is Status.ANSWERED,
        not misses(answer.to_json(), question.expect, comparison()),
        figure_of(draft.value, [item.label for item in draft.items]),
    )


def without_wording(attempted: Sequence[Attempted], *, held_back: float) -> Ranking:
    """Return the weights of the signs where how a question is worded is none of them."""
    return fitted([_judged(each, 0.0) for each in attempted], held_back=held_back)


def with_wordings_left_out(attempted: Sequence[Attempted], unworded: Ranking) -> list[Attempted]:
    """Return what was attempted, its wording judged by weights that were fitted without it, one fifth at a time.

    Args:
        attempted: What questions may mean.
        unworded: As `without_wording` returns it: by it the answers are chosen that wordings are judged by.
    """
    found: dict[str, Attempted] = {}
    for out in folds_of([each.question.id for each in attempted], FOLDS):
        phrases = phrases_of([each for each in attempted if each.question.id not in out], unworded)
        found |= {
            each.question.id: _judged(each, phrases.odds(each.features, each.meaning))
            for each in attempted
            if each.question.id in out
        }
    return [found[each.question.id] for each in attempted]


def _judged(attempted: Attempted, odds: float) -> Attempted:
    judged = (replace(each, signs={**each.signs, WORDED: odds}) for each in attempted.attempts)
    return replace(attempted, attempts=tuple(judged))


def phrases_of(attempted: Sequence[Attempted], unworded: Ranking) -> Phrases:
    """Return how well questions are answered by how they are worded.

    Fitted to whether the answer that `unworded` holds the most probable is right; what is rightly declined teaches
    nothing.
    """
    outcomes = [likeliest_of(each, unworded).outcome for each in attempted]
    taught = [
        (each, outcome.is_right and outcome.can_be_answered)
        for each, outcome in zip(attempted, outcomes, strict=True)
        if each.features and (outcome.is_answer or outcome.can_be_answered)
    ]
    words = CountVectorizer(analyzer=list, min_df=_WORDED_LEAST, binary=True)
    held = words.fit_transform([each.features for each, _ in taught]) * WORDS
    meanings = csr_matrix(np.stack([each.meaning for each, _ in taught]) * MEANING)
    model = LogisticRegression(C=_WORDED_STRENGTH, max_iter=400)
    model.fit(hstack([held, meanings]).tocsr(), [is_right for _, is_right in taught])
    values, names = model.coef_[0].round(3), words.get_feature_names_out().tolist()
    return Phrases(
        dict(zip(names, map(float, values[: len(names)]), strict=True)),
        values[len(names) :].astype(np.float32),
        float(model.intercept_[0]),
    )


def write_phrases(phrases: Phrases, path: Path) -> None:
    """Write the weights of wordings, half as exact as they were fitted."""
    np.savez_compressed(
        path, words=np.array(list(phrases.words)), values=np.array(list(phrases.words.values()), np.float16),
        meaning=phrases.meaning.astype(np.float16), bias=np.float32(phrases.bias),
    )  # fmt: skip


def fitted(attempted: Sequence[Attempted], *, held_back: float) -> Ranking:
    """Return the weights of the signs of forms and of quotes; "" is what is there without any.

    All attempts count alike at first. Then each counts by how probable it was held beside the others of its question,
    so that the weights tell apart what competes for being the answer.
    """
    weights: Ranking | None = None
    for _ in range(_ROUNDS):
        counts = [_counts(each, weights) for each in attempted]
        weights = {name: _fitted(attempted, counts, name, held_back) for name in (FORM, CLEAR, QUOTE)}
    return {name: _rounded(own) for name, own in (weights or {}).items()}


def count_of(name: str) -> float:
    """Return how much a question of a set counts."""
    return 1.0 if name.startswith(WHOLE) else _PLAINER


def _counts(attempted: Attempted, weights: Ranking | None) -> list[float]:
    """How much each attempt at a question counts."""
    own = count_of(attempted.question.set)
    if weights is None:
        sorts = Counter(attempt.sort for attempt in attempted.attempts)
        return [own * sorts[attempt.sort] ** -0.5 for attempt in attempted.attempts]
    odds = [_probability(attempt, weights) ** _SHARPNESS for attempt in attempted.attempts]
    return [own * max(each / sum(odds), _LEAST_COUNT) for each in odds]


def _fitted(
    attempted: Sequence[Attempted], counts: Sequence[Sequence[float]], sort: str, held_back: float
) -> dict[str, float]:
    rows = [
        (attempt, count)
        for each, own in zip(attempted, counts, strict=True)
        for attempt, count in zip(each.attempts, own, strict=True)
        if attempt.sort == sort and (attempt.is_answer or each.question.can_be_answered)
    ]
    if not rows:
        return {"": 0.0}
    names = sorted({sign for attempt, _ in rows for sign in attempt.signs})
    found = minimize(
        _loss, np.zeros(len(names) + 1), args=(*_matrices(rows, names), held_back), jac=True, method="L-BFGS-B",
        bounds=[*map(_bounds, names), (None, None)], options={"maxiter": 500},
    )  # fmt: skip
    return dict(zip([*names, ""], map(float, found.x), strict=True))


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    values = {name: round(value, 3) + 0.0 for name, value in sorted(weights.items())}
    return {name: value for name, value in values.items() if value or not name}


def _matrices(rows: Sequence[tuple[Attempt, float]], names: Sequence[str]) -> tuple[Any, Any, Any]:
    """The signs with a column of ones, if each is right, and how much each counts."""
    column = {name: number for number, name in enumerate(names)}
    signs = np.zeros((len(rows), len(names) + 1))
    signs[:, -1] = 1.0
    for number, (attempt, _) in enumerate(rows):
        for name, value in attempt.signs.items():
            signs[number, column[name]] = value
    return signs, np.array([a.is_right for a, _ in rows], float), np.array([count for _, count in rows])


def _loss(weights: Any, signs: Any, right: Any, counts: Any, held_back: float) -> tuple[float, Any]:
    """The negative log likelihood with large weights held back, and its slope."""
    odds = 1 / (1 + np.exp(-signs @ weights))
    held = np.append(np.full(len(weights) - 1, held_back), 0.0)
    likely = counts * (right * np.log(odds + _TINY) + (1 - right) * np.log(1 - odds + _TINY))
    slope = signs.T @ (counts * (odds - right)) + held * weights
    return float(-likely.sum() + 0.5 * (held * weights**2).sum()), slope


def _bounds(sign: str) -> tuple[float | None, float | None]:
    if sign in AGAINST:
        return None, 0.0
    return (0.0, None) if sign in FOR or sign.startswith(FOR_ALL) else (None, None)


def likeliest_left_out(attempted: Sequence[Attempted], *, held_back: float) -> list[Likeliest]:
    """Return the likeliest answers by weights that are fitted on other questions, one fifth at a time."""
    found = []
    for out in folds_of([each.question.id for each in attempted], FOLDS):
        weights = fitted([each for each in attempted if each.question.id not in out], held_back=held_back)
        found += [likeliest_of(each, weights) for each in attempted if each.question.id in out]
    return found


def likeliest_of(attempted: Attempted, weights: Mapping[str, Mapping[str, float]]) -> Likeliest:
    """Return the most probable answer to a question by some weights."""
    asked = attempted.question
    odds = sorted(((_probability(each, weights), each) for each in attempted.attempts), key=lambda pair: -pair[0])
    if not odds:
        return Likeliest(asked.id, {}, Outcome(0.0, False, False, asked.can_be_answered, asked.set))
    probability, first = odds[0]
    signs = signs_beside([Ranked(own, each.sort == QUOTE, each.figure) for own, each in odds])
    outcome = Outcome(probability, first.is_answer, first.is_right, asked.can_be_answered, asked.set)
    return Likeliest(asked.id, by_itself(first.signs) | signs, outcome)


def _probability(attempt: Attempt, weights: Mapping[str, Mapping[str, float]]) -> float:
    own = weights[attempt.sort]
    score = own[""] + sum(own.get(sign, 0.0) * value for sign, value in attempt.signs.items())
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def threshold_of(outcomes: Sequence[Outcome], *, allowed: int) -> float:
    """Return the least probability, in thousandths, at which no more questions than allowed are answered wrongly."""
    errors = sorted((o.probability for o in outcomes if o.is_error), reverse=True)
    if len(errors) <= allowed:
        return _LOWEST
    return min(max(math.floor(errors[allowed] * 1000 + 1) / 1000, _LOWEST), _HIGHEST)


def row_of(name: str, outcomes: Sequence[Outcome], least: float) -> dict[str, Value]:
    """Return one line of the table: what is answered from a probability on."""
    given = [o for o in outcomes if o.probability >= least]
    answerable = sum(o.can_be_answered for o in outcomes)
    right = sum(o.is_right and o.can_be_answered for o in given)
    wrong = sum(o.is_error and o.can_be_answered for o in given)
    rash = sum(o.is_error and not o.can_be_answered for o in given)
    return {
        "from": name,
        "answerable": answerable,
        "right": right,
        "wrong": wrong,
        "declined": answerable - right - wrong,
        "unanswerable": len(outcomes) - answerable,
        "answered": rash,
        "right of answered": right / max(right + wrong + rash, 1),
        "wrong of all": (wrong + rash) / max(len(outcomes), 1),
    }


def write_ranking(ranking: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Write the weights and the threshold, keys sorted."""
    text = json.dumps(ranking, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, help="with a build of data/decisions")
    parser.add_argument("--most-wrong", type=float, default=0.03, help="of the free questions")
    parser.add_argument("--held-back", type=float, default=2.0, help="how much weights are held back (L2)")
    parser.add_argument("--folds", type=int, default=3, help="in how many parts wordings are left out")
    parser.add_argument("--first", type=int, default=None, help="try so many questions alone")
    parser.add_argument("--all", action="store_true", help="fit on both splits")
    parser.add_argument("--check", action="store_true", help='print what the split "check" comes to')
    parser.add_argument("--dry-run", action="store_true", help="write no ranking")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
