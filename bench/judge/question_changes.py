"""Made questions that are changed in one thing: said otherwise, a name swapped, a condition dropped."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.judge.answers import misses
from bench.judge.question_figures import ANSWERED, gist
from bench.questions_made import Made, Slots, expected_of, forms_of, granted, question_of, slots_of, value_of
from bench.report import Value
from graph.ask.known.facts import Facts
from graph.ask.reading.wordings import Wording
from ingest.labels.names import NameComparison

Ask = Callable[[str], Mapping[str, Any]]  #: a question to its answer, as the contract shapes it
_TRIES = 40  #: other things that are looked at for one that changes the answer


@dataclass(frozen=True, slots=True)
class Change:
    """Two questions that differ in one thing, and what is expected of the second."""

    first: str
    second: str
    expect: Mapping[str, Any] | None = None  #: None where the second is not judged by itself


@dataclass(frozen=True, slots=True)
class Changed:
    """The two answers to a change."""

    change: Change
    one: Mapping[str, Any]
    other: Mapping[str, Any]

    @property
    def is_same(self) -> bool:
        """Return True if both answers say the same."""
        return gist(self.one) == gist(self.other)

    @property
    def are_answered(self) -> bool:
        """Return True if both questions are answered."""
        return bool(self.one.get("status") == self.other.get("status") == ANSWERED)


def ask_changes(changes: Sequence[Change], ask: Ask) -> list[Changed]:
    """Ask both questions of each change."""
    return [Changed(change, ask(change.first), ask(change.second)) for change in changes]


def paraphrases(made: Sequence[Made], chance: random.Random) -> Iterator[Change]:
    """Each question with another wording that asks the same of the same slots."""
    alike: dict[tuple[str, str, frozenset[str]], list[Wording]] = defaultdict(list)
    for each in made:
        known = alike[_key(each.wording)]
        if each.wording not in known:
            known.append(each.wording)
    for each in made:
        others = [wording for wording in alike[_key(each.wording)] if wording != each.wording]
        if others:
            yield Change(each.question, question_of(chance.choice(others), each.slots))


def _key(wording: Wording) -> tuple[str, str, frozenset[str]]:
    return wording.asks, wording.what, frozenset(slots_of(wording))


def swaps(made: Sequence[Made], facts: Facts, chance: random.Random) -> Iterator[Change]:
    """Each question with one of its things swapped for another of its kind, where that changes the answer."""
    flows = granted(facts)
    for each in made:
        if each.expect["status"] != ANSWERED:
            continue
        for _ in range(_TRIES):
            slots = _swapped(each.slots, value_of, flows, facts, chance)
            expect = expected_of(forms_of(each.wording, slots), facts) if slots else None
            if slots and expect and expect["status"] == ANSWERED and expect != each.expect:
                yield Change(each.question, question_of(each.wording, slots), expect)
                break


def _swapped(
    slots: Slots, value: Callable[..., Any], flows: Sequence[Any], facts: Facts, chance: random.Random
) -> Slots | None:
    name = chance.choice(sorted(slots))
    other = value(name.removesuffix("2"), chance.choice(flows), facts)
    return {**slots, name: other} if other is not None and other not in slots.values() else None


def drops(made: Sequence[Made], chance: random.Random) -> Iterator[Change]:
    """Each question with a wording that asks the same and has one slot fewer."""
    known: dict[tuple[str, str], dict[Wording, frozenset[str]]] = defaultdict(dict)
    for each in made:
        known[each.wording.asks, each.wording.what][each.wording] = frozenset(slots_of(each.wording))
    for each in made:
        own = frozenset(each.slots)
        fewer = [w for w, slots in known[each.wording.asks, each.wording.what].items() if slots < own and slots]
        if fewer and each.expect["status"] == ANSWERED:
            yield Change(each.question, question_of(chance.choice(fewer), each.slots))


# --- what came of them


def paraphrase_row(found: Sequence[Changed]) -> dict[str, Value]:
    """Return how often two wordings of one form are answered alike."""
    answered = [each for each in found if each.are_answered]
    return _row("said otherwise", found, sum(each.is_same for each in found), {
        "both answered": len(answered), "of these alike": sum(each.is_same for each in answered),
    })  # fmt: skip


def swap_row(found: Sequence[Changed], names: NameComparison) -> dict[str, Value]:
    """Return how often a swapped name swaps the answer, of the first questions that are answered."""
    held = [each for each in found if each.one.get("status") == each.other.get("status") == ANSWERED]
    right = [not misses(each.other, each.change.expect, names) for each in held if each.change.expect is not None]
    return _row("name swapped", found, sum(right), {
        "both answered": len(held), "of these alike": sum(each.is_same for each in held),
    })  # fmt: skip


def drop_row(found: Sequence[Changed]) -> dict[str, Value]:
    """Return how often a dropped condition changes the answer, or how it says that it was read."""
    told = sum(
        not each.is_same or each.one.get("interpretation") != each.other.get("interpretation") for each in found
    )
    answered = [each for each in found if each.are_answered]
    return _row("condition dropped", found, told, {
        "both answered": len(answered), "of these alike": sum(each.is_same for each in answered),
    })  # fmt: skip


def _row(of: str, found: Sequence[Changed], good: int, more: Mapping[str, Value]) -> dict[str, Value]:
    return {"change": of, "pairs": len(found), "as it should be": good, "share": good / max(len(found), 1), **more}
