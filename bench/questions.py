"""Asking: per kind of question right, wrong with confidence and abstained, the penalised score RS(10), and latency.

.venv/bin/python -m bench.questions QUESTIONS.yaml [--workspace DIR]

The questions' `expect` is held against the answers by score_questions.py of the folder that holds the file. RS(10) is
the share right less ten times the share answered wrongly with confidence.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bench.report import Value, percentile, report
from graph.ask import answer_question, facts_of
from graph.ask.facts import Facts
from graph.builds.workspace import Workspace
from graph.settings import Settings

Misses = Callable[[dict[str, Any], dict[str, Any]], list[str]]
_ABSTAINED = {"no_data", "not_understood", "ambiguous"}


@dataclass
class Tally:
    """What became of the questions of one kind."""

    right: int = 0
    confident: int = 0
    abstained: int = 0
    times: list[float] = field(default_factory=list)

    def row(self, kind: str) -> dict[str, Value]:
        """Return one line of the table."""
        count = len(self.times)
        return {
            "kind": kind,
            "questions": count,
            "right": self.right,
            "confident errors": self.confident,
            "abstained wrongly": self.abstained,
            "RS(10)": (self.right - 10 * self.confident) / count,
            "median, ms": percentile(self.times, 0.5),
            "p95, ms": percentile(self.times, 0.95),
        }


def tallies(questions: Sequence[dict[str, Any]], facts: Facts, misses: Misses) -> dict[str, Tally]:
    """Ask each question once to warm up and once by the clock."""
    found: dict[str, Tally] = defaultdict(Tally)
    for question in questions:
        answer_question(question["q"], facts)
    for question in questions:
        started = time.perf_counter()
        answer = answer_question(question["q"], facts).to_json()
        took = (time.perf_counter() - started) * 1000
        wrong = bool(misses(answer, question["expect"]))
        for kind in (question["id"].rsplit("-", 1)[0], "all"):
            tally = found[kind]
            tally.times.append(took)
            tally.right += not wrong
            tally.abstained += wrong and answer["status"] in _ABSTAINED
            tally.confident += wrong and answer["status"] == "answered"
    found["all"] = found.pop("all")
    return dict(found)


def main() -> None:
    """Measure; print the table and write bench/results/questions-NAME.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(given.questions.resolve().parent))
    misses: Misses = importlib.import_module("score_questions").misses
    settings = Settings.from_environment(workspace=given.workspace)
    facts = facts_of(Workspace(settings.workspace, settings=settings).current(), settings=settings)
    questions = yaml.safe_load(given.questions.read_text(encoding="utf-8"))
    found = tallies(questions, facts, misses)
    report(f"questions-{given.questions.stem}", [tally.row(kind) for kind, tally in found.items()])


if __name__ == "__main__":
    main()
