"""The questions with known answers in data/questions, and the wordings of theirs that are labelled; both checked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.ask.reading.wordings import Wording
from graph.errors import InvalidReference

TRAIN, CHECK = "train", "check"
SPLITS, LABELLED = "SPLITS.csv", "labelled.csv"
_COLUMNS = {SPLITS: ["set", "split"], LABELLED: ["asks", "what", "wording", "id"]}
_STATUSES = {"answered", "no_data", "not_understood", "ambiguous"}
_KEYS = {"id", "q", "after", "expect", "manner", "from"}
_NUMBERS = {"amount", "count", "percent"}
_LISTS = {"items", "items_include", "items_exclude", "items_ordered", "text_contains", "decisions", "checks_include"}
_EXPECTED = _NUMBERS | _LISTS | {"status", "item_amounts", "first", "date"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what makes an answer right."""

    id: str  #: set, kind and number: "f1-amt-01"
    text: str
    expect: Mapping[str, Any]  #: as data/questions/README.md lists it
    set: str  #: the file's name without its ending
    split: str  #: "train" or "check"
    manner: str = ""  #: how it is asked: "journalist", "phone with slips"
    after: str = ""  #: the question that it follows up
    documents: tuple[str, ...] = ()  #: that the answer rests on

    @property
    def kind(self) -> str:
        """What the number in the id counts: "amt" of "f1-amt-01"."""
        return self.id.rsplit("-", 2)[-2]

    @property
    def can_be_answered(self) -> bool:
        """Return True if a right answer has the status "answered"."""
        return "answered" in str(self.expect["status"]).split("|")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question's wording with what it asks, names replaced by slots."""

    wording: Wording
    id: str  #: of its question; "" where that is not in the folder


def load_questions(folder: Path) -> tuple[Question, ...]:
    """Return the questions of every YAML file of a folder, in the order of their files.

    Raises:
        InvalidReference: A file is wrong; the message names file, line, what and the remedy.
    """
    splits = _splits(folder / SPLITS)
    files = sorted(folder.glob("*.yaml"))
    for path in files:
        if path.stem not in splits:
            raise InvalidReference(f"{folder / SPLITS}: no line for {path.stem!r}; add '{path.stem},{TRAIN}'")
    missing = sorted(set(splits) - {path.stem for path in files})
    if missing:
        raise InvalidReference(f"{folder / SPLITS}: {missing[0]!r} has no file {missing[0]}.yaml; take the line out")
    found: dict[str, Question] = {}
    for path in files:
        for question, line in _questions_of(path, splits[path.stem]):
            if question.id in found:
                raise InvalidReference(f"{path}, line {line}: the id {question.id!r} is taken; give another")
            found[question.id] = question
    return tuple(found.values())


def load_labelled(folder: Path, questions: Mapping[str, Question]) -> tuple[Labelled, ...]:
    """Return the labelled wordings of a folder's questions.

    Args:
        folder: It holds labelled.csv.
        questions: By id; a wording's id must be one of them, or empty.

    Raises:
        InvalidReference: A line is wrong; the message names file and line.
    """
    path, found = folder / LABELLED, []
    for number, (asks, what, text, key) in _lines(path):
        if key and key not in questions:
            raise InvalidReference(f"{path}, line {number}: no question has the id {key!r}; leave it empty or mend it")
        if not asks or not text.strip():
            raise InvalidReference(f"{path}, line {number}: what it asks or its words are missing; fill them in")
        found.append(Labelled(Wording(asks, what, text), key))
    return tuple(found)


def _splits(path: Path) -> dict[str, str]:
    found = {}
    for number, (name, split) in _lines(path):
        if split not in {TRAIN, CHECK}:
            raise InvalidReference(f"{path}, line {number}: the split is {split!r}; write {TRAIN} or {CHECK}")
        found[name] = split
    return found


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return the lines of a table with their numbers, each with as many cells as the table has columns."""
    columns, found = _COLUMNS[path.name], []
    if not path.is_file():
        raise InvalidReference(f"{path}: is missing; its columns are {','.join(columns)}")
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != columns:
            raise InvalidReference(f"{path}, line 1: the columns should be {','.join(columns)}")
        for line in lines:
            if len(line) != len(columns):
                raise InvalidReference(f"{path}, line {lines.line_num}: {len(line)} columns; it wants {len(columns)}")
            found.append((lines.line_num, line))
    return found


def _questions_of(path: Path, split: str) -> list[tuple[Question, int]]:
    text = path.read_text(encoding="utf-8")
    try:
        entries, node = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InvalidReference(f"{path}: is no YAML ({error}); mend it there") from error
    if not isinstance(entries, list) or not isinstance(node, yaml.SequenceNode):
        raise InvalidReference(f"{path}, line 1: is no list of questions; begin each with '- id:'")
    found = []
    for entry, place in zip(entries, node.value, strict=True):
        line = place.start_mark.line + 1
        fault = _fault(entry)
        if fault:
            raise InvalidReference(f"{path}, line {line}: {fault}")
        found.append((_question(entry, path.stem, split), line))
    return found


def _question(entry: Mapping[str, Any], name: str, split: str) -> Question:
    return Question(
        entry["id"], entry["q"], entry["expect"], name, split,
        entry.get("manner", ""), entry.get("after", ""), tuple(entry.get("from", ())),
    )  # fmt: skip


def _fault(entry: Any) -> str:
    """What is wrong with a question and what to do; "" where nothing is."""
    if not isinstance(entry, dict) or not all(entry.get(key) for key in ("id", "q", "expect")):
        return "a question needs id, q and expect; add what is missing"
    others = sorted(set(entry) - _KEYS)
    if others:
        return f"{others[0]!r} is no key of a question; take it out or use one of {', '.join(sorted(_KEYS))}"
    if str(entry["id"]).count("-") < 1 or not str(entry["id"]).rsplit("-", 1)[1].isdigit():
        return f"the id {entry['id']!r} does not end in a kind and a number; write it like 'f1-amt-01'"
    return _fault_of_expect(entry["expect"])


def _fault_of_expect(expect: Any) -> str:
    if not isinstance(expect, dict) or not set(str(expect.get("status", "")).split("|")) <= _STATUSES:
        return f"expect wants a status, one or several of {', '.join(sorted(_STATUSES))} with | between them"
    for key, value in expect.items():
        if key not in _EXPECTED:
            return f"{key!r} is no key of expect; use one of {', '.join(sorted(_EXPECTED))}"
        if key in _LISTS and not isinstance(value, list):
            return f"{key} is {value!r}; write a list: [{value}]"
        values = value if isinstance(value, list) else [value]
        if key in _NUMBERS and not all(isinstance(number, int | float) for number in values):
            return f"{key} is {value!r}; write a number or a list of numbers"
    return ""
