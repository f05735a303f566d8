"""Turn answers into opinions: words of the text are accepted only if whofunds itself reads them as names or years."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Entity, EntityKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import joined_years, usable_years
from ingest.extract.second_reader.answers import NONE, REFUSED, Answer, Answers
from ingest.extract.second_reader.questions import Question
from ingest.extract.slots.fund_names import FundNames
from ingest.extract.slots.opinions import Opinion
from ingest.extract.slots.programme_names import ProgrammeNames
from ingest.extract.slots.readings import Reading
from ingest.extract.slots.slot_words import name_words, years_words
from ingest.extract.sums.several import payees_of
from ingest.extract.words.lexicon import Lexicon

_ARTICLES = ("the ", "The ", "a ", "an ")
_PARTIES = (EntityKind.ORGANISATION, EntityKind.FUND)


class Acceptor:
    """Turns the answers to one document's questions into opinions."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self._scope = scope
        self._names = names
        self._programmes = ProgrammeNames(scope, names, lexicon)
        self._funds = FundNames(scope, names, lexicon)

    def opinions(self, reading: Reading, question: Question, answers: Answers) -> tuple[tuple[Opinion, ...], int]:
        """Return the opinions that the answers give, and the number of answers that were refused."""
        found: list[Opinion] = []
        refused = 0
        for slot, answer in answers.items():
            value = self._value(slot, answer, question)
            if value is None:
                refused += 1
                continue
            agreeing = {question.slots[slot].first}
            if slot == "recipient":  # each of several who get the sum in full is a right answer
                agreeing |= {name_words(payee) for payee in payees_of(reading)}
            found.append(Opinion(slot, value, value in agreeing))
        return tuple(found), refused

    def _value(self, slot: str, answer: Answer, question: Question) -> str | None:
        """Return the value of an answer in words; None if the answer is refused."""
        if isinstance(answer, int):
            return question.slots[slot].candidates[answer - 1]
        if answer in (NONE, REFUSED):
            return "" if answer == NONE else None
        bare = answer
        for article in _ARTICLES:
            bare = bare.removeprefix(article)
        return (years_in(bare) if slot == "year" else self._name(slot, bare, question.texts.values())) or None

    def _name(self, slot: str, words: str, texts: Iterable[str]) -> str:
        """Return the name that words stand for, in one of the texts or alone; "" if they are no name."""
        for text in (*texts, words):
            for printed, entity in self._mentions(slot, text):
                if printed.removeprefix("the ").removeprefix("The ").strip() == words:
                    return entity.name
        return ""

    def _mentions(self, slot: str, text: str) -> list[tuple[str, Entity]]:
        if slot == "programme":
            return [(text[one.start : one.end], one.entity) for one in self._programmes.find(text)]
        if slot == "fund":
            return [(text[one.start : one.end], one.entity) for one in self._funds.find(text)]
        mentions = self._names.find(text)
        return [(text[one.start : one.end], one.entity) for one in mentions if one.entity.kind in _PARTIES]


def years_in(words: str) -> str:
    """Return the financial years that words name, in the form of `extract --json`.

    "" if they name none, or two spans.
    """
    runs = joined_years(words, usable_years(words))
    return years_words(runs[0][1]) if len(runs) == 1 else ""
