"""Figures that count several times: each of several payees gets the full amount, or there are several equal awards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.slots.readings import Reading
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import joined_names
from ingest.extract.words.tokens import Sort

_EACH_AFTER = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[\w’'-]+\s+){0,3}?(?:each|apiece)\b", re.I)
_EACH_OF_AFTER = re.compile(r"\s*(?:[\w’'-]+\s+){0,4}?(?:to|for)\s+each\s+of\b", re.I)
_EACH_BEFORE = re.compile(r"\beach\s+(?:\w+\s+){0,3}$", re.I)
_ONWARD = re.compile(r"\bto\s+(?:sub-?\s?grant|pass|pay|distribute|give)\s+(?:\w+\s+)?(?:on(?:wards?)?\s+)?to\b", re.I)
_CLOSE = 3  #: characters between who gets a sum and that it is passed on
_PLURAL_OF = re.compile(r"\b(?:grants|awards|payments|donations|contributions|sums)\s+of\s*$", re.I)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def payees_of(reading: Reading) -> Sequence[Entity | None]:
    """Return the payees of a reading: usually one; several if each of them gets the full amount.

    Organisations that share one amount are returned as one payee, "X and Y".
    """
    payee, statement = reading.parties.value.payee, reading.statement
    if _EACH_OF_AFTER.match(statement.after):
        listed = _list_from(statement, statement.at + 1, payee)
    elif payee is not None and (is_each(statement) or _PLURAL_OF.search(statement.before)):
        listed = _list_from(statement, 0, payee)
    else:
        listed = []
    if len(listed) > 1:
        return listed
    together = _together(statement, payee) if payee is not None else []
    return [new_entity(_joined_words(together), EntityKind.ORGANISATION)] if together else [payee]


def _together(statement: Statement, payee: Entity) -> Sequence[Entity]:
    """Return the organisations that share one amount ("£5,000 to X and Y"); none if each has an amount of its own."""
    parse = statement.parse
    if sum(token.money is not None for token in parse.tokens) > 1:
        return []
    for index, token in enumerate(parse.tokens):
        if token.name is None or token.name.entity != payee or payee.kind is not EntityKind.ORGANISATION:
            continue
        names = joined_names(parse, index)
        inside = parse.tokens[names[0] : names[-1] + 1]
        entities = [one.name.entity for at, one in enumerate(parse.tokens) if at in names and one.name is not None]
        if (
            len(names) > 1
            and all(one.kind is EntityKind.ORGANISATION for one in entities)
            and any(one.sort is Sort.AND for one in inside)
            and (names[0] > statement.at or names[-1] < statement.at)
        ):
            return entities
    return []


def _joined_words(entities: Sequence[Entity]) -> str:
    """Return "X, Y and Z"."""
    names = [entity.name for entity in entities]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def passed_on(statement: Statement) -> tuple[Entity, Entity] | None:
    """Return (first payee, final payee) of "to X, to sub-grant on to Y"; None if the sentence passes nothing on."""
    parse = statement.parse
    onward = _ONWARD.search(parse.text)
    if onward is None or onward.start() < statement.token.start:
        return None
    named = [(one.start, one.end, one.name.entity) for one in parse.tokens if one.name is not None]
    before = [entity for _, end, entity in named if 0 <= onward.start() - end <= _CLOSE]
    after = [entity for start, _, entity in named if start >= onward.end()]
    if not before or not after:
        return None
    pair = (before[-1], after[0])
    return pair if all(one.kind is EntityKind.ORGANISATION for one in pair) and pair[0] != pair[1] else None


def is_each(statement: Statement) -> bool:
    """Return True if the words give the amount to each of several payees: "£5,000 each", "each for £5,000"."""
    return bool(_EACH_AFTER.match(statement.after) or _EACH_BEFORE.search(statement.before))


def times_of(statement: Statement, lexicon: Lexicon) -> int:
    """Return the number of awards that a figure stands for: 2 for "two bids of £5,000 each", else 1."""
    if not is_each(statement):
        return 1
    words = [token.text.lower() for token in statement.parse.tokens[: statement.at]]
    for index, word in enumerate(words):
        if word in _NUMBERS and lexicon.groups["award-plural"] & set(words[index + 1 : index + 4]):
            return _NUMBERS.index(word) + 2
    return 1


def _list_from(statement: Statement, start: int, payee: Entity | None) -> list[Entity]:
    """Return the organisations listed together with the payee; the first list if no payee was chosen."""
    for index, token in enumerate(statement.parse.tokens):
        if index < start or token.sort is not Sort.NAME or token.name is None:
            continue
        joined = list(_entities(statement, joined_names(statement.parse, index)))
        if len(joined) > 1 and payee in (None, token.name.entity):
            return joined
    return []


def _entities(statement: Statement, indexes: Sequence[int]) -> Iterator[Entity]:
    for index in indexes:
        name = statement.parse.tokens[index].name
        if name is not None and name.entity.kind is not EntityKind.PLACE:
            yield name.entity
