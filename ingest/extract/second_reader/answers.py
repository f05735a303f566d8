"""Parse a second reader's reply: the number of a candidate, words of the text, or "none", for each slot."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ingest.extract.second_reader.questions import Question, SlotQuestion

NONE = "none"
REFUSED = ""  #: stands for an answer that is neither a candidate nor words of the text
LONGEST_WORDS = 160
_MOST_TRIED = 8  #: opening braces at which an object is looked for

Answer = int | str  #: the number of a candidate, words of the text, NONE, or REFUSED
Answers = Mapping[str, Answer]  #: by slot
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)  #: one without an end is no answer either


def answers_in(content: str, question: Question) -> dict[str, Answer] | None:
    """Return the answer to each slot that was asked about and answered; None if the reply holds no JSON object."""
    found = _object_in(content)
    return None if found is None else checked(found, question)


def checked(values: Mapping[str, Any], question: Question) -> dict[str, Answer]:
    """Return the answer to each slot that was asked about; a value that is not allowed becomes REFUSED."""
    return {slot: _checked(values[slot], asked, question) for slot, asked in question.slots.items() if slot in values}


def _checked(value: Any, asked: SlotQuestion, question: Question) -> Answer:
    if isinstance(value, str) and re.fullmatch(r"[1-9]", value.strip()):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 1 <= value <= len(asked.candidates) else REFUSED
    if not isinstance(value, str) or not asked.is_named:
        return REFUSED
    words = value.strip()
    if words.lower() == NONE:
        return NONE
    return words if 0 < len(words) <= LONGEST_WORDS and stands_in(words, question) else REFUSED


def stands_in(words: str, question: Question) -> bool:
    """Return True if the words occur in a text that was sent, exactly, as whole words and whole figures."""
    pattern = re.compile(rf"(?<![\w£])(?<!\d[,.]){re.escape(words)}(?!\w|[,.]\d)")
    return any(pattern.search(text) for text in question.texts.values())


def _object_in(content: str) -> dict[str, Any] | None:
    """Return the last JSON object of a reply; models write their thoughts before it and code fences around it."""
    text = _THOUGHT.sub("", content)
    decoder = json.JSONDecoder()
    found: dict[str, Any] | None = None
    at = text.find("{")
    for _ in range(_MOST_TRIED):
        if at < 0:
            break
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found = value
        at = text.find("{", end)
    return found
