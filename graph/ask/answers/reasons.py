"""Answers to "why": sentences of the decisions that give a reason, never one of our own."""

from __future__ import annotations

import re

from graph.ask.answers.decisions import decisions_found
from graph.ask.citing import cite_paragraphs
from graph.ask.draft import Draft, decision_item
from graph.ask.facts import Facts
from graph.ask.question import Question
from graph.ask.result import Status
from graph.ask.stated import Paragraph
from graph.ask.words import STOPWORDS, stem, stems_of, words_of

_REASON = re.compile(
    r"\b(?:because|in order to|so that|due to|owing to|as a result of|the reason|to (?:give|ensure|allow|enable|avoid|"
    r"meet|provide|continue|maintain|prevent|reduce|bridge|cover|secure|support|align|deliver)|following)\b",
    re.IGNORECASE,
)
_ASKING = frozenset(["why", "reason", "reasons", "come", "how"])
_MOST = 4


def reason(question: Question, facts: Facts) -> Draft | None:
    """The sentences on what is asked that give a reason, those of the decisions on it first."""
    named = {s for choice in question.things for s in stems_of(f"{choice.words} {choice.label}")}
    what = [stem(word) for word in words_of(question.text) if word not in STOPWORDS and word not in _ASKING]
    asked = {s for s in what if s not in named}
    if not asked or not question.things:
        return None
    found: list[tuple[str, Paragraph]] = []
    for head in decisions_found(question.but(topic=(), money=False), facts):
        for paragraph in facts.paragraphs.get(head.document, ()):
            told = _told(paragraph, asked, named)
            if told:
                found.append((told, paragraph))
                break
    if not found:
        return None
    chosen = found[:_MOST]
    first, where = chosen[0]
    heads = [facts.heads[paragraph.document] for _, paragraph in chosen]
    items = [decision_item(head, note=told) for head, (told, _) in zip(heads, chosen, strict=True)]
    text = f"{facts.caption_of(where.document)} says: {first}"
    return Draft(Status.ANSWERED, text, tuple(items), citations=cite_paragraphs([p for _, p in chosen], facts))


def _told(paragraph: Paragraph, asked: set[str], named: set[str]) -> str:
    """The sentence of a paragraph that speaks of what is asked and gives a reason; "" where none does."""
    if not named & paragraph.stems:
        return ""
    for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z])", paragraph.text):
        if asked <= stems_of(sentence) and _REASON.search(sentence):
            return sentence.strip()[:400]
    return ""
