"""The purpose of a sum in the document's own words: "equipment for the club", "to run workshops in schools"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import EntityKind
from ingest.extract.slots.phrase_ends import end_of_phrase, is_period
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.statements.statement import Lead, Statement
from ingest.extract.words.clauses import Parse

LONGEST = 160  #: characters
_SHORTEST = 4  #: characters; less is no purpose
_MARK = re.compile(
    r"\b(?P<so>so\s+that|in\s+order\s+(?=to\b))\s+"
    r"|\b(?P<use>(?:be\s+(?:used|spent)|go|goes|went|going|pay|pays|paid|spent|used|put)\s+(?:for|towards?|on|into)\b)\s*"
    r"|\b(?P<relative>(?:with\s+)?(?:which|that)\s+(?=(?:will|can|helps?|pays?|lets?|is\s+to|are\s+to)\b))"
    r"|\b(?P<for>for|towards?)\s+"
    r"|\b(?P<to>to)\s+(?=[a-z])"
    r"|^\s*(?P<on>on)\s+"
)
_OPENING = re.compile(r"^\W*(?:(?P<to>[Tt]o)\s+(?=[a-z])|(?:[Ff]or|[Tt]owards?)\s+)")
_SUM_IS_SUBJECT = re.compile(r"\s*(?:is|was|will|has|have|had|are|were|goes|went|can)\b")
_OWED = re.compile(r"\b(?:is|are|was|were|has|have|had)\s+$")  #: "is to manage" says what somebody must do
_SUBJECT_BEHIND = re.compile(r",\s+(?:the|an?|[A-Z]\w*)\s[^,]*$")
_PARTIES = frozenset((EntityKind.ORGANISATION, EntityKind.PLACE))


def purpose_of(statement: Statement) -> str:
    """Return the purpose of a sum from the words after it, else before it, else in its label, else in its lead-in.

    The words are the document's, with single spaces and at most LONGEST characters; "" if it states no purpose.
    """
    return next((words for words in map(_tidy, _said(statement)) if len(words) >= _SHORTEST), "")


def _said(statement: Statement) -> Iterator[str]:
    """Yield the phrases that may state the purpose of a sum, the most likely first."""
    parse, tokens = statement.parse, statement.parse.tokens
    begin = next((token.end for token in reversed(tokens[: statement.at]) if token.money is not None), 0)
    end = next((token.start for token in tokens[statement.at + 1 :] if token.money is not None), len(parse.text))
    yield from _marked(parse, statement.token.end, end)
    if begin == 0:
        yield _opening(parse.text[: statement.token.start], parse.text[statement.token.end : end])
    if _may_say_before(statement):
        yield from _marked(parse, begin, statement.token.start)
    yield _rest(statement)
    if statement.lead is not None and _may_lead(statement.lead):
        yield from _marked(statement.lead.parse, 0, len(statement.lead.parse.text))


def _marked(parse: Parse, start: int, end: int) -> Iterator[str]:
    """Yield the phrases after words that introduce a purpose, in order, except "for" inside a body's name."""
    parties = [
        token
        for token in parse.tokens
        if token.name is not None and token.name.entity.verified and token.name.entity.kind in _PARTIES
    ]
    words = parse.text[start:end]
    for mark in _MARK.finditer(words):
        phrase, at = words[mark.end() :], start + mark.start()
        if any(token.start < at < token.end or token.start == start + mark.end() for token in parties):
            continue
        if mark["to"] is None and not ((mark["for"] or mark["on"]) and is_period(phrase)):
            yield phrase[: end_of_phrase(phrase)]
        elif mark["to"] and _is_infinitive(phrase) and not _OWED.search(words[: mark.start()]):
            yield words[mark.start() :][: end_of_phrase(words[mark.start() :])]


def _is_infinitive(phrase: str) -> bool:
    word = plain_word(phrase.split()[0]) if phrase.split() else ""
    return word in load_thing_words()["infinitive"] or word.endswith(("ise", "ify"))


def _opening(before: str, behind: str) -> str:
    """Return the purpose that opens a sentence before its sum: "To mend the roof £5 will be used"; else ""."""
    opening = _OPENING.match(before)
    if opening is None or _SUM_IS_SUBJECT.match(behind) is None or is_period(before[opening.end() :]):
        return ""
    phrase = before[opening.start("to") if opening["to"] else opening.end() :]
    phrase = phrase[: end_of_phrase(phrase)]
    subject = _SUBJECT_BEHIND.search(phrase)
    return phrase[: subject.start()] if subject is not None else phrase


def _may_say_before(statement: Statement) -> bool:
    """Return True if the words before a sum may be its purpose: "Grant for minibuses - £5", but not a body's name."""
    label = statement.label
    first = plain_word(label.words.split()[0]) if label is not None else ""
    return label is None or not label.before or first in load_thing_words()["fund-head"]


def _rest(statement: Statement) -> str:
    """Return the words of a label after its dash; after a programme they are the payee's name."""
    label = statement.label
    is_thing = label is not None and label.entity.kind is EntityKind.PROGRAMME
    return label.rest if label is not None and not is_thing and not label.rest.isupper() else ""


def _may_lead(lead: Lead) -> bool:
    """Return True if a lead-in may state the purpose of its list's entries: it opens the list and has no sum."""
    return lead.parse.text.rstrip().endswith(":") and all(token.money is None for token in lead.parse.tokens)


def _tidy(words: str) -> str:
    """Return words with single spaces, without marks at their ends, cut between words to at most LONGEST characters."""
    plain = " ".join(_without_joints(words.split())).strip(" ,;:.–—-*•")
    opened, closed = plain.count("("), plain.count(")")
    if opened > closed:
        plain = plain.rpartition("(")[0].rstrip()
    elif closed > opened:
        plain = plain.rstrip(")")
    if len(plain) <= LONGEST:
        return plain
    return plain[: plain.rfind(" ", 0, LONGEST + 1)].rstrip(" ,;:–—-")


def _without_joints(words: Sequence[str]) -> Sequence[str]:
    """Return words without a tail that leads to the next sum: "and a further", "at a cost of"."""
    while words and plain_word(words[-1]) in load_thing_words()["leads-on"]:
        words = words[:-1]
    return words
