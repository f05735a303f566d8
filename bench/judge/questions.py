"""Asks every question with a known answer, and questions made from the graph, and says how they were answered.

    .venv/bin/python -m bench.judge.questions [--workspace DIR] [--faults]     (as `make judge-questions` runs it)

Prints per set, split, kind and manner how many are right, wrong with confidence, and refused though the answer is
there; how far a stated probability holds; and what becomes of an answer when its question is said otherwise, a name is
swapped or a condition dropped. RS(10) is the share right less ten times the share answered wrongly, in per cent.
Writes bench/results/judge_questions.json.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.judge.question_changes import ask_changes, drop_row, drops, paraphrase_row, paraphrases, swap_row, swaps
from bench.judge.question_figures import Asked, calibration_rows, judged, row, rows_by
from bench.judge.reading import comparison
from bench.question_sets import Question, load_questions
from bench.questions_made import Made, make_questions
from bench.report import Value, percentile, table, write_json
from graph.ask import answer_question, facts_of
from graph.ask.known.facts import Facts
from graph.builds.workspace import Workspace
from graph.errors import WhofundsError
from graph.settings import Settings

MADE = "made"
_GROUPS = ("set", "split", "kind", "manner")


def main() -> int:
    """Ask, print, write."""
    options = _options()
    settings = Settings.from_environment(workspace=options.workspace)
    try:
        facts = facts_of(Workspace(settings.workspace, settings=settings).current(), settings=settings)
        questions = load_questions(options.questions or settings.data / "questions")
    except WhofundsError as error:
        print(error, file=sys.stderr)
        return 1
    asking = Asking(facts, settings)
    written = asking.of_people(questions)
    made = make_questions(facts, most=options.made, seed=options.seed)
    found = asking.of_graph(made)
    rows = _show("of people", written) + _show("made from the graph", found)
    if options.faults:
        print("\n".join(map(_fault, (each for each in (*written, *found) if not each.is_right))))
    rows += changes(made[: options.changes], facts, asking, random.Random(options.seed))
    print(f"written to {write_json('judge_questions', rows)}")
    return 0


class Asking:
    """Asks questions over one graph; each once."""

    def __init__(self, facts: Facts, settings: Settings) -> None:
        self._facts, self._settings = facts, settings
        self._answers: dict[tuple[str, str], tuple[Mapping[str, Any], float]] = {}

    def ask(self, text: str, after: str = "") -> Mapping[str, Any]:
        """Return the answer to a question, or to a follow-up, as the contract shapes it."""
        return self._timed(text, after)[0]

    def _timed(self, text: str, after: str) -> tuple[Mapping[str, Any], float]:
        if (text, after) not in self._answers:
            started = time.perf_counter()
            answer = answer_question(text, self._facts, settings=self._settings, after=(after,) if after else ())
            self._answers[text, after] = answer.to_json(), (time.perf_counter() - started) * 1000
        return self._answers[text, after]

    def of_people(self, questions: Sequence[Question]) -> list[Asked]:
        """Return how questions that people wrote are answered."""
        found = []
        for q in questions:
            answer, took = self._timed(q.text, q.after)
            groups = {"set": q.set, "split": q.split, "kind": q.kind, "manner": q.manner}
            found.append(replace(judged(q.id, q.text, answer, q.expect, comparison(), **groups), milliseconds=took))
        return found

    def of_graph(self, made: Sequence[Made]) -> list[Asked]:
        """Return how made questions are answered."""
        found = []
        for number, each in enumerate(made, 1):
            answer, took = self._timed(each.question, "")
            asked = judged(
                f"{MADE}-{number}", each.question, answer, each.expect, comparison(), kind=each.wording.asks
            )
            found.append(replace(asked, milliseconds=took))
        return found


def changes(made: Sequence[Made], facts: Facts, asking: Asking, chance: random.Random) -> list[dict[str, Value]]:
    """Print what becomes of answers when their questions are changed; return the rows."""
    rows = [
        paraphrase_row(ask_changes(list(paraphrases(made, chance)), asking.ask)),
        swap_row(ask_changes(list(swaps(made, facts, chance)), asking.ask), comparison()),
        drop_row(ask_changes(list(drops(made, chance)), asking.ask)),
    ]
    print(table(rows) + "\n")
    return [{"measure": "changes", **each} for each in rows]


def _show(measure: str, asked: Sequence[Asked]) -> list[dict[str, Value]]:
    if not asked:
        return []
    print(f"== questions {measure} ==\n")
    rows = [row("all", asked)]
    for group in _GROUPS:
        rows += rows_by(group, asked)
    calibration = calibration_rows(asked)
    times = [each.milliseconds for each in asked]
    print(f"{table(rows)}\n\n{table(calibration)}\n")
    print(f"median {percentile(times, 0.5):.0f} ms, 95 of 100 within {percentile(times, 0.95):.0f} ms\n")
    return [{"measure": measure, **each} for each in (*rows, *calibration)]


def _fault(asked: Asked) -> str:
    kind = "wrong" if asked.is_answered else "refused"
    return f"{asked.id}, {kind}: {asked.text}\n    {'; '.join(asked.lacks)}\n    {str(asked.answer.get('text'))[:200]}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.judge.questions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--workspace", type=Path, help="with a build of data/decisions")
    parser.add_argument("--questions", type=Path, metavar="DIR", help="another folder (default: data/questions)")
    parser.add_argument("--made", type=int, default=368, help="questions to make from the graph; one for each wording")
    parser.add_argument("--changes", type=int, default=200, help="made questions that are changed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="print what each answer lacks")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
