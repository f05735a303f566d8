"""Checks of dates: money before the signature, approval before the advice, two start dates for one contract."""

from __future__ import annotations

import re

from graph.model import Check, Decision, Verdict
from graph.parse.dates import DateMention, find_dates
from graph.parse.money import find_money
from graph.parse.references import find_references
from ingest.document import BlockKind, Document
from ingest.extract.words.sentences import Sentence, sentences_of

_ASKS = re.compile(r"\b(?:summary|recommend|proposal|financial|decision)", re.IGNORECASE)
_SILENT = re.compile(r"\b(?:related decisions|notes?|background|legal|equalit)", re.IGNORECASE)
_START = re.compile(
    r"\b(?:(?:in place|operational|live|start(?:s|ing)?|commenc(?:e|es|ing)|begin(?:s|ning)?|delivery)\s+"
    r"(?:by|from|on|in)|from|\bmonths,?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\b(?:to be|will|approve|requirement|extend|extension|award|fund|request)", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:has|had|have|was|were|previous(?:ly)?|since|piloted|received|launched|began|ran|confirmed)\b", re.IGNORECASE
)
_CONTRACT = re.compile(
    r"\b(?P<noun>contract|agreement|grant agreement)\b[^.;]{0,60}?\bfrom\s+(?:the\s+)?$", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z][\w'’&-]{1,80}\s{1,9}(?:Ltd|Limited|Trust|CIC|plc|[A-Z][\w'’&-]{1,80})")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip


def date_checks(document: Document, decision: Decision) -> list[Check]:
    """Return the conflicts between a document's dates."""
    sentences = [
        sentence
        for block in document.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and not _SILENT.search(block.section)
        for sentence in sentences_of(document, block)
    ]
    return [*_retrospective(decision, sentences), *_before_advice(document, decision), *_two_starts(sentences)]


def said_date(date: str) -> str:
    """Return an ISO date in words: "6 July 2023" for "2023-07-06", "July 2023" for "2023-07"."""
    parts = date.split("-")
    words = [str(int(parts[2]))] if len(parts) == 3 else []
    words += [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*words, parts[0]])


def _retrospective(decision: Decision, sentences: list[Sentence]) -> list[Check]:
    """Return a check if the decision is signed after the start of what it approves."""
    signed = decision.signed or next((date for what, date in decision.dates if "advice" in what.lower()), "")
    if len(signed) < 10:
        return []
    early: list[tuple[DateMention, Sentence]] = []
    for sentence in sentences:
        if not _ASKS.search(sentence.block.section) or find_references(sentence.text):
            continue
        for date in find_dates(sentence.text):
            before = sentence.text[: date.start]
            planned = _PLANNED.search(before) or find_money(before)
            starts = _START.search(before) and planned and not _PAST.search(before)
            if starts and date.date < signed[: len(date.date)]:
                early.append((date, sentence))
    if not early:
        return []
    date, sentence = min(early, key=lambda one: one[0].date)
    start = f"{'on' if len(date.date) == 10 else 'in'} {said_date(date.date)}"
    act = "Signed" if decision.signed else "Officers' approval given"
    message = f"{act} on {said_date(signed)}, after the start {start}: approved in retrospect."
    return [Check(Verdict.CONFLICT, (), message, (sentence.evidence(),), "dates")]


def _before_advice(document: Document, decision: Decision) -> list[Check]:
    """Return a check if the approval is dated before the officers' advice."""
    advice = next((date for what, date in decision.dates if "advice" in what.lower()), None)
    if not advice or not decision.signed or len(advice) < 10 or len(decision.signed) < 10 or advice <= decision.signed:
        return []
    blocks = [block for block in document.blocks if any(date.date == advice for date in find_dates(block.text))]
    message = f"Approved on {said_date(decision.signed)}, before the officers' advice of {said_date(advice)}."
    evidence = tuple(
        Sentence(document.text[block.start : block.end], block.start, block.end, block).evidence()
        for block in blocks[-1:]
    )
    return [Check(Verdict.CONFLICT, (), message, evidence, "dates")] if evidence else []


def _two_starts(sentences: list[Sentence]) -> list[Check]:
    """Return a check if summary and recommendation give two start dates for one contract."""
    starts: list[tuple[str, frozenset[str], DateMention, Sentence]] = []
    for sentence in sentences:
        for date in find_dates(sentence.text):
            match = _CONTRACT.search(sentence.text[: date.start])
            if match and len(date.date) == 10:
                names = frozenset(_NAME.findall(sentence.text))
                starts.append((match["noun"].lower(), names, date, sentence))
    if len(starts) != 2:
        return []
    (noun, names, first, one), (other_noun, other_names, second, other) = starts
    if noun != other_noun or not names & other_names or first.date == second.date or one.block is other.block:
        return []
    message = f"The {noun} starts on {said_date(first.date)} in one place and on {said_date(second.date)} in another."
    return [Check(Verdict.CONFLICT, (), message, (one.evidence(), other.evidence()), "dates")]
