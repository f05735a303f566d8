"""A sentence as tokens: names, sums, years, verbs of money, prepositions, conjunctions and plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.names.mentions import NameMention
from graph.parse.money import MoneyMention
from graph.parse.years import YearsMention
from ingest.extract.words.lexicon import Lexicon, VerbForm


class Sort(StrEnum):
    """The kind of a token."""

    NAME = "name"
    SELF = "self"  #: "I", "we", "our": whoever speaks
    MONEY = "money"
    YEARS = "years"
    VERB = "verb"
    AUXILIARY = "auxiliary"
    PREPOSITION = "preposition"
    AND = "and"  #: "and", "or", "&"
    COMMA = "comma"
    STOP = "stop"  #: ";", ":", a dash between spaces
    BRACKET = "bracket"
    RELATIVE = "relative"  #: "which", "who", "that"
    CONTRAST = "contrast"  #: "while", "whereas", "but"
    NOUN = "noun"  #: "grant", "award", "funding"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is sentence[start:end]."""

    sort: Sort
    text: str
    start: int
    end: int
    name: NameMention | None = None
    money: MoneyMention | None = None
    years: YearsMention | None = None
    verb: VerbForm | None = None


_WORD = re.compile(r"[^\W_][\w’'.&-]*(?<=\w)|[(),;:\[\]/&+]|\s[–—-]\s|[–—]|\S")
_BRACKETS = frozenset("()[]")


def tokens_of(
    text: str,
    names: Sequence[NameMention],
    sums: Sequence[MoneyMention],
    years: Sequence[YearsMention],
    lexicon: Lexicon,
) -> list[Token]:
    """Return the tokens of a sentence in order; each name, sum or span of years is one token."""
    spans: list[Token] = []
    spans += [Token(Sort.MONEY, text[one.start : one.end], one.start, one.end, money=one) for one in sums]
    for one in years:
        if not _overlaps(spans, one.start, one.end):
            spans.append(Token(Sort.YEARS, one.text, one.start, one.end, years=one))
    for name in names:
        if not _overlaps(spans, name.start, name.end):
            spans.append(Token(Sort.NAME, name.surface, name.start, name.end, name=name))
    spans.sort(key=lambda token: token.start)
    found: list[Token] = []
    position = 0
    for span in [*spans, None]:
        end = span.start if span is not None else len(text)
        found.extend(_plain(text, position, end, lexicon))
        if span is not None:
            found.append(span)
            position = span.end
    return _with_having(found, lexicon)


def _with_having(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Return the tokens with "has" directly before a sum read as a verb of money: "X has £3,000"."""
    found = list(tokens)
    for index, token in enumerate(tokens):
        if token.text.lower() in ("has", "have", "had") and any(
            one.sort is Sort.MONEY for one in tokens[index + 1 : index + 4]
        ):
            between = [one.sort for one in tokens[index + 1 : index + 4]]
            if (
                Sort.VERB not in between[: between.index(Sort.MONEY)]
                and Sort.NAME not in between[: between.index(Sort.MONEY)]
            ):
                found[index] = Token(Sort.VERB, token.text, token.start, token.end, verb=lexicon.verbs["get"])
    return found


def _overlaps(spans: Sequence[Token], start: int, end: int) -> bool:
    return any(one.start < end and start < one.end for one in spans)


def _plain(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    return [
        Token(_sort(match[0], lexicon), match[0], match.start(), match.end(), verb=lexicon.verbs.get(match[0].lower()))
        for match in _WORD.finditer(text, start, end)
    ]


def _sort(printed: str, lexicon: Lexicon) -> Sort:
    word = printed.strip().lower()
    if word in _BRACKETS:
        return Sort.BRACKET
    if word in (",", ";", ":", "-", "–", "—", "/"):
        return Sort.COMMA if word == "," else Sort.STOP
    for sort in (Sort.SELF, Sort.AND, Sort.RELATIVE, Sort.CONTRAST, Sort.PREPOSITION):
        if word in lexicon.groups[sort]:
            return sort
    if word in lexicon.verbs:
        return Sort.VERB
    if word in lexicon.groups["auxiliary"]:
        return Sort.AUXILIARY
    return Sort.NOUN if word in lexicon.groups["money-noun"] else Sort.WORD
