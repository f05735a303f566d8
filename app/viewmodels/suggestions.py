"""What can be asked next, or instead: questions made from the reading and the answer, to be tried before shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.links import Asking, ask_link
from app.viewmodels.reading import CHIP, also_asked
from app.viewmodels.visit import short
from graph.ask import Answer, Status
from graph.ask.rereading import CHANGEABLE

MOST_TRIED = 10

Ask = Callable[[Asking], Answer]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that has an answer."""

    words: str
    href: str
    answer: str  #: the answer in short


def related(answer: Answer, asking: Asking, ask: Ask, *, most: int = 5) -> tuple[Suggestion, ...]:
    """Return questions about the same things, or the things of the answer, that have answers."""
    reading = answer.interpretation
    wanted = [*also_asked(reading, most=MOST_TRIED), *_of_items(answer), *_elsewhere(reading, answer)]
    tried = [question for question in dict.fromkeys(wanted) if question != asking.question]
    return _answered(((question, Asking(question)) for question in tried[:MOST_TRIED]), ask, most)


def instead(answer: Answer, asking: Asking, examples: Iterable[str], ask: Ask) -> tuple[Suggestion, ...]:
    """Return what can be asked instead of a question without an answer: the same with one condition less, or others.

    Args:
        answer: What the question got.
        asking: The question as asked.
        examples: Questions that have an answer, for when none about the same has.
        ask: Answers a question.
    """
    reading = answer.interpretation
    less = [
        (f"Without {CHIP.get(part, part).lower()}: {_named(reading[part])}", asking.changed(part))
        for part in reading
        if part in CHANGEABLE and reading[part] not in (None, "", [], ())
    ]
    same = [(question, Asking(question)) for question in also_asked(reading)]
    found = _answered([*(less if len(less) > 1 else []), *same], ask, 5)
    return found or _answered(((question, Asking(question)) for question in examples), ask, 4)


def _answered(tried: Iterable[tuple[str, Asking]], ask: Ask, most: int) -> tuple[Suggestion, ...]:
    found: list[Suggestion] = []
    for words, asking in tried:
        if len(found) == most:
            break
        given = ask(asking)
        if given.status is Status.ANSWERED:
            found.append(Suggestion(words, ask_link(asking), short(given.text)))
    return tuple(found)


def _of_items(answer: Answer) -> list[str]:
    programme = answer.interpretation.get("programme")
    paid = answer.interpretation.get("asks") == "recipients"
    found = []
    for item in [item for item in answer.items if item.type == "organisation"][:2]:
        if isinstance(programme, str):
            found.append(f"How much did {item.label} {'get' if paid else 'give'} for {programme}?")
        else:
            found.append(f"Which programmes does {item.label} fund?")
    return found


def _elsewhere(reading: Mapping[str, Any], answer: Answer) -> list[str]:
    """The same programme without its place, and what does not add up in it."""
    programme, place = reading.get("programme"), reading.get("place")
    if not isinstance(programme, str):
        return []
    wider = [f"Where is {programme} delivered?"]
    return [f"Who funds {programme}?", *wider] if place else wider


def _named(value: object) -> str:
    return " and ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)
